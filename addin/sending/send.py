"""Sending a parcel, or making a draft of it, with a note of each step in the log."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Mapping, Sequence
from email.headerregistry import Address
from pathlib import Path

from addin.sending.mail import mail
from addin.sending.messages import SAID
from addin.sending.outlook import OutlookError, draft_in_outlook
from addin.sending.parcel import Parcel
from addin.sending.sent_log import Entry, State, note, now, sent_before
from addin.sending.smtp import Login, Outcome, Server, send_by_smtp
from workbook_templates.save import save_bytes, unused_name

__all__ = ["draft", "eml", "send"]


def send(
    parcel: Parcel,
    to: Sequence[Address],
    sender: Address,
    server: Server,
    login: Login | None,
    *,
    again: bool = False,
) -> Mapping[str, Outcome]:
    """Send by SMTP; returns what became of it by recipient.

    Who has got this very workbook before, or may have, does not get it twice, unless ``again``. Raises OSError where
    the log cannot be written: then nothing is sent.
    """
    before = {} if again else {each.addr_spec: sent_before(parcel.digest, each.addr_spec) for each in to}
    outcomes = {name: _before(entry) for name, entry in before.items() if entry is not None}
    left = [each for each in to if each.addr_spec not in outcomes]
    if left:
        message = mail(parcel, left, sender, dt.datetime.now().astimezone())
        names = [each.addr_spec for each in left]
        identity = str(message["Message-ID"])
        where = f"{server.host}:{server.port}"
        _note(parcel, dict.fromkeys(names, State.BEGUN), identity, where)
        done = send_by_smtp(message, sender.addr_spec, names, server, login)
        _note(parcel, {name: outcome.state for name, outcome in done.items()}, identity, where)
        outcomes |= done
    return {each.addr_spec: outcomes[each.addr_spec] for each in to}


def _before(entry: Entry) -> Outcome:
    if entry.state is State.SENT:
        return Outcome(State.SENT, SAID["sent_before"].format(when=entry.time))
    return Outcome(State.UNKNOWN, SAID["unknown_before"].format(when=entry.time))


def draft(parcel: Parcel, to: Sequence[Address]) -> Outcome:
    """A draft for the user to look at and send: in Outlook where there is one, else an .eml file beside the workbook.

    Raises OSError where that file or the log cannot be written.
    """
    why = ""
    if sys.platform == "win32":
        try:
            identity = draft_in_outlook(parcel, [str(each) for each in to])
        except OutlookError as failed:
            why = SAID["no_outlook"].format(reason=failed) + "\n"
        else:
            _note(parcel, {each.addr_spec: State.DRAFT for each in to}, identity, "outlook")
            return Outcome(State.DRAFT, SAID["draft"])
    done = eml(parcel, to, unused_name(parcel.path.with_suffix(".eml")))
    return Outcome(done.state, why + done.said)


def eml(parcel: Parcel, to: Sequence[Address], path: Path) -> Outcome:
    """A draft as an .eml file. Raises OSError where it or the log cannot be written."""
    message = mail(parcel, to, None, dt.datetime.now().astimezone(), draft=True)
    save_bytes(message.as_bytes(), path)
    _note(parcel, {each.addr_spec: State.DRAFT for each in to}, str(message["Message-ID"]), str(path))
    return Outcome(State.DRAFT, SAID["eml"].format(path=path))


def _note(parcel: Parcel, states: Mapping[str, State], identity: str, way: str) -> None:
    for name, state in states.items():
        note(Entry(now(), state, parcel.digest, name, identity, way, parcel.name))
