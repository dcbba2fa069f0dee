"""The oracle against the cases, against numbers worked by hand, and against itself on made-up months."""

import ast
import csv
import json
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from .compare import differences
from .generate import generate
from .monthly_teller import ZERO_RULES, mean, reckon_case, reckon_tables, share_of_highest
from .tables import (
    BadCellError,
    Table,
    add_months,
    column_letters,
    date_of,
    month_before,
    month_bounds,
    number_of,
    round_half_up,
    yes_no_of,
)

HERE = Path(__file__).resolve().parent
CASES = HERE.parent / "cases" / "cib-zhengzhou-2010" / "monthly-teller"
FOLDERS = sorted(folder.name for folder in CASES.iterdir() if folder.is_dir())
BY_HAND = json.loads((HERE / "by_hand.json").read_text(encoding="utf-8"))


def lines_of(text: str) -> list[list[str]]:
    return list(csv.reader(text.splitlines()))


def load(name: str, file: str) -> dict:
    return json.loads((CASES / name / file).read_text(encoding="utf-8"))


# ---------------------------------------------------------------------------------------------------------------------
# The cases


@pytest.mark.parametrize("name", FOLDERS)
def test_case(name):
    assert reckon_case(CASES / name) == load(name, "expected.json")


@pytest.mark.parametrize("name", FOLDERS)
def test_case_by_hand(name):
    """by_hand.json was worked out by hand before the oracle ran; expected.json is what the oracle wrote.

    A row is named by its id, or by @ and its place where an id is doubled.
    """
    expected, hand = load(name, "expected.json"), BY_HAND[name]
    assert expected["exit"] == hand["exit"]
    assert expected["problems"] == hand["problems"]
    for who, numbers in hand["rows"].items():
        row = (
            expected["rows"][int(who[1:])]
            if who.startswith("@")
            else next(row for row in expected["rows"] if row["id"] == who)
        )
        for key, value in numbers.items():
            has = {name: row["points"][name] for name in value} if key == "points" else row[key]
            assert has == value, (who, key)
    lines = {line["pool"]: line for line in expected["quota"]}
    assert list(lines) == list(hand["quota"])
    for pool, parts in hand["quota"].items():
        assert {key: lines[pool][key] for key in parts} == parts


def test_every_case_is_told():
    assert sorted(BY_HAND) == FOLDERS
    for name in FOLDERS:
        case = load(name, "case.json")
        assert sorted(case) == ["by_hand", "catches", "settings", "title"], name
        assert all(case[key] for key in case), name


# ---------------------------------------------------------------------------------------------------------------------
# Single rules, by hand


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        ("2.675", "2.68"),
        ("2.665", "2.67"),
        ("-2.675", "-2.68"),
        ("2.6749999", "2.67"),
        ("0.005", "0.01"),
        ("9.995", "10"),
    ],
)
def test_round_half_up(value, rounded):
    assert round_half_up(Fraction(value)) == Fraction(rounded)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 7, 1), date(2026, 10, 1)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 11, 29), date(2027, 2, 28)),
        (date(2027, 1, 31), date(2027, 4, 30)),
        (date(2026, 12, 1), date(2027, 3, 1)),
    ],
)
def test_three_months_later(start, end):
    assert add_months(start, 3) == end


def test_months():
    assert month_bounds("2028-02") == (date(2028, 2, 1), date(2028, 2, 29))
    assert month_bounds("2026-12") == (date(2026, 12, 1), date(2026, 12, 31))
    assert month_before("2027-01") == "2026-12"
    assert month_before("2026-10") == "2026-09"


@pytest.mark.parametrize(
    ("rule", "rate", "lowest", "highest", "points"),
    [
        ("inverse", "0.4", "0.1", "0.8", "2.5"),
        ("inverse", "0.05", "0", "0.2", "7.5"),
        ("inverse", "0", "0", "0", "10"),
        ("excess", "0.3", "0.1", "0.4", "5"),
        ("excess", "0.1", "0", "0.4", "7.5"),
        ("excess", "0", "0", "0", "10"),
        ("linear", "0.25", "0.1", "0.4", "5"),
        ("linear", "0.4", "0.1", "0.4", "0"),
        ("linear", "0.15", "0.15", "0.15", "10"),
        ("complement", "60", "20", "90", "5"),
        ("complement", "100", "100", "100", "10"),
    ],
)
def test_zero_rules(rule, rate, lowest, highest, points):
    assert ZERO_RULES[rule](Fraction(rate), Fraction(lowest), Fraction(highest)) == Fraction(points)


def test_share_of_highest():
    assert share_of_highest(Fraction(3), [Fraction(3), Fraction(4), None]) == Fraction("7.5")
    assert share_of_highest(None, [Fraction(4)]) is None
    assert share_of_highest(Fraction(-2), [Fraction(-1), Fraction(-2)]) == 0
    assert share_of_highest(Fraction(0), [Fraction(0)]) == 0


def test_mean_is_exact():
    assert mean([Fraction("0.7")] * 3) == Fraction("0.7")


