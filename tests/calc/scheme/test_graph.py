"""The graph of a scheme: every reference leads somewhere, no circle, and the sums are as stated."""

from decimal import Decimal

import pytest

from calc.scheme.graph import in_order
from tests.calc.making import event, group, indicator, measure, requirement, scheme, setting, table
from tests.calc.scheme.refusing import DATE, FLAG, MANY, NUMBER, PLAIN, TEXT, faults


def flaw(**keys: object) -> str:
    return table("[[flaw]]", {"id": "f", "text": "有误", "clause": "一", **keys})


def deadline(**keys: object) -> str:
    return table("[[deadline]]", {"id": "d", "label": "上报", "clause": "一", **keys})


def test_a_measure_and_an_indicator_may_share_an_id_and_the_bare_name_means_the_measure() -> None:
    of = scheme(
        measure("x"),
        indicator("x", "share", of="x", maximum=10, base=100),
        indicator("y", "given", of="indicator:x"),
        indicator("z", "given", of="measure:x"),
    )
    assert [found.id for found in in_order(of)].index("x") < [found.id for found in in_order(of)].index("y")


REFERENCES = [
    (indicator("j", "given", of="nothing"), "indicator(j)", "没有列 nothing"),
    (indicator("j", "given", of="measure:i"), "indicator(j)", "没有列 measure:i"),
    (indicator("j", "given", of="indicator:n"), "indicator(j)", "没有列 indicator:n"),
    (indicator("j", "given", of="event:n"), "indicator(j)", "没有列 event:n"),
    (indicator("j", "given", of="skill"), "indicator(j)", "没有列 skill"),
    (indicator("j", "given", of="skill_1"), "indicator(j)", "没有列 skill_1"),
    (indicator("j", "given", of="t"), "indicator(j)", "列 t 不是数值"),
    (indicator("j", "given", of="d"), "indicator(j)", "列 d 不是数值"),
    (indicator("j", "mean", of=["n", "nothing"]), "indicator(j)", "没有列 nothing"),
    (indicator("j", "tests", theory="n", skills="n", theory_weight=1), "indicator(j)", "没有多列的 measure n"),
    (indicator("j", "tests", theory="n", skills="skill", theory_weight=1, plus="x"), "indicator(j)", "没有列 x"),
    (indicator("j", "bonus", each={"nothing": 5}), "indicator(j)", "没有事项 nothing"),
    (indicator("j", "given", of="n", group="nothing"), "indicator(j).group", "没有 group nothing"),
    (requirement("r", "tenure", of="n", months=3, end="inclusive"), "requirement(r).of", "没有日期列 n"),
    (requirement("r", "tenure", of="x", months=3, end="inclusive"), "requirement(r).of", "没有日期列 x"),
    (requirement("r", "tenure", of="measure:d", months=3, end="inclusive"), "requirement(r).of", "没有日期列"),
    (requirement("r", "yes", of="n"), "requirement(r).of", "没有是否列 n"),
    (requirement("r", "no_event", event="nothing"), "requirement(r)", "没有事项 nothing"),
    (requirement("r", "compare", of="x", op=">", to=1), "requirement(r)", "没有列 x"),
    (
        requirement("r", "compare", of="n", op=">", to={"aggregate": "mean", "of": "x", "within": "pool"}),
        "requirement(r)",
        "没有列 x",
    ),
    (measure("m", only_with="nothing"), "measure(m).only_with", "没有数值列 nothing"),
    (measure("m", only_with="t"), "measure(m).only_with", "没有数值列 t"),
    (measure("m", many=True, only_with="n"), "measure(m).only_with", "有多列的 measure 不能写 only_with"),
]


@pytest.mark.parametrize(("block", "path", "said"), REFERENCES, ids=[f"{m[1]} {m[2]}" for m in REFERENCES])
def test_a_reference_that_leads_nowhere_names_the_key(block: str, path: str, said: str) -> None:
    found = faults(NUMBER, TEXT, DATE, FLAG, MANY, PLAIN, event("e"), block)
    assert [message for where, message in found if where == path and said in message], found


