"""What was sent to whom: one line of JSON for each step, only ever appended to."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from addin.home import home
from workbook_templates.save import append_line

__all__ = ["Entry", "State", "log_path", "note", "now", "sent_before"]


class State(StrEnum):
    """How far a mail came."""

    BEGUN = "begun"
    """The server is about to get it; without a later line nobody knows whether it did."""
    SENT = "sent"
    UNKNOWN = "unknown"
    """It was handed over, and the server did not say whether it took it."""
    NOT_SENT = "not_sent"
    DRAFT = "draft"
    """The user has it to look at and send."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One step of one mail to one recipient."""

    time: str
    state: State
    digest: str
    to: str
    message_id: str
    way: str
    """The server, ``outlook`` or the path of an .eml file."""
    file: str


def log_path() -> Path:
    """Where the log lies."""
    return home() / "sent.jsonl"


def note(entry: Entry) -> None:
    """Append an entry; it is on disk when this returns. Raises OSError."""
    log_path().parent.mkdir(parents=True, exist_ok=True)
    append_line(json.dumps(asdict(entry), ensure_ascii=False), log_path())


def sent_before(digest: str, to: str) -> Entry | None:
    """The entry that says that this was sent to this recipient, or may have been; None where it can be sent."""
    last: dict[State, Entry] = {}
    for entry in _entries():
        if (entry.digest, entry.to.lower()) != (digest, to.lower()) or entry.state is State.DRAFT:
            continue
        begun = last.pop(State.BEGUN, None)
        if begun is not None and entry.state is State.BEGUN:  # the one before ended without a word
            last[State.UNKNOWN] = begun
        last[entry.state] = entry
    return last.get(State.SENT) or last.get(State.UNKNOWN) or last.get(State.BEGUN)


def _entries() -> Iterator[Entry]:
    """The entries; a line that was cut off by a power failure is passed over."""
    try:
        lines = log_path().read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        try:
            content = json.loads(line)
            yield Entry(**{**content, "state": State(content["state"])})
        except (ValueError, TypeError, KeyError):
            continue


def now() -> str:
    """The time of an entry."""
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")
