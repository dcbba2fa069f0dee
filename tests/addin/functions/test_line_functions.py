"""The functions of single methods: shapes, exact points, blanks, what is no number, what is out of range."""

import datetime as dt

import pytest

from addin.functions import FUNCTIONS

NA = -2146826246
RATIO, DEDUCT, BONUS, INSPECT, SKILL, RANK, QUOTA, PICK, WORKDAY = (
    FUNCTIONS[f"STAR{name}"]
    for name in ("RATIO", "DEDUCT", "BONUS", "INSPECT", "SKILL", "RANK", "QUOTA", "PICK", "WORKDAY")
)


def down(*values: object) -> list[list[object]]:
    return [[value] for value in values]


# ── shapes ───────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["STARRATIO", "STARRANK", "STARQUOTA", "STARSKILL", "STARWORKDAY"])
def test_the_answer_lies_as_the_argument_does(name: str) -> None:
    others = {"STARRATIO": (10,), "STARRANK": (), "STARSKILL": (), "STARWORKDAY": (1,)}
    values = [46000.0, 46001.0, 46002.0]

    def call(argument: object) -> object:
        if name == "STARQUOTA":
            return FUNCTIONS[name]("1", argument)
        skills = (argument,) if name == "STARSKILL" else ()
        return FUNCTIONS[name](argument, *skills, *others[name])

    column, row, cell = call(down(*values)), call([values]), call(values[0])
    assert len(column) == 3
    assert all(len(line) == 1 for line in column)
    assert [[line[0] for line in column]] == row
    assert isinstance(cell, float)


@pytest.mark.parametrize("bad", [[[1.0, 2.0], [3.0, 4.0]]])
def test_a_square_is_no_line(bad: object) -> None:
    for answer in (RATIO(bad, 10), RANK(bad), SKILL(bad, bad), QUOTA("1", bad), WORKDAY(bad, 1)):
        assert answer[0] == answer[1]
        assert "须为一列，现为 2 行 2 列" in answer[0][0]


def test_an_argument_that_is_left_out_is_a_blank_one() -> None:
    assert RATIO(down(1.0, 2.0)) == down("#没有给出「基准分」", "#没有给出「基准分」")
    assert FUNCTIONS["STARSCORE"]() == "#没有给出方案编号"
    assert FUNCTIONS["STARPICK"]() == "#没有给出「名额」"


# ── STARRATIO ────────────────────────────────────────────────────


def test_ratio_to_the_highest_is_exact() -> None:
    assert RATIO(down(3.0, 1.0, 0.0, -1.0), 10) == down(10.0, 10 / 3, 0.0, 0.0)
    assert RATIO(down(0.3, 0.1), 3) == down(3.0, 1.0)
    assert RATIO(down(0.0, 0.0), 10) == down(0.0, 0.0)


@pytest.mark.parametrize(
    ("rule", "points"),
    [
        (None, [10.0, 5.0, 2.5]),
        ("inverse", [10.0, 5.0, 2.5]),
        ("excess", [10.0, 7.5, 2.5]),
        ("linear", [10.0, 20 / 3, 0.0]),
        ("complement", [10.0, 98 / 99 * 10, 96 / 99 * 10]),
    ],
)
def test_ratio_to_the_lowest_by_each_reading(rule: object, points: list[float]) -> None:
    values = [1.0, 2.0, 4.0]
    assert RATIO(down(*values), 10, True, rule) == [[pytest.approx(p, rel=1e-15)] for p in points]


def test_ratio_within_pools() -> None:
    assert RATIO(down(4.0, 2.0, 1.0), 10, "否", None, down("东", "西", "东")) == down(10.0, 10.0, 2.5)
    assert RATIO(down(4.0, 2.0), 10, None, None, down("东")) == down(*["#「分组」有 1 行，应有 2 行"] * 2)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (None, ""),
        ("", ""),
        ("2", 5.0),
        ("２", 5.0),
        (NA, "#「数值」是错误值 #N/A"),
        ("#N/A", "#「数值」是错误值 #N/A"),
        ("两", "#「数值」填的“两”不是数字"),
        (True, "#「数值」填的“True”不是数字"),
        (dt.datetime(2026, 9, 30), "#「数值」填的“2026-09-30 00:00:00”不是数字"),
        (1e13, "#「数值」数值过大"),
    ],
)
def test_a_cell_that_is_no_plain_number(cell: object, shown: object) -> None:
    assert RATIO(down(4.0, cell), 10) == down(10.0, shown)


