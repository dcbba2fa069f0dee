"""StarScore.xlam from text, on any system and without Excel; the same sources give the same bytes.

In it: our VBA modules (``macros/``), the runtime for custom add-ins that the installed xlwings ships, the generated
wrappers, the ribbon, and one hidden sheet. Columns A and B of the sheet are the settings that xlwings looks for,
D and E texts of our VBA, G and on the functions' help.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

import xlwings
from pyopenvba import ExcelFile, VBAModuleKind
from pyopenvba.cfb import CFB

from addin.excel.places import FILE_NAME, PROJECT
from addin.excel.ribbon_xml import ribbon_xml
from addin.excel.texts import VBA_TEXTS
from addin.excel.wrappers import MODULE, wrappers
from addin.function_texts import CATEGORY, HELP
from workbook_templates.grid import a1

__all__ = ["Module", "build_xlam", "modules"]

SHEET = f"{PROJECT}.conf"
SETTINGS = {
    "UDF MODULES": "addin.excel.server",
    "USE UDF SERVER": "True",
    "ADD_WORKBOOK_TO_PYTHONPATH": "False",
    "SHOW CONSOLE": "False",
}
"""What is the same on every machine; the interpreter stands in the user's own file (:mod:`addin.excel.install`)."""

_TEXTS_COLUMN, _HELP_COLUMN = 4, 7
_RIBBON_PART = "customUI/customUI14.xml"
_RIBBON_RELATIONSHIP = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
_RUNTIME = "xlwings"
_NO_CACHE = b"\xcc\x61\xff\xff\x00\x00\x00"
"""[MS-OVBA] 2.3.4.1: a version that makes Excel compile from the sources."""
_LONG_AGO = (1980, 1, 1, 0, 0, 0)

_RUNTIME_CHANGES = (
    ('PROJECT_NAME As String = "myaddin"', f'PROJECT_NAME As String = "{PROJECT}"'),
    # A workbook, or a file beside it, must not choose the program that we start.
    ('If SheetExists(ActiveWorkbook, PROJECT_NAME & ".conf") = True Then', "If False Then"),
    ('If source = "" Or source = "directory" Then', 'If source = "directory" Then'),
    # There may be no active workbook (Protected View), and its path is of no use to us.
    (
        'PYTHONPATH = AddExcelDir & ";" & ActiveWorkbook.FullName & ";" & ThisWorkbook.FullName & ";" & '
        'GetConfig("ONEDRIVE_CONSUMER_WIN") & ";" & GetConfig("ONEDRIVE_COMMERCIAL_WIN") & ";" & '
        'GetConfig("SHAREPOINT_WIN") & ";" & GetConfig("PYTHONPATH")\n    #Else',
        'PYTHONPATH = AddExcelDir & ";;;;;;" & GetConfig("PYTHONPATH")\n    #Else',
    ),
    # Another command makes the DLL start another server (StarCalls.bas).
    ("XLPyCommand = PYTHON_WIN & tail & Chr(34)", "XLPyCommand = PYTHON_WIN & tail & Chr(34) & Space$(ServerRestarts)"),
    ('For Each cell In Range(sht.Range("A1"), lastCell)', 'For Each cell In sht.Range(sht.Range("A1"), lastCell)'),
)
"""(as xlwings ships it, as we need it): each stands there exactly once, or the build stops."""


class Module(NamedTuple):
    """One VBA module."""

    name: str
    kind: VBAModuleKind
    source: str


def modules() -> Iterator[Module]:
    """Every module that goes in, in the order in which it does."""
    yield Module(_RUNTIME, VBAModuleKind.standard, _runtime())
    yield Module(MODULE, VBAModuleKind.standard, wrappers())
    macros = files("macros")
    for file in sorted(macros.iterdir(), key=lambda file: file.name):
        name, _, ending = file.name.partition(".")
        if ending in ("bas", "cls"):
            kind = VBAModuleKind.standard if ending == "bas" else VBAModuleKind.other
            yield Module(name, kind, file.read_text("ascii"))


