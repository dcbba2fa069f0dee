"""The commands as people and programs call them: output, exit codes, files."""

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.addin.command_line import run
from tests.addin.merging.making import table
from tests.addin.test_workbook_path import MONTHLY, ranked
from tests.calc.making import indicator, measure, toml
from tests.cases import reading

CASE = reading.ROOT / MONTHLY / "plain-month-of-one-outlet"
RESULT_KEYS = ["scheme", "version", "period", "rows", "quota", "problems"]


def score(case: Path, *more: str) -> tuple[int, str, str]:
    words: list[object] = ["score", MONTHLY, "--data", case / "data.csv"]
    for name in ("events", "honours", "rulings"):
        if path := reading.table(case, name):
            words += [f"--{name}", path]
    for setting in reading.settings(case):
        words += ["--set", setting]
    return run(*words, *more)


def test_score_prints_the_json_of_the_contract() -> None:
    code, out, _ = score(CASE, "--json")
    content = json.loads(out)
    assert (code, list(content)) == (0, RESULT_KEYS)
    assert list(content["rows"][0])[:11] == [
        "id", "name", "pool", "rated", "points", "total", "rank", "eligible", "reasons", "status", "columns",
    ]  # fmt: skip
    assert list(content["quota"][0]) == ["pool", "seats", "filled", "tied", "provisional", "withheld"]
    assert content["rows"][0]["points"] == reading.expected(CASE)["rows"][0]["points"]
    winner = next(row for row in content["rows"] if row["status"] == "winner")
    assert winner["rewards"] == {"money": 300, "grading_points": 10}


def test_errors_in_the_input_exit_with_1_and_name_the_cell() -> None:
    code, out, _ = score(reading.ROOT / MONTHLY / "quality-out-of-range", "--json")
    problems = json.loads(out)["problems"]
    assert code == 1
    assert list(problems[0]) == ["severity", "sheet", "cell", "message", "hint"]


def test_a_table_is_printed_for_people() -> None:
    code, out, _ = score(CASE)
    assert code == 0
    assert "当选" in out
    assert "没有发现问题" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("score", "no/such", "--data", CASE / "data.csv"), "没有方案"),
        (("score", MONTHLY, "--data", "nowhere.csv"), "没有文件"),
        (("score", MONTHLY, "--data", CASE / "data.csv", "--set", "colour=red"), "没有设置项 colour"),
        (("score", MONTHLY, "--data", CASE / "data.csv", "--set", "theory_weight=much"), "须为数字"),
        (("score", MONTHLY, "--data", CASE / "data.csv", "--set", "theory_weight=1.5"), "超出范围"),
        (("score", MONTHLY, "--data", CASE / "data.csv", "--set", "zero_rule=odd"), "不在可选之列"),
        (("score", MONTHLY, "--data", CASE / "data.csv", "--set", "period=soon"), "期间看不懂"),
        (("new", MONTHLY, "--out", "x.xlsx", "--period", "2026Q3"), "按月评选"),
        (("check", "nowhere.xlsx"), "没有文件"),
        (("explain", "nowhere.json", "K1"), "没有文件"),
    ],
)
def test_wrong_use_exits_with_2_and_says_why(words: tuple[object, ...], said: str) -> None:
    code, _, err = run(*words)
    assert code == 2
    assert said in err


def test_without_a_period_it_says_so() -> None:
    code, out, _ = run("score", MONTHLY, "--data", CASE / "data.csv", "--json")
    content = json.loads(out)
    assert code == 1
    assert any("考核期间" in problem["message"] for problem in content["problems"])
    assert all(quota["withheld"] for quota in content["quota"])


def test_score_takes_ballots() -> None:
    case = reading.ROOT / "judging" / "jury-of-three-criteria"
    words = ["score", case / "scheme.toml", "--data", case / "data.csv", "--set", "period=2026Q3", "--json"]
    code, out, _ = run(*words, "--ballots", case / "ballots.csv")
    assert (code, [row["total"] for row in json.loads(out)["rows"]]) == (0, [26.5, 26, 26, None])
    code, out, _ = run(*words)
    assert (code, [row["total"] for row in json.loads(out)["rows"]]) == (1, [None] * 4)
    assert run(*words, "--ballots", "nowhere.csv")[0] == 2


def test_schemes_lists_ids_and_titles() -> None:
    code, out, _ = run("schemes", "--json")
    assert code == 0
    assert {"id", "title"} <= set(json.loads(out)[0])
    code, out, _ = run("schemes", MONTHLY, "--json")
    content = json.loads(out)
    assert [entry["id"] for entry in content["indicators"] if entry["in_total"]] == [
        "quality", "customer", "internal", "volume", "error_rate", "skill",
    ]  # fmt: skip
    assert {"measures", "events", "indicators", "settings"} <= set(content)


def test_schemes_tells_of_a_scheme_what_it_has_and_no_more() -> None:
    code, out, _ = run("schemes", "hall-monthly-titles")
    assert code == 0
    assert "installer  放装达人" in out
    assert "事项" not in out


def test_explain_reads_the_json_with_the_trace(tmp_path: Path) -> None:
    _, out, _ = score(CASE, "--json", "--trace")
    file = tmp_path / "R.json"
    file.write_text(out, encoding="utf-8")
    person = json.loads(out)["rows"][0]
    code, text, _ = run("explain", file, person["id"])
    assert code == 0
    assert "第九条(一)" in text
    assert run("explain", file, "nobody")[0] == 2


