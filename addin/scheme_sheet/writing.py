"""A scheme on sheet 方案."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from addin.scheme_sheet.blocks import (
    BLOCKS,
    MAIN,
    NUMERALS,
    REST,
    WIDTHS,
    Block,
    FormBlock,
    ListBlock,
    form_key,
    form_word,
    header,
    main_key,
)
from addin.scheme_sheet.reading_text import BLANK_MEANS_EMPTY
from addin.scheme_sheet.references import Names, names_in
from addin.scheme_sheet.shapes import Either, Flag, Key, Number, Shape, Variants, Words, keys_of, model_of
from addin.scheme_sheet.words import HINTS, NO, YES
from addin.scheme_sheet.writing_text import write, write_table
from workbook_templates import styles
from workbook_templates.entry_table import comment_size
from workbook_templates.layout import SHEET
from workbook_templates.page import set_text

__all__ = ["range_of", "write_scheme"]

COLUMNS = len(WIDTHS)
_LETTERS = "ABCDEFGHI"
_FIRST = 4
_VALUE, _VALUE_END, _HINT = 2, 6, 7
"""Where a form's values and hints stand."""
_ROOM = 40
_LINE, _PAGE = 15.0, 640.0
"""Points that a blank line takes, and that fit on a page of this width."""
_LONGEST_LIST = 255
"""Signs that a drop-down list may have."""

_TITLE = "评选方案"
_NOTE = (
    "浅黄色的格子可以填写，一块一个题目，用不到的块空着；要加行就在块内插入。写法：甲、乙 是并列的几样；"
    "名称：值；名称：值 是几项设定；【名称】 取同名设置项的值；「…」 是照原样的文字。"
    "填好后用 starscore scheme check 检查。"
)

Content = Mapping[str, Any]
Value = str | int | float | None


def write_scheme(sheet: Worksheet, content: Content) -> None:
    """Write a scheme's content on an empty sheet; every setting stays open."""
    for letter, width in zip(_LETTERS, WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    names = names_in(content)
    _head(sheet)
    row = _FIRST
    starts = []
    for n, block in enumerate(BLOCKS, start=1):
        starts.append(row)
        row = _heading(sheet, row, n, block)
        if isinstance(block, ListBlock):
            row = _list(sheet, row, block, content.get(block.key, ()), names)
        else:
            row = _form(sheet, row, block, content, names)
        row += 1
    _break_pages(sheet, [*starts, row])
    sheet.sheet_view.showGridLines = False
    sheet.freeze_panes = f"A{_FIRST}"
    styles.set_up_page(sheet, landscape=True, last_column=_LETTERS[-1], last_row=row - 2, header_row=None)
    sheet.protection.sheet = True
    for freedom in ("formatColumns", "formatRows", "formatCells", "insertRows", "deleteRows"):
        setattr(sheet.protection, freedom, False)


def range_of(content: Content) -> str:
    """The range of the sheet that a custom function takes, with room for rows that are added below."""
    rows = _FIRST + sum(1 + _height(block, content) + 1 for block in BLOCKS)
    return f"{SHEET.scheme}!$A$1:${_LETTERS[-1]}${rows + _ROOM}"


def _height(block: Block, content: Content) -> int:
    if isinstance(block, FormBlock):
        return len(block.rows)
    return 1 + len(content.get(block.key, ())) + block.spare


def _break_pages(sheet: Worksheet, starts: Sequence[int]) -> None:
    """A page ends before a block that would not fit on the rest of it."""
    used = sum(sheet.row_dimensions[row].height or _LINE for row in range(1, starts[0]))
    for first, after in pairwise(starts):
        height = sum(sheet.row_dimensions[row].height or _LINE for row in range(first, after))
        if used + height > _PAGE >= height:
            sheet.row_breaks.append(Break(id=first - 1))
            used = 0
        used = (used + height) % _PAGE


def _head(sheet: Worksheet) -> None:
    for row, text, font, align in ((1, _TITLE, styles.TITLE, "center"), (2, _NOTE, styles.NOTE, "left")):
        sheet.merge_cells(f"A{row}:{_LETTERS[-1]}{row}")
        cell = sheet.cell(row, 1)
        set_text(cell, text)
        styles.dress(cell, font, alignment=styles.aligned(align))
    sheet.row_dimensions[1].height = 30
    sheet.row_dimensions[2].height = styles.LINE_HEIGHT * styles.lines_needed(_NOTE, sum(WIDTHS)) + 4


def _heading(sheet: Worksheet, row: int, number: int, block: Block) -> int:
    """The heading of a block, and its note beside it; the row after it."""
    sheet.merge_cells(f"B{row}:{_LETTERS[-1]}{row}")
    for column in range(1, COLUMNS + 1):
        styles.dress(sheet.cell(row, column), styles.BOLD, fill=styles.GROUP, border=styles.BOX)
    set_text(sheet.cell(row, 1), f"{_numeral(number)}、{block.title}")
    set_text(sheet.cell(row, 2), block.note)
    sheet.cell(row, 2).font = styles.NOTE
    lines = styles.lines_needed(block.note, sum(WIDTHS[1:]))
    sheet.row_dimensions[row].height = max(20, styles.LINE_HEIGHT * lines + 6)
    return row + 1


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else f"{NUMERALS[tens - 1]}十")
    return head + (NUMERALS[ones - 1] if ones else "")


