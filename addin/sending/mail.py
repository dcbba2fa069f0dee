"""The mail as RFC 5322 has it, with names and subject in Chinese as RFC 2047 and 2231 write them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr

from addin.sending.parcel import Parcel

__all__ = ["address", "mail", "message_id"]

_MEDIA = {
    ".xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".xlsm": ("application", "vnd.ms-excel.sheet.macroEnabled.12"),
}


def address(text: str) -> Address | None:
    """An address, ``a@b.c`` or ``某人 <a@b.c>``; None for what is none, or one that not every server takes."""
    name, spec = parseaddr(text) if text.isprintable() else ("", "")
    try:
        found = Address(name, addr_spec=spec)
    except (ValueError, IndexError):
        return None
    return found if found.username and "." in found.domain and spec.isascii() else None


def message_id(digest: str, recipients: Sequence[str]) -> str:
    """The same for the same workbook and recipients, so that a mail that comes twice after all is known for one."""
    to = hashlib.sha256("\n".join(sorted(each.lower() for each in recipients)).encode()).hexdigest()
    return f"<{digest[:24]}.{to[:12]}@starscore.invalid>"


def mail(
    parcel: Parcel, to: Sequence[Address], sender: Address | None, written: dt.datetime, *, draft: bool = False
) -> EmailMessage:
    """The mail with the workbook attached. A ``draft`` is marked as one that was not sent (``X-Unsent: 1``): mail
    programs open it for editing.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = parcel.subject
    if sender is not None:
        message["From"] = sender
    message["To"] = tuple(to)
    message["Date"] = written
    message["Message-ID"] = message_id(parcel.digest, [each.addr_spec for each in to])
    if draft:
        message["X-Unsent"] = "1"
    message.set_content(parcel.text, charset="utf-8", cte="base64")
    main, sub = _MEDIA.get(parcel.path.suffix.lower(), ("application", "octet-stream"))
    message.add_attachment(parcel.content, maintype=main, subtype=sub, filename=parcel.name)
    return message
