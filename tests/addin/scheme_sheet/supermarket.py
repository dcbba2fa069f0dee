"""A supermarket's own contest, typed as its clerk would: the starter's sheet written over, then a month filled in.

Cashiers, shelf stockers and the service desk are measured by different things; each post has a star.
"""

import datetime as dt
from pathlib import Path

from openpyxl import Workbook, load_workbook

from addin.scheme_sheet.reading import SheetScheme, read_scheme_sheet
from addin.scheme_sheet.workbook import contest_workbook, new_scheme_workbook
from tests.addin.scheme_sheet.sheets import cell_of, grid_of
from workbook_templates.save import save_workbook

PEOPLE = (("001", "张敏", "收银员"), ("002", "李娜", "收银员"), ("003", "王芳", "收银员"), ("101", "赵强", "理货员"),
          ("102", "钱伟", "理货员"), ("201", "孙丽", "服务台"), ("202", "周静", "服务台"))  # fmt: skip
MONTH = {"001": (90, 820, None, None), "002": (88, 870, None, None), "003": (95, 900, None, None),
         "101": (85, None, 92, None), "102": (90, None, 88, None), "201": (92, None, None, 96.5),
         "202": (91, None, None, 98)}  # fmt: skip
EVENTS = (("002", "收银差错", 1, None), ("001", "顾客表扬", 2, None), ("101", "顾客投诉", 1, "是"))
# By hand: service × 0.4 + (piece rate / 900, shelf / 100 or contented / 100) × 30 + 20 − 5 a complaint + 10 − 2 a
# lateness − 1 a till error + 2 a praise.
TOTALS = {
    "001": "97.33",  # 36 + 27.33 + 20 + 10 + 4
    "002": "93.20",  # 35.2 + 29 + 20 + 9
    "003": "98.00",  # 38 + 30 + 20 + 10; in the shop for two months only
    "101": "86.60",  # 34 + 27.6 + 15 + 10
    "102": "92.40",  # 36 + 26.4 + 20 + 10
    "201": "95.75",  # 36.8 + 28.95 + 20 + 10
    "202": "95.80",  # 36.4 + 29.4 + 20 + 10
}
WINNERS = ["001", "102", "202"]


def scheme_book() -> Workbook:
    """Sheet 方案 as the clerk leaves it, with signs of half width here and there and no ids."""
    book = new_scheme_workbook()
    sheet = book["方案"]

    def row(block: str, label: str) -> int:
        return cell_of(book, label, below=block)[0]

    def fill(at: int, *values: object) -> None:
        for column, value in enumerate(values, start=1):
            sheet.cell(at, column).value = value

    def add(block: str, *values: object) -> None:
        at = row(block, "名称")
        while sheet.cell(at, 1).value:
            at += 1
        fill(at, *values)

    for label, value in (("评选名称", "门店月度之星"), ("组织单位", "惠民超市"), ("满分", None)):
        sheet.cell(row("基本情况", label), 2).value = value
    fill(row("填报列", "工作量"), "扫码件数", "数字", "件/小时", "可以空白", None, "最低：0", None, "收银员填")
    add("填报列", "陈列检查", "数字", "分", "可以空白", None, "最低:0;最高:100", None, "理货员填")
    add("填报列", "满意度", "百分率", "%", "可以空白", None, None, None, "服务台填")
    add("登记事项", "收银差错")
    fill(row("评分指标", "工作业绩"), "收银速度", None, 30, "与最优者成比例", "扫码件数", "优者:最高；没有数据时:得0分")
    add("评分指标", "陈列", None, 30, "按满值折算", "陈列检查", "满值：100；没有数据时：得0分")
    add("评分指标", "顾客满意", None, 30, "公式", "if(missing(满意度), 0, 满意度 / 100 * 30)")
    sheet.cell(row("评分指标", "出勤纪律"), 5).value = "迟到早退：2；收银差错：1"
    return book


def scheme() -> SheetScheme:
    return read_scheme_sheet(grid_of(scheme_book()))


def september(folder: Path) -> Path:
    """The month's workbook, made from the scheme and filled in; it carries the scheme."""
    path = folder / "九月.xlsx"
    save_workbook(contest_workbook(scheme()), path)
    book = load_workbook(path)
    for row in range(5, 12):
        if book["设置"].cell(row, 1).value in ("填报单位", "考核期间"):
            book["设置"].cell(row, 2).value = {"填报单位": "人民路店"}.get(book["设置"].cell(row, 1).value, "2026-09")
    since = {"003": dt.date(2026, 8, 1)}
    _type(book, "名册", [dict(zip(("工号", "姓名", "岗位"), person, strict=True)) | {
        "入职日期": since.get(person[0], dt.date(2025, 3, 1))} for person in PEOPLE])  # fmt: skip
    columns = ("服务评分", "扫码件数", "陈列检查", "满意度")
    _type(book, "指标", [{"工号": i, **dict(zip(columns, typed, strict=True))} for i, typed in MONTH.items()])
    labels = ("工号", "事项", "次数", "是否核实")
    day = dt.date(2026, 9, 8)
    _type(book, "登记", [{"日期": day, **dict(zip(labels, event, strict=True))} for event in EVENTS])
    book.save(path)
    return path


def _type(book: Workbook, name: str, rows: list[dict[str, object]]) -> None:
    places = {cell.value: cell.column for cell in book[name][4]}
    for n, row in enumerate(rows, start=5):
        for label, value in row.items():
            book[name].cell(n, places[label]).value = value
