"""The log of what was sent."""

from pathlib import Path

import pytest

from addin.sending.sent_log import Entry, State, log_path, note, sent_before


def entry(state: State, to: str = "hq@bank.cn", digest: str = "d", time: str = "2026-10-09T16:30:00+08:00") -> Entry:
    return Entry(time, state, digest, to, "<1@x>", "smtp.bank.cn:587", "定稿.xlsx")


def test_without_a_log_nothing_was_sent() -> None:
    assert sent_before("d", "hq@bank.cn") is None


@pytest.mark.parametrize(("steps", "found"), [
    ([State.BEGUN, State.SENT], State.SENT),
    ([State.BEGUN, State.NOT_SENT], None),
    ([State.BEGUN], State.BEGUN),
    ([State.BEGUN, State.UNKNOWN], State.UNKNOWN),
    ([State.BEGUN, State.SENT, State.BEGUN, State.NOT_SENT], State.SENT),
    ([State.BEGUN, State.UNKNOWN, State.BEGUN, State.NOT_SENT], State.UNKNOWN),
    ([State.DRAFT], None),
    ([State.BEGUN, State.UNKNOWN, State.DRAFT], State.UNKNOWN),
])  # fmt: skip
def test_what_the_steps_come_to(steps: list[State], found: State | None) -> None:
    for step in steps:
        note(entry(step))
    before = sent_before("d", "HQ@bank.cn")
    assert (None if before is None else before.state) == found


def test_another_recipient_or_workbook_was_not_sent() -> None:
    note(entry(State.SENT))
    assert sent_before("d", "other@bank.cn") is None
    assert sent_before("e", "hq@bank.cn") is None


def test_a_line_cut_off_by_a_power_failure_does_no_harm() -> None:
    note(entry(State.SENT))
    with log_path().open("ab") as file:
        file.write(b'{"time": "2026')
    note(entry(State.SENT, to="other@bank.cn"))
    assert sent_before("d", "hq@bank.cn") is not None
    assert sent_before("d", "other@bank.cn") is not None


def test_the_log_is_one_line_an_entry_and_the_users_own(own_home: Path) -> None:
    note(entry(State.BEGUN))
    note(entry(State.SENT))
    assert log_path() == own_home / "sent.jsonl"
    assert [line.count("定稿.xlsx") for line in log_path().read_text("utf-8").splitlines()] == [1, 1]
