"""Day one of a period: rosters with any column names, last period's workbook, people who came, moved and left."""

import datetime as dt
import json
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from addin.ranking import rank_file
from addin.roster import read_roster
from calc.scheme import load_scheme
from tests.addin.command_line import run
from tests.addin.test_workbook_path import MONTHLY, ranked
from tests.cases import reading

SCHEME = load_scheme(MONTHLY).scheme


def roster_file(folder: Path, *lines: list[object], title: str | None = None) -> Path:
    book = Workbook()
    sheet = book.active
    if title:
        sheet.append([title])
    for line in lines:
        sheet.append(line)
    path = folder / "人员表.xlsx"
    book.save(path)
    return path


PEOPLE = (["007", "王静", "郑东支行", dt.date(2024, 3, 1)], ["7", "李敏", "花园路支行", dt.date(2025, 7, 1)])


def test_usual_names_of_columns_are_known_below_a_title(tmp_path: Path) -> None:
    header = ["序号", "员工编号", "员工姓名", "所属支行", "任职日期"]
    path = roster_file(tmp_path, header, *([n, *p] for n, p in enumerate(PEOPLE)), title="郑州分行柜员名单")
    found = read_roster(path, SCHEME)
    assert found.problems == ()
    assert [(p["id"], p["name"], p["outlet"]) for p in found.people] == [
        ("007", "王静", "郑东支行"),
        ("7", "李敏", "花园路支行"),
    ]
    assert found.people[0]["post_since"] == dt.date(2024, 3, 1)


def test_an_unknown_name_is_said_then_mapped_then_remembered(tmp_path: Path) -> None:
    path = roster_file(tmp_path, ["工号", "姓名", "营业部", "上岗日期"], *PEOPLE)
    words = ("new", MONTHLY, "--out", tmp_path / "t.xlsx", "--roster", path)
    code, said, _ = run(*words)
    assert (code, "--map" in said, "营业部" in said) == (1, True, True)
    assert run(*words, "--map", "营业部=网点")[0] == 0
    assert run(*words)[0] == 0
    assert load_workbook(tmp_path / "t.xlsx")["名册"]["C5"].value == "郑东支行"


def test_a_person_is_asked_once(tmp_path: Path) -> None:
    path = roster_file(tmp_path, ["工号", "姓名", "营业部", "上岗日期"], *PEOPLE)
    asked: list[str] = []

    def ask(column: object, names: object) -> str:
        asked.append(f"{getattr(column, 'id', '')} {names}")
        return "营业部"

    assert read_roster(path, SCHEME, ask=ask).problems == ()
    assert read_roster(path, SCHEME, ask=ask).people[1]["outlet"] == "花园路支行"
    assert asked == ["outlet ['营业部']"]


def test_a_wrong_map_is_wrong_use(tmp_path: Path) -> None:
    path = roster_file(tmp_path, ["工号", "姓名", "营业部", "上岗日期"], *PEOPLE)
    assert run("new", MONTHLY, "--out", tmp_path / "t.xlsx", "--roster", path, "--map", "营业部=nothing")[0] == 2


def test_the_next_period_carries_roster_unit_and_settings(tmp_path: Path) -> None:
    path, _ = ranked(reading.ROOT / MONTHLY / "tie-policy-include", tmp_path)
    code, _, _ = run("new", MONTHLY, "--out", tmp_path / "10月.xlsx", "--from", path)
    assert code == 0
    book = load_workbook(tmp_path / "10月.xlsx")
    settings = {row[0].value: row[1].value for row in book["设置"].iter_rows(min_row=5, max_col=2)}
    assert settings["考核期间"] == "2026-10"
    assert settings["第一名并列时"] == "并列者都当选"
    old = load_workbook(path)["名册"]
    assert [row[0].value for row in book["名册"].iter_rows(min_row=5)] == [
        row[0].value for row in old.iter_rows(min_row=5)
    ]
    assert book["指标"]["G5"].value is None


