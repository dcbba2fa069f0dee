"""Workbooks as Excel saves them: our functions hang on an external link to wherever the add-in lay."""

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from addin.ranking import rank_file
from addin.workbook_file import read_workbook
from tests.addin.command_line import run
from tests.addin.test_workbook_path import CASES, MONTHLY, ranked
from tests.libreoffice import LibreOffice

CASE = next(case for case in CASES if case.name == "plain-month-of-one-outlet")
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships/xlExternalLinkPath"
LINKS = {
    "elsewhere": (f"{OFFICE}/externalLinkPath", "file:///D:\\某 目录\\StarScore.xlam"),
    "escaped": (f"{OFFICE}/externalLinkPath", "file:///C:/Users/%E7%8E%8B/AppData/Roaming/Microsoft/AddIns/starscore.XLAM"),
    "missing": (f"{MICROSOFT}/xlPathMissing", "StarScore.xlam"),
    "startup": (f"{MICROSOFT}/xlStartup", "StarScore.xlam"),
}  # fmt: skip
LINK = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><externalBook
 xmlns:r="{OFFICE}" r:id="rId1"><sheetNames><sheetName val="StarScore.conf"/></sheetNames><definedNames><definedName
 name="STARELIGIBLE"/><definedName name="STARSCORE"/></definedNames></externalBook></externalLink>"""
RELATIONSHIPS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="{kind}" Target="{target}" TargetMode="External"/></Relationships>"""


def as_saved_by_excel(path: Path, out: Path, link: str) -> Path:
    """The workbook with calls of the form [1]!STARSCORE, values beside them, and the link."""
    kind, target = LINKS[link]
    calls = 0
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                changed = re.sub(rb"(STAR(?:SCORE|ELIGIBLE)\()", rb"[1]!\1", text)
                calls += text.count(b"STARSCORE(") if changed != text else 0
                text = changed
            elif name == "xl/workbook.xml":
                text = text.replace(
                    b"</sheets>",
                    f'</sheets><externalReferences><externalReference xmlns:r="{OFFICE}" r:id="rIdStar"/>'
                    "</externalReferences>".encode(),
                )
            elif name == "xl/_rels/workbook.xml.rels":
                target_part = "externalLinks/externalLink1.xml"
                entry = f'<Relationship Id="rIdStar" Type="{OFFICE}/externalLink" Target="{target_part}"/>'
                text = text.replace(b"</Relationships>", f"{entry}</Relationships>".encode())
            elif name == "[Content_Types].xml":
                entry = (
                    '<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType="application/vnd.'
                    'openxmlformats-officedocument.spreadsheetml.externalLink+xml"/>'
                )
                text = text.replace(b"</Types>", f"{entry}</Types>".encode())
            new.writestr(name, text)
        new.writestr("xl/externalLinks/externalLink1.xml", LINK)
        new.writestr("xl/externalLinks/_rels/externalLink1.xml.rels", RELATIONSHIPS.format(kind=kind, target=target))
    assert calls >= 2
    return out


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ranked(CASE, tmp_path_factory.mktemp("saved"))[0]


@pytest.mark.parametrize("link", LINKS)
def test_it_is_ranked_as_before_and_the_link_is_nobodys_concern(template: Path, tmp_path: Path, link: str) -> None:
    path = as_saved_by_excel(template, tmp_path / "填报.xlsx", link)
    for part in zipfile.ZipFile(path).namelist():
        if part.endswith((".xml", ".rels")):
            ElementTree.fromstring(zipfile.ZipFile(path).read(part))
    assert read_workbook(path).problems == ()
    before, after = rank_file(template), rank_file(path)
    assert before.result is not None
    assert after.result is not None
    assert after.result.rows == before.result.rows
    assert after.problems == before.problems


def test_a_link_to_another_add_in_is_told(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LINKS, "other", (f"{OFFICE}/externalLinkPath", "file:///C:/Other.xlam"))
    path = as_saved_by_excel(template, tmp_path / "填报.xlsx", "other")
    assert any("Other.xlam" in problem.message for problem in read_workbook(path).problems)


@pytest.mark.parametrize("link", LINKS)
def test_the_commands_take_it(template: Path, tmp_path: Path, link: str) -> None:
    path = as_saved_by_excel(template, tmp_path / "填报.xlsx", link)
    out, following = tmp_path / "结果.xlsx", tmp_path / "下期.xlsx"
    for words in (("check", path), ("rank", path, "--out", out), ("new", MONTHLY, "--from", path, "--out", following)):
        code, said, wrong = run(*words)
        assert code == 0, said + wrong
    for made in (out, following):  # no link goes on with what we write
        assert not any("externalLink" in name for name in zipfile.ZipFile(made).namelist())


@pytest.mark.parametrize("link", ["elsewhere", "startup"])
def test_libreoffice_opens_it(soffice: LibreOffice, template: Path, tmp_path: Path, link: str) -> None:
    path = as_saved_by_excel(template, tmp_path / "填报.xlsx", link)
    saved = soffice.convert(path, "xlsx", tmp_path / "office")
    before, after = rank_file(template), rank_file(saved)
    assert before.result is not None
    assert after.result is not None
    assert after.result.rows == before.result.rows
