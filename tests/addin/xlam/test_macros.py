"""Our VBA modules, run in pyOpenVBA's interpreter over its model of Excel."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula
from pyopenvba.apps.excel import ExcelApplication

from addin.excel.texts import VBA_TEXTS
from tests.addin.xlam.macro_host import macro_host

ABSENT = "未装加载项"


@pytest.fixture(scope="module")
def host() -> ExcelApplication:
    return macro_host()


# ── what a formula calls ─────────────────────────────────────────


@pytest.mark.parametrize(
    ("formula", "plain"),
    [
        ("=[1]!STARRANK(A1)", "=STARRANK(A1)"),
        ("=[12]!starrank(A1)", "=starrank(A1)"),
        ("=StarScore.xlam!STARRANK(A1)", "=STARRANK(A1)"),
        (r"='C:\某 目录\StarScore.xlam'!STARRANK(A1)", "=STARRANK(A1)"),
        (r"='\\server\o''b\starscore.XLAM'!STARWHY(1)", "=STARWHY(1)"),
        ('=IF(A1="","",[1]!STARSCORE(A1,\'x y\'!B1))', '=IF(A1="","",STARSCORE(A1,\'x y\'!B1))'),
        ("=[1]!STARRANK(A1)+2*[1]!STARQUOTA(1,3)", "=STARRANK(A1)+2*STARQUOTA(1,3)"),
        ("=-[1]!STARQUOTA(1,[1]!STARQUOTA(1,2))", "=-STARQUOTA(1,STARQUOTA(1,2))"),
    ],
)
def test_paths_before_our_functions_go(host: ExcelApplication, formula: str, plain: str) -> None:
    assert host.run("StarBinding.PlainFormula", formula) == plain
    assert host.run("StarBinding.CallsUs", formula) is True


@pytest.mark.parametrize(
    "formula",
    [
        "=SUM(A1)",
        "=STARRANK(A1)",
        "=[1]!STARTUP(A1)",
        "=[1]Sheet1!A1",
        r"='C:\x\Other.xlam'!STARRANK(1)",
        '="[1]!STARRANK("',
        "=STAR_X+1",
        "",
        "=[1]!",
        "'!STARRANK(1)",
    ],
)
def test_other_formulas_stay_as_they_are(host: ExcelApplication, formula: str) -> None:
    assert host.run("StarBinding.PlainFormula", formula) == formula


@pytest.mark.parametrize(
    "formula", ["=STARTUP(A1)", "=MYSTARRANK(A1)", '="STARRANK("', "=STARRANK", "=STAR.STARRANK(1)"]
)
def test_names_like_ours_are_not_ours(host: ExcelApplication, formula: str) -> None:
    assert host.run("StarBinding.CallsUs", formula) is False


# ── binding again ────────────────────────────────────────────────


def opened(tmp_path: Path, *, protect: bool, password: str = "") -> ExcelApplication:
    """A workbook as it comes from another machine and from a program that knows no add-ins."""
    book = Workbook()
    sheet = book.active
    sheet["A1"], sheet["B1"] = "a", "=[1]!STARRANK(A1)"
    elsewhere = r"=IFERROR('D:\x\StarScore.xlam'!STARSCORE(A1:A3),"
    for place, start in (("C1:C3", elsewhere), ("D1:D3", "=IFERROR(STARSCORE(A1:A3),")):
        sheet[place[:2]] = ArrayFormula(place, f'{start}"{ABSENT}")')
    sheet["E1"], sheet["F1"] = "=SUM(A1:A3)", "=STARQUOTA(1,3)"
    own = book.create_sheet("StarScore.conf")
    for row, (key, text) in enumerate(VBA_TEXTS.items(), start=1):
        own.cell(row, 4, key)
        own.cell(row, 5, text)
    if protect:
        sheet.protection.sheet = True
        sheet.protection.formatColumns = False
        sheet.protection.autoFilter = False
        if password:
            sheet.protection.password = password
    host = macro_host(book, tmp_path)
    host.add_module(
        "Sub Bind()\nRebindSheet Worksheets(1)\nEnd Sub\n"
        'Sub Reckon(absent)\nRange("F1").Formula = Range("F1").Formula\n'
        'Range("D1:D3").FormulaArray = "=IFERROR(STARSCORE(A1:A3),""" & absent & """)"\nEnd Sub\n'
        "Function Unbound()\nUnbound = UnboundPlaces(Worksheets(1)).Count\nEnd Function",
        name="Test",
    )
    return host


def formulas(host: ExcelApplication) -> list[str]:
    return [host.sheet(1).formula(f"{column}1") for column in "BCDEF"]


PLAIN = ["=STARRANK(A1)", f'=IFERROR(STARSCORE(A1:A3),"{ABSENT}")', f'=IFERROR(STARSCORE(A1:A3),"{ABSENT}")',
         "=SUM(A1:A3)", "=STARQUOTA(1,3)"]  # fmt: skip


@pytest.mark.parametrize("protect", [False, True])
def test_formulas_are_bound_again_on_protected_sheets_too(tmp_path: Path, protect: bool) -> None:
    host = opened(tmp_path, protect=protect)
    assert formulas(host)[0] == "=[1]!STARRANK(A1)"
    if not protect:
        host.run("Test.Reckon", ABSENT)
        assert host.evaluate('Range("F1").Value') != ABSENT
        assert host.run("Test.Unbound") == 4
    host.run("Test.Bind")
    assert formulas(host) == PLAIN
    assert host.evaluate('Worksheets(1).Range("C3").HasArray') is True
    assert host.evaluate('Worksheets(1).Range("C3").CurrentArray.Address') == "$C$1:$C$3"
    assert host.evaluate("Worksheets(1).ProtectContents") is protect
    flags = [host.evaluate(f"Worksheets(1).Protection.Allow{name}") for name in
             ("FormattingColumns", "FormattingRows", "Filtering", "Sorting")]  # fmt: skip
    assert flags == [protect, False, protect, False]


def test_a_sheet_with_a_password_stays_as_it_is(tmp_path: Path) -> None:
    host = opened(tmp_path, protect=True, password="geheim")
    before = formulas(host)
    host.run("Test.Bind")
    assert formulas(host) == before
    assert host.evaluate("Worksheets(1).ProtectContents") is True


def test_an_untouched_workbook_stays_saved(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "=[1]!STARQUOTA(1,3)"
    book.save(tmp_path / "other.xlsx")
    host = macro_host()
    host.open_workbook(tmp_path / "other.xlsx")
    host.add_module(
        "Function Bound(saved)\nWorkbooks(2).Saved = saved\nRebindWorkbook Workbooks(2)\n"
        'Bound = Workbooks(2).Saved & Workbooks(2).Worksheets(1).Range("A1").Formula & Application.EnableEvents\n'
        "End Function\n",
        name="Test",
    )
    assert host.run("Test.Bound", True) == "True=STARQUOTA(1,3)True"
    assert host.run("Test.Bound", False) == "False=STARQUOTA(1,3)True"


# ── from a cell to Python and back ───────────────────────────────


def test_ranges_become_values_and_percents_what_they_show(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    for row, (rate, mixed) in enumerate(((0.0012, 0.5), (0.1, 3), ("无", 0.25), (None, 7)), start=1):
        sheet.cell(row, 1, rate).number_format = "0.00%"
        sheet.cell(row, 2, mixed).number_format = "0%" if row % 2 else "0.00"
        sheet.cell(row, 3, row)
    host = macro_host(book, tmp_path)
    host.add_module(
        'Function Block()\nBlock = CellsOf(Range("A1:C4"), 1)\nEnd Function\n'
        'Function One()\nOne = CellsOf(Range("A1"), 1)\nEnd Function\n'
        'Function Whole()\nWhole = CellsOf(Range("C:C"), RowsOfWholeColumns(Array(1, Range("C:C"))))\nEnd Function\n'
        'Function Areas()\nAreas = CellsOf(Range("C1:C2,C4"), 1)\nEnd Function\n'
        "Function Plain()\nPlain = CellsOf(5, 1)\nEnd Function\n",
        name="Test",
    )
    assert host.run("Test.Block") == [["0.12%", "50%", 1.0], ["10%", 3.0, 2.0], ["无", "25%", 3.0], [None, 7.0, 4.0]]
    assert host.run("Test.One") == "0.12%"
    assert host.run("Test.Whole") == [[1.0], [2.0], [3.0], [4.0]]
    assert host.run("Test.Areas") == [[1.0], [2.0]]
    assert host.run("Test.Plain") == 5


def test_an_array_over_more_rows_is_filled_up_with_blanks(host: ExcelApplication) -> None:
    host.add_module(
        "Function Fit(height)\nDim answer(0 To 1, 0 To 1)\nanswer(0, 0) = 1\nanswer(0, 1) = 2\nanswer(1, 0) = 3\n"
        "answer(1, 1) = 4\nFit = Fitted(answer, height)\nEnd Function\n"
        "Function FitRow()\nFitRow = Fitted(Array(1, 2), 3)\nEnd Function\n"
        "Function FitOne()\nFitOne = Fitted(5, 3)\nEnd Function\n",
        name="Fits",
    )
    assert host.run("Fits.Fit", 4) == [[1, 2], [3, 4], ["", ""], ["", ""]]
    assert host.run("Fits.Fit", 2) == [[1, 2], [3, 4]]
    assert host.run("Fits.FitRow") == [1, 2]
    assert host.run("Fits.FitOne") == 5


def asked(host: ExcelApplication, failures: int, number: int, *, before: bool) -> list[object]:
    """Call a server that fails so often: what comes, and how often it was asked, ended and started again."""
    host.run("xlwings.Prepare", 0, 0)
    if before:
        host.run("StarCalls.Served", "STARVERSION", [])
    host.run("xlwings.Prepare", failures, number)
    try:
        answer = host.run("StarCalls.Served", "STARVERSION", [])
    except Exception as error:
        answer = type(error).__name__
    return [answer, host.evaluate("Asked"), host.evaluate("Ended")]


ANSWER = "addin.excel.server:STARVERSION"


def test_a_server_that_is_gone_is_started_again_once(host: ExcelApplication) -> None:
    assert asked(host, 0, 0, before=True) == [ANSWER, 1, 0]
    for number in (462, 1000, -2147023174, -2147417848):
        assert asked(host, 1, number, before=True) == [ANSWER, 2, 1]
    assert asked(host, 2, 1000, before=True)[1:] == [2, 1]


def test_a_server_that_never_answered_is_not_started_for_every_cell(host: ExcelApplication) -> None:
    host.run("xlwings.Prepare", 2, 1000)
    asked(host, 2, 1000, before=True)  # it fails both times: from now on it has not answered
    assert asked(host, 1, 1000, before=False)[1:] == [1, 0]


def test_another_error_is_no_reason_to_start_again(host: ExcelApplication) -> None:
    assert asked(host, 1, -2147352567, before=True)[1:] == [1, 0]


def test_a_text_that_is_not_there_shows_its_key(host: ExcelApplication) -> None:
    assert host.run("StarTexts.StarText", "no such") == "no such"
