"""Every number explains itself: the arithmetic of each method, and that it gives the value beside it."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from calc.result import Result, TraceLine
from calc.scheme.model import Scheme
from tests.calc.making import (
    BAD,
    event,
    happened,
    honoured,
    indicator,
    measure,
    points_scheme,
    requirement,
    ruled,
    scheme,
    score,
)


def lines(result: Result, kind: str) -> list[tuple[str, str]]:
    """(arithmetic, value) of the one line of this kind of each row."""
    return [(line.arithmetic, line.value) for trace in result.trace for line in trace if line.kind == kind]


def explained(of: Scheme, **submitted: object) -> list[tuple[str, str]]:
    """(arithmetic, value) of the scheme's last indicator for each row."""
    item = of.indicator[-1].id
    result = score(of, trace=True, **submitted)
    found = [line for trace in result.trace for line in trace if line.kind == "indicator" and line.item == item]
    return [(line.arithmetic, line.value) for line in found]


def one(method: str, *blocks: str, **keys: object) -> Scheme:
    """A scheme of measures x and y and one indicator."""
    return scheme(measure("x"), measure("y"), measure("z", many=True, missing="pending"), *blocks,
                  indicator("i", method, **keys))  # fmt: skip


GIVEN = one("given", of="x", base=50)
SHARE = one("share", of="x", maximum=100, base=70)
HIGHEST = one("ratio", of="x", best="highest", base=10)
LOWEST = {
    rule: one("ratio", of="x", best="lowest", zero_rule=rule, base=10)
    for rule in ("inverse", "excess", "linear", "complement")
}
MEAN = one("mean", of=["x", "y"], base=10)
WEIGHTED = one("mean", of=["x", "y"], weights=[30, 70], maximum=1000, base=100)
TESTS = one("tests", theory="x", skills="z", theory_weight=Decimal("0.4"))
PLUS = one("tests", theory="x", skills="z", theory_weight=Decimal("0.5"), plus="y")
STATED = one("mean", of=["x", "y"], base=10, rounding=1)