def test_explain_needs_a_trace(tmp_path: Path) -> None:
    _, out, _ = score(CASE, "--json")
    file = tmp_path / "R.json"
    file.write_text(out, encoding="utf-8")
    code, _, err = run("explain", file, "K1")
    assert (code, "--trace" in err) == (2, True)


def test_check_and_rank_a_workbook(tmp_path: Path) -> None:
    path, _ = ranked(CASE, tmp_path)
    before = path.read_bytes()
    assert run("check", path)[0] == 0
    code, out, _ = run("rank", path, "--out", tmp_path / "结果.xlsx", "--json")
    content = json.loads(out)
    assert (code, list(content)) == (0, RESULT_KEYS)
    assert [row["total"] for row in content["rows"]] == [row["total"] for row in reading.expected(CASE)["rows"]]
    assert (tmp_path / "结果.xlsx").is_file()
    assert path.read_bytes() == before


def test_a_result_is_never_written_over_its_source(tmp_path: Path) -> None:
    path, _ = ranked(CASE, tmp_path)
    code, _, err = run("rank", path, "--out", path)
    assert (code, "另取" in err) == (2, True)


def test_a_target_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    path, _ = ranked(CASE, tmp_path)
    code, _, err = run("rank", path, "--out", tmp_path / "没有" / "结果.xlsx")
    assert (code, "没有文件夹" in err) == (1, True)


def test_new_puts_the_roster_of_a_csv_into_the_template(tmp_path: Path) -> None:
    roster = tmp_path / "名册.csv"
    roster.write_text("工号,姓名,网点,上岗日期\n007,王静,郑东支行,2024-03-01\n7,李敏,郑东支行,2025.7.1\n", "utf-8")
    code, _, _ = run("new", MONTHLY, "--out", tmp_path / "t.xlsx", "--roster", roster, "--period", "2026-09")
    assert code == 0
    code, out, _ = run("check", tmp_path / "t.xlsx", "--json")
    problems = json.loads(out)["problems"]
    assert code == 1
    assert {p["cell"] for p in problems if p["sheet"] == "指标" and "服务质量" in p["message"]} == {"G5", "G6"}


def test_new_keeps_a_file_that_stands_in_its_place(tmp_path: Path) -> None:
    target = tmp_path / "9月.xlsx"
    for content in (b"a month's work", b"another"):
        target.write_bytes(content)
        code, out, _ = run("new", MONTHLY, "--out", target)
        assert (code, "改名为" in out, target.read_bytes()[:2]) == (0, True, b"PK")
    assert (tmp_path / "9月（旧1）.xlsx").read_bytes() == b"a month's work"
    assert (tmp_path / "9月（旧2）.xlsx").read_bytes() == b"another"


def test_demo_writes_a_year_and_says_what_to_open(tmp_path: Path) -> None:
    code, out, _ = run("demo", "--out", tmp_path / "演示 目录")
    assert code == 0
    year = tmp_path / "演示 目录"
    results = {folder.parent.name: len(list(folder.glob("*.xlsx"))) for folder in year.rglob("结果")}
    assert results == {"10月": 13, "11月": 13, "12月": 13, "季度评选": 3, "2025年度评选": 3}
    assert len(list(year.glob("2025年第?季度/季度评选/结果/*.xlsx"))) == 4 * 3
    assert "13 个网点都算出了结果" in out
    assert "撤销，不递补" in out
    assert "请打开" in out
    assert "已定稿，复核通过" in out
    assert "金水路支行-2025-12　不能定稿：登记!" in out
    assert "-被改动　复核不通过：得分!J5　定稿时为" in out
    assert len(list((year / "2025年第4季度" / "12月" / "定稿").glob("*.xlsx"))) == 12  # one of them altered
    assert "没有报送：东风路支行、金水路支行" in out
    merged = year / "2025年第4季度" / "12月" / "汇总"
    assert {path.name for path in merged.iterdir()} == {"01-郑东支行-2025-12-报送.eml", "应报名单.csv", "汇总.xlsx"}
    rows = table(merged / "汇总.xlsx", "汇总情况", "情况")
    states = Counter(row["情况"] for row in rows)
    assert states == {"计入": 11, "有错误，未计入": 1, "未报": 2}
    ranking = table(merged / "汇总.xlsx", "月度服务明星（柜员）", "总名次")
    assert sum(1 for row in ranking if row["结果"] == "当选") == 11
    assert all(row["结果"] == "不符合条件" for row in ranking if row["总分"] and not row["总名次"])


def test_scheme_check_explains_a_scheme_and_names_what_looks_wrong(tmp_path: Path) -> None:
    code, out, _ = run("scheme", "check", MONTHLY)
    assert code == 0
    assert "名额：每组1名" in out
    assert "没有发现问题" in out
    code, out, _ = run("scheme", "check", "property-service-centre", "--json")
    told = [problem["message"] for problem in json.loads(out)["problems"]]
    assert code == 0
    assert all(message.startswith("原文有误：") for message in told)
    assert "比重合计110%" in told[0]
    file = tmp_path / "方案.toml"
    file.write_text(toml(measure("x", max=120), indicator("a", "given", of="x", base=100)), encoding="utf-8")
    code, out, _ = run("scheme", "check", file, "--json")
    found = json.loads(out)
    assert code == 0
    assert found["problems"][0]["cell"] == "measure(x).max"
    assert "计分：a（100分）：评定得分，满分100，取自x（第a条）。" in found["sentences"]
    file.write_text("id = 1", encoding="utf-8")
    assert run("scheme", "check", file)[0] == 1
