"""What each button of Excel's ribbon does, under the button's id; what it gives is shown to the user."""

from __future__ import annotations

from collections.abc import Callable

from addin.excel.live_book import AskInExcel, book_of
from addin.fault_log import told_fault
from addin.function_texts import HELP
from addin.functions import FUNCTIONS
from addin.live.actions import ACTIONS, run

__all__ = ["INFORMATION", "press"]


def _functions() -> str:
    """The functions, each with its arguments and what it does."""
    return "\n".join(
        f"{each.name}({', '.join(argument.title for argument in each.arguments)})：{each.text}" for each in HELP
    )


def _version() -> str:
    return str(FUNCTIONS["STARVERSION"]())


INFORMATION: dict[str, Callable[[], str]] = {
    "functionsHelp": _functions,
    "version": _version,
}
"""Buttons that need no workbook."""


def press(button: object, workbook: object = None) -> str:
    """Do what a button is for, in the workbook that Excel's VBA names. A fault of ours is logged and told."""
    name = str(button)
    try:
        if name in ACTIONS and workbook is not None:
            book = book_of(workbook)
            return run(name, book, AskInExcel(book.app))
        return run(name, None) if name in ACTIONS else INFORMATION[name]()
    except Exception as fault:
        return told_fault(fault, f"button {button}")
