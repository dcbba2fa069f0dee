"""A real LibreOffice for the tests: find it, let it convert files, read and draw the pages it prints.

Tests take the fixture ``soffice`` of conftest.py, one `LibreOffice` per test process::

    def test_the_notice_is_one_page(soffice, tmp_path):
        pdf = soffice.convert(workbook, "pdf", tmp_path)
        assert len(pdf_pages(pdf)) == 1
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import pytest
from pypdf import PdfReader

from addin import libreoffice
from addin.libreoffice.office import Office
from addin.libreoffice.places import find_program, variables
from addin.libreoffice.starscore_office.wire import Channel, Closed, Fault

__all__ = ["LibreOffice", "LibreOfficeError", "find", "find_python", "pdf_pages", "png", "running"]

# What `--convert-to` is told. csv: comma, double quotes, UTF-8, values in full rather than as shown; then the sheet.
FILTERS = {
    "csv": "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,{sheet}",
}


_numbers = count()


class LibreOfficeError(RuntimeError):
    """LibreOffice, or the drawing of its pages, failed; the message carries what the program wrote."""


def find() -> str | None:
    """Return LibreOffice's program, or None where there is none."""
    program = find_program()
    return str(program) if program else None


def find_python(program: str) -> str | None:
    """Return the Python that has LibreOffice's ``uno``: LibreOffice's own, or Debian's; None where there is none."""
    beside = Path(program).resolve().parent
    for place in (beside / "python.exe", beside / "python", beside.parent / "Resources" / "python", "/usr/bin/python3"):
        if Path(place).is_file():
            done = subprocess.run(
                [str(place), "-c", "import uno"], env=_variables(), capture_output=True, timeout=60, check=False
            )
            if done.returncode == 0:
                return str(place)
    return None


