"""Expat with the doors shut: a document type or an entity declaration ends the reading at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from xml.parsers import expat

from addin.reading.refusal import FileMessage, Unreadable

__all__ = ["Start", "guarded_parser", "parse", "truthy"]

Start = Callable[[str, dict[str, str]], object]


def guarded_parser() -> expat.XMLParserType:
    """A parser that names elements ``"namespace local"`` and joins the pieces of a text."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    return parser


def parse(xml: bytes, start: Start, damaged: FileMessage = FileMessage.DAMAGED) -> None:
    """Call ``start`` for each element; XML that is not well-formed is ``damaged``."""
    parser = guarded_parser()
    parser.StartElementHandler = start
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError) as error:  # ValueError: an encoding that Python does not know
        raise Unreadable(damaged) from error


def truthy(attributes: Mapping[str, str], name: str) -> bool:
    """An xsd:boolean attribute, false where it is missing."""
    return attributes.get(name) in ("1", "true")


def _refuse(*_: Any) -> None:
    raise Unreadable(FileMessage.UNSAFE_XML)
