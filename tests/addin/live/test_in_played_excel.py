"""The actions in a played Excel, on Windows under Wine: windows_actions.py works there, this looks at what came of it.

Excel is played by pyOpenVBA's model of its objects; xlwings and its engine for Excel are the real ones.
"""

from __future__ import annotations

import json
import shutil
from typing import Any

import pytest

from addin.demo.branch import QUARTERS
from addin.demo.year import run_quarter
from addin.live.texts import SAID
from addin.ranking import rank_file
from tests.addin.clerk.book import CLEAN
from tests.wine import Wine, windows_path
from workbook_templates.layout import SHEET

pytestmark = pytest.mark.wine
RESULTS = ["排名", "入选", "奖励与考察", "日程", "核算", "图表", "公告"]
TEMPLATE = ["说明", "设置", "名册", "指标", "登记", "荣誉", "裁定", "得分", "检查"]
EDITING = SAID["editing"]


@pytest.fixture(scope="module")
def told(windows: Wine, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("打开 的")
    clean, out = folder / "clean.xlsx", folder / "facts.json"
    clean.write_bytes(CLEAN)
    outlets = next(report for report in run_quarter(folder / "季度", QUARTERS[0]) if "支行" in report.result.name)
    result = rank_file(outlets.result).result
    assert result is not None
    assert len(result.winners()) == 2
    (folder / "结果").mkdir()
    shutil.copy(outlets.result, folder / "结果")
    paths = map(windows_path, (clean, out, folder / "结果"))
    done = windows.python("-m", "tests.addin.live.windows_actions", *paths, timeout=280)
    assert out.exists(), done.stdout + done.stderr
    content: dict[str, dict[str, Any]] = json.loads(out.read_text("utf-8"))
    return content


def said(facts: dict[str, Any], key: str = "said") -> list[str]:
    return str(facts[key]).split("\n")


def test_compute_writes_what_rank_writes(told: dict[str, dict[str, Any]]) -> None:
    facts = told["compute"]
    assert facts["sheets"] == facts["expected"] == TEMPLATE + RESULTS
    assert facts["differing"] == []
    assert said(facts)[0] == "计算完成：0 条错误、1 条提醒。入选 2 名。"
    assert facts["active"] == SHEET.winners
    assert facts["protected"]
    assert facts["scores live"]


def test_the_program_is_left_as_it_was_and_the_copy_is_the_file(told: dict[str, dict[str, Any]]) -> None:
    facts = told["compute"]
    assert facts["state kept"]
    assert facts["file untouched"]
    assert facts["copies"] == [True]


def test_a_second_click_replaces_the_sheets_and_keeps_what_the_user_made_of_them(told: dict[str, Any]) -> None:
    facts = told["again"]
    assert facts["same sheets"]
    assert facts["flags"] == [True, True, False, False]
    assert facts["ranking protected"]
    assert not facts["winners protected"]
    assert facts["trace visible"] == 0
    assert facts["formula"].replace("'", "") == "=排名!B6"
    assert facts["copies"] == 1  # the file is still the one that was copied


def test_a_sheet_with_a_password_stays_as_it_is(told: dict[str, Any]) -> None:
    facts = told["password"]
    assert SAID["locked_sheets"].format(sheets="排名") in said(facts)
    assert facts["kept"] == "别人的"
    assert facts["protected"]
    assert facts["sheets"] == TEMPLATE + RESULTS


def test_a_locked_workbook_is_left_alone(told: dict[str, Any]) -> None:
    assert told["structure"] == {"said": SAID["structure"], "sheets": TEMPLATE, "files": ["九月 填报.xlsx"]}


def test_a_workbook_without_a_file_is_reckoned_without_a_copy(told: dict[str, Any]) -> None:
    facts = told["unsaved"]
    assert said(facts)[1:] == [SAID["unsaved"]]
    assert facts["files"] == ["九月 填报.xlsx"]
    assert facts["sheets"] == TEMPLATE + RESULTS
    assert facts["seal"] == SAID["not_saved"].format(action="定稿")


def test_a_read_only_workbook_says_that_it_must_be_saved_elsewhere(told: dict[str, Any]) -> None:
    facts = told["read_only"]
    assert said(facts)[1:] == [SAID["read_only"]]
    assert facts["files"] == ["九月 填报.xlsx"]
    assert facts["sheets"] == TEMPLATE + RESULTS


def test_nothing_is_written_without_a_way_back(told: dict[str, Any]) -> None:
    facts = told["no_place_for_a_copy"]
    assert facts["said"] == SAID["no_backup"].format(reason="com_error")
    assert facts["sheets"] == TEMPLATE
    assert facts["state"] == [True, True, True, -4105, True, False]


def test_the_copy_has_what_was_typed_and_not_saved(told: dict[str, Any]) -> None:
    assert told["changed"] == {"copy": "花园支行", "file untouched": True}


def test_a_click_while_a_cell_is_edited_says_so(told: dict[str, Any]) -> None:
    facts = told["editing"]
    assert (facts["Worksheets"], facts["ScreenUpdating"]) == (EDITING, EDITING)
    assert facts["Worksheets state kept"]
    assert facts["ScreenUpdating state kept"]
    assert said(facts, "afterwards")[0] == "检查完成：0 条错误、1 条提醒。"


def test_another_workbook_in_front_does_not_matter(told: dict[str, Any]) -> None:
    assert told["other_active"]["other"]
    assert told["other_active"]["sheets"] == TEMPLATE + RESULTS


def test_a_second_click_while_the_first_is_worked_on_does_nothing(told: dict[str, Any]) -> None:
    assert told["two_clicks"] == {"said": SAID["busy"], "files": ["九月 填报.xlsx"]}


def test_bad_data_leads_to_the_sheet_of_problems(told: dict[str, Any]) -> None:
    facts = told["bad_data"]
    assert said(facts)[0] == "计算完成：2 条错误、1 条提醒。入选 0 名；有错误，名单暂缓：郑东支行、花园支行。"
    assert facts["active"] == SHEET.check
    assert [row[1:3] for row in facts["check"][4:]] == [["错误", "指标!A6"], ["错误", "名册!A6"], ["提醒", "指标!O5"]]


def test_checking_writes_that_sheet_and_no_other(told: dict[str, Any]) -> None:
    facts = told["bad_data"]
    assert said(facts, "checked")[0] == "检查完成：2 条错误、1 条提醒。"
    assert facts["sheets"] == TEMPLATE
    assert facts["alone"] == facts["check"]


def test_a_workbook_without_a_known_scheme_leads_there_too(told: dict[str, Any]) -> None:
    facts = told["no_scheme"]
    assert said(facts)[0] == "不能计算：1 条错误、0 条提醒，见“检查”。"
    assert facts["active"] == SHEET.check
    assert facts["check"][4][1:4] == ["错误", "设置!B5", "没有方案「没有这个方案」"]


def test_a_button_of_another_contest_says_so(told: dict[str, Any]) -> None:
    facts = told["another_kind"]
    assert facts["quarterly"] == SAID["other_kind"].format(title="月度评选", wanted="季度评选")
    assert facts["forms"] == SAID["no_forms"].format(title="月度服务明星（柜员）")
    for button in ("monthly", "notice"):
        assert said(facts, button)[0].startswith("计算完成")
    assert facts["sheets"] == TEMPLATE + RESULTS
    assert facts["foreign"] == SAID["not_ours"]


def test_a_roster_is_filled_in_and_nobodys_row_moves(told: dict[str, Any]) -> None:
    facts = told["roster"]
    assert said(facts)[0] == "已导入 2 人。"
    assert [row[:3] for row in facts["people"]] == [
        ["0012", "李敏", "郑东支行"], ["0600", "新人", "花园支行"], [None, None, None],
    ]  # fmt: skip
    assert facts["people"][1][3].startswith("2026-01-05")
    assert facts["ids"] == ["0012", None, None, None, None, "0600", None]  # rows 6 to 9 hold somebody's figures
    assert facts["protected"]


def test_a_roster_in_error_is_not_filled_in(told: dict[str, Any]) -> None:
    facts = told["roster"]
    assert said(facts, "bad")[0].startswith("名册没有导入：")
    assert facts["bad check"][-1][3] == SAID["roster_formula"].format(text="=1+1")


def test_a_new_workbook_takes_the_people_along(told: dict[str, Any]) -> None:
    facts = told["new"]
    made = "月度服务明星（柜员）-2026-10.xlsx"
    assert facts["said"] == SAID["new_carried"].format(name=made, n=5)
    assert facts["books"] == ["九月 填报.xlsx", made]
    assert facts["honours"] == [["007", "王静"], ["0400", "刘洋"], [None, None]]
    assert facts["wrong"].startswith("考核期间“2026Q3”不对")
    assert "方案.xlsx 写不了（" in facts["unwritten"]
    assert facts["status"] is False


def test_the_years_workbooks_come_from_its_results(told: dict[str, Any]) -> None:
    facts = told["year"]
    made = "年度服务明星支行推荐-2025.xlsx"
    assert facts["nothing"] == SAID["no_past"].format(problem="")
    assert facts["said"] == SAID["annual_made"].format(names=made)
    assert facts["books"] == ["九月 填报.xlsx", made]
    assert facts["honours"] == 2


def test_the_selected_persons_points_are_explained(told: dict[str, Any]) -> None:
    facts = told["why"]
    lines = said(facts)
    assert lines[0] == "0012 李敏 郑东支行"
    assert any(line.startswith("总分") and line.endswith("77.26") for line in lines)
    assert facts["nobody"] == SAID["no_person"].format(id_label="工号")
    assert facts["files"] == ["九月 填报.xlsx"]


def test_seal_and_verify_work_on_the_file(told: dict[str, Any]) -> None:
    facts = told["sealing"]
    assert facts["said"] == "已定稿：九月 填报 定稿.xlsx，第 1 版，未签名：只能发现误改。"
    assert facts["verified"].startswith("复核通过：兴业银行郑州分行 2026-09")
    assert facts["unsealed"].startswith("复核不通过：")
    assert facts["sheets"] == TEMPLATE


def test_what_is_sealed_goes_to_head_office_and_is_merged(told: dict[str, Any]) -> None:
    facts = told["head_office"]
    assert "改为写出 .eml" in facts["sent"]
    assert facts["draft"].startswith("Subject: =?utf-8?")
    assert facts["merged"] == SAID["merged"].format(
        name="汇总-收到.xlsx", outcome="收到 1 个文件，计入 1 份，没有错误和提醒"
    )
    assert facts["scheme"] == SAID["new_scheme"].format(name="方案.xlsx")
    assert facts["books"] == ["九月 填报.xlsx", "九月.xlsx", "汇总-收到.xlsx", "方案.xlsx"]


def test_everything_is_printed_and_kept_as_one_pdf(told: dict[str, Any]) -> None:
    facts = told["printing"]
    printed = ["排名", "入选", "奖励与考察", "图表", "公告"]
    assert facts["before"] == SAID["nothing_to_print"]
    assert facts["printed"] == [printed]
    assert facts["pdf"] == printed
    assert set(facts["visible"]) == {-1}
    assert said(facts) == ["PDF：九月 填报.pdf。", "已打印 排名、入选、奖励与考察、图表、公告。"]
