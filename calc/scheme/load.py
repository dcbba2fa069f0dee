"""Scheme files: reading, checking, and filling in the settings."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from calc.problem import Problem, Severity
from calc.scheme.award_graph import award_faults
from calc.scheme.graph import Fault, faults
from calc.scheme.input_graph import input_faults
from calc.scheme.model import Scheme, Setting, in_range
from calc.scheme.panel_graph import panel_faults
from calc.workdays import FIRST_YEAR, LAST_YEAR

__all__ = ["SchemeError", "SchemeFile", "SettingError", "load_scheme", "read_scheme", "shipped"]

MAX_BYTES = 1_000_000
"""A scheme file is a few pages of text; more is a mistake."""

Value = Decimal | dt.date | str


class SchemeError(Exception):
    """A scheme cannot be used. ``problems`` name the file and the path of each key, or the sheet and its cells."""

    def __init__(self, file: str, found: list[Fault]) -> None:
        self.problems = tuple(Problem(Severity.ERROR, file, fault.path, fault.message) for fault in found)
        super().__init__("\n".join(f"{file}: {fault.path}: {fault.message}" for fault in found))

    @classmethod
    def of(cls, problems: Sequence[Problem]) -> SchemeError:
        """The error of problems that know their places already."""
        error = cls("", [Fault(problem.cell, problem.message) for problem in problems])
        error.problems = tuple(problems)
        return error


class SettingError(ValueError):
    """A value that a setting does not take; ``str()`` of it says why, in Chinese."""

    def __init__(self, setting: str, message: str) -> None:
        self.setting = setting
        super().__init__(message)


@dataclass(frozen=True)
class SchemeFile:
    """A scheme as written, its settings still open."""

    name: str
    content: Mapping[str, Any]
    scheme: Scheme
    """With every setting at its default."""
    text: str
    """The file's own words, comments included."""

    def bind(self, values: Mapping[str, Value | None]) -> Scheme:
        """The scheme with these settings (None: the default). Raises SettingError for one it cannot take."""
        chosen = {setting.id: setting.default for setting in self.scheme.setting}
        for name, value in values.items():
            setting = next((s for s in self.scheme.setting if s.id == name), None)
            if setting is None:
                raise SettingError(name, f"方案没有设置项 {name}")
            if value is not None:
                chosen[name] = _checked(setting, value)
        if all(chosen[setting.id] == setting.default for setting in self.scheme.setting):
            return self.scheme
        try:
            return _build(self.name, self.content, chosen)
        except SchemeError as error:  # each value is one that its setting takes, and yet the scheme does not
            given = [name for name, value in values.items() if value is not None]
            at_fault = next((name for name in given if not self._takes({name: chosen[name]})), given[-1])
            raise SettingError(at_fault, "；".join(problem.message for problem in error.problems)) from error

    def problem(self, severity: Severity, fault: Fault) -> Problem:
        """A fault of the scheme as a problem of its file."""
        return Problem(severity, self.name, fault.path, fault.message)

    def _takes(self, chosen: Mapping[str, Any]) -> bool:
        """True where the scheme can be had with these settings and the defaults of the others."""
        try:
            _build(self.name, self.content, {s.id: s.default for s in self.scheme.setting} | dict(chosen))
        except SchemeError:
            return False
        return True


def _checked(setting: Setting, value: Value) -> Value:
    """The value as the setting takes it: a choice by value or label, a number within its range."""
    if setting.kind == "choice":
        for choice in setting.choices:
            if value in (choice.value, choice.label):
                return choice.value
        listed = "、".join(f"{choice.label}（{choice.value}）" for choice in setting.choices)
        raise SettingError(setting.id, f"{setting.label}「{value}」不在可选之列：{listed}")
    if setting.kind == "text":
        return str(value)
    if setting.kind == "date":
        if not isinstance(value, dt.date):
            raise SettingError(setting.id, f"{setting.label}须为日期，现为「{value}」")
        if not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise SettingError(setting.id, f"{setting.label}须在 {FIRST_YEAR} 至 {LAST_YEAR} 年之间，现为 {value}")
        return value
    if not isinstance(value, Decimal):
        raise SettingError(setting.id, f"{setting.label}须为数字，现为「{value}」")
    if not in_range(setting, value):
        low, high = setting.min, setting.max
        raise SettingError(setting.id, f"{setting.label} {value} 超出范围 {low} 至 {high}")
    return value


