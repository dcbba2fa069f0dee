"""The one who answers the questions of an action: the only thing that is played where LibreOffice is real."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from addin.live.asking import Nobody

__all__ = ["Person"]


class Person(Nobody):
    """Gives these answers in turn, of whatever kind, and gives up when there are no more."""

    def __init__(self, *answers: object) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def _next(self, question: str) -> object:
        self.asked.append(question)
        return self.answers.pop(0) if self.answers else None

    def choice(self, question: str, choices: Sequence[str]) -> int | None:
        answer = self._next(question)
        return None if answer is None else next(n for n, each in enumerate(choices) if str(answer) in each)

    def text(self, question: str, default: str = "") -> str | None:  # noqa: ARG002
        return self._next(question)  # type: ignore[return-value]

    def confirm(self, question: str) -> bool:
        return self._next(question) is True

    def file(self, question: str, endings: Sequence[str]) -> Path | None:  # noqa: ARG002
        return self._next(question)  # type: ignore[return-value]

    def folder(self, question: str) -> Path | None:
        return self._next(question)  # type: ignore[return-value]
