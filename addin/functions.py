"""The custom functions =STARSCORE(…) and its kin, for Excel and LibreOffice: thin over ``calc``.

Each takes what the spreadsheet hands over (one cell or a range) and gives what a cell takes: numbers and texts, a
column for a column, a single value for a single cell. A text that begins with # says what is wrong: in its own row
for a bad row, everywhere for a bad argument. Nothing here raises.
"""

from __future__ import annotations

from addin import block_functions, column_functions
from addin.custom_function import FUNCTIONS

__all__ = ["FUNCTIONS", "block_functions", "column_functions"]