def test_a_percentage_counts_in_percent_points() -> None:
    assert RATIO(down("0.4%", 0.1), 10) == down(10.0, 2.5)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"base": 0}, "#「基准分」须大于 0，现为 0"),
        ({"base": -5.0}, "#「基准分」须大于 0，现为 -5"),
        ({"base": None}, "#没有给出「基准分」"),
        ({"base": "十"}, "#「基准分」填的“十”不是数字"),
        ({"base": NA}, "#「基准分」是错误值 #N/A"),
        ({"base": [[1.0], [2.0]]}, "#「基准分」须为一个值，现为 2 行 1 列"),
        ({"lowest_best": "也许"}, "#「以低为好」填的“也许”看不懂"),
        (
            {"lowest_best": True, "zero_rule": "反比"},
            "#折算方法「反比」不对；可用：inverse、excess、linear、complement",
        ),
    ],
)
def test_a_bad_argument_is_told_everywhere_but_beside_blanks(arguments: dict, says: str) -> None:
    first, blank, last = RATIO(**({"values": down(1.0, None, 2.0), "base": 10} | arguments))
    assert first == last
    assert first[0].startswith(says)
    assert blank == [""]


def test_rates_below_zero_set_no_best() -> None:
    assert RATIO(down(-1.0, 1.0, 2.0), 10, True) == down("#「数值」不得小于 0，现为 -1", 10.0, 5.0)


# ── STARDEDUCT, STARBONUS ────────────────────────────────────────


def test_deductions_stop_at_zero_and_blanks_are_none() -> None:
    assert DEDUCT(10, [[1.0, 0.0], [None, 2.0], [1.0, 3.0], [None, None]], [[5.0, 3.0]]) == down(5.0, 4.0, 0.0, 10.0)
    assert DEDUCT(10, [[1.0, 1.0]], down(5.0, 3.0)) == 2.0
    assert DEDUCT(10, down(1.0, 2.0), 3) == down(7.0, 4.0)
    assert DEDUCT(10, [[1.0, 1.0]], 2) == 6.0
    assert DEDUCT(0.3, down(1.0), 0.1) == 0.2


def test_bonuses_add_up_to_a_cap() -> None:
    counts = [[1.0, 0.0], [2.0, 1.0], [None, None]]
    assert BONUS(counts, [[2.0, 5.0]]) == down(2.0, 9.0, 0.0)
    assert BONUS(counts, [[2.0, 5.0]], 8) == down(2.0, 8.0, 0.0)
    assert BONUS(counts, [[2.0, 5.0]], [[None]]) == BONUS(counts, [[2.0, 5.0]])


def test_a_bad_count_is_told_in_its_row() -> None:
    for function in (lambda counts: DEDUCT(10, counts, [[1.0, 1.0]]), lambda counts: BONUS(counts, [[1.0, 1.0]])):
        answer = function([[1.0, "一"], [-1.0, 0.0], [NA, "一"]])
        assert answer == down("#「次数」填的“一”不是数字", "#「次数」不得小于 0，现为 -1", "#「次数」是错误值 #N/A")


@pytest.mark.parametrize(
    ("points", "says"),
    [
        ([[1.0, 2.0, 3.0]], "#分值有 3 个，次数有 2 列"),
        ([[1.0, None]], "#没有给出「分值」"),
        ([[1.0, -2.0]], "#「分值」不得小于 0"),
        ([[1.0, "两"]], "#「分值」填的“两”不是数字"),
    ],
)
def test_points_that_do_not_fit(points: object, says: str) -> None:
    for answer in (DEDUCT(10, [[1.0, 0.0], [2.0, 1.0]], points), BONUS([[1.0, 0.0], [2.0, 1.0]], points)):
        assert answer[0][0].startswith(says)
        assert answer[0] == answer[1]


# ── STARINSPECT, STARSKILL ───────────────────────────────────────


