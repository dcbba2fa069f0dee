"""What Excel's VBA calls through xlwings' COM server: the custom functions, and the ribbon's buttons.

xlwings looks for the functions among this module's names. It neither converts arguments nor answers: the functions
take what COM gives.
"""

from __future__ import annotations

from collections.abc import Callable

import xlwings

from addin.functions import FUNCTIONS

__all__ = ["PRESS"]


def _exposed(name: str, function: Callable[..., object]) -> Callable[..., object]:
    """The function as xlwings wants it: marked, and giving rows of rows."""

    def call(*cells: object) -> object:
        answer = function(*cells)
        return answer if isinstance(answer, list) else [[answer]]

    call.__name__ = name
    marked: Callable[..., object] = xlwings.ret("raw")(xlwings.arg("*cells", "raw")(xlwings.func(call)))
    return marked


def _press(button: object, workbook: object = None) -> str:
    """The actions are imported when the first is asked for: a function is wanted sooner."""
    from addin.ribbon import press  # noqa: PLC0415

    return press(button, workbook)


globals().update({name: _exposed(name, function) for name, function in FUNCTIONS.items()})
PRESS = _exposed("PRESS", _press)
