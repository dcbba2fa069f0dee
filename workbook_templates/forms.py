"""The forms (附件) that go with a recommendation: an A4 page for each winner, ready to be signed and stamped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from calc.methods.base import show
from calc.period import Period, period_label
from calc.result import Result, RowResult, TraceLine
from calc.scheme import Form, Scheme
from calc.scheme.contests import full_id, honour_contests
from calc.submission import Entry, Submission
from calc.words import PERIODS
from workbook_templates import styles
from workbook_templates.layout import WORDS
from workbook_templates.notice import open_ends
from workbook_templates.page import set_text

__all__ = ["Case", "write_form"]

_TITLE, _TEXT, _LABEL = Font(name="黑体", size=18), Font(name="仿宋", size=12), Font(name="黑体", size=12)
_SMALL, _DRAFT = Font(name="仿宋", size=10.5), Font(name="黑体", size=12, color="C00000")
_COLUMNS, _WIDTH = 6, 11.5
"""The boxes of a line, and how wide each is: together within the page also where the fonts are not Excel's."""
_TIGHT = 0.75
"""Of a line's width what text takes up that is wrapped: a line may end early, before a bracket or a number."""
_PAGE, _SOURCE = 735.0, 52.0
"""The points of height that an A4 page has between its margins, and what the line with the document takes of it."""
_SIGNED, _SIGNED_LEAST = 74.0, 54.0
"""The height of a box to sign and stamp in, and what it has at least where the page is full."""
_MOST_LINES = 20
"""So many lines of a report stand in one cell: Excel allows 409 points, and a page breaks between cells only."""
_STAMP = "\n签名：　　　　　　　（盖章）　　　　　年　　月　　日"
_STATUS = {meaning: word for word, meaning in WORDS["status"].items()}


@dataclass(frozen=True, slots=True)
class Case:
    """What the forms are filled from. ``result`` has its trace; ``reports`` are the reports of deeds by id."""

    scheme: Scheme
    submission: Submission
    result: Result
    unit: str
    reports: Mapping[str, str] = field(default_factory=dict)

    @property
    def period(self) -> str:
        """The period in words."""
        return period_label(self.result.period)

    def winners(self) -> Iterator[tuple[int, RowResult]]:
        """The winners by rank, with their place in the submission."""
        return ((self.result.rows.index(row), row) for row in self.result.winners())

    def lines(self, n: int, kind: str) -> list[TraceLine]:
        """The trace of the n-th row, of one kind of lines."""
        return [line for line in self.result.trace[n] if line.kind == kind] if self.result.trace else []

    def honours(self, row: RowResult) -> list[tuple[str, str, str, str]]:
        """The row's honours of the period as (period, contest, score, status), in order; the void ones too."""
        titles, now = honour_contests(self.scheme), Period.parse(self.result.period)
        found = []
        for honour in self.submission.honours:
            period = Period.parse(str(honour.period.value or ""))
            contest = full_id(self.scheme, str(honour.contest.value or ""))
            if period is None or now is None or str(honour.id.value) != row.id or contest not in titles:
                continue
            if now.start <= period.start and period.end <= now.end and contest != self.scheme.id:
                status = _STATUS.get(str(honour.status.value), "")
                found.append((period, (period.label, titles[contest], _shown(honour.score), status)))
        return [words for _, words in sorted(found)]


def _shown(entry: Entry) -> str:
    value = entry.value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.date):
        return f"{value.year}年{value.month}月{value.day}日"
    return show(value) if isinstance(value, Decimal) else str(value or "")


class _Box(NamedTuple):
    """A cell over some of the columns."""

    text: str
    columns: int
    font: Font = _TEXT
    align: styles.Align = "center"
    typed: bool = False
    """Somebody may write in it."""


