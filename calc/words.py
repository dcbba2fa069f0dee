"""What the calculation says to people, in one place. Templates for ``str.format``."""

from __future__ import annotations

__all__ = ["HINTS", "PROBLEMS", "REASONS", "TRACE", "ask"]

PROBLEMS = {
    "period_missing": "没有填写考核期间",
    "period_kind": "考核期间「{period}」不对：本方案按{kind}评选",
    "no_rows": "没有任何{subject}的数据",
    "setting_unknown": "方案没有设置项「{name}」",
    "id_missing": "没有{id_label}",
    "id_twice": "{id_label}「{id}」重复出现",
    "column_missing": "没有「{label}」列（{id}）",
    "value_missing": "{name}没有填「{label}」",
    "value_pending": "{name}的「{label}」空白，按未考（待考）处理",
    "column_blank": "「{label}」整列空白，视为本期没有举行",
    "value_range": "{name}的「{label}」为 {value}，超出 {low} 至 {high}",
    "value_large": "{name}的「{label}」为 {value}，数值过大",
    "not_defined": "{name}没有{other}，也就没有{label}",
    "not_defined_typed": "{name}没有{other}，所填的{label} {value} 不起作用",
    "event_person": "登记的{id_label}「{id}」不在名册中，不知影响谁，名单暂缓",
    "event_person_alike": "登记的{id_label}「{id}」不在名册中，是否应为「{alike}」？不知影响谁，名单暂缓",
    "event_person_blank": "登记的事项没有写{id_label}，不知影响谁，名单暂缓",
    "event_kind": "方案没有事项「{kind}」，不知如何计算，名单暂缓",
    "event_kind_blank": "登记的一行没有写事项，不知如何计算，名单暂缓",
    "event_count": "次数 {count} 不对：须为不小于 0 的整数",
    "event_points_missing": "「{label}」没有写分值",
    "event_points_negative": "「{label}」的分值 {points} 不对：须为不小于 0 的数",
    "event_points_unused": "「{label}」按次计分，所填分值 {points} 不起作用",
    "event_pending": "{name}的「{label}」{confirmation}未填，暂不计算",
    "event_outside": "{name}的「{label}」日期 {date} 不在{period}内，不计算",
    "pool_of_one": "{pool}只有一人，平均值就是本人，不可能{label}，本期无人可当选",
    "ruling_contest": "裁定写的是别的评选「{contest}」，本评选不采用",
    "ruling_kind": "裁定种类「{kind}」看不懂",
    "ruling_decision": "裁定「{kind}」的决定「{decision}」看不懂；可填：{choices}",
    "ruling_person": "裁定的{id_label}「{id}」不在名册中",
    "ruling_idle": "裁定没有作用：{name}不在并列待定之列",
    "ruling_idle_winner": "裁定没有作用：{name}按规则本来没有当选",
    "ruling_twice": "{name}有两条互相矛盾的并列裁定",
    "ruling_seats": "裁定给了 {given} 个名额，{pool}并列处只有 {left} 个",
    "ruling_pool": "裁定的分组「{pool}」不在数据中",
    "lot_seed": "并列须抽签，但没有填抽签种子",
    "honour_period": "荣誉的期间「{period}」看不懂",
}

HINTS = {
    "period_missing": "在“设置”中填写，例：{example}",
    "period_kind": "例：{example}",
    "no_rows": "在“名册”和“指标”中填写{subject}",
    "id_missing": "每行都要有{id_label}；多余的行请清空",
    "id_twice": "改正其中一行的{id_label}，或删去多余的一行",
    "column_missing": "补上这一列；列名须与模板相同",
    "value_missing": "补填这一格",
    "value_range": "改正这一格；单位：{unit}",
    "value_large": "改正这一格",
    "value_pending": "补考后填写成绩；在此之前名单为暂定",
    "event_person": "核对{id_label}（注意前面的 0）",
    "event_person_alike": "核对{id_label}，前面的 0 不能少；格子先设为“文本”再填",
    "event_person_blank": "补填{id_label}",
    "event_kind": "从下拉列表中选择",
    "event_kind_blank": "从下拉列表中选择",
    "event_count": "填整数，空白为 1 次",
    "event_points_missing": "由网点酌情定分，填在“分值”列",
    "event_points_negative": "扣几分填几分，不带负号",
    "event_pending": "查实后填“是”或“否”",
    "event_outside": "核对日期；属于别的期间的，登记到那一期",
    "pool_of_one": "按实施细则，本期此项空缺",
    "ruling_person": "核对{id_label}",
    "ruling_seats": "只裁定剩余名额数的人当选",
    "lot_seed": "在“设置”中填写抽签种子",
    "column_blank": "确实没有举行就不必理会；举行了的请补填",
    "not_defined": "没有业务可以不填；填漏了的请补上",
    "not_defined_typed": "核对两格",
}

REASONS = {
    "bad": "数据有误：{labels}，改正后再评",
    "bad_events": "登记的事项",
    "undefined": "无{label}（{other}为零或空白）",
    "pending_value": "待考：{labels}",
    "failed": "不符合“{label}”（{clause}）",
    "pending": "待核实：{label}（{clause}）",
    "barred": "上一评选周期被取消资格，本期不得参评（{clause}）",
}

TRACE = {
    "missing": "缺数据，无法计算",
    "pending": "待定，暂不计算",
    "undefined": "无此项数据，不计算",
    "met": "符合",
    "failed": "不符合",
    "unknown": "数据有误，无法判断",
    "requirement_pending": "待核实",
    "total_rule": "各项得分之和",
    "total": "总分",
    "rank": "名次",
    "rank_rule": "按总分由高到低，在{pool}符合条件的 {n} 人中",
    "rank_none": "不参加排名",
    "outcome": "结果",
    "winner": "当选",
    "tied": "并列待定",
    "not_winner": "未当选",
    "withheld": "名单暂缓：本组有数据错误",
    "provisional": "暂定：本组有待核实或待考事项",
    "ruled_out": "按规则本应当选；裁定取消（{kind}），不递补",
    "ruled_in": "并列，经裁定当选",
    "ruled_off": "并列，经裁定不当选",
    "lot_in": "并列，抽签当选（种子 {seed}）",
    "lot_off": "并列，抽签未中（种子 {seed}）",
    "excluded": "并列者都不当选",
    "included": "并列者都当选",
    "tie_break": "并列，按{by}定先后",
    "seats_ruled": "经批准名额为 {seats} 名",
}

CONFIRMATIONS = {"verified": "核实", "at_fault": "责任"}


def ask(table: dict[str, str], key: str, **values: object) -> str:
    """The text of a table with its values filled in; empty where the table has none for the key."""
    return table.get(key, "").format(**values)