def _list(sheet: Worksheet, row: int, block: ListBlock, entries: Sequence[Content], names: Names) -> int:
    """Headers and entries of a list; the row after them."""
    for place, column in enumerate(block.columns, start=1):
        cell = sheet.cell(row, place)
        set_text(cell, header(block, column) if column else "")
        styles.dress(cell, styles.BOLD, fill=styles.HEADER, border=styles.BOX, alignment=styles.aligned("center"))
        if column and (hint := _column_hint(block, column)):
            cell.comment = Comment(hint, "StarScore")
            cell.comment.width, cell.comment.height = comment_size(hint)
    sheet.row_dimensions[row].height = 20
    first = row + 1
    for n in range(len(entries) + block.spare):
        row += 1
        line = _cells(block, entries[n] if n < len(entries) else {}, names)
        _line(sheet, row, {place: value for place, value in enumerate(line, start=1) if block.columns[place - 1]})
    for place, column in enumerate(block.columns, start=1):
        shape = _column_shape(block, column)
        if shape is not None:
            _offer(sheet, shape, f"{_LETTERS[place - 1]}{first}:{_LETTERS[place - 1]}{row}")
    return row + 1


def _cells(block: ListBlock, entry: Content, names: Names) -> Iterator[Value]:
    """The cells of one entry."""
    shape = block.entry
    tag = entry.get(shape.tag, "") if isinstance(shape, Variants) else ""
    main = main_key(block, tag)
    model = model_of(shape, entry)
    keys: Mapping[str, Key] = {} if model is None else keys_of(model)
    own = frozenset({*block.columns, main if MAIN in block.columns else ""})
    for column in block.columns:
        key = main if column == MAIN else column
        if column == REST:
            yield write_table(shape, entry, names, own) if entry else None
        elif key == getattr(shape, "tag", None):
            yield _tag_word(shape, entry)
        else:
            yield _content(keys[key], entry[key], names) if key in entry else None


def _tag_word(shape: Shape, entry: Content) -> str | None:
    return shape.words[entry[shape.tag]] if isinstance(shape, Variants) and entry else None


