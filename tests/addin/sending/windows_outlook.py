"""Runs on Windows: a draft in what stands in for Outlook, a COM server in a process of its own as Outlook is.

    python windows_outlook.py WORKBOOK

prints as JSON what the stand-in was told, then what is said where there is no such program.
"""

import json
import sys
import tempfile
from pathlib import Path

import pythoncom
import win32com.server.register
from win32com.server.util import wrap

PROGRAM = "StarScore.StandInForOutlook"
TOLD = Path(tempfile.gettempdir()) / "starscore-outlook.json"


class Attachments:
    _public_methods_ = ("Add",)

    def __init__(self):
        self.paths = []

    def Add(self, path):  # noqa: N802
        self.paths.append(path)


class Mail:
    _public_methods_ = ("Save", "Display")
    _public_attrs_ = ("To", "Subject", "Body", "Attachments", "EntryID")

    def __init__(self, kind):
        self.kind, self.steps, self.attached = kind, [], Attachments()
        self.Attachments = wrap(self.attached)
        self.EntryID = ""

    def Save(self):  # noqa: N802
        self.steps.append("save")
        self.EntryID = "0000001A"

    def Display(self):  # noqa: N802
        self.steps.append("display")
        told = {"kind": self.kind, "to": self.To, "subject": self.Subject, "body": self.Body, "steps": self.steps,
                "attached": self.attached.paths}  # fmt: skip
        TOLD.write_text(json.dumps(told), "utf-8")


class Outlook:
    _reg_clsid_ = "{7D1B4E0C-5A59-4D0B-9C7E-5C0F3B1D9A11}"
    _reg_progid_ = PROGRAM
    _reg_desc_ = "stands in for Outlook"
    _reg_clsctx_ = pythoncom.CLSCTX_LOCAL_SERVER
    _public_methods_ = ("CreateItem",)

    def CreateItem(self, kind):  # noqa: N802
        return wrap(Mail(kind))


def main():
    from addin.sending.outlook import OutlookError, draft_in_outlook
    from addin.sending.parcel import parcel_of

    parcel = parcel_of(Path(sys.argv[1]))
    win32com.server.register.RegisterClasses(Outlook, quiet=True)
    try:
        identity = draft_in_outlook(parcel, ["hq@bank.cn", "总行 <copy@bank.cn>"], PROGRAM)
    finally:
        win32com.server.register.UnregisterClasses(Outlook, quiet=True)
    told = json.loads(TOLD.read_text("utf-8"))
    TOLD.unlink()
    try:
        draft_in_outlook(parcel, ["hq@bank.cn"], "StarScore.NoSuchProgram")
    except OutlookError as failed:
        refused = str(failed)
    print(json.dumps({**told, "id": identity, "refused": refused}))


if __name__ == "__main__":
    main()
