"""docs/schemes.md tells of every table and key of a scheme file, and of nothing else."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from addin.scheme_reference.keys import Table, keys_of, name_of, parts_of
from addin.scheme_reference.page import scheme_page
from addin.scheme_reference.texts import content, texts_of
from calc.methods import Indicator
from calc.requirements import Requirement
from calc.scheme import shipped
from calc.scheme.model import Scheme

PAGE = (Path(__file__).parents[3] / "docs" / "schemes.md").read_text("utf-8")


def tables(start: Table = Scheme, seen: frozenset[Table] = frozenset()) -> Iterator[Table]:
    yield start
    for part in parts_of(start):
        if part not in seen:
            yield from tables(part, seen | {start, part})


TABLES = tuple(dict.fromkeys([*tables(), Indicator, Requirement]))


def test_the_page_is_made_of_model_texts_and_examples() -> None:
    assert scheme_page() == PAGE, "python -m addin.scheme_reference"


def test_there_are_tables() -> None:
    assert len(TABLES) > 70


@pytest.mark.parametrize("table", TABLES, ids=name_of)
def test_something_is_said_of_every_key_and_every_word(table: Table) -> None:
    chosen_by = {"method", "kind", "by"}
    told = [texts_of(table).says(key) for key in keys_of(table) if key.name not in chosen_by or len(key.choices) > 1]
    assert texts_of(table).title
    assert all(told)


def test_no_two_tables_share_their_texts() -> None:
    assert max(Counter(map(name_of, TABLES)).values()) == 1


def test_every_table_is_told_of_once() -> None:
    lines = PAGE.splitlines()
    missing = [name_of(table) for table in TABLES if table is not Scheme and not any(
        line.endswith(texts_of(table).title) and line.startswith(("###", "`")) for line in lines
    )]  # fmt: skip
    assert missing == []


def test_nothing_is_said_of_what_is_not_there() -> None:
    by_name = {name_of(table): table for table in TABLES}
    for name, texts in content().items():
        if name != "shared":
            names = {key.name: set(key.choices) for key in keys_of(by_name[name])}
            assert set(texts.get("keys", {})) <= set(names)
            assert all(set(words) <= names[key] for key, words in texts.get("choices", {}).items())


def test_shared_texts_are_used() -> None:
    used = {key.name for table in TABLES for key in keys_of(table) if key.name not in texts_of(table).own}
    assert set(content()["shared"]["keys"]) <= used


def test_every_shipped_scheme_is_listed() -> None:
    assert all(f"| `{name}` |" in PAGE for name in shipped())
    told = (Path(__file__).parents[3] / "docs" / "shipped-schemes.md").read_text("utf-8")
    assert [name for name in shipped() if f"`{name.partition('/')[2]}`" not in told] == []
