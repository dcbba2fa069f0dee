"""``starscore addin build|install|uninstall|doctor``.

xlwings and pyOpenVBA are slow to import, so only the commands that need them do: the others start without.
"""

from __future__ import annotations

from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from addin.dialogue import Json, wrong_use
from addin.excel.places import FILE_NAME
from addin.excel.texts import DOCTOR, INSTALL
from addin.report import console, print_json
from workbook_templates.save import save_bytes

__all__ = ["addin_app"]

addin_app = typer.Typer(name="addin", help="Excel 加载项：生成、安装、卸载、诊断。", no_args_is_help=True)


@addin_app.command("build")
def build_command(out: Annotated[Path, typer.Option(help="写到哪里")] = Path(FILE_NAME)) -> None:
    """生成加载项文件，任何系统上都可以。"""
    from addin.excel.xlam import build_xlam  # noqa: PLC0415

    out.parent.mkdir(parents=True, exist_ok=True)
    save_bytes(build_xlam(), out)
    console().print(str(out))


@addin_app.command("install")
def install_command() -> None:
    """把加载项装进本用户 Excel 的启动文件夹，不需要管理员权限。"""
    from addin.excel.install import InstallError, install  # noqa: PLC0415

    try:
        console().print(INSTALL["installed"].format(path=install()))
    except InstallError as error:
        wrong_use(str(error))


@addin_app.command("uninstall")
def uninstall_command() -> None:
    """移走加载项、它的配置和日志。"""
    from addin.excel.install import InstallError, uninstall  # noqa: PLC0415

    try:
        console().print(INSTALL["removed" if uninstall() else "nothing"])
    except InstallError as error:
        wrong_use(str(error))


@addin_app.command("doctor")
def doctor_command(as_json: Json = False) -> None:
    """检查加载项能否在本机工作，逐项说明原因和办法。"""
    from addin.excel.doctor import diagnose  # noqa: PLC0415
    from addin.excel.machine import look  # noqa: PLC0415

    findings = diagnose(look())
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        fine = DOCTOR["fine"].format(version=version("starscore"))
        console().print("\n".join(finding.text for finding in findings) or fine)
    if findings:
        raise typer.Exit(1)
