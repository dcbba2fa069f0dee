"""Our VBA modules in pyOpenVBA's interpreter, with its model of Excel; only xlwings' runtime is played.

It plays ``XLPy``, xlwings' way into Python: what it is asked is kept in the module ``xlwings``.
"""

from pathlib import Path

from openpyxl import Workbook
from pyopenvba.apps.excel import ExcelApplication

from addin.excel.wrappers import wrappers

MACROS = Path(__file__).parents[3] / "macros"
RUNTIME = """
Public Asked As Long
Public Ended As Long
Public Failures As Long
Public FailureNumber As Long

Public Sub Prepare(ByVal times As Long, ByVal number As Long)
    Asked = 0
    Ended = 0
    Failures = times
    FailureNumber = number
End Sub

Public Function XLPy() As PlayedServer
    Set XLPy = New PlayedServer
End Function

Public Sub KillPy()
    Ended = Ended + 1
End Sub
"""
SERVER = """
Public Function CallUDF(ByVal moduleName As String, ByVal functionName As String, ByVal arguments As Variant) As Variant
    Asked = Asked + 1
    If Asked <= Failures Then Err.Raise FailureNumber, , "gone"
    CallUDF = moduleName & ":" & functionName
End Function
"""


def macro_host(book: Workbook | None = None, folder: Path | None = None) -> ExcelApplication:
    """The modules loaded; with ``book`` it is the open workbook."""
    host = ExcelApplication()
    if book is not None:
        path = folder / "book.xlsx"
        book.save(path)
        host.open_workbook(path)
    else:
        host.add_workbook()
    host.add_module(RUNTIME, name="xlwings")
    host.add_module(SERVER, name="PlayedServer", kind="class")
    host.add_module(wrappers(), name="StarFunctions")
    for path in sorted(MACROS.glob("*.bas")):
        host.add_module(path.read_text("ascii"), name=path.stem)
    source = (MACROS / "StarProtection.cls").read_text("ascii")  # StarEvents: the interpreter knows no WithEvents
    host.add_module(source[source.index("Option Explicit") :], name="StarProtection", kind="class")
    return host
