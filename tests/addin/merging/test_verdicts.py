"""Which workbooks count, by what they say of themselves."""

import itertools
from dataclasses import replace

import pytest

from addin.merging.arrival import Arrival
from addin.merging.expected import Expected
from addin.merging.messages import error
from addin.merging.verdicts import Judgement, Missing, Verdict, judge
from tests.addin.merging.making import CONTEST, MONTHLY, SCHEME, sent


def verdicts(*arrivals: Arrival, **options: str) -> list[str]:
    judged = judge(arrivals, **options)
    return [judged.verdicts[arrival.file].value for arrival in arrivals]


def errors(judged: Judgement) -> list[tuple[str, str]]:
    return [(problem.sheet, problem.message) for problem in judged.problems if problem.is_error]


def test_a_sound_workbook_counts_and_says_nothing() -> None:
    judged = judge([sent("甲.xlsx")])
    assert judged.verdicts == {"甲.xlsx": Verdict.COUNTED}
    assert (judged.problems, judged.missing) == ((), ())
    assert judged.contests == {"bank/month": CONTEST}
    assert judged.periods == {"bank/month": "2026-09"}


def test_of_the_same_contents_one_counts_the_one_with_the_plainer_name() -> None:
    both = [sent("甲 (1).xlsx", digest="a"), sent("甲.xlsx", digest="a")]
    assert verdicts(*both) == ["duplicate", "counted"]
    [said] = judge(both).problems
    assert (said.sheet, said.message) == ("甲 (1).xlsx", "与 甲.xlsx 内容相同，只计一份")


def test_the_newest_revision_counts_and_the_others_are_told() -> None:
    three = [sent("1.xlsx", revision=1), sent("2.xlsx", revision=3), sent("3.xlsx", revision=2)]
    assert verdicts(*three) == ["older", "counted", "older"]
    assert [p.message for p in judge(three).problems] == [
        "第 1 版已由第 3 版（2.xlsx）替代，不计入", "第 2 版已由第 3 版（2.xlsx）替代，不计入",
    ]  # fmt: skip


def test_a_newer_revision_that_does_not_verify_does_not_replace() -> None:
    spoilt = sent("2.xlsx", revision=2, errors=1, problems=(error("2.xlsx", "no_unit"),))
    assert verdicts(sent("1.xlsx"), spoilt) == ["counted", "unsound"]


def test_of_equal_revisions_the_later_day_counts() -> None:
    assert verdicts(sent("1.xlsx"), sent("2.xlsx", sealed_on="2026-10-10")) == ["older", "counted"]


@pytest.mark.parametrize("sealed", [True, False])
def test_where_nothing_tells_which_is_newer_neither_counts(sealed: bool) -> None:
    both = [sent(f"{n}.xlsx", sealed=sealed, revision=int(sealed)) for n in (1, 2)]
    assert verdicts(*both) == ["undecided", "undecided"]
    assert [file for file, _ in errors(judge(both))] == ["1.xlsx", "2.xlsx"]


def test_an_older_revision_of_undecided_ones_does_not_count_either() -> None:
    three = [sent("1.xlsx"), sent("2.xlsx", revision=2), sent("3.xlsx", revision=2)]
    assert verdicts(*three) == ["older", "undecided", "undecided"]


def test_sealed_goes_before_unsealed() -> None:
    plain = sent("1.xlsx", sealed=False, revision=0, sealed_on="")
    assert verdicts(plain, sent("2.xlsx")) == ["older", "counted"]
    assert "另有定稿 2.xlsx" in judge([plain, sent("2.xlsx")]).problems[0].message


def test_unsealed_alone_counts_with_a_warning() -> None:
    judged = judge([sent("1.xlsx", sealed=False, unsettled=2)])
    assert judged.verdicts == {"1.xlsx": Verdict.COUNTED}
    assert [p.message for p in judged.problems] == [
        "没有定稿，报送之后可能改过", "有 2 处待核实、待考或并列未裁定，名单是暂定的",
    ]  # fmt: skip


