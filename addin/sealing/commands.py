"""``starscore seal``, ``verify`` and ``key``: thin over the same functions as the buttons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from addin.dialogue import Json, ask_password, not_written, require_files, wrong_use
from addin.keyring import KeyringError
from addin.report import console, print_json, print_problems
from addin.sealing.keys import (
    KeyFileError,
    OwnKey,
    TrustedKey,
    new_key,
    own_key,
    read_key_text,
    trust,
    trusted_keys,
)
from addin.sealing.seal import Sealed, Sign, seal
from addin.sealing.signature import fingerprint, sign
from addin.sealing.states import STATES
from addin.sealing.verify import SignatureState, Verification, verify
from workbook_templates.results import pool_state

__all__ = ["keys", "known_keys", "seal_file", "verify_file"]

keys = typer.Typer(help="签名密钥：生成、查看、信任名单。", no_args_is_help=True)

_TRIES = 3


def seal_file(
    file: Annotated[Path, typer.Argument(help="结果工作簿，或填好的工作簿")],
    out: Annotated[Path, typer.Option(help="写出的定稿")],
    replaces: Annotated[Path | None, typer.Option(help="被替代的上一版定稿")] = None,
    unsigned: Annotated[bool, typer.Option("--unsigned", help="有密钥也不签名")] = False,
    password: Annotated[bool, typer.Option("--password", help="给定稿加打开密码")] = False,
    as_json: Json = False,
) -> None:
    """定稿：只留数值，记下校验码并签名；有错误、待核实、未裁定的并列时不定稿。"""
    require_files(file, replaces)
    if out.resolve() in {path.resolve() for path in (file, replaces) if path is not None}:
        wrong_use("定稿不能写回原工作簿或上一版，请另取一个文件名")
    signer = None if unsigned else _signer()
    secret = _new_password("定稿的打开密码") if password else None
    try:
        done = seal(file, out, dt.date.today(), sign=signer, replaces=replaces, password=secret,
                    ask_password=ask_password)  # fmt: skip
    except OSError as failed:
        not_written(out, failed)
    if as_json:
        print_json(_sealed_json(done))
    else:
        print_problems(done.problems, console())
        _print_sealed(done, out)
    raise typer.Exit(1 if done.seal is None else 0)


def _sealed_json(done: Sealed) -> dict[str, object]:
    made = done.seal
    return {
        "sealed": made is not None,
        "digest": "" if made is None else made.digest,
        "revision": None if made is None else made.record.revision,
        "replaces": "" if made is None else made.record.replaces,
        "signer": "" if made is None or made.signature is None else made.signature.name,
        "problems": [problem.as_json() for problem in done.problems],
    }


def _print_sealed(done: Sealed, out: Path) -> None:
    made, text = done.seal, console()
    if made is None:
        text.print("没有定稿：先处理上面的问题。")
        return
    signed = STATES[SignatureState.UNSIGNED] if made.signature is None else f"签名：{made.signature.name}"
    text.print(f"已定稿 {out}，第 {made.record.revision} 版。{signed}")
    text.print(f"校验码（SHA-256）：{made.digest}", soft_wrap=True)


def _signer() -> Sign | None:
    """What signs with the user's key, once its password is known; None where there is no key."""
    key = _own()
    if key is None:
        return None
    password = key.password_of_system()
    for _ in range(_TRIES):
        if password is None:
            password = str(typer.prompt(f"签名密钥“{key.name}”的密码", hide_input=True, err=True))
        private = key.unlocked(password)
        if private is not None:
            return lambda digest: sign(private, key.name, digest)
        password = None
    typer.echo("密码不对，没有定稿；不签名请加 --unsigned", err=True)
    raise typer.Exit(1)


def verify_file(
    file: Annotated[Path, typer.Argument(help="定稿的工作簿")],
    require_signature: Annotated[bool, typer.Option("--require-signature", help="没有可信的签名即不通过")] = False,
    as_json: Json = False,
) -> None:
    """复核：签名、校验码、每一格，并按封存的数据和方案重算每项得分、名次和入选。"""
    require_files(file)
    found = verify(file, known_keys(), require_signature=require_signature, ask_password=ask_password)
    if as_json:
        print_json(found.as_json())
    else:
        _print_verification(found)
    raise typer.Exit(0 if found.passed else 1)


