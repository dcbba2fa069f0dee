"""The actions' Chinese labels, in the order of the ribbon and of LibreOffice's menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["GROUPS", "LABELS", "Label"]

Group = Literal["prepare", "reckon", "publish", "final", "help"]

GROUPS: dict[Group, str] = {
    "prepare": "准备",
    "reckon": "计算",
    "publish": "公布",
    "final": "定稿报送",
    "help": "帮助",
}
"""The groups of buttons, in order."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a button says: its label, its group, and what it does in a sentence."""

    label: str
    group: Group
    supertip: str


LABELS: dict[str, Label] = {
    "new": Label("新建", "prepare", "按选定的方案和期间新建填报工作簿；在填好的工作簿中使用时带出名册和各项决定。"),
    "new_scheme": Label("新建方案", "prepare", "新建一张“方案”表，在小例子上改成自己的评选办法；填好后点“新建”。"),
    "import_roster": Label("导入名册", "prepare", "从 .xlsx 或 .csv 文件读入人员，填到“名册”和“指标”。"),
    "check": Label("检查", "reckon", "逐格检查填报的数据，错误和提醒列在工作表“检查”。"),
    "compute": Label("计算", "reckon", "检查并计算，写出排名、入选、核算、图表、公告和附件。"),
    "monthly": Label("月度评选", "reckon", "计算月度评选，打开入选名单。"),
    "quarterly": Label("季度排名", "reckon", "计算季度评选，打开排名表。"),
    "winners": Label("入选名单", "reckon", "计算并打开入选名单。"),
    "annual": Label("年度评选", "reckon", "计算年度评选；在其他工作簿中使用时，由全年的季度结果生成年度评选的工作簿。"),
    "notice": Label("公告/公示", "publish", "计算并打开可以张贴的公告或公示。"),
    "forms": Label("推荐表", "publish", "计算并打开附件：给每个入选者填好的推荐表、审批表。"),
    "print_all": Label("全部打印", "publish", "打印全部结果表，并在工作簿旁存一份 PDF。"),
    "seal": Label("定稿", "final", "把结果存成只有数值、带校验码的定稿；有错误或未决事项时不定稿。"),
    "verify": Label("复核", "final", "检查定稿后有没有改动，并重算每项得分、名次和入选。"),
    "send": Label(
        "发送总行", "final", "写好带定稿的邮件：在 Outlook 中打开草稿，没有 Outlook 则存成 .eml；由您看过后发送。"
    ),
    "merge": Label("汇总", "final", "逐份复核一个文件夹里收到的工作簿，写出名次、各单位情况和谁还没有报。"),
    "why": Label("说明此得分", "help", "说明光标所在行的得分和名次是怎么来的。"),
    "diagnose": Label("诊断", "help", "检查加载项能否正常工作，逐项说明原因和办法。"),
}
"""By action."""
