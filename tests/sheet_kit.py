"""Lists as offices have them, written for the tests of the import."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

HEADS = (
    "lfd. Nr.",
    "Eingang am",
    "Anlass",
    "Name",
    "Verein",
    "E-Mail",
    "Termin",
    "Uhrzeit",
    "Ort",
    "Status",
    "Kosten",
)
ROWS: tuple[tuple[Any, ...], ...] = (
    (1, date(2026, 11, 3), "Grußwort Festschrift", "Erika Beispiel", "Turnverein Ostheim",
     "erika@verein.example.org", date(2027, 3, 5), time(14, 30), "Vereinsheim", "offen", "keine"),
    (2, date(2026, 11, 4), "Einladung Sommerfest", "Karl Muster", "", "", "05.06.2027", "11-13 Uhr",
     "Marktplatz", "erledigt", ""),
    (3, "10.11.2026", "Schirmherrschaft Lauf", "", "Turnverein Ostheim", "", "nach Absprache", "", "",
     "wartet auf Rückruf", "250 €"),
)  # fmt: skip


def csv_list(
    path: Path,
    rows: Sequence[Sequence[Any]] = ROWS,
    heads: Sequence[str] = HEADS,
    *,
    separator: str = ";",
    charset: str = "utf-8-sig",
) -> Path:
    """Write a list as CSV; dates as a clerk writes them."""
    text = io.StringIO(newline="")
    out = csv.writer(text, delimiter=separator)
    out.writerows([list(heads), *[[_written(cell) for cell in row] for row in rows]])
    path.write_bytes(text.getvalue().encode(charset))
    return path


def _written(cell: Any) -> str:
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    return f"{cell:%H:%M}" if isinstance(cell, time) else str(cell)


def xlsx_list(
    path: Path, rows: Sequence[Sequence[Any]] = ROWS, heads: Sequence[str] = HEADS, *, title: str = ""
) -> Path:
    """Write a list as a spreadsheet with typed cells; a title stands above it in merged cells."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": datetime(2026, 11, 25, 9, 42)})  # noqa: DTZ001 the same bytes each time
    book.add_worksheet("Deckblatt")
    sheet = book.add_worksheet("Post")
    day, clock = book.add_format({"num_format": "dd.mm.yyyy"}), book.add_format({"num_format": "hh:mm"})
    first = 0
    if title:
        sheet.merge_range(0, 0, 0, len(heads) - 1, title)
        first = 2
    for index, row in enumerate([heads, *rows], start=first):
        for place, cell in enumerate(row):
            if isinstance(cell, date | datetime):
                sheet.write_datetime(index, place, cell, day)
            elif isinstance(cell, time):
                sheet.write_datetime(index, place, cell, clock)
            else:
                sheet.write(index, place, cell)
    book.close()
    return path


def ods_list(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """Write a list as OpenDocument, with the empty rest of the sheet as LibreOffice writes it."""
    import zipfile

    name = "urn:oasis:names:tc:opendocument:xmlns"
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    rest = (
        '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{name}:office:1.0"'
        f' xmlns:table="{name}:table:1.0" xmlns:text="{name}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Post">{cells}{rest}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), kind)
        archive.writestr(
            zipfile.ZipInfo("META-INF/manifest.xml"),
            f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{name}:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
        archive.writestr(zipfile.ZipInfo("content.xml"), content)
    return path
