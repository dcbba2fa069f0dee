"""The cases of the shipped schemes typed into their templates: the same results as from csv files."""

from dataclasses import replace
from pathlib import Path

import pytest

from addin.ranking import rank_file
from calc.scheme import load_scheme
from tests.addin.typing_in import filling_of
from tests.cases import reading
from tests.cases.test_shipped import CASES
from workbook_templates.build import build_template
from workbook_templates.save import save_workbook


@pytest.mark.parametrize(("scheme", "case"), CASES, ids=[f"{case.parent.name}/{case.name}" for _, case in CASES])
def test_typed_into_the_template_it_is_the_same(scheme: str, case: Path, tmp_path: Path) -> None:
    settings = reading.about(case)["settings"]
    filling = filling_of(load_scheme(scheme).scheme, case, settings.pop("period"))
    save_workbook(
        build_template(load_scheme(scheme).scheme, replace(filling, settings=settings)), tmp_path / "填报.xlsx"
    )
    found, wanted = rank_file(tmp_path / "填报.xlsx", trace=False), reading.run(scheme, case)
    assert found.result is not None
    assert found.result.as_json()["rows"] == wanted.as_json()["rows"]
    assert found.result.as_json()["quota"] == wanted.as_json()["quota"]
    assert found.has_errors == wanted.has_errors
