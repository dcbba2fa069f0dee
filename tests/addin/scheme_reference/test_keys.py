"""Keys as they are read off a model: their types, defaults and choices."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

import pytest
from pydantic import Field

from addin.scheme_reference.keys import Key, keys_of, kind_of, parts_of
from calc.fields import OPEN, Amount, Strict, must_choose


class Inner(Strict):
    low: Amount | None = Field(default=None, alias="from")


class Outer(Strict):
    kind: Literal["outer"]
    label: str
    size: int = 2
    open: Annotated[Amount | Literal["none"], must_choose({"none": "没有"}, "一个数")] = OPEN
    inner: Inner | None = None
    several: tuple[Inner, ...] = ()
    rates: Mapping[str, Decimal] = Field(default_factory=dict)
    pairs: tuple[tuple[Amount, Amount], ...]
    side: Literal["left", "right"] = "left"
    on: bool = True


KEYS = {key.name: key for key in keys_of(Outer)}


@pytest.mark.parametrize(
    ("name", "type_", "required", "default"),
    [
        ("label", "文字", True, ""),
        ("size", "整数", False, "2"),
        ("open", "数或选项", True, ""),
        ("inner", "表", False, ""),
        ("several", "表的列表", False, ""),
        ("rates", "表（名称 = 数）", False, ""),
        ("pairs", "[数，数]的列表", True, ""),
        ("side", "选项", False, '"left"'),
        ("on", "true、false", False, "true"),
    ],
)
def test_a_key_is_told_by_type_and_default(name: str, type_: str, required: bool, default: str) -> None:
    assert (KEYS[name].type, KEYS[name].required, KEYS[name].default) == (type_, required, default)


def test_an_open_choice_has_its_meanings_from_the_model() -> None:
    assert (KEYS["open"].choices, KEYS["open"].other) == ({"none": "没有"}, "一个数")
    assert KEYS["side"].choices == {"left": "", "right": ""}


def test_an_alias_is_what_a_file_has() -> None:
    assert list(keys_of(Inner)) == [Key("from", "数", False, "", {}, "", ())]


def test_tables_within_and_the_word_that_picks_one() -> None:
    assert parts_of(Outer) == (Inner,)
    assert (kind_of(Outer, "kind"), kind_of(Outer, "side"), kind_of(Outer, "method")) == ("outer", "", "")
