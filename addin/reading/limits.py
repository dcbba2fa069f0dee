"""How much of a file is read at most. A bank's real workbooks stay far below; a bomb stops here."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LIMITS", "Limits"]

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, before anything is unpacked where the file says so, and again while it is unpacked."""

    file: int = 64 * _MIB
    parts: int = 5_000
    """Entries of the package, pictures included."""
    declared: int = 512 * _MIB
    """All parts together, as the package's directory says; pictures count, although they are never unpacked."""
    part: int = 64 * _MIB
    unpacked: int = 128 * _MIB
    """All parts that are really read, each time it is read."""
    tree: int = 16 * _MIB
    """A part that another reader holds as a tree of elements, in ten times as much memory."""
    ratio: int = 250
    """Unpacked to packed size of one part; deflate reaches 1,000, a sheet of styled empty rows about 100."""
    ratio_from: int = 4 * _MIB
    """Smaller parts may shrink as well as they like."""
    sheets: int = 1_000
    cells: int = 500_000
    """Filled cells of all sheets together, 300 to 500 bytes of memory each."""
    spread: int = 1_000_000
    """Blank cells that are merged, linked or only styled; beyond that the workbook is not loaded with openpyxl, which
    makes each of them."""


LIMITS = Limits()