def _print_verification(found: Verification) -> None:
    out = console()
    print_problems(found.problems, out)
    if found.seal is None:
        return
    record = found.seal.record
    out.print(f"{record.unit}　{record.period}　{record.scheme}（{record.version}）　第 {record.revision} 版，"
              f"{record.sealed_on} 定稿")  # fmt: skip
    out.print(f"校验码（SHA-256）：{found.seal.digest}", soft_wrap=True)
    if found.result is not None and found.scheme is not None:
        for pool in found.result.quota:
            out.print(f"重算　{pool.pool}　{pool_state(found.scheme, found.result, pool)}")
    out.print(STATES[found.state] + (f"：{found.signer}" if found.signer else ""))
    if found.passed:
        out.print("复核通过。")
    else:
        out.print("复核不通过。", style="red")


@keys.command("new")
def new(
    name: Annotated[str, typer.Option(help="签名人：单位或姓名，收件人看得到")],
    in_keyring: Annotated[bool, typer.Option("--keyring", help="密码由系统的密码库保管，签名时不必输入")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="换掉现有的密钥")] = False,
) -> None:
    """生成签名密钥；私钥加密存放，公钥发给收件人。"""
    name = " ".join(name.split())
    if not name:
        wrong_use("--name 不能为空")
    if _own() is not None and not replace:
        wrong_use("已有密钥（starscore key show）；要换新的请加 --replace，旧密钥的签名仍可复核")
    try:
        with _key_files():
            made = new_key(name, None if in_keyring else _new_password("密钥的密码"))
    except KeyringError as failed:
        wrong_use(f"系统没有可用的密码库（{failed}）；去掉 --keyring，改用密码")
    _print_key("已生成密钥", made)


def _new_password(what: str) -> str:
    return str(typer.prompt(what, hide_input=True, confirmation_prompt="再输入一次", err=True))


@keys.command("show")
def show() -> None:
    """显示自己的公钥和信任名单。"""
    own = _own()
    if own is None:
        console().print("没有签名密钥；用 starscore key new 生成。")
    else:
        _print_key("签名密钥", own)
    for each in known_keys():
        console().print(_told(each))


def _print_key(what: str, key: OwnKey) -> None:
    out = console()
    out.print(f"{what}：{key.name}，指纹 {fingerprint(key.key)}")
    out.print("公钥（整行发给收件人，电话核对指纹）：")
    out.print(key.text, soft_wrap=True)


def _told(key: TrustedKey) -> str:
    return f"{'作废' if key.revoked else '信任'}　{fingerprint(key.key)}　{key.name}"


@keys.command("trust")
def trust_key(
    key: Annotated[str, typer.Argument(help="starscore key show 显示的整行公钥，或名单中的指纹")],
    name: Annotated[str, typer.Option(help="名单中的称呼；默认为公钥中的名称")] = "",
    revoke: Annotated[bool, typer.Option("--revoke", help="作废：今后它的签名不再可信")] = False,
) -> None:
    """把一个公钥加入信任名单，或作废。"""
    known = next(((each.name, each.key) for each in known_keys() if fingerprint(each.key) == key.strip()), None)
    found = known or read_key_text(key)
    if found is None:
        wrong_use("公钥不对：须为 starscore key show 显示的整行，或名单中的指纹")
    with _key_files():
        known_now = trust(name or found[0], found[1], revoked=revoke)
    for each in known_now:
        if each.key == found[1]:
            console().print(_told(each))


def _own() -> OwnKey | None:
    with _key_files():
        return own_key()


def known_keys() -> tuple[TrustedKey, ...]:
    """The keys whose signatures count; leaves with 1 where the list cannot be read."""
    with _key_files():
        return trusted_keys()


@contextmanager
def _key_files() -> Iterator[None]:
    """Say which file of keys cannot be read or written, and leave with 1."""
    try:
        yield
    except KeyFileError as failed:
        typer.echo(f"密钥文件读不了：{failed}", err=True)
        raise typer.Exit(1) from failed
    except OSError as failed:
        typer.echo(f"密钥文件写不了：{failed.filename}（{failed.strerror}）", err=True)
        raise typer.Exit(1) from failed
