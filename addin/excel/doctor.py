"""Why the add-in may not work on a machine: each known cause in one sentence with its remedy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from addin.excel.machine import Machine
from addin.excel.texts import DOCTOR
from addin.excel.xlam import build_xlam

__all__ = ["Finding", "diagnose"]

_OLDEST_WINDOWS = 10
_WPS_TYPES = ("et.", "ket.", "wps.")


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause: its id, and the sentence."""

    cause: str
    text: str


def diagnose(machine: Machine) -> list[Finding]:
    """Everything that stands in the add-in's way; empty where nothing is known to."""
    return [Finding(cause, DOCTOR[cause].format(**values)) for cause, values in _causes(machine)]


def _causes(machine: Machine) -> Iterator[tuple[str, dict[str, object]]]:
    if machine.windows is None:
        yield "not_windows", {}
        return
    if machine.windows[0] < _OLDEST_WINDOWS:
        yield "old_windows", {"version": ".".join(map(str, machine.windows))}
    if not machine.excel:
        yield "no_excel", {}
    if machine.add_in is None:
        yield "not_installed", {}
    elif machine.add_in != build_xlam():
        yield "other_build", {}
    if not machine.config:
        yield "no_config", {}
    if not machine.interpreter_exists:
        yield "no_interpreter", {"path": machine.interpreter}
    elif machine.child_error:
        yield "no_children", {"reason": machine.child_error, "path": machine.interpreter}
    for cause, paths in (
        ("dll_missing", machine.dlls_missing if machine.interpreter_exists else ()),
        ("dll_blocked", machine.dlls_blocked),
        ("downloaded", machine.downloaded),
        ("not_local", machine.not_local),
    ):
        for path in paths:
            yield cause, {"path": path}
    if machine.locations_disabled:
        yield "untrusted", {}
    if machine.macros_disabled:
        yield "macros_off", {}
    if machine.pythonpath:
        yield "pythonpath", {"value": machine.pythonpath}
    if machine.other_xlwings is not None:
        yield "other_xlwings", {"path": machine.other_xlwings}
    if machine.opens_xlsx.casefold().startswith(_WPS_TYPES):
        yield "wps", {}
