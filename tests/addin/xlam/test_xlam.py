"""The built add-in, read by others: oletools for the VBA, openpyxl for the sheet, rules of the ribbon's schema."""

import io
import posixpath
import re
import subprocess
import sys
import zipfile
from importlib.metadata import version
from xml.etree import ElementTree

import openpyxl
import pytest
from oletools.olevba import VBA_Parser
from pyvbaanalysis import analyze_workbook

from addin import ribbon
from addin.excel import xlam
from addin.excel.texts import VBA_TEXTS
from addin.excel.wrappers import MODULE
from addin.excel.xlam import build_xlam, modules
from addin.function_texts import HELP
from addin.functions import FUNCTIONS
from addin.live.actions import ACTIONS
from addin.live.labels import GROUPS, LABELS
from addin.live.texts import SAID
from tests.addin.xlam.macro_host import MACROS

BUILT = build_xlam()
UI = "{http://schemas.microsoft.com/office/2009/07/customui}"
KNOWN_IMAGES = {"AcceptInvitation", "AutoSum", "CalculateNow", "CalendarInsert", "ChartInsert", "CreateReport",
                "DataValidation", "DistributionListSelectMembers", "ErrorChecking", "FileCheckIn", "FileNew",
                "FilePrint", "FileSendAsAttachment", "FunctionWizard", "HappyFace", "Help", "Info", "Lock",
                "TableInsert", "ViewForm"}  # fmt: skip
"""Built-in pictures that other people's add-ins for Excel 2010 use; whoever adds one looks it up and adds it here."""


@pytest.fixture(scope="module")
def package() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(BUILT))


@pytest.fixture(scope="module")
def ui(package: zipfile.ZipFile) -> ElementTree.Element:
    return ElementTree.fromstring(package.read("customUI/customUI14.xml"))


def code(source: str) -> list[str]:
    """A module's lines without the header that a file has and a project keeps elsewhere."""
    lines = source.replace("\r\n", "\n").rstrip("\n").split("\n")
    return [line for line in lines if not re.match(r"Attribute VB_|VERSION |BEGIN$|END$|  MultiUse", line)]


# ── the package ──────────────────────────────────────────────────


def test_the_same_sources_give_the_same_bytes_in_any_process() -> None:
    script = "import hashlib; from addin.excel.xlam import build_xlam; print(hashlib.sha256(build_xlam()).hexdigest())"
    prints = {
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(prints) == 1
    assert build_xlam() == BUILT
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(BUILT)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_part_is_well_formed_and_every_relationship_leads_somewhere(package: zipfile.ZipFile) -> None:
    names = set(package.namelist())
    assert package.namelist()[0] == "[Content_Types].xml"
    for name in names:
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(package.read(name))
    for name in (name for name in names if name.endswith(".rels")):
        folder = posixpath.dirname(posixpath.dirname(name))
        for relationship in ElementTree.fromstring(package.read(name)):
            assert posixpath.normpath(posixpath.join(folder, relationship.get("Target", ""))) in names
    assert b"ms-excel.addin.macroEnabled.main+xml" in package.read("[Content_Types].xml")


def test_the_sheet_holds_settings_texts_and_help(package: zipfile.ZipFile) -> None:
    copy = io.BytesIO()  # openpyxl loads no .xlam: it gets the same under another content type
    with zipfile.ZipFile(copy, "w") as other:
        for name in package.namelist():
            other.writestr(name, package.read(name).replace(b"addin.macroEnabled", b"sheet.macroEnabled"))
    sheet = openpyxl.load_workbook(copy)["StarScore.conf"]
    rows = list(sheet.iter_rows(values_only=True))
    assert {row[0]: row[1] for row in rows if row[0]} == xlam.SETTINGS
    assert {row[3]: row[4] for row in rows if row[3]} == VBA_TEXTS
    assert [row[6] for row in rows if row[6]] == list(FUNCTIONS)
    for row, function in zip(rows, HELP, strict=False):
        texts = [text for text in row[8:] if text]
        assert texts[0] == function.text
        assert len(texts) == 1 + len(function.arguments)
        assert all(len(text) <= 255 for text in texts)  # Excel's limit


# ── the VBA ──────────────────────────────────────────────────────


def test_another_reader_finds_the_sources_that_went_in() -> None:
    parser = VBA_Parser("StarScore.xlam", data=BUILT)
    found = {posixpath.splitext(name)[0]: code(text) for _, _, name, text in parser.extract_macros()}
    expected = {module.name: code(module.source) for module in modules()}
    assert {name: found[name] for name in expected} == expected
    assert set(found) - set(expected) == {"Sheet1"}
    assert not any(found["Sheet1"])


def test_no_cache_of_compiled_code_is_in_it(package: zipfile.ZipFile) -> None:
    parser = VBA_Parser("StarScore.xlam", data=BUILT)
    assert parser.ole_subfiles[0].ole_file.openstream("VBA/_VBA_PROJECT").read() == bytes.fromhex("cc61ffff000000")
    assert "xl/vbaProject.bin" in package.namelist()


@pytest.mark.parametrize("path", sorted(MACROS.glob("*.[bc][al]s")), ids=lambda path: path.name)
def test_our_modules_are_ascii_explicit_and_handle_errors(path) -> None:
    source = path.read_bytes().decode("ascii")
    assert "\nOption Explicit\n" in source
    assert f'Attribute VB_Name = "{path.stem}"' in source
    entries = r"^(?:Public|Private) Sub (?:On\w+|host_\w+|Workbook_\w+)\(.*?^End Sub"
    for entry in re.findall(entries, source, re.S | re.M):  # what Excel calls
        assert "On Error GoTo " in entry


def test_lint_finds_nothing_in_our_modules(tmp_path) -> None:
    path = tmp_path / "StarScore.xlam"
    path.write_bytes(BUILT)
    found = {name: diagnostics for name, diagnostics in analyze_workbook(str(path)).items() if diagnostics}
    assert set(found) <= {"xlwings"}, found
    broken = with_a_mistake(tmp_path)
    assert analyze_workbook(str(broken))["StarTexts"]


def with_a_mistake(folder):
    """The lint is awake: a name that nothing declares is found."""
    from pyopenvba import ExcelFile

    path = folder / "mistake.xlam"
    path.write_bytes(BUILT)
    with ExcelFile(path) as book:
        book.set_module("StarTexts", book.get_module("StarTexts").replace("row = row + 1", "rwo = row + 1"))
        book.save()
    return path


def test_every_function_has_a_wrapper_with_its_arguments() -> None:
    source = next(module.source for module in modules() if module.name == MODULE)
    for function in HELP:
        (declared,) = re.findall(rf"^Public Function {function.name}\((.*)\) As Variant$", source, re.M)
        names = [part for part in declared.split(", ") if part]
        assert [name.removeprefix("Optional ").removesuffix(" As Variant").rstrip("_") for name in names] == [
            argument.name for argument in function.arguments
        ]
        assert [name.startswith("Optional ") for name in names] == [a.optional for a in function.arguments]


def test_a_workbook_cannot_choose_the_program_that_is_started() -> None:
    runtime = next(module.source for module in modules() if module.name == "xlwings")
    before = runtime[runtime.index("Function GetConfig(") :]
    body = before[: before.index("End Function")]
    assert "If False Then\n                If GetConfigFromSheet(ActiveWorkbook)" in body
    assert 'If source = "directory" Then' in body
    assert "SheetExists(ActiveWorkbook" not in body


def test_another_xlwings_stops_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlam, "_RUNTIME_CHANGES", (("no such line", ""),))
    with pytest.raises(ValueError, match=re.escape(f"xlwings {version('xlwings')} has changed: no such line")):
        build_xlam()