def _runtime() -> str:
    """Xlwings' VBA for a custom add-in, under our name."""
    source = (Path(xlwings.__file__).parent / "xlwings_custom_addin.bas").read_text("ascii")
    source = source.replace("\r\n", "\n")
    for old, new in _RUNTIME_CHANGES:
        if source.count(old) != 1:
            raise ValueError(f"xlwings {xlwings.__version__} has changed: {old}")
        source = source.replace(old, new)
    return source


def build_xlam() -> bytes:
    """The add-in file. Raises ValueError where the installed xlwings is one that we do not know."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE_NAME
        with ExcelFile.create_new(path) as book:
            project = book.vba_project()
            project.delete_module("Module1")
            for module in modules():
                source = _lines_as_in_windows(module.source)
                if module.name in project.module_names():
                    book.set_module(module.name, source)
                else:
                    project.add_module(module.name, source, kind=module.kind)
            book.save()
        with zipfile.ZipFile(path) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/vbaProject.bin"] = _without_cache(parts["xl/vbaProject.bin"])
    parts[_RIBBON_PART] = ribbon_xml().encode()
    relationship = f'<Relationship Id="rIdRibbon" Type="{_RIBBON_RELATIONSHIP}" Target="{_RIBBON_PART}"/>'
    _replace(parts, "_rels/.rels", "</Relationships>", f"{relationship}</Relationships>")
    _replace(parts, "xl/workbook.xml", 'name="Sheet1"', f'name="{SHEET}"')
    _replace(parts, "docProps/app.xml", "<vt:lpstr>Sheet1</vt:lpstr>", f"<vt:lpstr>{SHEET}</vt:lpstr>")
    _replace(parts, "xl/worksheets/sheet1.xml", "<sheetData/>", f"<sheetData>{_rows()}</sheetData>")
    return _packed(parts)


def _lines_as_in_windows(source: str) -> str:
    return source.replace("\r\n", "\n").rstrip("\n").replace("\n", "\r\n") + "\r\n"


def _without_cache(project: bytes) -> bytes:
    storage = CFB.from_bytes(project)
    storage.write_stream_in_storage("VBA", "_VBA_PROJECT", _NO_CACHE)
    return bytes(storage.to_bytes())


def _replace(parts: dict[str, bytes], part: str, old: str, new: str) -> None:
    """Change the one place of a part that has a text."""
    text = parts[part].decode()
    if text.count(old) != 1:
        raise ValueError(f"{part} of the empty add-in has changed: {old}")
    parts[part] = text.replace(old, new).encode()


def _rows() -> str:
    """The sheet's cells."""
    cells: dict[int, list[tuple[int, str]]] = {}

    def put(row: int, column: int, *texts: str) -> None:
        cells.setdefault(row, []).extend((column + n, text) for n, text in enumerate(texts))

    for row, (key, value) in enumerate(SETTINGS.items(), start=1):
        put(row, 1, key, value)
    for row, (key, value) in enumerate(VBA_TEXTS.items(), start=1):
        put(row, _TEXTS_COLUMN, key, value)
    for row, function in enumerate(HELP, start=1):
        arguments = (f"{each.title}：{each.text}" for each in function.arguments)
        put(row, _HELP_COLUMN, function.name, CATEGORY, function.text, *arguments)
    return "".join(
        f'<row r="{row}">'
        + "".join(
            f'<c r="{a1(row, column)}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
            for column, text in sorted(cells[row])
        )
        + "</row>"
        for row in sorted(cells)
    )


def _packed(parts: dict[str, bytes]) -> bytes:
    """The package, in one order and without a clock."""
    first = ("[Content_Types].xml", "_rels/.rels")
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name in [*first, *sorted(set(parts) - set(first))]:
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            package.writestr(entry, parts[name])
    return content.getvalue()
