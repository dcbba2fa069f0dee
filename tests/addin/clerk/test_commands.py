"""The commands on spoiled workbooks and on other files: exit codes, and what is printed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from addin.ranking import rank_file, write_result
from calc.result import Result
from tests.addin.clerk.book import (
    CLEAN,
    MANY_ERRORS,
    NAME,
    PERIOD,
    QUALITY,
    SCHEME,
    SINCE,
    Raw,
    Spoil,
    event,
    formula,
    hidden_column,
    spoiled,
    without_sheet,
)
from tests.addin.clerk.outcome import MISSING, SAME, assert_outcome, place_of, ranked
from tests.addin.command_line import run
from workbook_templates.build import build_template
from workbook_templates.save import workbook_bytes

CODES: list[tuple[str, Spoil, int, str]] = [
    ("clean", {}, 0, "0 条错误"),
    ("formula", {QUALITY: formula("40+8.5", "48.5")}, 0, "填的是公式"),
    ("hidden column", hidden_column(QUALITY), 0, "仍然采用"),
    ("unit in the cell", {QUALITY: "48.5分"}, 1, QUALITY),
    ("no period", {PERIOD: None}, 1, PERIOD),
    ("no 指标", without_sheet("指标"), 1, MISSING),
    ("no 设置", without_sheet("设置"), 1, MISSING),
    ("many errors", MANY_ERRORS, 1, event("次数")),
    ("markup", {NAME: "[/red][bold]", QUALITY: "[/red]"}, 1, "“[/red]”"),
    ("name of an emoji", {QUALITY: ":smile:"}, 1, "“:smile:”"),
    ("control characters", {NAME: Raw("<is><t>王_x0007_静</t></is>", "inlineStr"), QUALITY: -1}, 1, QUALITY),
]


@pytest.mark.parametrize(("spoil", "code", "said"), [pytest.param(*case[1:], id=case[0]) for case in CODES])
def test_exit_codes(spoil: Spoil, code: int, said: str, tmp_path: Path) -> None:
    path = tmp_path / "填报.xlsx"
    path.write_bytes(spoiled(spoil))
    assert run("check", path)[0] == code
    assert said in run("check", path)[1].replace("\n", "")
    got, out, err = run("rank", path, "--out", tmp_path / "结果.xlsx", "--json")
    assert (got, err) == (code, "")
    assert bool([p for p in json.loads(out)["problems"] if p["severity"] == "error"]) == bool(code)
    assert (tmp_path / "结果.xlsx").exists() == ("rows" in json.loads(out))


def test_no_control_character_of_a_cell_reaches_the_console(tmp_path: Path) -> None:
    """An escape sequence in a name could repaint the terminal."""
    path = tmp_path / "填报.xlsx"
    path.write_bytes(spoiled({NAME: Raw("<is><t>王_x001B_[2J_x0007_静</t></is>", "inlineStr"), QUALITY: -1}))
    _, out, err = run("check", path)
    assert "静" in out
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", out + err)


def _other_program() -> Workbook:
    book = Workbook()
    assert book.active is not None
    book.active.title = "工资表"
    book.active.append(["姓名", "工资"])
    book.active.append(["王静", 5000])
    return book


def _only_settings() -> Workbook:
    book = Workbook()
    assert book.active is not None
    book.active.title = "设置"
    book.active.append(["方案", SCHEME.id])
    return book


OTHERS: list[tuple[str, Callable[[], Workbook], str]] = [
    ("empty workbook", Workbook, "这不是 StarScore 的填报工作簿"),
    ("workbook of another program", _other_program, "这不是 StarScore 的填报工作簿"),
    ("设置 alone", _only_settings, "没有工作表“名册”"),
    ("template with nothing filled in", lambda: build_template(SCHEME), "没有填写考核期间"),
]


@pytest.mark.parametrize(("book", "said"), [pytest.param(*case[1:], id=case[0]) for case in OTHERS])
def test_check_on_other_workbooks(book: Callable[[], Workbook], said: str, tmp_path: Path) -> None:
    book().save(tmp_path / "别的.xlsx")
    code, out, _ = run("check", tmp_path / "别的.xlsx")
    assert (code, said in out) == (1, True)
    assert run("rank", tmp_path / "别的.xlsx", "--out", tmp_path / "结果.xlsx")[0] == 1


def test_a_template_with_nothing_filled_in_has_two_errors(tmp_path: Path) -> None:
    done = ranked(workbook_bytes(build_template(SCHEME)), tmp_path)
    assert [p.message for p in done.problems] == ["没有填写考核期间", "没有任何柜员的数据"]
    assert place_of(done.problems[0]) == PERIOD


def test_a_result_workbook_can_be_checked_and_ranked_again(clean: Result, tmp_path: Path) -> None:
    write_result(ranked(CLEAN, tmp_path), tmp_path / "结果.xlsx")
    assert run("check", tmp_path / "结果.xlsx")[0] == 0
    assert_outcome(rank_file(tmp_path / "结果.xlsx"), clean, SAME)


def test_a_result_with_an_odd_date_can_be_ranked_again(clean: Result, tmp_path: Path) -> None:
    write_result(ranked(spoiled({SINCE: 20240301}), tmp_path), tmp_path / "结果.xlsx")
    assert_outcome(rank_file(tmp_path / "结果.xlsx"), clean, SAME)
