"""Our own interpreter, started when it is first needed: it knows the rules, LibreOffice's Python does not.

Questions to it: ``["function", name, arguments]``, ``["action", id]``. While it does an action it asks us for
LibreOffice's objects (`Objects`).
"""

from __future__ import annotations

import json
import os
import subprocess
import threading
from pathlib import Path
from typing import Any

import uno

from . import CONFIG
from .objects import Objects
from .wire import Channel, Closed

__all__ = ["Helper"]

_NO_WINDOW = 0x08000000
_FOREIGN = ("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "URE_BOOTSTRAP")
"""What LibreOffice sets for its own Python."""


class Helper:
    """The process and the pipe to it. A process that has died is started again by the next question."""

    def __init__(self, context: Any) -> None:
        self._context = context
        self._turn = threading.RLock()
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: Channel | None = None
        self._objects: Objects | None = None

    def function(self, name: str, arguments: list[Any]) -> Any:
        """Reckon a custom function; rows of answers."""
        with self._turn:
            return self._ask(["function", name, arguments])

    def action(self, name: str, document: Any) -> str:
        """Do what the menu's entry is for in the document, and return the sentence that says so."""
        with self._turn:
            if self._objects is not None:  # pressed while a question of ours is open
                return str(self._ask(["action", name]))
            self._objects = Objects(self._context, document)
            try:
                return str(self._ask(["action", name]))
            finally:
                self._objects = None

    def _ask(self, question: Any) -> Any:
        for attempt in (1, 2):
            try:
                return self._connected().ask(question)
            except Closed:
                self._channel = None
                if attempt == 2 or self._objects is not None:
                    raise

    def _connected(self) -> Channel:
        if self._channel is None:
            config = json.loads(self._config().read_text(encoding="utf-8"))
            environment = {key: value for key, value in os.environ.items() if key not in _FOREIGN}
            environment.update(config["environment"])
            self._process = subprocess.Popen(
                config["command"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                creationflags=_NO_WINDOW if os.name == "nt" else 0,
            )
            assert self._process.stdin is not None and self._process.stdout is not None
            self._channel = Channel(self._process.stdout, self._process.stdin, self._answer, self._encode, self._decode)
        return self._channel

    def _config(self) -> Path:
        paths = self._context.ServiceManager.createInstanceWithContext(
            "com.sun.star.util.PathSubstitution", self._context
        )
        return Path(uno.fileUrlToSystemPath(paths.substituteVariables(f"$(user)/{CONFIG}", True)))

    def _answer(self, question: Any) -> Any:
        assert self._objects is not None, "our interpreter asks only while it does an action"
        return self._objects.answer(question)

    def _encode(self, value: Any) -> Any:
        assert self._objects is not None
        return self._objects.encode(value)

    def _decode(self, content: Any) -> Any:
        return content if self._objects is None else self._objects.decode(content)
