"""Sheets as a person sees them, to hold one program's against another's."""

import datetime as dt

from workbook_templates.grid import Cell, Grid, Kind


def seen(cell: Cell) -> object:
    """What stands in a cell: a blank text is a blank, a number has the digits that every program keeps."""
    if cell.kind is Kind.BLANK or cell.value == "":
        return None
    if isinstance(cell.value, float):
        return float(f"{cell.value:.12g}")
    return cell.value.date() if isinstance(cell.value, dt.datetime) else cell.value


def seen_in(grid: Grid) -> dict[tuple[int, int], object]:
    """What stands in the cells of a sheet that are not blank."""
    return {at: value for at, cell in grid.cells.items() if (value := seen(cell)) is not None}
