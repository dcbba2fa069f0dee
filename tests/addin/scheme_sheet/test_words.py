"""No part of a scheme is left without a word: whoever adds a key, a choice or a method is told here."""

from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from addin.scheme_sheet import shapes
from addin.scheme_sheet.blocks import BLOCKS, MAIN, REST, FormBlock, ListBlock, form_word, header, main_key
from addin.scheme_sheet.shapes import Shape, keys_of
from addin.scheme_sheet.words import CHOICES, KEYS, MEANINGS, key_word
from calc.scheme import Scheme


def models(shape: Shape) -> Iterator[type[BaseModel]]:
    match shape:
        case shapes.Part():
            yield shape.model
        case shapes.Variants():
            yield from shape.models.values()
        case shapes.Many():
            yield from models(shape.of)
        case shapes.Map():
            yield from models(shape.value)
        case shapes.Either():
            for each in shape.of:
                yield from models(each)


def all_models() -> list[type[BaseModel]]:
    found: list[type[BaseModel]] = []
    waiting: list[type[BaseModel]] = [Scheme]
    while waiting:
        model = waiting.pop()
        if model not in found:
            found.append(model)
            waiting += [inner for key in keys_of(model).values() for inner in models(key.shape)]
    return found


MODELS = all_models()


def test_the_whole_model_is_walked() -> None:
    assert len(MODELS) > 80
    assert {"Ratio", "Formula", "Condition", "Order", "Nested", "ByRank", "Turnout"} - {m.__name__ for m in MODELS} == {
        "Turnout"  # no part of a file: it is read from a text
    }


@pytest.mark.parametrize("model", MODELS, ids=lambda model: f"{model.__module__}.{model.__name__}")
def test_every_key_has_a_word_of_its_own(model: type[BaseModel]) -> None:
    words = [key_word(model.__name__, key) for key in keys_of(model)]
    assert len(set(words)) == len(words)
    assert not any(word.isascii() for word in words)
    assert not any(sign in word for word in words for sign in "：；、＝（）「」【】:;=()")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: f"{model.__module__}.{model.__name__}")
def test_every_choice_has_a_word_of_its_own(model: type[BaseModel]) -> None:
    for key in keys_of(model).values():
        inner = getattr(key.shape, "of", ())
        for shape in (key.shape, *(inner if isinstance(inner, tuple) else (inner,))):
            if isinstance(shape, shapes.Words | shapes.Variants):
                words = list(shape.words.values())
                assert not any(word.isascii() for word in words), key.name
                assert len(set(words)) == len(words), key.name


def test_no_word_is_for_something_that_is_not_there() -> None:
    keys = {key for model in MODELS for key in keys_of(model)}
    names = {f"{model.__name__}.{key}" for model in MODELS for key in keys_of(model)}
    assert {name for name in KEYS if name not in names | keys} == set()
    assert {name for name in CHOICES if name not in names | keys} == set()


def test_every_method_and_kind_says_what_it_comes_to() -> None:
    for block in BLOCKS:
        if isinstance(block, ListBlock) and isinstance(block.entry, shapes.Variants):
            assert set(block.entry.models) <= set(MEANINGS)


def test_every_part_of_a_scheme_stands_in_one_block() -> None:
    placed = [block.key for block in BLOCKS if isinstance(block, ListBlock)]
    paths = [path for block in BLOCKS if isinstance(block, FormBlock) for path in block.rows]
    assert sorted({*placed, *(path[0] for path in paths)}) == sorted(keys_of(Scheme))
    assert len(paths) == len(set(paths))
    for name in {path[0] for path in paths if len(path) > 1}:
        part = keys_of(Scheme)[name].shape
        assert isinstance(part, shapes.Part)
        assert {path[1] for path in paths if path[0] == name} == set(keys_of(part.model)), name


def test_a_list_has_a_column_for_what_has_none_of_its_own() -> None:
    for block in BLOCKS:
        if isinstance(block, ListBlock):
            assert REST in block.columns, block.title
            headers = [header(block, column) for column in block.columns if column]
            assert len(set(headers)) == len(headers)
        else:
            rows = [form_word(path) for path in block.rows]
            assert len(set(rows)) == len(rows), block.title


def test_column_taken_from_names_a_key_of_the_method_or_none() -> None:
    for block in BLOCKS:
        if isinstance(block, ListBlock) and MAIN in block.columns and isinstance(block.entry, shapes.Variants):
            for tag, model in block.entry.models.items():
                assert main_key(block, tag) in keys_of(model), tag
