#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""Run StarScore from its source with nothing but Python: ``python start.py demo``, ``python start.py test``.

The first run makes a virtual environment in ``.venv`` beside this file and installs the project there; later
runs only look whether it still fits. Standard library only. The syntax is that of Python 2.7 (no f-strings, no
annotations, no ``raise … from``), so that an old Python says what is missing and not ``SyntaxError``.

What is in ``.venv`` beside a plain virtual environment: ``start.json``, the stamp that tells what was installed
for what; ``start.lock``, held while a run prepares; ``start-run-*.lock``, held while a run uses it.
"""
# ruff: noqa: UP009, UP032, RUF005, E402, B904

import sys

NEEDS = (3, 11)


def refusal(version):
    """Return the sentence for a Python that is too old, or "" for one that will do."""
    if tuple(version[:2]) >= NEEDS:
        return ""
    have = ".".join(str(part) for part in version[:3])
    return (
        "StarScore needs Python 3.11 or newer, this is Python {0}: get one from python.org and run start.py with it.\n"
        "StarScore 需要 Python 3.11 或更新版本，当前是 Python {0}：请从 python.org 安装新版本后再运行。"
    ).format(have)


def say(text, stream=None):
    """Print a line now, with ``?`` for what the stream's encoding lacks."""
    stream = stream or sys.stdout
    try:
        stream.write(text + "\n")
    except UnicodeError:
        encoding = getattr(stream, "encoding", None) or "ascii"
        stream.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    stream.flush()


if refusal(sys.version_info):
    say(refusal(sys.version_info), sys.stderr)
    sys.exit(1)

import contextlib
import errno
import hashlib
import json
import os
import shutil
import subprocess
import sysconfig
import time
from pathlib import Path

USAGE = """\
python start.py demo [arguments]   a made-up branch's year, from the templates to the results
                                   用虚构的分行演示一年的评选：从模板到结果
python start.py test [arguments]   the tests; the arguments go to pytest
                                   运行测试；参数传给 pytest

The first run makes the folder .venv beside this file and installs what is needed there; that takes a few minutes
and a connection to the Python package index. To begin anew, delete .venv.
第一次运行会在本文件旁边建立 .venv 文件夹并安装所需的包，需要联网，约几分钟。要重新开始，删除 .venv 即可。"""

# command: the extras it needs, the arguments of Python, whether it runs in the project's folder (pytest finds its
# settings there) or where the user is (so that `--out DIR` means what it says).
COMMANDS = {
    "demo": ((), ("-P", "-m", "addin.cli", "demo"), False),
    "test": (("test",), ("-m", "pytest", "-n", "auto", "--dist", "loadfile"), True),
}
PYTHON = "{}.{}".format(*sys.version_info)
FORMAT = 1  # of the stamp; a new number makes every .venv anew
ABI = sysconfig.get_config_var("EXT_SUFFIX") or sys.version  # Python version, bits, system and processor in one
REMEDY = (
    "On Debian and Ubuntu run `sudo apt install python{}-venv`; elsewhere install Python from python.org. Then run the "
    "same command again.".format(PYTHON),
    "在 Debian、Ubuntu 上请运行 sudo apt install python{}-venv；其他系统请从 python.org 安装 Python。"
    "然后再运行同一条命令。".format(PYTHON),
)
REASONS = {"folder": "copied from elsewhere", "python": "made by another Python", "format": "of another version"}
PROBE = """
import importlib.util, json, sysconfig
def origin(name):
    spec = importlib.util.find_spec(name)
    return spec and spec.origin
print(json.dumps([sysconfig.get_config_var("EXT_SUFFIX"), origin("pip"), origin("addin")]))
"""


class StartError(Exception):
    """A run that cannot go on: the reason in English and Chinese, and the output of the program that failed."""

    def __init__(self, english, chinese, output=""):
        super().__init__(english)
        self.english = english
        self.chinese = chinese
        self.output = output


def step(english, chinese):
    """Announce a step, on one line."""
    say("{} / {}".format(english, chinese))


