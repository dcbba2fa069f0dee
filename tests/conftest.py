"""What all tests share: a real LibreOffice, which CI may not do without."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest

from tests import libreoffice


def in_ci() -> bool:
    """Tell whether a test that cannot run is a failure."""
    return bool(os.environ.get("CI"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that takes the fixture ``soffice``."""
    for item in items:
        if "soffice" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.libreoffice)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test marked ``libreoffice`` where there is none; the report makes a failure of that in CI."""
    if item.get_closest_marker("libreoffice") and libreoffice.find() is None:
        pytest.skip("no LibreOffice found")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a test marked ``libreoffice`` that skips, for whatever reason, has failed."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and in_ci() and item.get_closest_marker("libreoffice"):
        reason = call.excinfo.value if call.excinfo else "skipped"
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} needs LibreOffice and may not skip where CI is set: {reason}"
    return report


@pytest.fixture(scope="session")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> libreoffice.LibreOffice:
    """Return the LibreOffice of this test process; under pytest-xdist each worker has one, with its own profile."""
    program = libreoffice.find()
    if program is None:
        pytest.skip("no LibreOffice found")
    return libreoffice.LibreOffice(program, tmp_path_factory.mktemp("libreoffice"))
