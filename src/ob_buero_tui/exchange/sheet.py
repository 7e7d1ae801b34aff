"""Reads a list as it stands in a spreadsheet: .xlsx and .ods by python_calamine, .csv by the stdlib.

Every cell becomes the text a German clerk would type: a date 25.11.2026, a time 14:30, a number with a comma.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any

from ob_buero_tui.exchange.apart import ReaderDied, read_apart
from ob_buero_tui.exchange.sheet_csv import read_csv
from ob_buero_tui.exchange.sheet_guard import MAX_COLUMNS, MAX_ROWS, guard_workbook, too_large
from ob_buero_tui.exchange.zip_guard import open_office_zip
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.refusals import Refusal

CELL_LIMIT = limits.SHEET_CELL
MAX_SHEETS, MAX_TEXT = limits.SHEET_SHEETS, limits.SHEET_TEXT
_WHAT = "Die Datei ist keine Liste, die sich lesen lässt."
_ANEW = "Bitte in Excel oder LibreOffice öffnen und noch einmal als .xlsx speichern."
_FORMULA = re.compile(r"\A'(?=[=+@-])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The cells of one sheet.

    Args:
        sheet: Its name, "" where a file has only one.
        rows: Cleaned text of all cells from the first row on, all rows of one length.
        notes: German sentences on what was guessed.
        left_out: German sentences on sheets that have data and were not read.
    """

    sheet: str
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def read_table(data: bytes, ending: str) -> Table:
    """Read the first sheet that has data.

    Args:
        data: Bytes of the file.
        ending: Of the file's name, in lower case with its dot.

    Raises:
        Refusal: it cannot be read, is too large, or has no data.
    """
    if ending == ".csv":
        rows, note = read_csv(data, MAX_ROWS)
        table = Table(sheet="", rows=_tidy(rows), notes=(note,) if note else ())
    else:
        table = _workbook(data, ending)
    if not any(any(row) for row in table.rows):
        raise Refusal(_WHAT, "Sie ist leer.", "Bitte prüfen, ob es die richtige Datei ist.")
    return table


def _workbook(data: bytes, ending: str) -> Table:
    """A workbook, read in a process of its own: its library makes room for cells before it looks at them.

    Raises:
        Refusal: it cannot be read, or is too large.
    """
    open_office_zip(data, _WHAT)
    try:
        sheet, rows, left_out = read_apart("sheet", data, ending)
    except ReaderDied as error:
        why = "Das Lesen brauchte zu viel Zeit oder Speicher, oder ihr Inhalt ist beschädigt."
        raise Refusal(_WHAT, why, _ANEW) from error
    return Table(sheet=sheet, rows=tuple(map(tuple, rows)), left_out=tuple(left_out))


def workbook_here(data: bytes, ending: str) -> tuple[str, tuple[tuple[str, ...], ...], list[str]]:
    """Name and cells of a workbook's first sheet with data, and sentences on the others; for `apart_child`.

    Raises:
        Refusal: it cannot be read, or is too large.
    """
    guard_workbook(data, ending, _WHAT)
    try:
        sheets = _sheets(data)
    except (KeyboardInterrupt, SystemExit, Refusal):
        raise
    except MemoryError as error:
        raise too_large() from error
    except BaseException as error:  # a panic of the Rust library is no Exception
        raise Refusal(_WHAT, "Ihr Inhalt ist beschädigt.", _ANEW) from error
    full = [(clean(name, limit=60), rows) for name, rows in sheets if any(any(row) for row in rows)]
    if not full:
        return "", (), []
    name, rows = full[0]
    left_out = [
        f"Das Blatt „{other}“ mit {plural(sum(map(any, cells)), 'Zeile', 'Zeilen')} wurde nicht gelesen, "
        f"nur „{name}“. Bitte als eigene Datei speichern."
        for other, cells in full[1:]
    ]
    return name if len(sheets) > 1 else "", _tidy(rows), left_out


def all_rows(data: bytes) -> list[list[str]]:
    """The rows of all sheets as they are, to search in them; for `apart_child`.

    Raises:
        Refusal: it cannot be read, or is too large.
    """
    try:
        return [row for _, rows in _sheets(data) for row in rows]
    except (KeyboardInterrupt, SystemExit, Refusal):
        raise
    except BaseException as error:  # a panic of the Rust library is no Exception
        raise Refusal(_WHAT, "Ihr Inhalt ist beschädigt.", _ANEW) from error


def _sheets(data: bytes) -> list[tuple[str, list[list[str]]]]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    if len(book.sheet_names) > MAX_SHEETS:
        raise Refusal("Die Liste ist zu groß.", f"Gelesen werden höchstens {MAX_SHEETS} Blätter.", _ANEW)
    sheets, left = [], MAX_TEXT
    for name in book.sheet_names:
        rows = [
            [_text(cell) for cell in row]
            for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        ]
        left -= sum(len(cell) for row in rows for cell in row)
        if left < 0:
            raise too_large()
        sheets.append((name, rows))
    return sheets


def _text(cell: Any) -> str:
    """One cell as a clerk would type it; midnight of a day is the day."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    if isinstance(cell, int | float):
        return _number(cell)
    if isinstance(cell, datetime):
        midnight = cell.time() == time(0, 0)
        return f"{cell:%d.%m.%Y}" if midnight else f"{cell:%d.%m.%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, timedelta):
        minutes = int(cell.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02}"
    return "" if cell is None else str(cell)


def _number(cell: float) -> str:
    """A number with all the digits that a spreadsheet keeps of it, never in powers of ten."""
    if isinstance(cell, float) and not isfinite(cell):
        return ""
    return f"{Decimal(f'{cell:.15g}'):f}".replace(".", ",")


def _tidy(rows: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Clean all cells, drop empty rows at the end and empty columns at the right."""
    cleaned = [[_cell(cell) for cell in row[:MAX_COLUMNS]] for row in rows]
    while cleaned and not any(cleaned[-1]):
        cleaned.pop()
    width = max((place + 1 for row in cleaned for place, cell in enumerate(row) if cell), default=0)
    return tuple(tuple([*row, *[""] * width][:width]) for row in cleaned)


def _cell(text: str) -> str:
    """A cell without what is no part of its text; the apostrophe that keeps a formula harmless goes."""
    return _FORMULA.sub("", clean(text, multiline=True, limit=CELL_LIMIT).strip(), count=1)
