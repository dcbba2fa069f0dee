"""Finding the case folders and running one through the same door as ``starscore score``."""

import json
from pathlib import Path
from typing import Any

from addin.plain_tables import Paths, read_settings, read_tables
from calc.evaluate import evaluate
from calc.result import Result
from calc.scheme import load_scheme

ROOT = Path(__file__).parent


def cases(scheme: str) -> list[Path]:
    return sorted(folder.parent for folder in (ROOT / scheme).glob("*/case.json"))


def about(case: Path) -> dict[str, Any]:
    return json.loads((case / "case.json").read_text("utf-8"))


def settings(case: Path) -> list[str]:
    return [f"{key}={value}" for key, value in about(case)["settings"].items()]


def expected(case: Path) -> dict[str, Any]:
    return json.loads((case / "expected.json").read_text("utf-8"))


def table(case: Path, name: str) -> Path | None:
    path = case / f"{name}.csv"
    return path if path.exists() else None


def run(scheme: str, case: Path, *, trace: bool = False, words: bool = True) -> Result:
    bound, entries = read_settings(load_scheme(scheme), settings(case))
    others = (table(case, name) for name in ("events", "honours", "rulings", "ballots", "raters"))
    paths = Paths(case / "data.csv", *others)
    submission, problems = read_tables(bound, paths, entries)
    return evaluate(bound, submission, trace=trace, words=words).with_problems(problems)


def misses(scheme: str, case: Path, *, trace: bool = False) -> list[str]:
    """In words, where a case does not come out as it expects."""
    return differences(run(scheme, case, trace=trace), expected(case))


def differences(result: Result, wanted: dict[str, Any]) -> list[str]:
    """In words, where a result is not what the case expects; empty where it is."""
    found = result.as_json()
    told = []
    if len(found["rows"]) != len(wanted["rows"]):
        return [f"{len(found['rows'])} rows, expected {len(wanted['rows'])}"]
    for row, expect in zip(found["rows"], wanted["rows"], strict=True):
        told += [
            f"{expect['id']}.{key}: {row[key]}, expected {value}"
            for key, value in expect.items()
            if key != "reasons" and row[key] != value
        ]
        reasons = row["reasons"]
        if len(reasons) != len(expect["reasons"]) or any(
            part not in reason for part, reason in zip(expect["reasons"], reasons, strict=True)
        ):
            told.append(f"{expect['id']}.reasons: {reasons}, expected {expect['reasons']}")
    if found["quota"] != wanted["quota"]:
        told.append(f"quota: {found['quota']}, expected {wanted['quota']}")
    places = [{key: problem[key] for key in ("severity", "sheet", "cell")} for problem in found["problems"]]
    told += [f"no problem {problem}" for problem in wanted["problems"] if problem not in places]
    if int(result.has_errors) != wanted["exit"]:
        told.append(f"exit {int(result.has_errors)}, expected {wanted['exit']}; {result.problems}")
    return told
