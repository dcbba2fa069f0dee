"""LibreOffice's objects for a program that cannot import ``uno``: it holds numbers and asks to use what they are of.

Questions: ``["get", object, name]``, ``["set", object, name, value]``, ``["call", object, name, arguments]``,
``["service", name]``.
"""

from __future__ import annotations

from typing import Any

import uno

__all__ = ["Objects"]


class Objects:
    """The objects that the other side holds, by number; number 0 is the one it begins with."""

    def __init__(self, context: Any, first: Any) -> None:
        self._context = context
        self._held: dict[int, Any] = {0: first}

    def answer(self, question: Any) -> Any:
        """Do what is asked."""
        verb, *rest = question
        if verb == "service":
            return self._context.ServiceManager.createInstanceWithContext(rest[0], self._context)
        target, name, *rest = rest
        if verb == "get":
            return getattr(target, name)
        if verb == "set":
            return setattr(target, name, _sequence(rest[0]))
        return getattr(target, name)(*_sequence(rest[0]))

    def encode(self, value: Any) -> Any:
        """What stands in JSON for an object, a struct, a value of an enum."""
        if isinstance(value, uno.Enum):
            return {"enum": value.typeName, "value": value.value}
        struct = getattr(type(value), "__pyunostruct__", None)
        if struct is not None:
            fields = dir(value.__dict__["value"])
            return {"struct": struct, "fields": {name: getattr(value, name) for name in fields}}
        number = len(self._held)
        self._held[number] = value
        return {"object": number}

    def decode(self, content: dict[str, Any]) -> Any:
        """What an object of JSON stands for."""
        if "object" in content:
            return self._held[content["object"]]
        if "enum" in content:
            return uno.Enum(content["enum"], content["value"])
        if "struct" in content:
            struct = uno.createUnoStruct(content["struct"])
            for name, value in content["fields"].items():
                setattr(struct, name, _sequence(value))
            return struct
        return content


def _sequence(value: Any) -> Any:
    """Lists as the tuples that UNO takes for sequences."""
    return tuple(_sequence(item) for item in value) if isinstance(value, list) else value
