"""发送总行, 汇总 and 新建方案 in a real LibreOffice; only the person who answers the questions is played."""

from __future__ import annotations

import email
import email.policy
import shutil
from email.message import EmailMessage
from pathlib import Path

import pytest
import xlwings
from openpyxl import load_workbook

from addin.libreoffice.office import Office
from addin.live.actions import run
from addin.live.texts import SAID
from addin.scheme_sheet.usage import USAGE
from tests.addin.merging.making import sealed, table, typed
from tests.addin.office.documents import opened, press
from tests.addin.office.person import Person
from workbook_templates.layout import SHEET

pytestmark = pytest.mark.libreoffice


@pytest.fixture
def empty(office: Office) -> xlwings.Book:
    return opened(office)


def names(book: xlwings.Book) -> list[str]:
    return [each.name for each in book.app.books]


# ── 发送总行 ─────────────────────────────────────────────────────


def test_a_sealed_workbook_becomes_a_draft_beside_it(office: Office, tmp_path: Path) -> None:
    path = sealed(tmp_path / "花园 支行.xlsx", 0)
    person = Person("hq@bank.cn；分行 <fh@bank.cn>")
    said = run("send", opened(office, path), person)
    draft = path.with_suffix(".eml")
    assert str(draft) in said
    assert len(person.asked) == 1, "no warning"
    message = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert [each.addr_spec for each in message["To"].addresses] == ["hq@bank.cn", "fh@bank.cn"]
    assert "第00000支行" in message["Subject"]
    (part,) = message.iter_attachments()
    assert (part.get_filename(), part.get_content()) == (path.name, path.read_bytes())


def test_what_is_not_sealed_goes_only_after_a_warning(office: Office, tmp_path: Path) -> None:
    book = opened(office, typed(tmp_path / "填报.xlsx", 0))
    person = Person(False, "hq@bank.cn")
    assert run("send", book, person) == SAID["not_sent"].format(problem="填报.xlsx 没有定稿，收件人无法复核")
    assert not list(tmp_path.glob("*.eml"))
    assert "没有定稿" in person.asked[0]
    run("send", book, Person(True, "hq@bank.cn"))
    assert (tmp_path / "填报.eml").is_file()


def test_what_does_not_verify_is_warned_of(office: Office, tmp_path: Path) -> None:
    path = sealed(tmp_path / "定稿.xlsx", 0)
    book = load_workbook(path)
    book[SHEET.scores]["D5"] = 1
    book.save(path)
    assert "复核不通过" in run("send", opened(office, path), Person(False))


@pytest.mark.parametrize(
    ("answer", "said"),
    [("总行", SAID["no_address"].format(text="总行")), (" ； ", SAID["cancelled"]), (None, SAID["cancelled"])],
)
def test_without_an_address_nothing_is_written(office: Office, tmp_path: Path, answer: str | None, said: str) -> None:
    path = sealed(tmp_path / "定稿.xlsx", 0)
    assert run("send", opened(office, path), Person(answer)) == said
    assert not list(tmp_path.glob("*.eml"))


# ── 汇总 ─────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def received(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("收到 的")
    sealed(folder / "0.xlsx", 0)
    (folder / "坏.xlsx").write_bytes(b"PK\3\4")
    return folder


def test_a_folder_is_merged_and_shown(empty: xlwings.Book, received: Path, tmp_path: Path) -> None:
    listed = tmp_path / "名单.csv"
    listed.write_text("填报单位\n第00000支行\n第00009支行\n", encoding="utf-8")
    said = run("merge", empty, Person(received, listed, tmp_path))
    name = SAID["merged_name"].format(folder=received.name)
    outcome = "收到 2 个文件，计入 1 份，未报或未计入 1 份，2 条错误、0 条提醒"
    assert said == SAID["merged"].format(name=name, outcome=outcome)
    assert name in names(empty)
    rows = table(tmp_path / name, "汇总情况", "情况")
    assert {row["填报单位"]: row["情况"] for row in rows} == {
        "第00009支行": "未报", "": "读不出，未计入", "第00000支行": "计入",
    }  # fmt: skip
    assert run("merge", empty, Person(received, None, tmp_path)) == SAID["merged_open"].format(name=name)
    next(book for book in empty.app.books if book.name == name).close()
    again = run("merge", empty, Person(received, None, tmp_path))
    assert again == SAID["merged"].format(name=name, outcome="收到 2 个文件，计入 1 份，1 条错误、0 条提醒")


def test_a_list_in_error_is_told(empty: xlwings.Book, received: Path, tmp_path: Path) -> None:
    for book in [book for book in empty.app.books if book.name.startswith("汇总-")]:
        book.close()
    listed = tmp_path / "名单.csv"
    listed.write_text("单位名\n第00000支行\n", encoding="utf-8")
    said = run("merge", empty, Person(received, listed, tmp_path))
    assert said.split("\n")[1:] == ["名单.csv!A1 应报名单没有“填报单位”列"], said


@pytest.mark.parametrize("answers", [[], ["received"], ["received", None]])
def test_merging_is_given_up(empty: xlwings.Book, received: Path, tmp_path: Path, answers: list[str | None]) -> None:
    given = [received if answer else None for answer in answers]
    assert run("merge", empty, Person(*given)) == SAID["cancelled"]
    assert not list(tmp_path.iterdir())


# ── 新建方案 ─────────────────────────────────────────────────────


def test_a_new_scheme_leads_to_a_workbook_that_carries_it(empty: xlwings.Book, tmp_path: Path) -> None:
    (tmp_path / "方案.xlsx").write_bytes(b"mine")
    assert run("new_scheme", empty, Person(tmp_path)) == SAID["new_scheme"].format(name="方案 (2).xlsx")
    assert (tmp_path / "方案.xlsx").read_bytes() == b"mine"
    scheme = next(book for book in empty.app.books if book.name == "方案 (2).xlsx")
    assert scheme.sheet_names == [SHEET.scheme, USAGE]
    title = scheme.sheets[SHEET.scheme].used_range.value
    name = next(row[1] for row in title if row[0] == "评选名称")
    said = run("new", scheme, Person(name, "2026-09"))
    made = f"{name}-2026-09.xlsx"
    assert said == SAID["new"].format(name=made)
    assert SHEET.scheme in load_workbook(tmp_path / made).sheetnames


def test_mistakes_in_a_scheme_are_shown_on_their_sheet(empty: xlwings.Book, tmp_path: Path) -> None:
    run("new_scheme", empty, Person(tmp_path))
    scheme = next(book for book in empty.app.books if book.name == "方案.xlsx")
    rows = scheme.sheets[SHEET.scheme].used_range.value
    at = next(n for n, row in enumerate(rows, start=1) if row[0] == "评选名称")
    scheme.sheets[SHEET.scheme].range((at, 2)).value = None
    said = run("new", scheme, Person("", "2026-09"))
    assert said.startswith("“方案”表有错误，没有新建：方案!")
    assert SHEET.check in scheme.sheet_names


@pytest.mark.parametrize("action", ["send", "merge", "new_scheme"])
def test_the_menu_has_them(office: Office, received: Path, tmp_path: Path, action: str) -> None:
    path = Path(shutil.copy(received / "0.xlsx", tmp_path))
    assert press(office, opened(office, path), action) == SAID["cancelled"]
