"""Where the add-in lies on a Windows machine, for this user; nothing of it needs rights of an administrator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["FILE_NAME", "PROJECT", "MissingFolder", "Places"]

PROJECT = "StarScore"
FILE_NAME = f"{PROJECT}.xlam"


class MissingFolder(LookupError):  # noqa: N818 (a state of the machine, told to the user)
    """An environment variable that every Windows has is not there; ``str()`` is its name."""


@dataclass(frozen=True, slots=True)
class Places:
    """The files that an installation consists of."""

    add_in: Path
    """In the folder whose workbooks Excel opens when it starts."""
    config: Path
    """Where xlwings' runtime looks for the user's settings."""

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Places:
        """The places of the user whose environment this is. Raises MissingFolder."""
        for name in ("APPDATA", "USERPROFILE"):
            if not environment.get(name):
                raise MissingFolder(name)
        return cls(
            add_in=Path(environment["APPDATA"], "Microsoft", "Excel", "XLSTART", FILE_NAME),
            config=Path(environment["USERPROFILE"], f".{PROJECT}", f"{PROJECT}.conf"),
        )
