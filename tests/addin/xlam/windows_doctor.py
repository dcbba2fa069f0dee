"""Runs on Windows with the add-in installed: brings about each cause in turn and asks the doctor.

    python windows_doctor.py OUT

OUT gets, as JSON, the causes found in each state of the machine.
"""

import json
import os
import sys
import winreg
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import xlwings

from addin.excel.doctor import diagnose
from addin.excel.machine import look
from addin.excel.places import Places

PLACES = Places.of(os.environ)
DLL = Path(sys.executable).with_name(f"xlwings64-{xlwings.__version__}.dll")
APP_PATH = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
CHOICE = r"Software\Microsoft\Windows\CurrentVersion\Explorer\FileExts\.xlsx\UserChoice"
SECURITY = r"Software\Microsoft\Office\16.0\Excel\Security"
MACHINE, USER = winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER


@contextmanager
def registry(hive: int, key: str, name: str, value: str | int) -> Iterator[None]:
    kind = winreg.REG_DWORD if isinstance(value, int) else winreg.REG_SZ
    with winreg.CreateKey(hive, key) as opened:
        winreg.SetValueEx(opened, name, 0, kind, value)
    try:
        yield
    finally:
        winreg.DeleteKey(hive, key)


@contextmanager
def variable(name: str, value: str) -> Iterator[None]:
    os.environ[name] = value
    try:
        yield
    finally:
        del os.environ[name]


@contextmanager
def content(path: Path, changed: bytes | None) -> Iterator[None]:
    """The file with other contents; None: away."""
    before = path.read_bytes() if path.exists() else None
    with suppress(FileNotFoundError):
        path.unlink()
    if changed is not None:
        path.write_bytes(changed)
    try:
        yield
    finally:
        with suppress(FileNotFoundError):
            path.unlink()
        if before is not None:
            path.write_bytes(before)


def config(old: str, new: str) -> Callable[[], AbstractContextManager[None]]:
    return lambda: content(PLACES.config, PLACES.config.read_text("mbcs").replace(old, new).encode("mbcs"))


STATES: dict[str, Callable[[], AbstractContextManager[None]]] = {
    "WPS": lambda: registry(USER, CHOICE, "ProgId", "ET.Xlsx.6"),
    "locations": lambda: registry(USER, rf"{SECURITY}\Trusted Locations", "AllLocationsDisabled", 1),
    "macros": lambda: registry(USER, SECURITY, "VBAWarnings", 4),
    "PYTHONPATH": lambda: variable("PYTHONPATH", r"C:\elsewhere"),
    "OneDrive": lambda: variable("OneDrive", str(PLACES.add_in.parents[2])),
    "DLL": lambda: content(DLL, None),
    "damaged DLL": lambda: content(DLL, b"not a library"),
    "xlwings": lambda: content(PLACES.add_in.with_name("xlwings.xlam"), b"of another version"),
    "other build": lambda: content(PLACES.add_in, b""),
    "no add-in": lambda: content(PLACES.add_in, None),
    "interpreter": config("python.exe", r"gone\python.exe"),
    "no right": config("python.exe", "python311.dll"),
    "configuration": lambda: content(PLACES.config, None),
}


def causes() -> list[str]:
    return [finding.cause for finding in diagnose(look())]


def main(out: str) -> None:
    found = {"no Excel": causes()}
    with registry(MACHINE, APP_PATH, "", r"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE"):
        found["sound"] = causes()
        for name, state in STATES.items():
            with state():
                found[name] = causes()
    Path(out).write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