def test_inspections_by_the_sum_above_the_pass_mark() -> None:
    # (80 + 90 - 120) / 80 * 20; two inspections, of which one row had one; below the pass mark: 0
    scores = [[80.0, 90.0], [None, 70.0], [50.0, 60.0], [100.0, 100.0], [None, None]]
    assert INSPECT(scores, 20) == down(12.5, 5.0, 0.0, 20.0, "")
    assert INSPECT(down(90.0), 10, 80) == 5.0
    assert INSPECT([[80.0, 101.0], [-1.0, 80.0]], 20) == down(
        "#「检查成绩」不得大于 100，现为 101", "#「检查成绩」不得小于 0，现为 -1"
    )
    assert INSPECT(down(80.0, 90.0), 20, 100)[0][0].startswith("#「合格分」须为 0 至 99")


def test_skills_and_theory() -> None:
    assert SKILL(down(80.0, 90.0), [[70.0, 90.0], [60.0, 81.0]]) == down(80.0, 80.25)
    assert SKILL(down(80.0), down(60.0), 0.25) == SKILL(80.0, 60.0, "25%") == 65.0
    assert SKILL([[80.0, 90.0]], [[60.0, 70.0], [80.0, 80.0]]) == [[75.0, 82.5]]
    assert SKILL(down(80.0, None, 70.0), [[70.0, None], [1.0, 1.0], [1.0, "缺"]]) == down(
        "", "", "#「技能成绩」填的“缺”不是数字"
    )
    assert SKILL(down(80.0, 90.0), down(1.0))[0][0] == "#「技能成绩」有 1 行，应有 2 行"
    assert SKILL(80.0, 60.0, 1.5) == "#「理论比重」须为 0 至 1，现为 1.5"


# ── STARRANK, STARQUOTA, STARPICK ────────────────────────────────


def test_equal_totals_share_the_better_rank() -> None:
    assert RANK(down(80.0, 95.5, "95.5", 70.0, 95.6)) == down(4.0, 2.0, 2.0, 5.0, 1.0)
    assert RANK(down(0.3, 0.1 + 0.2)) == down(1.0, 1.0)  # what a cell shows with 15 digits


def test_ranks_within_pools_and_of_the_eligible() -> None:
    totals = down(90.0, 95.0, 85.0, 80.0)
    assert RANK(totals, down("东", "西", "东", "西")) == down(1.0, 1.0, 2.0, 2.0)
    assert RANK(totals, None, down("", "不符合“…”", None, "是")) == down(1.0, "", 2.0, 3.0)
    assert RANK(totals, None, down(True, False, 1.0, "否")) == down(1.0, "", 2.0, "")


def test_ranks_of_what_starscore_gives() -> None:
    totals = down(90.0, "不参评", "—待考：技能1", "#「业务量」填的“x”不是数字", "", None, "95分")
    assert RANK(totals) == down(1.0, "", "", "#「业务量」填的“x”不是数字", "", "", "#「总分」填的“95分”不是数字")


def test_many_ranks_take_no_time() -> None:
    assert RANK(down(*map(float, range(20_000))))[:2] == down(20_000.0, 19_999.0)


@pytest.mark.parametrize(
    ("rule", "n", "seats"),
    [
        ("1", 7.0, 1.0),
        (1.0, 7.0, 1.0),
        ("10% floor", down(9.0, 10.0, 29.0), down(0.0, 1.0, 2.0)),
        ("10% ceil", 11.0, 2.0),
        ("5:1 9:2 15:3 +5:1", down(5.0, 6.0, 15.0, 16.0, 21.0, None), down(1.0, 2.0, 3.0, 4.0, 5.0, "")),
    ],
)
def test_seats(rule: object, n: object, seats: object) -> None:
    assert QUOTA(rule, n) == seats


def test_seats_that_cannot_be_told() -> None:
    assert QUOTA("10%", 5.0).startswith("#名额规则「10%」须写明取整方式")
    assert QUOTA(None, 5.0).startswith("#名额规则不能为空")
    assert QUOTA("1", down(5.5, -1.0, "五")) == down(
        "#「人数」须为不小于 0 的整数，现为 5.5", "#「人数」须为不小于 0 的整数，现为 -1", "#「人数」填的“五”不是数字"
    )