def test_the_figures_and_dates_of_the_last_period_are_not_carried(tmp_path: Path) -> None:
    """A branch average of the last quarter would decide about this one without a word."""
    quarterly = "cib-zhengzhou-2010/quarterly-teller"
    last = tmp_path / "三季度.xlsx"
    typed = {
        "季末柜员总数": 40, "分行平均业务量": 900, "考试成绩中位数": 80, "公示开始日期": dt.date(2026, 10, 9),
        "抽签种子": "01 05", "名额处并列时": "抽签", "理论成绩所占比重": 0.6,
    }  # fmt: skip
    assert run("new", quarterly, "--out", last, "--period", "2026Q3")[0] == 0
    book = load_workbook(last)
    for label, place in book["设置"].iter_rows(min_row=5, max_col=2):
        place.value = typed.get(label.value, place.value)
    book.save(last)
    assert run("new", quarterly, "--out", tmp_path / "四季度.xlsx", "--from", last)[0] == 0
    settings = {
        row[0].value: row[1].value for row in load_workbook(tmp_path / "四季度.xlsx")["设置"].iter_rows(min_row=5)
    }
    assert settings["考核期间"] == "2026Q4"
    assert {label: settings[label] for label in typed} == dict.fromkeys(typed) | {
        "名额处并列时": "抽签", "理论成绩所占比重": 0.6,
    }  # fmt: skip


def test_who_came_moved_and_left_is_marked_and_said(tmp_path: Path) -> None:
    header = ["工号", "姓名", "网点", "上岗日期"]
    first = roster_file(tmp_path, header, *PEOPLE, ["009", "赵强", "郑东支行", dt.date(2023, 1, 1)])
    assert run("new", MONTHLY, "--out", tmp_path / "9月.xlsx", "--roster", first, "--period", "2026-09")[0] == 0
    moved = ["7", "李敏", "郑东支行", dt.date(2025, 7, 1)]
    second = roster_file(tmp_path, header, PEOPLE[0], moved, ["010", "孙丽", "郑东支行", dt.date(2026, 10, 8)])
    code, said, _ = run(
        "new", MONTHLY, "--out", tmp_path / "10月.xlsx", "--from", tmp_path / "9月.xlsx", "--roster", second
    )
    assert code == 0
    assert "新增 1 人：孙丽（010）" in said
    assert "调入 1 人：李敏（7）" in said
    assert "离岗 1 人：赵强（009）" in said
    sheet = load_workbook(tmp_path / "10月.xlsx")["名册"]
    lines = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=5) if row[0].value}
    assert lines["7"][4] == "花园路支行"
    assert [line[6] for line in lines.values()] == [None, "由花园路支行调入", "新增"]
    ranked_file = rank_file(tmp_path / "10月.xlsx", trace=False)
    assert any("没有填调动日期" in problem.message for problem in ranked_file.problems)


@pytest.mark.parametrize(
    ("day", "rule", "pool"),
    [
        ("2026-09-16", "most", "郑东支行"),  # 15 days before, 15 from then on: the last day's
        ("2026-09-17", "most", "花园路支行"),  # 16 days before, 14 from then on
        ("2026-09-17", "last_day", "郑东支行"),
        ("2026-09-30", "last_day", "郑东支行"),
        ("2026-10-01", "last_day", "花园路支行"),
        ("2026-08-31", "most", "郑东支行"),
    ],
)
def test_a_mover_counts_where_the_setting_says(day: str, rule: str, pool: str, tmp_path: Path) -> None:
    data = tmp_path / "D.csv"
    header = (
        "id,name,outlet,previous_outlet,moved_on,post_since,quality,internal_efficiency,internal_attitude,"
        "internal_standard,volume,error_rate,theory,skill_1,conduct"
    )
    data.write_text(f"{header}\n7,李敏,郑东支行,花园路支行,{day},2024-01-01,45,9,9,9,800,0.1,80,80,yes\n", "utf-8")
    words = ("score", MONTHLY, "--data", data, "--set", "period=2026-09", "--set", f"move_rule={rule}", "--json")
    _, out, _ = run(*words)
    assert json.loads(out)["rows"][0]["pool"] == pool
