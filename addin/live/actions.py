"""What each button of the ribbon, and each item of LibreOffice's menu, does in the open workbook."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

import xlwings

from addin.fault_log import told_fault
from addin.live import documents, explaining, head_office, preparing, results, sealing
from addin.live.asking import Ask, Nobody
from addin.live.desk import Desk, Refusal
from addin.live.host import host_of
from addin.live.texts import SAID

__all__ = ["ACTIONS", "run"]


ACTIONS: Mapping[str, Callable[[Desk], str]] = {
    "new": preparing.new,
    "new_scheme": preparing.new_scheme,
    "import_roster": preparing.import_roster,
    "check": results.check,
    "compute": results.compute,
    "monthly": results.monthly,
    "quarterly": results.quarterly,
    "winners": results.winners,
    "annual": results.annual,
    "notice": documents.notice,
    "forms": documents.forms,
    "print_all": documents.print_all,
    "seal": sealing.seal_book,
    "verify": sealing.verify_book,
    "send": head_office.send,
    "merge": head_office.merge_folder,
    "why": explaining.why,
    "diagnose": explaining.diagnose,
}
"""By id, in the order of the ribbon; each gives its closing sentence."""

_at_work = threading.Lock()


def run(action: str, book: xlwings.Book | None, ask: Ask | None = None) -> str:
    """Do an action in a workbook and give the sentence to show at its end. Never raises.

    ``ask`` puts questions to the person who clicked; without it nobody answers. A second click while the first is
    worked on does nothing but say so. A fault of ours is logged and told.
    """
    if action not in ACTIONS:
        return SAID["unknown"].format(action=action)
    if book is None:
        return SAID["no_book"]
    if not _at_work.acquire(blocking=False):
        return SAID["busy"]
    try:
        return _done(action, book, ask or Nobody())
    finally:
        _at_work.release()


def _done(action: str, book: xlwings.Book, ask: Ask) -> str:
    host = None
    try:
        host = host_of(book)
        desk = Desk(book, host, ask)
        return "\n".join([ACTIONS[action](desk), *desk.remarks])
    except Refusal as refusal:
        return str(refusal)
    except Exception as fault:
        if host is not None and host.is_busy(fault):
            return SAID["editing"]
        return told_fault(fault, f"action {action}")
