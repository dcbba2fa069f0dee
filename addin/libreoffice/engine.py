"""An engine for xlwings: the documents that are open in a running LibreOffice, as books, sheets and ranges.

It gives and takes what Excel's engine does: values as numbers, texts, dates and yes/no, formulas in Excel's English
notation, places counted from 1. What xlwings can and this engine cannot raises NotImplementedError, by the classes
it is made from.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from urllib.request import url2pathname

import xlwings
from xlwings import base_classes

from addin.libreoffice.cells import Area, ErrorText, Look, Notation, Range, looks_of
from addin.libreoffice.office import Office, Struct, properties

__all__ = ["FILTERS", "NAME", "Engine", "attach", "book_of", "only_visible_printed"]

NAME = "libreoffice"
FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xlsm": "Calc MS Excel 2007 VBA XML", ".ods": "calc8"}
"""By a file's ending how LibreOffice writes it."""
_PDF = "calc_pdf_Export"
_CALC = "com.sun.star.sheet.SpreadsheetDocument"
_PAGE_STYLE = (
    "IsLandscape", "Width", "Height", "LeftMargin", "RightMargin", "TopMargin", "BottomMargin", "ScaleToPagesX",
    "ScaleToPagesY", "CenterHorizontally", "HeaderIsOn", "FooterIsOn", "FooterIsShared", "FooterHeight",
    "FooterBodyDistance", "RightPageFooterContent",
)  # fmt: skip
"""What of a page style our sheets set; a sheet that is turned keeps its width and height, so those come after."""
_Named = TypeVar("_Named", "Book", "Sheet")


def attach(office: Office) -> xlwings.main.Engine:
    """Let xlwings reach this LibreOffice, as ``xlwings.engines["libreoffice"]``, and return the engine."""
    engine = xlwings.main.Engine(impl=Engine(office))
    xlwings.engines.engines[:] = [each for each in xlwings.engines.engines if each.name != NAME]
    xlwings.engines.add(engine)
    return engine


def book_of(office: Office, document: Any) -> xlwings.Book:
    """The open document as xlwings' book; xlwings' active engine is this LibreOffice from now on."""
    engine = attach(office)
    engine.activate()
    return xlwings.Book(impl=Book(App(engine.impl, document), document))


@contextmanager
def only_visible_printed(document: Any) -> Iterator[None]:
    """Meanwhile hidden sheets are not printed, as in Excel: LibreOffice prints those that have a print area."""
    sheets = [document.Sheets.getByName(name) for name in document.Sheets.ElementNames]
    areas = [(sheet, found) for sheet in sheets if not sheet.IsVisible and (found := sheet.getPrintAreas())]
    for sheet, _ in areas:
        sheet.setPrintAreas(())
    try:
        yield
    finally:
        for sheet, found in areas:
            sheet.setPrintAreas(found)


class Engine:
    """What xlwings asks of an engine."""

    name = NAME
    type = "desktop"

    def __init__(self, office: Office) -> None:
        self.office = office

    @property
    def apps(self) -> Apps:
        """The one running LibreOffice."""
        return Apps(self)

    @staticmethod
    def prepare_xl_data_element(value: Any, date_format: object) -> Any:  # noqa: ARG004 (xlwings hands it over)
        """One value before it is written: what numpy and pandas have of their own becomes Python's."""
        if value is None or value != value:  # noqa: PLR0124 (NaN is what is not itself)
            return ""
        return value.item() if hasattr(value, "item") else value

    @staticmethod
    def clean_value_data(
        data: Sequence[Sequence[Any]],
        datetime_builder: Callable[..., Any],
        empty_as: Any,
        number_builder: Callable[[float], Any] | None,
        err_to_str: bool,
    ) -> list[list[Any]]:
        """Values after they are read, as the caller's options want them."""

        def clean(value: Any) -> Any:
            if value is None or value == "":
                return empty_as
            if isinstance(value, dt.datetime):
                names = ("year", "month", "day", "hour", "minute", "second", "microsecond")
                return datetime_builder(**{name: getattr(value, name) for name in names})
            if isinstance(value, ErrorText):
                return str(value) if err_to_str else None
            return number_builder(value) if number_builder and isinstance(value, float) else value

        return [[clean(value) for value in row] for row in data]


