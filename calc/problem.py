"""What is wrong with the user's input, as data: where, what, and what to do about it."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from enum import StrEnum

__all__ = ["Problem", "Severity", "kind_of"]

_PARTICULAR = re.compile(r"\{[^}]*\}")


def kind_of(message: str) -> str:
    """The template of a message without its particulars: …没有填「…」."""
    return _PARTICULAR.sub("…", message)


class Severity(StrEnum):
    """``error``: the result would be wrong or cannot be had; ``warning``: it stands, but look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. ``sheet`` is the sheet's (for a csv the file's) name, ``cell`` an A1 address; either may
    be empty where the finding belongs to no one place. ``message`` says what is wrong, ``hint`` what to do.
    """

    severity: Severity
    sheet: str
    cell: str
    message: str
    hint: str = ""
    kind: str = ""
    """The message's :func:`kind_of`, for counting."""

    @classmethod
    def of(
        cls, severity: Severity, place: tuple[str, str], texts: tuple[str, str], values: dict[str, object]
    ) -> Problem:
        """A problem at (sheet, cell) from a message's and a hint's template and the values that fill them."""
        message, hint = texts
        return cls(severity, *place, message.format(**values), hint.format(**values), kind_of(message))

    @property
    def is_error(self) -> bool:
        """True for an error, False for a warning."""
        return self.severity is Severity.ERROR

    @property
    def place(self) -> str:
        """Sheet and cell as a reference, ``指标!C7``; what there is of the two."""
        return "!".join(part for part in (self.sheet, self.cell) if part)

    def as_json(self) -> dict[str, str]:
        """The five keys of the JSON contract."""
        return {key: str(value) for key, value in asdict(self).items() if key != "kind"}