def test_the_period_is_that_of_the_most_or_the_one_asked_for() -> None:
    three = [sent("1.xlsx", unit="乙支行"), sent("2.xlsx", unit="丙支行"), sent("3.xlsx", period="2026-10")]
    assert verdicts(*three) == ["counted", "counted", "other_period"]
    assert errors(judge(three)) == [("3.xlsx", "考核期间是 2026-10，这次汇总的是 2026-09")]
    assert verdicts(*three, period="2026-10") == ["other_period", "other_period", "counted"]


def test_a_period_asked_for_leaves_contests_of_another_kind_alone() -> None:
    quarterly = replace(CONTEST, id="bank/quarter")
    both = [sent("1.xlsx"), sent("2.xlsx", contest=quarterly, period="2026Q3")]
    assert verdicts(*both, period="2026-09") == ["counted", "counted"]


def test_the_version_is_that_of_the_scheme_shipped_here_however_many_have_another() -> None:
    def of(version: str, file: str) -> Arrival:
        return sent(file, unit=file, contest=replace(CONTEST, id=MONTHLY, version=version))

    three = [of("1.0", "1.xlsx"), of("1.0", "2.xlsx"), of(SCHEME.version, "3.xlsx")]
    assert verdicts(*three) == ["other_version", "other_version", "counted"]


def test_the_version_of_a_scheme_that_is_not_shipped_is_that_of_the_most() -> None:
    old = replace(CONTEST, version="1")
    three = [sent("1.xlsx", contest=old), sent("2.xlsx", unit="乙支行"), sent("3.xlsx", unit="丙支行")]
    assert verdicts(*three) == ["other_version", "counted", "counted"]


def test_the_same_in_every_order() -> None:
    sent_in = [
        sent("1.xlsx", revision=1), sent("2.xlsx", revision=2), sent("3.xlsx", revision=2, digest="2.xlsx"),
        sent("4.xlsx", unit="乙支行", period="2026-10"), Arrival("5.xlsx", errors=1),
    ]  # fmt: skip
    judged = {str(judge(order)) for order in itertools.permutations(sent_in)}
    assert len(judged) == 1


def test_who_is_missing_and_who_is_not_expected() -> None:
    expected = [Expected("甲支行", "河南"), Expected("乙支行", "河南"), Expected("丙支行", "陕西", "bank/other")]
    judged = judge([sent("1.xlsx"), sent("2.xlsx", unit="丁支行")], expected)
    assert judged.missing == (
        Missing("乙支行", "河南", "bank/month", sent=False), Missing("丙支行", "陕西", "bank/other", sent=False),
    )  # fmt: skip
    assert [p.message for p in judged.problems] == [
        "丁支行不在应报名单中", "乙支行没有报送月度明星", "丙支行没有报送bank/other",
    ]  # fmt: skip


def test_who_sent_something_that_cannot_count_is_missing_too() -> None:
    judged = judge([sent("1.xlsx", errors=1)], [Expected("甲支行")])
    assert judged.missing == (Missing("甲支行", "", "bank/month", sent=True),)
    assert judged.problems[-1].message == "甲支行报送的月度明星没有一份可以计入"


def test_the_branch_is_that_of_the_list_or_the_folder_or_the_unit() -> None:
    arrivals = [sent("河南/1.xlsx"), sent("河南/2.xlsx", unit="乙支行"), sent("3.xlsx", unit="丙支行")]
    judged = judge(arrivals, [Expected("甲支行", "郑州")])
    assert judged.branches == {"河南/1.xlsx": "郑州", "河南/2.xlsx": "河南", "3.xlsx": "丙支行"}


def test_what_cannot_be_read_is_told_and_stops_nothing() -> None:
    judged = judge([Arrival("0.xlsx", (error("0.xlsx", "lost"),), 1), sent("1.xlsx")])
    assert judged.verdicts == {"0.xlsx": Verdict.UNREADABLE, "1.xlsx": Verdict.COUNTED}
    assert [file for file, _ in errors(judged)] == ["0.xlsx"]
