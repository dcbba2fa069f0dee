"""The means of the period before, out of its merged workbook."""

from fractions import Fraction
from pathlib import Path

import pytest

from addin.merging.last import read_last
from addin.merging.merge import Wanted, merge
from addin.merging.workers import local
from tests.addin.merging.making import MONTHLY, table, typed


@pytest.mark.parametrize(
    ("file", "group", "name"), [("河南/2.xlsx", "分行", "河南"), ("2.xlsx", "单位", "第00002支行")]
)
def test_the_means_as_the_merged_workbook_says_them(tmp_path: Path, file: str, group: str, name: str) -> None:
    """By branch; where each unit stands for itself, by unit."""
    typed(tmp_path / "in" / file, 2)
    sheet = f"月度服务明星（柜员）·{group}"
    merge(tmp_path / "in", tmp_path / "上期.xlsx", local(1))
    means, problems = read_last(tmp_path / "上期.xlsx")
    assert problems == ()
    [row] = [r for r in table(tmp_path / "上期.xlsx", sheet, "平均总分") if r[group] == name]
    assert means == {MONTHLY: {name: Fraction(str(row["平均总分"]))}}
    merge(tmp_path / "in", tmp_path / "本期.xlsx", local(1), Wanted(last=means))
    now = table(tmp_path / "本期.xlsx", sheet, "平均总分")[0]
    assert now["上期平均"] == row["平均总分"]


def test_another_workbook_or_no_workbook_says_so(tmp_path: Path) -> None:
    other = typed(tmp_path / "2.xlsx", 2)
    (tmp_path / "坏.xlsx").write_bytes(b"PK")
    for path in (other, tmp_path / "坏.xlsx"):
        means, [problem] = read_last(path)
        assert means == {}
        assert (problem.sheet, problem.message) == (path.name, "上期的汇总读不出各分行的平均分")
