"""A workbook's package as its sheets, and what hangs on it besides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PureWindowsPath
from urllib.parse import unquote

from addin.reading.cells import CellMaker
from addin.reading.guarded_xml import MAIN, parse, truthy
from addin.reading.limits import Limits
from addin.reading.number_format import NumberFormat, cell_formats
from addin.reading.outside import rules_lead_out
from addin.reading.package import Package, Relationship
from addin.reading.refusal import FileMessage, Unreadable
from addin.reading.sheet import SheetReader
from addin.reading.texts import shared_strings
from workbook_templates.grid import Grid

__all__ = ["Book", "SheetEntry"]

_OWN_ADD_IN = "starscore.xlam"
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook part lists it."""

    name: str
    relationship: str
    hidden: bool


class Book:
    """The workbook part and what hangs on it. Raises Unreadable where it is not one that we read."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._package = Package(data, limits)
        main = self._main_part()
        self._links = self._package.relationships(main)
        self.sheets: list[SheetEntry] = []
        self.date1904 = False
        self._embedded = False
        self.sprawls = False
        """See :class:`~addin.workbook_file.WorkbookFile`; known after :meth:`grids`."""
        self._root = ""
        xml = self._package.read(main)
        parse(xml, self._start)
        self._rules_lead_out = rules_lead_out(xml)

    def grids(self) -> dict[str, Grid]:
        """The worksheets in the workbook's order."""
        maker = CellMaker(self._strings(), self.formats(), self.date1904)
        reader = SheetReader(maker, self._limits.cells)
        grids: dict[str, Grid] = {}
        for sheet, xml in self.worksheets():
            cells = reader.read(sheet.name, xml)
            self._rules_lead_out |= rules_lead_out(xml)
            grids[sheet.name] = Grid(sheet.name, cells, sheet.hidden, self.date1904)
        if not grids:
            raise Unreadable(FileMessage.NO_SHEETS)
        self._embedded = reader.embedded
        self.sprawls = reader.spread > self._limits.spread
        return grids

    def worksheets(self) -> Iterator[tuple[SheetEntry, bytes]]:
        """The XML of each sheet of cells; charts, dialogues and macro sheets have none."""
        targets = {link.id: link for link in self._links}
        names: set[str] = set()
        for sheet in self.sheets:
            link = targets.get(sheet.relationship)
            if link is None or sheet.name in names:
                raise Unreadable(FileMessage.DAMAGED)
            if link.kind == "worksheet":
                names.add(sheet.name)
                yield sheet, self._package.read(link.target)

    @property
    def kinds(self) -> set[str]:
        """What the workbook part leads to: ``worksheet``, ``styles``, ``externalLink``."""
        return {link.kind for link in self._links}

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
            self.sheets.append(SheetEntry(attributes.get("name", ""), relationship, hidden))
            if len(self.sheets) > self._limits.sheets:
                raise Unreadable(FileMessage.TOO_MANY_PARTS)
        elif tag == MAIN + "workbookPr":
            self.date1904 = truthy(attributes, "date1904")

    def _part(self, kind: str) -> bytes | None:
        target = next((link.target for link in self._links if link.kind == kind), None)
        return self._package.read(target) if target is not None and target in self._package else None

    def _strings(self) -> list[str]:
        xml = self._part("sharedStrings")
        return [] if xml is None else shared_strings(xml, self._limits.cells)

    def formats(self) -> tuple[NumberFormat, ...]:
        """The number format of each style, by the index that cells use."""
        xml = self._part("styles")
        return () if xml is None else cell_formats(xml)

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
