"""What the tests of sending share: a sealed workbook, and it as a parcel."""

from pathlib import Path

import pytest

from addin.sending.parcel import Parcel, parcel_of
from tests.addin.sealing.making import sealed


@pytest.fixture(scope="session")
def final(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed workbook with a Chinese name that is long and has a space."""
    path = sealed(tmp_path_factory.mktemp("定稿"))
    return path.rename(path.with_name("东风路支行 2026年9月 月度服务明星（柜员）评选结果定稿，第一版.xlsx"))


@pytest.fixture
def parcel(final: Path) -> Parcel:
    return parcel_of(final)
