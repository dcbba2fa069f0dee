"""Panels, items and nominations lead somewhere, and what a rule leaves open is chosen."""

import pytest

from tests.calc.making import indicator, item, measure, panel, requirement, scheme
from tests.calc.scheme.refusing import faults

M, X = measure("m"), item("x")
GRADES = item("x", ("优", 95), ("良", 85))
MARKS = indicator("i", "marks", panel="p", items=["x"], how="mean")
P = panel("p", "x")
WEIGHTED = panel("p", "x", raters=[{"id": "J", "weight": 2}, {"id": "K"}])
LIMIT = {"item": "x", "of": "marked", "over": "problem", "most": 1, "options": ["优"]}


def marks(**keys: object) -> str:
    return indicator("i", "marks", **{"panel": "p", "items": ["x"], "how": "mean", **keys})


def votes(**keys: object) -> str:
    return indicator("i", "votes", **{"panel": "p", "item": "x", "options": ["优"], **keys})


FAULTS = [
    ((panel("p", "x", "z"), X, MARKS), "panel(p).items", "没有 item z"),
    ((P, X, item("y"), MARKS), "item(y)", "没有 panel"),
    ((panel("p", "x", "y"), X, item("y", label="x"), MARKS), "item", "名称「x」"),
    ((P, P, X, MARKS), "panel(p)", "2 次"),
    ((panel("p", "x", "score"), X, item("score"), MARKS), "item(score)", "保留"),
    ((panel("p", "x", within="team"), X, MARKS), "panel(p).within", "没有分组 team"),
    ((panel("p", "x", after=["first"]), X, MARKS), "panel(p).after", "没有条件 first"),
    ((P, item("x", blank="void"), MARKS), "panel(p).void", "须写 void"),
    ((P, item("x", unreadable="void"), MARKS), "panel(p).void", "须写 void"),
    ((panel("p", "x", limit=[{**LIMIT, "over": "void"}]), GRADES, MARKS), "panel(p).void", "须写 void"),
    ((panel("p", "x", limit=[{**LIMIT, "options": ["差"]}]), GRADES, MARKS), "panel(p).limit[0].options", "差"),
    ((panel("p", "x", limit=[{**LIMIT, "item": "y"}]), GRADES, MARKS), "panel(p).limit[0].item", "没有 y"),
    ((P, X, marks(panel="q")), "indicator(i).panel", "没有 panel q"),
    ((P, X, marks(items=["y"])), "indicator(i).items", "没有 y"),
    ((WEIGHTED, X, marks(how="median")), "indicator(i).how", "中位数"),
    ((WEIGHTED, X, marks(drop_lowest=1, drop_from=2)), "indicator(i).drop_equal", "lightest"),
    ((panel("p", "x", "y"), item("x", blank="left_out"), item("y"),
      marks(items=["x", "y"], first="items", combine="sum")), "indicator(i).combine", "left_out"),
    ((P, GRADES, votes(options=["差"])), "indicator(i).options", "差"),
    ((P, X, votes()), "indicator(i).options", "优"),
    ((WEIGHTED, GRADES, votes(share_of="present", base=100)), "indicator(i).share_of", "marks"),
    ((panel("p", "x", listed="weighted"), X, marks(how="median")), "indicator(i).how", "中位数"),
    ((panel("p", "x", listed="weighted"), GRADES, votes(share_of="present", base=9)), "indicator(i).share_of", "权重"),
    ((P, X, MARKS, requirement("n", "nominated", by="unit")), "requirement(n).by", "文字列 unit"),
    ((P, X, MARKS, measure("unit", "text"), requirement("n", "nominated", by="unit")), "requirement(n).by", "可空白"),
    ((P, X, MARKS, measure("unit", "text", missing="none"),
      requirement("n", "nominated", by="unit", on="m", closes=0)), "requirement(n).on", "日期列 m"),
]  # fmt: skip


@pytest.mark.parametrize(("blocks", "path", "said"), FAULTS, ids=[f"{path} {said}" for _, path, said in FAULTS])
def test_what_leads_nowhere_or_is_left_open_is_a_fault(blocks: tuple[str, ...], path: str, said: str) -> None:
    found = [message for where, message in faults(M, *blocks) if where == path]
    assert found
    assert said in found[0]


def test_what_is_chosen_is_taken() -> None:
    scheme(M, WEIGHTED, GRADES, votes(share_of="marks", base=100))
    scheme(M, WEIGHTED, X, marks(drop_lowest=1, drop_from=2, drop_equal="heaviest"))
    scheme(M, panel("p", "x", void="sheet"), item("x", blank="void"), MARKS)
