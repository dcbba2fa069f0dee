"""The list of who should send."""

from pathlib import Path

import pytest

from addin.merging.expected import Expected, read_expected
from tests.addin.merging.making import MONTHLY


def read(folder: Path, text: str, encoding: str = "utf-8") -> tuple[tuple[Expected, ...], list[tuple[str, str]]]:
    path = folder / "名单.csv"
    path.write_text(text, encoding=encoding)
    expected, problems = read_expected(path)
    return expected, [(problem.cell, problem.message) for problem in problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_units_with_their_branches(tmp_path: Path, encoding: str) -> None:
    text = "分行,填报单位\n河南, 甲支行 \n,乙支行\n\n"
    assert read(tmp_path, text, encoding) == ((Expected("甲支行", "河南"), Expected("乙支行")), [])


def test_a_contest_by_its_title_or_id(tmp_path: Path) -> None:
    text = f"填报单位,评选\n甲支行,月度服务明星（柜员）\n乙支行,{MONTHLY}\n"
    assert [entry.contest for entry in read(tmp_path, text)[0]] == [MONTHLY, MONTHLY]


def test_an_unknown_contest_names_its_cell(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "填报单位,评选\n甲支行,没有的评选\n")
    assert problems == [("B2", "没有评选“没有的评选”，应填方案编号或名称")]


def test_a_unit_twice_is_told_and_expected_once(tmp_path: Path) -> None:
    expected, problems = read(tmp_path, "填报单位\n甲支行\n甲支行\n")
    assert len(expected) == 1
    assert [message for _, message in problems] == ["甲支行在应报名单中重复"]


def test_without_the_column_there_is_no_list(tmp_path: Path) -> None:
    assert read(tmp_path, "名称\n甲支行\n") == ((), [("A1", "应报名单没有“填报单位”列")])
