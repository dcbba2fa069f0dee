"""Who may import whom: calc nothing of ours, workbook_templates calc, and nothing addin but addin itself."""

import ast
import json
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("calc", "workbook_templates", "addin")
MAY_IMPORT = {"calc": {"calc"}, "workbook_templates": {"workbook_templates", "calc"}, "addin": set(PACKAGES)}
NOT_IN_CALC = {"xlwings", "openpyxl", "pandas", "python_calamine", "typer", "rich", "addin", "workbook_templates"}


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """The topmost name of whatever a module imports anywhere in it, by statement or by ``import_module``."""
    package = path.relative_to(ROOT).parts[0]
    for node in ast.walk(ast.parse(path.read_text("utf-8"), str(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield package if node.level else (node.module or "").partition(".")[0]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            yield from (str(arg.value).partition(".")[0] for arg in node.args[:1] if isinstance(arg, ast.Constant))


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_imports_of_ours_only_what_the_design_allows(package: str) -> None:
    assert modules(package)
    wrong = {
        (str(path.relative_to(ROOT)), name)
        for path in modules(package)
        for name in imported(path)
        if name in {*PACKAGES, "tests"} - MAY_IMPORT[package]
    }
    assert wrong == set()


def test_calc_imports_nothing_that_reads_or_writes_spreadsheets() -> None:
    found = {(str(path.relative_to(ROOT)), name) for path in modules("calc") for name in imported(path)}
    assert {name for _, name in found} & {"numpy", "pydantic"}
    assert {(path, name) for path, name in found if name in NOT_IN_CALC} == set()


def test_calc_has_no_clock() -> None:
    calls = {
        (str(path.relative_to(ROOT)), ast.unparse(node.func))
        for path in modules("calc")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2] in {"today", "now", "utcnow", "time", "monotonic", "random"}
    }
    assert calls == set()


def run_fresh(code: str) -> object:
    """What a script prints as JSON in an interpreter of its own."""
    script = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n" + textwrap.dedent(code)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, encoding="utf-8")
    return json.loads(done.stdout)


def test_importing_calc_does_not_load_spreadsheet_or_command_line_packages() -> None:
    code = """
        import calc, json
        print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
    """
    loaded = run_fresh(code)
    assert isinstance(loaded, list)
    assert "calc" in loaded
    assert set(loaded) & NOT_IN_CALC == set()


def test_calc_opens_no_file_but_its_schemes() -> None:
    """Seen by an audit hook while a shipped scheme is loaded and a small contest reckoned in both kinds of number."""
    code = """
        import json, os
        opened = []
        sys.addaudithook(lambda event, args: event == "open" and opened.append(str(args[0])))
        from decimal import Decimal
        import calc
        from calc.period import Period
        from calc.submission import Entry
        started = len(opened)
        scheme = calc.load_scheme("cib-zhengzhou-2010/monthly-teller").scheme
        names = [measure.headers()[0][0] for measure in scheme.measure]
        kinds = [measure.kind for measure in scheme.measure]
        given = {"text": "A", "yes_no": True, "date": Period.parse("2020").start}
        cells = {name: (Entry(given.get(kind, Decimal(5))),) * 2 for name, kind in zip(names, kinds)}
        ids = (Entry("a"), Entry("b"))
        submission = calc.Submission(Period.parse("2026-09"), ids, ids, cells)
        results = [calc.evaluate(scheme, submission, trace=trace) for trace in (False, True)]
        totals = [str(row.total) for result in results for row in result.rows]
        print(json.dumps([totals, [name for name in opened[started:] if not name.endswith((".py", ".pyc"))]]))
    """
    totals, opened = run_fresh(code)  # type: ignore[misc]
    assert totals == ["50.00"] * 4  # 5 + 10 + 5 + 10 + 10 + 10
    assert [Path(name).relative_to(ROOT).parts[:2] for name in opened] == [("calc", "schemes")]
