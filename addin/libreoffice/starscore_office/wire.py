"""Two programs that ask each other over a pipe, a line of JSON for each question and each answer.

Both may ask, and while one waits for an answer it answers what it is asked meanwhile: a button of the menu asks our
interpreter, which writes into the document, which makes LibreOffice ask for the value of a function.
"""

from __future__ import annotations

import json
from typing import IO, Any, Callable

__all__ = ["Channel", "Closed", "Fault"]


class Closed(ConnectionError):  # noqa: N818 (a state of the pipe)
    """The other side is gone."""


class Fault(RuntimeError):  # noqa: N818 (the other side's)
    """The other side raised; the message is its own."""


class Channel:
    """One end of the pipe. One thread at a time may use it.

    Parameters
    ----------
    answer
        Answers a question with what JSON and ``encode`` can hold. What it raises goes to the other side as a `Fault`.
    encode, decode
        As in ``json``: what to write for an object of one's own, and what to read an object of JSON as.
    """

    def __init__(
        self,
        reader: IO[bytes],
        writer: IO[bytes],
        answer: Callable[[Any], Any],
        encode: Callable[[Any], Any],
        decode: Callable[[Any], Any],
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._answer = answer
        self._encode = encode
        self._decode = decode

    def ask(self, question: Any) -> Any:
        """Ask and wait. Raises `Fault` and `Closed`."""
        self._write(["ask", question])
        while True:
            kind, content = self._read()
            if kind == "ask":
                self._serve(content)
            elif kind == "fault":
                raise Fault(content)
            else:
                return content

    def serve(self) -> None:
        """Answer until the other side is gone."""
        try:
            while True:
                self._serve(self._read()[1])
        except Closed:
            return

    def _serve(self, question: Any) -> None:
        try:
            reply = ["answer", self._answer(question)]
        except Closed:
            raise
        except Exception as error:
            reply = ["fault", f"{type(error).__name__}: {error}"]
        self._write(reply)

    def _write(self, message: Any) -> None:
        line = json.dumps(message, default=self._encode)  # ASCII: no encoding to go wrong
        try:
            self._writer.write(line.encode("ascii") + b"\n")
            self._writer.flush()
        except (OSError, ValueError) as error:
            raise Closed(str(error)) from error

    def _read(self) -> Any:
        try:
            line = self._reader.readline()
        except (OSError, ValueError) as error:
            raise Closed(str(error)) from error
        if not line.endswith(b"\n"):
            raise Closed("end of the pipe")
        return json.loads(line, object_hook=self._decode)
