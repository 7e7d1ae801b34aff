"""What the tables written as .xlsx hold when they are read again."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from ob_buero_tui.exchange.sheet import read_table
from ob_buero_tui.exchange.xlsx_out import SheetOut, write_book

AT = datetime(2026, 11, 25, 8, 42, tzinfo=UTC)
PLAN = SheetOut(
    name="Termine",
    title="Sitzungsplan 2027",
    notes=("Entwurf A",),
    headings=("Datum", "Beginn", "Gremium", "Runde"),
    rows=(
        (date(2027, 1, 12), time(17), "Rat", 1),
        (date(2027, 2, 2), time(16, 30), "=1+1", None),
    ),
    widths=(16, 8, 30, 8),
)


def _book(*sheets: SheetOut) -> bytes:
    return write_book(sheets, title="Sitzungsplan", at=AT)


def _cells(data: bytes, sheet: int = 0) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(sheet).to_python()


def test_dates_and_times_are_read_again_as_what_they_are() -> None:
    rows = _cells(_book(PLAN))
    assert rows[0][0] == "Sitzungsplan 2027"
    assert rows[1][0] == "Entwurf A"
    assert rows[3] == ["Datum", "Beginn", "Gremium", "Runde"]
    assert rows[4][:3] == [date(2027, 1, 12), time(17), "Rat"]


def test_our_own_reader_takes_it_as_a_list() -> None:
    rows = read_table(_book(PLAN), ".xlsx").rows
    assert ("12.01.2027", "17:00", "Rat", "1") in rows


def test_a_text_never_becomes_a_formula_or_a_link() -> None:
    hostile = ("=1+1", "@SUM(1)", "https://example.org/x", "\x1b[31mrot", "{=1}")
    sheet = SheetOut(name="x", headings=("a",), rows=tuple((one,) for one in hostile), widths=(9,))
    data = _book(sheet)
    with ZipFile(io.BytesIO(data)) as packed:
        written = packed.read("xl/worksheets/sheet1.xml").decode()
        assert not any("rels" in name and "sheet1" in name for name in packed.namelist())
    assert "<f>" not in written
    told = [row[0] for row in _cells(data)][1:]
    assert told[0] == "=1+1"
    assert "\x1b" not in told[3]


def test_names_of_sheets_are_made_fit_and_kept_apart() -> None:
    long = "Ausschuss für Schule/Sport [und] Kultur: Termine"
    book = _book(*(SheetOut(name=long, headings=("a",), rows=(), widths=(9,)) for _ in range(3)))
    names = CalamineWorkbook.from_filelike(io.BytesIO(book)).sheet_names
    assert len(set(names)) == 3
    assert all(len(name) <= 31 for name in names)


def test_the_same_tables_give_the_same_bytes() -> None:
    assert _book(PLAN) == _book(PLAN)


def test_a_moment_is_no_cell() -> None:
    with pytest.raises(TypeError):
        _book(SheetOut(name="x", headings=("a",), rows=((datetime(2027, 1, 1),),), widths=(9,)))  # noqa: DTZ001