class _Paper:
    """A sheet that is written from above."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet, self.row = sheet, 1
        self.height = 0.0
        """What the page has so far."""
        for n in range(1, _COLUMNS + 1):
            sheet.column_dimensions[get_column_letter(n)].width = _WIDTH

    def line(self, boxes: Iterable[_Box], height: float = 0, *, framed: bool = True) -> None:
        """A row of boxes, as high as its text needs and at least ``height``."""
        column, most = 1, height or 22.0
        for box in boxes:
            cell = self.sheet.cell(self.row, column)
            set_text(cell, box.text)
            for n in range(column, column + box.columns):
                styles.dress(
                    self.sheet.cell(self.row, n),
                    box.font,
                    border=styles.BOX if framed else None,
                    alignment=styles.aligned(box.align),
                    protection=styles.OPEN if box.typed else styles.LOCKED,
                    number_format="@" if box.typed and box.columns == 1 else "General",
                )
            if box.columns > 1:
                self.sheet.merge_cells(
                    start_row=self.row, end_row=self.row, start_column=column, end_column=column + box.columns - 1
                )
            if not box.text:
                column += box.columns
                continue
            size = float(box.font.size or 11)
            room = box.columns * _WIDTH * 10.5 / size
            lines = styles.lines_needed(box.text, room if styles.text_width(box.text) < room else room * _TIGHT)
            most = max(most, lines * size * 1.35 + 8)
            column += box.columns
        self.sheet.row_dimensions[self.row].height = styles.row_height(most)
        self.row, self.height = self.row + 1, self.height + most

    def band(self, text: str, font: Font, align: styles.Align = "left", height: float = 0) -> None:
        """A line of text over the whole width, without a frame."""
        self.line([_Box(text, _COLUMNS, font, align)], height, framed=False)

    def end_page(self) -> None:
        """What follows stands on the next page."""
        self.sheet.row_breaks.append(Break(id=self.row - 1))
        self.height = 0


def write_form(sheet: Worksheet, form: Form, case: Case) -> None:
    """Write a form on an empty sheet, for each winner on a page of its own. What may still change says so in red."""
    paper = _Paper(sheet)
    winners = list(case.winners())
    body = _recommendation if form.kind == "recommendation" else _criteria
    warning = open_ends(case.scheme, case.result, Period.parse(case.result.period))
    for place, (n, row) in enumerate(winners):
        if place:
            paper.end_page()
        _head(paper, form, case, warning)
        body(paper, form, case, n, row)
    if not winners:
        _head(paper, form, case, warning)
        paper.line([_Box("本期没有推荐对象。", _COLUMNS)], 60)
    _set_up(sheet, paper.row - 1)


def _head(paper: _Paper, form: Form, case: Case, warning: str) -> None:
    paper.band(form.sheet, _LABEL, height=22)
    if warning:
        paper.band(f"草稿，不得上报：{warning}", _DRAFT)
    paper.band(f"{case.scheme.organisation}{form.title}", _TITLE, "center", 40)
    paper.band(
        f"推荐单位：{case.unit or case.scheme.organisation}　　　　推荐{PERIODS[case.scheme.period][0]}：{case.period}",
        _TEXT,
    )


def _identity(case: Case, n: int, row: RowResult) -> list[tuple[str, str]]:
    """Label and value of what the roster says."""
    subject = case.scheme.subject
    known = [(subject.name_label, row.name), (subject.id_label, row.id)]
    for measure in case.scheme.measure:
        if measure.sheet == "roster" and measure.id in case.submission.measures:
            known.append((measure.label, _shown(case.submission.measures[measure.id][n])))
    return known


def _recommendation(paper: _Paper, form: Form, case: Case, n: int, row: RowResult) -> None:
    pairs = [(label, value, False) for label, value in _identity(case, n, row)]
    pairs += [(label, "", True) for label in form.fields]
    while len(pairs) % 3:
        pairs.append(("", "", True))
    for start in range(0, len(pairs), 3):
        boxes = []
        for label, value, typed in pairs[start : start + 3]:
            boxes += [_Box(label, 1, _LABEL), _Box(value, 1, typed=typed)]
        paper.line(boxes, 30)
    if honour_contests(case.scheme):
        standing = [(when, score) for when, _, score, status in case.honours(row) if status == _STATUS["won"]]
        won = [f"{when}（{score}分）" if score else when for when, score in standing]
        paper.line([_Box("季度荣誉", 1, _LABEL), _Box("、".join(won), 5, align="left")], 30)
    reached = [f"{line.label}：{line.value}" for line in case.lines(n, "indicator")]
    paper.line([_Box("评选结果", 1, _LABEL), _Box(f"名次：{row.rank}　　{'　　'.join(reached)}", 5, align="left")], 30)
    label = next((measure.label for measure in case.scheme.measure if measure.id == form.report), "先进事迹")
    _report(
        paper, label, case.reports.get(row.id, ""), left=_PAGE - paper.height - _SIGNED * len(form.opinions) - _SOURCE
    )
    room = (_PAGE - paper.height - _SOURCE) / max(1, len(form.opinions))
    for opinion in form.opinions:
        boxes = [_Box(opinion, 1, _LABEL), _Box(_STAMP, 5, align="right", typed=True)]
        paper.line(boxes, min(_SIGNED, max(_SIGNED_LEAST, room)))
    paper.band(f"依据：{case.scheme.source}{form.clause}", _SMALL)


def _report(paper: _Paper, heading: str, text: str, left: float) -> None:
    """The report of deeds: as high as the page leaves room for; a long one goes on below, and on the next page."""
    parts: list[list[str]] = [[]]
    filled = 0
    for piece, lines in _pieces(text):
        if filled + lines > _MOST_LINES:
            parts.append([])
            filled = 0
        parts[-1].append(piece)
        filled += lines
    least = max(120.0, left) if len(parts) == 1 else 0
    for n, part in enumerate(parts):
        label = "（续）" if n else heading
        paper.line([_Box(label, 1, _LABEL), _Box("\n".join(part), 5, align="left", typed=True)], least)


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    """The paragraphs, each indented, with the lines they take; one too long for a cell in pieces."""
    signs = int((5 * _WIDTH - 1) * 10.5 / 12 / 2)
    for paragraph in filter(None, (line.strip() for line in text.split("\n"))):
        whole = f"　　{paragraph}"
        for start in range(0, len(whole), signs * _MOST_LINES):
            piece = whole[start : start + signs * _MOST_LINES]
            yield piece, styles.lines_needed(piece, 2 * signs)


def _criteria(paper: _Paper, form: Form, case: Case, n: int, row: RowResult) -> None:
    who = "　　".join(f"{label}：{value}" for label, value in _identity(case, n, row))
    paper.band(who, _TEXT, height=26)
    _table(paper, (1, 1, 3, 1), ("推荐条件", "依据", "情况", "结论"), [
        (line.label, line.clause, line.arithmetic, line.value) for line in case.lines(n, "requirement")
    ])  # fmt: skip
    _table(paper, (1, 1, 3, 1), ("评选标准", "依据", "算式", "得数"), [
        (line.label, line.clause, line.arithmetic, line.value)
        for kind in ("indicator", "rank") for line in case.lines(n, kind)
    ])  # fmt: skip
    _table(paper, (2, 2, 1, 1), ("期间", "荣誉", "得分", "状态"), case.honours(row))
    signed = "　　　　　　　".join(f"{opinion}：" for opinion in form.opinions)
    paper.band(f"{signed}　　　　　　年　　月　　日", _TEXT, height=34)
    paper.band(f"依据：{case.scheme.source}{form.clause}", _SMALL)


def _table(paper: _Paper, spans: Sequence[int], headings: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    paper.line([_Box(text, span, _LABEL) for text, span in zip(headings, spans, strict=True)], 26)
    for line in lines:
        paper.line([_Box(text, span, _SMALL) for text, span in zip(line, spans, strict=True)])
    paper.band("", _TEXT, height=8)


def _set_up(sheet: Worksheet, last_row: int) -> None:
    """A4 at full size: fitted to the page, Excel would not heed the breaks between the pages."""
    styles.set_up_page(sheet, landscape=False, last_column=get_column_letter(_COLUMNS), last_row=last_row,
                       header_row=None)  # fmt: skip
    sheet.sheet_properties.pageSetUpPr.fitToPage = False
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = None
    sheet.page_setup.scale = 100
    sheet.page_margins.left = sheet.page_margins.right = 0.75
    sheet.sheet_view.showGridLines = False
    sheet.protection.sheet = True
    sheet.protection.formatRows = sheet.protection.formatColumns = False