def environment(base):
    """Return the variables for every program started here: UTF-8, nothing of another Python's, pip's as they are."""
    result = dict(base)
    for name in ("PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__"):
        result.pop(name, None)
    result["PYTHONUTF8"] = "1"
    result["PIP_USER"] = "0"  # a machine-wide `user = true` would make pip refuse
    result.setdefault("PIP_NO_INPUT", "1")
    result.setdefault("PIP_DISABLE_PIP_VERSION_CHECK", "1")
    return result


def explain(output):
    """Tell from pip's output why it failed and what to do: a pair, English and Chinese."""
    lower = output.lower()

    def has(*words):
        return any(word in lower for word in words)

    if has("no space left", "not enough space", "winerror 112"):
        return (
            "The disk is full. Make some room (about 500 MB) and run the same command again.",
            "磁盘空间不足。请腾出约 500 MB 空间，再运行同一条命令。",
        )
    if has(
        "connection broken",
        "connectionerror",
        "newconnectionerror",
        "max retries exceeded",
        "name resolution",
        "getaddrinfo failed",
        "timed out",
        "timeouterror",
        "proxyerror",
        "sslerror",
        "connection reset",
        "network is unreachable",
    ):
        return (
            "No connection to the Python package index. Connect to the internet and run the same command again; behind "
            "a proxy set HTTPS_PROXY, with a mirror set PIP_INDEX_URL, or, without a network, set PIP_NO_INDEX=1 and "
            "PIP_FIND_LINKS to a folder with the packages (made by `pip download` on a machine that has one).",
            "连不上 Python 软件包仓库。请联网后再运行同一条命令；需要代理时设置 HTTPS_PROXY，"
            "使用镜像时设置 PIP_INDEX_URL；没有网络时设置 PIP_NO_INDEX=1，并把 PIP_FIND_LINKS 设为存放安装包的文件夹"
            "（在能上网的电脑上用 pip download 下载）。",
        )
    if has("no matching distribution", "could not find a version"):
        return (
            "A package is missing (see above): the index or folder in use (PIP_INDEX_URL, PIP_FIND_LINKS, PIP_NO_INDEX)"
            " has none for Python {} on this system.".format(PYTHON),
            "缺少软件包（见上）：当前使用的仓库或文件夹（PIP_INDEX_URL、PIP_FIND_LINKS、PIP_NO_INDEX）里没有"
            "适合本机 Python {} 的版本。".format(PYTHON),
        )
    return (
        "pip could not install the packages; its own words are above. Run the same command again when that is mended.",
        "pip 安装失败，原因见上面的输出。解决后请再运行同一条命令。",
    )


def brief(output):
    """Return pip's output without the repetitions that tell the same broken connection again and again."""
    lines = output.splitlines()
    tries = [line for line in lines if line.startswith("WARNING: Retrying (")]
    return "\n".join(line for line in lines if line not in tries[1:])


def try_lock(handle):
    """Lock an open file without waiting; False where another process holds it. The system frees it if we die."""
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # On a file system without locks: better unlocked than not at all. Everything else means that it is held.
        return error.errno in (errno.EINVAL, errno.ENOSYS, errno.ENOLCK, errno.ENOTSUP)
    return True


