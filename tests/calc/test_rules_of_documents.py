"""Rules of real documents about who wins and what, written as schemes: no rule needs code of its own.

Each scheme has only the part of its document that the test is about; the expected outcomes are worked out by hand.
"""

from decimal import Decimal
from typing import Any

from calc import Result, evaluate
from calc.scheme import SchemeFile, read_scheme
from calc.submission import Entry
from tests.calc.making import HEAD, by_id, eligible, happened, honoured, messages, statuses, submit, table, totals


def read(text: str, **top: object) -> SchemeFile:
    head = table("", {**HEAD, "rank_by": [], **top})
    return read_scheme(f'{head}\n[subject]\nlabel = "员工"\n{text}'.encode(), "document.toml")


def result(file: SchemeFile, settings: dict[str, object] | None = None, **submitted: Any) -> Result:
    values = {name: Decimal(value) if isinstance(value, int) else value for name, value in (settings or {}).items()}
    of = file.bind(values)  # type: ignore[arg-type]
    entries = {name: Entry(value, "设置", "B2") for name, value in values.items()}  # type: ignore[arg-type]
    return evaluate(of, submit(of, settings=entries, **submitted))


QUARTERLY_TELLER = read(
    """
[[setting]]
id = "headcount"
label = "期末柜员人数"
kind = "number"
min = 0
fallback = "名额按数据中的人数计算"

[[setting]]
id = "min_seats"
label = "经批准的最少名额"
kind = "number"
min = 0

[[measure]]
id = "outlet"
label = "网点"
kind = "text"

[[measure]]
id = "monthly_honours"
label = "本季度获月度服务明星次数"
kind = "number"
missing = "none"

[[measure]]
id = "quality"
label = "服务质量"
kind = "number"

[[measure]]
id = "preferred"
label = "优先考虑"
kind = "yes_no"

[[indicator]]
id = "quality"
label = "服务质量"
clause = "第十条"
method = "share"
of = "quality"
maximum = 100
base = 70

[[requirement]]
id = "monthly"
label = "本季度至少获得一次月度服务明星"
clause = "第六条(二)"
gate = "rating"
kind = "honours"
contest = "monthly-teller"
within = "period"
column = "monthly_honours"
at_least = 1

[quota]
rule = "10% floor"
count = { setting = "headcount" }
counted = "期末柜员人数"
minimum = { setting = "min_seats" }
clause = "第十三条(二)"

[ties]
policy = "ask"
order = [{ of = "preferred", best = "highest" }]

[[reward]]
id = "money"
label = "奖金"
value = 1000
unit = "元"
clause = "第二十二条"
""",
    id="cib-zhengzhou-2010/quarterly-teller",
    period="quarter",
)  # A2, A8


def tellers(**more: Any) -> dict[str, Any]:
    honours = [honoured("a", "2026-07", "won", "monthly-teller"), honoured("b", "2026-08", "won", "monthly-teller"),
               honoured("c", "2026-09", "withdrawn", "monthly-teller")]  # fmt: skip
    return {"period": "2026Q3", "honours": honours, "outlet": ["东"] * 3, "quality": [90, 90, 99],
            "preferred": [False, True, True], **more}  # fmt: skip


def test_a_quarters_star_among_the_stars_of_its_months() -> None:
    found = result(QUARTERLY_TELLER, {"headcount": 19}, **tellers())
    assert [row.rated for row in found.rows] == [True, True, False]  # the honour of c was withdrawn
    assert totals(found) == ["63.00", "63.00", None]
    assert statuses(found) == {"b": "winner"}  # 10% of 19 is one; equal, b is preferred
    assert dict(by_id(found)["b"].rewards) == {"money": 1000}


def test_below_ten_heads_there_is_no_seat_unless_the_branch_approves_one() -> None:
    none = result(QUARTERLY_TELLER, {"headcount": 9}, **tellers())
    assert (statuses(none), "算得 0 名" in none.problems[0].message) == ({}, True)
    one = result(QUARTERLY_TELLER, {"headcount": 9, "min_seats": 1}, **tellers())
    assert (statuses(one), one.problems) == ({"b": "winner"}, ())


