"""The user's own settings folder."""

from __future__ import annotations

import os
from pathlib import Path

import typer

__all__ = ["home"]


def home() -> Path:
    """Where keys, remembered answers and the log of sent mail lie: ``STARSCORE_HOME``, else the system's place."""
    return Path(os.environ.get("STARSCORE_HOME") or typer.get_app_dir("StarScore"))
