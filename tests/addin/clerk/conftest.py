"""The result that the spoiled workbooks are held against."""

from __future__ import annotations

import pytest

from calc.result import Result
from tests.addin.clerk.book import CLEAN
from tests.addin.clerk.outcome import ranked


@pytest.fixture(scope="package")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """The result of the clean file."""
    result = ranked(CLEAN, tmp_path_factory.mktemp("clean")).result
    assert result is not None
    return result
