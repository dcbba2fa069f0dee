"""Installing into a real LibreOffice's profile, and leaving nothing of it behind."""

import sys
from pathlib import Path

import pytest

from addin.libreoffice.texts import INSTALL
from tests.addin.command_line import run
from tests.libreoffice import LibreOffice

OWN_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Mine" script:language="StarBasic">\
Function MINE()
MINE = 7
End Function</script:module>"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" \
library:passwordprotected="false">
 <library:element library:name="Mine"/>
</library:library>"""


def told(*arguments: object) -> tuple[int, str]:
    """What ``starscore libreoffice`` exits with, and says."""
    code, out, err = run("libreoffice", *arguments)
    return code, (out + err).strip()


def traces(profile: Path) -> list[str]:
    """Files that name us. LibreOffice's own registry of components keeps deleted bytes until it needs the place."""
    return [
        str(path.relative_to(profile))
        for path in profile.rglob("*")
        if "starscore" in path.name.lower()
        or (path.is_file() and not path.name.startswith("common") and b"starscore" in path.read_bytes().lower())
    ]


@pytest.mark.libreoffice
def test_installed_twice_and_removed_nothing_is_left(soffice: LibreOffice, tmp_path: Path) -> None:
    profile = tmp_path / "profile-1"
    LibreOffice(soffice.program, tmp_path).run(["--terminate_after_init"], 120)
    library = profile / "user" / "basic" / "Standard"
    (library / "Mine.xba").write_text(OWN_MODULE, "utf-8")
    (library / "script.xlb").write_text(LIBRARY, "utf-8")
    place = ("--profile", profile)
    assert told("uninstall", *place) == (0, INSTALL["nothing"])
    for _ in range(2):
        assert told("install", *place) == (0, INSTALL["installed"])
    assert len([name for name in traces(profile) if name.endswith("StarScore.xba")]) == 1
    assert (library / "script.xlb").read_text("utf-8").count("StarScore") == 1
    assert told("uninstall", *place) == (0, INSTALL["removed"])
    assert traces(profile) == []
    assert (library / "Mine.xba").read_text("utf-8") == OWN_MODULE
    assert (library / "script.xlb").read_text("utf-8").split() == LIBRARY.split()


def test_without_libreoffice_it_says_so(tmp_path: Path) -> None:
    place = ("--profile", str(tmp_path / "profile"))
    assert told("install", *place, "--program", tmp_path / "soffice") == (2, INSTALL["no_office"])
    assert not (tmp_path / "profile").exists()


def test_while_libreoffice_runs_it_says_so(tmp_path: Path) -> None:
    (tmp_path / ".lock").touch()
    for command in ("install", "uninstall"):
        answer = told(command, "--profile", tmp_path, "--program", sys.executable)
        assert answer == (2, INSTALL["running"])
