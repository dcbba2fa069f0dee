"""The record of a seal: everything that was sealed, as one text with one digest."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from addin.sealing.meaning import Meanings, grid_of
from workbook_templates.grid import Grid

__all__ = ["FORMAT", "Record", "RecordError", "digest_of", "json_text", "read_record"]

FORMAT: Final = "starscore-seal 1"

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

# What programs may alter or XML cannot hold (control, space-like and invisible signs), and the beginning of XML's own
# escapes (_x000D_): written as escapes of JSON, so that the text comes through every program as it is.
UNSAFE = r"\x00-\x1f\x7f-\xa0\xad\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ud800-\udfff\ufeff\ufff0-\uffff"
_UNSAFE = re.compile(f"[{UNSAFE}]|_(?=x)")


class RecordError(ValueError):
    """A text that is no record."""


class Record(BaseModel):
    """What was sealed. ``sheets`` has the meaning of every cell of every sheet, in the order of the tabs."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    format: Literal["starscore-seal 1"] = FORMAT
    revision: int
    replaces: str
    """The digest of the seal that this one replaces; empty for the first."""
    sealed_on: dt.date
    scheme: str
    version: str
    scheme_text: str
    period: str
    unit: str
    sheets: Mapping[str, Meanings]

    def text(self) -> str:
        """The record as JSON: the same record gives the same text on every machine."""
        content = {**dict(self), "sealed_on": self.sealed_on.isoformat()}
        return json_text(content)

    def grids(self) -> dict[str, Grid]:
        """The sheets as they were sealed."""
        return {name: grid_of(name, cells) for name, cells in self.sheets.items()}


def read_record(text: str) -> Record:
    """The record of a text. Raises RecordError for a text that :meth:`Record.text` did not write."""
    try:
        record = Record.model_validate_json(text)
        record.grids()
    except (ValidationError, ValueError) as error:
        raise RecordError(str(error)) from error
    if record.text() != text:  # so that nothing stands in it twice
        raise RecordError("the text is not as Record.text writes it")
    return record


def json_text(content: object) -> str:
    """A record or a part of it as the record writes it."""
    text = _JSON.encode(content)
    return _UNSAFE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def digest_of(text: str) -> str:
    """The SHA-256 of a record's text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
