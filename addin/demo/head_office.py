"""The demo's end: a sealed result on its way, and all that were sealed merged by who receives them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from email.headerregistry import Address
from pathlib import Path

from addin.demo.branch import OUTLETS
from addin.demo.sealed import SEALED_ON, SealReport
from addin.merging.book import Merging
from addin.merging.expected import read_expected
from addin.merging.journal import journal_of
from addin.merging.merge import Wanted, merge
from addin.merging.workers import local
from addin.sending.mail import mail
from addin.sending.parcel import parcel_of
from workbook_templates.save import save_bytes

__all__ = ["HeadOfficeReport", "run_head_office_demo"]

_TO = Address("服务明星评选办公室", "fwmx", "bank.example")
_SENT_AT = dt.datetime.combine(SEALED_ON, dt.time(9), dt.timezone(dt.timedelta(hours=8)))


@dataclass(frozen=True, slots=True)
class HeadOfficeReport:
    """The draft of a mail, the merged workbook, and what is in it."""

    draft: Path
    merged: Path
    merging: Merging


def run_head_office_demo(sealed: SealReport) -> HeadOfficeReport:
    """Draft the mail of the first outlet, and merge the folder of sealed results against a list of all outlets."""
    folder = sealed.folder.with_name("汇总")
    folder.mkdir(exist_ok=True)
    first = sealed.sealed[0]
    draft = folder / f"{first.stem}-报送.eml"
    save_bytes(mail(parcel_of(first), [_TO], None, _SENT_AT, draft=True).as_bytes(), draft)
    listed, merged = folder / "应报名单.csv", folder / "汇总.xlsx"
    save_bytes("\r\n".join(["填报单位", *(outlet for outlet, _ in OUTLETS), ""]).encode("utf-8-sig"), listed)
    expected, _ = read_expected(listed)
    merging = merge(sealed.folder, merged, local(), Wanted(expected))
    journal_of(merged).unlink()  # nobody goes on with a demo
    return HeadOfficeReport(draft, merged, merging)
