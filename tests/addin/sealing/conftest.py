"""A sealed workbook, as good as new: what is tried on it is saved beside it."""

from pathlib import Path

import pytest

from tests.addin.sealing.making import sealed


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sealed(tmp_path_factory.mktemp("定稿"))