CASES: list[tuple[Scheme, dict[str, Sequence[object]], list[tuple[str, str]]]] = [
    (GIVEN, {"x": ["49.5", "1.005"]}, [("49.5", "49.50"), ("1.005", "1.01")]),
    (SHARE, {"x": ["95.5", "33.35"]}, [("95.5 ÷ 100 × 70", "66.85"), ("33.35 ÷ 100 × 70 ＝ 23.345", "23.35")]),
    (
        HIGHEST,
        {"x": [300, 100, "-3", "80.25"]},
        [
            ("300 ÷ 最高 300 × 10", "10.00"),
            ("100 ÷ 最高 300 × 10 ＝ 3.3333…", "3.33"),
            ("-3 ÷ 最高 300 × 10，限于 0 至 10", "0.00"),
            ("80.25 ÷ 最高 300 × 10 ＝ 2.675", "2.68"),
        ],
    ),
    (HIGHEST, {"x": [0, "-1"]}, [("最高为 0，无从按比例，均得 0", "0.00")] * 2),
    (
        LOWEST["inverse"],
        {"x": ["0.2", "0.4", "0.3"]},
        [
            ("最低 0.2 ÷ 0.2 × 10", "10.00"),
            ("最低 0.2 ÷ 0.4 × 10", "5.00"),
            ("最低 0.2 ÷ 0.3 × 10 ＝ 6.6666…", "6.67"),
        ],
    ),
    (
        LOWEST["inverse"],
        {"x": [0, "0.1", "0.4"]},
        [
            ("最低为零，改按（最高 0.4 － 0） ÷ 最高 0.4 × 10", "10.00"),
            ("最低为零，改按（最高 0.4 － 0.1） ÷ 最高 0.4 × 10", "7.50"),
            ("最低为零，改按（最高 0.4 － 0.4） ÷ 最高 0.4 × 10", "0.00"),
        ],
    ),
    (LOWEST["inverse"], {"x": [0, 0]}, [("最低 0，最高 0，均得满分 10", "10.00")] * 2),
    (
        LOWEST["excess"],
        {"x": ["0.1", "0.4"]},
        [
            ("（1 － （0.1 － 最低 0.1） ÷ 最高 0.4） × 10", "10.00"),
            ("（1 － （0.4 － 最低 0.1） ÷ 最高 0.4） × 10", "2.50"),
        ],
    ),
    (LOWEST["excess"], {"x": [0, 0]}, [("最低 0，最高 0，均得满分 10", "10.00")] * 2),
    (
        LOWEST["linear"],
        {"x": ["0.1", "0.4"]},
        [
            ("（最高 0.4 － 0.1） ÷ （最高 0.4 － 最低 0.1） × 10", "10.00"),
            ("（最高 0.4 － 0.4） ÷ （最高 0.4 － 最低 0.1） × 10", "0.00"),
        ],
    ),
    (LOWEST["linear"], {"x": ["0.3", "0.3"]}, [("最低 0.3，最高 0.3，均得满分 10", "10.00")] * 2),
    (
        LOWEST["complement"],
        {"x": ["0", "0.12"]},
        [
            ("（100 － 0） ÷ （100 － 最低 0） × 10", "10.00"),
            ("（100 － 0.12） ÷ （100 － 最低 0） × 10 ＝ 9.988", "9.99"),
        ],
    ),
    (LOWEST["complement"], {"x": [100, 100]}, [("最低 100，最高 100，均得满分 10", "10.00")] * 2),
    (MEAN, {"x": [9], "y": ["8.5"]}, [("（9 ＋ 8.5） ÷ 2", "8.75")]),
    (WEIGHTED, {"x": [900], "y": [955]}, [("（900 × 30 ＋ 955 × 70） ÷ 100 ÷ 1000 × 100", "93.85")]),
    (TESTS, {"x": [80], "z_1": [90]}, [("80 × 40% ＋ 90 × 60%", "86.00")]),
    (TESTS, {"x": [80], "z_1": [90], "z_2": [70]}, [("80 × 40% ＋ （90 ＋ 70） ÷ 2 × 60%", "80.00")]),
    (
        PLUS,
        {"x": [80, 80, 80], "y": [0, 2, "-1.5"], "z_1": [90, 90, 90]},
        [
            ("80 × 50% ＋ 90 × 50%", "85.00"),
            ("80 × 50% ＋ 90 × 50% ＋ 2", "87.00"),
            ("80 × 50% ＋ 90 × 50% － 1.5", "83.50"),
        ],
    ),
    (STATED, {"x": [9], "y": ["8.5"]}, [("（9 ＋ 8.5） ÷ 2", "8.8")]),
]


def filled(columns: dict[str, Sequence[object]]) -> dict[str, Sequence[object]]:
    """The columns, with ones where a scheme of :func:`one` has a column that the case does not speak of."""
    size = len(columns["x"])
    return {"y": [1] * size, "z_1": [1] * size, **columns}


@pytest.mark.parametrize(("of", "columns", "expected"), CASES)
def test_the_arithmetic_is_written_with_the_rows_own_values(
    of: Scheme, columns: dict[str, Sequence[object]], expected: list[tuple[str, str]]
) -> None:
    assert explained(of, **filled(columns)) == expected


EVENTS = (event("call"), event("other", discretionary=True))
DEDUCTION = one("deduction", *EVENTS, base=10, each={"call": 5, "other": "points"})
BONUS = one("bonus", *EVENTS, each={"call": 20, "other": "points"})
CAPPED = one("bonus", *EVENTS, each={"call": 20, "other": "points"}, cap=50)
REGISTER = [
    happened("b", "call"),
    happened("c", "call", count=2),
    happened("c", "other", points="1.5"),
    happened("d", "call", count=3),
]
ROWS = {"x": [1] * 4, "y": [1] * 4, "z_1": [1] * 4}


