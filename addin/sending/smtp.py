"""Sending by SMTP: encrypted always, and never leaving open whether it was sent without saying so."""

from __future__ import annotations

import base64
import re
import smtplib
import ssl
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage

from addin.sending.messages import SAID
from addin.sending.sent_log import State

__all__ = ["Login", "Outcome", "Server", "send_by_smtp"]

_TLS_PORT = 465
_SECONDS = 60
_OK, _GO_AHEAD, _LOGGED_IN = 250, 354, 235
_LINE_DOT = re.compile(rb"(?m)^\.")
_TAKEN = (_OK, 251, 252)


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server. On port 465 the connection is encrypted from the start, on any other by STARTTLS."""

    host: str
    port: int
    ca: str = ""
    """A file of certificates to trust besides the system's."""


@dataclass(frozen=True, slots=True)
class Login:
    """Who sends; the password is never written anywhere."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mail to one recipient, in a word and for people."""

    state: State
    said: str


class _NotSentError(Exception):
    """The mail was surely not sent."""


def send_by_smtp(
    message: EmailMessage, sender: str, recipients: Sequence[str], server: Server, login: Login | None
) -> Mapping[str, Outcome]:
    """Send a mail; returns what became of it for each recipient. Never raises for what the server does.

    A recipient that the server refuses does not keep the others from getting it. Where the connection breaks before
    the whole mail was handed over it was not sent; where it breaks after that, before the server has said that it
    took it, nobody knows.
    """
    try:
        smtp = _connected(server)
        try:
            if login is not None:
                _log_in(smtp, login, server)
            return _handed_over(smtp, message.as_bytes(), sender, recipients)
        finally:
            with suppress(smtplib.SMTPException, OSError):  # the mail is sent by now, or not
                smtp.quit()
    except _NotSentError as failed:
        return dict.fromkeys(recipients, Outcome(State.NOT_SENT, str(failed)))
    except (smtplib.SMTPException, OSError) as failed:
        return dict.fromkeys(recipients, Outcome(State.NOT_SENT, SAID["broken"].format(reason=_reason(failed))))


def _connected(server: Server) -> smtplib.SMTP:
    """A connection that is encrypted."""
    where = {"host": server.host, "port": server.port}
    try:
        context = ssl.create_default_context()
        if server.ca:
            context.load_verify_locations(server.ca)
        if server.port == _TLS_PORT:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=_SECONDS, context=context)
            smtp.ehlo_or_helo_if_needed()
            return smtp
        smtp = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
        smtp.ehlo_or_helo_if_needed()
        if not smtp.has_extn("starttls"):
            smtp.close()
            raise _NotSentError(SAID["no_tls"].format(**where))
        smtp.starttls(context=context)
        smtp.ehlo()
    except ssl.SSLCertVerificationError as failed:
        raise _NotSentError(SAID["certificate"].format(**where, reason=failed.verify_message)) from failed
    except (smtplib.SMTPException, OSError) as failed:
        raise _NotSentError(SAID["connect"].format(**where, reason=_reason(failed))) from failed
    return smtp


def _log_in(smtp: smtplib.SMTP, login: Login, server: Server) -> None:
    try:
        if (login.user + login.password).isascii():
            smtp.login(login.user, login.password)
        else:
            _log_in_with_utf8(smtp, login)
    except smtplib.SMTPNotSupportedError as failed:
        raise _NotSentError(SAID["no_login"].format(host=server.host)) from failed
    except smtplib.SMTPResponseException as failed:
        raise _NotSentError(SAID["login"].format(user=login.user, reason=_reason(failed))) from failed


def _log_in_with_utf8(smtp: smtplib.SMTP, login: Login) -> None:
    """AUTH PLAIN as RFC 4616 has it; smtplib knows ASCII only."""
    if "PLAIN" not in smtp.esmtp_features.get("auth", "").split():
        raise smtplib.SMTPNotSupportedError
    words = base64.b64encode(f"\0{login.user}\0{login.password}".encode()).decode()
    code, answer = smtp.docmd("AUTH", f"PLAIN {words}")
    if code != _LOGGED_IN:
        raise smtplib.SMTPAuthenticationError(code, answer)


def _handed_over(smtp: smtplib.SMTP, content: bytes, sender: str, recipients: Sequence[str]) -> dict[str, Outcome]:
    """Sender, recipients, mail: the three steps of a transaction."""
    limit = int(smtp.esmtp_features.get("size") or 0)
    if 0 < limit < len(content):
        size = {"size": f"{len(content) / 1e6:.1f}", "limit": f"{limit / 1e6:.1f}"}
        raise _NotSentError(SAID["too_large"].format(**size))
    code, answer = smtp.mail(sender, [f"size={len(content)}"] if smtp.has_extn("size") else [])
    if code != _OK:
        raise _NotSentError(SAID["sender"].format(sender=sender, reason=_answer(code, answer)))
    outcomes: dict[str, Outcome] = {}
    for recipient in recipients:
        code, answer = smtp.rcpt(recipient)
        if code not in _TAKEN:
            outcomes[recipient] = Outcome(State.NOT_SENT, SAID["refused"].format(reason=_answer(code, answer)))
    taken = [recipient for recipient in recipients if recipient not in outcomes]
    if not taken:
        smtp.rset()
        return outcomes
    return outcomes | dict.fromkeys(taken, _content(smtp, content))


def _content(smtp: smtplib.SMTP, content: bytes) -> Outcome:
    code, answer = smtp.docmd("DATA")
    if code != _GO_AHEAD:
        return Outcome(State.NOT_SENT, SAID["not_taken"].format(reason=_answer(code, answer)))
    # Not smtplib's data(): it does not tell a connection that broke while sending from one that broke afterwards.
    smtp.send(_LINE_DOT.sub(b"..", content) + b".\r\n")
    try:
        code, answer = smtp.getreply()
    except (smtplib.SMTPException, OSError):
        return Outcome(State.UNKNOWN, SAID["unknown"])
    if code != _OK:
        return Outcome(State.NOT_SENT, SAID["not_taken"].format(reason=_answer(code, answer)))
    return Outcome(State.SENT, SAID["sent"])


def _answer(code: int, answer: bytes) -> str:
    return f"{code} {answer.decode('utf-8', 'replace')}"


def _reason(failed: Exception) -> str:
    if isinstance(failed, smtplib.SMTPResponseException):
        answer = failed.smtp_error
        return _answer(failed.smtp_code, answer if isinstance(answer, bytes) else str(answer).encode())
    return getattr(failed, "strerror", None) or str(failed)
