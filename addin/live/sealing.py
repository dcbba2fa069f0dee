"""定稿 and 复核, of the workbook's file: a seal is about what is saved."""

from __future__ import annotations

import datetime as dt

from addin.live.desk import Desk, Refusal, first_words, problem_words
from addin.live.labels import LABELS
from addin.live.texts import QUESTIONS, SAID
from addin.sealing.keys import KeyFileError, TrustedKey, own_key, trusted_keys
from addin.sealing.seal import Sign, seal
from addin.sealing.signature import sign
from addin.sealing.states import STATES
from addin.sealing.verify import SignatureState, verify
from workbook_templates.save import unused_name

__all__ = ["seal_book", "trusted_or_refused", "verify_book"]

_TRIES = 3
_MOST_TOLD = 10


def seal_book(desk: Desk) -> str:
    """定稿: a sealed workbook beside this one; the problems on 检查 where something is unsettled."""
    path = desk.saved_file(LABELS["seal"].label)
    target = unused_name(path.with_name(f"{path.stem} {LABELS['seal'].label}.xlsx"))
    signer = _signer(desk)
    with desk.writing(target.name):
        done = seal(path, target, dt.date.today(), sign=signer, ask_password=desk.ask_password)
    made = done.seal
    if made is None:
        desk.write_problems(done.problems)
        return SAID["not_sealed"].format(problem=first_words(done.problems))
    signed = STATES[SignatureState.UNSIGNED] if made.signature is None else f"签名：{made.signature.name}"
    return SAID["sealed"].format(name=target.name, revision=made.record.revision, signed=signed)


def verify_book(desk: Desk) -> str:
    """复核: whether the file still says what was sealed; the workbook is left as it is."""
    path = desk.saved_file(LABELS["verify"].label)
    trusted = trusted_or_refused()
    with desk.telling("file"):
        found = verify(path, trusted, ask_password=desk.ask_password)
    if found.seal is None or not found.passed:
        told = [problem_words(problem) for problem in found.problems if problem.is_error]
        return SAID["not_verified"].format(problem="\n".join(told[:_MOST_TOLD]))
    record = found.seal.record
    state = STATES[found.state] + (f"：{found.signer}" if found.signer else "")
    return SAID["verified"].format(unit=record.unit, period=record.period, revision=record.revision, state=state)


def trusted_or_refused() -> tuple[TrustedKey, ...]:
    """Whose signatures count. Raises Refusal where the list cannot be read."""
    try:
        return trusted_keys()
    except KeyFileError as error:
        raise Refusal(SAID["keys"].format(reason=error)) from error


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
