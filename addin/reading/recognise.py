"""What a file is that is no .xlsx package, told by its content, never by its name."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from addin.reading.refusal import FileMessage, Unreadable

__all__ = ["refuse_other_files"]

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_SIGNATURES = (
    (b"%PDF", FileMessage.PDF),
    (b"\x89PNG", FileMessage.PICTURE),
    (b"\xff\xd8\xff", FileMessage.PICTURE),
    (b"GIF8", FileMessage.PICTURE),
    (b"Rar!", FileMessage.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", FileMessage.ARCHIVE),
    (b"\x1f\x8b", FileMessage.ARCHIVE),
    (b"MIME-Version:", FileMessage.HTML),  # a web page with its pictures in one file
)
_BIFF_WITHOUT_OLE = re.compile(rb"\x09[\x00\x02\x04]\x06\x00|\x09\x08\x08\x00|\x09\x08\x10\x00")
_OLE_STREAMS = (
    ("EncryptedPackage", FileMessage.PASSWORD),
    ("Workbook", FileMessage.XLS),
    ("Book", FileMessage.XLS),
    ("WordDocument", FileMessage.WORD),
    ("PowerPoint Document", FileMessage.POWERPOINT),
)
_HEAD = 4096
_HTML = re.compile(r"(?:<[?!](?!doctype)[^>]*>\s*)*<(?:!doctype html|html|head|body|table|meta|style)\b", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


def refuse_other_files(data: bytes) -> None:
    """Return for a zip package; otherwise raise with what the file is instead."""
    if data.startswith(_ZIP):
        return
    raise Unreadable(_other_kind(data))


def _other_kind(data: bytes) -> FileMessage:
    if not data:
        return FileMessage.EMPTY
    if data.startswith(_OLE):
        return _ole_kind(data)
    if data.startswith(_EMPTY_ZIP):
        return FileMessage.ARCHIVE
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if _BIFF_WITHOUT_OLE.match(data):
        return FileMessage.XLS
    return _text_kind(data[:_HEAD])


def _ole_kind(data: bytes) -> FileMessage:
    """Look for the streams' names where an OLE2 directory can hold them: entries of 128 bytes, each beginning
    with a name of at most 64 bytes and its length. So a cell's text in an .xls is not taken for a stream.
    """
    for name, kind in _OLE_STREAMS:
        entry = (name + "\0").encode("utf-16-le")
        length = len(entry).to_bytes(2, "little")
        at = data.find(entry)
        while at >= 0:
            if at % 128 == 0 and data[at + 64 : at + 66] == length:
                return kind
            at = data.find(entry, at + 1)
    return FileMessage.UNKNOWN


def _text_kind(head: bytes) -> FileMessage:
    text = _decoded(head)
    if text is None or _CONTROL.search(text):
        return FileMessage.UNKNOWN
    start = text.lstrip("\ufeff \t\r\n")
    if not start.startswith("<"):
        return FileMessage.TEXT
    if "urn:schemas-microsoft-com:office:spreadsheet" in start:
        return FileMessage.SPREADSHEET_2003
    return FileMessage.HTML if _HTML.match(start) else FileMessage.UNKNOWN


def _decoded(head: bytes) -> str | None:
    encodings = ["utf-16"] if head.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8", "gb18030"]
    for encoding in encodings:
        decoder = codecs.getincrementaldecoder(encoding)()
        with suppress(UnicodeDecodeError):
            return decoder.decode(head)  # it may end inside a character
    return None
