"""Reads a list as it stands in a spreadsheet: .xlsx and .ods by python_calamine, .csv by the stdlib.

Every cell becomes the text a German clerk would type: a date 25.11.2026, a time 14:30, a number with a comma.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from ob_buero_tui.exchange.sheet_csv import read_csv
from ob_buero_tui.exchange.zip_guard import member, open_office_zip
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import number
from ob_buero_tui.rules.refusals import Refusal

MAX_ROWS, MAX_COLUMNS = 20_000, 200
CELL_LIMIT = 30_000
_WHAT = "Die Datei ist keine Liste, die sich lesen lässt."
_ANEW = "Bitte in Excel oder LibreOffice öffnen und noch einmal als .xlsx speichern."
# Cells with something in them; a formatted one without content says nothing on the size of the list.
_XLSX_CELL = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Z]{1,3})([0-9]{1,7})["'][^>]*(?<!/)>""")
_ODS_ROW = re.compile(rb"""<(?:\w+:)?table-row\b[^>]*?number-rows-repeated=["']([0-9]+)["'][^>]*(?<!/)>""")
_ODS_CELL = re.compile(
    rb"""<(?:\w+:)?table-cell\b[^>]*?number-columns-repeated=["']([0-9]+)["'][^>]*(?<!/)>"""
)
_FORMULA = re.compile(r"\A'(?=[=+@-])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The cells of one sheet.

    Args:
        sheet: Its name, "" where a file has only one.
        rows: Cleaned text of all cells from the first row on, all rows of one length.
        notes: German sentences on what was chosen or guessed.
    """

    sheet: str
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


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
        _guard(data, ending)
        table = _workbook(data)
    if not any(any(row) for row in table.rows):
        raise Refusal(_WHAT, "Sie ist leer.", "Bitte prüfen, ob es die richtige Datei ist.")
    return table


def _guard(data: bytes, ending: str) -> None:
    """Refuse before the library does the work: it makes room for every cell up to the last one used."""
    archive = open_office_zip(data, _WHAT)
    names = archive.namelist()
    if ending == ".ods":
        content = member(archive, "content.xml", _WHAT)
        for limit, pattern in ((MAX_ROWS, _ODS_ROW), (MAX_COLUMNS, _ODS_CELL)):
            for hit in pattern.finditer(content):
                end = content.find(b"</", hit.end())
                rest = content[hit.end() : end if limit == MAX_COLUMNS else content.find(b"-row>", end)]
                if int(hit[1][:9]) > limit and (b"value-type" in hit[0] or b":p>" in rest):
                    raise _too_large()
        return
    for name in names:
        if name.lower().startswith("xl/worksheets/") and name.lower().endswith(".xml"):
            for hit in _XLSX_CELL.finditer(member(archive, name, _WHAT)):
                if int(hit[2]) > MAX_ROWS or _column(hit[1]) > MAX_COLUMNS:
                    raise _too_large()


def _column(letters: bytes) -> int:
    """The number of a column from its letters, A is 1."""
    found = 0
    for letter in letters:
        found = found * 26 + letter - 64
    return found


def _too_large() -> Refusal:
    return Refusal(
        "Die Liste ist zu groß.",
        f"Gelesen werden höchstens {number(MAX_ROWS)} Zeilen und {MAX_COLUMNS} Spalten.",
        "Bitte die Liste auf mehrere Dateien verteilen, zum Beispiel nach Jahren.",
    )


def _workbook(data: bytes) -> Table:
    try:
        sheets = _sheets(data)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the Rust library is no Exception
        raise Refusal(_WHAT, "Ihr Inhalt ist beschädigt.", _ANEW) from error
    full = [(name, rows) for name, rows in sheets if any(any(row) for row in rows)]
    if not full:
        return Table(sheet="", rows=())
    name, rows = full[0]
    named = clean(name, limit=60)
    note = f"Die Datei hat {len(full)} Blätter mit Daten; gelesen wurde „{named}“." if len(full) > 1 else ""
    return Table(sheet=named if len(sheets) > 1 else "", rows=_tidy(rows), notes=(note,) if note else ())


def _sheets(data: bytes) -> list[tuple[str, list[list[str]]]]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [
        (name, [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)])
        for name in book.sheet_names[:50]
        for sheet in [book.get_sheet_by_name(name)]
    ]


def _text(cell: Any) -> str:
    """One cell as a clerk would type it; midnight of a day is the day."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    if isinstance(cell, int | float):
        return str(int(cell)) if float(cell).is_integer() else f"{cell:.10g}".replace(".", ",")
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
