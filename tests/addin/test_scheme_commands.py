"""``starscore scheme export|import|check`` and ``new`` with a sheet 方案, as people call them."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from calc.scheme import load_scheme
from tests.addin.command_line import run
from tests.addin.scheme_sheet.sheets import cell_of
from tests.addin.scheme_sheet.supermarket import scheme_book

MONTHLY = "cib-zhengzhou-2010/monthly-teller"


@pytest.fixture
def typed(tmp_path: Path) -> Path:
    """The supermarket's sheet."""
    path = tmp_path / "超市 方案.xlsx"
    scheme_book().save(path)
    return path


def test_export_then_import_gives_the_scheme_back(tmp_path: Path) -> None:
    sheet, file = tmp_path / "方案.xlsx", tmp_path / "月.toml"
    assert run("scheme", "export", MONTHLY, "--out", sheet)[0] == 0
    code, out, _ = run("scheme", "import", sheet, "--out", file)
    assert (code, f"（{MONTHLY}）" in out) == (0, True)
    assert load_scheme(str(file)).scheme == load_scheme(MONTHLY).scheme


def test_without_an_id_a_small_example_is_written(tmp_path: Path) -> None:
    sheet = tmp_path / "方案.xlsx"
    assert run("scheme", "export", "--out", sheet)[0] == 0
    code, out, _ = run("scheme", "check", sheet)
    assert code == 0
    assert "当选者称“服务之星”" in out
    assert "没有发现问题" in out


def test_check_speaks_of_the_cells(typed: Path) -> None:
    book = load_workbook(typed)
    book["方案"]["B12"].value = 100
    book.save(typed)
    code, out, _ = run("scheme", "check", typed, "--json")
    problems = json.loads(out)["problems"]
    assert (code, [(p["sheet"], p["cell"]) for p in problems]) == (1, [("方案", "B12")])
    assert "基准分合计 160" in problems[0]["message"]


def test_nothing_is_written_of_a_sheet_with_mistakes(typed: Path, tmp_path: Path) -> None:
    book = load_workbook(typed)
    book["方案"].cell(cell_of(book, "陈列", below="评分指标")[0], 4).value = "比一比"
    book.save(typed)
    for words in (("scheme", "import"), ("new",)):
        target = tmp_path / "不写.toml"
        code, out, _ = run(*words, typed, "--out", target)
        assert code == 1
        assert "比一比" in out
        assert not target.exists()


def test_new_makes_the_workbook_of_a_sheet_and_of_a_file(typed: Path, tmp_path: Path) -> None:
    file = tmp_path / "超市.toml"
    run("scheme", "import", typed, "--out", file)
    for source in (typed, file):
        out = tmp_path / f"{source.suffix[1:]}.xlsx"
        assert run("new", source, "--out", out, "--period", "2026-09")[0] == 0
        assert "方案" in load_workbook(out).sheetnames


def test_the_next_month_is_made_from_the_last(typed: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "九月.xlsx", tmp_path / "十月.xlsx"
    run("new", typed, "--out", first, "--unit", "人民路店")
    book = load_workbook(first)
    for column, value in enumerate(("001", "张敏", "收银员"), start=1):
        book["名册"].cell(5, column).value = value
    book.save(first)
    code, _, _ = run("new", first, "--from", first, "--out", second, "--period", "2026-10")
    assert code == 0
    again = load_workbook(second)
    assert [again["名册"].cell(5, column).value for column in (1, 2, 3)] == ["001", "张敏", "收银员"]
    assert "方案" in again.sheetnames


def test_score_takes_a_sheet_too(typed: Path, tmp_path: Path) -> None:
    data = tmp_path / "数据.csv"
    data.write_text("工号,姓名,岗位,入职日期,服务评分,扫码件数\n001,张敏,收银员,2025-03-01,90,820\n", encoding="utf-8")
    code, out, _ = run("score", typed, "--data", data, "--set", "period=2026-09", "--json")
    # 90 × 0.4 + 30 (the best) + 20 + 10; nothing of the posts that are not hers
    assert (code, json.loads(out)["rows"][0]["total"]) == (0, 96)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("scheme", "import", "没有.xlsx", "--out", "x.toml"), "没有文件"),
        (("scheme", "import", MONTHLY, "--out", "x.toml"), "不是 .xlsx"),
        (("scheme", "export", "没有", "--out", "x.xlsx"), "没有方案"),
    ],
)
def test_wrong_use(words: tuple[str, ...], said: str) -> None:
    code, out, err = run(*words)
    assert code == 2
    assert said in out + err
