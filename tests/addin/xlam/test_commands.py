"""``starscore addin`` where there is no Windows, and what its configuration says."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from addin.excel import install
from addin.excel.install import InstallError
from addin.excel.places import MissingFolder, Places
from addin.excel.xlam import build_xlam
from addin.source import source_folder
from tests.addin.command_line import run

elsewhere = pytest.mark.skipif(sys.platform == "win32", reason="a system without Excel")


def test_the_command_line_starts_without_what_only_these_commands_need() -> None:
    script = "import sys, addin.cli; print(sorted({'pyopenvba', 'xlwings'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_build_writes_the_add_in_anywhere(tmp_path: Path) -> None:
    out = tmp_path / "某 目录" / "StarScore.xlam"
    assert run("addin", "build", "--out", out)[0] == 0
    assert out.read_bytes() == build_xlam()


@elsewhere
@pytest.mark.parametrize("command", ["install", "uninstall"])
def test_without_windows_there_is_nothing_to_install(command: str) -> None:
    code, _, err = run("addin", command)
    assert (code, "加载项只能装在 Windows 上" in err) == (2, True)


@elsewhere
def test_the_doctor_says_so_too() -> None:
    code, out, _ = run("addin", "doctor")
    assert (code, "本机不是 Windows" in out) == (1, True)
    _, out, _ = run("addin", "doctor", "--json")
    assert [each["cause"] for each in json.loads(out)] == ["not_windows"]


def test_the_places_are_the_users_own() -> None:
    places = Places.of({"APPDATA": "/home/王 小明/Roaming", "USERPROFILE": "/home/王 小明"})
    assert places.add_in == Path("/home/王 小明/Roaming/Microsoft/Excel/XLSTART/StarScore.xlam")
    assert places.config == Path("/home/王 小明/.StarScore/StarScore.conf")
    with pytest.raises(MissingFolder, match="APPDATA"):
        Places.of({"USERPROFILE": "/home"})


@elsewhere
def test_the_configuration_is_in_the_code_page_and_names_the_source_only_where_needed() -> None:
    installed = source_folder("/程序/Lib/site-packages/addin/__init__.py")
    assert install._config(Path("/程序 目录/python.exe"), installed) == (
        '"INTERPRETER_WIN","/程序 目录/python.exe"\r\n'.encode("gbk")
    )
    assert '"PYTHONPATH","/源码"'.encode("gbk") in install._config(
        Path("/p/python.exe"), source_folder("/源码/addin/__init__.py")
    )
    with pytest.raises(InstallError, match="代码页没有的字"):
        install._config(Path("/\u0e01/python.exe"), installed)
