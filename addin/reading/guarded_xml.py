"""Expat with the doors shut: what could swell in memory, or reach outside the file, ends the reading at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from xml.parsers import expat

from addin.reading.refusal import FileMessage, Unreadable

__all__ = ["MAIN", "feed", "guarded_parser", "parse", "truthy"]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
"""Before the local name of each element of a workbook."""

_PIECE = 1 << 18
_MOST_NAMES = 10_000
_MOST_NAMESPACES = 200_000
_ENCODINGS = ("utf-8", "us-ascii")


def guarded_parser() -> expat.XMLParserType:
    """A parser that names elements ``"namespace local"`` and takes no document type, so no entities either."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.XmlDeclHandler = _require_utf8
    return parser


def feed(parser: expat.XMLParserType, xml: bytes) -> None:
    """Parse the whole document; raises ExpatError where it is not well-formed.

    Expat keeps every element and attribute name it has met, and a whole tag with its attributes, so their
    number and length are bounded here; no program that writes workbooks comes near.
    """
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")) or xml.count(b"xmlns") > _MOST_NAMESPACES:
        raise Unreadable(FileMessage.DAMAGED)
    for at in range(0, len(xml), _PIECE):
        piece = xml[at : at + _PIECE]
        if len(piece) == _PIECE and b"<" not in piece:
            raise Unreadable(FileMessage.DAMAGED)
        parser.Parse(piece, False)
        if len(parser.intern) > _MOST_NAMES:
            raise Unreadable(FileMessage.DAMAGED)
    parser.Parse(b"", True)


def parse(xml: bytes, start: Callable[[str, dict[str, str]], object]) -> None:
    """Call ``start`` with name and attributes of each element; a part that is not well-formed is damaged."""
    parser = guarded_parser()
    parser.StartElementHandler = start
    try:
        feed(parser, xml)
    except expat.ExpatError as error:
        raise Unreadable(FileMessage.DAMAGED) from error


def truthy(attributes: Mapping[str, str], name: str) -> bool:
    """An xsd:boolean attribute, false where it is missing."""
    return attributes.get(name) in ("1", "true")


def _refuse_document_type(*_: Any) -> None:
    raise Unreadable(FileMessage.UNSAFE_XML)


def _require_utf8(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.lower() not in _ENCODINGS:
        raise Unreadable(FileMessage.DAMAGED)