def test_deductions_and_bonuses_list_what_happened() -> None:
    assert explained(DEDUCTION, events=REGISTER, **ROWS) == [
        ("无扣分，得 10", "10.00"),
        ("10 － 1 次 × 5", "5.00"),
        ("10 － 2 次 × 5 － 1.5 ＝ -1.5，扣完为止", "0.00"),
        ("10 － 3 次 × 5 ＝ -5，扣完为止", "0.00"),
    ]
    assert explained(BONUS, events=REGISTER, **ROWS) == [
        ("无加分，得 0", "0.00"),
        ("1 次 × 20", "20.00"),
        ("2 次 × 20 ＋ 1.5", "41.50"),
        ("3 次 × 20", "60.00"),
    ]


# the arithmetic as written, worked out


def worked_out(text: str) -> Fraction | None:
    """The value that the written arithmetic has; None where a number in it is cut off (…)."""
    if found := re.search(r"[均，]得(?:满分)? (-?[\d.]+)$", text):
        return Fraction(found[1])
    sum_, _, _ = text.partition(" ＝ ")
    sum_, _, limits = sum_.partition("，限于 ")
    sum_ = re.sub("最低为零，改按|最低 |最高 |次 ", "", sum_)
    if "…" in sum_:
        return None
    for sign, operator in zip("（）×÷＋－%", ("(", ")", "*", "/", "+", "-", "/100"), strict=True):
        sum_ = sum_.replace(sign, operator)
    value = Fraction(eval(re.sub(r"\d+(?:\.\d+)?", r"Fraction('\g<0>')", sum_), {"Fraction": Fraction}))
    if limits:
        low, high = (Fraction(end) for end in limits.split(" 至 "))
        return min(max(value, low), high)
    return max(value, Fraction(0)) if text.endswith("扣完为止") else value


def half_up(value: Fraction, shown: str) -> str:
    places = Decimal(1).scaleb(-len(shown.partition(".")[2]))
    return str((Decimal(value.numerator) / value.denominator).quantize(places, ROUND_HALF_UP))


def assert_works_out(found: list[tuple[str, str]]) -> None:
    for text, shown in found:
        value = worked_out(text)
        assert value is not None
        assert half_up(value, shown) == shown, text
        stated = re.search(r"＝ ([\d.]+)$", text)
        assert stated is None or Fraction(stated[1]) == value


@pytest.mark.parametrize(("of", "columns"), [case[:2] for case in CASES])
def test_the_written_arithmetic_gives_the_value(of: Scheme, columns: dict[str, Sequence[object]]) -> None:
    assert_works_out(explained(of, **filled(columns)))


def test_the_written_arithmetic_of_events_gives_the_value() -> None:
    assert_works_out(explained(DEDUCTION, events=REGISTER, **ROWS))
    assert_works_out(explained(BONUS, events=REGISTER, **ROWS))


def test_the_arithmetic_of_a_bonus_that_meets_its_cap_says_so() -> None:
    """As 扣完为止 does for a deduction: 3 x 20 is 60, and 50 points stand beside it."""
    uncapped = explained(CAPPED, events=REGISTER, **ROWS)[2]
    capped = explained(CAPPED, events=REGISTER, **ROWS)[3]
    assert uncapped == ("2 次 × 20 ＋ 1.5", "41.50")
    assert capped[1] == "50.00"
    assert "50" in capped[0]


# what is not there


def test_a_missing_value_is_said_to_be_missing_pending_or_undefined() -> None:
    of = scheme(
        measure("volume"),
        measure("rate", "rate", only_with="volume"),
        measure("skill", many=True, missing="pending"),
        indicator("volume", "given", of="volume"),
        indicator("rate", "ratio", of="rate", best="lowest", zero_rule="inverse", base=10),
        indicator("skill", "tests", theory="volume", skills="skill", theory_weight=0),
    )
    result = score(of, volume=[BAD, 0, 5], rate=[None, None, "0.1"], skill_1=[1, None, 2], trace=True)
    said = [{line.item: (line.arithmetic, line.value) for line in trace[:3]} for trace in result.trace]
    assert said[0]["volume"] == said[0]["rate"] == ("缺数据，无法计算", "")
    assert said[1]["rate"] == ("无此项数据，不计算", "")
    assert said[1]["skill"] == ("待定，暂不计算", "")
    assert said[2]["rate"] == ("最低 0.1 ÷ 0.1 × 10", "10.00")


