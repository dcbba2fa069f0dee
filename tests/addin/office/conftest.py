"""A LibreOffice with the extension installed, in a profile of its own whose path has Chinese signs and a space."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from addin.libreoffice.office import Office
from tests.addin.command_line import run
from tests.libreoffice import find, running


@pytest.fixture(scope="session")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile with the extension, installed by the command."""
    place = tmp_path_factory.mktemp("王 小明") / "profile"
    code, said, wrong = run("libreoffice", "install", "--profile", place)
    assert code == 0, said + wrong
    return place


@pytest.fixture(scope="module")
def office(profile: Path) -> Generator[Office]:
    """The LibreOffice of a module, without a window."""
    program = find()
    assert program is not None
    with running(program, profile) as made:
        yield made
