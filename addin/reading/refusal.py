"""Every message about a workbook file, in one table, and the exception that carries one to the reader's door."""

from __future__ import annotations

from enum import Enum

from calc.problem import Problem, Severity

__all__ = ["FileMessage", "Unreadable"]

_SAVE_AS = "请在 Excel 或 WPS 中打开它，另存为“Excel 工作簿（*.xlsx）”后再试。"
_AGAIN = "请用原文件重新复制或让对方重发；能在 Excel 中打开的，另存为新的 .xlsx 后再试。"
_TIDY = "请删除不用的工作表、行列和图片，另存为新的 .xlsx 后再试。"


class FileMessage(Enum):
    """What can be wrong with a file: severity, message, hint. ``{}`` takes the detail, if there is one."""

    # Not there, or not ours to read.
    MISSING = (Severity.ERROR, "找不到这个文件。", "请检查文件名和所在的文件夹。")
    FOLDER = (Severity.ERROR, "这是一个文件夹，不是工作簿。", "请选择文件夹里的 .xlsx 文件。")
    NOT_A_FILE = (Severity.ERROR, "这不是普通文件。", "请选择一个 .xlsx 文件。")
    NO_PERMISSION = (
        Severity.ERROR,
        "没有权限读取这个文件，或它正被别的程序占用。",
        "请关闭打开它的程序，或先把它复制到自己的文件夹。",
    )
    UNREACHABLE = (Severity.ERROR, "读取这个文件时出错（{}）。", "请检查磁盘、U 盘或网络连接，把文件复制到本机后再试。")
    OWNER_FILE = (
        Severity.ERROR,
        "这是 Excel 打开文件时留下的临时文件（~$），不是工作簿。",
        "请选择没有“~$”开头的那个文件。",
    )

    # Some other kind of file under the name of a workbook.
    EMPTY = (Severity.ERROR, "文件是空的（0 字节）。", "请重新复制或让对方重发。")
    PASSWORD = (
        Severity.ERROR,
        "文件有打开密码，读不了。",
        "请先去掉密码：在 Excel 中打开，文件 → 信息 → 保护工作簿 → 用密码进行加密，清空后保存。",
    )
    XLS = (Severity.ERROR, "这是旧版 Excel 文件（.xls 或 .et 格式），不是 .xlsx。", _SAVE_AS)
    XLSB = (Severity.ERROR, "这是二进制工作簿（.xlsb 格式），不是 .xlsx。", _SAVE_AS)
    STRICT = (Severity.ERROR, "这是“Strict Open XML 电子表格”格式的工作簿，读不了。", _SAVE_AS)
    SPREADSHEET_2003 = (Severity.ERROR, "这是“XML 表格 2003”格式的文件，不是 .xlsx。", _SAVE_AS)
    ODS = (Severity.ERROR, "这是 OpenDocument 表格（.ods 格式），不是 .xlsx。", _SAVE_AS)
    HTML = (Severity.ERROR, "这是网页格式的表格，不是 .xlsx。", _SAVE_AS)
    TEXT = (Severity.ERROR, "这是文本文件（如 .csv），不是 .xlsx。", _SAVE_AS)
    WORD = (Severity.ERROR, "这是 Word 文档，不是工作簿。", "请选择 .xlsx 工作簿。")
    POWERPOINT = (Severity.ERROR, "这是 PowerPoint 演示文稿，不是工作簿。", "请选择 .xlsx 工作簿。")
    PDF = (Severity.ERROR, "这是 PDF 文件，不是工作簿。", "请向对方要 .xlsx 原文件。")
    PICTURE = (Severity.ERROR, "这是图片，不是工作簿。", "请向对方要 .xlsx 原文件。")
    ARCHIVE = (Severity.ERROR, "这是压缩包，不是工作簿。", "请先解压，再选择里面的 .xlsx 文件。")
    UNKNOWN = (Severity.ERROR, "这不是 Excel 工作簿，认不出是什么文件。", "请检查是否选错文件；" + _AGAIN)

    # A workbook that is broken, or built to do harm.
    TRUNCATED = (Severity.ERROR, "文件不完整，可能没有复制或下载完。", "请重新复制或让对方重发。")
    DAMAGED = (Severity.ERROR, "文件已损坏，读不出内容。", _AGAIN)
    DAMAGED_SHEET = (Severity.ERROR, "工作表“{}”已损坏，读不出内容。", _AGAIN)
    UNSAFE_XML = (
        Severity.ERROR,
        "文件里有不安全的内容（DOCTYPE 或实体声明），已拒绝读取。",
        "请与发件人核实；" + _AGAIN,
    )
    TOO_LARGE = (Severity.ERROR, "文件太大（超过 {}），已拒绝读取。", _TIDY)
    TOO_MANY_PARTS = (Severity.ERROR, "文件里的部件太多，已拒绝读取。", _TIDY)
    UNPACKS_TOO_LARGE = (Severity.ERROR, "文件解压后太大，可能是恶意文件，已拒绝读取。", "请与发件人核实；" + _TIDY)
    TOO_MANY_CELLS = (Severity.ERROR, "工作簿的单元格太多，已拒绝读取。", _TIDY)
    NO_SHEETS = (Severity.ERROR, "工作簿里没有工作表。", "请检查是否选错文件。")

    # It is read, but look.
    OPEN_ELSEWHERE = (
        Severity.WARNING,
        "文件好像正在 Excel 或 LibreOffice 中打开，读到的是上次保存的内容。",
        "如有改动，请先保存并关闭，再重新读取。",
    )
    LINKS = (
        Severity.WARNING,
        "文件里有指向其他文件的链接（{}），已忽略。",
        "结果只用本文件中保存的数值；取自别处的数，请核对后改填数值。",
    )
    DDE = (
        Severity.WARNING,
        "文件里有 DDE 或 OLE 动态链接，已忽略。",
        "结果只用本文件中保存的数值；不是自己加的，请与发件人核实。",
    )
    CONNECTIONS = (
        Severity.WARNING,
        "文件里有外部数据连接，已忽略。",
        "结果只用本文件中保存的数值；不是自己加的，请与发件人核实。",
    )
    RULES = (
        Severity.WARNING,
        "文件的名称、数据验证或条件格式里有指向文件之外的公式，已忽略，写出的文件中不再有。",
        "它们不影响计算；不是自己加的，请与发件人核实。",
    )
    EMBEDDED = (
        Severity.WARNING,
        "文件里嵌有其他文件或控件，已忽略。",
        "它们不影响计算；不是自己加的，请不要打开，并与发件人核实。",
    )

    def problem(self, file_name: str, detail: str = "") -> Problem:
        """The message as a Problem of the whole file."""
        severity, message, hint = self.value
        return Problem(severity, file_name, "", message.format(detail), hint)


class Unreadable(Exception):  # noqa: N818 - it names the file's state
    """Raised inside the reading modules only; :mod:`addin.workbook_file` turns it into a Problem."""

    def __init__(self, why: FileMessage, detail: str = "") -> None:
        super().__init__(why, detail)
        self.why = why
        self.detail = detail
