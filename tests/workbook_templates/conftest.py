"""The results that several test modules look at, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbook_templates.made import every_result


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return by short id a result workbook of each scheme."""
    return every_result(tmp_path_factory.mktemp("演示"))
