"""Windows that say something or ask something, over the document's own."""

from __future__ import annotations

from typing import Any

import uno

__all__ = ["tell"]

_TITLE = "服务明星"


def tell(context: Any, document: Any, text: str) -> None:
    """Show a sentence; where LibreOffice has no window, nobody would close it, so nothing is shown."""
    window = document.CurrentController.Frame.ContainerWindow
    if not window.isVisible():
        return
    toolkit = context.ServiceManager.createInstanceWithContext("com.sun.star.awt.Toolkit", context)
    kind, button = uno.Enum("com.sun.star.awt.MessageBoxType", "INFOBOX"), 1
    box = toolkit.createMessageBox(window, kind, button, _TITLE, text)
    box.execute()
    box.dispose()
