"""Ed25519 signatures over the digest of a seal."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # slow to import, and most commands do without
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

__all__ = ["Signature", "fingerprint", "is_genuine", "is_key", "public_key", "sign"]

_CONTEXT = "starscore-seal 1"
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, with which public key, and the signature itself; keys and signatures in base64."""

    name: str
    """As the signer calls himself; the list of trusted keys has the name to believe."""
    key: str
    value: str


def sign(private: Ed25519PrivateKey, name: str, digest: str) -> Signature:
    """Sign a digest under a name."""
    return Signature(name, public_key(private), _base64(private.sign(_message(name, digest))))


def public_key(private: Ed25519PrivateKey) -> str:
    """The public key in base64."""
    return _base64(private.public_key().public_bytes_raw())


def is_genuine(signature: Signature, digest: str) -> bool:
    """Whether the holder of the key signed this digest under this name."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(signature.key, validate=True))
        public.verify(base64.b64decode(signature.value, validate=True), _message(signature.name, digest))
    except (InvalidSignature, ValueError):
        return False
    return True


def is_key(text: str) -> bool:
    """Whether a text can be a public key."""
    try:
        return len(base64.b64decode(text, validate=True)) == _KEY_BYTES
    except (binascii.Error, ValueError):
        return False


def fingerprint(key: str) -> str:
    """A public key's fingerprint in groups of four, short enough to be compared over the telephone."""
    mark = hashlib.sha256(key.encode()).hexdigest()[:20]
    return "-".join(mark[n : n + 4] for n in range(0, len(mark), 4))


def _message(name: str, digest: str) -> bytes:
    return f"{_CONTEXT}\n{digest}\n{name}".encode()


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