class LibreOffice:
    """LibreOffice without a window, with a profile of its own.

    Parameters
    ----------
    program
        What `find` returned.
    folder
        An empty folder for profiles. One profile serves all conversions, as making it doubles the time of the
        first; after a failure the next attempt gets a fresh one. One conversion at a time: a second LibreOffice
        on the same profile would hand its work to the first.
    """

    def __init__(self, program: str, folder: Path) -> None:
        self.program = program
        self.folder = folder
        self.profiles = 1

    def convert(self, path: Path, to: str, out_dir: Path, *, sheet: int = 1, timeout: float = 120) -> Path:
        """Convert a file and return the new one, named after it, in ``out_dir``.

        Parameters
        ----------
        to
            The new file's ending: "pdf", "xlsx", "csv", "ods", ...
        sheet
            For csv: which sheet, counted from 1.
        timeout
            Seconds for one attempt. There is a second attempt, with a fresh profile, where LibreOffice crashed or
            hung, but not where it answered that it cannot load the file.

        Raises
        ------
        LibreOfficeError
            With LibreOffice's own output.
        """
        path, out_dir = Path(path).resolve(), Path(out_dir).resolve()
        if not path.is_file():
            raise FileNotFoundError(path)
        target = out_dir / f"{path.stem}.{to}"
        if target == path:
            raise ValueError(f"{path} would be overwritten: choose another out_dir")
        out_dir.mkdir(parents=True, exist_ok=True)
        for _attempt in range(2):
            # Into an empty folder first: LibreOffice exits with 0 whatever happens, so the file alone tells.
            with tempfile.TemporaryDirectory(dir=out_dir, prefix=".convert-") as empty:
                job = ["--convert-to", FILTERS.get(to, to).format(sheet=sheet), "--outdir", empty, str(path)]
                output = self.run(job, timeout)
                made = list(Path(empty).iterdir())
                if len(made) == 1:
                    return made[0].replace(target)
            self.profiles += 1
            if "could not be loaded" in output:
                break
        raise LibreOfficeError(f"{path.name} was not converted to {to}. LibreOffice wrote:\n{output}")

    def run(self, arguments: list[str], timeout: float) -> str:
        """Run LibreOffice to its end, or the end of its time; return what it wrote."""
        profile = self.folder / f"profile-{self.profiles}"
        command = [self.program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", *arguments]
        # To a file, not a pipe: a child that outlives the kill would keep a pipe open.
        with tempfile.TemporaryFile() as output:
            process = subprocess.Popen(
                command,
                env=_variables(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                process.wait(timeout)
                end = f"(exit code {process.returncode})"
            except subprocess.TimeoutExpired:
                end = f"(ended after {timeout:g} s without an answer)"
            finally:
                if process.poll() is None:
                    _end(process)
            output.seek(0)
            return f"{output.read().decode('utf-8', 'replace').strip()}\n{end}"


@contextmanager
def running(program: str, profile: Path, *, display: str = "") -> Generator[Office]:
    """A LibreOffice that stays open, and its objects; in a window where a display is named, without one else.

    One that does not answer, as happens now and then when it starts with a window, is started again, twice at most.
    """
    python = find_python(program)
    if python is None:
        pytest.skip("no Python with LibreOffice's uno")
    for _ in range(3):
        office, bridge = _started(program, python, profile, display)
        try:
            assert bridge.stdin is not None and bridge.stdout is not None
            reader, writer = bridge.stdout, bridge.stdin
            made = Office(lambda encode, decode: Channel(reader, writer, lambda _: None, encode, decode))  # noqa: B023
            made.desktop  # noqa: B018 (is it there)
            break
        except Closed:
            bridge.kill()
            if office.poll() is None:
                _end(office)
    else:
        raise LibreOfficeError("LibreOffice does not answer")
    try:
        yield made
        with suppress(Fault, Closed):  # a box may still be open, and the connection may end before the answer
            documents = made.desktop.Components.createEnumeration()
            while documents.hasMoreElements():
                documents.nextElement().close(True)  # one that is changed would keep it from ending
            made.desktop.terminate()
        with suppress(subprocess.TimeoutExpired):
            office.wait(20)
    finally:
        bridge.kill()
        if office.poll() is None:
            _end(office)


def _started(
    program: str, python: str, profile: Path, display: str
) -> tuple[subprocess.Popen[bytes], subprocess.Popen[bytes]]:
    """A LibreOffice that listens, and the process that speaks to it."""
    name = f"starscore{os.getpid()}x{next(_numbers)}"
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--norestore", "--nologo", "--nodefault",
               f"--accept=pipe,name={name};urp;", *([] if display else ["--headless"])]  # fmt: skip
    environment = _variables() | ({"DISPLAY": display} if display else {})
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    office = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, **silent, start_new_session=True)
    bridge = subprocess.Popen(
        [python, str(Path(__file__).with_name("office_bridge.py")), str(Path(libreoffice.__file__).parent), name],
        env=_variables(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    return office, bridge


def _variables() -> dict[str, str]:
    return variables() | (
        {"LC_ALL": "C.UTF-8"} if sys.platform == "linux" else {}
    )  # under plain C a Chinese name hangs


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process with its children: soffice is a script that starts the real one."""
    if os.name == "nt":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(30)


def pdf_pages(path: Path) -> list[str]:
    """Return the text of each page of a PDF."""
    return [page.extract_text() for page in PdfReader(path).pages]


def png(path: Path, dpi: int = 100, out_dir: Path | None = None) -> list[Path]:
    """Draw the pages of a PDF, each into a PNG beside it (or in ``out_dir``), with poppler's pdftoppm."""
    program = shutil.which("pdftoppm")
    if program is None:
        raise LibreOfficeError("pdftoppm is missing: install poppler-utils (poppler on Windows and macOS)")
    out_dir = Path(out_dir or Path(path).parent)
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out_dir, prefix=".png-") as empty:
        done = subprocess.run(
            [program, "-r", str(dpi), "-png", str(path), str(Path(empty, Path(path).stem))],
            capture_output=True,
            timeout=300,
            check=False,
        )
        if done.returncode != 0:
            raise LibreOfficeError(f"{path} was not drawn: {done.stderr.decode('utf-8', 'replace')}")
        return [page.replace(out_dir / page.name) for page in sorted(Path(empty).iterdir())]
