"""Our VBA in LibreOffice's interpreter: the built add-in is opened there and its modules are run.

A Basic macro in a profile of its own opens the file, calls the functions and writes down what they gave.
"""

from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from addin.excel.xlam import build_xlam
from tests.libreoffice import LibreOffice

pytestmark = pytest.mark.libreoffice

MACRO = """
Sub Main(source, target)
    Dim options(2) As New com.sun.star.beans.PropertyValue
    file = FreeFile
    Open target For Output As #file
    On Error GoTo failed
    options(0).Name = "Hidden" : options(0).Value = True
    options(1).Name = "MacroExecutionMode" : options(1).Value = 4
    options(2).Name = "FilterName" : options(2).Value = "Calc MS Excel 2007 VBA XML"
    document = StarDesktop.loadComponentFromURL(source, "_blank", 0, options())
    provider = document.getScriptProvider()
%s
    Close #file
    document.close(True)
    Exit Sub
failed:
    Print #file, "failed: " & Error$ & " in line " & Erl
    Close #file
End Sub
"""
CALL = """    script = provider.getScript("vnd.sun.star.script:%s.%s?language=Basic&location=document")
    Print #file, script.invoke(Array(%s), Array(), Array())"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false">%s</library:library>"""
LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
 <library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/%s.xlb/" xlink:type="simple"
 library:link="false"/></library:libraries>"""
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Probe"
 script:language="StarBasic">%s</script:module>"""


def run(soffice: LibreOffice, folder: Path, calls: list[tuple[str, str]]) -> list[str]:
    """What each call (Module.Function, its arguments in Basic) gives, as text."""
    office = LibreOffice(soffice.program, folder)
    office.run(["--terminate_after_init"], 120)  # it makes the profile, and would make it over ours
    basic = folder / "profile-1" / "user" / "basic"
    (basic / "Standard").mkdir(parents=True, exist_ok=True)
    lines = "\n".join(CALL % ("VBAProject", name, arguments) for name, arguments in calls)
    (basic / "Standard" / "Probe.xba").write_text(MODULE % escape(MACRO % lines, {'"': "&quot;"}), "utf-8")
    for name, elements in (("script", '<library:element library:name="Probe"/>'), ("dialog", "")):
        (basic / "Standard" / f"{name}.xlb").write_text(LIBRARY % elements, "utf-8")
        (basic / f"{name}.xlc").write_text(LIBRARIES % name, "utf-8")
    source, target = folder / "StarScore.xlam", folder / "out.txt"
    source.write_bytes(build_xlam())
    said = office.run([f'macro:///Standard.Probe.Main("{source.as_uri()}","{target}")'], 120)
    assert target.exists(), said
    return target.read_text("utf-8").splitlines()


def test_our_modules_run_there(soffice: LibreOffice, tmp_path: Path) -> None:
    path = r"'C:\a b\StarScore.xlam'!"
    calls = {
        ("StarBinding.PlainFormula", f'"={path}STARRANK(A1)+[1]!STARQUOTA(1,2)"'): "=STARRANK(A1)+STARQUOTA(1,2)",
        ("StarBinding.PlainFormula", '"=[1]!STARTUP(A1)"'): "=[1]!STARTUP(A1)",
        ("StarBinding.CallsUs", '"=IF(A1,STARSCORE(B1),0)"'): "True",
        ("StarBinding.CallsUs", '"=STARTUP(B1)"'): "False",
        ("StarFunctions.IsStarFunction", '"starwhy"'): "True",
        ("StarTexts.StarText", '"not_installed"'): "未装加载项",
        ("StarTexts.StarText", '"no such"'): "no such",
    }
    assert [line.strip() for line in run(soffice, tmp_path, list(calls))] == list(calls.values())
