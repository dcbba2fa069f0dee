"""Which contests a scheme looks at, by their full ids, with the titles that people know them by."""

from calc.scheme import load_scheme
from calc.scheme.contests import full_id, honour_contests
from tests.calc.making import indicator, requirement, scheme

BANK = "cib-zhengzhou-2010"


def test_those_it_counts_and_itself_where_a_withdrawal_bars() -> None:
    assert dict(honour_contests(load_scheme(f"{BANK}/quarterly-teller").scheme)) == {
        f"{BANK}/monthly-teller": "月度服务明星（柜员）",
        f"{BANK}/quarterly-teller": "季度服务明星（柜员）",
    }


def test_a_contest_that_is_not_shipped_has_its_id_as_its_title() -> None:
    counts = {"contest": ["weekly", "other/daily"], "within": "year"}
    of = scheme(
        indicator("h", "honours", value="count", **counts),
        requirement("r", "honours", contest="weekly", within="year", at_least=1),
    )
    assert dict(honour_contests(of)) == {"test/weekly": "test/weekly", "other/daily": "other/daily"}


def test_without_honours_and_without_barring_it_looks_at_none() -> None:
    assert honour_contests(scheme(indicator("n", "formula", formula="1"))) == {}


def test_the_organisation_is_the_schemes_own_where_none_is_written() -> None:
    of = scheme(indicator("n", "formula", formula="1"))
    assert full_id(of, "weekly") == "test/weekly"
    assert full_id(of, "other/weekly") == "other/weekly"
