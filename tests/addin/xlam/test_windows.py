"""The Windows path, run for real under Wine: install, the DLL, the COM server, every function, the doctor.

User name, the interpreter's path and the code page are Chinese. Only Excel itself is played (windows_client.py).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from addin.excel.texts import DOCTOR
from addin.excel.xlam import build_xlam, modules
from addin.functions import FUNCTIONS
from addin.live.actions import ACTIONS
from addin.live.labels import LABELS
from addin.live.texts import SAID
from tests.addin.functions.blocks import CASES, MONTHLY, block_of
from tests.wine import Wine, windows_path

pytestmark = pytest.mark.wine
CLIENT = Path(__file__).with_name("windows_client.py")
ERROR, LEFT_OUT = {"error": -2146826246}, {"missing": 0}


def files(windows: Wine) -> set[Path]:
    """Everything in the user's folders but what Windows itself keeps there."""
    return {path for path in windows.profile.rglob("*") if path.is_file() and "Temp" not in path.parts}


@dataclass(frozen=True)
class Installed:
    add_in: Path
    config: Path
    before: set[Path]
    """The user's files before the installation."""
    said: str


@pytest.fixture(scope="module")
def installed(windows: Wine) -> Installed:
    """The add-in installed by its command; the last test of this module takes it away again."""
    add_in = windows.profile / "AppData/Roaming/Microsoft/Excel/XLSTART/StarScore.xlam"
    config = windows.profile / ".StarScore" / "StarScore.conf"
    before = files(windows) - {add_in, config}
    return Installed(add_in, config, before, windows.starscore("addin", "install").stdout)


def test_install_puts_two_files_there(windows: Wine, installed: Installed) -> None:
    assert "已装好" in installed.said
    assert files(windows) - installed.before == {installed.add_in, installed.config}
    assert installed.add_in.read_bytes() == build_xlam()
    first = installed.config.read_text("gbk").splitlines()[0]
    assert first == f'"INTERPRETER_WIN","{windows_path(windows.interpreter)}"'


# ── the functions ────────────────────────────────────────────────


HEADERS = [["id", "name", "outlet", "post_since", "quality", "volume"]]
PERSON = [["007", "张三", "东街", 46000.0, 48.0, 1000.0]]
CALLS = [
    ["STARWHY", [MONTHLY, HEADERS, PERSON, 1.0, "quality", LEFT_OUT]],
    ["STARRATIO", [[[3.0], [1.0], [ERROR], [None], ["两"], [True]], 10.0, LEFT_OUT, LEFT_OUT, LEFT_OUT]],
    ["STARRATIO", [[[0.1, 0.2, "0.3%"]], 10.0, True, "linear", LEFT_OUT]],
    ["STARDEDUCT", [10.0, [[1.0, None], [0.0, 2.0]], [[5.0, 3.0]]]],
    ["STARBONUS", [[[1.0, 0.0], [2.0, 1.0]], [[2.0, 5.0]], LEFT_OUT]],
    ["STARINSPECT", [[[80.0, 90.0], [60.0, None]], 20.0, LEFT_OUT]],
    ["STARSKILL", [[[80.0], [90.0]], [[70.0, 90.0], [60.0, 80.0]], 0.5]],
    ["STARRANK", [[[95.0], ["不参评"], [90.0], ["#有误"]], [["东"], ["东"], ["西"], ["西"]], LEFT_OUT]],
    ["STARQUOTA", ["5:1 9:2 15:3 +5:1", [[5.0], [16.0]]]],
    ["STARPICK", [[["甲"], ["乙"], ["丙"]], [[90.0], [95.0], [90.0]], 2.0, LEFT_OUT]],
    ["STARWORKDAY", [46289.0, 5.0]],
    ["STARVERSION", []],
]


DATE = ["STARWORKDAY", [[[{"date": "2026-09-24"}], ["2026-09-24"]], 5.0]]
BIG = ["STARRATIO", [[[float(n)] for n in range(5000)], 10.0]]
PRESS = ["PRESS", ["version"]]
BUTTONS = [["PRESS", [button, {"book": "empty"}]] for button in ACTIONS]
"""Each action's button, with the workbook that VBA hands over: without sheets, its user gives up all questions."""
KILL = ["KILL", []]
LAST = ["STARQUOTA", ["1", 3.0]]


def case_calls() -> list[list]:
    """Total, points and reasons of every case."""
    calls = []
    for case in CASES:
        block = block_of(case)
        for name, part in (("STARSCORE", "*"), ("STARSCORE", LEFT_OUT), ("STARELIGIBLE", LEFT_OUT)):
            calls.append([name, [MONTHLY, block.headers, block.rows, part, block.settings]])
    return calls


