"""What is sent: a workbook, what its seal says, and why one had better not send it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from addin.parsing.values import plain_text
from addin.protected import AskPassword
from addin.sealing.verify import verify
from addin.sending.messages import MAIL, warning
from calc.period import period_label
from calc.problem import Problem

__all__ = ["Parcel", "parcel_of"]


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file with the words that go with it."""

    path: Path
    content: bytes
    subject: str
    text: str
    digest: str
    """Of the seal; of the file where there is none. With the recipient it tells whether this was sent before."""
    problems: tuple[Problem, ...] = ()
    """Why one had better not send it; nothing for a sealed workbook that verifies."""

    @property
    def name(self) -> str:
        """The file's name, which the recipient sees."""
        return self.path.name


def parcel_of(path: Path, ask_password: AskPassword = lambda: None) -> Parcel:
    """Read and verify a workbook that is to be sent. Raises OSError where the file cannot be read."""
    content = path.read_bytes()
    verified = verify(path, ask_password=ask_password)
    if verified.seal is None:
        why = warning(path.name, "unsealed", name=path.name)
        subject, text = (MAIL[f"{part}_unsealed"].format(name=path.name) for part in ("subject", "text"))
        return Parcel(path, content, subject, text, hashlib.sha256(content).hexdigest(), (why,))
    record = verified.seal.record
    told = {
        "unit": plain_text(record.unit),
        "period": period_label(record.period),
        "title": record.scheme if verified.scheme is None else verified.scheme.title,
        "revision": record.revision,
        "sealed_on": record.sealed_on,
        "digest": verified.seal.digest,
    }
    first = next((problem for problem in verified.problems if problem.is_error), None)
    why_not = () if first is None else (warning(path.name, "not_verified", name=path.name, first=first.message),)
    subject = " ".join(MAIL["subject"].format(**told).splitlines())
    return Parcel(path, content, subject, MAIL["text"].format(**told), verified.seal.digest, why_not)
