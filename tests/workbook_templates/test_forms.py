"""附件: a page for each winner, filled from the data, with room to sign; the report of deeds in full."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from addin.ranking import rank_file, write_result
from calc.period import Period
from calc.scheme import load_scheme
from workbook_templates.build import build_template
from workbook_templates.filling import Filling
from workbook_templates.save import save_workbook

SCHEME = load_scheme("cib-zhengzhou-2010/annual-teller").scheme
PEOPLE = (("007", "王静", 2, 95), ("008", "李敏", 3, 90), ("009", "赵强", 1, 99))
"""Id, name, how many quarters were won, with how many points: 李敏 ranks first, 赵强 has too few."""


def result(
    folder: Path,
    deeds: str = "扎根一线。\n热心服务。",
    people: Sequence[tuple[str, str, int, int]] = PEOPLE,
    **more: object,
) -> Workbook:
    filling = Filling(
        Period(2025, "year", 1),
        roster=[{"id": i, "name": n, "outlet": "东", "post_since": dt.date(2020, 1, 1)} for i, n, _, _ in people],
        measures={i: {"basic": True, "deeds": deeds} for i, *_ in people},
        honours=[
            {"id": i, "contest": "quarterly-teller", "period": f"2025Q{q}", "score": score, "status": "won"}
            for i, _, quarters, score in people
            for q in range(1, quarters + 1)
        ],
        settings={"outlets": 9},
        rows=6,
        **more,  # type: ignore[arg-type]
    )
    save_workbook(build_template(SCHEME, filling), folder / "填报.xlsx")
    write_result(rank_file(folder / "填报.xlsx"), folder / "结果.xlsx")
    return load_workbook(folder / "结果.xlsx")


def texts(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")]


def test_each_winner_has_a_page_in_the_order_of_the_ranks(tmp_path: Path) -> None:
    book = result(tmp_path)
    for name in ("附件二", "附件四"):
        found = texts(book[name])
        assert len(book[name].row_breaks.brk) == 1, name
        assert "赵强" not in "".join(found)
    names = [text for text in texts(book["附件二"]) if text in {"王静", "李敏"}]
    assert names == ["李敏", "王静"]


def test_a_recommendation_tells_honours_result_and_deeds_and_leaves_room(tmp_path: Path) -> None:
    sheet = result(tmp_path)["附件二"]
    found = texts(sheet)
    assert "2025年第一季度（90分）、2025年第二季度（90分）、2025年第三季度（90分）" in found
    assert "名次：1　　季度荣誉次数：3　　季度平均得分：90.00" in found
    assert "　　扎根一线。\n　　热心服务。" in found
    for label in ("性别", "出生年月", "所在网点意见", "分行会计结算部意见", "分行意见"):
        assert found.count(label) == 2, label
    assert sum("签名" in text and "盖章" in text for text in found) == 2 * 3
    (report,) = {cell.protection.locked for row in sheet.iter_rows() for cell in row if "扎根" in str(cell.value)}
    assert report is False


def test_the_criteria_carry_the_scores(tmp_path: Path) -> None:
    found = texts(result(tmp_path)["附件四"])
    for text in ("年度内至少两次获得季度荣誉", "第十四条(一)2", "符合", "（90 ＋ 90 ＋ 90） ÷ 3", "90.00"):
        assert text in found, text
    start = found.index("状态") + 1
    assert found[start : start + 4] == ["2025年第一季度", "季度服务明星（柜员）", "90", "有效"]


def test_a_long_report_goes_on_in_further_cells_and_loses_nothing(tmp_path: Path) -> None:
    deeds = "\n".join(f"第{n}件事：" + "热心服务客户，受到书面表扬。" * 12 for n in range(1, 31))
    book = result(tmp_path, deeds)
    sheet = book["附件二"]
    parts = [text for text in texts(sheet) if "件事" in text]
    assert len(parts) > 2
    first = "".join(parts[: len(parts) // 2]).replace("　　", "").replace("\n", "")
    assert first == deeds.replace("\n", "")
    long = [cell for name in ("指标", "附件二") for row in book[name].iter_rows() for cell in row
            if isinstance(cell.value, str) and len(cell.value) > 255]  # fmt: skip
    assert {cell.number_format for cell in long} == {"General"}  # as text, Excel would show ####
    assert all(sheet.row_dimensions[row].height <= 409 for row in range(1, sheet.max_row + 1))


@pytest.mark.parametrize("name", ["附件二", "附件四"])
def test_without_winners_a_page_says_so(name: str, tmp_path: Path) -> None:
    rulings = [{"id": i, "kind": "cancel", "decision": "cancelled"} for i in ("007", "008")]
    book = result(tmp_path, rulings=rulings)
    assert "本期没有推荐对象。" in texts(book[name])


def test_what_may_still_change_is_a_draft(tmp_path: Path) -> None:
    """王静 and 赵强 are equal at the second of two seats."""
    tied = (*PEOPLE[:2], ("009", "赵强", 2, 95))
    for people, drafts in ((PEOPLE, []), (tied, ["草稿，不得上报：有并列待裁定"])):
        sheet = result(tmp_path, people=people)["附件二"]
        assert [text for text in texts(sheet) if text.startswith("草稿")] == drafts
