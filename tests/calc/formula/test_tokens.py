"""The words and signs of a formula, in Chinese and in plain writing."""

import pytest

from calc.formula.mistake import FormulaError
from calc.formula.tokens import tokens


def words(text: str) -> list[str]:
    return [token.text for token in tokens(text)][:-1]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("（ａ＋ｂ）×２", "(a+b)*2"),
        ("a÷b－c − d – e", "a/b-c-d-e"),
        ("max（a，b、c）", "max(a,b,c)"),
        ("x ≥ 60 and y ≤ 7 or z ≠ 1", "x >= 60 and y <= 7 or z != 1"),
        ("x ≧ 60 and y ≦ 7 or z <> 1", "x >= 60 and y <= 7 or z != 1"),
        ("x＝1　and y == 2", "x = 1 and y = 2"),
        ("１０％ * measure：x", "10% * measure:x"),
        ("IF(X > 1, Max(A, B), 0)", "if(x > 1, max(a, b), 0)"),
    ],
)
def test_chinese_signs_and_capitals_are_read_as_plain_ones(written: str, plain: str) -> None:
    assert words(written) == words(plain)


def test_numbers_names_and_signs_are_told_apart_with_their_places() -> None:
    found = [(token.kind, token.text, tuple(token.at)) for token in tokens("event:late >= 10.5%")]
    assert found == [
        ("name", "event:late", (0, 10)),
        ("sign", ">=", (11, 13)),
        ("number", "10.5%", (14, 19)),
        ("end", "", (19, 19)),
    ]


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("a + 业务量", 4, "业"),
        ("a % b", 2, "紧跟"),
        ("a & b", 2, "&"),
        ("x; y", 1, ";"),
        ("'x'", 0, "'"),
        (".5", 0, "."),
    ],
)
def test_a_sign_that_formulas_do_not_have_is_pointed_at(text: str, place: int, said: str) -> None:
    with pytest.raises(FormulaError, match=f"第 {place + 1} 个字符") as caught:
        list(tokens(text))
    assert caught.value.at.start == place
    assert said in str(caught.value)
