"""The extension into a user's LibreOffice, with a configuration that names this interpreter; and all away again."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from addin.fault_log import data_folder, log_files
from addin.libreoffice.basic import MODULE, add_module, remove_module
from addin.libreoffice.extension import FILE_NAME, build_extension
from addin.libreoffice.places import default_profile, find_program, variables
from addin.libreoffice.starscore_office import CONFIG
from addin.libreoffice.texts import INSTALL
from addin.source import source_folder
from workbook_templates.save import save_bytes

__all__ = ["InstallError", "install", "uninstall"]

_SECONDS = 120


class InstallError(Exception):
    """What stands in the way on this machine; ``str()`` says it in Chinese, with the remedy."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(INSTALL[key].format(**values))


def install(profile: Path | None = None, program: Path | None = None) -> None:
    """Install into a profile, this user's own unless another is given. Raises InstallError."""
    office = _Office(program, profile)
    office.make_profile()
    try:
        add_module(office.profile)
        config = office.profile / "user" / CONFIG
        save_bytes(json.dumps(_config(), ensure_ascii=False, indent=1).encode(), config)
        with tempfile.TemporaryDirectory() as folder:
            package = Path(folder, FILE_NAME)
            save_bytes(build_extension(), package)
            office.run_macro("Install", package.as_uri())
    except OSError as error:
        raise InstallError("not_written", path=error.filename, reason=error.strerror) from error


def uninstall(profile: Path | None = None, program: Path | None = None) -> bool:
    """Remove all that :func:`install` and the extension have written; False where there was nothing."""
    office = _Office(program, profile)
    config = office.profile / "user" / CONFIG
    try:
        there = config.exists()
        if there:
            add_module(office.profile)
            office.run_macro("Uninstall")
        there |= remove_module(office.profile)
        _remove_unpacked(office.profile)
        for file in (config, *log_files()):
            file.unlink(missing_ok=True)
    except OSError as error:
        raise InstallError("not_written", path=error.filename, reason=error.strerror) from error
    with suppress(OSError):  # not there, or somebody else's files are in it
        data_folder().rmdir()
    return there


def _remove_unpacked(profile: Path) -> None:
    """Remove the extension's files: LibreOffice forgets an extension, but not always what it has unpacked of it."""
    for places in ("user/extensions/tmp/extensions", "user/uno_packages/cache/uno_packages"):
        for unpacked in (profile / places).glob(f"*/{FILE_NAME}"):
            folder = unpacked.parent  # lu12345.tmp_, made for this one; beside it lies an empty file lu12345.tmp
            shutil.rmtree(folder)
            folder.with_name(folder.name.removesuffix("_")).unlink(missing_ok=True)


def _config() -> dict[str, object]:
    """How the extension starts our interpreter."""
    environment = {"PYTHONUTF8": "1"}
    if (source := source_folder()) is not None:
        environment["PYTHONPATH"] = str(source)
    return {"command": [sys.executable, "-m", "addin.libreoffice.server"], "environment": environment}


class _Office:
    """LibreOffice with a profile, run without a window for one thing at a time."""

    def __init__(self, program: Path | None, profile: Path | None) -> None:
        found = program or find_program()
        if found is None or not found.is_file():
            raise InstallError("no_office")
        self.program = found
        self.profile = (profile or default_profile()).absolute()
        if (self.profile / ".lock").exists():
            raise InstallError("running")

    def make_profile(self) -> None:
        """Let LibreOffice make its profile where it has never run."""
        if not (self.profile / "user" / "basic" / "Standard").is_dir():
            self._run("--terminate_after_init")

    def run_macro(self, name: str, *arguments: str) -> None:
        """Run one of our Basic module's procedures; it writes into a file how it ended."""
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder, "report.txt")
            given = ",".join(f'"{argument}"' for argument in (*arguments, report.as_uri()))
            said = self._run(f"macro:///Standard.{MODULE}.{name}({given})")
            if not report.exists():
                raise InstallError("no_answer", said=said)
            outcome = report.read_text(encoding="utf-8").strip()
            if outcome != "done":
                raise InstallError("refused", said=" ".join(outcome.split()))

    def _run(self, *arguments: str) -> str:
        command = [str(self.program), f"-env:UserInstallation={self.profile.as_uri()}",
                   "--headless", "--norestore", *arguments]  # fmt: skip
        with tempfile.TemporaryFile() as output:  # not a pipe, which a child that outlives the rest would keep open
            try:
                process = subprocess.Popen(
                    command, env=variables(), stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                    start_new_session=True,
                )  # fmt: skip
            except OSError as error:
                raise InstallError("no_answer", said=error) from error
            try:
                process.wait(_SECONDS)
            except subprocess.TimeoutExpired:
                _end(process)
            output.seek(0)
            return output.read().decode("utf-8", "replace").strip()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a LibreOffice that hangs, with its children: soffice starts the real one."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
