"""What merging says to people, in one place. Templates for ``str.format``."""

from __future__ import annotations

from calc.problem import Problem, Severity

__all__ = ["COLUMNS", "HINTS", "NOTES", "NOT_ELIGIBLE", "SHEETS", "SIGNATURES", "STATES", "TITLES", "error", "warning"]

SHEETS = {"senders": "汇总情况", "branches": "{title}·{group}", "hints": "值得再看", "problems": "检查"}
"""The sheets of the merged workbook, besides one for each contest."""

TITLES = {
    "senders": "报送与汇总情况",
    "ranking": "{title}　{place}",
    "branches": "{title}　{group}情况",
    "hints": "值得再看一眼的地方",
    "problems": "汇总时发现的问题",
    "contest": "方案：{contest}　　版本：{version}　　考核期间：{period}",
    "means": "各{group}平均总分（前 {n} 个）",
    "shares": "各{group}当选人数占比（%，前 {n} 个）",
}

NOTES = {
    "senders": "应报 {wanted} 份，计入 {counted} 份，缺 {missing} 份；收到 {files} 个文件。",
    "senders_unlisted": "收到 {files} 个文件，计入 {counted} 份；没有应报名单，不知道还缺谁。",
    "ranking": "{place}按总分{order}，同分同名次；本组名次和结果是各单位定稿中的，{place}不改变名额。",
    "unranked": "本评选不按总分排名，这里不排{place}；本组名次和结果是各单位定稿中的。",
    "relative": "{labels}是与本组或本单位的人相比得出的分（如按最好者折算），各单位的最好者不同，"
    "同样的分在各地不是同样的成绩，{place}仅供参考。",
    "branches": "平均、最高、最低按有总分的人计算，平均四舍五入到两位小数；按平均总分由高到低排列。",
    "hints": "以下只是提示，不是结论：数字本身没有错，原因可能完全正当，请向报送单位了解。",
    "problems": "共 {errors} 条错误、{warnings} 条提醒。有错误的文件没有计入。",
    "none": "没有",
}

COLUMNS = {
    "branch": "分行",
    "own_branch": "单位",
    "unit": "填报单位",
    "contest": "评选",
    "state": "情况",
    "revision": "版次",
    "sealed_on": "定稿日期",
    "signature": "签名",
    "people": "人数",
    "winners": "当选",
    "file": "文件",
    "digest": "校验码",
    "place": "全国名次",
    "own_place": "总名次",
    "rank": "本组名次",
    "total": "总分",
    "outcome": "结果",
    "missing": "未计入",
    "counted": "计入",
    "scored": "有总分",
    "mean": "平均总分",
    "high": "最高",
    "low": "最低",
    "share": "当选占比（%）",
    "mean_of": "{label}平均",
    "last": "上期平均",
    "kind": "方面",
    "hint": "说明",
    "severity": "级别",
    "cell": "位置",
    "message": "问题",
    "advice": "怎么办",
}

STATES = {
    "not_sent": "未报",
    "not_counted": "已报，未计入",
    "counted": "计入",
    "older": "旧版，未计入",
    "duplicate": "重复，未计入",
    "undecided": "分不出先后，未计入",
    "other_period": "别的期间，未计入",
    "other_version": "别的方案版本，未计入",
    "unsound": "有错误，未计入",
    "unreadable": "读不出，未计入",
}

NOT_ELIGIBLE = "不符合条件"
"""How somebody came out who has a total and no rank."""

SIGNATURES = {
    "trusted": "可信：{signer}",
    "unknown": "不在名单：{signer}",
    "unsigned": "未签名",
    "revoked": "公钥作废：{signer}",
    "forged": "签名不对",
    "": "未定稿",
}

HINTS = {
    "alike_totals_name": "总分都差不多",
    "alike_totals": "{n} 人的总分在 {low} 至 {high} 之间；各单位最高与最低通常相差 {usual}",
    "alike_points_name": "得分全相同",
    "alike_points": "{n} 人的{label}都是 {low}；别的单位很少这样",
    "undeducted_name": "无人扣分",
    "undeducted": "{n} 人的{label}都没有扣分；总体有 {share}% 的人扣分",
    "jump_name": "比上期变动大",
    "jump": "平均总分由上期的 {last} 变为 {now}；各分行通常变动 {middle}",
}
"""By kind, the text of a hint and its short name."""

_MESSAGES = {
    # Of one file.
    "no_unit": "没有填报单位，不知道是谁报的",
    "no_period": "没有考核期间",
    "unsealed": "没有定稿，报送之后可能改过",
    "unsettled": "有 {n} 处待核实、待考或并列未裁定，名单是暂定的",
    "more_errors": "另有 {n} 条错误未列出",
    "own_fault": "读这个文件时程序出错：{reason}",
    "lost": "读这个文件时进程中断（可能内存不足），没有读成",
    # Of the files together.
    "other_period": "考核期间是 {found}，这次汇总的是 {wanted}",
    "other_version": "用的是方案“{title}”{found} 版，这次汇总的是 {wanted} 版",
    "duplicate": "与 {other} 内容相同，只计一份",
    "older": "第 {revision} 版已由第 {newest} 版（{other}）替代，不计入",
    "undecided": "{unit}的这一份与 {other} 版次、定稿日期相同而内容不同，分不出先后，都没有计入",
    "undecided_unsealed": "{unit}的这一份与 {other} 内容不同，都没有定稿，分不出先后，都没有计入",
    "sealed_instead": "{unit}另有定稿 {other}，未定稿的这一份不计入",
    "stranger": "{unit}不在应报名单中",
    "not_sent": "{unit}没有报送{title}",
    "not_counted": "{unit}报送的{title}没有一份可以计入",
    "nothing": "文件夹里没有可以汇总的工作簿",
    # Of the list and the last workbook.
    "list_no_unit": "应报名单没有“填报单位”列",
    "list_contest": "没有评选“{name}”，应填方案编号或名称",
    "list_twice": "{unit}在应报名单中重复",
    "last_unreadable": "上期的汇总读不出各分行的平均分",
}

_HINTS = {
    "no_unit": "请报送单位在“设置”填写填报单位后重报",
    "no_period": "请报送单位在“设置”填写考核期间后重报",
    "unsealed": "请报送单位定稿后重报",
    "unsettled": "请报送单位处理后定稿重报",
    "own_fault": "把这个文件和这条消息发给维护人员",
    "lost": "关闭其他程序后再汇总一次；仍不行，请报送单位重报",
    "other_period": "请报送单位重报本期的；要汇总另一期，请用 --period",
    "other_version": "请报送单位用统一版本的方案重新计算、定稿",
    "undecided": "问清以哪一份为准，把另一份移出文件夹",
    "undecided_unsealed": "问清以哪一份为准，把另一份移出文件夹",
    "stranger": "核对单位名称；应报的请加进名单",
    "not_sent": "催报",
    "not_counted": "按该单位各文件的说明处理后重报",
    "list_no_unit": "第一行写列名：填报单位；可另有：分行、评选",
    "list_contest": "评选列留空表示所有评选",
    "last_unreadable": "--last 须是上期 starscore merge 写出的工作簿",
}


def error(file: str, key: str, /, *, cell: str = "", **values: object) -> Problem:
    """An error of the table, about a file."""
    return Problem.of(Severity.ERROR, (file, cell), (_MESSAGES[key], _HINTS.get(key, "")), values)


def warning(file: str, key: str, /, **values: object) -> Problem:
    """A warning of the table, about a file."""
    return Problem.of(Severity.WARNING, (file, ""), (_MESSAGES[key], _HINTS.get(key, "")), values)
