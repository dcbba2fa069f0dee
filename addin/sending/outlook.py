"""A draft in Outlook, through COM. Windows only; everything that touches COM is in here."""

from __future__ import annotations

from collections.abc import Sequence

from addin.sending.parcel import Parcel

__all__ = ["OutlookError", "draft_in_outlook"]

_MAIL_ITEM = 0
_PROGRAM = "Outlook.Application"


class OutlookError(Exception):
    """Outlook is not there, or does not do it; ``str()`` says why."""


def draft_in_outlook(parcel: Parcel, to: Sequence[str], program: str = _PROGRAM) -> str:
    """Open a draft with the workbook attached, for the user to look at and send; returns Outlook's id of it.

    ``program`` is the COM name of Outlook, or of what stands in for it in tests. Raises OutlookError.
    """
    try:
        import pywintypes  # noqa: PLC0415 (on Windows only)
        import win32com.client  # noqa: PLC0415
    except ImportError as failed:
        raise OutlookError(str(failed)) from failed
    try:
        mail = win32com.client.Dispatch(program).CreateItem(_MAIL_ITEM)
        mail.To = "; ".join(to)
        mail.Subject = parcel.subject
        mail.Body = parcel.text
        mail.Attachments.Add(str(parcel.path.resolve()))
        mail.Save()
        mail.Display()
        return str(mail.EntryID)
    except pywintypes.com_error as failed:
        raise OutlookError(str(failed)) from failed
