"""docs/functions.md, made of the functions' help texts: ``python -m addin.function_page`` writes it."""

from __future__ import annotations

from pathlib import Path

from addin.function_texts import HELP, FunctionHelp
from workbook_templates.save import save_bytes

__all__ = ["function_page"]

_PAGE = Path(__file__).parents[1] / "docs" / "functions.md"
_HEAD = """# 自定义函数

在 Excel（装有加载项）和 LibreOffice 中名称、参数相同。本页由函数的帮助文本生成（`python -m addin.function_page`），请勿手改。

- 一列进，一列出；一个格子进，一个值出。一次调用算一整列。
- 以 `#` 开头的文字说明哪里不对：某行有误只影响本行，参数有误则各行都显示。
- `—` 开头的文字表示没有得分也没有错误，如 `—待考：技能1`；不参评的显示 `不参评`。
- 数据区的列按编号或名称认，次序不拘；登记的事项一列一种，填计入的次数（酌情的事项填分值），`pending`（待核实）列填尚未核实的项数。
- 百分数：Excel 中百分比格式的格子按所显示的读，`0.12%` 就是 0.12；LibreOffice 的函数看不到格式，差错率须按百分数填 0.12。
- 认不得的列不采用；工作簿中的这种列由 `starscore check` 指出。
"""


def function_page() -> str:
    """The page as Markdown."""
    return "\n".join([_HEAD, *map(_section, HELP)])


def _section(function: FunctionHelp) -> str:
    names = ", ".join(f"[{each.name}]" if each.optional else each.name for each in function.arguments)
    lines = [f"## {function.name}({names})", "", function.text, ""]
    if function.arguments:
        lines += ["| 参数 | 名称 | 说明 |", "|---|---|---|"]
        lines += [
            f"| {each.name}{'（可不写）' if each.optional else ''} | {each.title} | {each.text} |"
            for each in function.arguments
        ]
        lines.append("")
    return "\n".join([*lines, f"例：`{function.example}` → {function.gives}", ""])


if __name__ == "__main__":
    save_bytes(function_page().encode(), _PAGE)
