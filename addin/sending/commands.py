"""``starscore send``: thin over the same functions as the button."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from email.headerregistry import Address
from pathlib import Path
from typing import Annotated

import typer

from addin.dialogue import Json, ask_password, not_written, require_files, wrong_use
from addin.keyring import KeyringError, keep_password, kept_password
from addin.report import console, print_json, print_problems
from addin.sending.mail import address
from addin.sending.parcel import Parcel, parcel_of
from addin.sending.send import draft, eml, send
from addin.sending.sent_log import State, log_path
from addin.sending.smtp import Login, Outcome, Server

__all__ = ["send_file"]


def send_file(
    file: Annotated[Path, typer.Argument(help="定稿的工作簿")],
    to: Annotated[list[str], typer.Option(help="收件人的邮件地址，可多次")],
    out: Annotated[Path | None, typer.Option("--eml", help="写出 .eml 草稿，用任何邮件程序打开")] = None,
    smtp: Annotated[str, typer.Option(help="直接发送：邮件服务器，如 smtp.bank.cn:587")] = "",
    sender: Annotated[str, typer.Option("--from", help="直接发送时的发件人地址")] = "",
    user: Annotated[str, typer.Option(help="登录邮件服务器的用户名；不写则不登录")] = "",
    remember: Annotated[bool, typer.Option("--remember", help="密码交系统的密码库保管")] = False,
    ask: Annotated[bool, typer.Option("--ask", help="不用密码库里的密码，重新输入")] = False,
    ca: Annotated[Path | None, typer.Option(help="单位自己的证书（PEM），服务器用它时")] = None,
    anyway: Annotated[bool, typer.Option("--anyway", help="没有定稿或复核不通过也发送")] = False,
    again: Annotated[bool, typer.Option("--again", help="发过的也重发")] = False,
    as_json: Json = False,
) -> None:
    """发送总行：Outlook 草稿、.eml 草稿，或用 --smtp 直接发送；同一份定稿不会发两次。"""
    require_files(file, ca)
    if smtp and out is not None:
        wrong_use("--smtp 和 --eml 只能用一个")
    recipients = [_address("--to", word) for word in dict.fromkeys(to)]
    server = _server(smtp, ca) if smtp else None
    from_whom = _address("--from", sender) if server is not None else None
    try:
        parcel = parcel_of(file, ask_password)
        _warn(parcel, anyway, as_json)
        if server is not None and from_whom is not None:
            login = Login(user, _password(server, user, ask, remember)) if user else None
            outcomes = send(parcel, recipients, from_whom, server, login, again=again)
        else:
            made = eml(parcel, recipients, out) if out is not None else draft(parcel, recipients)
            outcomes = {each.addr_spec: made for each in recipients}
    except OSError as failed:
        not_written(out or Path(failed.filename or log_path()), failed)
    _tell(parcel, outcomes, as_json)
    raise typer.Exit(0 if all(outcome.state in (State.SENT, State.DRAFT) for outcome in outcomes.values()) else 1)


def _address(option: str, word: str) -> Address:
    found = address(word)
    if found is None:
        wrong_use(f"{option} {word}：不是邮件地址，须如 zhang@bank.cn")
    return found


def _server(word: str, ca: Path | None) -> Server:
    host, _, port = word.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        wrong_use(f"--smtp {word}：须写成 主机:端口，如 smtp.bank.cn:587")
    return Server(host, int(port), "" if ca is None else str(ca))


def _warn(parcel: Parcel, anyway: bool, as_json: bool) -> None:
    """Say why it had better not be sent; go on only where the user wants to all the same."""
    if not parcel.problems:
        return
    if not as_json:
        print_problems(parcel.problems, console())
    if anyway or (sys.stdin.isatty() and not as_json and typer.confirm("仍然发送吗？", default=False, err=True)):
        return
    if as_json:
        print_json({"recipients": [], "problems": [problem.as_json() for problem in parcel.problems]})
    else:
        console().print("没有发送；确要发送请加 --anyway")
    raise typer.Exit(1)


def _password(server: Server, user: str, ask: bool, remember: bool) -> str:
    """From the system's keyring, else from the user."""
    account = f"smtp {server.host} {user}"
    kept = None if ask else kept_password(account)
    if kept is not None:
        return kept
    given = str(typer.prompt(f"{user} 在 {server.host} 的密码", hide_input=True, err=True))
    if remember:
        try:
            keep_password(account, given)
        except KeyringError as failed:
            typer.echo(f"系统没有可用的密码库（{failed}），密码没有保存", err=True)
    return given


def _tell(parcel: Parcel, outcomes: Mapping[str, Outcome], as_json: bool) -> None:
    if as_json:
        print_json({
            "file": parcel.name,
            "digest": parcel.digest,
            "recipients": _recipients(outcomes),
            "problems": [problem.as_json() for problem in parcel.problems],
        })  # fmt: skip
        return
    for name, outcome in outcomes.items():
        console().print(f"{name}：{outcome.said}")


def _recipients(outcomes: Mapping[str, Outcome]) -> Sequence[dict[str, str]]:
    return [{"to": name, "state": o.state.value, "message": o.said} for name, o in outcomes.items()]
