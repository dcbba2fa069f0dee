"""The key that this user signs with, and the keys whose signatures this user trusts."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from addin.home import home
from addin.keyring import keep_password, kept_password
from addin.sealing.signature import fingerprint, is_key, public_key
from workbook_templates.save import save_bytes

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

__all__ = ["KeyFileError", "OwnKey", "TrustedKey", "new_key", "own_key", "read_key_text", "trust",
           "trusted_keys"]  # fmt: skip

_PREFIX = "starscore-key"


class KeyFileError(Exception):
    """A file of keys cannot be read; ``str()`` of it names the file."""


@dataclass(frozen=True, slots=True)
class OwnKey:
    """The user's key: the private part is encrypted with a password."""

    name: str
    key: str
    """The public part, in base64."""
    private: str
    """PKCS8 in PEM, encrypted."""

    @property
    def text(self) -> str:
        """The public part on one line, as others take it: see :func:`read_key_text`."""
        return f"{_PREFIX}:{self.name}:{self.key}"

    def unlocked(self, password: str) -> Ed25519PrivateKey | None:
        """The private part; None for a wrong password."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415
        from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

        try:
            private = load_pem_private_key(self.private.encode(), password.encode())
        except ValueError:
            return None
        return private if isinstance(private, Ed25519PrivateKey) and public_key(private) == self.key else None

    def password_of_system(self) -> str | None:
        """The password that the system's keyring holds for this key; None where it holds none."""
        return kept_password(fingerprint(self.key))


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A public key and whose it is. A revoked one is kept, so that its signatures can be told."""

    name: str
    key: str
    revoked: bool = False


def new_key(name: str, password: str | None) -> OwnKey:
    """Make a key, store it in place of any before, and trust it.

    Without a password a random one is made and given to the system's keyring; raises KeyringError where there is none.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415
        BestAvailableEncryption,
        Encoding,
        PrivateFormat,
    )

    private = Ed25519PrivateKey.generate()
    secret = password or secrets.token_urlsafe(32)
    encrypted = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(secret.encode()))
    made = OwnKey(name, public_key(private), encrypted.decode())
    if password is None:
        keep_password(fingerprint(made.key), secret)
    _write(_own_path(), asdict(made))
    trust(made.name, made.key)
    return made


def own_key() -> OwnKey | None:
    """The user's key; None where there is none yet. Raises KeyFileError."""
    content = _read(_own_path())
    if content is None:
        return None
    try:
        return OwnKey(**content)
    except TypeError as error:
        raise KeyFileError(str(_own_path())) from error


def trusted_keys() -> tuple[TrustedKey, ...]:
    """The keys that the user has said whose they are. Raises KeyFileError."""
    content = _read(_trusted_path())
    try:
        return tuple(TrustedKey(**entry) for entry in content or ())
    except TypeError as error:
        raise KeyFileError(str(_trusted_path())) from error


def trust(name: str, key: str, *, revoked: bool = False) -> Sequence[TrustedKey]:
    """Remember whose a key is, or that it is revoked; a key that was revoked stays so. Raises KeyFileError."""
    known = {each.key: each for each in trusted_keys()}
    before = known.get(key, TrustedKey(name, key))
    known[key] = replace(before, name=name, revoked=revoked or before.revoked)
    _write(_trusted_path(), [asdict(each) for each in known.values()])
    return tuple(known.values())


def read_key_text(text: str) -> tuple[str, str] | None:
    """The name and key of a line that ``starscore key show`` prints; None for anything else."""
    prefix, _, rest = text.strip().partition(":")
    name, _, key = rest.rpartition(":")
    return (name, key) if prefix == _PREFIX and name and is_key(key) else None


def _own_path() -> Path:
    return home() / "signing-key.json"


def _trusted_path() -> Path:
    return home() / "trusted-keys.json"


def _read(path: Path) -> Any:
    """The contents of a file of ours; None where there is none."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise KeyFileError(str(path)) from error


def _write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    save_bytes(json.dumps(content, ensure_ascii=False, indent=2).encode(), path)
    path.chmod(0o600)
