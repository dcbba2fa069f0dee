"""The zip package of a workbook: its parts by name, read within limits, and the relationships between them."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import NamedTuple
from urllib.parse import unquote

from addin.reading.guarded_xml import parse
from addin.reading.limits import Limits
from addin.reading.recognise import refuse_other_files
from addin.reading.refusal import FileMessage, Unreadable

__all__ = ["Package", "Relationship"]

_RELATIONSHIP = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"
_DIRECTORY_ENTRY = b"PK\x01\x02"
_END_OF_DIRECTORY = b"PK\x05\x06"
_XML = (".xml", ".rels", ".vml")
_STREAMED = ("xl/worksheets/", "xl/sharedstrings.xml")
"""Parts that no reader holds as a tree."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # all that Excel reads; others can need much memory
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)  # the last: a password


class Relationship(NamedTuple):
    """A link from one part to another, or (``external``) to anything else."""

    id: str
    kind: str
    """The last word of its type: ``worksheet``, ``styles``, ``externalLink``."""
    target: str
    """A part's name as :class:`Package` knows it; for an external link the target as written."""
    external: bool
    strict: bool
    """Of the "strict" flavour of the format."""


class Package:
    """The parts of a package by canonical name: lower case, forward slashes, no leading one."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        refuse_other_files(data)
        if _END_OF_DIRECTORY not in data:
            raise Unreadable(FileMessage.TRUNCATED)
        # Each entry of the directory begins with these bytes, so this bounds what zipfile will list.
        if data.count(_DIRECTORY_ENTRY) > limits.parts:
            raise Unreadable(FileMessage.TOO_MANY_PARTS)
        self._limits = limits
        self._left = limits.unpacked
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN_ZIP as error:
            raise Unreadable(FileMessage.DAMAGED) from error
        self._parts: dict[str, zipfile.ZipInfo] = {}
        for info in self._zip.infolist():
            if not info.is_dir():
                name = _canonical(info.filename)
                if name in self._parts:  # programs would differ in which one they read
                    raise Unreadable(FileMessage.DAMAGED)
                self._parts[name] = info
        if sum(info.file_size for info in self._parts.values()) > limits.declared:
            raise Unreadable(FileMessage.UNPACKS_TOO_LARGE)

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def has_folder(self, *names: str) -> bool:
        """Whether any part lies in a folder of one of these names."""
        return any(f"/{name}/" in part for part in self._parts for name in names)

    def read(self, name: str) -> bytes:
        """The whole part; raises where it is missing, broken or larger than the limits allow."""
        info = self._parts.get(name)
        if info is None or info.compress_type not in _METHODS:
            raise Unreadable(FileMessage.DAMAGED)
        self._refuse_bomb(info)
        self._left -= info.file_size
        try:
            # Asked for a number of bytes, zipfile unpacks no more (a plain read() would), and at the declared size
            # it compares the checksum: a directory that declares too little ends here.
            with self._zip.open(info) as part:
                data = part.read(info.file_size + 1)
        except _BROKEN_ZIP as error:
            raise Unreadable(FileMessage.DAMAGED) from error
        if len(data) != info.file_size:
            raise Unreadable(FileMessage.DAMAGED)
        return data

    def relationships(self, name: str = "") -> list[Relationship]:
        """The relationships of a part, or of the package itself; none where it declares none."""
        folder, part = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", part + ".rels")
        found: list[Relationship] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == _RELATIONSHIP:
                flavour, _, kind = attributes.get("Type", "").rpartition("/")
                target = attributes.get("Target", "")
                external = attributes.get("TargetMode") == "External"
                if not external:
                    target = _canonical(posixpath.join("/", folder, target.replace("\\", "/")))
                found.append(Relationship(attributes.get("Id", ""), kind, target, external, "purl.oclc.org" in flavour))
                if len(found) > self._limits.parts:
                    raise Unreadable(FileMessage.TOO_MANY_PARTS)

        if rels in self._parts:
            parse(self.read(rels), start)
        return found

    def plain_copy(self) -> bytes:
        """The package for a reader that has no limits of its own: XML within ours, and every other part empty.

        Raises where a part would swell in memory.
        """
        copy = io.BytesIO()
        with zipfile.ZipFile(copy, "w") as target:
            for name, info in self._parts.items():
                content = self.read(name) if name.endswith(_XML) else b""
                if len(content) > self._limits.tree and not name.startswith(_STREAMED):
                    raise Unreadable(FileMessage.UNPACKS_TOO_LARGE)
                if b"<!DOCTYPE" in content or b"\0" in content:  # of UTF-16 every second byte is 0
                    raise Unreadable(FileMessage.UNSAFE_XML)
                target.writestr(info.filename, content)
        return copy.getvalue()

    def _refuse_bomb(self, info: zipfile.ZipInfo) -> None:
        limits = self._limits
        swollen = info.file_size > limits.ratio_from and info.file_size > limits.ratio * max(1, info.compress_size)
        if info.file_size > min(limits.part, self._left) or swollen:
            raise Unreadable(FileMessage.UNPACKS_TOO_LARGE)


def _canonical(name: str) -> str:
    return posixpath.normpath("/" + unquote(name).replace("\\", "/")).lstrip("/").lower()