def test_who_is_not_rated_has_no_arithmetic_but_the_reason() -> None:
    of = points_scheme(barring={"clause": "第二十三条"})
    result = score(of, points=[9], honours=[honoured("a", "2026-08")], trace=True)
    (trace,) = result.trace
    assert [line.kind for line in trace] == ["total", "rank", "outcome"]
    assert (trace[1].arithmetic, trace[1].value) == (result.rows[0].reasons[0], "不参加排名")


# requirements, total, rank, outcome


def answers(of: Scheme, **submitted: object) -> list[tuple[str, str]]:
    return lines(score(of, trace=True, **submitted), "requirement")


def test_a_requirement_states_what_it_rests_on() -> None:
    tenure = points_scheme(measure("since", "date"), requirement("r", "tenure", of="since", months=3, end="inclusive"))
    assert answers(tenure, points=[1], since=["2026-07-02"]) == [
        ("起 2026-07-02，满 3 个月为 2026-10-02，考核期末 2026-09-30", "不符合")
    ]
    yes = points_scheme(measure("ok", "yes_no"), requirement("r", "yes", of="ok"))
    assert answers(yes, points=[1, 1], ok=[True, False]) == [("是", "符合"), ("否", "不符合")]
    none = points_scheme(event("e", needs=["verified"]), requirement("r", "no_event", event="e"))
    register = [happened("a", "e", verified=True, count=2), happened("b", "e"), happened("a", "e")]
    assert answers(none, points=[1, 1, 1], events=register) == [
        ("2 次，另有 1 项待核实", "不符合"),
        ("0 次，另有 1 项待核实", "待核实"),
        ("0 次", "符合"),
    ]
    assert answers(yes, points=[1], ok=[BAD]) == [("", "数据有误，无法判断")]
    assert answers(none, points=[1], events=[happened("a", "e", count=BAD)]) == [("", "数据有误，无法判断")]


@pytest.mark.parametrize(
    ("op", "to", "facts"),
    [
        (">", 5, "本人 7.5，须高于 5"),
        (">=", 5, "本人 7.5，须不低于 5"),
        ("<", {"aggregate": "mean", "of": "points", "within": "pool"}, "本人 7.5，须低于本组平均 5.25"),
        ("<=", {"aggregate": "mean", "of": "points", "within": "all"}, "本人 7.5，须不高于全体平均 5.25"),
    ],
)
def test_a_comparison_states_both_sides(op: str, to: object, facts: str) -> None:
    of = points_scheme(requirement("r", "compare", of="points", op=op, to=to))
    assert answers(of, points=["7.5", 3])[0][0] == facts


@pytest.mark.parametrize(
    ("volume", "skill", "expected"),
    [
        (0, 1, [("无此项数据，不计算", "不符合"), ("本人 1，须不低于 0", "符合")]),
        (5, None, [("本人 0.1，须低于 1", "符合"), ("待定，暂不计算", "待核实")]),
    ],
)
def test_a_comparison_of_a_value_that_is_not_there_is_explained_too(
    volume: object, skill: object, expected: list[tuple[str, str]]
) -> None:
    """A rate without volume cannot be below a limit; a test not taken is pending (第八条 median, A2)."""
    of = scheme(
        measure("volume"),
        measure("rate", "rate", only_with="volume"),
        measure("skill", missing="pending"),
        indicator("volume", "given", of="volume"),
        requirement("rate", "compare", of="rate", op="<", to=1),
        requirement("skill", "compare", of="skill", op=">=", to=0),
    )
    assert answers(of, volume=[volume], rate=[None if volume == 0 else "0.1"], skill=[skill]) == expected


