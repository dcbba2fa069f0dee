"""What all tests share: a real LibreOffice and a Windows under Wine, which CI may not do without."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator

import pytest

from tests import libreoffice, wine

HOSTS: dict[str, tuple[str, Callable[[], str | None]]] = {
    "libreoffice": ("soffice", libreoffice.find),
    "wine": ("windows", wine.program),
}
"""Marker → the fixture that gives the host, and what finds its program."""


def in_ci() -> bool:
    """Tell whether a test that cannot run is a failure."""
    return bool(os.environ.get("CI"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that takes the fixture of a host."""
    for item in items:
        for marker, (fixture, _) in HOSTS.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose host is not there; the report makes a failure of that in CI."""
    for marker, (_, find) in HOSTS.items():
        if item.get_closest_marker(marker) and find() is None:
            pytest.skip(f"no {marker} found")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a test that needs a host and skips, for whatever reason, has failed."""
    report = yield
    needed = [marker for marker in HOSTS if item.get_closest_marker(marker)]
    if report.skipped and not hasattr(report, "wasxfail") and in_ci() and needed:
        reason = call.excinfo.value if call.excinfo else "skipped"
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} needs {' and '.join(needed)} and may not skip where CI is set: {reason}"
    return report


@pytest.fixture(scope="session")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> libreoffice.LibreOffice:
    """Return the LibreOffice of this test process; under pytest-xdist each worker has one, with its own profile."""
    program = libreoffice.find()
    if program is None:
        pytest.skip("no LibreOffice found")
    return libreoffice.LibreOffice(program, tmp_path_factory.mktemp("libreoffice"))


@pytest.fixture(scope="module")
def windows() -> Generator[wine.Wine]:
    """Give a module the Windows with Python, prepared once per machine; in CI it is prepared here.

    Under pytest-xdist the workers take turns: there is but one.
    """
    place = wine.Wine(wine.folder())
    with place.held():
        if not place.is_ready and in_ci():
            place.prepare()
        if not place.is_ready:
            pytest.skip("not prepared: python -m tests.wine")
        yield place
