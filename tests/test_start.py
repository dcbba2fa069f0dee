"""start.py: what it decides, and whole runs of it on a stand-in project that needs no network."""

from __future__ import annotations

import ast
import importlib.util
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "start.py"
PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""
BACKEND = '''
"""As little of a build backend as pip takes: an editable install, without anything from an index."""
import os, time, zipfile
INFO = "starscore-0.1.dist-info/"
FILES = {
    "starscore.pth": "import stand_in\\n",  # not the path itself: Windows reads .pth files in its code page
    "stand_in.py": "import sys; sys.path.append(%r)\\n" % os.getcwd(),
    INFO + "METADATA": "Metadata-Version: 2.1\\nName: starscore\\nVersion: 0.1\\nProvides-Extra: test\\n",
    INFO + "WHEEL": "Wheel-Version: 1.0\\nGenerator: us\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
}
def build_editable(folder, config_settings=None, metadata_directory=None):
    if os.environ.get("STAND_IN_FAILS"):
        raise SystemExit("the stand-in fails")
    time.sleep(float(os.environ.get("STAND_IN_SECONDS", "0")))
    name = "starscore-0.1-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        for path, text in FILES.items():
            wheel.writestr(path, text)
        wheel.writestr(INFO + "RECORD", "".join(path + ",,\\n" for path in [*FILES, INFO + "RECORD"]))
    return name
build_wheel = build_editable
'''
# Both commands tell in JSON what they were given, and exit with the code that --exit names.
PROGRAM = """
import json, os, sys
print(json.dumps({"arguments": sys.argv[1:], "folder": os.getcwd(), "prefix": sys.prefix,
                  "encoding": sys.stdout.encoding, "home": os.environ.get("PYTHONHOME")}, ensure_ascii=False))
sys.exit(int(sys.argv[-1]) if "--exit" in sys.argv else 0)
"""