def test_a_date_that_is_not_there_is_not_shown_as_one() -> None:
    of = points_scheme(
        measure("since", "date", missing="pending"), requirement("r", "tenure", of="since", months=3, end="inclusive")
    )
    assert answers(of, points=[1], since=[None]) == [("待定，暂不计算", "待核实")]


def test_a_confirmation_that_is_pending_is_not_called_no() -> None:
    of = points_scheme(measure("ok", "yes_no", missing="pending"), requirement("r", "yes", of="ok"))
    assert answers(of, points=[1], ok=[None]) == [("待定，暂不计算", "待核实")]


def test_the_total_lists_the_rounded_points_and_they_add_up() -> None:
    of = scheme(
        measure("x"),
        *(indicator(name, "given", of="x") for name in ("i", "j")),
        indicator("step", "given", of="x", in_total=False),
        indicator("k", "share", of="x", maximum=3, base=1),
    )
    result = score(of, x=["3.335", BAD], trace=True)
    assert lines(result, "total") == [("3.34 ＋ 3.34 ＋ 1.11", "7.79"), ("", "")]


def test_the_rank_says_among_how_many() -> None:
    of = points_scheme(measure("ok", "yes_no"), requirement("r", "yes", of="ok"), pool="team")
    result = score(of, team=["A", "A", "A", "B"], points=[3, 9, 9, 1], ok=[True, True, False, True], trace=True)
    ranks = [next(line for line in trace if line.kind == "rank") for trace in result.trace]
    assert [(line.value, line.arithmetic) for line in ranks] == [
        ("2", ""), ("1", ""), ("不参加排名", "不符合“r”（第r条）"), ("1", ""),
    ]  # fmt: skip
    assert "“A”符合条件的 2 人" in ranks[0].rule
    assert "“B”符合条件的 1 人" in ranks[3].rule
    alone = score(points_scheme(), points=[1], trace=True).trace[0]
    assert "全体符合条件的 1 人" in next(line.rule for line in alone if line.kind == "rank")


def outcomes(of: Scheme, **submitted: object) -> list[tuple[str, str]]:
    return lines(score(of, trace=True, **submitted), "outcome")


def test_the_rank_says_by_what_where_that_is_more_than_the_total() -> None:
    of = points_scheme(measure("late"), rank_by=[{"of": "total", "best": "highest"}, {"of": "late", "best": "lowest"}])
    result = score(of, trace=True, points=[9, 9], late=[2, 1])
    ranks = [next(line for line in lines if line.kind == "rank") for lines in result.trace]
    assert [(line.arithmetic, line.value) for line in ranks] == [
        ("总分 9.00、late 2", "2"),
        ("总分 9.00、late 1", "1"),
    ]


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ({"missing": "zero"}, "没有数据，按 0 计"),
        ({"missing": "zero", "floor": 5}, "没有数据，按 0 计，最低 5"),
        ({"missing": "zero", "floor": 0}, "没有数据，按 0 计"),
        ({"missing": "floor", "floor": 5}, "没有数据，按最低分计"),
    ],
)
def test_a_missing_value_that_is_filled_says_with_what(keys: dict[str, object], text: str) -> None:
    of = scheme(measure("x", missing="none"), indicator("i", "given", of="x", **keys))
    result = score(of, trace=True, x=[None])
    assert next(line.arithmetic for line in result.trace[0] if line.item == "i") == text


