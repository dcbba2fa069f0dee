"""What clerks' files bring along (formulas in disguise, links, DDE, bombs) does not get into what we write."""

import io
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableFormula

from addin.ranking import rank_file, write_result
from addin.reading.limits import LIMITS
from addin.reading.outside import leads_out
from addin.reading.package import Package
from addin.reading.refusal import FileMessage, Unreadable
from addin.sealing.seal import seal
from addin.workbook_file import read_workbook
from tests.addin.sealing.making import DAY, filling, typed_in
from tests.libreoffice import LibreOffice
from workbook_templates.page import set_text
from workbook_templates.save import workbook_bytes

DDE = "cmd|'/c calc'!A0"
TEXTS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\x01=1+1", "\x00\x1f=1+1", f"={DDE}", "\uffff=1+1",
         '=HYPERLINK("http://x")', "==", "="]  # fmt: skip


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rezipped(path: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    content = parts(path)
    change(content)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


def result_of(path: Path) -> Path:
    out = path.with_name("结果.xlsx")
    write_result(rank_file(path), out)
    return out


def has_formulas(path: Path) -> bool:
    sheets = (data for name, data in parts(path).items() if name.startswith("xl/worksheets/sheet"))
    return any(re.search(rb"<f[ />]", data) for data in sheets)


# Texts.


@pytest.mark.parametrize("text", [*TEXTS, "_x003D_1+1", "_x005F_", "a_x0041_b"])
def test_a_text_stays_a_text(text: str, tmp_path: Path) -> None:
    book = Workbook()
    set_text(book.active["A1"], text)
    (tmp_path / "甲.xlsx").write_bytes(workbook_bytes(book))
    assert not has_formulas(tmp_path / "甲.xlsx")
    kept = "".join(sign for sign in text if sign in "\t\r\n" or " " <= sign < "\ufffe")
    cell = read_workbook(tmp_path / "甲.xlsx").grids["Sheet"].at(1, 1)
    assert (cell.value, cell.formula) == (kept.replace("\r", "\n"), False)


def test_what_would_become_a_formula_when_edited_is_marked(tmp_path: Path) -> None:
    """Excel takes a text as new input when it is edited, unless its cell is marked as a text."""
    book = load_workbook(typed_in(tmp_path))
    book["登记"]["J5"].value, book["登记"]["J5"].data_type = "=1+1", "s"
    book["登记"]["J5"].quotePrefix = False
    book.save(tmp_path / "填报.xlsx")
    written = load_workbook(result_of(tmp_path / "填报.xlsx"))["登记"]["J5"]
    assert (written.value, written.data_type, written.quotePrefix) == ("=1+1", "s", True)


@pytest.mark.parametrize("text", TEXTS)
def test_a_name_like_a_formula_is_one_nowhere(text: str, tmp_path: Path) -> None:
    content = filling()
    person = {**content.roster[1], "name": text}
    path = typed_in(tmp_path, replace(content, unit=text, roster=(content.roster[0], person, *content.roster[2:])))
    assert not has_formulas(result_of(path))


def test_libreoffice_shows_the_text(soffice: LibreOffice, tmp_path: Path) -> None:
    book = Workbook()
    texts = [text for text in TEXTS if text[0] > " "]
    for row, text in enumerate(texts, start=1):
        set_text(book.active.cell(row, 1), text.replace("\uffff", ""))
    path = tmp_path / "甲.xlsx"
    path.write_bytes(workbook_bytes(book))
    shown = soffice.convert(path, "csv", tmp_path / "office").read_text("utf-8-sig").splitlines()
    assert [line.strip('"').replace('""', '"') for line in shown] == [text.replace("\uffff", "") for text in texts]


# What leads out.


@pytest.mark.parametrize(
    ("formula", "outside"),
    [
        (DDE, True),
        ("[1]Sheet1!$A$1", True),
        ("'C:\\甲\\[乙.xlsx]丙'!A1", True),
        ("'\\\\server\\share\\x'!A1", True),
        ('WEBSERVICE("http://x")', True),
        ('hyperlink ("http://x","y")', True),
        ("设置!$B$5", False),
        ('"甲|乙,[丙]丁!"', False),
        ("SUM(表1[得分])+Sheet1!A1", False),
        ("COUNTIF($A$5:$A$44,A5)=1", False),
    ],
)
def test_what_leads_out_is_known(formula: str, outside: bool) -> None:
    assert leads_out(formula) == outside


def add_names(book: Workbook) -> None:
    book.defined_names["外部"] = DefinedName("外部", attr_text="[1]Sheet1!$A$1")


def add_macro_name(book: Workbook) -> None:
    book.defined_names["Auto_Open"] = DefinedName("Auto_Open", attr_text=DDE, function=True, vbProcedure=True)


def add_check(book: Workbook) -> None:
    rule = DataValidation("custom", formula1=DDE)
    rule.add("A1")
    book["名册"].add_data_validation(rule)


def add_format(book: Workbook) -> None:
    book["指标"].conditional_formatting.add("A1:A9", FormulaRule(formula=["[1]Sheet1!$A$1>0"], font=Font(bold=True)))


@pytest.mark.parametrize("add", [add_names, add_macro_name, add_check, add_format])
def test_rules_that_lead_out_are_said_and_left_out(add: Callable[[Workbook], object], tmp_path: Path) -> None:
    path = typed_in(tmp_path)
    assert rank_file(path).problems == ()
    book = load_workbook(path)
    add(book)
    book.save(path)
    found = rank_file(path)
    assert [problem.message for problem in found.problems] == [FileMessage.RULES.value[1]]
    written = b"".join(parts(result_of(path)).values())
    assert b"cmd" not in written
    assert b"[1]" not in written


def test_the_formula_of_a_table_is_left_out(tmp_path: Path) -> None:
    path = typed_in(tmp_path)
    book = load_workbook(path)
    sheet = book.create_sheet("附表")
    for line in (["甲", "乙"], [1, 2]):
        sheet.append(line)
    table = Table(displayName="附表", ref="A1:B2")
    table._initialise_columns()
    for column, name in zip(table.tableColumns, ("甲", "乙"), strict=True):
        column.name = name
    table.tableColumns[1].calculatedColumnFormula = TableFormula(attr_text=DDE)
    sheet.add_table(table)
    book.save(path)
    assert b"cmd" in b"".join(parts(path).values())
    assert b"cmd" not in b"".join(parts(result_of(path)).values())


def test_other_rules_stay(tmp_path: Path) -> None:
    book = load_workbook(result_of(typed_in(tmp_path)))
    assert book["名册"].data_validations.dataValidation
    assert "starscore_rows" in book.defined_names


def test_addresses_are_left_out(tmp_path: Path) -> None:
    path = typed_in(tmp_path)
    book = load_workbook(path)
    book["登记"]["J5"].hyperlink = "file://server/share/x.exe"
    book.save(path)
    assert b"TargetMode" not in b"".join(parts(result_of(path)).values())


def test_embedded_files_and_links_are_said_and_left_out(tmp_path: Path) -> None:
    def embed(content: dict[str, bytes]) -> None:
        content["xl/embeddings/oleObject1.bin"] = b"MZ program"
        content["xl/externalLinks/externalLink1.xml"] = (
            b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            b'<ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
        )
        rels = "xl/_rels/workbook.xml.rels"
        kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"
        link = b'<Relationship Id="rId99" Type="%s" Target="externalLinks/externalLink1.xml"/></Relationships>' % kind
        content[rels] = content[rels].replace(b"</Relationships>", link)

    path = rezipped(typed_in(tmp_path), embed)
    found = rank_file(path)
    assert {problem.message for problem in found.problems} == {FileMessage.DDE.value[1], FileMessage.EMBEDDED.value[1]}
    written = parts(result_of(path))
    assert not any("embeddings" in name or "externalLink" in name for name in written)
    assert b"cmd" not in b"".join(written.values())


def test_a_seal_has_no_notes_pictures_or_authors(tmp_path: Path) -> None:
    path = typed_in(tmp_path)
    plain = seal(path, tmp_path / "定稿.xlsx", DAY)
    book = load_workbook(path)
    book["登记"]["J6"].comment = Comment("私下的话", "张三")
    book.properties.title, book.properties.keywords = "张三的表", "张三"
    book.save(path)
    assert seal(path, tmp_path / "定稿.xlsx", DAY) == plain
    assert "张三".encode() not in b"".join(parts(tmp_path / "定稿.xlsx").values())


# Parts that our reader never unpacks, and openpyxl does.


def with_comments(path: Path, comments: bytes) -> Path:
    book = load_workbook(path)
    book["登记"]["J6"].comment = Comment("话", "张三")
    book.save(path)

    def swell(content: dict[str, bytes]) -> None:
        name = next(name for name in content if "comments" in name and name.endswith(".xml"))
        content[name] = comments

    return rezipped(path, swell)


COMMENTS = b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>%s</author>' \
           b"</authors><commentList/></comments>"  # fmt: skip


@pytest.mark.parametrize(
    ("comments", "why"),
    [
        (COMMENTS % (b" " * 20_000_000), FileMessage.UNPACKS_TOO_LARGE),
        (COMMENTS % random.Random(1).randbytes(9_000_000).hex().encode(), FileMessage.UNPACKS_TOO_LARGE),
        (b'<!DOCTYPE a [<!ENTITY b "bbbb">]>' + COMMENTS % b"&b;", FileMessage.UNSAFE_XML),
        ((COMMENTS % b"a").decode().encode("utf-16"), FileMessage.UNSAFE_XML),
    ],
    ids=["bomb", "tree", "entities", "utf-16"],
)
def test_no_other_reader_gets_what_ours_would_refuse(comments: bytes, why: FileMessage, tmp_path: Path) -> None:
    path = with_comments(typed_in(tmp_path), comments)
    with pytest.raises(Unreadable) as refused:
        Package(path.read_bytes(), LIMITS).plain_copy()
    assert refused.value.why is why
    result = rank_file(path).result
    again = rank_file(result_of(path)).result  # into a fresh template
    assert result is not None
    assert again is not None
    assert again.rows == result.rows


def test_the_copy_is_what_other_readers_see(tmp_path: Path) -> None:
    path = typed_in(tmp_path)
    copied = load_workbook(io.BytesIO(Package(path.read_bytes(), LIMITS).plain_copy()))
    assert workbook_bytes(copied) == workbook_bytes(load_workbook(path))