ANNUAL = """
[[setting]]
id = "outlets"
label = "网点数"
kind = "number"
required = true

[[measure]]
id = "basic"
label = "基本条件"
kind = "yes_no"

[[indicator]]
id = "honours"
label = "荣誉次数"
clause = "第十四条"
method = "honours"
value = "count"
contest = "quarterly-{who}"
within = "year"
in_total = false

[[indicator]]
id = "mean_score"
label = "平均得分"
clause = "第十四条"
method = "honours"
value = "mean_score"
contest = "quarterly-{who}"
within = "year"

[[requirement]]
id = "twice"
label = "年度内获两次以上季度荣誉"
clause = "第八条"
gate = "award"
kind = "honours"
contest = "quarterly-{who}"
within = "year"
at_least = 2

[quota]
rule = "20:2 30:3 +10:1"
times = {times}
count = { setting = "outlets" }
counted = "网点数"
clause = "第十四条"

[ties]
policy = "ask"
"""


def annual(who: str, times: int) -> SchemeFile:
    by = [{"of": "honours", "best": "highest"}, {"of": "total", "best": "highest"}]
    text = ANNUAL.replace("{who}", who).replace("{times}", str(times))
    return read(text, id=f"cib-zhengzhou-2010/annual-{who}", period="year", rank_by=by)


def test_recommendations_stand_in_the_ratio_of_one_to_one_to_two() -> None:  # A6
    honours = [honoured("a", f"2026Q{n}", "won", "quarterly-teller", 90) for n in (1, 2)]
    for who, times, seats in (("outlet", 1, 3), ("lobby-manager", 1, 3), ("teller", 2, 6)):
        found = result(annual(who, times), {"outlets": 21}, period="2026", basic=[True], honours=honours)
        assert found.quota[0].seats == seats
    assert (statuses(found), str(found.rows[0].total)) == ({"a": "winner"}, "90.00")
    missing = result(annual("teller", 2), period="2026", basic=[True], honours=honours)
    assert messages(missing) == ["没有填写「网点数」，无法评选，名单暂缓"]


CENTRE = read(
    """
[[measure]]
id = "unit"
label = "单位"
kind = "text"

[[measure]]
id = "work"
label = "工作业绩"
kind = "number"

[[measure]]
id = "leader"
label = "非班组长"
kind = "yes_no"

[[indicator]]
id = "work"
label = "工作业绩"
clause = "四"
method = "given"
of = "work"

[[requirement]]
id = "leader"
label = "不是班组长"
clause = "三"
gate = "award"
kind = "yes"
of = "leader"

[quota]
by_pool = { "保安" = 2, "保洁" = 2, "工程" = 1, "客服" = 1, "会所" = 1 }
clause = "二"

[ties]
policy = "ask"
""",
    pool="unit",
)  # B7


def test_every_unit_has_its_own_number_of_stars() -> None:
    units = ["保安"] * 3 + ["工程"] * 2 + ["保洁", "客服", "会所"]
    found = result(
        CENTRE, unit=units, work=[9, 8, 7, 6, 5, 4, 3, 2], leader=[True, False, True, True, True] + [True] * 3
    )
    assert set(statuses(found)) == {"a", "c", "d", "f", "g", "h"}
    assert [pool.seats for pool in found.quota] == [2, 1, 2, 1, 1]


HALL = read(
    """
[[measure]]
id = "service"
label = "服务分"
kind = "number"

[[measure]]
id = "broadband"
label = "放装"
kind = "number"

[[measure]]
id = "phones"
label = "手机"
kind = "number"

[[indicator]]
id = "service"
label = "服务分"
clause = "一"
method = "given"
of = "service"

[quota]
rule = 1
clause = "一"

[ties]
policy = "ask"

[[titles]]
id = "broadband_ace"
label = "放装能手"
of = "broadband"
best = "highest"
above = 0
among = "eligible"
without = ["award"]
quota = { rule = 1, clause = "二" }
ties = { policy = "include" }
clause = "二"

[[titles]]
id = "phone_ace"
label = "手机能手"
of = "phones"
best = "highest"
above = 0
among = "eligible"
without = ["award", "broadband_ace"]
quota = { rule = 1, clause = "三" }
ties = { policy = "include" }
clause = "三"

[[reward]]
id = "bonus"
label = "奖金"
to = "phone_ace"
value = 100
"""
)  # B17


