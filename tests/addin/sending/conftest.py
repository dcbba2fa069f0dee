"""What the tests of sending share: a settings folder of their own, and a parcel."""

from pathlib import Path

import keyring
import pytest
from keyring.backends import fail

from addin.sending.parcel import Parcel, parcel_of
from tests.addin.sealing.making import sealed


@pytest.fixture(autouse=True)
def settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path_factory.mktemp("settings")
    monkeypatch.setenv("STARSCORE_HOME", str(place))
    keyring.set_keyring(fail.Keyring())  # never the developer's own
    return place


@pytest.fixture(scope="session")
def final(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed workbook with a Chinese name that is long and has a space."""
    path = sealed(tmp_path_factory.mktemp("定稿"))
    return path.rename(path.with_name("东风路支行 2026年9月 月度服务明星（柜员）评选结果定稿，第一版.xlsx"))


@pytest.fixture
def parcel(final: Path) -> Parcel:
    return parcel_of(final)
