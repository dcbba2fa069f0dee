"""What LibreOffice loads of the extension: the custom functions, and what the menu's entries do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import unohelper
from com.sun.star.awt import XCallback
from com.sun.star.frame import DispatchResultEvent, XDispatchProvider, XNotifyingDispatch
from com.sun.star.frame.DispatchResultState import SUCCESS
from com.sun.star.lang import XInitialization, XServiceInfo, XServiceName
from com.sun.star.task import XJob
from org.starscore import XFunctions
from starscore_office import BINDING, FUNCTIONS, MENU, PROTOCOL
from starscore_office.binding import bind
from starscore_office.dialogues import tell
from starscore_office.helper import Helper

_helpers: list[Helper] = []


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

    def getSupportedServiceNames(self) -> tuple[str, ...]:
        return (FUNCTIONS,)


class Menu(unohelper.Base, XInitialization, XDispatchProvider, XNotifyingDispatch, XServiceInfo):
    """What the menu's entries, ``org.starscore:ACTION``, do in the window that they are pressed in."""

    def __init__(self, context: Any) -> None:
        self._context = context
        self._frame: Any = None

    def initialize(self, arguments: Any) -> None:
        if arguments:
            self._frame = arguments[0]

    def queryDispatch(self, url: Any, target: str, flags: int) -> Any:
        return self if url.Protocol == PROTOCOL else None

    def queryDispatches(self, requests: Any) -> Any:
        return tuple(self.queryDispatch(each.FeatureURL, each.FrameName, each.SearchFlags) for each in requests)

    def dispatch(self, url: Any, arguments: Any) -> None:
        self.dispatchWithNotification(url, arguments, None)

    def dispatchWithNotification(self, url: Any, arguments: Any, listener: Any) -> None:
        """Have it done as soon as the menu is closed, in the thread that draws the windows."""
        document = self._frame.getController().getModel()
        later = self._context.ServiceManager.createInstanceWithContext("com.sun.star.awt.AsyncCallback", self._context)
        later.addCallback(_Pressed(self._context, self, document, listener), url.Path)

    def addStatusListener(self, listener: Any, url: Any) -> None:
        """Nothing: an entry can always be pressed."""

    def removeStatusListener(self, listener: Any, url: Any) -> None:
        """Nothing, as nobody is added."""

    def getImplementationName(self) -> str:
        return MENU

    def supportsService(self, name: str) -> bool:
        return name in self.getSupportedServiceNames()

    def getSupportedServiceNames(self) -> tuple[str, ...]:
        return (MENU, "com.sun.star.frame.ProtocolHandler")


class _Pressed(unohelper.Base, XCallback):
    """An entry that was pressed."""

    def __init__(self, context: Any, menu: Menu, document: Any, listener: Any) -> None:
        self._context, self._menu, self._document, self._listener = context, menu, document, listener

    def notify(self, action: str) -> None:
        """Do the action, say how it ended, and tell who waits for it."""
        try:
            bind(self._document)
            sentence = _helper(self._context).action(action, self._document)
        except Exception as error:
            sentence = f"{type(error).__name__}: {error}"
        tell(self._context, self._document, sentence)
        if self._listener is not None:
            self._listener.dispatchFinished(DispatchResultEvent(self._menu, SUCCESS, sentence))


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


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 (LibreOffice looks for this name)
g_ImplementationHelper.addImplementation(Functions, FUNCTIONS, (FUNCTIONS,))
g_ImplementationHelper.addImplementation(Menu, MENU, (MENU, "com.sun.star.frame.ProtocolHandler"))
g_ImplementationHelper.addImplementation(Binding, BINDING, (BINDING, "com.sun.star.task.Job"))
