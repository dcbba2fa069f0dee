"""Numbers where numbers are meant, conditions where conditions; every name is a column."""

import pytest

from calc.formula.kinds import Kind, check
from calc.formula.mistake import FormulaError
from calc.formula.parser import parse

COLUMNS: dict[str, Kind] = {
    "volume": "number", "measure:volume": "number", "conduct": "yes_no", "team": "text", "since": "date",
    "skill": "many",
}  # fmt: skip


def checked(text: str, wanted: Kind = "number") -> None:
    check(text, parse(text), COLUMNS, wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("volume + 1", "number"),
        ("measure:volume", "number"),
        ("if(conduct, volume, 0)", "number"),
        ("if(conduct and volume > 1, 1, missing(volume), 2, 0)", "number"),
        ("count(conduct) + count(volume, where=conduct)", "number"),
        ("mean(volume, by=team) + sum(volume, by=all)", "number"),
        ("missing(conduct)", "yes_no"),
        ("conduct", "yes_no"),
        ("not conduct or volume >= mean(volume)", "yes_no"),
        ("if(volume > 9, conduct, volume > 5)", "yes_no"),
    ],
)
def test_what_fits(text: str, wanted: Kind) -> None:
    checked(text, wanted)


MISFITS: list[tuple[str, Kind, int, str]] = [
    ("volum + 1", "number", 0, "是否应为 volume"),
    ("zzz + 1", "number", 0, "没有列 zzz"),
    ("1 + team", "number", 4, "文字"),
    ("since", "number", 0, "日期"),
    ("mean(skill)", "number", 5, "有多列"),
    ("conduct + 1", "number", 0, "须为数"),
    ("max(volume, conduct)", "number", 12, "须为数"),
    ("sum(conduct)", "number", 4, "须为数"),
    ("volume > 1", "number", 0, "须为数"),
    ("conduct = 1", "yes_no", 0, "须为数"),
    ("round(conduct, 1, floor)", "number", 6, "须为数"),
    ("volume", "yes_no", 0, "须为条件"),
    ("if(volume, 1, 2)", "number", 3, "须为条件"),
    ("conduct and volume", "yes_no", 12, "须为条件"),
    ("not volume", "yes_no", 4, "须为条件"),
    ("mean(volume, where=volume)", "number", 19, "须为条件"),
    ("if(conduct, 1, conduct)", "number", 0, "同为数或同为条件"),
    ("mean(volume, by=volume)", "number", 16, "by="),
    ("mean(volume, by=nowhere)", "number", 16, "by="),
]


@pytest.mark.parametrize(("text", "wanted", "place", "said"), MISFITS)
def test_what_does_not_fit_is_pointed_at(text: str, wanted: Kind, place: int, said: str) -> None:
    with pytest.raises(FormulaError) as caught:
        checked(text, wanted)
    assert caught.value.at.start == place
    assert said in str(caught.value)
