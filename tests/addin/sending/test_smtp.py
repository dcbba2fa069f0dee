"""Against a real mail server on this machine: what arrives, and what is said when it does not."""

import email
import email.policy
import os
import socket
from dataclasses import replace
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path

import pytest

from addin.sending.mail import message_id
from addin.sending.parcel import Parcel
from addin.sending.send import send
from addin.sending.sent_log import State, log_path
from addin.sending.smtp import Login, Outcome, Server
from tests.addin.sending.mail_server import PASSWORD, REFUSED, USER, MailServer, listening

SENDER = Address("郑东支行", addr_spec="zd@bank.cn")
LOGIN = Login(USER, PASSWORD)


def sent(
    parcel: Parcel, to: MailServer, *names: str, again: bool = False, login: Login | None = LOGIN
) -> list[Outcome]:
    recipients = [Address("", addr_spec=name) for name in names or ("hq@bank.cn",)]
    return list(send(parcel, recipients, SENDER, to.server, login, again=again).values())


def states(outcomes: list[Outcome]) -> list[State]:
    return [outcome.state for outcome in outcomes]


def test_it_arrives_whole_and_encrypted(parcel: Parcel, tmp_path: Path) -> None:
    with listening(tmp_path) as server:
        assert states(sent(parcel, server)) == [State.SENT]
    [envelope] = server.got
    assert (envelope.mail_from, envelope.rcpt_tos) == ("zd@bank.cn", ["hq@bank.cn"])
    assert isinstance(envelope.content, bytes)
    message = email.message_from_bytes(envelope.content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    [attached] = message.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == (parcel.name, parcel.content)
    assert message["Message-ID"] == message_id(parcel.digest, ["hq@bank.cn"])
    assert message["X-Unsent"] is None


def test_the_same_is_not_sent_twice_but_to_somebody_else_it_is(parcel: Parcel, tmp_path: Path) -> None:
    with listening(tmp_path) as server:
        sent(parcel, server)
        [second] = sent(parcel, server)
        assert (second.state, "没有重发" in second.said) == (State.SENT, True)
        assert states(sent(parcel, server, "hq@bank.cn", "b@bank.cn")) == [State.SENT, State.SENT]
    assert [envelope.rcpt_tos for envelope in server.got] == [["hq@bank.cn"], ["b@bank.cn"]]


def test_again_sends_again_with_the_same_id(parcel: Parcel, tmp_path: Path) -> None:
    with listening(tmp_path) as server:
        sent(parcel, server)
        sent(parcel, server, again=True)
    ids = [email.message_from_bytes(bytes(envelope.content or b""))["Message-ID"] for envelope in server.got]
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_a_refused_recipient_does_not_keep_the_others_from_getting_it(parcel: Parcel, tmp_path: Path) -> None:
    with listening(tmp_path) as server:
        first, second = sent(parcel, server, REFUSED, "hq@bank.cn")
        assert (first.state, first.said) == (State.NOT_SENT, "邮件服务器不接受收件人：550 5.1.1 no such user")
        assert second.state is State.SENT
        assert states(sent(parcel, server, REFUSED, "hq@bank.cn")) == [State.NOT_SENT, State.SENT]
    assert [envelope.rcpt_tos for envelope in server.got] == [["hq@bank.cn"]]


def test_where_all_are_refused_nothing_is_sent(parcel: Parcel, tmp_path: Path) -> None:
    with listening(tmp_path) as server:
        assert states(sent(parcel, server, REFUSED)) == [State.NOT_SENT]
    assert server.got == []


@pytest.mark.parametrize("fault", ["drops before the mail", "drops within the mail", "full"])
def test_what_was_surely_not_taken_can_be_sent_again(parcel: Parcel, tmp_path: Path, fault: str) -> None:
    large = replace(parcel, content=os.urandom(12_000_000))  # more than the network holds on its way
    with listening(tmp_path, fault) as server:
        [outcome] = sent(large, server)
    assert outcome.state is State.NOT_SENT
    with listening(tmp_path) as server:
        assert states(sent(parcel, server)) == [State.SENT]
    assert len(server.got) == 1


def test_what_may_have_been_taken_is_not_sent_again_unasked(parcel: Parcel, tmp_path: Path) -> None:
    with listening(tmp_path, "drops after the mail") as server:
        [outcome] = sent(parcel, server)
        assert (outcome.state, "核实" in outcome.said) == (State.UNKNOWN, True)
        [second] = sent(parcel, server)
        assert (second.state, "--again" in second.said) == (State.UNKNOWN, True)
    assert len(server.got) == 1


def test_a_mail_beyond_the_servers_limit_is_not_begun(parcel: Parcel, tmp_path: Path) -> None:
    with listening(tmp_path, limit=20_000) as server:
        [outcome] = sent(parcel, server)
    assert (outcome.state, server.got) == (State.NOT_SENT, [])
    assert "超过服务器的限额 0.0 MB" in outcome.said


def test_a_wrong_password_is_said_and_nothing_is_sent(parcel: Parcel, tmp_path: Path) -> None:
    with listening(tmp_path) as server:
        [outcome] = sent(parcel, server, login=Login(USER, "别的"))
    assert outcome.state is State.NOT_SENT
    assert outcome.said.startswith(f"邮件服务器不接受用户 {USER} 的密码：535")
    assert server.got == []


def test_without_encryption_nothing_is_sent(parcel: Parcel, tmp_path: Path) -> None:
    with listening(tmp_path, encrypted=False) as server:
        [outcome] = sent(parcel, server, login=None)
    assert "不支持加密" in outcome.said
    assert server.got == []


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(parcel: Parcel, tmp_path: Path) -> None:
    with listening(tmp_path) as server:
        strange = MailServer(Server(server.server.host, server.server.port), server.got)
        [outcome] = sent(parcel, strange)
    assert (outcome.state, "证书不可信" in outcome.said) == (State.NOT_SENT, True)
    assert server.got == []


def test_a_server_that_is_not_there_is_said(parcel: Parcel) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    [outcome] = sent(parcel, MailServer(Server("127.0.0.1", port)))
    assert (outcome.state, "连不上" in outcome.said) == (State.NOT_SENT, True)


def test_no_password_gets_into_the_log(parcel: Parcel, tmp_path: Path) -> None:
    with listening(tmp_path) as server:
        sent(parcel, server)
    assert PASSWORD not in log_path().read_text("utf-8")
    assert PASSWORD not in repr(LOGIN)
