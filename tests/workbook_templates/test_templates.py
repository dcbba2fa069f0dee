"""The committed templates are what the builder makes, byte for byte the same on every run."""

import zipfile
from pathlib import Path
from xml.etree.ElementTree import canonicalize

import pytest

from calc.scheme import load_scheme, shipped
from workbook_templates.__main__ import FOLDER
from workbook_templates.build import build_template
from workbook_templates.save import save_workbook, workbook_bytes


def _parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as book:
        return {
            name: canonicalize(book.read(name).decode()) if name.endswith((".xml", ".rels", ".vml")) else ""
            for name in book.namelist()
        }


def test_every_scheme_has_its_template_and_no_other_is_there() -> None:
    there = {path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.xlsx")}
    assert there == set(shipped())


@pytest.mark.parametrize("name", shipped())
def test_the_committed_template_is_what_the_builder_makes(name: str, tmp_path: Path) -> None:
    save_workbook(build_template(load_scheme(name).scheme), tmp_path / "t.xlsx")
    made, committed = _parts(tmp_path / "t.xlsx"), _parts(FOLDER / f"{name}.xlsx")
    assert list(made) == list(committed)
    for part, content in made.items():
        assert content == committed[part], f"{part} differs: run python -m workbook_templates"


def test_two_runs_give_identical_bytes() -> None:
    scheme = load_scheme(shipped()[0]).scheme
    assert workbook_bytes(build_template(scheme)) == workbook_bytes(build_template(scheme))


@pytest.mark.parametrize("name", shipped())
def test_a_template_holds_no_code_and_no_link(name: str) -> None:
    with zipfile.ZipFile(FOLDER / f"{name}.xlsx") as book:
        assert not [part for part in book.namelist() if "vba" in part.lower() or "externalLink" in part]