def load_scheme(name: str) -> SchemeFile:
    """The scheme of a shipped id, or of the file at a path ending in ``.toml``.

    An id may be written without its organisation where only one shipped scheme is called so. Raises SchemeError for a
    file that cannot be used, KeyError for an id that is not shipped.
    """
    if name.endswith(".toml"):
        path = Path(name)
        try:
            if path.stat().st_size > MAX_BYTES:
                raise SchemeError(name, [Fault("", "文件过大，不像方案文件")])
            return read_scheme(path.read_bytes(), name)
        except OSError as error:
            raise SchemeError(name, [Fault("", f"读不到方案文件：{error.strerror}")]) from error
    return _shipped(_full_id(name))


def shipped() -> tuple[str, ...]:
    """The ids of all shipped schemes, in order."""
    return tuple(sorted(_resources()))


def _full_id(name: str) -> str:
    """The shipped id that ends in ``/name``, if there is just one; else ``name`` as it is."""
    found = [shipped_id for shipped_id in shipped() if shipped_id.rpartition("/")[2] == name]
    return found[0] if len(found) == 1 else name


@lru_cache(maxsize=256)
def _shipped(name: str) -> SchemeFile:
    resource = _resources()[name]
    found = read_scheme(resource.read_bytes(), f"{name}.toml")
    if found.scheme.id != name:
        raise SchemeError(found.name, [Fault("id", f"与文件所在位置 {name} 不符")])
    return found


@lru_cache(maxsize=1)
def _resources() -> dict[str, Traversable]:
    root = files("calc") / "schemes"
    return {
        f"{folder.name}/{file.name.removesuffix('.toml')}": file
        for folder in root.iterdir()
        if folder.is_dir()
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    }


