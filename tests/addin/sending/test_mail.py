"""The mail, as two parsers that know nothing of each other read it."""

import datetime as dt
import email
import email.policy
import re
from email.headerregistry import Address
from email.message import EmailMessage

import mailparser
import pytest

from addin.sending.mail import address, mail, message_id
from addin.sending.parcel import Parcel

TO = (Address("总行 运营部", addr_spec="hq@bank.cn"), Address("", addr_spec="copy@bank.cn"))
WHEN = dt.datetime(2026, 10, 9, 16, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@pytest.fixture
def raw(parcel: Parcel) -> bytes:
    return mail(parcel, TO, Address("郑东支行", addr_spec="zd@bank.cn"), WHEN, draft=True).as_bytes()


def test_pythons_parser_reads_all_of_it(raw: bytes, parcel: Parcel) -> None:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert message.defects == []
    assert message["Subject"] == parcel.subject
    assert [(a.display_name, a.addr_spec) for a in message["To"].addresses] == [
        ("总行 运营部", "hq@bank.cn"), ("", "copy@bank.cn"),
    ]  # fmt: skip
    assert message["From"].addresses[0].display_name == "郑东支行"
    assert message["X-Unsent"] == "1"
    assert message["Date"].datetime == WHEN
    body = message.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n").strip() == parcel.text
    [attached] = message.iter_attachments()
    assert attached.get_filename() == parcel.name
    assert attached.get_content() == parcel.content
    assert attached.get_content_type().endswith("spreadsheetml.sheet")


def test_another_parser_reads_the_same(raw: bytes, parcel: Parcel) -> None:
    message = mailparser.parse_from_bytes(raw)
    assert message.subject == parcel.subject
    assert message.to == [("总行 运营部", "hq@bank.cn"), ("", "copy@bank.cn")]
    assert message.from_ == [("郑东支行", "zd@bank.cn")]
    assert message.body.replace("\r\n", "\n").strip() == parcel.text
    [attached] = message.attachments
    assert attached["filename"] == parcel.name
    assert attached["mail_content_type"].endswith("spreadsheetml.sheet")


def test_on_the_wire_it_is_short_lines_of_ascii(raw: bytes) -> None:
    raw.decode("ascii")
    lines = raw.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 998
    head = raw.partition(b"\r\n\r\n")[0]
    assert re.search(rb"^Subject: =\?utf-8\?", head, re.M | re.I)
    assert re.search(rb"filename\*(?:0\*)?=utf-8''", raw, re.I)


def test_what_is_no_draft_does_not_say_that_it_is_one(parcel: Parcel) -> None:
    assert mail(parcel, TO, TO[0], WHEN)["X-Unsent"] is None


def test_the_same_workbook_to_the_same_people_has_the_same_id() -> None:
    assert message_id("a" * 64, ["b@c.cn", "D@c.cn"]) == message_id("a" * 64, ["d@c.cn", "b@c.cn"])
    assert message_id("a" * 64, ["b@c.cn"]) != message_id("a" * 64, ["d@c.cn"])
    assert message_id("a" * 64, ["b@c.cn"]) != message_id("b" * 64, ["b@c.cn"])


@pytest.mark.parametrize(("text", "spec"), [
    ("a@b.cn", "a@b.cn"), ("张三 <a@b.cn>", "a@b.cn"), ("a", None), ("a@b", None), ("", None), ("张@b.cn", None),
    ("a@b.cn\r\nBcc: c@d.cn", None), ("a b@c.cn", None),
])  # fmt: skip
def test_what_is_an_address(text: str, spec: str | None) -> None:
    found = address(text)
    assert (None if found is None else found.addr_spec) == spec
