"""Our interpreter as LibreOffice's extension calls it, over a pipe: the custom functions and the menu's actions."""

from __future__ import annotations

import os
import sys
from typing import Any, BinaryIO

from addin.functions import FUNCTIONS
from addin.libreoffice.office import Office
from addin.libreoffice.starscore_office.wire import Channel

__all__ = ["Server"]


class Server:
    """Answers what the extension asks.

    xlwings and the actions are imported when the first action is asked for: a function is wanted sooner.
    """

    def __init__(self, reader: BinaryIO, writer: BinaryIO) -> None:
        self._office = Office(lambda encode, decode: Channel(reader, writer, self.answer, encode, decode))

    def serve(self) -> None:
        """Answer until LibreOffice is gone."""
        self._office.channel.serve()

    def answer(self, question: Any) -> Any:
        """Do what is asked: ``["function", name, arguments]`` or ``["action", id]``."""
        kind, *rest = question
        if kind == "function":
            name, arguments = rest
            answer = FUNCTIONS[name](*arguments)
            return answer if isinstance(answer, list) else [[answer]]
        from addin.libreoffice.pressing import press  # noqa: PLC0415

        return press(rest[0], self._office)


def main() -> None:
    """Serve the pipe; whatever else prints goes nowhere, as the pipe is for answers only."""
    reader, writer = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 (open until the end)
    Server(reader, writer).serve()


if __name__ == "__main__":
    main()
