"""Builds StarScore.oxt, the extension for LibreOffice, from text; the same sources give the same bytes.

It carries the custom functions with their Chinese help, the menu 服务明星, and the Python that passes both on to our
interpreter.
"""

from __future__ import annotations

import zipfile
from importlib.metadata import version
from importlib.resources import files
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from addin.function_texts import CATEGORY, HELP
from addin.libreoffice.starscore_office import BINDING, FUNCTIONS, MENU, PROTOCOL
from addin.live.labels import GROUPS, LABELS

__all__ = ["FILE_NAME", "IDENTIFIER", "build_extension"]

FILE_NAME = "StarScore.oxt"
IDENTIFIER = "org.starscore.StarScore"
_BINDING_EVENTS = ("OnLoadFinished", "OnSave", "OnSaveAs", "OnCopyTo")
_TITLE = "服务明星"
_LANGUAGES = ("en-US", "zh-CN")
"""LibreOffice takes English where it has no text in its own language; ours is Chinese everywhere."""
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_CONFIGURATION = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
_PYTHON = ("__init__.py", "binding.py", "dialogues.py", "helper.py", "objects.py", "wire.py")
_ORIGIN = (1980, 1, 1, 0, 0, 0)


def build_extension() -> bytes:
    """The extension file."""
    own = files("addin.libreoffice")
    parts = {
        "META-INF/manifest.xml": _manifest(),
        "description.xml": _description(),
        "StarScore.idl": _interface(),
        "component.py": own.joinpath("component.py").read_text("utf-8"),
        "CalcAddIns.xcu": _function_help(),
        "Addons.xcu": _menu(),
        "ProtocolHandler.xcu": _handler(),
        "Jobs.xcu": _jobs(),
    }
    for name in _PYTHON:
        parts[f"pythonpath/starscore_office/{name}"] = own.joinpath("starscore_office", name).read_text("utf-8")
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name, _ORIGIN), text.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _manifest() -> str:
    kinds = {
        "StarScore.idl": "application/vnd.sun.star.uno-typelibrary;type=RDB",
        "component.py": "application/vnd.sun.star.uno-component;type=Python",
        "CalcAddIns.xcu": "application/vnd.sun.star.configuration-data",
        "Addons.xcu": "application/vnd.sun.star.configuration-data",
        "ProtocolHandler.xcu": "application/vnd.sun.star.configuration-data",
        "Jobs.xcu": "application/vnd.sun.star.configuration-data",
    }
    entries = "".join(
        f' <manifest:file-entry manifest:media-type="{kind}" manifest:full-path="{name}"/>\n'
        for name, kind in kinds.items()
    )
    return f'{_XML}<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">\n{entries}</manifest:manifest>\n'


def _description() -> str:
    return (
        f'{_XML}<description xmlns="http://openoffice.org/extensions/description/2006">\n'
        f' <identifier value="{IDENTIFIER}"/>\n <version value="{version("starscore")}"/>\n'
        f' <display-name><name lang="en">StarScore {_TITLE}</name></display-name>\n</description>\n'
    )


def _interface() -> str:
    """The functions as types of UNO; the Basic functions use ``call``."""
    rows = "sequence< sequence< any > >"
    methods = [f"    {rows} call([in] string name, [in] sequence< any > arguments);"]
    for each in HELP:
        arguments = ", ".join(f"[in] any {_camel(argument.name)}" for argument in each.arguments)
        methods.append(f"    {rows} {each.name.lower()}({arguments});")
    body = "\n".join(methods)
    return f"module org {{ module starscore {{\ninterface XFunctions {{\n{body}\n}};\n}}; }};\n"


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(map(str.capitalize, rest))


def _function_help() -> str:
    functions = []
    for each in HELP:
        arguments = "".join(
            _node(_camel(argument.name), _text("DisplayName", argument.title) + _text("Description", argument.text))
            for argument in each.arguments
        )
        functions.append(
            _node(
                each.name.lower(),
                _text("DisplayName", each.name)
                + _text("Description", each.text)
                + _plain("Category", CATEGORY)
                + _text("CompatibilityName", each.name)
                + f'<node oor:name="Parameters">{arguments}</node>',
            )
        )
    content = _node(FUNCTIONS, f'<node oor:name="AddInFunctions">{"".join(functions)}</node>')
    return _component_data("CalcAddIns", f'<node oor:name="AddInInfo">{content}</node>')


def _menu() -> str:
    entries: list[str] = []
    for group in GROUPS:
        if entries:
            entries.append(_plain("URL", "private:separator"))
        for action, label in LABELS.items():
            if label.group == group:
                entries.append(
                    _plain("URL", f"{PROTOCOL}{action}") + _text("Title", label.label) + _plain("Target", "_self")
                )
    submenu = "".join(_node(f"m{n:02}", entry) for n, entry in enumerate(entries))
    menu = _node(
        MENU,
        _text("Title", _TITLE)
        + _plain("Context", "com.sun.star.sheet.SpreadsheetDocument")
        + f'<node oor:name="Submenu">{submenu}</node>',
    )
    return _component_data("Addons", f'<node oor:name="AddonUI"><node oor:name="OfficeMenuBar">{menu}</node></node>')


def _handler() -> str:
    """Who answers to the menu's addresses."""
    handler = f'<prop oor:name="Protocols" oor:type="oor:string-list"><value>{PROTOCOL}*</value></prop>'
    return _component_data("ProtocolHandler", f'<node oor:name="HandlerSet">{_node(MENU, handler)}</node>')


def _jobs() -> str:
    """Formulas are bound when a document has been opened, and again before it is saved, copied or exported."""
    job = _node("StarScoreBinding", _plain("Service", BINDING))
    events = "".join(
        _node(event, f'<node oor:name="JobList">{_node("StarScoreBinding", "")}</node>') for event in _BINDING_EVENTS
    )
    return _component_data("Jobs", f'<node oor:name="Jobs">{job}</node><node oor:name="Events">{events}</node>')


def _component_data(name: str, content: str) -> str:
    return (
        f'{_XML}<oor:component-data {_CONFIGURATION} oor:name="{name}" oor:package="org.openoffice.Office">\n'
        f"{content}\n</oor:component-data>\n"
    )


def _node(name: str, content: str) -> str:
    return f'<node oor:name={quoteattr(name)} oor:op="replace">{content}</node>\n'


def _plain(name: str, value: str) -> str:
    return f'<prop oor:name="{name}" oor:type="xs:string"><value>{escape(value)}</value></prop>'


def _text(name: str, text: str) -> str:
    values = "".join(f'<value xml:lang="{language}">{escape(text)}</value>' for language in _LANGUAGES)
    return f'<prop oor:name="{name}" oor:type="xs:string">{values}</prop>'
