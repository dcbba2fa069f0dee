"""The menu 服务明星 in a window, opened with the mouse; what it says is read where a person reads it."""

import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from addin.libreoffice.office import Office
from tests.addin.office.documents import opened
from tests.addin.office.screen import Screen, all_within, screen, top_windows, until
from tests.addin.test_workbook_path import CASES, ranked
from tests.libreoffice import find, running
from workbook_templates.layout import SHEET

pytestmark = pytest.mark.libreoffice

CASE = next(case for case in CASES if case.name == "plain-month-of-one-outlet")
TITLE = "服务明星"
_CLICKS = 4


def named(window: Any, name: str) -> Any | None:
    """The first thing in a window whose name begins so."""
    return next((each for each in all_within(window) if each.getAccessibleName().startswith(name)), None)


def open_menu(office: Office, seen: Screen, window: Any) -> list[str]:
    """Click on the menu's title; the entries' names, once the menu lies open and has given each its letter.

    A window that is just being drawn misses a click.
    """
    title = until(lambda: named(window, TITLE), "the menu's title")

    def lies_open() -> list[str] | None:
        children = (title.getAccessibleChild(n) for n in range(title.getAccessibleChildCount()))
        names = [child.getAccessibleContext().getAccessibleName() for child in children]
        has_letters = all(name.endswith(")") for name in names if name)
        return names if has_letters and None in top_windows(office) else None

    for _ in range(_CLICKS):
        seen.click(title)
        with suppress(AssertionError):
            return until(lies_open, "the open menu", 8)
    raise AssertionError("the menu did not open")


def test_clicked_it_reckons_and_says_so(profile: Path, tmp_path: Path) -> None:
    program = find()
    assert program is not None
    path = Path(shutil.move(ranked(CASE, tmp_path)[0], tmp_path / "东风路 支行.xlsx"))
    with screen() as seen, running(program, profile, display=seen.display) as office:
        book = opened(office, path, hidden=False)
        window = book.api.CurrentController.Frame.ContainerWindow
        window.setPosSize(0, 0, 1280, 800, 15)
        until(lambda: named(window, SHEET.settings), "the sheets")
        seen.click(window.getAccessibleContext())  # into the sheet: there is no window manager to give it the keys
        time.sleep(1)
        entry = next(name for name in open_menu(office, seen, window) if name.startswith("计算"))
        time.sleep(1)
        seen.press(entry[-2].lower())  # 计算(D)
        box = until(
            lambda: next((each for each in top_windows(office) if named(each, TITLE) and named(each, "OK")), None),
            "the closing sentence",
        )
        assert named(box, "计算完成：没有错误和提醒。入选 1 名。") is not None
        seen.click(named(box, "OK"))
        assert book.sheets.active.name == SHEET.winners
        assert book.sheets[SHEET.winners].range("B5:E5").value == ["K1003", "张晓敏", 92.07, 1]
