"""The tests' own tools: LibreOffice converts, gives up in time, and is not optional in CI."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

from tests.libreoffice import LibreOffice, LibreOfficeError, find, pdf_pages, png

HERE = Path(__file__).resolve().parent


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "星级 一.xlsx"
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "得分"
    sheet.append(["007", "张三", 87.675, "=C1*2"])
    sheet["C2"], sheet["C2"].number_format = 1 / 3, "0.0"
    workbook.create_sheet("排名").append(["第二页"])
    workbook.save(path)
    return path


def test_files_are_converted_under_any_name(soffice: LibreOffice, book: Path, tmp_path: Path) -> None:
    out = tmp_path / "输出 目录"
    pdf = soffice.convert(book, "pdf", out)
    assert pdf == out / "星级 一.pdf"
    assert ["张三" in page for page in pdf_pages(pdf)] == [True, False]
    again = openpyxl.load_workbook(soffice.convert(book, "xlsx", out), data_only=True)
    assert again["得分"]["D1"].value == 175.35
    with soffice.convert(book, "csv", out).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["007", "张三", "87.675", "175.35"]
    assert float(rows[1][2]) == pytest.approx(1 / 3)
    assert soffice.convert(book, "csv", out, sheet=2).read_text("utf-8").strip() == "第二页"
    assert sorted(path.name for path in out.iterdir()) == ["星级 一.csv", "星级 一.pdf", "星级 一.xlsx"]
    pictures = png(pdf, 50, tmp_path / "图")
    assert [path.read_bytes()[:4] for path in pictures] == [b"\x89PNG"] * 2


def test_what_cannot_be_converted_is_told_with_libreoffices_words(soffice: LibreOffice, tmp_path: Path) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK\3\4 garbage")
    with pytest.raises(LibreOfficeError, match="could not be loaded"):
        soffice.convert(bad, "pdf", tmp_path / "out")
    with pytest.raises(ValueError, match="overwritten"):
        soffice.convert(bad, "xlsx", tmp_path)
    with pytest.raises(FileNotFoundError):
        soffice.convert(tmp_path / "none.xlsx", "pdf", tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_one_that_hangs_is_ended_with_its_children_and_tried_once_more(book: Path, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text(f'#!/bin/sh\necho "$1" >> "{tmp_path}/started"\necho stuck\nsleep 300\n', "utf-8")
    program.chmod(0o755)
    began = time.monotonic()
    with pytest.raises(LibreOfficeError, match=r"(?s)stuck.*without an answer"):
        LibreOffice(str(program), tmp_path).convert(book, "pdf", tmp_path / "out", timeout=1)
    assert time.monotonic() - began < 30
    profiles = (tmp_path / "started").read_text("utf-8").splitlines()
    assert len(set(profiles)) == 2


@pytest.mark.parametrize("ci", ["", "true"])
@pytest.mark.parametrize(("marker", "fixture"), [("libreoffice", "soffice"), ("wine", "windows")])
def test_without_its_host_a_test_skips_but_fails_in_ci(tmp_path: Path, marker: str, fixture: str, ci: str) -> None:
    tests = tmp_path / "tests"
    tests.mkdir()
    (tests / "__init__.py").touch()
    shutil.copy(HERE / "conftest.py", tests)
    for name, finder in (("libreoffice", "find"), ("wine", "program")):
        helper = (HERE / f"{name}.py").read_text("utf-8") + f"\n\ndef {finder}():\n    return None\n"
        (tests / f"{name}.py").write_text(helper, "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n    libreoffice\n    wine\n", "utf-8")
    (tests / "test_it.py").write_text(
        f"import pytest\n@pytest.mark.{marker}\ndef test_marked(): pass\ndef test_fixture({fixture}): pass\n"
        "def test_other(): pass\ndef test_skips(): pytest.skip('for a reason of its own')\n",
        "utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path,
        env={**os.environ, "CI": ci},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "1 passed" in done.stdout
    assert ("2 errors" in done.stdout and "1 skipped" in done.stdout) if ci else "3 skipped" in done.stdout
    assert ("may not skip where CI is set" in done.stdout) is bool(ci)


def test_it_is_found_by_name_on_the_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / ("soffice.com" if os.name == "nt" else "soffice")
    program.touch()
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = find()
    assert found is not None and Path(found).samefile(program)
