"""An argument of a custom function that cannot be taken."""

from __future__ import annotations

from addin.function_texts import MESSAGES

__all__ = ["BadArgument"]


class BadArgument(ValueError):  # noqa: N818 (what it says is an answer, not a fault of ours)
    """``str()`` of it is what the cells say, after a #; made of a key of the functions' messages."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(MESSAGES[key].format(**values))
