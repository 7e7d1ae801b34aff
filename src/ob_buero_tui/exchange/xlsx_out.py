"""Tables as an .xlsx file: dates stay dates, texts stay texts, and no cell is ever a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, TypeAlias

from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Cell: TypeAlias = str | int | date | time | None
CELL_LIMIT = limits.SHEET_CELL
"""A spreadsheet takes 32,767 characters in a cell."""
NAME_LIMIT = 31
"""A spreadsheet takes 31 characters in the name of a sheet."""
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_DATE, _TIME = "[$-407]ddd dd\\.mm\\.yyyy", "hh:mm"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetOut:
    """One sheet: a table below its title.

    Args:
        name: The name of the sheet; what a spreadsheet does not take is replaced.
        title: Stands above the table.
        notes: Lines below the title.
        headings: The heads of the columns; they stay in sight and are printed on every page.
        rows: The cells; an empty one is None.
        widths: Of the columns, in characters.
    """

    name: str
    title: str = ""
    notes: tuple[str, ...] = ()
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]


def write_book(sheets: Sequence[SheetOut], *, title: str, at: datetime) -> bytes:
    """Write sheets as one .xlsx file.

    Args:
        sheets: At least one.
        title: What the file calls itself.
        at: When it is made; the same input gives the same bytes.
    """
    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": clean(title), "created": at.replace(tzinfo=None, microsecond=0)})
    formats = _formats(book)
    taken: set[str] = set()
    for sheet in sheets:
        _write(book.add_worksheet(_name(sheet.name, taken)), sheet, formats)
    book.close()
    return made.getvalue()


def _formats(book: Workbook) -> dict[str, Format]:
    top = {"valign": "top"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "note": book.add_format({"font_color": "#444444"}),
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, **top}),
        "text": book.add_format({"text_wrap": True, **top}),
        "date": book.add_format({"num_format": _DATE, "align": "left", **top}),
        "time": book.add_format({"num_format": _TIME, "align": "left", **top}),
    }


def _write(page: Worksheet, sheet: SheetOut, formats: dict[str, Format]) -> None:
    head = 0
    for text, look in ((sheet.title, "title"), *((note, "note") for note in sheet.notes)):
        if text:
            page.write_string(head, 0, clean(text, limit=CELL_LIMIT), formats[look])
            head += 1
    head += 1 if head else 0
    for column, text in enumerate(sheet.headings):
        page.write_string(head, column, clean(text, limit=CELL_LIMIT), formats["head"])
    for row, cells in enumerate(sheet.rows, start=head + 1):
        for column, cell in enumerate(cells):
            _put(page, row, column, cell, formats)
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    page.freeze_panes(head + 1, 0)
    page.repeat_rows(head)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&RSeite &P von &N")
    if sheet.rows and sheet.headings:
        page.autofilter(head, 0, head + len(sheet.rows), len(sheet.headings) - 1)


def _put(page: Worksheet, row: int, column: int, cell: Cell, formats: dict[str, Format]) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        text = clean(cell, multiline=True, limit=CELL_LIMIT)
        page.write_string(row, column, text, formats["text"])
    elif isinstance(cell, datetime):
        raise TypeError("a cell holds a date or a time, not both")
    elif isinstance(cell, date):
        page.write_datetime(row, column, cell, formats["date"])
    elif isinstance(cell, time):
        page.write_datetime(row, column, cell.replace(tzinfo=None), formats["time"])
    else:
        page.write_number(row, column, cell, formats["text"])


def _name(wanted: str, taken: set[str]) -> str:
    """A name that a spreadsheet takes, and that no other sheet of the file has."""
    stem = _NOT_IN_NAMES.sub("-", clean(wanted)).strip() or "Tabelle"
    name, number = stem[:NAME_LIMIT], 1
    while name.casefold() in taken:
        number += 1
        end = f" {number}"
        name = stem[: NAME_LIMIT - len(end)] + end
    taken.add(name.casefold())
    return name
