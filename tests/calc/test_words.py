"""What is said to people stands in tables."""

from calc.words import HINTS, PROBLEMS, REASONS, TRACE, ask


def test_a_text_is_filled_in_and_a_missing_one_is_empty() -> None:
    assert ask({"a": "{name}没有{label}"}, "a", name="王芳", label="业务量", other=1) == "王芳没有业务量"
    assert ask({}, "a", name="王芳") == ""


def test_every_hint_belongs_to_a_problem() -> None:
    assert set(HINTS) <= set(PROBLEMS)


def test_no_text_is_blank() -> None:
    assert all(text.strip() for words in (PROBLEMS, HINTS, REASONS, TRACE) for text in words.values())
