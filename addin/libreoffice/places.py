"""Where LibreOffice and its user's profile lie on this machine."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

__all__ = ["default_profile", "find_program", "variables"]


def find_program() -> Path | None:
    """LibreOffice's program: on the PATH, or where the installers of Windows and macOS put it."""
    places = [shutil.which("soffice"), shutil.which("libreoffice")]
    if os.name == "nt":  # .com waits for the end and writes to the console, .exe does neither
        for variable in ("ProgramW6432", "ProgramFiles", "ProgramFiles(x86)"):
            if folder := os.environ.get(variable):
                places.append(str(Path(folder, "LibreOffice", "program", "soffice.com")))
    if sys.platform == "darwin":
        for applications in (Path("/Applications"), Path.home() / "Applications"):
            places.append(str(applications / "LibreOffice.app/Contents/MacOS/soffice"))
    return next((Path(place) for place in places if place and Path(place).is_file()), None)


def default_profile() -> Path:
    """The folder that LibreOffice calls UserInstallation, of this user."""
    if os.name == "nt":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "LibreOffice" / "4"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "LibreOffice" / "4"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "libreoffice" / "4"


def variables() -> dict[str, str]:
    """The environment to start LibreOffice in: none of another Python's settings.

    The Python within a LibreOffice of the system looks for its library beside the first ``python3`` on the PATH, and
    fails with that of another version or of a virtual environment.
    """
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYENV", "VIRTUAL_ENV"))
    }
    return kept if os.name == "nt" else kept | {"PATH": os.defpath}
