"""A real mail server on this machine, with STARTTLS and login, that can be told to misbehave."""

from __future__ import annotations

import asyncio
import datetime as dt
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from addin.sending.smtp import Server

USER, PASSWORD = "郑东", "密码 1"
REFUSED = "nobody@bank.cn"


@dataclass
class MailServer:
    """Where it listens, and what it got."""

    server: Server
    got: list[Envelope] = field(default_factory=list)
    """The mails that it took."""


class _Handler:
    """Takes mails, but for one recipient; ``fault`` is what it does wrong."""

    def __init__(self, got: list[Envelope], fault: str) -> None:
        self._got = got
        self._fault = fault

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if address == REFUSED:
            return "550 5.1.1 no such user"
        if self._fault == "drops before the mail":
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self._fault == "full":
            return "452 4.3.1 no space left"
        self._got.append(envelope)
        if self._fault == "drops after the mail":
            server.transport.abort()
            await asyncio.sleep(0)
        return "250 OK"


class _Dropping(SMTP):
    """Drops the connection as soon as the mail begins to come."""

    async def smtp_DATA(self, _arg: str) -> None:  # noqa: N802
        await self.push("354 go on")
        self.transport.abort()


class _Listener(Controller):
    server_class: type[SMTP] = SMTP

    def factory(self) -> SMTP:
        return self.server_class(self.handler, **self.SMTP_kwargs)


def certificate(folder: Path, name: str = "localhost") -> tuple[ssl.SSLContext, Path]:
    """A certificate that it gave itself, for the server and as a file for who trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    today = dt.datetime.now(dt.UTC)
    names: list[x509.GeneralName] = [x509.DNSName(name), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - dt.timedelta(days=1)).not_valid_after(today + dt.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    public, private = folder / "cert.pem", folder / "key.pem"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ))  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return context, public


def _authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    right = isinstance(data, LoginPassword) and data == LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


@contextmanager
def listening(folder: Path, fault: str = "", *, encrypted: bool = True, limit: int = 0) -> Iterator[MailServer]:
    """A server on a free port of this machine. It takes no mail before STARTTLS and login."""
    context, public = certificate(folder)
    got: list[Envelope] = []
    options: dict[str, Any] = {"data_size_limit": limit} if limit else {}
    if encrypted:
        options |= {
            "tls_context": context, "require_starttls": True,
            "authenticator": _authenticate, "auth_required": True, "auth_require_tls": True,
        }  # fmt: skip
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    listener = _Listener(_Handler(got, fault), hostname="127.0.0.1", port=port, **options)
    if fault == "drops within the mail":
        listener.server_class = _Dropping
    listener.start()
    try:
        yield MailServer(Server("127.0.0.1", port, str(public)), got)
    finally:
        listener.stop()
