"""LibreOffice in a window: the menu 服务明星 is there and is clicked, says how it ended, and the box is clicked away.

The menu is clicked as a screen reader does it: without a window manager it does not always take the mouse.
"""

import shutil
from pathlib import Path
from typing import Any

import pytest

from addin.live.labels import LABELS
from tests.addin.office.documents import opened
from tests.addin.office.screen import all_within, screen, top_windows, until
from tests.addin.test_workbook_path import CASES, ranked
from tests.libreoffice import find, running
from workbook_templates.layout import SHEET

pytestmark = pytest.mark.libreoffice

CASE = next(case for case in CASES if case.name == "plain-month-of-one-outlet")
TITLE = "服务明星"


def named(window: Any, name: str) -> Any | None:
    """The first thing in a window whose name begins so."""
    return next((each for each in all_within(window) if each.getAccessibleName().startswith(name)), None)


def test_the_menu_reckons_and_says_so(profile: Path, tmp_path: Path) -> None:
    program = find()
    assert program is not None
    path = Path(shutil.move(ranked(CASE, tmp_path)[0], tmp_path / "东风路 支行.xlsx"))
    with screen() as seen, running(program, profile, display=seen.display) as office:
        book = opened(office, path, hidden=False)
        frame = book.api.CurrentController.Frame
        menu = until(lambda: named(frame.ContainerWindow, TITLE), "the menu")
        entries = [menu.getAccessibleChild(n).getAccessibleContext() for n in range(menu.getAccessibleChildCount())]
        names = [entry.getAccessibleName().partition("(")[0] for entry in entries]  # the letter in brackets may follow
        assert [name for name in names if name] == [label.label for label in LABELS.values()]

        compute = next(entry for entry, name in zip(entries, names, strict=True) if name == LABELS["compute"].label)
        compute.doAccessibleAction(0)  # opens the menu and clicks, as the mouse does
        box = until(
            lambda: next((each for each in top_windows(office) if named(each, "计算完成")), None),
            "the closing sentence",
        )
        assert named(box, "计算完成：没有错误和提醒。入选 1 名。") is not None
        seen.click(named(box, "OK"))
        assert book.sheets.active.name == SHEET.winners
        view = book.api.CurrentController
        assert (view.hasFrozenPanes(), view.SplitColumn, view.SplitRow) == (True, 0, 4)  # the headers stay in sight
        assert book.sheets[SHEET.winners].range("B5:E5").value == ["K1003", "张晓敏", 92.07, 1]
