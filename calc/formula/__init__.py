"""The general form of a rule: a formula over columns, where no method of the catalogue fits.

A formula is text (docs/formula.md): :mod:`parser` makes a tree of it, :mod:`kinds` checks the tree against the columns
that a scheme has, :mod:`evaluate` reckons it for all rows, :mod:`shown` writes it with a row's values filled in.
"""
