"""What was worked out by hand for cases of the quarter and the year, before the oracle reckoned them.

by_hand_contests.json has for each case the seats and the winners, some totals, ranks and reasons, and what else is not
as usual: an exit code of 1, a tie, a list that is withheld or provisional. by_hand.json has the cases of the month.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cases import reading

BY_HAND = json.loads((Path(__file__).parent / "by_hand_contests.json").read_text("utf-8"))


@pytest.mark.parametrize("case", BY_HAND)
def test_case_by_hand(case: str) -> None:
    hand, found = BY_HAND[case], reading.expected(reading.ROOT / "cib-zhengzhou-2010" / case)
    (line,) = found["quota"]
    rows = {row["id"]: row for row in found["rows"]}
    usual: dict[str, Any] = {"exit": 0, "tied": [], "withheld": False, "provisional": False}
    told = {"exit": found["exit"], "seats": line["seats"], **{key: line[key] for key in list(usual)[1:]}}
    assert told == usual | {key: hand[key] for key in told if key in hand}
    assert [who for who, row in rows.items() if row["status"] == "winner"] == hand["winners"]
    for key, by_id in (("total", "totals"), ("rank", "ranks"), ("reasons", "reasons")):
        assert {who: rows[who][key] for who in hand.get(by_id, {})} == hand.get(by_id, {})