def read_scheme(content: bytes, name: str) -> SchemeFile:
    """The scheme in the bytes of a TOML file; ``name`` is the file's name for errors. Raises SchemeError."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
        raw = tomllib.loads(text, parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise SchemeError(name, [Fault("", "方案文件须存为 UTF-8")]) from error
    except (ValueError, ArithmeticError, RecursionError) as error:  # ValueError: also integers beyond all measure
        raise SchemeError(name, [Fault("", f"不是合格的 TOML：{error}")]) from error
    listed = raw.get("setting", [])
    defaults = {
        entry["id"]: entry.get("default")
        for entry in (listed if isinstance(listed, list) else [])
        if isinstance(entry, dict) and isinstance(entry.get("id"), str)
    }
    return SchemeFile(name, raw, _build(name, raw, defaults), text)


def _build(name: str, raw: Mapping[str, Any], settings: Mapping[str, Any]) -> Scheme:
    found: list[Fault] = []
    given = _Given({key: _whole(value) for key, value in settings.items()}, _choices(raw))
    content = {key: _fill(value, given, key, found) for key, value in raw.items()}
    if found:
        raise SchemeError(name, found)
    try:
        scheme = Scheme.model_validate(content)
    except ValidationError as error:
        raise SchemeError(name, _faults_of(content, error)) from error
    if found := [
        *input_faults(scheme),
        *faults(scheme),
        *panel_faults(scheme),
        *award_faults(scheme),
        *_unstated_counts(raw, scheme),
    ]:
        raise SchemeError(name, found)
    return scheme


def _unstated_counts(raw: Mapping[str, Any], scheme: Scheme) -> Iterator[Fault]:
    """Counts that a quota takes from a setting which may be left blank, without a word of what then stands in."""
    settings = {setting.id: setting for setting in scheme.setting}
    titles = {f"titles[{n}]({entry['id']}).quota": entry["quota"] for n, entry in enumerate(raw.get("titles", ()))}
    for path, quota in {"quota": raw["quota"], **titles}.items():
        count = quota.get("count")
        setting = settings[count["setting"]] if isinstance(count, dict) and "setting" in count else None
        if setting is not None and setting.default is None and not (setting.required or setting.fallback):
            yield Fault(f"{path}.count", f"“{setting.label}”可以不填，须写明 required 或不填时怎么办（fallback）")


@dataclass(frozen=True)
class _Given:
    """The value of each setting, and the answers of those that have choices."""

    values: Mapping[str, Any]
    choices: Mapping[str, tuple[Any, ...]]


def _choices(raw: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    """The answers of each setting that lists any; what is malformed is told by the model."""
    entries = raw.get("setting", [])
    return {
        entry["id"]: tuple(choice.get("value") for choice in entry["choices"] if isinstance(choice, dict))
        for entry in (entries if isinstance(entries, list) else [])
        if isinstance(entry, dict) and isinstance(entry.get("id"), str) and isinstance(entry.get("choices"), list)
    }


def _fill(value: Any, given: _Given, path: str, found: list[Fault]) -> Any:
    """``value`` with every ``{ setting = "id" }`` replaced by that setting's value, and with ``when = { … }`` by what
    is written there for it.
    """
    if isinstance(value, dict):
        if "setting" in value and set(value) <= {"setting", "when"}:
            return _filled(value, given, path, found)
        return {key: _fill(inner, given, f"{path}.{key}", found) for key, inner in value.items()}
    if isinstance(value, list):
        return [_fill(inner, given, f"{path}[{n}]", found) for n, inner in enumerate(value)]
    if isinstance(value, float):  # inf and nan: TOML's own words, which parse_float does not see
        found.append(Fault(path, "须为有限的数字"))
    return value


def _filled(reference: Mapping[str, Any], given: _Given, path: str, found: list[Fault]) -> Any:
    """What a reference to a setting stands for."""
    name = reference["setting"]
    if not isinstance(name, str) or name not in given.values:
        found.append(Fault(path, f"没有设置项 {name}"))
        return None
    if "when" not in reference:
        return given.values[name]
    cases, answers = reference["when"], given.choices.get(name, ())
    if not isinstance(cases, dict) or set(cases) != set(answers):
        found.append(Fault(f"{path}.when", f"须为设置项 {name} 的每个选项各写一个：{'、'.join(map(str, answers))}"))
        return None
    chosen = given.values[name]
    return _fill(cases[chosen], given, f"{path}.when.{chosen}", found) if chosen in cases else None


def _whole(value: Any) -> Any:
    """A whole number as an integer, so that it may stand where only those may (months)."""
    is_whole = isinstance(value, Decimal) and value.is_finite() and value == value.to_integral_value()
    return int(value) if is_whole else value


_MESSAGES = {
    "extra_forbidden": "不认识的键",
    "missing": "缺少这个键",
    "string_type": "须为文字（加引号）",
    "int_type": "须为整数",
    "bool_type": "须为 true 或 false",
    "date_type": "须为日期，如 2010-07-01（不加引号）",
    "tuple_type": "须为列表 […]",
    "mapping_type": "须为表（键 = 值）",
    "dict_type": "须为表（键 = 值）",
    "model_type": "须为表（键 = 值）",
    "model_attributes_type": "须为表（键 = 值）",
    "union_tag_not_found": "缺少键 {discriminator}",
    "union_tag_invalid": '不认识 {discriminator} = "{tag}"；可用：{expected_tags}',
    "literal_error": "须为 {expected} 之一",
    "string_pattern_mismatch": "写法不合规定：小写字母开头，只用小写字母、数字和下划线",
    "string_too_short": "不能为空",
    "string_too_long": "过长",
    "greater_than": "须大于 {gt}",
    "greater_than_equal": "不得小于 {ge}",
    "less_than_equal": "不得大于 {le}",
    "too_short": "至少要有 {min_length} 项",
    "finite_number": "须为有限的数字",
    "value_error": "{error}",
}


def _faults_of(content: Any, error: ValidationError) -> list[Fault]:
    """The mistakes, without the "too short" of a list whose entries are what is wrong."""
    found = error.errors()
    within = {details["loc"][:1] for details in found if len(details["loc"]) > 1}
    return [_fault(content, d) for d in found if not (d["type"] == "too_short" and d["loc"] in within)]


def _fault(content: Any, details: Any) -> Fault:
    """A pydantic error in Chinese, with the key's path as the file's author sees it."""
    template = _MESSAGES.get(details["type"])
    message = details["msg"] if template is None else template.format(**{"error": "", **details.get("ctx", {})})
    return Fault(_path(content, details["loc"], details["type"] in {"missing", "open_choice"}), message)


def _path(content: Any, location: tuple[int | str, ...], absent: bool) -> str:
    """``indicator[2](volume).base``: keys and places, each list entry with its id.

    Steps that pydantic adds for its own unions are left out (the method of an indicator, which may be called as one of
    its keys); of an ``absent`` key the last step is kept.
    """
    path, here = "", content
    for n, step in enumerate(location):
        is_entry = isinstance(here, dict) and n > 0 and isinstance(location[n - 1], int)
        if is_entry and step in (here.get("method"), here.get("kind")):
            continue
        if isinstance(step, int) and isinstance(here, list | tuple) and step < len(here):
            here = here[step]
            name = here.get("id") if isinstance(here, dict) else None
            path += f"[{step}]" + (f"({name})" if isinstance(name, str) else "")
        elif isinstance(here, dict) and (step in here or (absent and n == len(location) - 1)):
            here = here.get(step)
            path += f".{step}" if path else str(step)
    return path
