"""A workbook with a password: asked for, opened in memory, or said."""

import io
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from addin.ranking import rank_file, write_result
from addin.workbook_file import read_workbook
from tests.addin.test_workbook_path import CASES, ranked


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    plain, _ = ranked(CASES[0], tmp_path)
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(plain.read_bytes())).encrypt("服务明星2026", out)
    path = tmp_path / "有密码.xlsx"
    path.write_bytes(out.getvalue())
    return path


def test_without_a_password_it_says_so(locked: Path) -> None:
    found = rank_file(locked)
    assert found.result is None
    assert [problem.is_error for problem in found.problems] == [True]
    assert "密码" in found.problems[0].message


def test_with_the_password_it_is_the_same(locked: Path, tmp_path: Path) -> None:
    _, plain = ranked(CASES[0], tmp_path)
    answers = iter(["不对", "服务明星2026"])
    found = rank_file(locked, ask_password=lambda: next(answers))
    assert found.result is not None
    assert found.result.rows == rank_file(tmp_path / "填报.xlsx").result.rows  # type: ignore[union-attr]
    write_result(found, tmp_path / "结果.xlsx")
    assert "入选" in read_workbook(tmp_path / "结果.xlsx").grids
    assert plain.rows


def test_three_wrong_passwords_are_enough(locked: Path) -> None:
    asked = []
    found = rank_file(locked, ask_password=lambda: asked.append(1) or "不对")
    assert (len(asked), found.problems[0].message) == (3, "密码不对，打不开文件")
