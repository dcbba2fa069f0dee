"""The order of the rows does not matter to the oracles: the same months, quarters and years, shuffled."""

import json
from dataclasses import replace
from functools import partial
from random import Random
from typing import Any

import pytest

from . import annual, generate, generate_annual, generate_quarterly, quarterly

MONTHS = [pytest.param(generate.generate, range(250), id="monthly-teller")]
QUARTERS = [pytest.param(partial(generate_quarterly.generate, each), range(80), id=each) for each in quarterly.CONTESTS]
YEARS = [pytest.param(partial(generate_annual.generate, each), range(80), id=each) for each in annual.CONTESTS]


def rows(result: dict[str, Any]) -> list[str]:
    return sorted(json.dumps(row, ensure_ascii=False) for row in result["rows"])


def quota(result: dict[str, Any]) -> dict[str, Any]:
    return {line["pool"]: line | {"tied": sorted(line["tied"])} for line in result["quota"]}


@pytest.mark.parametrize(("make", "seeds"), MONTHS + QUARTERS + YEARS)
def test_the_order_of_the_rows_does_not_matter(make: Any, seeds: range) -> None:
    for seed in seeds:
        made = make(seed)
        header, *lines = made.data
        mixed = replace(made, data=[header, *Random(seed).sample(lines, len(lines))])
        one, other = made.expected(), mixed.expected()
        assert rows(one) == rows(other), seed
        assert quota(one) == quota(other), seed
