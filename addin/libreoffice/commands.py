"""``starscore libreoffice build|install|uninstall``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from addin.dialogue import wrong_use
from addin.libreoffice.extension import FILE_NAME, build_extension
from addin.libreoffice.install import InstallError, install, uninstall
from addin.libreoffice.texts import INSTALL
from addin.report import console
from workbook_templates.save import save_bytes

__all__ = ["libreoffice_app"]

libreoffice_app = typer.Typer(name="libreoffice", help="LibreOffice 扩展：生成、安装、卸载。", no_args_is_help=True)

Profile = Annotated[Path | None, typer.Option(help="LibreOffice 的用户配置文件夹；不写为本用户的")]
Program = Annotated[Path | None, typer.Option(help="soffice 程序；不写则自己找")]


@libreoffice_app.command("build")
def build_command(out: Annotated[Path, typer.Option(help="写到哪里")] = Path(FILE_NAME)) -> None:
    """生成扩展文件，任何系统上都可以。"""
    out.parent.mkdir(parents=True, exist_ok=True)
    save_bytes(build_extension(), out)
    console().print(str(out))


@libreoffice_app.command("install")
def install_command(profile: Profile = None, program: Program = None) -> None:
    """装进本用户的 LibreOffice，不需要管理员权限。"""
    try:
        install(profile, program)
    except InstallError as error:
        wrong_use(str(error))
    console().print(INSTALL["installed"])


@libreoffice_app.command("uninstall")
def uninstall_command(profile: Profile = None, program: Program = None) -> None:
    """移走扩展、函数和配置，不留痕迹。"""
    try:
        removed = uninstall(profile, program)
    except InstallError as error:
        wrong_use(str(error))
    console().print(INSTALL["removed" if removed else "nothing"])