class Environment:
    """The virtual environment ``.venv`` of the project in the folder ``root``."""

    def __init__(self, root):
        self.root = Path(os.path.realpath(str(root)))
        self.folder = self.root / ".venv"
        self.stamp_file = self.folder / "start.json"
        self.lock_file = self.folder / "start.lock"
        self.variables = environment(os.environ)
        self.held = []  # open lock files; programs started here hold them too, should this one be killed

    # -- what is there

    @property
    def python(self):
        """The interpreter in it, or None."""
        for name in ("Scripts/python.exe", "bin/python.exe", "bin/python"):
            if (self.folder / name).is_file():
                return self.folder / name
        return None

    def identity(self):
        """Return the part of the stamp that must not change in the life of an environment."""
        return {"format": FORMAT, "folder": os.path.normcase(str(self.folder)), "python": ABI}

    def wanted(self, extras):
        """Return the stamp of an environment that has the project as it is now, with these extras."""
        digest = hashlib.sha256((self.root / "pyproject.toml").read_bytes()).hexdigest()
        return dict(self.identity(), pyproject=digest, extras=sorted(extras))

    def stamp(self):
        """Return the stamp, {} where there is none or an unreadable one."""
        try:
            found = json.loads(self.stamp_file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def write_stamp(self, stamp):
        """Replace the stamp in one go."""
        new = self.folder / "start.json.new"
        new.write_text(json.dumps(stamp, ensure_ascii=False), "utf-8")
        new.replace(self.stamp_file)

    def probe(self):
        """Ask its Python for (ABI, where pip is, where addin is); None where it does not run."""
        if self.python is None:
            return None
        try:
            done = subprocess.run(
                [str(self.python), "-I", "-X", "utf8", "-c", PROBE],
                check=False,
                env=self.variables,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=60,
            )
            found = json.loads(done.stdout.decode("utf-8", "replace"))
        except (OSError, ValueError, subprocess.SubprocessError):
            return None
        return found if done.returncode == 0 else None

    def state(self, extras):
        """Return "ready", "install" (the packages are old or missing), or, with its reason, "new".

        An environment without a stamp, made by hand or by an editor, is taken over if it works. A folder that is no
        environment at all is not ours to delete.
        """
        stamp = self.stamp()
        others = [path for path in self.folder.glob("*") if not path.name.startswith("start")]
        if not stamp and not others:
            return "new", ""
        if not stamp and not self.stamp_file.exists() and not (self.folder / "pyvenv.cfg").is_file():
            raise StartError(
                "The folder .venv is in the way and is no virtual environment: move it elsewhere, then try again.",
                "文件夹 .venv 已存在，但不是虚拟环境：请先把它移到别处，再试一次。",
            )
        if stamp.get("busy"):
            return "new", "an earlier run did not finish"
        for key, value in self.identity().items():
            if stamp and stamp.get(key) != value:
                return "new", REASONS[key]
        found = self.probe()
        if found is None or found[0] != ABI:
            return "new", "broken"
        fits = stamp.get("pyproject") == self.wanted(extras)["pyproject"]
        has_extras = set(extras) <= set(stamp.get("extras", ()))
        here = found[2] is not None and Path(os.path.realpath(found[2])).parents[1] == self.root
        return ("ready" if found[1] and fits and has_extras and here else "install"), ""

    # -- making it

    def call(self, command):
        """Run a program quietly in the project's folder. Return its exit code and output."""
        done = subprocess.run(
            [str(part) for part in command],
            check=False,
            cwd=str(self.root),
            env=self.variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=self.inherited(),
        )
        return done.returncode, done.stdout.decode("utf-8", "replace").strip()

    def inherited(self):
        """File numbers of the locks, for programs to hold (Windows cannot)."""
        return () if os.name == "nt" else tuple(handle.fileno() for handle in self.held)

    def clear(self):
        """Empty the folder, but for the lock, unless another run is using it."""
        for path in self.folder.glob("start-run-*.lock"):
            with path.open("ab") as handle:
                if not try_lock(handle):
                    raise StartError(
                        "The .venv must be made anew, but another run is using it: let that end, and try again.",
                        "需要重建 .venv 文件夹，但另一次运行正在使用它：请等它结束后再试。",
                    )
        for path in self.folder.iterdir():
            if path in (self.lock_file, self.stamp_file):
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(str(path))
            else:
                path.unlink()

    def create(self, reason):
        """Make it anew, with pip and nothing else."""
        if reason:
            step("Making .venv anew ({}) ...".format(reason), "正在重建运行环境 .venv …")
        else:
            step("Making a virtual environment in .venv ...", "正在建立运行环境 .venv …")
        self.write_stamp({"busy": True})
        self.clear()
        inside = os.path.normcase(os.path.realpath(sys.prefix)) == os.path.normcase(str(self.folder))
        maker = getattr(sys, "_base_executable", None) if inside else None
        code, output = self.call([maker or sys.executable, "-m", "venv", "--without-pip", self.folder])
        if code != 0 or self.python is None:
            raise StartError(
                "This Python cannot make a virtual environment. " + REMEDY[0],
                "这个 Python 无法建立虚拟环境。" + REMEDY[1],
                output,
            )
        self.add_pip()
        self.write_stamp(self.identity())

    def add_pip(self):
        """Put pip into it: Python's own copy, a wheel of the system's, or through a pip that this Python has."""
        wheels = sorted(Path("/usr/share/python-wheels").glob("pip-*.whl"))
        attempts = [[self.python, "-m", "ensurepip", "--upgrade", "--default-pip"]]
        attempts += [[self.python, wheel / "pip", "install", "--quiet", "--no-index", wheel] for wheel in wheels]
        attempts += [[sys.executable, "-m", "pip", "--python", self.python, "install", "--quiet", "pip"]]
        outputs = []
        for attempt in attempts:
            code, output = self.call(attempt)
            if code == 0:
                return
            outputs.append(output)
        raise StartError(
            "This Python comes without pip. " + REMEDY[0],
            "这个 Python 没有附带 pip。" + REMEDY[1],
            "\n".join(outputs),
        )

    def install(self, extras):
        """Install the project and its packages into it."""
        step("Installing the packages (a few minutes the first time) ...", "正在安装软件包（第一次约需几分钟）…")
        found = self.probe()
        if found is not None and not found[1]:
            self.add_pip()
        before = dict(self.identity(), **self.stamp())
        wanted = self.wanted(extras)
        self.write_stamp(dict(before, busy=True))
        what = ".[{}]".format(",".join(extras)) if extras else "."
        code, output = self.call([self.python, "-m", "pip", "install", "--quiet", "--editable", what])
        if code != 0:
            self.write_stamp(before)  # pip failed, but ended: what was there still is
            english, chinese = explain(output)
            raise StartError(english, chinese, output)
        self.write_stamp(wanted)

    # -- using it

    @contextlib.contextmanager
    def lock(self, path, waiting=False):
        """Hold a lock file; with ``waiting`` as long as it takes to get it."""
        with path.open("ab") as handle:
            if not try_lock(handle) and waiting:
                step("Waiting for another run that is preparing .venv ...", "另一次运行正在准备 .venv，请稍候 …")
                while not try_lock(handle):
                    time.sleep(0.2)
            self.held.append(handle)
            try:
                yield
            finally:
                self.held.remove(handle)

    def prepare(self, extras):
        """Bring it to "ready"."""
        state, reason = self.state(extras)
        if state == "new":
            self.create(reason)
        if state != "ready":
            self.install(extras)

    def run(self, command, arguments):
        """Prepare what the command needs, run it, and return its exit code."""
        if not (self.root / "pyproject.toml").is_file():
            raise StartError(
                "start.py belongs in the project's folder, beside pyproject.toml, and it is not there.",
                "start.py 必须放在项目文件夹里（与 pyproject.toml 同一目录）。",
            )
        extras, python_arguments, at_home = COMMANDS[command]
        mine = self.folder / "start-run-{}.lock".format(os.getpid())
        with contextlib.ExitStack() as stack:
            try:
                self.folder.mkdir(exist_ok=True)
                with self.lock(self.lock_file, waiting=True):
                    self.prepare(extras)
                    stack.enter_context(self.lock(mine))
            except OSError as error:
                raise StartError(
                    "Cannot work in {}: {}. Close what uses it, or move the project to a folder of your own, and try "
                    "again.".format(self.folder, error),
                    "无法使用 {}。请关闭正在使用它的程序，或把项目移到自己的文件夹，再试。".format(self.folder),
                )
            program = subprocess.Popen(
                [str(self.python)] + list(python_arguments) + list(arguments),
                cwd=str(self.root) if at_home else None,
                env=self.variables,
                pass_fds=self.inherited(),
            )
            while True:
                try:
                    code = program.wait()
                    break
                except KeyboardInterrupt:
                    continue  # the program had it too, and decides
        with contextlib.suppress(OSError):
            mine.unlink()
        return code if code >= 0 else 128 - code


def main(arguments):
    """Run a command line and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if not stream.isatty() and not os.environ.get("PYTHONIOENCODING"):
            stream.reconfigure(encoding="utf-8")  # as the programs started here write it
    if not arguments or arguments[0] in ("-h", "--help", "/?", "help"):
        say(USAGE)
        return 0
    if arguments[0] not in COMMANDS:
        say(USAGE, sys.stderr)
        return 2
    try:
        return Environment(Path(__file__).parent).run(arguments[0], arguments[1:])
    except StartError as failure:
        for text in (brief(failure.output), failure.english, failure.chinese):
            if text:
                say(text, sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("Interrupted; the next run begins anew. / 已中断；下次运行会重新开始。", sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
