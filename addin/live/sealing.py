"""定稿 and 复核, of the workbook's file: a seal is about what is saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from addin.live.backup import file_of
from addin.live.desk import Desk, Refusal
from addin.live.labels import LABELS
from addin.live.texts import QUESTIONS, SAID
from addin.protected import AskPassword
from addin.sealing.keys import KeyFileError, own_key, trusted_keys
from addin.sealing.seal import Sign, seal
from addin.sealing.signature import sign
from addin.sealing.states import STATES
from addin.sealing.verify import SignatureState, verify
from calc.problem import Problem
from workbook_templates.save import unused_name

__all__ = ["seal_book", "verify_book"]

_TRIES = 3
_MOST_TOLD = 10


def seal_book(desk: Desk) -> str:
    """定稿: a sealed workbook beside this one; the problems on 检查 where something is unsettled."""
    path = _saved(desk, "seal")
    target = unused_name(path.with_name(f"{path.stem} {LABELS['seal'].label}.xlsx"))
    signer = _signer(desk)
    with desk.telling("file"):
        try:
            done = seal(path, target, dt.date.today(), sign=signer, ask_password=_password_of_file(desk))
        except OSError as error:
            raise Refusal(SAID["not_written"].format(name=target.name, reason=error.strerror)) from error
    made = done.seal
    if made is None:
        desk.write_problems(done.problems)
        return SAID["not_sealed"].format(problem=_first(done.problems))
    signed = STATES[SignatureState.UNSIGNED] if made.signature is None else f"签名：{made.signature.name}"
    return SAID["sealed"].format(name=target.name, revision=made.record.revision, signed=signed)


def verify_book(desk: Desk) -> str:
    """复核: whether the file still says what was sealed; the workbook is left as it is."""
    path = _saved(desk, "verify")
    try:
        trusted = trusted_keys()
    except KeyFileError as error:
        raise Refusal(SAID["keys"].format(reason=error)) from error
    with desk.telling("file"):
        found = verify(path, trusted, ask_password=_password_of_file(desk))
    if found.seal is None or not found.passed:
        told = [_told(problem) for problem in found.problems if problem.is_error]
        return SAID["not_verified"].format(problem="\n".join(told[:_MOST_TOLD]))
    record = found.seal.record
    state = STATES[found.state] + (f"：{found.signer}" if found.signer else "")
    return SAID["verified"].format(unit=record.unit, period=record.period, revision=record.revision, state=state)


def _saved(desk: Desk, action: str) -> Path:
    """The workbook's file, saved as the workbook is now. Raises Refusal."""
    label = LABELS[action].label
    path = file_of(desk.book)
    if path is None:
        raise Refusal(SAID["not_saved"].format(action=label))
    if desk.host.is_changed(desk.book):
        if desk.host.is_read_only(desk.book):
            raise Refusal(SAID["read_only"])
        if not desk.ask.confirm(QUESTIONS["save_first"].format(action=label)):
            raise Refusal(SAID["not_saved"].format(action=label))
        desk.book.save()
    return path


def _signer(desk: Desk) -> Sign | None:
    """What signs with the user's key; None where there is no key. Raises Refusal."""
    try:
        key = own_key()
    except KeyFileError as error:
        raise Refusal(SAID["keys"].format(reason=error)) from error
    if key is None:
        return None
    password = key.password_of_system()
    for _ in range(_TRIES):
        if password is None:
            password = desk.ask.password(QUESTIONS["key_password"].format(name=key.name))
        if password is None:
            raise Refusal(SAID["cancelled"])
        private = key.unlocked(password)
        if private is not None:
            return lambda digest: sign(private, key.name, digest)
        password = None
    raise Refusal(SAID["wrong_password"])


def _password_of_file(desk: Desk) -> AskPassword:
    return lambda: desk.ask.password(QUESTIONS["file_password"])


def _first(problems: Sequence[Problem]) -> str:
    """The first problem with how many there are."""
    errors = [problem for problem in problems if problem.is_error] or list(problems)
    text = _told(errors[0])
    return text if len(errors) == 1 else SAID["more_problems"].format(problem=text, n=len(errors))


def _told(problem: Problem) -> str:
    place = "!".join(part for part in (problem.sheet, problem.cell) if part)
    return f"{place} {problem.message}".strip()
