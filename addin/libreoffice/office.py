"""The running LibreOffice from our own interpreter, which need not be the one that LibreOffice has.

UNO's objects are used as in LibreOffice's own Python, by its convention of names: ``object.method(…)`` begins with a
small letter, ``object.Property`` with a capital.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from addin.libreoffice.starscore_office.wire import Channel

__all__ = ["Office", "Struct", "UnoObject"]


@dataclass(eq=True)
class Struct:
    """A struct of UNO: its type, and its fields as attributes."""

    struct: str
    fields: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        """Give one field."""
        try:
            return self.__dict__["fields"][name]
        except KeyError:
            raise AttributeError(name) from None


@dataclass(frozen=True)
class EnumValue:
    """A value of an enum of UNO."""

    enum: str
    value: str


class UnoObject:
    """An object in LibreOffice."""

    def __init__(self, channel: Channel, number: int) -> None:
        self.__dict__.update(_channel=channel, _number=number)

    def __getattr__(self, name: str) -> Any:
        """Give a property's value, or a method to call."""
        if name.startswith("__"):
            raise AttributeError(name)
        if name[0].isupper():
            return self._channel.ask(["get", self, name])
        return lambda *arguments: self._channel.ask(["call", self, name, arguments])

    def __setattr__(self, name: str, value: Any) -> None:
        """Set a property."""
        self._channel.ask(["set", self, name, value])


class Office:
    """LibreOffice at the other end of a pipe, where ``starscore_office.objects`` answers.

    Parameters
    ----------
    connect
        Makes the channel, given how to encode and decode UNO's things.
    """

    def __init__(self, connect: Callable[[Callable[[Any], Any], Callable[[Any], Any]], Channel]) -> None:
        self.channel = connect(_encode, self._decode)

    @property
    def first(self) -> UnoObject:
        """The object that the other side begins with."""
        return UnoObject(self.channel, 0)

    @property
    def desktop(self) -> Any:
        """All that is open."""
        return self.service("com.sun.star.frame.Desktop")

    def service(self, name: str) -> Any:
        """Make a new object of a service."""
        return self.channel.ask(["service", name])

    def _decode(self, content: Mapping[str, Any]) -> Any:
        if "object" in content:
            return UnoObject(self.channel, content["object"])
        if "struct" in content:
            return Struct(content["struct"], content["fields"])
        if "enum" in content:
            return EnumValue(content["enum"], content["value"])
        return content


def properties(**values: Any) -> list[Struct]:
    """Named values as UNO's methods take them."""
    return [
        Struct("com.sun.star.beans.PropertyValue", {"Name": name, "Value": value}) for name, value in values.items()
    ]


def _encode(value: Any) -> Any:
    if isinstance(value, UnoObject):
        return {"object": value.__dict__["_number"]}
    if isinstance(value, Struct):
        return {"struct": value.struct, "fields": value.fields}
    if isinstance(value, EnumValue):
        return {"enum": value.enum, "value": value.value}
    raise TypeError(f"{type(value).__name__} has no place in UNO")
