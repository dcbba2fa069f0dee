"""Runs on Windows: calls the functions as Excel's VBA does, through xlwings' DLL and the COM server that it starts.

    python windows_client.py CONFIG JOB OUT

CONFIG is the add-in's configuration file, JOB a JSON list of [function, arguments], OUT gets what came back.
"""

import ctypes
import datetime as dt
import json
import sys
import time
from contextlib import suppress
from pathlib import Path

import pythoncom
import pywintypes
import win32com.client
import xlwings
from win32com.client import VARIANT
from windows_book import empty_book


class ComVariant(ctypes.Structure):
    _fields_ = [
        ("kind", ctypes.c_ushort),
        ("reserved", ctypes.c_ushort * 3),
        ("pointer", ctypes.c_void_p),
        ("rest", ctypes.c_void_p),
    ]


def settings(config: Path) -> dict[str, str]:
    """As VBA's ``Input #`` reads them, in the system's code page."""
    lines = config.read_text("mbcs").splitlines()
    return {key.strip('"'): value.strip('"') for key, _, value in (line.partition(",") for line in lines)}


def command(given: dict[str, str]) -> str:
    """What XLPyCommand of xlwings' VBA makes of the settings (a test holds the two against each other)."""
    path = ("False;;;;;;" + given.get("PYTHONPATH", "")).replace("\\", "\\\\").replace("'", "\\'").replace("&", "^&")
    tail = (
        ' -B -c "import sys, os;import xlwings.utils;xlwings.utils.prepare_sys_path(\\"' + path + '\\");'
        "import xlwings; xlwings.serve('$(CLSID)')\""
    )
    return 'cmd.exe  /K ""' + given["INTERPRETER_WIN"] + '"' + tail + '"'


class Excel:
    """Excel's side of the calls."""

    def __init__(self, config: Path) -> None:
        given = settings(config)
        self.command = command(given)
        folder = Path(given["INTERPRETER_WIN"]).parent
        self.dll = ctypes.WinDLL(str(folder / f"xlwings64-{xlwings.__version__}.dll"))

    def server(self) -> object:
        """As VBA's XLPy: the running server, or a new one."""
        result = self.activate(1)
        return win32com.client.dynamic.Dispatch(pythoncom.ObjectFromAddress(result.pointer, pythoncom.IID_IDispatch))

    def activate(self, mode: int) -> ComVariant:
        """The DLL's one entry: 1 for the server, -1 to end it."""
        result = ComVariant()
        code = self.dll.XLPyDLLActivateAuto(ctypes.byref(result), self.command.encode("mbcs"), ctypes.c_long(mode))
        if code:
            raise OSError(ctypes.wstring_at(result.pointer))
        return result

    def call(self, name: str, arguments: list) -> object:
        """As StarCalls.Served: where the server is gone, once more with a command that differs by a space."""
        try:
            return self.server().CallUDF("addin.excel.server", name, arguments)
        except (pythoncom.com_error, OSError):
            with suppress(OSError):
                self.activate(-1)
            self.command += " "
            return self.server().CallUDF("addin.excel.server", name, arguments)

    def kill_server(self) -> None:
        """End the server's process from outside."""
        number = int(self.server().Str(self.server().Call(self.server().Module("os"), "getpid", self.server().Tuple())))
        handle = ctypes.windll.kernel32.OpenProcess(1, False, number)
        ctypes.windll.kernel32.TerminateProcess(handle, 9)
        time.sleep(1)


def com(value: object) -> object:
    """A JSON value as Excel would hand it over."""
    if isinstance(value, list):
        return tuple(map(com, value))
    if isinstance(value, dict):
        ((kind, content),) = value.items()
        if kind == "date":
            return pywintypes.Time(dt.datetime.fromisoformat(content))
        if kind == "book":
            return empty_book()
        if kind == "error":
            return content  # as an error value arrives; pywin32 can send but one kind of error
        return VARIANT(pythoncom.VT_ERROR, -2147352572)  # an argument left out
    return value


def main(config: str, job: str, out: str) -> None:
    pythoncom.CoInitialize()
    excel, answers = Excel(Path(config)), []
    for name, arguments in json.loads(Path(job).read_text("utf-8")):
        if name == "KILL":
            excel.kill_server()
            continue
        answers.append(excel.call(name, list(map(com, arguments))))
    Path(out).write_text(json.dumps(answers, ensure_ascii=False), "utf-8")
    excel.activate(-1)


if __name__ == "__main__":
    main(*sys.argv[1:])