def test_cells():
    assert [column_letters(number) for number in (1, 26, 27, 52, 53)] == ["A", "Z", "AA", "AZ", "BA"]
    table = Table("data.csv", ["id", "name", "quality"], {7: ["007", "王丽娟", " 45 "]})
    assert table.address(7, "quality") == "C7"
    assert table.text(7, "quality") == "45"
    assert table.text(7, "progress") == ""


def test_bad_cells():
    for text in ["", "12,5", "1e3", "缺", "--1", "0x10", "nan"]:
        with pytest.raises(BadCellError):
            number_of(text)
    for text in ["", "2026-02-29", "2026-9-1", "2026-09"]:
        with pytest.raises(BadCellError):
            date_of(text)
    for text in ["", "maybe", "2"]:
        with pytest.raises(BadCellError):
            yes_no_of(text)


def test_two_tellers_by_hand():
    """Mean 750; 45+10+9+10+(0.1/0.2*10)+(81/90*10) = 88 for the one above it; 40+5+9+5+10+10 = 79 for the other."""
    data = """\
工号,姓名,网点,上岗日期,服务质量,服务效率,服务态度,服务规范执行,业务量,差错率,理论成绩,技能1,品行确认
1,王丽娟,东风路支行,2026-07-01,45,9,9,9,1000,0.2,82,80,yes
2,李志强,东风路支行,2026-07-02,40,9,9,9,500,0.1,90,90,no
"""
    events = """\
id,event,count,date
2,complaint_withdrawn,1,2026-09-12
"""
    result = reckon_tables({"period": "2026-09"}, lines_of(data), lines_of(events))
    first, second = result["rows"]
    assert (first["total"], first["rank"], first["status"], first["reasons"]) == (88.0, 1, "winner", [])
    assert (second["total"], second["rank"], second["status"]) == (79.0, None, "")
    assert second["reasons"] == ["第六条(一)1", "第六条(一)4", "第六条(一)2"]


# ---------------------------------------------------------------------------------------------------------------------
# Made-up months

SEEDS = range(250)


def test_a_seed_is_always_the_same():
    assert generate(7) == generate(7)
    assert generate(7) != generate(8)


def test_what_always_holds():
    for seed in SEEDS:
        made = generate(seed)
        result = made.expected()
        policy = made.settings.get("tie_policy", "ask")
        for row in result["rows"]:
            assert (row["rank"] is not None) == row["eligible"] == (row["reasons"] == []), seed
            assert (row["points"] is None) == (not row["rated"]), seed
            assert row["status"] == "" or row["rank"] == 1, seed
            if row["total"] is not None:
                cents = [round(points * 100) for points in row["points"].values()]
                assert sum(cents) == round(row["total"] * 100), seed
        for line in result["quota"]:
            winners = [row for row in result["rows"] if row["pool"] == line["pool"] and row["status"] == "winner"]
            assert line["filled"] == len(winners), seed
            assert policy == "include" or line["filled"] <= line["seats"], seed
            assert not (line["withheld"] and (line["filled"] or line["tied"])), seed


def test_the_made_up_months_are_nasty():
    """Each thing the generator is for does happen, and more than once."""
    seen = dict.fromkeys(
        ["tied", "shared", "provisional", "withheld", "barred", "open", "no rate", "ruled", "below"], 0
    )
    for seed in SEEDS:
        made = generate(seed)
        result = made.expected()
        reasons = [reason for row in result["rows"] for reason in row["reasons"]]
        seen["tied"] += any(line["tied"] for line in result["quota"])
        seen["shared"] += any(line["filled"] > 1 for line in result["quota"])
        seen["provisional"] += any(line["provisional"] for line in result["quota"])
        seen["withheld"] += any(line["withheld"] for line in result["quota"])
        seen["barred"] += "取消资格" in reasons
        seen["open"] += "待核实" in reasons
        seen["no rate"] += "无差错率" in reasons
        seen["ruled"] += bool(made.rulings)
        seen["below"] += "第六条(一)4" in reasons
    assert min(seen.values()) >= 2, seen


def test_writing_and_reading_a_data_set(tmp_path):
    made = generate(11)
    made.write(tmp_path / "seed-11")
    assert reckon_case(tmp_path / "seed-11") == made.expected()


# ---------------------------------------------------------------------------------------------------------------------
# Comparing, and standing alone


def test_differences_are_found():
    expected = load("tie-at-the-top-is-left-open", "expected.json")
    assert differences(expected, expected) == []
    other = json.loads(json.dumps(expected))
    other["rows"][0]["rank"] = 2
    other["rows"][3]["reasons"] = []
    other["quota"][0]["filled"] = 1
    assert len(differences(expected, other)) == 3


def test_the_oracle_stands_alone():
    """It imports the standard library and its own modules, nothing of the program."""
    for path in HERE.glob("*.py"):
        if path.name.startswith("test_"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            else:
                continue
            assert all(name.split(".")[0] in sys.stdlib_module_names for name in names), (path.name, names)