@pytest.mark.parametrize("pool", ["nothing", "n", "d", "skill"])
def test_the_pool_is_a_column_of_text(pool: str) -> None:
    assert faults(NUMBER, DATE, MANY, PLAIN, pool=pool) == [("pool", f"没有文字列 {pool}")]


def test_a_tie_break_that_leads_nowhere_names_its_place() -> None:
    ties = {"policy": "ask", "order": [{"of": "n", "best": "highest"}, {"of": "x", "best": "lowest"}]}
    assert faults(NUMBER, PLAIN, ties=ties) == [("ties.order[1].of", "没有列 x（measure、indicator 或 event）")]


@pytest.mark.parametrize(
    "blocks",
    [
        [indicator("a", "given", of="a")],
        [indicator("a", "given", of="b"), indicator("b", "given", of="a")],
        [
            indicator("a", "mean", of=["n", "b"]),
            indicator("b", "given", of="c"),
            indicator("c", "ratio", of="indicator:a", best="highest", base=1),
        ],
    ],
)
def test_indicators_that_read_each_other_in_a_circle_are_refused(blocks: list[str]) -> None:
    ((path, message),) = faults(NUMBER, *blocks)
    assert path == "indicator"
    assert "圈" in message
    assert "a" in message


def test_each_indicator_comes_after_those_that_it_reads() -> None:
    of = scheme(
        NUMBER,
        indicator("last", "mean", of=["middle", "first"]),
        indicator("middle", "given", of="first"),
        indicator("first", "given", of="n"),
    )
    assert [found.id for found in in_order(of)] == ["first", "middle", "last"]


MISFITS = [
    (indicator("j", "ratio", of="n", best="lowest", base=10), "indicator(j).zero_rule", "zero_rule"),
    (indicator("j", "summary", of=["n"], statistic="mean", absent="skipped"), "indicator(j).absent", "无从略过"),
    (indicator("j", "given", of="n", missing="zero"), "indicator(j).missing", "轮不到"),
    (indicator("j", "deduction", base=10, each={"o": 5}), "indicator(j).each.o", "points"),
    (indicator("j", "bonus", each={"e": "points"}), "indicator(j).each.e", "每次分值"),
    (requirement("r", "no_event", event="o"), "requirement(r).event", "逐行定分"),
    (requirement("r", "compare", gate="rating", of="i", op=">", to=1), "requirement(r).of", "参评"),
    (measure("m", min=2, max=1), "measure(m).min", "大于"),
    (measure("m", "text", max=1), "measure(m).min", "数值列"),
    (measure("m", "date", missing="zero"), "measure(m).missing", "数值列"),
    (flaw(setting="s"), "flaw(f).setting", "没有设置项 s"),
    (flaw(open=True), "flaw(f).setting", "由哪个设置项决定"),
    (deadline(), "deadline(d)", "须写且只写一个"),
    (deadline(day=1, working_day=1), "deadline(d)", "须写且只写一个"),
    (deadline(working_day=1, month="last"), "deadline(d).month", "与 day 同用"),
    (measure("m", at_least=1), "measure(m).at_least", "同用"),
    (measure("m", "yes_no", missing="none"), "measure(m).missing", "不能没有值"),
    (measure("m", "text", many=True), "measure(m).many", "数值列"),
    (measure("m", columns=2), "measure(m).columns", "many"),
    (setting("s", "choice"), "setting(s).choices", "choices"),
    (setting("s", "number", choices=[{"value": "a", "label": "a"}]), "setting(s).choices", "choices"),
    (setting("s", "choice", default="b", choices=[{"value": "a", "label": "a"}]), "setting(s).default", "b"),
    (setting("s", "text", default=5), "setting(s).default", "文字"),
    (setting("s", "number", default="5"), "setting(s).default", "数字"),
]


@pytest.mark.parametrize(("block", "path", "said"), MISFITS, ids=[f"{m[1]} {m[2]}" for m in MISFITS])
def test_keys_that_do_not_go_together_are_refused(block: str, path: str, said: str) -> None:
    found = faults(NUMBER, PLAIN, event("e"), event("o", discretionary=True), block)
    assert [message for where, message in found if where == path and said in message], found