@pytest.fixture
def start() -> ModuleType:
    spec = importlib.util.spec_from_file_location("start", SOURCE)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a stand-in for the project, in a folder with a Chinese name, a space and brackets."""
    project = tmp_path / "星级 评分 [1]"
    (project / "addin").mkdir(parents=True)
    (project / "addin" / "__init__.py").touch()
    (project / "addin" / "cli.py").write_text(PROGRAM, "utf-8")
    (project / "pytest.py").write_text(PROGRAM, "utf-8")
    (project / "backend.py").write_text(BACKEND, "utf-8")
    (project / "pyproject.toml").write_text(PYPROJECT, "utf-8")
    shutil.copy(SOURCE, project)
    return project


def variables(**more: str) -> dict[str, str]:
    """Return a machine's environment without this test run's, and with an index that nobody can ask."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_", "COV_"))}
    return {**kept, "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, **more}


def run(project: Path, *arguments: str, cwd: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(project / "start.py"), *arguments],
        cwd=cwd or project,
        env=variables(**more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def told(done: subprocess.CompletedProcess[str]) -> dict[str, object]:
    """Return what the stand-in's program wrote, the last line."""
    assert done.stdout, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert isinstance(found, dict)
    return found


def steps(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Return the first words of the steps that start.py announced."""
    return [line.split()[0] for line in done.stdout.splitlines() if " / " in line]


# -- an old Python, other consoles, wrong use


@pytest.mark.parametrize(("version", "refused"), [((2, 7, 18), True), ((3, 10, 13), True), ((3, 11, 0), False)])
def test_only_an_old_python_is_refused(start: ModuleType, version: tuple[int, ...], refused: bool) -> None:
    sentence = start.refusal(version)
    assert bool(sentence) is refused
    assert not refused or (".".join(map(str, version)) in sentence and "3.11" in sentence and "请" in sentence)


def test_an_old_python_says_one_sentence_and_no_traceback() -> None:
    pretend = f"import runpy, sys; sys.version_info = (3, 9, 2); runpy.run_path({str(SOURCE)!r}, run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", pretend], capture_output=True, env=variables(), check=False)
    assert done.returncode == 1
    assert b"needs Python 3.11 or newer, this is Python 3.9.2" in done.stderr
    assert b"Traceback" not in done.stderr


def test_the_syntax_is_old_enough_for_an_old_python_to_reach_that_sentence() -> None:
    tree = ast.parse(SOURCE.read_text("utf-8"))
    new = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Nonlocal, ast.AsyncFunctionDef, ast.YieldFrom, ast.Match)
    for node in ast.walk(tree):
        where = f"line {getattr(node, 'lineno', '?')}"
        assert not isinstance(node, new), where
        if isinstance(node, ast.FunctionDef):
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            assert not node.args.posonlyargs and not node.args.kwonlyargs, where
            assert node.returns is None and not any(argument.annotation for argument in arguments), where
        if isinstance(node, ast.Raise):
            assert node.cause is None, where
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            assert not any(isinstance(element, ast.Starred) for element in node.elts), where
        if isinstance(node, ast.Call):
            assert sum(isinstance(argument, ast.Starred) for argument in node.args) <= 1, where
        if isinstance(node, ast.ClassDef):
            assert not node.keywords, where
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    gate = next(node.lineno for node in tree.body if isinstance(node, ast.If))
    before = [alias.name for node in imports if node.lineno < gate for alias in node.names]
    assert before == ["sys"], "what an old Python lacks may only be imported once the version is known"


@pytest.mark.parametrize("encoding", ["ascii", "cp936", "cp437", "utf-8"])
def test_text_goes_to_any_console(start: ModuleType, encoding: str) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    start.say("Ready … 星星 🌟", stream)
    written = raw.getvalue().decode(encoding)
    assert written.startswith("Ready ") and written.endswith("\n")
    assert "星星" in written or encoding not in ("cp936", "utf-8")


@pytest.mark.parametrize("encoding", ["ascii", "cp936", ""])
@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"]])
def test_usage_in_both_languages(encoding: str, arguments: list[str]) -> None:
    more = {"PYTHONIOENCODING": encoding} if encoding else {"LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, str(SOURCE), *arguments], capture_output=True, env=variables(**more), check=False
    )
    text = done.stdout.decode(encoding or "utf-8")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "python start.py demo" in text and "python start.py test" in text
    assert "运行测试" in text or encoding == "ascii"


def test_an_unknown_command_is_wrong_use() -> None:
    done = subprocess.run([sys.executable, str(SOURCE), "demon"], capture_output=True, env=variables(), check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"start.py demo" in done.stderr


def test_alone_without_the_project_it_says_so(tmp_path: Path) -> None:
    shutil.copy(SOURCE, tmp_path)
    done = run(tmp_path, "demo")
    assert done.returncode == 1
    assert "pyproject.toml" in done.stderr and "项目文件夹" in done.stderr
    assert not (tmp_path / ".venv").exists()


# -- what it makes of pip's output and of the variables


@pytest.mark.parametrize(
    ("output", "english", "chinese"),
    [
        ("after connection broken by 'NewConnectionError(... getaddrinfo failed", "No connection", "联网"),
        ("ReadTimeoutError: Read timed out.\nERROR: No matching distribution found", "No connection", "联网"),
        ("ERROR: Could not find a version that satisfies the requirement numpy", "A package is missing", "缺少软件包"),
        ("OSError: [Errno 28] No space left on device", "The disk is full", "磁盘空间不足"),
        ("error: Microsoft Visual C++ 14.0 is required", "pip could not install", "pip 安装失败"),
    ],
)
def test_a_failed_install_is_explained(start: ModuleType, output: str, english: str, chinese: str) -> None:
    first, second = start.explain(output)
    assert first.startswith(english)
    assert chinese in second


def test_a_broken_connection_is_told_once(start: ModuleType) -> None:
    tries = [f"WARNING: Retrying (Retry(total={left}, ...)): /simple/numpy/" for left in (4, 3, 2)]
    assert start.brief("\n".join(["first", *tries, "last"])).splitlines() == ["first", tries[0], "last"]


def test_programs_get_utf8_and_the_users_pip_settings(start: ModuleType) -> None:
    given = {"PIP_INDEX_URL": "u", "PIP_NO_INPUT": "0", "PIP_USER": "1", "PYTHONHOME": "h", "PYTHONPATH": "p", "A": "b"}
    result = start.environment(given)
    assert result["PYTHONUTF8"] == "1"
    assert (result["PIP_INDEX_URL"], result["PIP_NO_INPUT"], result["PIP_USER"], result["A"]) == ("u", "0", "0", "b")
    assert not {"PYTHONHOME", "PYTHONPATH"} & set(result)
    assert given["PIP_USER"] == "1"


# -- the stamp: what is to be done


def environment(start: ModuleType, monkeypatch: pytest.MonkeyPatch, project: Path, **stamp: object):
    """Return an environment that is ready, but for what ``stamp`` changes in its stamp."""
    found = start.Environment(project)
    found.folder.mkdir()
    (found.folder / "pyvenv.cfg").touch()
    found.write_stamp({**found.wanted(["test"]), **stamp})
    monkeypatch.setattr(found, "probe", lambda: [start.ABI, "pip", str(found.root / "addin" / "__init__.py")])
    return found


def test_a_stamp_that_fits_is_ready(start, monkeypatch, folder):
    made = environment(start, monkeypatch, folder)
    assert made.state(("test",)) == ("ready", "")
    assert made.state(()) == ("ready", ""), "demo needs less than test"
    assert made.state(("other",)) == ("install", "")


def test_a_changed_pyproject_is_installed_again(start, monkeypatch, folder):
    made = environment(start, monkeypatch, folder)
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("# more\n")
    assert made.state(("test",)) == ("install", "")


@pytest.mark.parametrize("stamp", [{"busy": True}, {"folder": "/other"}, {"python": ".cp39.so"}, {"format": 0}])
def test_what_makes_it_anew(start, monkeypatch, folder, stamp):
    made = environment(start, monkeypatch, folder, **stamp)
    state, reason = made.state(("test",))
    assert state == "new" and reason


@pytest.mark.parametrize("probe", [None, [".cp39-other.so", "pip", None]])
def test_one_whose_python_does_not_run_or_is_another_is_made_anew(start, monkeypatch, folder, probe):
    made = environment(start, monkeypatch, folder)
    monkeypatch.setattr(made, "probe", lambda: probe)
    assert made.state(("test",)) == ("new", "broken")


def test_one_that_holds_another_copy_of_the_project_is_installed_again(start, monkeypatch, folder):
    made = environment(start, monkeypatch, folder)
    monkeypatch.setattr(made, "probe", lambda: [start.ABI, "pip", str(folder.parent / "addin" / "__init__.py")])
    assert made.state(("test",)) == ("install", "")


@pytest.mark.parametrize("text", ["", "{", "[]", "\x00\xff"])
def test_an_unreadable_stamp_is_no_stamp(start, monkeypatch, folder, text):
    made = environment(start, monkeypatch, folder)
    made.stamp_file.write_text(text, "latin-1")
    assert made.state(("test",)) == ("install", "")


def test_an_environment_made_by_hand_is_taken_over(start, monkeypatch, folder):
    made = environment(start, monkeypatch, folder)
    made.stamp_file.unlink()
    assert made.state(("test",)) == ("install", "")


def test_a_folder_that_is_no_environment_is_left_alone(folder):
    (folder / ".venv").mkdir()
    (folder / ".venv" / "mine.txt").touch()
    done = run(folder, "demo")
    assert done.returncode == 1
    assert "move it elsewhere" in done.stderr and "移到别处" in done.stderr
    assert (folder / ".venv" / "mine.txt").exists()


def test_a_file_in_the_way_is_told(folder):
    (folder / ".venv").touch()
    done = run(folder, "demo")
    assert done.returncode == 1
    assert "Cannot work in" in done.stderr and "Traceback" not in done.stderr


# -- whole runs

ON_ALL = ["-n", "auto", "--dist", "loadfile"]
"""The tests run on all processors, those of a file on one: they share a LibreOffice, a Windows, a result."""

needs_ensurepip = pytest.mark.skipif(
    importlib.util.find_spec("ensurepip") is None, reason="this Python has no ensurepip, and pip would be downloaded"
)


@needs_ensurepip
def test_the_life_of_an_environment(start: ModuleType, folder: Path, tmp_path: Path) -> None:
    # Made, and the command run where the user is, with the arguments and the exit code passed through.
    done = run(folder, "demo", "--out", "演示 目录", "--exit", "7", cwd=tmp_path)
    assert done.returncode == 7, done.stdout + done.stderr
    assert steps(done) == ["Making", "Installing"]
    saw = told(done)
    assert saw["arguments"] == ["demo", "--out", "演示 目录", "--exit", "7"]
    assert (saw["folder"], saw["encoding"]) == (str(tmp_path), "utf-8")
    assert Path(str(saw["prefix"])).resolve() == (folder / ".venv").resolve()

    # Again: nothing to do, nothing said. Another Python's variables do no harm.
    done = run(folder, "demo", cwd=tmp_path, PYTHONIOENCODING="utf-8")
    assert (done.returncode, steps(done), told(done)["home"]) == (0, [], None)

    # The tests need more packages, and run in the project's folder.
    done = run(folder, "test", "-k", "甲 乙", cwd=tmp_path)
    assert (done.returncode, steps(done)) == (0, ["Installing"]), done.stderr
    assert (told(done)["arguments"], told(done)["folder"]) == ([*ON_ALL, "-k", "甲 乙"], str(folder))

    # pyproject.toml changes while pip cannot install: told, and mended by the next run.
    (folder / "pyproject.toml").write_text(PYPROJECT + "# changed\n", "utf-8")
    done = run(folder, "test", STAND_IN_FAILS="1")
    assert done.returncode == 1
    assert "the stand-in fails" in done.stderr and "pip 安装失败" in done.stderr
    done = run(folder, "test")
    assert (done.returncode, steps(done)) == (0, ["Installing"])

    # The folder is copied elsewhere: the copy gets an environment of its own.
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy, symlinks=True)
    done = run(copy, "demo")
    assert (done.returncode, steps(done)) == (0, ["Making", "Installing"]), done.stderr
    assert "copied from elsewhere" in done.stdout
    assert Path(str(told(done)["prefix"])).resolve() == (copy / ".venv").resolve()

    # Its Python is gone, or does not start: to be made anew.
    made = start.Environment(folder)
    assert made.state(("test",)) == ("ready", "")
    program = made.python
    program.unlink()
    assert made.state(("test",)) == ("new", "broken")
    program.write_text("no program", "utf-8")
    assert made.state(("test",)) == ("new", "broken")


@needs_ensurepip
def test_two_runs_at_once_and_a_killed_one(start: ModuleType, folder: Path) -> None:
    def begin(seconds: int) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, str(folder / "start.py"), "demo"],
            env=variables(STAND_IN_SECONDS=str(seconds)),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            start_new_session=True,
        )

    # Two on a fresh folder: one prepares, the other waits for it.
    both = [begin(1), begin(1)]
    outputs = [process.communicate(timeout=300)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], outputs
    assert sum("Making" in output for output in outputs) == 1
    assert sum("Waiting for another run" in output for output in outputs) == 1

    # One is killed, with all it started, while pip is at work.
    (folder / "pyproject.toml").write_text(PYPROJECT + "# changed\n", "utf-8")
    made = start.Environment(folder)
    slow = begin(60)
    deadline = time.monotonic() + 120
    while not made.stamp().get("busy"):
        assert time.monotonic() < deadline and slow.poll() is None
        time.sleep(0.05)
    if os.name == "nt":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(slow.pid)], capture_output=True, check=False)
    else:
        os.killpg(slow.pid, signal.SIGKILL)
    slow.wait(60)
    slow.stdout.close()

    # What it left must be made anew, but not under a run that still uses it.
    with (made.folder / "start-run-0.lock").open("ab") as handle:
        assert start.try_lock(handle)
        done = run(folder, "demo")
    assert done.returncode == 1
    assert "another run is using it" in done.stderr and "正在使用" in done.stderr
    assert made.probe() is not None
    done = run(folder, "demo")
    assert (done.returncode, steps(done)) == (0, ["Making", "Installing"]), done.stderr
    assert "did not finish" in done.stdout


@pytest.mark.skipif(not os.environ.get("CI"), reason="installs the real packages, which needs a network: only in CI")
def test_the_demo_runs_in_a_copied_folder_with_a_chinese_name(tmp_path: Path) -> None:
    project = tmp_path / "星级 评分"
    project.mkdir()
    for name in ("start.py", "pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, project)
    for name in ("calc", "addin", "workbook_templates"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [sys.executable, str(project / "start.py"), "demo", "--out", "演示 目录"],
        cwd=tmp_path,
        env={**kept, "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=1500,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert list((tmp_path / "演示 目录").rglob("*.xlsx"))