class Apps(base_classes.Apps):
    """One app: the LibreOffice that runs."""

    def __init__(self, engine: Engine) -> None:
        self._app = App(engine)

    def keys(self) -> list[int]:
        return [self._app.pid]

    def __iter__(self) -> Iterator[App]:
        return iter((self._app,))

    def __len__(self) -> int:
        return 1

    def __getitem__(self, pid: int) -> App:
        return self._app


class App(base_classes.App):
    """The LibreOffice that runs; what Excel has for the program, LibreOffice has for each document."""

    engine: Any = None
    pid = 0
    visible = True
    display_alerts = True
    enable_events = True

    def __init__(self, engine: Engine, document: Any = None) -> None:
        self.engine = engine
        self._given = document

    @property
    def _document(self) -> Any:
        """The document that we were asked to work in, else the one in front."""
        return self.books.active.api if self._given is None else self._given

    @property
    def api(self) -> Any:
        return self.engine.office.desktop

    @property
    def books(self) -> Books:
        return Books(self)

    @property
    def selection(self) -> Range | None:
        selected = self._document.CurrentSelection
        if not selected.supportsService("com.sun.star.sheet.SheetCellRange"):
            return None
        book = Book(self, self._document)
        return book.sheets(selected.RangeAddress.Sheet + 1).spanning(selected.RangeAddress)

    @property
    def screen_updating(self) -> bool:
        return not self._document.hasControllersLocked()

    @screen_updating.setter
    def screen_updating(self, on: bool) -> None:
        document = self._document
        if on != self.screen_updating:
            (document.unlockControllers if on else document.lockControllers)()

    @property
    def calculation(self) -> str:
        return "automatic" if self._document.isAutomaticCalculationEnabled() else "manual"

    @calculation.setter
    def calculation(self, mode: str) -> None:
        self._document.enableAutomaticCalculation(mode != "manual")

    def calculate(self) -> None:
        self._document.calculateAll()

    @property
    def status_bar(self) -> bool:
        """Nothing that LibreOffice would tell."""
        return False

    @status_bar.setter
    def status_bar(self, text: str | bool) -> None:
        indicator = self._document.CurrentController.StatusIndicator
        if text is False or text is None:
            indicator.end()
        else:
            indicator.start(str(text), 0)

    @property
    def version(self) -> str:
        settings = self.engine.office.service(
            "com.sun.star.configuration.ConfigurationProvider"
        ).createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationAccess", properties(nodepath="/org.openoffice.Setup/Product")
        )
        return str(settings.getByName("ooSetupVersion"))

    def activate(self, steal_focus: bool = False) -> None:  # noqa: ARG002 (as in the base class)
        self.books.active.activate()


class Books(base_classes.Books):
    """The open spreadsheets."""

    app: Any = None

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def api(self) -> Any:
        return self.app.api.Components

    def _all(self) -> list[Book]:
        found, components = [], self.api.createEnumeration()
        while components.hasMoreElements():
            document = components.nextElement()
            if document.supportsService(_CALC):
                found.append(Book(self.app, document))
        return found

    @property
    def active(self) -> Book:
        document = self.app.api.getCurrentComponent()
        if document is not None and document.supportsService(_CALC):
            return Book(self.app, document)
        return self._all()[0]

    def __call__(self, name_or_index: str | int) -> Book:
        books = self._all()
        if isinstance(name_or_index, str):
            return _named(books, name_or_index)
        return books[name_or_index - 1]

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Book]:
        return iter(self._all())

    def add(self) -> Book:
        return self._load("private:factory/scalc")

    def open(self, fullname: str, update_links: object = None, read_only: bool = False, *_: object) -> Book:  # noqa: ARG002
        """Open a file; one that is only to be read has no window."""
        given = properties(ReadOnly=True, Hidden=True) if read_only else []
        return self._load(Path(fullname).resolve().as_uri(), given)

    def _load(self, url: str, given: Sequence[Struct] = ()) -> Book:
        return Book(self.app, self.app.api.loadComponentFromURL(url, "_blank", 0, given))


