"""Every scheme there is goes onto the sheet and comes back as it was, its settings still open."""

import itertools

import pytest

from addin.scheme_sheet.shapes import Part
from addin.scheme_sheet.writing_text import normal
from calc.scheme import SchemeFile, SettingError, load_scheme, shipped
from calc.scheme.model import Scheme
from tests.addin.scheme_sheet.sheets import CASES, read_again

SCHEMES = [*shipped(), *(str(path) for path in sorted(CASES.rglob("scheme.toml")))]


def short(name: str) -> str:
    return name.removeprefix(f"{CASES}/").removesuffix("/scheme.toml")


@pytest.mark.parametrize("name", SCHEMES, ids=short)
def test_a_scheme_comes_back_as_it_was(name: str) -> None:
    file = load_scheme(name)
    again = read_again(dict(file.content))
    assert again.scheme == file.scheme
    assert again.content == normal(Part(Scheme), file.content)


def variants(file: SchemeFile) -> list[dict[str, str]]:
    """Every choice of every setting, one changed at a time."""
    choices = ([(s.id, choice.value) for choice in s.choices] for s in file.scheme.setting)
    return [{name: value} for name, value in itertools.chain.from_iterable(choices)]


@pytest.mark.parametrize("name", SCHEMES, ids=short)
def test_settings_mean_the_same(name: str) -> None:
    file = load_scheme(name)
    again = read_again(dict(file.content))
    for chosen in variants(file):
        try:
            wanted = file.bind(chosen)
        except SettingError:
            continue
        assert again.bind(chosen) == wanted, chosen


def test_there_are_schemes_of_every_kind() -> None:
    assert len(SCHEMES) > 20
