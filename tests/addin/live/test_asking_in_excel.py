"""Questions in Excel's one dialogue for a text, which takes 255 characters; only the dialogue is played."""

from __future__ import annotations

import pytest

from addin.excel.live_book import AskInExcel

TITLES = [f"某行某部 第{n}种服务明星评选" for n in range(1, 41)]


class Excel:
    """Answers the dialogue, and keeps what it showed."""

    def __init__(self, *answers: object) -> None:
        self.api = self
        self.answers = list(answers)
        self.shown: list[str] = []

    def InputBox(self, prompt: str, *_: str) -> object:  # noqa: N802 (Excel's name)
        self.shown.append(prompt)
        return self.answers.pop(0)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [(["3"], 2), (["0", "20"], 19), (["40"], 39), (["41"], None), (["x"], None), ([False], None), (["0", False], None)],
)
def test_a_choice_is_typed_as_its_number(answers: list[object], expected: int | None) -> None:
    assert AskInExcel(Excel(*answers)).choice("新建哪一种？", TITLES) == expected


def test_every_choice_is_shown_once_in_questions_that_excel_takes() -> None:
    excel = Excel("0", "0", "0", "0", "0", "0", "0", False)
    assert AskInExcel(excel).choice("新建哪一种？", TITLES) is None
    assert all(len(prompt) <= 255 for prompt in excel.shown)
    assert all(prompt.startswith("新建哪一种？\n") and prompt.endswith("\n0. 更多…") for prompt in excel.shown)
    listed = [line.partition(". ")[2] for prompt in excel.shown for line in prompt.split("\n")[1:-1]]
    assert listed[:40] == TITLES
    assert listed[40:] == TITLES[: len(listed) - 40]  # after the last page comes the first


def test_few_choices_are_shown_at_once() -> None:
    excel = Excel("2")
    assert AskInExcel(excel).choice("哪一年？", ["2025", "2026"]) == 1
    assert excel.shown == ["哪一年？\n1. 2025\n2. 2026"]