class Book(base_classes.Book):
    """One document."""

    app: Any = None

    def __init__(self, app: App, document: Any) -> None:
        self.app = app
        self._document = document

    @property
    def api(self) -> Any:
        return self._document

    @property
    def name(self) -> str:
        return Path(self.fullname).name if self._document.hasLocation() else str(self._document.Title)

    @property
    def fullname(self) -> str:
        if not self._document.hasLocation():
            return str(self._document.Title)
        return path_of(self._document.URL)

    @cached_property
    def notation(self) -> Notation:
        """How the document's formulas are read and written."""
        return Notation(self._document)

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self)

    def activate(self) -> None:
        self._document.CurrentController.Frame.activate()

    def close(self) -> None:
        self._document.close(True)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        given = properties(Password=password) if password else []
        if path is None:
            self._document.storeSelf(given)
            return
        options = properties(FilterName=FILTERS[Path(path).suffix.lower()])
        self._document.storeAsURL(Path(path).resolve().as_uri(), [*options, *given])

    def to_pdf(self, path: str, quality: object) -> None:  # noqa: ARG002 (as in the base class)
        with only_visible_printed(self._document):
            self._document.storeToURL(Path(path).resolve().as_uri(), properties(FilterName=_PDF))


class Sheets(base_classes.Sheets):
    """The sheets of a document, those that are hidden too."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def api(self) -> Any:
        return self.book.api.Sheets

    @property
    def active(self) -> Sheet:
        return Sheet(self.book, self.book.api.CurrentController.ActiveSheet)

    def __call__(self, name_or_index: str | int) -> Sheet:
        if isinstance(name_or_index, str):
            return _named(list(self), name_or_index)
        return Sheet(self.book, self.api.getByIndex(name_or_index - 1))

    def __len__(self) -> int:
        return int(self.api.Count)

    def __iter__(self) -> Iterator[Sheet]:
        return (self(n + 1) for n in range(len(self)))

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        place = before.index - 1 if before else after.index if after else self.active.index - 1
        taken = set(self.api.ElementNames)
        name = name or next(free for n in count(1) if (free := f"Sheet{n}") not in taken)
        self.api.insertNewByName(name, place)
        return self(name)


class Sheet(base_classes.Sheet):
    """One sheet."""

    book: Any = None

    def __init__(self, book: Book, sheet: Any) -> None:
        self.book = book
        self._sheet = sheet

    @property
    def api(self) -> Any:
        return self._sheet

    @property
    def name(self) -> str:
        return str(self._sheet.Name)

    @name.setter
    def name(self, name: str) -> None:
        self._sheet.Name = name

    @property
    def index(self) -> int:
        return int(self._sheet.RangeAddress.Sheet) + 1

    @property
    def names(self) -> Names:
        return Names(self.book, self)

    @property
    def visible(self) -> bool:
        return bool(self._sheet.IsVisible)

    @visible.setter
    def visible(self, visible: bool) -> None:
        self._sheet.IsVisible = visible

    @property
    def cells(self) -> Range:
        return self.spanning(self._sheet.RangeAddress)

    @property
    def used_range(self) -> Range:
        cursor = self._sheet.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        return self.spanning(cursor.RangeAddress)

    @cached_property
    def looks(self) -> list[tuple[Area, Look]]:
        """How its areas are formatted. Asked once: nobody types while we work on a sheet."""
        return list(looks_of(self._sheet, self.book.api.NumberFormats))

    @cached_property
    def merged(self) -> list[Area]:
        """Its merged areas. Their first cells are formatted like no other, so each is an area of :attr:`looks`."""
        found = []
        for area, _ in self.looks:
            cell = self._sheet.getCellByPosition(area.left - 1, area.top - 1)
            if cell.getIsMerged():
                cursor = self._sheet.createCursorByRange(cell)
                cursor.collapseToMergedArea()
                found.append(Area.of(cursor.RangeAddress))
        return found

    def spanning(self, address: Struct) -> Range:
        """The range that LibreOffice's address is of."""
        height, width = address.EndRow - address.StartRow + 1, address.EndColumn - address.StartColumn + 1
        return Range(self, address.StartRow + 1, address.StartColumn + 1, height, width)

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        if isinstance(arg1, tuple) and len(arg1) == 4:
            return Range(self, *arg1)
        if isinstance(arg1, int) and isinstance(arg2, int):
            arg1, arg2 = (arg1, arg2), None
        first = self._corner(arg1)
        if arg2 is None:
            return first
        last = self._corner(arg2)
        height, width = last.row + last.shape[0] - first.row, last.column + last.shape[1] - first.column
        return Range(self, first.row, first.column, height, width)

    def _corner(self, given: Any) -> Range:
        if isinstance(given, Range):
            return given
        if isinstance(given, tuple):
            if 0 in given:
                raise IndexError("xlwings' ranges are counted from 1")
            row, column = given
            return Range(self, row, column, 1, 1)
        if self.book.api.NamedRanges.hasByName(given):
            return Name(self.book, self.book.api.NamedRanges.getByName(given)).refers_to_range
        return self.spanning(self._sheet.getCellRangeByName(given.replace("$", "")).RangeAddress)

    def activate(self) -> None:
        self.book.api.CurrentController.ActiveSheet = self._sheet

    def select(self) -> None:
        self.activate()

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        beside = before or after
        assert beside is not None, "xlwings names one"
        document, place = beside.book.api, beside.index - (beside is before)
        document.Sheets.importSheet(self.book.api, self.name, place)
        self._take_page_style_along(document, document.Sheets.getByIndex(place))

    def _take_page_style_along(self, document: Any, copy: Any) -> None:
        """Print set-up is the document's page style, which LibreOffice leaves behind."""
        own = self.book.api.StyleFamilies.getByName("PageStyles").getByName(self._sheet.PageStyle)
        name = f"{self._sheet.PageStyle}_{own.Width}x{own.Height}"
        styles = document.StyleFamilies.getByName("PageStyles")
        if not styles.hasByName(name):
            styles.insertByName(name, document.createInstance("com.sun.star.style.PageStyle"))
            theirs = styles.getByName(name)
            for each in _PAGE_STYLE:
                setattr(theirs, each, getattr(own, each))
        copy.PageStyle = name

    def delete(self) -> None:
        self.book.api.Sheets.removeByName(self.name)

    def clear(self) -> None:
        self.cells.clear()

    def clear_contents(self) -> None:
        self.cells.clear_contents()


