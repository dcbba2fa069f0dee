"""The texts of a workbook: the shared table, and the escapes within a text."""

from __future__ import annotations

import re
from xml.parsers import expat

from addin.reading.guarded_xml import MAIN, feed, guarded_parser
from addin.reading.refusal import FileMessage, Unreadable

__all__ = ["shared_strings", "unescaped"]

_ITEM, _TEXT, _PHONETIC = (MAIN + name for name in ("si", "t", "rPh"))
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """A text as typed: the file writes characters that XML cannot hold as ``_x000D_``."""
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)
    # Two escapes may make one character beyond U+FFFF; half of one would break every later encoding.
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def shared_strings(xml: bytes, most: int) -> list[str]:
    """The shared texts by their index; rich text is joined, its phonetic guide is not part of it."""
    strings: list[str] = []
    pieces: list[str] = []
    reading = phonetic = False

    def start(tag: str, _attributes: dict[str, str]) -> None:
        nonlocal reading, phonetic
        if tag == _TEXT:
            reading = not phonetic
        elif tag == _PHONETIC:
            phonetic = True

    def text(data: str) -> None:
        if reading:
            pieces.append(data)

    def end(tag: str) -> None:
        nonlocal reading, phonetic
        if tag == _TEXT:
            reading = False
        elif tag == _ITEM:
            strings.append(unescaped("".join(pieces)))
            pieces.clear()
            if len(strings) > most:
                raise Unreadable(FileMessage.TOO_MANY_CELLS)
        elif tag == _PHONETIC:
            phonetic = False

    parser = guarded_parser()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        feed(parser, xml)
    except expat.ExpatError as error:
        raise Unreadable(FileMessage.DAMAGED) from error
    return strings
