"""A closed workbook file (.xlsx, .xlsm) as grids, and what is wrong with the file as Problems.

Nothing in a file raises: whatever cannot be read gives no grids and one error. Nothing in a file runs or is
fetched: macros, links and embedded objects are left where they are. Every size is bounded before it is unpacked.

A number is a float; a number in a date or time format is a date, a datetime or (below one day) a time, whatever
the file's date system, and an elapsed time such as ``[h]:mm`` counts as such a format. What no format can show as
a date (a negative number) stays a number, and what is no number in a number's cell stays a text. A cell of an array
formula has the formula flag although the file keeps the formula in the first cell only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path, PureWindowsPath
from urllib.parse import unquote

from addin.reading.cells import CellMaker
from addin.reading.guarded_xml import MAIN, parse, truthy
from addin.reading.limits import LIMITS, Limits
from addin.reading.number_format import NumberFormat, cell_formats
from addin.reading.outside import rules_lead_out
from addin.reading.package import Package, Relationship
from addin.reading.refusal import FileMessage, Unreadable
from addin.reading.sheet import SheetReader
from addin.reading.texts import shared_strings
from calc.problem import Problem
from workbook_templates.grid import Grid

__all__ = ["WorkbookFile", "read_contents", "read_workbook"]

_OWN_ADD_IN = "starscore.xlam"
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class WorkbookFile:
    """What a file holds: its worksheets in their order, and what to tell the user about the file."""

    grids: dict[str, Grid] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    sprawls: bool = False
    """So many blank cells are merged, linked or styled that nobody should make them all; the grids do not."""
    needs_password: bool = False
    """It opens with a password only; the file's contents without it can go to :func:`read_contents`."""


def read_workbook(path: Path, limits: Limits = LIMITS) -> WorkbookFile:
    """Read a workbook file; a file that cannot be read gives no grids and one error."""
    try:
        data = _file_contents(path, limits)
    except Unreadable as error:
        return _refused(path.name, error)
    found = read_contents(data, path.name, limits)
    if found.grids and _open_elsewhere(path):
        warning = FileMessage.OPEN_ELSEWHERE.problem(path.name)
        found = replace(found, problems=(*found.problems, warning))
    return found


def read_contents(data: bytes, name: str, limits: Limits = LIMITS) -> WorkbookFile:
    """Read a workbook from its bytes; ``name`` is the file's name in the Problems."""
    try:
        book = _Book(data, limits)
        grids = book.grids()
        return WorkbookFile(grids, tuple(why.problem(name, said) for why, said in book.warnings()), book.sprawls)
    except Unreadable as error:
        return _refused(name, error)


def _refused(name: str, error: Unreadable) -> WorkbookFile:
    needs_password = error.why is FileMessage.PASSWORD
    return WorkbookFile(problems=(error.why.problem(name, error.detail),), needs_password=needs_password)


def _file_contents(path: Path, limits: Limits) -> bytes:
    if path.name.startswith("~$"):
        raise Unreadable(FileMessage.OWNER_FILE)
    try:
        if path.is_dir():
            raise Unreadable(FileMessage.FOLDER)
        if path.exists() and not path.is_file():  # a pipe or a device would be read without end
            raise Unreadable(FileMessage.NOT_A_FILE)
        with path.open("rb") as file:
            data = file.read(limits.file + 1)
    except FileNotFoundError as error:
        raise Unreadable(FileMessage.MISSING) from error
    except PermissionError as error:
        raise Unreadable(FileMessage.NO_PERMISSION) from error
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise Unreadable(FileMessage.UNREACHABLE, getattr(error, "strerror", None) or str(error)) from error
    if len(data) > limits.file:
        raise Unreadable(FileMessage.TOO_LARGE, f"{limits.file >> 20} MB")
    return data


def _open_elsewhere(path: Path) -> bool:
    """Excel and LibreOffice leave a file beside the one they have open; only a hint, it stays after a crash."""
    with suppress(OSError):
        return path.with_name("~$" + path.name).exists() or path.with_name(f".~lock.{path.name}#").exists()
    return False


@dataclass(frozen=True, slots=True)
class _SheetEntry:
    name: str
    relationship: str
    hidden: bool


