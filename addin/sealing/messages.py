"""What sealing and verifying say to people, in one place. Templates for ``str.format``."""

from __future__ import annotations

from calc.problem import Problem, Severity

__all__ = ["BLOCK", "LABELS", "PARTICULARS", "WORDING", "error", "warning"]

LABELS = {
    "format": "格式",
    "contest": "方案",
    "unit": "填报单位",
    "period": "考核期间",
    "revision": "定稿版次",
    "sealed_on": "定稿日期",
    "digest": "校验码（SHA-256）",
    "replaces": "替代的定稿",
    "signer": "签名人",
    "key": "签名公钥",
    "signature": "签名",
    "parts": "封存内容",
}
"""The labels of sheet 定稿."""

BLOCK = {
    "title": "定稿记录",
    "note": "本表由 starscore seal 写出，请勿改动。复核：starscore verify 本文件。",
    "heading": "定稿",
    "first": "第 {revision} 版，{sealed_on} 定稿。工作簿中只有数值，没有公式、宏和外部链接；任何一格改动后复核都会发现。",
    "replaces": "替代校验码为 {replaces} 的上一版。",
    "digest": "校验码（SHA-256）：{digest}",
    "signed": "签名：{name}，公钥指纹 {mark}。是否可信，以复核人的信任名单为准。",
    "unsigned": "未签名：只能发现误改。",
    "verify": "复核：运行 starscore verify 本文件。封存内容在“{sheet}”表。",
}

PARTICULARS = (LABELS["contest"], LABELS["period"], LABELS["unit"])
"""What a seal has in common with the one that it replaces."""

WORDING = frozenset({"不能当选的原因", "说明", "备注", "依据", "规则", "算式、事实"})
"""Columns of the result sheets that only put into words what others say; a later version may word it otherwise."""

_MESSAGES = {
    # Why it is not sealed.
    "tied": "{name}并列待定，尚未裁定",
    "provisional": "{pool}有待核实或待考事项，名单是暂定的",
    "source_unreadable": "被替代的文件不是定稿，或已损坏",
    "replaces_other": "被替代的定稿是另一份：{what}不同",
    # What verifying finds of the seal.
    "no_seal": "这个工作簿没有定稿",
    "newer": "这份定稿的格式是“{format}”，由更新版本的 StarScore 写出",
    "part": "封存内容的这一格被改动",
    "digest": "校验码与封存内容不符：封存内容或校验码被改动",
    "broken": "封存内容残缺，读不出来",
    "field": "“定稿”表缺少“{label}”",
    "unsigned": "未签名：只能发现误改",
    "unknown_key": "签名人“{name}”的公钥（指纹 {mark}）不在信任名单中，等于未签名：只能发现误改",
    "revoked": "签名所用的公钥（{name}，指纹 {mark}）已经作废",
    "forged": "签名不对：不是用所附的公钥对这份定稿签的",
    "required": "未签名：只能发现误改；这里要求有可信的签名",
    # What it finds of the sheets.
    "sheet_gone": "定稿时有工作表“{sheet}”，现在没有",
    "sheet_added": "定稿时没有工作表“{sheet}”",
    "sheet_moved": "工作表的次序变了：定稿时为 {sealed}",
    "cell": "定稿时为“{sealed}”，现在为“{now}”",
    "cell_gone": "定稿时为“{sealed}”，现在是空白",
    "cell_added": "定稿时是空白，现在为“{now}”",
    "formula": "定稿中没有公式，这一格现在是公式",
    "hidden": "有隐藏的行、列或整张表；定稿时都是显示的",
    # What recomputing finds.
    "scheme_broken": "封存的方案全文不能用：{message}",
    "scheme_altered": "封存的方案全文与本机同版本的方案“{id}”{version} 不同",
    "scheme_sheet": "表“方案”与封存的方案全文不同",
    "scheme_strange": "本机没有方案“{id}”的版本 {version}，按封存的方案全文重算",
    "result_missing": "没有结果表“{sheet}”，无法与重算比较",
    "column_missing": "结果表没有“{label}”列，无法与重算比较",
    "recomputed": "「{label}」定稿为“{sealed}”，按封存的数据和方案重算为“{again}”",
}

_HINTS = {
    "tied": "在“裁定”中写明由谁当选，再定稿",
    "source_unreadable": "--replaces 须是上一版定稿，且复核无误",
    "replaces_other": "核对 --replaces 的文件",
    "no_seal": "先用 starscore seal 定稿",
    "newer": "升级 StarScore 后再复核",
    "part": "向发件人索取原件",
    "digest": "向发件人索取原件",
    "broken": "向发件人索取原件",
    "unsigned": "要防止有意改动，请发件人设置密钥后重新定稿",
    "unknown_key": "与发件人核对指纹，无误后用 starscore key trust 加入名单",
    "revoked": "请发件人用现用的密钥重新定稿",
    "forged": "向发件人索取原件",
    "required": "请发件人设置密钥后重新定稿，或先把其公钥加入信任名单",
    "hidden": "取消隐藏和筛选再看",
    "scheme_strange": "向方案的发布者核对该版本",
    "scheme_altered": "用本机的方案重新计算，或向发布者核对",
}


def error(sheet: str, cell: str, key: str, /, **values: object) -> Problem:
    """An error of the table."""
    return _problem(Severity.ERROR, (sheet, cell), key, values)


def warning(sheet: str, cell: str, key: str, /, **values: object) -> Problem:
    """A warning of the table."""
    return _problem(Severity.WARNING, (sheet, cell), key, values)


def _problem(severity: Severity, place: tuple[str, str], key: str, values: dict[str, object]) -> Problem:
    return Problem.of(severity, place, (_MESSAGES[key], _HINTS.get(key, "")), values)
