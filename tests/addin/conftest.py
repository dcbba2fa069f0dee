"""What every test of the add-in has: a settings folder of its own, and no keyring but one that it asks for."""

from __future__ import annotations

from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail


class _Keyring(KeyringBackend):
    """Keeps passwords as long as the test."""

    priority = 1  # type: ignore[assignment]

    def __init__(self, kept: dict[tuple[str, str], str]) -> None:
        super().__init__()
        self._kept = kept

    def get_password(self, service: str, username: str) -> str | None:
        return self._kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._kept[service, username] = password


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of keys and remembered answers, which is not there yet; never the developer's own, nor the keyring."""
    place = tmp_path_factory.mktemp("home") / "设 置"
    monkeypatch.setenv("STARSCORE_HOME", str(place))
    keyring.set_keyring(fail.Keyring())
    return place


@pytest.fixture
def passwords(own_home: Path) -> dict[tuple[str, str], str]:  # noqa: ARG001
    """What the keyring of this test keeps: service and user → password."""
    kept: dict[tuple[str, str], str] = {}
    keyring.set_keyring(_Keyring(kept))
    return kept
