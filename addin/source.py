"""Where our own source lies, for those who start our interpreter."""

from __future__ import annotations

from pathlib import Path

import addin

__all__ = ["source_folder"]


def source_folder(package: str = addin.__file__) -> Path | None:
    """What an interpreter must be told to find us: the folder that we are run from; None where we are installed."""
    folder = Path(package).parents[1]
    return None if "site-packages" in folder.parts else folder