def here(name: str, arguments: list) -> object:
    """The same call in this process."""

    def plain(value: object) -> object:
        if isinstance(value, list):
            return [plain(each) for each in value]
        return {"error": -2146826246, "missing": None}[next(iter(value))] if isinstance(value, dict) else value

    answer = FUNCTIONS[name](*map(plain, arguments))
    # xlwings gives one row as a flat sequence.
    return answer[0] if isinstance(answer, list) and len(answer) == 1 else answer


@pytest.fixture(scope="module")
def answers(windows: Wine, installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> list:
    """What Excel's side gets, in order, for all calls of this module: one server for all, but for those killed."""
    folder = tmp_path_factory.mktemp("调用 目录")
    job, out = folder / "job.json", folder / "out.json"
    calls = [*case_calls(), *CALLS, DATE, BIG, PRESS, *BUTTONS, LAST, KILL, LAST, KILL, LAST]
    job.write_text(json.dumps(calls), "utf-8")
    done = windows.python(*map(windows_path, (CLIENT, installed.config, job, out)), timeout=240)
    assert out.exists(), done.stdout + done.stderr
    content = json.loads(out.read_text("utf-8"))
    assert len(content) == len(calls) - 2
    return content


def test_every_case_comes_out_as_it_does_here(answers: list) -> None:
    calls = case_calls()
    for call, answer in zip(calls, answers, strict=False):
        assert answer == here(*call), call


def test_every_function_answers_as_it_does_here(answers: list) -> None:
    assert {name for name, _ in CALLS} | {"STARSCORE", "STARELIGIBLE"} == set(FUNCTIONS)
    start = len(case_calls())
    assert answers[start : start + len(CALLS)] == [here(*call) for call in CALLS]
    date, big, press = answers[start + len(CALLS) :][:3]
    assert date == [[46304.0], [46304.0]]
    assert big[-2:] == [[pytest.approx(4998 / 4999 * 10)], [10.0]]
    assert press == FUNCTIONS["STARVERSION"]()


def test_every_button_reaches_its_action_in_the_workbook_that_vba_hands_over(answers: list) -> None:
    start = len(answers) - 3 - len(BUTTONS)
    told = dict(zip(ACTIONS, answers[start:-3], strict=True))
    ends = dict.fromkeys(("new", "new_scheme", "annual", "merge"), SAID["cancelled"])
    ends |= {name: SAID["not_saved"].format(action=LABELS[name].label) for name in ("seal", "verify", "send")}
    ends["diagnose"] = DOCTOR["no_excel"]
    assert told == {button: ends.get(button, SAID["not_ours"]) for button in ACTIONS}


def test_a_server_that_was_killed_is_started_again(answers: list) -> None:
    assert answers[-3:] == [1.0, 1.0, 1.0]


def test_the_played_excel_starts_the_server_as_the_vba_does() -> None:
    """The command of windows_client.py is that of xlwings' VBA: the lines that it was made from are still there."""
    source = next(module.source for module in modules() if module.name == "xlwings")
    for line in (
        'PYTHONPATH = AddExcelDir & ";;;;;;" & GetConfig("PYTHONPATH")',
        'PYTHON_WIN = "cmd.exe " & ConsoleSwitch & " /K " & Chr(34) & Chr(34) & PYTHON_WIN & Chr(34)',
        'tail = " -B -c ""import sys, os;" & LicenseKeyEnvString & "import xlwings.utils;'
        'xlwings.utils.prepare_sys_path(\\""" & PYTHONPATH & "\\"");import xlwings; xlwings.serve(\'$(CLSID)\')"""',
        "XLPyCommand = PYTHON_WIN & tail & Chr(34) & Space$(ServerRestarts)",
    ):
        assert source.count(line) == 1, line


@pytest.mark.usefixtures("installed")
def test_the_doctor_finds_each_cause(windows: Wine, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    done = windows.python("-m", "tests.addin.xlam.windows_doctor", windows_path(out), timeout=240)
    assert out.exists(), done.stdout + done.stderr
    found = json.loads(out.read_text("utf-8"))
    assert found == {
        "sound": [],
        "no Excel": ["no_excel"],
        "WPS": ["wps"],
        "locations": ["untrusted"],
        "macros": ["macros_off"],
        "PYTHONPATH": ["pythonpath"],
        "OneDrive": ["not_local"],
        "DLL": ["dll_missing"],
        "damaged DLL": ["dll_blocked"],
        "xlwings": ["other_xlwings"],
        "other build": ["other_build"],
        "no add-in": ["not_installed"],
        "interpreter": ["no_interpreter"],
        "no right": ["no_children"],
        "configuration": ["no_config"],
    }


def test_uninstall_takes_them_away(windows: Wine, installed: Installed) -> None:
    assert "已卸载" in windows.starscore("addin", "uninstall").stdout
    assert files(windows) - installed.before == set()
    assert not installed.config.parent.exists()
    assert "没有装过" in windows.starscore("addin", "uninstall").stdout
