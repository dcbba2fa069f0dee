"""The VBA functions that the sheet sees, one for each custom function, made of the functions' help."""

from __future__ import annotations

from addin.function_texts import HELP, FunctionHelp

__all__ = ["MODULE", "wrappers"]

MODULE = "StarFunctions"
_VBA_WORDS = frozenset({"base", "date", "row", "rows", "values"})
"""Names of arguments that VBA or Excel's object model uses for something else."""


def wrappers() -> str:
    """The source of the VBA module."""
    head = f'Attribute VB_Name = "{MODULE}"\nOption Explicit\n\n\' Made from the help texts; not to be edited.\n'
    return head + _is_star_function() + "".join(map(_wrapper, HELP))


def _is_star_function() -> str:
    """Tells our functions from other people's whose names begin alike."""
    cases = "".join(f'        Case "{each.name}": IsStarFunction = True\n' for each in HELP)
    return (
        "\nPublic Function IsStarFunction(ByVal functionName As String) As Boolean\n"
        f"    Select Case UCase$(functionName)\n{cases}    End Select\nEnd Function\n"
    )


def _wrapper(function: FunctionHelp) -> str:
    names = [f"{each.name}_" if each.name in _VBA_WORDS else each.name for each in function.arguments]
    declared = ", ".join(
        f"{'Optional ' if each.optional else ''}{name} As Variant"
        for name, each in zip(names, function.arguments, strict=True)
    )
    return (
        f"\nPublic Function {function.name}({declared}) As Variant\n"
        "    On Error GoTo failed\n"
        f'    {function.name} = StarCall("{function.name}", Array({", ".join(names)}))\n'
        "    Exit Function\n"
        "failed:\n"
        f"    {function.name} = CVErr(xlErrValue)\n"
        "End Function\n"
    )
