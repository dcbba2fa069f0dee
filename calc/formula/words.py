"""What formulas say to people, in one place. Templates for ``str.format``."""

from __future__ import annotations

__all__ = ["AGGREGATES", "ARGUMENTS", "CALLS", "FORMS", "MISTAKES", "MODES", "SHOWN", "WITHIN"]

MISTAKES = {
    "place": "公式第 {n} 个字符处：{message}（{excerpt}）",
    "here": "此处",
    "length": "公式长 {n} 个字符，最多 {most} 个",
    "depth": "括号套得太深，最多 {most} 层",
    "sign": "不认识的符号“{sign}”；列用编号（id），不用名称",
    "number": "数字位数过多，最多 {most} 位",
    "percent": "“%”须紧跟在数字之后，如 10%",
    "operand": "这里缺一个数、列的编号或括号",
    "rest": "这里多出内容，或者前面缺运算符",
    "closing": "这里缺“)”",
    "chain": "连续比较只能同向，如 60 <= x < 80；其他写法请用 and 连接",
    "power_sign": "负数的乘方有歧义，请加括号：-(x^2) 或 (-x)^2",
    "power_chain": "连续乘方有歧义，请加括号：(a^b)^c 或 a^(b^c)",
    "function": "没有函数 {name}；可用：{known}",
    "function_alike": "没有函数 {name}；是否应为 {alike}？",
    "bare_function": "函数 {name} 后面须有括号",
    "arguments": "{name} 要 {wanted}，现有 {n} 个",
    "if_pairs": "if 须写成 if(条件, 值, 否则)，或 if(条件1, 值1, 条件2, 值2, …, 否则)",
    "round": "round 须写明位数和方式：round(x, 2, half_up)；方式有 {modes}",
    "round_digits": "位数须为 -6 至 9 的整数",
    "round_mode": "须写明取舍方式：{modes}",
    "clamp": "下限 {low} 高于上限 {high}",
    "choice_stdev": "stdev 须写明 population（总体，除以个数）或 sample（样本，除以个数减一），如 stdev(x, sample)",
    "choice_order": "{name} 须写明以高为优 highest 还是以低为优 lowest，如 {name}(x, highest)",
    "aggregate": "{name} 须写成 {form}",
    "key": "{name} 没有 {key}= 这一项；可用：{known}",
    "key_twice": "{key}= 写了两次",
    "by": "by= 后须为 pool、all 或文字列的编号",
    "ties": "ties= 后须为 competition（1、2、2、4）、mean（1、2.5、2.5、4）或 dense（1、2、2、3）",
    "unknown": "没有列 {name}",
    "unknown_alike": "没有列 {name}；是否应为 {alike}？",
    "text": "列 {name} 是文字，不能计算；分组请写 by={name}",
    "date": "列 {name} 是日期，不能计算",
    "many": "{name} 有多列，公式里不能直接用",
    "need_number": "这里须为数，却是条件（是否）；请写 if(条件, 值, 否则)",
    "need_yes_no": "这里须为条件（是否），却是数；请与一个数比较",
    "branches": "if 的各个结果须同为数或同为条件",
}

ARGUMENTS = {"exactly": "{low} 个参数", "at_least": "至少 {low} 个参数"}

FORMS = {
    "": "{name}(x)，可加 by=、where=",
    "count": "count(x) 或 count(where=条件)，可加 by=",
    "rank": "rank(x, highest) 或 rank(x, lowest)，可加 by=、where=、ties=",
}

CALLS = {
    "min": "最小",
    "max": "最大",
    "abs": "绝对值",
    "floor": "向下取整",
    "ceil": "向上取整",
    "sqrt": "平方根",
    "ln": "自然对数",
    "clamp": "限于上下限",
    "first": "先有者",
    "missing": "为空",
}

AGGREGATES = {
    "mean": "平均",
    "median": "中位数",
    "sum": "合计",
    "count": "个数",
    "stdev": "标准差",
    "best": "最优",
    "worst": "最差",
    "rank": "名次",
}

WITHIN = {"pool": "本组", "all": "全体", "": "同组"}

MODES = {
    "half_up": "四舍五入",
    "half_even": "四舍六入五成双",
    "floor": "向下舍入",
    "ceil": "向上舍入",
    "truncate": "去尾",
}

SHOWN = {
    "undefined": "无",
    "pending": "待定",
    "bad": "缺",
    "yes": "是",
    "no": "否",
    "event_open": "{count}（另有 {n} 项待核实）",
    "where": "符合条件者",
    "and": "且",
    "or": "或",
    "not": "非",
    "digits": "{digits}位",
    "taken": "{condition} 成立，取 {value}",
    "passed": "{condition} 不成立",
    "stuck": "{condition} 无从判断",
    "otherwise": "取 {value}",
}
