"""A screen that nobody sees, and a hand on its mouse (Xvfb, xdotool)."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest

from addin.libreoffice.office import Office

__all__ = ["Screen", "all_within", "screen", "top_windows", "until"]

_MOST_CHILDREN = 40  # a sheet says that it has a thousand million
_DEEPEST = 6
Found = TypeVar("Found")


class Screen:
    """One screen; ``display`` is what programs call it."""

    def __init__(self, display: str) -> None:
        self.display = display

    def click(self, thing: Any) -> None:
        """Click into the middle of a thing that LibreOffice says is on the screen."""
        place, size = thing.getLocationOnScreen(), thing.getSize()
        self._do("mousemove", str(place.X + size.Width // 2), str(place.Y + size.Height // 2), "click", "1")

    def _do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env={**os.environ, "DISPLAY": self.display}, check=True, timeout=30)


@contextmanager
def screen() -> Generator[Screen]:
    """A new screen. Skips where there is no Xvfb or xdotool."""
    for program in ("Xvfb", "xdotool"):
        if shutil.which(program) is None:
            pytest.skip(f"no {program}")
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as said:
            yield Screen(f":{said.readline().strip()}")
    finally:
        server.kill()
        server.wait()


def until(look: Callable[[], Found | None], what: str, seconds: float = 90) -> Found:
    """What ``look`` sees, as soon as it sees something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if (found := look()) is not None:
            return found
        time.sleep(0.3)
    raise AssertionError(f"not seen in {seconds:g} s: {what}")


def all_within(window: Any, depth: int = 0) -> Iterator[Any]:
    """Everything that LibreOffice tells of a window to those who cannot see it."""
    context = None if window is None else window.getAccessibleContext()
    if context is None:
        return
    yield context
    if depth < _DEEPEST:
        for n in range(min(context.getAccessibleChildCount(), _MOST_CHILDREN)):
            yield from all_within(context.getAccessibleChild(n), depth + 1)


def top_windows(office: Office) -> list[Any]:
    """The windows that lie on the screen by themselves: documents, dialogues. None for those without a peer of UNO."""
    toolkit = office.service("com.sun.star.awt.Toolkit")
    return [toolkit.getTopWindow(n) for n in range(toolkit.getTopWindowCount())]