class _Book:
    """The workbook part and what hangs on it."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._package = Package(data, limits)
        main = self._main_part()
        self._links = self._package.relationships(main)
        self._sheets: list[_SheetEntry] = []
        self._date1904 = False
        self._embedded = False
        self.sprawls = False
        """See :class:`WorkbookFile`; known after :meth:`grids`."""
        self._root = ""
        xml = self._package.read(main)
        parse(xml, self._start)
        self._rules_lead_out = rules_lead_out(xml)

    def grids(self) -> dict[str, Grid]:
        """The worksheets in the workbook's order."""
        targets = {link.id: link for link in self._links}
        maker = CellMaker(self._strings(), self._formats(), self._date1904)
        reader = SheetReader(maker, self._limits.cells)
        grids: dict[str, Grid] = {}
        for sheet in self._sheets:
            link = targets.get(sheet.relationship)
            if link is None or sheet.name in grids:
                raise Unreadable(FileMessage.DAMAGED)
            if link.kind == "worksheet":  # charts, dialogues and macro sheets have no grid
                xml = self._package.read(link.target)
                cells = reader.read(sheet.name, xml)
                self._rules_lead_out |= rules_lead_out(xml)
                grids[sheet.name] = Grid(sheet.name, cells, sheet.hidden, self._date1904)
        if not grids:
            raise Unreadable(FileMessage.NO_SHEETS)
        self._embedded = reader.embedded
        self.sprawls = reader.spread > self._limits.spread
        return grids

    def warnings(self) -> Iterator[tuple[FileMessage, str]]:
        """What the file carries besides its sheets and was ignored; call it after :meth:`grids`."""
        names: list[str] = []
        live = False
        for link in self._links:
            if link.kind == "externalLink":
                target, linked_live = self._linked_file(link)
                live |= linked_live
                if target is not None and target.lower() != _OWN_ADD_IN and target not in names:
                    names.append(target)
        if names:
            more = " 等" if len(names) > _MOST_NAMED else ""
            yield FileMessage.LINKS, "、".join(names[:_MOST_NAMED]) + more
        if live:
            yield FileMessage.DDE, ""
        if any(link.kind == "connections" for link in self._links):
            yield FileMessage.CONNECTIONS, ""
        if self._rules_lead_out:
            yield FileMessage.RULES, ""
        if self._embedded or self._package.has_folder("embeddings", "activex"):
            yield FileMessage.EMBEDDED, ""

    def _main_part(self) -> str:
        package = self._package
        links = [link for link in package.relationships() if link.kind == "officeDocument"]
        if not links or links[0].target not in package:
            raise Unreadable(_other_package(package))
        main = links[0]
        if main.target.endswith(".bin"):
            raise Unreadable(FileMessage.XLSB)
        if main.target.startswith(("word/", "ppt/")):
            raise Unreadable(_other_package(package))
        if main.strict:
            raise Unreadable(FileMessage.STRICT)
        return main.target

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self._root:
            self._root = tag
            if tag != MAIN + "workbook":
                raise Unreadable(FileMessage.STRICT if "purl.oclc.org" in tag else FileMessage.UNKNOWN)
        elif tag == MAIN + "sheet":
            hidden = attributes.get("state", "visible") != "visible"
            relationship = next((value for name, value in attributes.items() if name.endswith(" id")), "")
            self._sheets.append(_SheetEntry(attributes.get("name", ""), relationship, hidden))
            if len(self._sheets) > self._limits.sheets:
                raise Unreadable(FileMessage.TOO_MANY_PARTS)
        elif tag == MAIN + "workbookPr":
            self._date1904 = truthy(attributes, "date1904")

    def _part(self, kind: str) -> bytes | None:
        target = next((link.target for link in self._links if link.kind == kind), None)
        return self._package.read(target) if target is not None and target in self._package else None

    def _strings(self) -> list[str]:
        xml = self._part("sharedStrings")
        return [] if xml is None else shared_strings(xml, self._limits.cells)

    def _formats(self) -> list[NumberFormat]:
        xml = self._part("styles")
        return [] if xml is None else cell_formats(xml)

    def _linked_file(self, link: Relationship) -> tuple[str | None, bool]:
        """The name of the file that an external link leads to, and whether it is a DDE or OLE link."""
        live = False

        def start(tag: str, _attributes: dict[str, str]) -> None:
            nonlocal live
            live |= tag in (MAIN + "ddeLink", MAIN + "oleLink")

        parse(self._package.read(link.target), start)
        targets = [each.target for each in self._package.relationships(link.target) if each.external]
        return (PureWindowsPath(unquote(targets[0])).name if targets and not live else None), live


def _other_package(package: Package) -> FileMessage:
    """What a zip file is that holds no workbook."""
    marks = (
        ("word/document.xml", FileMessage.WORD),
        ("ppt/presentation.xml", FileMessage.POWERPOINT),
        ("content.xml", FileMessage.ODS),
        ("[content_types].xml", FileMessage.DAMAGED),
    )
    return next((kind for part, kind in marks if part in package), FileMessage.ARCHIVE)
