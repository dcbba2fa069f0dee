"""The signs that hold a text of sheet 方案 together: brackets, quotes, and what stands between values."""

from __future__ import annotations

from contextlib import suppress

from addin.scheme_sheet.words import MESSAGES

__all__ = ["COLON", "ENTRIES", "EQUALS", "LIST", "WHEN", "TextError", "bracketed", "inner", "of_setting", "quoted",
           "split", "stands", "unquoted"]  # fmt: skip

ENTRIES, COLON, LIST, EQUALS, WHEN = "；;", "：:", "、", "＝=", "？?"
"""Between the entries of a table, a key and its value, the values of a list, the sides of a pair, a setting and what
holds for its answers.
"""
_OPEN, _CLOSE = "（(", "）)"


class TextError(ValueError):
    """A text that cannot be read; ``str()`` of it says why, in Chinese."""

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(MESSAGES[key].format(**values))

    def under(self, word: str) -> TextError:
        """The error with the key that the text stands under."""
        return TextError("under", key=word, said=self)


def quoted(text: str) -> str:
    """A text in 「」, those within it doubled."""
    return f"「{text.replace('」', '」」')}」"


def of_setting(text: str) -> str | None:
    """The text within 【】 that enclose the whole; None where they do not."""
    if len(text) < 2 or text[0] != "【" or text[-1] != "】":
        return None
    return text[1:-1] if _balanced(text[1:-1]) else None


def bracketed(text: str) -> str:
    """A text in brackets."""
    return f"（{text}）"


def stands(text: str, cuts: str) -> bool:
    """True for a text that is not cut up at any of the signs."""
    with suppress(TextError):
        return bool(text) and len(split(text, cuts)) == 1
    return False


def unquoted(text: str) -> str | None:
    """The text within 「」 that enclose the whole; None where they do not."""
    if len(text) < 2 or not (text[0] == "「" and text[-1] == "」"):
        return None
    inner = text[1:-1]
    return None if "」" in inner.replace("」」", "") else inner.replace("」」", "」")


def inner(text: str) -> str | None:
    """The text within brackets that enclose the whole; None where they do not."""
    if len(text) < 2 or text[0] not in _OPEN or text[-1] not in _CLOSE:
        return None
    return text[1:-1] if _balanced(text[1:-1]) else None


def _balanced(text: str) -> bool:
    with suppress(TextError):
        return bool(split(text, ""))
    return False


def split(text: str, signs: str, most: int = 0) -> list[str]:
    """The parts between the signs that stand outside brackets and quotes, at most ``most`` (0: any number).

    Raises TextError for brackets that do not match.
    """
    parts: list[str] = []
    start = depth = n = 0
    while n < len(text):
        sign = text[n]
        if sign == "「":
            n = _end_of_quote(text, n)
        elif sign in _OPEN + "【":
            depth += 1
        elif sign in _CLOSE + "】":
            depth -= 1
            if depth < 0:
                raise TextError("brackets")
        elif depth == 0 and sign in signs and (not most or len(parts) < most - 1):
            parts.append(text[start:n].strip())
            start = n + 1
        n += 1
    if depth:
        raise TextError("brackets")
    return [*parts, text[start:].strip()]


def _end_of_quote(text: str, start: int) -> int:
    """The place of the sign that ends the quote begun at ``start``; a doubled one stands for itself."""
    n = start + 1
    while n < len(text):
        if text[n] == "」":
            if text[n + 1 : n + 2] != "」":
                return n
            n += 1
        n += 1
    raise TextError("brackets")
