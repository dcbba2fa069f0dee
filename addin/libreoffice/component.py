"""What LibreOffice loads of the extension: the custom functions, and what the menu's entries do."""

from __future__ import annotations

from typing import Any, Callable

import unohelper
from com.sun.star.lang import XServiceInfo, XServiceName
from com.sun.star.task import XJob, XJobExecutor
from org.starscore import XFunctions
from starscore_office.binding import bind
from starscore_office.dialogues import tell
from starscore_office.helper import Helper

FUNCTIONS = "org.starscore.Functions"
MENU = "org.starscore.Menu"
BINDING = "org.starscore.Binding"

_helpers: "list[Helper]" = []


def _helper(context: Any) -> Helper:
    """The one helper of this LibreOffice."""
    if not _helpers:
        _helpers.append(Helper(context))
    return _helpers[0]


class Functions(unohelper.Base, XFunctions, XServiceName, XServiceInfo):
    """The functions of the interface, each under its name in small letters."""

    def __init__(self, context: Any) -> None:
        self._context = context

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Give a function of the sheet; our interpreter knows which there are."""
        if not name.startswith("star"):
            raise AttributeError(name)
        return lambda *arguments: self.call(name.upper(), arguments)

    def call(self, name: str, arguments: Any) -> Any:
        """Call a function by its name; also what the Basic functions call."""
        try:
            rows = _helper(self._context).function(name, list(arguments))
        except Exception as error:  # a cell is to show what is wrong
            rows = [[f"#{type(error).__name__}: {error}"]]
        return tuple(tuple(row) for row in rows)

    def getServiceName(self) -> str:
        return FUNCTIONS

    def getImplementationName(self) -> str:
        return FUNCTIONS

    def supportsService(self, name: str) -> bool:
        return name == FUNCTIONS

    def getSupportedServiceNames(self) -> "tuple[str, ...]":
        return (FUNCTIONS,)


class Menu(unohelper.Base, XJobExecutor):
    """What an entry of the menu does, with the document that is in front."""

    def __init__(self, context: Any) -> None:
        self._context = context

    def trigger(self, action: str) -> None:
        """Do the action and say how it ended."""
        desktop = self._context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", self._context)
        document = desktop.getCurrentComponent()
        try:
            bind(document)
            sentence = _helper(self._context).action(action, document)
        except Exception as error:
            sentence = f"{type(error).__name__}: {error}"
        tell(self._context, document, sentence)


class Binding(unohelper.Base, XJob):
    """What is done when a document has been opened and before one is saved."""

    def __init__(self, context: Any) -> None:
        self._context = context

    def execute(self, arguments: Any) -> None:
        """Bind the calls of our functions anew."""
        given = {argument.Name: argument.Value for argument in arguments}
        environment = {each.Name: each.Value for each in given["Environment"]}
        document = environment["Model"]
        if document is None or not document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
            return
        was_modified = document.isModified()
        if bind(document) and not was_modified:
            document.setModified(False)


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Functions, FUNCTIONS, (FUNCTIONS,))
g_ImplementationHelper.addImplementation(Menu, MENU, (MENU,))
g_ImplementationHelper.addImplementation(Binding, BINDING, (BINDING, "com.sun.star.task.Job"))
