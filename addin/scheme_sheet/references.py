"""What a scheme's parts are called: labels for ids on sheet 方案, and ids for labels when it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from addin.parsing.values import plain_text
from addin.scheme_sheet.shapes import COLUMNS, Reference
from addin.scheme_sheet.words import KINDS

__all__ = ["Names", "answers_in", "names_in"]

_WORD = re.compile(r"(?:(?:measure|indicator|event):)?[a-z_][a-z0-9_]*")
_OF = "·"


@dataclass(frozen=True)
class Names:
    """The ids and labels of a scheme, by the list that they stand in."""

    lists: Mapping[str, Sequence[tuple[str, str]]]
    answers: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    """By setting the values and labels of its choices."""

    def answer_shown(self, setting: str, value: str) -> str:
        """The label of an answer, or itself where that could be another."""
        labels = [label for known, label in self.answers.get(setting, ()) if known == value]
        return next((label for label in labels if self.answer_meant(setting, label) == value), value)

    def answer_meant(self, setting: str, text: str) -> str:
        """The value of an answer's label; a text that is none as it is."""
        plain, known = plain_text(text), self.answers.get(setting, ())
        if any(value == plain for value, _ in known):
            return plain
        return next((value for value, label in known if plain_text(label) == plain), text.strip())

    def shown(self, reference: str, shape: Reference) -> str:
        """The label of a reference, or itself where no label leads back to it."""
        kind, _, bare = reference.rpartition(":")
        labels = [label for name in ((kind,) if kind else shape.lists) for i, label in self._of(name) if i == bare]
        prefixed = [f"{KINDS[kind]}{_OF}{label}" for label in labels] if kind in KINDS else []
        tried = (shape.special.get(reference), *prefixed, *labels)
        return next((word for word in tried if word and self.meant(word, shape) == reference), reference)

    def meant(self, text: str, shape: Reference) -> str:
        """The reference that a text means: an id as it is, else what bears the label; an unknown text as it is."""
        plain = plain_text(text)
        special = {plain_text(word): value for value, word in shape.special.items()}
        if plain in special:
            return special[plain]
        kind, dot, rest = text.strip().partition(_OF)
        prefix = next((key for key, word in KINDS.items() if dot and word == kind and key in shape.lists), None)
        if prefix is not None and (found := self._named(rest, (prefix,))) is not None:
            return f"{prefix}:{found[1]}"
        if plain in shape.special or any(plain == i for name in shape.lists for i, _ in self._of(name)):
            return plain
        named = self._named(text, shape.lists)
        if named is None:
            return text.strip()
        kind, found_id = named
        first = next(name for name in shape.lists if any(i == found_id for i, _ in self._of(name)))
        return found_id if first == kind else f"{kind}:{found_id}"

    def knows(self, reference: str, shape: Reference) -> bool:
        """True where a reference leads somewhere."""
        kind, _, bare = reference.rpartition(":")
        return reference in shape.special or any(
            bare == i for name in shape.lists if kind in ("", name) for i, _ in self._of(name)
        )

    def labels(self, lists: Sequence[str]) -> tuple[str, ...]:
        """All labels of some lists, each once."""
        return tuple(dict.fromkeys(label or i for name in lists for i, label in self._of(name)))

    def formula_shown(self, formula: str) -> str:
        """A formula with the labels of its columns, where that leads back to it; else as it is."""
        columns = Reference(COLUMNS, {})

        def label(found: re.Match[str]) -> str:
            shown = self.shown(found[0], columns)
            return shown if _is_word(shown) else found[0]

        shown = _WORD.sub(label, formula)
        return shown if self.formula_meant(shown) == formula else formula

    def formula_meant(self, text: str) -> str:
        """A formula whose labels are replaced by what they mean."""
        columns = Reference(COLUMNS, {})
        labels = {label for name in columns.lists for _, label in self._of(name) if label and not label.isascii()}
        labels |= {f"{word}{_OF}{label}" for word in KINDS.values() for label in labels}
        longest = sorted(labels, key=len, reverse=True)
        if not longest:
            return text
        pattern = re.compile("|".join(map(re.escape, longest)))
        return pattern.sub(lambda found: self.meant(found[0], columns), text)

    def _named(self, text: str, lists: Sequence[str]) -> tuple[str, str] | None:
        wanted = plain_text(text)
        found = ((name, i) for name in lists for i, label in self._of(name) if plain_text(label) == wanted != "")
        return next(found, None)

    def _of(self, name: str) -> Sequence[tuple[str, str]]:
        return self.lists.get(name, ())


def _is_word(label: str) -> bool:
    """True for a label that stands out in a formula: no signs of the formula's own, and not only plain letters."""
    return not label.isascii() and not any(sign in label for sign in " ()（）,，+-*/^<>=:：;；、\n")


def names_in(content: Mapping[str, Any]) -> Names:
    """The names of a scheme's content; whatever has no id or label is left out."""
    lists = {name: tuple(_entries(part)) for name, part in content.items() if isinstance(part, list)}
    return Names(lists, {entry["id"]: answers_in(entry.get("choices", ())) for entry in content.get("setting", ())})


def answers_in(choices: Sequence[Mapping[str, str]]) -> tuple[tuple[str, str], ...]:
    """The values and labels of a setting's choices."""
    return tuple((choice["value"], choice["label"]) for choice in choices)


def _entries(part: Sequence[Any]) -> Iterator[tuple[str, str]]:
    for entry in part:
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            yield entry["id"], str(entry.get("label", ""))
