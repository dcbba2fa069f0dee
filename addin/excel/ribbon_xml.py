"""The add-in's ribbon: a button for each action, in the groups and with the words of :mod:`addin.live.labels`."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from addin.live.labels import GROUPS, LABELS, Label

__all__ = ["INFORMATION", "ribbon_xml"]

INFORMATION: dict[str, Label] = {
    "functionsHelp": Label("函数说明", "help", "列出 STARSCORE 等函数及其参数。"),
    "version": Label("版本", "help", "显示加载项的版本。"),
}
"""Buttons that need no workbook, after the actions of their group."""

_TAB = "服务明星"
_CALLBACK = "StarRibbon.OnButton"
_IMAGES = {
    "new": "FileNew",
    "new_scheme": "TableInsert",
    "import_roster": "DistributionListSelectMembers",
    "check": "DataValidation",
    "compute": "CalculateNow",
    "monthly": "CalendarInsert",
    "quarterly": "ChartInsert",
    "winners": "AcceptInvitation",
    "annual": "HappyFace",
    "notice": "CreateReport",
    "forms": "ViewForm",
    "print_all": "FilePrint",
    "seal": "Lock",
    "verify": "FileCheckIn",
    "send": "FileSendAsAttachment",
    "merge": "AutoSum",
    "why": "Help",
    "diagnose": "ErrorChecking",
    "functionsHelp": "FunctionWizard",
    "version": "Info",
}
"""By button one of Office's own pictures."""


def ribbon_xml() -> str:
    """The part ``customUI14.xml``."""
    groups = "".join(
        f'        <group id="{group}" label={quoteattr(title)}>\n{"".join(_buttons(group))}        </group>\n'
        for group, title in GROUPS.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui">\n  <ribbon>\n    <tabs>\n'
        f'      <tab id="starScore" label={quoteattr(_TAB)}>\n{groups}      </tab>\n'
        "    </tabs>\n  </ribbon>\n</customUI>\n"
    )


def _buttons(group: str) -> Iterator[str]:
    for name, each in (LABELS | INFORMATION).items():
        if each.group == group:
            yield (
                f'          <button id="{name}" label={quoteattr(each.label)} size="large" imageMso="{_IMAGES[name]}"\n'
                f'            onAction="{_CALLBACK}" screentip={quoteattr(each.label)}'
                f" supertip={quoteattr(each.supertip)}/>\n"
            )
