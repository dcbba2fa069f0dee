"""The custom functions' Chinese texts: the help that Excel and LibreOffice show, and what a cell says when it cannot
be computed. docs/functions.md is made of the same texts.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "CATEGORY",
    "HELP",
    "MESSAGES",
    "NOT_RATED",
    "NO_NUMBER",
    "NO_REASON",
    "PENDING",
    "PROVISIONAL",
    "TIED",
    "Argument",
    "FunctionHelp",
]

CATEGORY = "服务明星评选"


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: its name in the function, its short Chinese name, what to give, whether it may be left out."""

    name: str
    title: str
    text: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class FunctionHelp:
    """One function: what it does and gives, its arguments in order, and an example with its result."""

    name: str
    text: str
    arguments: tuple[Argument, ...]
    example: str
    gives: str


_SCHEME = Argument("scheme", "方案", "方案编号，或写有编号的格子，如“设置”中的方案；自己的方案：表“方案”从 A1 起的区域")
_HEADERS = Argument("headers", "列名", "数据区的表头：一行列名，可用指标的编号或名称")
_ROWS = Argument("rows", "数据", "数据区：每人（网点）一行，列与表头一一对应；空行得空白")
_PART = Argument("part", "项目", "指标的编号或名称；“*”为全部指标并列；不写为总分", optional=True)
_SETTINGS = Argument("settings", "设置", "“设置”中的两列：项目和填写（考核期间等）；不写用方案的默认值", optional=True)
_POOL = Argument("pool", "分组", "各行的分组（如网点），在组内比较；不写为全体一组", optional=True)

HELP = (
    FunctionHelp(
        "STARSCORE",
        "按方案计算得分：每行一个数。不参评的得“不参评”；有误的行得以 # 开头的说明，只影响本行。",
        (_SCHEME, _HEADERS, _ROWS, _PART, _SETTINGS),
        "=STARSCORE(设置!$B$5,指标!$A$4:$Y$4,指标!$A$5:$Y$44,,设置!$A$5:$B$14)",
        "每人的总分",
    ),
    FunctionHelp(
        "STARELIGIBLE",
        "不能当选的原因，一行一个；符合条件的得空白。参数与 STARSCORE 相同。",
        (_SCHEME, _HEADERS, _ROWS, _PART, _SETTINGS),
        "=STARELIGIBLE(设置!$B$5,指标!$A$4:$Y$4,指标!$A$5:$Y$44,,设置!$A$5:$B$14)",
        "空白，或如“不符合“从事前台柜员岗位满三个月”（第六条(一)1）”",
    ),
    FunctionHelp(
        "STARWHY",
        "一个人的得分是怎么来的：每项的依据、规则、算式和得数。",
        (
            _SCHEME,
            _HEADERS,
            _ROWS,
            Argument("row", "行", "数据区的第几行（数字，从 1 起），或此人的编号（文本）"),
            Argument("part", "项目", "指标的编号或名称；不写为全部", optional=True),
            _SETTINGS,
        ),
        '=STARWHY(设置!$B$5,指标!$A$4:$Y$4,指标!$A$5:$Y$44,1,"业务量",设置!$A$5:$B$14)',
        "如“业务量（第九条(三)）：本组最高者得10分，…；900 ÷ 最高 1000 × 10；9.00”",
    ),
    FunctionHelp(
        "STARRATIO",
        "按比例得分：最高（或最低）者得满分，其余按比例。不四舍五入。",
        (
            Argument("values", "数值", "一列数值；空白得空白"),
            Argument("base", "基准分", "满分，大于 0"),
            Argument("lowest_best", "以低为好", "是：最低者得满分；不写或否：最高者得满分", optional=True),
            Argument(
                "zero_rule",
                "折算方法",
                "以低为好时：inverse（不写即此）、excess、linear、complement，含义见方案的设置",
                optional=True,
            ),
            _POOL,
        ),
        "=STARRATIO({1000;900;500},10)",
        "10、9、5",
    ),
    FunctionHelp(
        "STARDEDUCT",
        "扣分：基准分减去次数乘每次分值，扣完为止。空白为 0 次。",
        (
            Argument("base", "基准分", "不扣时的分数"),
            Argument("counts", "次数", "一列或几列次数，一列一种事项"),
            Argument("points", "分值", "每种事项每次扣几分，与次数的列一一对应；不带负号"),
        ),
        "=STARDEDUCT(10,{0,1;1,2;3,0},{5,3})",
        "7、0、0",
    ),
    FunctionHelp(
        "STARBONUS",
        "加分：次数乘每次分值之和，可设上限。空白为 0 次。",
        (
            Argument("counts", "次数", "一列或几列次数，一列一种事项"),
            Argument("points", "分值", "每种事项每次加几分，与次数的列一一对应"),
            Argument("cap", "上限", "最高加几分；不写为不设上限", optional=True),
        ),
        "=STARBONUS({1,0;2,1},{2,5},8)",
        "2、8",
    ),
    FunctionHelp(
        "STARINSPECT",
        "检查得分：（各次成绩之和－合格分×次数）÷（（100－合格分）×次数）×基准分，限于 0 至基准分。",
        (
            Argument("scores", "检查成绩", "一次一列，百分制；空白为没有检查，不计次数；整行空白得空白"),
            Argument("base", "基准分", "满分，大于 0"),
            Argument("pass_mark", "合格分", "得 0 分的成绩，不写为 60", optional=True),
        ),
        "=STARINSPECT({80,90;60,100},20)",
        "12.5、10",
    ),
    FunctionHelp(
        "STARSKILL",
        "综合成绩：理论成绩×比重＋各项技能的平均×（1－比重）。缺一项即不算，得空白。",
        (
            Argument("theory", "理论成绩", "一列成绩"),
            Argument("skills", "技能成绩", "一列或几列成绩，一项一列"),
            Argument("theory_weight", "理论比重", "0 至 1，不写为 0.5", optional=True),
        ),
        "=STARSKILL({80;90},{70,90;60,80})",
        "80、80",
    ),
    FunctionHelp(
        "STARRANK",
        "名次：由高到低，同分同名次（1、2、2、4）。没有分数的、不符合条件的得空白。",
        (
            Argument("totals", "总分", "一列总分，可直接用 STARSCORE 的结果"),
            _POOL,
            Argument(
                "eligible",
                "符合条件",
                "空白、是为符合；否或任何原因为不符合，可直接用 STARELIGIBLE 的结果；不写为都符合",
                optional=True,
            ),
        ),
        "=STARRANK({95;90;90;80})",
        "1、2、2、4",
    ),
    FunctionHelp(
        "STARQUOTA",
        "名额：按规则由人数（网点数）得名额。",
        (
            Argument("rule", "规则", "“1”、“10% floor”（舍去；ceil 进一，half_up 四舍五入）或分档“5:1 9:2 15:3 +5:1”"),
            Argument("n", "人数", "一个数或一列数，整数"),
        ),
        '=STARQUOTA("5:1 9:2 15:3 +5:1",16)',
        "4",
    ),
    FunctionHelp(
        "STARPICK",
        "入选名单：总分由高到低取满名额。名额处相同而分不出的，标“（并列待定）”，都不占名额。",
        (
            Argument("ids", "编号", "一列编号"),
            Argument("totals", "总分", "一列总分；没有分数的不入选"),
            Argument("seats", "名额", "整数"),
            Argument("prefer", "优先", "同分时优先的：是、否，或数值（大者优先）", optional=True),
        ),
        '=STARPICK({"甲";"乙";"丙"},{90;95;90},1)',
        "乙",
    ),
    FunctionHelp(
        "STARWORKDAY",
        "某日之后第 n 个工作日（当日不计；n 为负则往前）。按国务院放假和调休安排；尚未公布的年份标“（暂定）”。",
        (
            Argument("date", "日期", "一个日期或一列日期"),
            Argument("n", "天数", "整数，如公示五个工作日填 5"),
        ),
        "=STARWORKDAY(DATE(2026,9,24),5)",
        "2026-10-09（把格子设为日期格式）",
    ),
    FunctionHelp("STARVERSION", "本加载项的版本。", (), "=STARVERSION()", "StarScore 及其版本号"),
)

