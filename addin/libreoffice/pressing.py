"""An entry of LibreOffice's menu, pressed: the action, on the document that the extension hands over."""

from __future__ import annotations

from addin.libreoffice.asking import AskInOffice
from addin.libreoffice.engine import book_of
from addin.libreoffice.office import Office
from addin.live.actions import run

__all__ = ["press"]


def press(action: str, office: Office) -> str:
    """Do the action and give the sentence that says how it ended."""
    document = office.first
    return run(action, book_of(office, document), AskInOffice(office, document))
