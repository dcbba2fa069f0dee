"""What differs between the result a case must give and the one a program gave."""

from typing import Any

ROW_KEYS = ["id", "name", "pool", "rated", "eligible", "points", "total", "rank", "status"]


def differences(expected: dict[str, Any], got: dict[str, Any]) -> list[str]:
    """Every difference in words; nothing where the results agree.

    got is the object that `score --json` prints; its exit code is compared where it carries one. A reason agrees when
    it holds the expected piece of text. The problems expected must all be there; there may be more of them.
    """
    found = []
    if "exit" in got and got["exit"] != expected["exit"]:
        found.append(f"exit: expected {expected['exit']}, got {got['exit']}")
    if len(expected["rows"]) != len(got["rows"]):
        found.append(f"rows: expected {len(expected['rows'])}, got {len(got['rows'])}")
    for line, (must, has) in enumerate(zip(expected["rows"], got["rows"], strict=False), start=2):
        who = f"row {line} ({must['id']})"
        found += [f"{who} {key}: expected {must[key]}, got {has[key]}" for key in ROW_KEYS if must[key] != has[key]]
        if not reasons_agree(must["reasons"], has["reasons"]):
            found.append(f"{who} reasons: expected {must['reasons']}, got {has['reasons']}")
    if expected["quota"] != got["quota"]:
        found.append(f"quota: expected {expected['quota']}, got {got['quota']}")
    listed = [{key: problem[key] for key in ("severity", "sheet", "cell")} for problem in got["problems"]]
    found += [f"problem {problem} is not listed" for problem in expected["problems"] if problem not in listed]
    return found


def reasons_agree(pieces: list[str], reasons: list[str]) -> bool:
    """Whether each reason holds its piece of text, one to one and in order."""
    return len(pieces) == len(reasons) and all(piece in reason for piece, reason in zip(pieces, reasons, strict=True))
