"""What there is to know of a machine before the add-in can work on it: looked up here, judged by the doctor."""

from __future__ import annotations

import ctypes
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import xlwings

from addin.excel.places import Places

__all__ = ["Machine", "look"]


@dataclass(frozen=True, slots=True)
class Machine:
    """The facts, as found."""

    windows: tuple[int, int, int] | None
    """None: no Windows."""
    excel: str = ""
    """Excel's program; empty where none is registered."""
    add_in: bytes | None = None
    """The add-in in the start folder; None where there is none."""
    config: bool = True
    interpreter: Path | None = None
    """The one that the configuration names."""
    interpreter_exists: bool = True
    dlls_missing: tuple[Path, ...] = ()
    dlls_blocked: tuple[Path, ...] = ()
    downloaded: tuple[Path, ...] = ()
    """Files that Windows has marked as coming from elsewhere."""
    locations_disabled: bool = False
    macros_disabled: bool = False
    not_local: tuple[Path, ...] = ()
    pythonpath: str = ""
    other_xlwings: Path | None = None
    child_error: str = ""
    """Why no process could be started; empty where one could."""
    opens_xlsx: str = ""
    """The registered type that opens .xlsx files."""


def look() -> Machine:
    """Look the facts up on this machine. Nothing is changed; one process is started and ends at once."""
    if sys.platform != "win32":
        return Machine(windows=None)
    places = Places.of(os.environ)
    configured = _configured_interpreter(places.config)
    interpreter = configured or Path(sys.executable)
    dlls = [_dll(interpreter, name) for name in _dll_names()]
    there = [path for path in dlls if path.exists()]
    files = [path for path in (places.add_in, *there) if path.exists()]
    version = sys.getwindowsversion()
    return Machine(
        windows=(version.major, version.minor, version.build),
        excel=_value("HKLM", r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe", ""),
        add_in=places.add_in.read_bytes() if places.add_in.exists() else None,
        config=places.config.exists(),
        interpreter=interpreter,
        interpreter_exists=interpreter.exists(),
        dlls_missing=tuple(path for path in dlls if not path.exists()),
        dlls_blocked=tuple(path for path in there if _is_own_size(path) and not _loads(path)),
        downloaded=tuple(path for path in files if _is_marked(path)),
        locations_disabled=_excel_setting(r"Security\Trusted Locations", "AllLocationsDisabled") == "1",
        macros_disabled=_excel_setting("Security", "VBAWarnings") == "4",
        not_local=tuple(path for path in (places.add_in, interpreter) if not _is_local(path)),
        pythonpath=os.environ.get("PYTHONPATH", ""),
        other_xlwings=_other_xlwings(places.add_in.parent / "xlwings.xlam"),
        child_error=_child_error(interpreter),
        opens_xlsx=_value(
            "HKCU", r"Software\Microsoft\Windows\CurrentVersion\Explorer\FileExts\.xlsx\UserChoice", "ProgId"
        ),
    )


def _configured_interpreter(config: Path) -> Path | None:
    with suppress(OSError, UnicodeDecodeError):
        for line in config.read_text("mbcs").splitlines():
            key, _, value = line.partition(",")
            if key.strip('"') == "INTERPRETER_WIN":
                return Path(value.strip('"'))
    return None


def _dll_names() -> Iterator[str]:
    """Both, as a 64-bit Python may serve a 32-bit Excel."""
    return (f"xlwings{size}-{xlwings.__version__}.dll" for size in (64, 32))


def _dll(interpreter: Path, name: str) -> Path:
    """Where xlwings' runtime finds a DLL: beside the interpreter, or one folder up (of a virtual environment)."""
    beside, above = interpreter.parent / name, interpreter.parents[1] / name
    return above if above.exists() and not beside.exists() else beside


def _is_own_size(path: Path) -> bool:
    return (sys.maxsize > 2**32) == ("64" in path.name)


def _loads(path: Path) -> bool:
    """Load the DLL as Excel will, and let go of it again."""
    try:
        library = ctypes.CDLL(str(path))
    except OSError:
        return False
    ctypes.windll.kernel32.FreeLibrary(ctypes.c_void_p(library._handle))  # type: ignore[attr-defined,unused-ignore]
    return True


def _is_marked(path: Path) -> bool:
    """True where the file carries the stream that browsers and mail programs put on a download."""
    with suppress(OSError), open(f"{path}:Zone.Identifier", encoding="utf-8", errors="replace") as stream:  # noqa: PTH123
        return re.search(r"ZoneId=[34]", stream.read()) is not None
    return False


def _is_local(path: Path) -> bool:
    text = str(path).casefold()
    clouds = [os.environ.get(name, "") for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")]
    if text.startswith("\\\\") or any(cloud and text.startswith(cloud.casefold()) for cloud in clouds):
        return False
    network = 4
    return bool(ctypes.windll.kernel32.GetDriveTypeW(path.anchor) != network)  # type: ignore[attr-defined,unused-ignore]


def _other_xlwings(path: Path) -> Path | None:
    """Xlwings' own add-in, where it is not the one of the xlwings that is installed here."""
    own = Path(xlwings.__file__).parent / "addin" / "xlwings.xlam"
    if not path.exists() or (own.exists() and own.read_bytes() == path.read_bytes()):
        return None
    return path


def _child_error(interpreter: Path) -> str:
    """Start the interpreter the way Excel will, by way of cmd.exe."""
    command = f'cmd.exe /C ""{interpreter}" -c "print(42)""'
    try:
        done = subprocess.run(command, capture_output=True, timeout=60, check=False, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return "" if done.stdout.strip() == b"42" else f"exit {done.returncode}"


def _excel_setting(key: str, name: str) -> str:
    """A setting of Excel's Trust Center, as policy or as the user's own, in any of the versions that we serve."""
    for version in ("16.0", "15.0", "14.0"):
        for root in (r"Software\Policies\Microsoft\Office", r"Software\Microsoft\Office"):
            if value := _value("HKCU", rf"{root}\{version}\Excel\{key}", name):
                return value
    return ""


def _value(hive: str, key: str, name: str) -> str:
    """A value of the registry as text; empty where there is none."""
    import winreg  # noqa: PLC0415 (Windows only)

    root = {"HKLM": winreg.HKEY_LOCAL_MACHINE, "HKCU": winreg.HKEY_CURRENT_USER}[hive]  # type: ignore[attr-defined,unused-ignore]
    with suppress(OSError), winreg.OpenKey(root, key) as opened:  # type: ignore[attr-defined,unused-ignore]
        return str(winreg.QueryValueEx(opened, name)[0])  # type: ignore[attr-defined,unused-ignore]
    return ""