def test_a_hall_has_several_titles_a_month_and_nobody_two() -> None:
    found = result(HALL, service=[9, 8, 7, 6], broadband=[5, 4, 4, 0], phones=[9, 8, 0, 3])
    titles = {row.id: row.titles for row in found.rows if row.titles}
    assert statuses(found) == {"a": "winner"}
    assert titles == {"b": ("放装能手",), "c": ("放装能手",), "d": ("手机能手",)}
    assert dict(by_id(found)["d"].rewards) == {"bonus": 100}


POWER_HALL = read(
    """
[[measure]]
id = "exam"
label = "月考"
kind = "number"

[[event]]
id = "complaint"
label = "有责投诉"
clause = "四"
needs = ["at_fault"]

[[indicator]]
id = "exam"
label = "月考"
clause = "二"
method = "given"
of = "exam"

[grading]
within = "all"
count = "graded"
ties = "better"
demote = "before"

[[grade]]
id = "a"
label = "优秀"
from = 90
at_most = "20% ceil"

[[grade]]
id = "b"
label = "良好"
from = 80

[[grade]]
id = "c"
label = "合格"

[[requirement]]
id = "no_complaint"
label = "无责任投诉"
clause = "四"
gate = "grade"
kind = "no_event"
event = "complaint"
not_above = "b"

[[requirement]]
id = "excellent"
label = "考评为优秀"
clause = "五"
gate = "award"
kind = "grade"
at_least = "a"

[quota]
rule = 1
clause = "五"

[ties]
policy = "ask"

[[reward]]
id = "bonus"
label = "绩效奖金"
to = "rated"
value = { by = "share", within = "all", amount = 1000, digits = 2, zero = "equal" }
unit = "元"
clause = "六"
"""
)  # B15, B16


def test_a_hall_pays_a_bonus_by_score_and_a_complaint_keeps_from_the_best_grade() -> None:
    at_fault = happened("a", "complaint", at_fault=True)
    not_at_fault = happened("b", "complaint", at_fault=False)
    found = result(POWER_HALL, exam=[98, 95, 92, 85, 60], events=[at_fault, not_at_fault])
    # a may not be excellent; one of five (20%) may: b, so c is pushed down; only b can win
    assert [row.grade for row in found.rows] == ["良好", "优秀", "良好", "良好", "合格"]
    assert statuses(found) == {"b": "winner"}
    # 1000 × 98 ÷ 430 = 227.90697…, 220.93023…, 213.95348…, 197.67441…, 139.53488…: two cents are left, for a and e
    paid = [row.rewards["bonus"] for row in found.rows]
    assert [str(amount) for amount in paid] == ["227.91", "220.93", "213.95", "197.67", "139.54"]
    assert sum(Decimal(amount) for amount in paid) == 1000


PROPERTY = read(
    """
[[measure]]
id = "bonus"
label = "奖励分"
kind = "number"

[[indicator]]
id = "bonus"
label = "奖励分"
clause = "三"
method = "given"
of = "bonus"

[[requirement]]
id = "other"
label = "本年没有获得优秀管家"
clause = "五"
gate = "award"
kind = "honours"
contest = "excellent-housekeeper"
within = "year"
at_most = 0

[[requirement]]
id = "in_a_row"
label = "连续三个季度获得季度之星"
clause = "三"
gate = "award"
kind = "honours"
contest = "quarterly-star"
within = "year"
consecutive = true
at_least = 3

[quota]
rule = "5% ceil"
clause = "三"

[ties]
policy = "ask"
""",
    period="year",
)  # B9, and a run of quarters


def test_who_holds_one_title_may_not_have_the_other() -> None:
    stars = [honoured(who, f"2026Q{n}", "won", "quarterly-star") for who in "abc" for n in (1, 2, 3)]
    gap = [honoured("d", f"2026Q{n}", "won", "quarterly-star") for n in (1, 2, 4)]
    other = honoured("a", "2026", "won", "excellent-housekeeper")
    found = result(PROPERTY, period="2026", honours=[*stars, *gap, other], bonus=[9, 8, 7, 10])
    assert eligible(found) == [False, True, True, False]
    assert statuses(found) == {"b": "winner"}