IDS = down("007", "008", "009", "010")


def test_winners_from_the_top() -> None:
    assert PICK(IDS, down(90.0, 95.0, 85.0, ""), 2) == down("008", "007")
    assert PICK(IDS, down(90.0, 95.0, 85.0, "不参评"), 9.0) == down("008", "007", "009")
    assert PICK(IDS, down("", None, "—待考：技能1", "不参评"), 1) == ""
    assert PICK(IDS, down(1.0, 2.0, 3.0, 4.0), 0) == ""
    assert PICK(down(7.0, 8.0), down(1.0, 2.0), 1) == "8"


def test_who_ties_at_the_cut_is_marked() -> None:
    totals = down(90.0, 95.0, 90.0, 90.0)
    tied = ["007（并列待定）", "009（并列待定）", "010（并列待定）"]
    assert PICK(IDS, totals, 2) == down("008", *tied)
    assert PICK(IDS, totals, 4) == down("008", "007", "009", "010")
    assert PICK(IDS, totals, 2, down("", "", "是", "")) == down("008", "009")
    assert PICK(IDS, totals, 3, down(1.0, 0.0, 2.5, 1.0)) == down("008", "009", *tied[::2])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"totals": down(1.0, "#「业务量」…", 3.0, 4.0)}, "#第 2 行有误，改正后才能定名单：「业务量」…"),
        ({"totals": down(1.0, NA, 3.0, 4.0)}, "#第 2 行有误，改正后才能定名单：「总分」是错误值 #N/A"),
        ({"totals": down(1.0)}, "#「总分」有 1 行，应有 4 行"),
        ({"seats": 1.5}, "#「名额」须为不小于 0 的整数，现为 1.5"),
        ({"seats": None}, "#没有给出「名额」"),
        ({"prefer": down("", "", "大概", "")}, "#「优先」须为是、否或数值，现为「大概」"),
        ({"ids": down("007", None, "009", "010")}, "#有总分的行没有编号"),
    ],
)
def test_winners_that_cannot_be_told(arguments: dict, says: str) -> None:
    given = {"ids": IDS, "totals": down(1.0, 2.0, 3.0, 4.0), "seats": 1} | arguments
    assert PICK(**given).startswith(says)


# ── STARWORKDAY, STARVERSION ─────────────────────────────────────


def serial(text: str) -> float:
    return float((dt.date.fromisoformat(text) - dt.date(1899, 12, 30)).days)


@pytest.mark.parametrize(
    ("start", "n", "day"),
    [
        # Mid-autumn 25 to 27 September, National Day 1 to 7 October 2026: 28, 29, 30 September, 8, 9 October.
        (dt.datetime(2026, 9, 24), 5.0, "2026-10-09"),
        ("2026年9月24日", 5.0, "2026-10-09"),
        (serial("2026-09-24"), 5.0, "2026-10-09"),
        (serial("2026-09-30"), 1.0, "2026-10-08"),
        (serial("2026-10-09"), 1.0, "2026-10-10"),  # a Saturday that makes up for the holiday
        (serial("2026-10-09"), -5.0, "2026-09-24"),  # 8 October, 30, 29, 28 September, and 24
        (serial("2026-10-01"), 0.0, "2026-10-08"),
        (serial("2026-09-28"), 0.0, "2026-09-28"),
    ],
)
def test_working_days(start: object, n: float, day: str) -> None:
    assert WORKDAY(start, n) == serial(day)


def test_days_of_years_that_are_not_announced_are_provisional() -> None:
    assert WORKDAY(dt.datetime(2090, 3, 1), 1) == "2090-03-02（暂定）"
    assert WORKDAY(down(None, "昨天", dt.datetime(1999, 1, 1)), 1) == down(
        "", "#「日期」填的“昨天”不是日期", "#日期须在 2001 至 2098 年，天数不超过 400"
    )
    assert WORKDAY(serial("2026-09-24"), 1.5) == "#「天数」须为整数，现为 1.5"
    assert WORKDAY(serial("2026-09-24"), 401).startswith("#日期须在")


def test_the_version() -> None:
    assert FUNCTIONS["STARVERSION"]().startswith("StarScore 0.")