class Names(base_classes.Names):
    """The names of a document, or of one sheet."""

    def __init__(self, book: Book, sheet: Sheet | None = None) -> None:
        self.book = book
        self._names = (sheet or book).api.NamedRanges

    @property
    def api(self) -> Any:
        return self._names

    def __call__(self, name_or_index: str | int) -> Name:
        if isinstance(name_or_index, str):
            return Name(self.book, self._names.getByName(name_or_index))
        return Name(self.book, self._names.getByIndex(name_or_index - 1))

    def contains(self, name_or_index: str | int) -> bool:
        if isinstance(name_or_index, str):
            return bool(self._names.hasByName(name_or_index))
        return 1 <= name_or_index <= len(self)

    def __len__(self) -> int:
        return int(self._names.Count)

    def add(self, name: str, refers_to: str) -> Name:
        base = Struct("com.sun.star.table.CellAddress", {"Sheet": 0, "Column": 0, "Row": 0})
        content = self.book.notation.native(refers_to, base)
        self._names.addNewByName(name, content.removeprefix("="), base, 0)
        return self(name)


class Name(base_classes.Name):
    """A name and what it stands for."""

    def __init__(self, book: Book, name: Any) -> None:
        self.book = book
        self._name = name

    @property
    def api(self) -> Any:
        return self._name

    @property
    def name(self) -> str:
        return str(self._name.Name)

    @name.setter
    def name(self, name: str) -> None:
        self._name.Name = name

    @property
    def refers_to(self) -> str:
        return self.book.notation.excel(f"={self._name.Content}", self._name.ReferencePosition)

    @property
    def refers_to_range(self) -> Range:
        address = self._name.ReferredCells.RangeAddress
        return Sheet(self.book, self.book.api.Sheets.getByIndex(address.Sheet)).spanning(address)

    def delete(self) -> None:
        self.book.api.NamedRanges.removeByName(self.name)


def _named(things: Sequence[_Named], name: str) -> _Named:
    """The one of the name; case does not count, as in Excel. Raises KeyError."""
    for each in things:
        if each.name.casefold() == name.casefold():
            return each
    raise KeyError(name)


def path_of(url: str) -> str:
    """The path that a file's address means on this machine."""
    parts = urlsplit(url)
    share = f"//{parts.netloc}" if parts.netloc else ""
    return os.path.normpath(url2pathname(share + parts.path))
