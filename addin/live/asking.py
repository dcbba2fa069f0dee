"""What an action may ask the person who clicked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

__all__ = ["Ask", "Nobody"]


class Ask(Protocol):
    """Questions to the person at the screen; each answer is None where that person gives up."""

    def choice(self, question: str, choices: Sequence[str]) -> int | None:
        """Which of the choices, counted from 0."""

    def text(self, question: str, default: str = "") -> str | None:
        """A line of text."""

    def password(self, question: str) -> str | None:
        """A text that is not shown while it is typed."""

    def confirm(self, question: str) -> bool:
        """Yes or no; no where the person gives up."""

    def file(self, question: str, endings: Sequence[str]) -> Path | None:
        """A file that is there, with one of these endings (``.xlsx``)."""

    def folder(self, question: str) -> Path | None:
        """A folder that is there."""


class Nobody:
    """Nobody is there to answer: every question is given up."""

    def choice(self, question: str, choices: Sequence[str]) -> int | None:  # noqa: ARG002
        return None

    def text(self, question: str, default: str = "") -> str | None:  # noqa: ARG002
        return None

    def password(self, question: str) -> str | None:  # noqa: ARG002
        return None

    def confirm(self, question: str) -> bool:  # noqa: ARG002
        return False

    def file(self, question: str, endings: Sequence[str]) -> Path | None:  # noqa: ARG002
        return None

    def folder(self, question: str) -> Path | None:  # noqa: ARG002
        return None