def test_a_method_that_may_come_to_nothing_by_itself_may_say_what_then() -> None:
    """No blank gets so far, but a division by 0 does."""
    of = scheme(NUMBER, indicator("j", "factor", of="n", per="n", missing="zero"))
    assert of.indicator[0].missing == "zero"


MOVES = {"origin": "from", "day": "on", "rule": "most"}
MOVED = (measure("from", "text", missing="none"), measure("on", "date", missing="none"))


@pytest.mark.parametrize(
    ("changed", "blocks", "path"),
    [
        ({"origin": "nothing"}, MOVED, "moves.origin"),
        ({"day": "nothing"}, MOVED, "moves.day"),
        ({"origin": "on", "day": "from"}, MOVED, "moves.day"),
        ({}, (measure("from", "text"), MOVED[1]), "moves.origin"),
    ],
)
def test_moves_name_a_text_and_a_date_that_may_be_blank(
    changed: dict[str, str], blocks: tuple[str, ...], path: str
) -> None:
    found = faults(NUMBER, TEXT, PLAIN, *blocks, pool="t", moves={**MOVES, **changed})
    assert path in {where for where, _ in found}


def test_without_pools_there_are_no_moves() -> None:
    assert [where for where, _ in faults(NUMBER, PLAIN, *MOVED, moves=MOVES)] == ["moves"]
    assert scheme(NUMBER, TEXT, PLAIN, *MOVED, pool="t", moves=MOVES).moves is not None


def test_a_notice_names_only_what_can_be_filled_in() -> None:
    notice = {"kind": "public", "clause": "第十四条", "text": "根据{source}，{period}“{award}”{unit}"}
    assert scheme(NUMBER, PLAIN, notice=notice).notice is not None
    for text in ("现予{colour}", "现予{", "现予{0}"):
        assert [where for where, _ in faults(NUMBER, PLAIN, notice={**notice, "text": text})] == ["notice.text"]


# sums


def test_weights_that_do_not_add_up_to_the_full_marks_are_refused_with_both_sums() -> None:
    """B7 of rules.md: 40, 40 and 30 are stated as 100."""
    parts = [
        indicator(name, "share", of="n", maximum=100, base=base) for name, base in zip("abc", (40, 40, 30), strict=True)
    ]
    assert faults(NUMBER, *parts, full_marks=100) == [
        ("full_marks", "计入总分的各项基准分合计 110，与所写满分 100 不符")
    ]
    assert scheme(NUMBER, *parts, full_marks=110).weights_total() == 110


def test_only_indicators_of_the_total_are_added_up() -> None:
    step = indicator("step", "given", of="n", base=50, in_total=False)
    bonus = indicator("bonus", "bonus", each={"e": 20})
    assert scheme(NUMBER, event("e"), PLAIN, step, bonus, full_marks=10).weights_total() == 10


@pytest.mark.parametrize(("base", "right"), [("0.3", True), ("0.30000000000000004", False), ("0.31", False)])
def test_sums_are_exact(base: str, right: bool) -> None:
    parts = [indicator(name, "given", of="n", base=Decimal(b)) for name, b in (("a", "0.1"), ("b", "0.2"))]
    if right:
        assert scheme(NUMBER, *parts, full_marks=Decimal(base)).full_marks == Decimal("0.3")
    else:
        assert faults(NUMBER, *parts, full_marks=Decimal(base))[0][0] == "full_marks"


def test_the_parts_of_a_group_add_up_to_its_base() -> None:
    whole = group("g", base=30)
    parts = [indicator(name, "given", of="n", base=10, group="g") for name in "ab"]
    assert faults(NUMBER, whole, *parts) == [("group(g).base", "组内各项基准分合计 20，与所写 30 不符")]
    assert scheme(NUMBER, whole, *parts, indicator("c", "given", of="n", base=10, group="g")).group[0].base == 30


def test_a_scheme_has_something_to_add_up() -> None:
    step = indicator("step", "given", of="n", in_total=False)
    assert ("indicator", "没有计入总分的指标") in faults(NUMBER, step)
