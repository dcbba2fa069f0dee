"""Schemes: the model of a scheme file, its checks, and the shipped files."""

from calc.scheme.load import SchemeError, SchemeFile, SettingError, load_scheme, read_scheme, shipped
from calc.scheme.model import EventKind, Form, Measure, Scheme, Setting
from calc.scheme.panel import Item, Panel

__all__ = [
    "EventKind",
    "Form",
    "Item",
    "Measure",
    "Panel",
    "Scheme",
    "SchemeError",
    "SchemeFile",
    "Setting",
    "SettingError",
    "load_scheme",
    "read_scheme",
    "shipped",
]
