"""Where a mistake stands in the text."""

from calc.formula.mistake import FormulaError, Span, mistake


def test_a_mistake_names_the_place_and_shows_it() -> None:
    error = FormulaError("a + foo(b)", Span(4, 7), "没有")
    assert str(error) == "公式第 5 个字符处：没有（a + 【foo】(b)）"
    assert error.at == (4, 7)


def test_of_a_long_formula_only_the_surroundings_are_shown_on_one_line() -> None:
    text = "1 + 2 + 3 + 4 + 5 +\n  6 + x + 7 + 8 + 9 + 10 + 11"
    assert str(FormulaError(text, Span(26, 27), "没有")).endswith("（…+ 5 + 6 + 【x】 + 7 + 8 + 9…）")


def test_the_end_of_the_text_is_a_place_too() -> None:
    assert str(mistake("1 +", Span(3, 3), "operand")).endswith("（1 +【此处】）")
