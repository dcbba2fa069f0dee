"""What each button of the ribbon does, under the button's id; what it gives is shown to the user."""

from __future__ import annotations

from collections.abc import Callable

from addin.excel.doctor import diagnose
from addin.excel.machine import look
from addin.excel.texts import DOCTOR
from addin.fault_log import log_fault, log_file
from addin.function_texts import HELP, MESSAGES
from addin.functions import FUNCTIONS

__all__ = ["BUTTONS", "press"]


def _functions() -> str:
    """The functions, each with its arguments and what it does."""
    return "\n".join(
        f"{each.name}({', '.join(argument.title for argument in each.arguments)})：{each.text}" for each in HELP
    )


def _doctor() -> str:
    findings = [finding.text for finding in diagnose(look())]
    return "\n".join(findings) or DOCTOR["fine"].format(version=_version())


def _version() -> str:
    return str(FUNCTIONS["STARVERSION"]())


BUTTONS: dict[str, Callable[[], str]] = {
    "functionsHelp": _functions,
    "doctor": _doctor,
    "version": _version,
}


def press(button: object) -> str:
    """Do what a button is for. A fault of ours is logged and told."""
    try:
        return BUTTONS[str(button)]()
    except Exception as fault:
        log = log_fault(fault, f"button {button}") or log_file()
        return MESSAGES["internal"].format(kind=type(fault).__name__, log=log)
