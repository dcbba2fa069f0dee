"""The same data in csv files and typed into the template give identical results."""

import json
from pathlib import Path

import pytest

from addin.ranking import rank_file, write_result
from calc.result import Result
from calc.scheme import load_scheme, shipped
from tests.addin.typing_in import filling_of
from tests.cases import reading
from workbook_templates.build import build_template
from workbook_templates.save import save_workbook

BANK = "cib-zhengzhou-2010"
MONTHLY = f"{BANK}/monthly-teller"


def _fits_a_template(case: Path) -> bool:
    """No rulings on other contests (a month's template has no place for them), and nobody there twice."""
    if case.name == "ruling-of-another-contest":
        return False
    ids = [row["id"] for row in reading.expected(case)["rows"]]
    return len(set(ids)) == len(ids)


CASES = [case for case in reading.cases(MONTHLY) if _fits_a_template(case)]
OTHERS = [
    case
    for name in shipped()
    if name.startswith(BANK) and name != MONTHLY
    for case in reading.cases(name)[::3]
    if _fits_a_template(case)
]
"""Of the bank's other contests every third: their sheets are those of the month."""
ELSEWHERE = [
    case
    for name in shipped()
    if not name.startswith(BANK)
    for case in reading.cases(name)
    if case.name == "worked-example"
]


def scheme_of(case: Path) -> str:
    return case.parent.relative_to(reading.ROOT).as_posix()


def ranked(case: Path, folder: Path) -> tuple[Path, Result]:
    scheme = load_scheme(scheme_of(case)).scheme
    settings = json.loads((case / "case.json").read_text("utf-8"))["settings"]
    book = build_template(scheme, filling_of(scheme, case, settings["period"]))
    labels = {setting.label: setting for setting in scheme.setting}
    for row in book["设置"].iter_rows(min_row=5, max_col=2):
        setting = labels.get(row[0].value)
        if setting is not None and setting.id in settings:
            choices = {choice.value: choice.label for choice in setting.choices}
            text = settings[setting.id]
            row[1].value = float(text) if setting.kind == "number" else choices.get(text, text)
    path = folder / "填报.xlsx"
    save_workbook(book, path)
    result = rank_file(path)
    assert result.result is not None
    return path, result.result


def _of_interest(result: Result) -> dict[str, object]:
    whole = result.as_json()
    return {key: whole[key] for key in ("scheme", "version", "period", "rows", "quota")}


@pytest.mark.parametrize("case", [*CASES, *OTHERS, *ELSEWHERE], ids=lambda case: f"{case.parent.name}-{case.name}")
def test_typed_into_the_template_it_is_the_same(case: Path, tmp_path: Path) -> None:
    _, result = ranked(case, tmp_path)
    assert _of_interest(result) == _of_interest(reading.run(scheme_of(case), case))


def test_ranking_a_result_workbook_again_changes_nothing(tmp_path: Path) -> None:
    case = next(case for case in CASES if case.name == "plain-month-of-one-outlet")
    path, result = ranked(case, tmp_path)
    write_result(rank_file(path), tmp_path / "结果.xlsx")
    again = rank_file(tmp_path / "结果.xlsx")
    assert again.result is not None
    assert _of_interest(again.result) == _of_interest(result)
