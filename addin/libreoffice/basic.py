"""Our module in the user's Basic library Standard: the functions for formulas of .xlsx files, and the installation.

A formula in an .xlsx is bound to a Basic function of this library when the file is opened, to a function of an
extension it is not.
"""

from __future__ import annotations

import re
from pathlib import Path
from xml.sax.saxutils import escape

from addin.function_texts import HELP, FunctionHelp
from addin.libreoffice.extension import IDENTIFIER
from addin.libreoffice.starscore_office import FUNCTIONS
from workbook_templates.save import save_bytes

__all__ = ["MODULE", "add_module", "basic_module", "remove_module"]

MODULE = "StarScore"
_MODULE_FILE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="{name}" script:language="StarBasic">{text}\
</script:module>
"""
_ELEMENT = f' <library:element library:name="{MODULE}"/>\n'
_END = "</library:library>"

# Without On Error a conversion without a window would hang.
_BASIC = f"""' StarScore: =STARSCORE(...) and its kin for formulas of .xlsx files. Written by the installation.
Private Function Answer(wanted, arguments)
    On Error GoTo absent
    rows = createUnoService("{FUNCTIONS}").call(wanted, arguments)
    If UBound(rows) = 0 And UBound(rows(0)) = 0 Then
        Answer = rows(0)(0)
    Else
        Dim table(UBound(rows), UBound(rows(0)))
        For r = 0 To UBound(rows)
            For c = 0 To UBound(rows(0))
                table(r, c) = rows(r)(c)
            Next c
        Next r
        Answer = table
    End If
    Exit Function
absent:
    Answer = "#" & Error$
End Function

Private Function Skipped(given)
    Skipped = given
    If VarType(given) = 5 Then
        If given = 0 Then Skipped = Empty
    End If
End Function

Sub Install(package, report)
    On Error GoTo failed
    manager().addExtension(package, Array(), "user", manager().createAbortChannel(), environment())
    Say report, "done"
    StarDesktop.terminate()
    Exit Sub
failed:
    Say report, Error$
    StarDesktop.terminate()
End Sub

Sub Uninstall(report)
    On Error GoTo failed
    For Each package In manager().getDeployedExtensions("user", manager().createAbortChannel(), environment())
        If package.Identifier.Value = "{IDENTIFIER}" Then
            channel = manager().createAbortChannel()
            manager().removeExtension("{IDENTIFIER}", package.Name, "user", channel, environment())
        End If
    Next
    Say report, "done"
    StarDesktop.terminate()
    Exit Sub
failed:
    Say report, Error$
    StarDesktop.terminate()
End Sub

Private Function manager()
    manager = GetDefaultContext().getByName("/singletons/com.sun.star.deployment.ExtensionManager")
End Function

' Whoever runs the installation wants it: what LibreOffice asks is approved.
Private Function environment()
    environment = CreateUnoListener("Environment_", "com.sun.star.ucb.XCommandEnvironment")
End Function

Function Environment_getInteractionHandler()
    Environment_getInteractionHandler = CreateUnoListener("Approve_", "com.sun.star.task.XInteractionHandler")
End Function

Function Environment_getProgressHandler()
    Environment_getProgressHandler = Nothing
End Function

Sub Approve_handle(request)
    For Each continuation In request.getContinuations()
        If HasUnoInterfaces(continuation, "com.sun.star.task.XInteractionApprove") Then continuation.select()
    Next
End Sub

Private Sub Say(report, text)
    file = FreeFile
    Open report For Output As #file
    Print #file, text
    Close #file
End Sub
"""


def basic_module() -> str:
    """The module's source."""
    return _BASIC + "".join(map(_function, HELP))


def _function(each: FunctionHelp) -> str:
    """One function: a blank for an argument that is left out, and the service of the extension.

    An argument that is skipped between two commas arrives as 0, so where others follow 0 is a blank. No argument
    for which 0 would mean something is followed by others.
    """
    names = [f"given{n}" for n, _ in enumerate(each.arguments, start=1)]
    lines = [f"\nFunction {each.name}({', '.join(f'Optional {name}' for name in names)})"]
    for name, argument in zip(names, each.arguments, strict=True):
        skipped = f" Else {name} = Skipped({name})" if argument.optional and name != names[-1] else ""
        lines.append(f"    If IsMissing({name}) Then {name} = Empty{skipped}")
    lines += [f'    {each.name} = Answer("{each.name}", Array({", ".join(names)}))', "End Function", ""]
    return "\n".join(lines)


def add_module(profile: Path) -> None:
    """Put the module into a profile that LibreOffice has made; what is in the library already stays there."""
    library = _library(profile)
    index = library / "script.xlb"
    listed = _listed(index)
    module = _MODULE_FILE.format(name=MODULE, text=escape(basic_module(), {'"': "&quot;"}))
    save_bytes(module.encode(), _module_file(library))
    if _ELEMENT.strip() not in listed:
        # An empty library is written as one closed tag.
        opened = listed if _END in listed else re.sub(r"(<library:library\b[^>]*)/>", rf"\1>\n{_END}", listed)
        save_bytes(opened.replace(_END, _ELEMENT + _END).encode(), index)


def remove_module(profile: Path) -> bool:
    """Take the module out of the library; False where it was not there."""
    library = _library(profile)
    index = library / "script.xlb"
    if not _module_file(library).exists() and MODULE not in _listed(index):
        return False
    for file in (_module_file(library), profile / "user" / "pack" / "basic" / "Standard" / f"{MODULE}.pack"):
        file.unlink(missing_ok=True)  # the second is LibreOffice's own copy, for its safe mode
    without = re.sub(rf'\s*<library:element library:name="{MODULE}"/>', "", _listed(index))
    save_bytes(without.encode(), index)
    return True


def _library(profile: Path) -> Path:
    return profile / "user" / "basic" / "Standard"


def _module_file(library: Path) -> Path:
    return library / f"{MODULE}.xba"


def _listed(index: Path) -> str:
    return index.read_text(encoding="utf-8") if index.exists() else ""