def test_the_outcome_says_why_a_tie_went_as_it_did() -> None:
    ask = points_scheme()
    tied = {"points": [5, 5, 4]}
    assert outcomes(ask, **tied) == [("", "并列待定"), ("", "并列待定"), ("", "未当选")]
    reason = {"date": "2026-10-09", "by": "会计结算部", "reason": "业务量较高"}
    assert outcomes(ask, **tied, rulings=[ruled("tie", "seat", "a", **reason)]) == [
        ("并列，经裁定当选；裁定（并列—当选）：2026-10-09，会计结算部，业务量较高", "当选"),
        ("并列，经裁定不当选", "未当选"),
        ("", "未当选"),
    ]
    lot = points_scheme(ties={"policy": "lot", "seed": "7"})
    assert sorted(outcomes(lot, **tied)[:2]) == [
        ("并列，抽签当选（种子 7）", "当选"), ("并列，抽签未中（种子 7）", "未当选"),
    ]  # fmt: skip
    assert outcomes(points_scheme(ties={"policy": "include"}), **tied)[0] == ("并列者都当选", "当选")
    assert outcomes(points_scheme(ties={"policy": "exclude"}), **tied)[0] == ("并列者都不当选", "未当选")
    order = {"policy": "ask", "order": [{"of": "points", "best": "lowest"}]}
    finer = scheme(measure("points"), indicator("p", "share", of="points", maximum=100, base=1), ties=order)
    assert "并列，按" in outcomes(finer, points=["5.01", "5.02"])[0][0]


def test_the_outcome_says_what_the_rules_alone_would_have_given() -> None:
    reason = {"by": "会计结算部"}
    result = outcomes(points_scheme(), points=[5, 4], rulings=[ruled("objection", "upheld", "a", **reason)])
    assert result[0] == ("按规则本应当选；名额空缺：没有规定递补；裁定（异议—成立）：会计结算部", "未当选")
    assert result[1] == ("", "未当选")


def test_the_outcome_tells_of_an_objection_that_changed_nothing() -> None:
    reason = {"date": "2026-10-12", "by": "会计结算部", "reason": "查无此事"}
    rulings = [ruled("objection", "rejected", "a", **reason), ruled("withdraw", "withdrawn", "b")]
    assert outcomes(points_scheme(rule="2"), points=[5, 4], rulings=rulings) == [
        ("裁定（异议—不成立）：2026-10-12，会计结算部，查无此事", "当选"),
        ("按规则本应当选；名额空缺：没有规定递补；裁定（撤销—撤销）", "未当选"),
    ]


def passing_on(of: Scheme, *kinds: str) -> Scheme:
    return of.model_copy(update={"quota": of.quota.model_copy(update={"passes_on": kinds})})


def test_the_outcome_says_that_a_seat_was_passed_on() -> None:
    assert outcomes(
        passing_on(points_scheme(), "cancel"), points=[5, 4, 3], rulings=[ruled("cancel", "cancelled", "a")]
    ) == [
        ("按规则本应当选；名额由下一名递补；裁定（取消—取消）", "未当选"),
        ("前面有人被取消，按规定递补", "当选"),
        ("", "未当选"),
    ]


def test_the_outcome_names_approved_seats() -> None:
    """Rulings are part of the trace, seats among them (design.md, Decisions of people are input)."""
    result = outcomes(points_scheme(), points=[5, 4], rulings=[ruled("seats", "2", pool=None, by="分行")])
    assert [value for _, value in result] == ["当选", "当选"]
    assert "2" in result[1][0]


def test_the_outcome_says_that_a_pool_is_withheld_or_provisional() -> None:
    of = points_scheme(measure("test", missing="pending"), indicator("t", "given", of="test"))
    assert outcomes(of, points=[5, BAD], test=[1, 1])[0] == ("名单暂缓：本组有数据错误", "暂缓")
    assert outcomes(of, points=[5, 4], test=[1, None])[0] == ("暂定：本组有待核实或待考事项", "当选")


def test_every_line_carries_label_and_clause_of_its_item() -> None:
    of = points_scheme(measure("ok", "yes_no"), requirement("r", "yes", of="ok"))
    (trace,) = score(of, points=[1], ok=[True], trace=True).trace
    assert [(line.id, line.kind, line.item, line.label, line.clause) for line in trace] == [
        ("a", "indicator", "points", "points", "第points条"),
        ("a", "requirement", "r", "r", "第r条"),
        ("a", "total", "", "总分", ""),
        ("a", "rank", "", "名次", ""),
        ("a", "outcome", "", "结果", "第十三条"),
    ]
    assert isinstance(trace[0], TraceLine)
