"""Grids in, a submission and problems out: one parser for workbooks and plain tables."""
