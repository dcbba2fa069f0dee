"""A target holds the old file or the new one, whatever happens while it is saved."""

import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from workbook_templates.save import append_line, free_name, save_bytes, save_workbook, workbook_bytes

KILLS = 200 if os.environ.get("STARSCORE_LONG") == "1" else 20

SAVING = """
import sys
from pathlib import Path
from workbook_templates.save import save_bytes
target, contents = Path(sys.argv[1]), [Path(name).read_bytes() for name in sys.argv[2:]]
print("ready", flush=True)
while True:
    for content in contents:
        save_bytes(content, target)
"""

LIMITED = """
import resource, signal, sys
from pathlib import Path
from workbook_templates.save import save_bytes
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    save_bytes(b"x" * 100_000, Path(sys.argv[1]))
except OSError:
    print("said")
"""


def start(program: str, *words: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", program, *map(str, words)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])


def workbook(path: Path, text: str) -> Path:
    """A workbook that takes a while to write: 2 MB that do not shrink."""
    draw = random.Random(text)
    book = Workbook()
    book.active["A1"] = text
    for _ in range(60):
        book.active.append([f"{draw.getrandbits(128_000):x}"[:30_000] for _ in range(2)])
    save_workbook(book, path)
    return path


def test_a_kill_at_any_moment_leaves_the_old_file_or_the_new(tmp_path: Path) -> None:
    """Kills at random points of saving one and the other content in turn, without end."""
    contents = [workbook(tmp_path / f"{name}.xlsx", name) for name in ("旧", "新")]
    whole = [path.read_bytes() for path in contents]
    folder = tmp_path / "结果 文件夹"
    folder.mkdir()
    target = folder / "结果.xlsx"
    save_bytes(whole[0], target)
    draw, interrupted, seen = random.Random(20260930), 0, set()
    for _ in range(KILLS):
        process = start(SAVING, target, *contents)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(draw.uniform(0, 0.03))
        process.kill()
        process.wait()
        process.stdout.close()
        assert target.read_bytes() in whole
        seen.add(load_workbook(target, read_only=True).active["A1"].value)
        left = [path for path in folder.iterdir() if path != target]
        interrupted += bool(left)
        for path in left:
            path.unlink()
    assert interrupted >= KILLS / 10  # the kills did fall into the writing
    assert seen == {"旧", "新"}


def test_two_who_save_to_one_name_do_not_mix(tmp_path: Path) -> None:
    contents = [workbook(tmp_path / f"{name}.xlsx", name) for name in ("甲", "乙")]
    whole = [path.read_bytes() for path in contents]
    target = tmp_path / "结果.xlsx"
    processes = [start(SAVING, target, content) for content in contents]
    for process in processes:
        assert process.stdout is not None
        process.stdout.readline()
    seen = set()
    end = time.monotonic() + 10
    while len(seen) < 2 and time.monotonic() < end:
        if target.exists():
            seen.add(whole.index(target.read_bytes()))
    for process in processes:
        assert process.poll() is None  # neither ran into the other
        process.kill()
        process.wait()
    assert seen == {0, 1}


@pytest.mark.skipif(os.name == "nt", reason="no limit of a file's size there")
def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "结果.xlsx"
    target.write_bytes(b"old")
    told, _ = start(LIMITED, target).communicate(timeout=60)
    assert told == "said\n"
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("结果.xlsx", b"old")]


def test_a_target_that_cannot_be_replaced_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "结果.xlsx"
    target.mkdir()
    with pytest.raises(OSError, match="结果"):
        save_bytes(b"new", target)
    assert list(tmp_path.iterdir()) == [target]


def test_what_a_killed_process_left_is_cleared_away_after_an_hour(tmp_path: Path) -> None:
    target = tmp_path / "结果.xlsx"
    old, young, other = (tmp_path / name for name in (".结果.aaaa.tmp", ".结果.bbbb.tmp", ".别的.cccc.tmp"))
    for path in (old, young, other):
        path.write_bytes(b"half")
    for path in (old, other):
        os.utime(path, (time.time() - 7200,) * 2)
    save_bytes(b"new", target)
    assert set(tmp_path.iterdir()) == {target, young, other}


def test_lines_are_appended_and_a_half_one_stays_a_line_of_its_own(tmp_path: Path) -> None:
    target = tmp_path / "记录.jsonl"
    append_line("一", target)
    with target.open("ab") as file:
        file.write("二".encode()[:2])
    append_line("三", target)
    assert target.read_bytes().split(b"\n") == ["一".encode(), "二".encode()[:2], "三".encode(), b""]


def test_a_free_name_has_the_first_free_number(tmp_path: Path) -> None:
    for name in ("结果.xlsx", "结果 (2).xlsx"):
        (tmp_path / name).touch()
    assert free_name(tmp_path / "结果.xlsx") == tmp_path / "结果 (3).xlsx"


def test_nothing_else_writes_files() -> None:
    """All that is said above holds for every file that the program writes."""
    root = Path(__file__).parents[2]
    writes = re.compile(r"\.write_(?:text|bytes)\(|\bopen\([^)]*[\"'][wax]b?\+?[\"']|\.save\((?!raw\)|\))")
    sources = [path for package in ("addin", "calc", "workbook_templates") for path in (root / package).rglob("*.py")]
    sources.remove(root / "workbook_templates" / "save.py")
    assert len(sources) > 50
    assert [str(path) for path in sources if writes.search(path.read_text("utf-8"))] == []


def test_a_line_break_is_written_as_on_any_other_system() -> None:
    """On Windows openpyxl writes a text's line break as two signs, which XML reads as one."""
    books = [Workbook(), Workbook()]
    for book, text in zip(books, ("一行\n又一行", "一行\r\n又一行"), strict=True):
        book.active["A1"] = text
    assert workbook_bytes(books[0]) == workbook_bytes(books[1])
