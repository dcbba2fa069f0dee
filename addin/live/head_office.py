"""发送总行 and 汇总: a sealed workbook goes to head office, and those that came in become one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.headerregistry import Address

from addin.live.desk import Desk, Refusal, found_words, problem_words
from addin.live.labels import LABELS
from addin.live.sealing import trusted_or_refused
from addin.live.texts import PROGRESS, QUESTIONS, SAID
from addin.merging.book import Merging
from addin.merging.expected import Expected, read_expected
from addin.merging.merge import Wanted, merge
from addin.merging.receive import Trust
from addin.merging.verdicts import Verdict
from addin.merging.workers import local
from addin.sending.mail import address
from addin.sending.parcel import parcel_of
from addin.sending.send import draft
from calc.problem import Problem

__all__ = ["merge_folder", "send"]

_BETWEEN_ADDRESSES = re.compile(r"[;；,，、]")


def send(desk: Desk) -> str:
    """发送总行: a draft with the workbook's file; what is not sealed, or does not verify, only after a warning."""
    path = desk.saved_file(LABELS["send"].label)
    with desk.telling("file"):
        parcel = parcel_of(path, desk.ask_password)
    for problem in parcel.problems:
        if not desk.ask.confirm(QUESTIONS["send_anyway"].format(problem=problem.message)):
            raise Refusal(SAID["not_sent"].format(problem=problem.message))
    recipients = _recipients(desk)
    with desk.writing():
        made = draft(parcel, recipients)
    return SAID["drafted"].format(said=made.said)


def _recipients(desk: Desk) -> Sequence[Address]:
    """To whom it goes. Raises Refusal."""
    text = desk.ask.text(QUESTIONS["recipients"])
    words = [word.strip() for word in _BETWEEN_ADDRESSES.split(text or "") if word.strip()]
    if not words:
        raise Refusal(SAID["cancelled"])
    found = {word: address(word) for word in words}
    wrong = [word for word, each in found.items() if each is None]
    if wrong:
        raise Refusal(SAID["no_address"].format(text="、".join(wrong)))
    return [each for each in found.values() if each is not None]


def merge_folder(desk: Desk) -> str:
    """汇总: the workbooks of a folder into one beside, which is opened; a later merging of the same folder goes on
    where it stopped.
    """
    folder = desk.ask_folder("received")
    expected, problems = _expected(desk)
    out = desk.ask_folder("merged") / SAID["merged_name"].format(folder=folder.name)
    if any(book.name == out.name for book in desk.book.app.books):  # wherever: no program opens two of a name
        raise Refusal(SAID["merged_open"].format(name=out.name))
    wanted = Wanted(expected, trust=Trust(trusted_or_refused()))

    def tell(done: int, of: int) -> None:
        desk.book.app.status_bar = PROGRESS["merge"].format(done=done, of=of)

    with desk.writing(out.name):
        merging = merge(folder, out, local(), wanted, tell)
    desk.open(out)
    said = SAID["merged"].format(name=out.name, outcome=_outcome(merging, problems))
    return "\n".join([said, *map(problem_words, problems[:1])])  # the workbook tells of the files, not of the list


def _expected(desk: Desk) -> tuple[Sequence[Expected] | None, tuple[Problem, ...]]:
    """Who should send, from a list; None where the person has none."""
    path = desk.ask.file(QUESTIONS["expected"], (".csv",))
    return (None, ()) if path is None else read_expected(path)


def _outcome(merging: Merging, problems: Sequence[Problem]) -> str:
    counted = sum(1 for verdict in merging.judgement.verdicts.values() if verdict is Verdict.COUNTED)
    told = [SAID["received"].format(files=len(merging.arrivals), counted=counted)]
    if merging.listed:
        told.append(SAID["missing"].format(n=len(merging.judgement.missing)))
    return "，".join([*told, found_words([*merging.problems, *problems])])
