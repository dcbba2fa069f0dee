"""Passwords in the system's own store (Windows Credential Manager, macOS Keychain, Secret Service)."""

from __future__ import annotations

__all__ = ["KeyringError", "keep_password", "kept_password"]

_SERVICE = "StarScore"


class KeyringError(Exception):
    """The system has no place for passwords, or does not open it."""


def kept_password(account: str) -> str | None:
    """The password that the system keeps for an account; None where it keeps none."""
    import keyring  # noqa: PLC0415 (slow to import, and seldom needed)
    from keyring.errors import KeyringError as SystemError_  # noqa: PLC0415

    try:
        return keyring.get_password(_SERVICE, account)
    except (SystemError_, RuntimeError):
        return None


def keep_password(account: str, password: str) -> None:
    """Give a password to the system to keep. Raises KeyringError."""
    import keyring  # noqa: PLC0415
    from keyring.errors import KeyringError as SystemError_  # noqa: PLC0415

    try:
        keyring.set_password(_SERVICE, account, password)
    except (SystemError_, RuntimeError) as failed:
        raise KeyringError(str(failed)) from failed