MESSAGES = {
    "internal": "内部错误 {kind}，请把日志交给维护人：{log}",
    "scheme_blank": "没有给出方案编号",
    "scheme_unknown": "没有方案「{name}」；可用：{known}",
    "scheme_bad": "方案不能用：{reason}",
    "panels": "「{title}」由评委评分，公式看不到“选票”：请用 starscore rank 计算",
    "headers_blank": "表头是空的：须给出一行列名",
    "headers_line": "表头须为一行，现为 {height} 行 {width} 列",
    "widths": "表头有 {headers} 列，数据有 {rows} 列，须一一对应",
    "period_needed": "没有考核期间，谁参评、在哪一组就不能确定；在设置中给出",
    "settings_width": "设置须为两列：项目、填写",
    "part": "方案没有项目「{part}」；可用：{known}",
    "row": "行须为 1 至 {height} 的整数，或数据中此人的编号（文本），现为「{row}」",
    "row_blank": "第 {row} 行是空的",
    "line": "「{title}」须为一列，现为 {height} 行 {width} 列",
    "heights": "「{title}」有 {height} 行，应有 {expected} 行",
    "one_cell": "「{title}」须为一个值，现为 {height} 行 {width} 列",
    "blank": "没有给出「{title}」",
    "as_said": "{message}",
    "too_large": "「{title}」数值过大",
    "positive": "「{title}」须大于 0，现为 {value}",
    "not_negative": "「{title}」不得小于 0，现为 {value}",
    "between": "「{title}」须为 {low} 至 {high}，现为 {value}",
    "at_most_100": "「{title}」不得大于 100，现为 {value}",
    "whole": "「{title}」须为不小于 0 的整数，现为 {value}",
    "prefer": "「优先」须为是、否或数值，现为「{value}」",
    "integer": "「{title}」须为整数，现为 {value}",
    "zero_rule": "折算方法「{value}」不对；可用：{known}",
    "points_size": "分值有 {points} 个，次数有 {counts} 列，须一一对应",
    "pick_id": "有总分的行没有编号，或编号看不懂",
    "pick_bad": "第 {row} 行有误，改正后才能定名单：{message}",
    "workday_range": "日期须在 {first} 至 {last} 年，天数不超过 {most}",
}
"""What a cell says, after a #. Templates for ``str.format``."""

NOT_RATED = "不参评"
NO_NUMBER = "—{reason}"
"""No points and nothing amiss: a test not taken yet, no volume and so no error rate."""
NO_REASON = "待定"
PENDING = "登记中有 {n} 项待核实"
TIED = "{id}（并列待定）"
PROVISIONAL = "{day:%Y-%m-%d}（暂定）"
