"""The doctor's sentences, one for each cause; what of the machine can be looked up on any system."""

from dataclasses import replace
from pathlib import Path

import pytest

from addin.excel import machine
from addin.excel.doctor import diagnose
from addin.excel.machine import Machine
from addin.excel.texts import DOCTOR
from addin.excel.xlam import build_xlam

SOUND = Machine(windows=(10, 0, 19045), excel=r"C:\Office\EXCEL.EXE", add_in=build_xlam(), interpreter=Path("p.exe"))
FILE = Path("C:/程序/x.dll")
CAUSES = {
    "not_windows": {"windows": None},
    "old_windows": {"windows": (6, 1, 7601)},
    "no_excel": {"excel": ""},
    "not_installed": {"add_in": None},
    "other_build": {"add_in": b"PK"},
    "no_config": {"config": False},
    "no_interpreter": {"interpreter_exists": False},
    "dll_missing": {"dlls_missing": (FILE,)},
    "dll_blocked": {"dlls_blocked": (FILE,)},
    "downloaded": {"downloaded": (FILE,)},
    "untrusted": {"locations_disabled": True},
    "macros_off": {"macros_disabled": True},
    "not_local": {"not_local": (FILE,)},
    "pythonpath": {"pythonpath": r"C:\other"},
    "other_xlwings": {"other_xlwings": FILE},
    "no_children": {"child_error": "exit 5"},
    "wps": {"opens_xlsx": "WPS.XLSX.6"},
}


def test_nothing_is_wrong_with_a_sound_machine() -> None:
    assert diagnose(SOUND) == []


def test_every_sentence_has_its_cause() -> None:
    assert set(CAUSES) == set(DOCTOR) - {"fine"}


@pytest.mark.parametrize("cause", CAUSES)
def test_a_cause_is_named_in_one_sentence_with_its_remedy(cause: str) -> None:
    (finding,) = diagnose(replace(SOUND, **CAUSES[cause]))
    assert finding.cause == cause
    assert finding.text.endswith("。")
    assert finding.text.count("。") == 1
    assert "；" in finding.text
    assert "{" not in finding.text
    if "path" in DOCTOR[cause] and "{path}" in DOCTOR[cause]:
        assert str(FILE) in finding.text or "p.exe" in finding.text


def test_several_causes_are_all_named() -> None:
    found = diagnose(replace(SOUND, excel="", pythonpath="x", opens_xlsx="ET.Xlsx.6", dlls_missing=(FILE, FILE)))
    assert [each.cause for each in found] == ["no_excel", "dll_missing", "dll_missing", "pythonpath", "wps"]


@pytest.mark.parametrize("program", ["", "Excel.Sheet.12", "LibreOffice.Xlsx.1"])
def test_other_programs_are_no_cause(program: str) -> None:
    assert diagnose(replace(SOUND, opens_xlsx=program)) == []


@pytest.mark.parametrize(("zone", "marked"), [("3", True), ("4", True), ("0", False), ("1", False)])
def test_the_mark_of_a_download_is_read(zone: str, marked: bool, tmp_path: Path) -> None:
    """Where files have no streams, a file of that name stands for one."""
    path = tmp_path / "StarScore.xlam"
    Path(f"{path}:Zone.Identifier").write_text(f"[ZoneTransfer]\nZoneId={zone}\nReferrerUrl=http://x\n", "utf-8")
    assert machine._is_marked(path) is marked
    assert not machine._is_marked(tmp_path / "other")


def test_xlwings_own_add_in_of_this_version_is_no_cause(tmp_path: Path) -> None:
    own = Path(machine.xlwings.__file__).parent / "addin" / "xlwings.xlam"
    there = tmp_path / "xlwings.xlam"
    assert machine._other_xlwings(there) is None
    there.write_bytes(own.read_bytes())
    assert machine._other_xlwings(there) is None
    there.write_bytes(b"another")
    assert machine._other_xlwings(there) == there