def _content(key: Key, value: Any, names: Names) -> Value:
    """What stands in the cell of a key."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and _takes_number(key.shape):
        short = len(Decimal(value).as_tuple().digits) <= 15
        if short:
            return float(value) if isinstance(value, Decimal) else value
    text = write(key.shape, value, names, cell=True)
    may_be_blank = key.default == "" or key.name in BLANK_MEANS_EMPTY
    return text if text or may_be_blank else "「」"


def _takes_number(shape: Shape) -> bool:
    return isinstance(shape, Number) or (isinstance(shape, Either) and any(map(_takes_number, shape.of)))


def _form(sheet: Worksheet, row: int, block: FormBlock, content: Content, names: Names) -> int:
    """The rows of a form; the row after them."""
    for path in block.rows:
        model, key = form_key(path)
        part = content if len(path) == 1 else content.get(path[0], {})
        value = _content(key, part[key.name], names) if key.name in part else None
        _form_row(sheet, row, form_word(path), value, _hint(model, key))
        _offer(sheet, key.shape, f"{_LETTERS[_VALUE - 1]}{row}")
        row += 1
    return row


def _form_row(sheet: Worksheet, row: int, label: str, value: Value, hint: str) -> None:
    last = _LETTERS[-1]
    sheet.merge_cells(f"{_LETTERS[_VALUE - 1]}{row}:{_LETTERS[_VALUE_END - 1]}{row}")
    sheet.merge_cells(f"{_LETTERS[_HINT - 1]}{row}:{last}{row}")
    for column in range(1, COLUMNS + 1):
        typed = _VALUE <= column <= _VALUE_END
        styles.dress(
            sheet.cell(row, column),
            styles.BODY if column < _HINT else styles.NOTE,
            fill=styles.INPUT if typed else None,
            border=styles.BOX,
            alignment=styles.aligned("left"),
            protection=styles.OPEN if typed else styles.LOCKED,
            number_format="@" if typed and not isinstance(value, int | float) else "General",
        )
    _put(sheet.cell(row, 1), label)
    _put(sheet.cell(row, _VALUE), value)
    _put(sheet.cell(row, _HINT), hint)
    widths = (WIDTHS[0], sum(WIDTHS[_VALUE - 1 : _VALUE_END]), sum(WIDTHS[_HINT - 1 :]))
    lines = max(styles.lines_needed(str(text or ""), width) for text, width in zip((label, value, hint), widths,
                                                                                   strict=True))  # fmt: skip
    sheet.row_dimensions[row].height = styles.row_height(max(18, styles.LINE_HEIGHT * lines + 4))


def _line(sheet: Worksheet, row: int, values: Mapping[int, Value]) -> None:
    lines = 1
    for column in range(1, COLUMNS + 1):
        cell, value, open_ = sheet.cell(row, column), values.get(column), column in values
        number = isinstance(value, int | float)
        styles.dress(
            cell,
            styles.BODY if column < COLUMNS - 1 else styles.NOTE,
            fill=styles.INPUT if open_ else styles.COMPUTED,
            border=styles.BOX,
            alignment=styles.aligned("center" if column in (2, 3, 4) else "left"),
            protection=styles.OPEN if open_ else styles.LOCKED,
            number_format="General" if number or column == 3 else "@",
        )
        _put(cell, value)
        lines = max(lines, styles.lines_needed(str(value or ""), WIDTHS[column - 1]))
    sheet.row_dimensions[row].height = styles.row_height(max(18, styles.LINE_HEIGHT * lines + 4))


def _put(cell: Cell, value: Value) -> None:
    if isinstance(value, str):
        set_text(cell, value)
    elif value is not None:
        cell.value = value


def _column_shape(block: ListBlock, column: str) -> Shape | None:
    """The shape of a column that stands for one key."""
    shape = block.entry
    if column in ("", MAIN, REST):
        return None
    if isinstance(shape, Variants):
        if column == shape.tag:
            return Words(shape.words)
        return keys_of(next(iter(shape.models.values())))[column].shape
    return keys_of(shape.model)[column].shape


def _column_hint(block: ListBlock, column: str) -> str:
    if column == "id":
        return "可不填，自动编号；一经使用不要改。"
    shape = _column_shape(block, column)
    return "" if shape is None else _choices_hint(shape)


def _hint(model: str, key: Key) -> str:
    said = HINTS.get(f"{model}.{key.name}", "")
    choices = _choices_hint(key.shape)
    return "；".join(part for part in (said, choices) if part)


def _choices_hint(shape: Shape) -> str:
    offered = _offered(shape)
    return f"可填：{'、'.join(offered)}" if offered else ""


def _offered(shape: Shape) -> tuple[str, ...]:
    """The words that a list offers."""
    if isinstance(shape, Words):
        return tuple(shape.words.values())
    if isinstance(shape, Flag):
        return (YES, NO)
    if isinstance(shape, Either):
        return tuple(word for each in shape.of for word in _offered(each))
    return ()


def _offer(sheet: Worksheet, shape: Shape, cells: str) -> None:
    """A drop-down list of the choices; something else may be typed, such as a setting's name."""
    offered = _offered(shape)
    text = ",".join(offered)
    if offered and len(text) <= _LONGEST_LIST:
        rule = DataValidation("list", formula1=f'"{text}"', allow_blank=True, showErrorMessage=False)
        sheet.add_data_validation(rule)
        rule.add(cells)
