"""``starscore send`` as people and programs call it."""

import email
import email.policy
import json
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest

from addin.sending.sent_log import log_path
from tests.addin.command_line import run
from tests.addin.sealing.making import typed_in
from tests.addin.sending.mail_server import PASSWORD, USER, listening


def log() -> list[dict[str, str]]:
    return [json.loads(line) for line in log_path().read_text("utf-8").splitlines()]


def test_an_eml_that_opens_as_a_draft(final: Path, tmp_path: Path) -> None:
    path = tmp_path / "报送 总行.eml"
    code, out, _ = run("send", final, "--to", "hq@bank.cn", "--eml", path)
    assert code == 0
    assert "用邮件程序打开" in out
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert (message["X-Unsent"], message["To"]) == ("1", "hq@bank.cn")
    assert [part.get_filename() for part in message.iter_attachments()] == [final.name]
    assert [(entry["state"], entry["way"]) for entry in log()] == [("draft", str(path))]


@pytest.mark.skipif(sys.platform == "win32", reason="there may be an Outlook")
def test_without_outlook_the_draft_lies_beside_the_workbook_and_replaces_none(final: Path) -> None:
    for name in (f"{final.stem}.eml", f"{final.stem} (2).eml"):
        assert run("send", final, "--to", "hq@bank.cn")[0] == 0
        path = final.with_name(name)
        assert path.is_file()
    for path in final.parent.glob("*.eml"):
        path.unlink()


def test_by_smtp_with_the_password_of_the_keyring(
    final: Path, tmp_path: Path, passwords: dict[tuple[str, str], str]
) -> None:
    with listening(tmp_path) as mail:
        where = f"{mail.server.host}:{mail.server.port}"
        passwords["StarScore", f"smtp {mail.server.host} {USER}"] = PASSWORD
        code, out, _ = run("send", final, "--to", "hq@bank.cn", "--smtp", where, "--from", "zd@bank.cn",
                           "--user", USER, "--ca", mail.server.ca, "--json")  # fmt: skip
    content = json.loads(out)
    assert code == 0
    assert content["recipients"] == [{"to": "hq@bank.cn", "state": "sent", "message": "已发送"}]
    assert [entry["state"] for entry in log()] == ["begun", "sent"]
    assert {entry["digest"] for entry in log()} == {content["digest"]}
    assert len({entry["message_id"] for entry in log()}) == 1
    assert len(mail.got) == 1


def test_a_prompted_password_is_kept_where_the_user_wants_it(
    final: Path, tmp_path: Path, passwords: dict[tuple[str, str], str]
) -> None:
    with listening(tmp_path) as mail:
        code, out, err = run("send", final, "--to", "hq@bank.cn", "--smtp", f"127.0.0.1:{mail.server.port}", "--from",
                             "zd@bank.cn", "--user", USER, "--ca", mail.server.ca, "--remember",
                             answers=f"{PASSWORD}\n")  # fmt: skip
    assert code == 0, out + err
    assert PASSWORD not in out + err
    assert passwords == {("StarScore", f"smtp 127.0.0.1 {USER}"): PASSWORD}


def test_what_is_not_sealed_is_not_sent_without_a_word(tmp_path: Path) -> None:
    path = typed_in(tmp_path)
    code, out, _ = run("send", path, "--to", "hq@bank.cn", "--eml", tmp_path / "a.eml")
    assert (code, "没有定稿" in out, (tmp_path / "a.eml").exists()) == (1, True, False)
    code, out, _ = run("send", path, "--to", "hq@bank.cn", "--eml", tmp_path / "a.eml", "--anyway")
    assert (code, "没有定稿" in out, (tmp_path / "a.eml").exists()) == (0, True, True)


def test_a_draft_that_cannot_be_written_says_so(final: Path, tmp_path: Path) -> None:
    code, _, err = run("send", final, "--to", "hq@bank.cn", "--eml", tmp_path / "没有" / "a.eml")
    assert (code, "写不了" in err) == (1, True)


@pytest.mark.parametrize(("words", "said"), [
    (["--to", "hq"], "不是邮件地址"),
    (["--to", "hq@bank.cn", "--smtp", "smtp.bank.cn"], "须写成 主机:端口"),
    (["--to", "hq@bank.cn", "--smtp", "smtp.bank.cn:587"], "--from"),
    (["--to", "hq@bank.cn", "--smtp", "smtp.bank.cn:587", "--eml", "a.eml"], "只能用一个"),
])  # fmt: skip
def test_wrong_use_is_said(final: Path, words: list[str], said: str) -> None:
    code, _, err = run("send", final, *words)
    assert (code, said in err) == (2, True)