# ── the ribbon ───────────────────────────────────────────────────


def test_the_ribbon_obeys_the_rules_of_its_schema(ui: ElementTree.Element) -> None:
    assert ui.tag == f"{UI}customUI"
    ids = [element.get("id") for element in ui.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]{0,1023}", name) for name in ids)
    children = {"customUI": "ribbon", "ribbon": "tabs", "tabs": "tab", "tab": "group", "group": "button"}
    for parent in ui.iter():
        for child in parent:
            assert child.tag == UI + children[parent.tag.removeprefix(UI)]
    for element in ui.iter():
        name = element.tag.removeprefix(UI)
        allowed = {
            "button": {"id", "label", "size", "imageMso", "onAction", "screentip", "supertip"},
            "group": {"id", "label"},
            "tab": {"id", "label"},
        }.get(name, set())
        assert set(element.attrib) <= allowed
        if name == "button":
            assert element.get("size") in {"normal", "large"}
            assert element.get("imageMso") in KNOWN_IMAGES
            assert all(0 < len(element.get(key, "")) <= 1024 for key in ("label", "screentip", "supertip"))


def test_every_callback_is_there_with_the_signature_of_its_kind(ui: ElementTree.Element) -> None:
    sources = {module.name: module.source for module in modules()}
    for element in ui.iter():
        for key, value in element.attrib.items():
            if key.startswith(("on", "get")):
                module, _, procedure = value.partition(".")
                assert key == "onAction"
                assert f"Public Sub {procedure}(ByVal control As IRibbonControl)\n" in sources[module]


def test_every_button_does_something_and_every_action_has_a_button(ui: ElementTree.Element) -> None:
    buttons = {element.get("id"): element for element in ui.iter(f"{UI}button")}
    assert buttons.keys() == ACTIONS.keys() | ribbon.INFORMATION.keys()
    groups = {group.get("id"): group for group in ui.iter(f"{UI}group")}
    assert {name: group.get("label") for name, group in groups.items()} == GROUPS
    for name, text in LABELS.items():
        button = buttons[name]
        assert (button.get("label"), button.get("supertip")) == (text.label, text.supertip)
        assert button in list(groups[text.group])


@pytest.mark.parametrize("button", ribbon.INFORMATION)
def test_a_button_tells_something(button: str) -> None:
    assert ribbon.press(button)
    assert not ribbon.press(button).startswith("内部错误")


@pytest.mark.parametrize("button", ACTIONS)
def test_an_action_without_a_workbook_says_so(button: str) -> None:
    assert ribbon.press(button) == SAID["no_book"]


def test_a_fault_behind_a_button_is_told_and_logged(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert ribbon.press("noSuchButton").startswith("内部错误 KeyError")
    assert "noSuchButton" in next(tmp_path.rglob("*.log")).read_text("utf-8")
