"""Made-up months, quarters and years: the program gives what the oracle, which knows nothing of it, makes of them."""

from pathlib import Path

import pytest

from tests.cases import reading
from tests.oracle import annual, generate, generate_annual, generate_quarterly, quarterly
from tests.oracle.compare import differences

SEEDS = range(60)
ORGANISATION = "cib-zhengzhou-2010"


def told(scheme: str, folder: Path) -> list[str]:
    """What comes out otherwise, by the same door as ``starscore score``."""
    return differences(reading.expected(folder), reading.run(f"{ORGANISATION}/{scheme}", folder).as_json())


@pytest.mark.parametrize("contest", quarterly.CONTESTS)
def test_a_quarter(contest: str, tmp_path: Path) -> None:
    for seed in SEEDS:
        folder = tmp_path / str(seed)
        generate_quarterly.generate(contest, seed).write(folder)
        assert told(contest, folder) == [], f"{contest}, seed {seed}"


@pytest.mark.parametrize("contest", annual.CONTESTS)
def test_a_year(contest: str, tmp_path: Path) -> None:
    for seed in SEEDS:
        folder = tmp_path / str(seed)
        generate_annual.generate(contest, seed).write(folder)
        assert told(contest, folder) == [], f"{contest}, seed {seed}"


def test_a_month(tmp_path: Path) -> None:
    for seed in SEEDS:
        folder = tmp_path / str(seed)
        generate.generate(seed).write(folder)
        assert told("monthly-teller", folder) == [], f"seed {seed}"
