"""Spreadsheets and CSV as text: typed cells, charsets, separators, and what must not be opened."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest

from ob_buero_tui.exchange.sheet import read_table
from ob_buero_tui.rules.refusals import Refusal


def book(write: object) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    made = xlsxwriter.Workbook(out)
    write(made)  # type: ignore[operator]
    made.close()
    return out.getvalue()


def test_typed_cells_become_what_a_clerk_types() -> None:
    def write(made: object) -> None:
        made.add_worksheet("leer")  # type: ignore[attr-defined]
        sheet, other = made.add_worksheet("Post"), made.add_worksheet("Alt")  # type: ignore[attr-defined]
        day = made.add_format({"num_format": "dd.mm.yyyy"})  # type: ignore[attr-defined]
        both = made.add_format({"num_format": "dd.mm.yyyy hh:mm"})  # type: ignore[attr-defined]
        sheet.merge_range(0, 0, 0, 3, "Titel")
        sheet.write_datetime(1, 0, date(2026, 11, 25), day)
        sheet.write_datetime(1, 1, datetime(2026, 11, 25, 9, 30), both)  # noqa: DTZ001 wall time of a cell
        sheet.write_datetime(1, 2, time(14, 30), made.add_format({"num_format": "hh:mm"}))  # type: ignore[attr-defined]
        sheet.write_string(1, 3, "01067")
        for place, cell in enumerate((12, 1.5, True)):
            sheet.write(2, place, cell)
        sheet.write_formula(3, 0, "=1+1", None, "")
        sheet.write_formula(3, 1, "=A1", None, "Wert")
        other.write(0, 0, "x")

    table = read_table(book(write), ".xlsx")
    assert table.rows == (
        ("Titel", "", "", ""),
        ("25.11.2026", "25.11.2026 09:30", "14:30", "01067"),
        ("12", "1,5", "ja", ""),
        ("", "Wert", "", ""),
    )
    assert table.sheet == "Post"
    said = "Das Blatt „Alt“ mit 1 Zeile wurde nicht gelesen, nur „Post“. Bitte als eigene Datei speichern."
    assert (table.notes, table.left_out) == ((), (said,))


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_in_every_dress(separator: str, charset: str) -> None:
    lines = [["Näme", "Straße; Nr.", "PLZ"], ["Müller, Änne", "Am Wehr 3", "01067"], ["„Ä“", "", ""]]
    text = "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in lines)
    table = read_table(text.encode(charset), ".csv")
    assert [list(row) for row in table.rows] == lines
    assert bool(table.notes) == (charset in ("cp1252", "utf-16"))


def test_the_line_that_names_the_separator_is_obeyed() -> None:
    assert read_table(b"sep=|\r\na|b\r\n1;2|3\r\n", ".csv").rows == (("a", "b"), ("1;2", "3"))


def test_line_breaks_in_cells_and_harmless_apostrophes() -> None:
    table = read_table(b'a;b\r\n"eins\r\nzwei";\'+49 221\r\n', ".csv")
    assert table.rows[1] == ("eins\nzwei", "+49 221")


@pytest.mark.parametrize(
    ("data", "ending", "why"),
    [
        (b"", ".csv", "leer"),
        (b"\n\n", ".csv", "leer"),
        (b"PK\x03\x04abc", ".csv", "Binärdaten"),
        (b"a\0b", ".csv", "Binärdaten"),
        (b"", ".xlsx", "leer"),
        (b"\0" * 500, ".xlsx", "Nullbytes"),
        (b"a;b", ".xlsx", "beschädigt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xlsx", "verschlüsselt"),
    ],
)
def test_what_is_no_list_is_refused(data: bytes, ending: str, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        read_table(data, ending)


def test_a_zip_without_its_parts_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("irgendwas.txt", "x")
    for ending in (".xlsx", ".ods"):
        with pytest.raises(Refusal, match="beschädigt"):
            read_table(out.getvalue(), ending)


def test_a_cell_at_the_end_of_the_world_never_reaches_the_library() -> None:
    def write(made: object) -> None:
        sheet = made.add_worksheet()  # type: ignore[attr-defined]
        sheet.write(0, 0, "a")
        sheet.write(1_048_575, 16_383, "b")

    with pytest.raises(Refusal, match="Die Liste ist zu groß"):
        read_table(book(write), ".xlsx")


def test_a_repeated_row_with_text_is_refused_an_empty_rest_is_not(tmp_path: Path) -> None:
    from sheet_kit import ods_list

    path = ods_list(tmp_path / "a.ods", [["Name", "Betreff"], ["Erika", "Gruß"]])
    assert read_table(path.read_bytes(), ".ods").rows == (("Name", "Betreff"), ("Erika", "Gruß"))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["content.xml"] = parts["content.xml"].replace(
        b"<table:table-row>", b'<table:table-row table:number-rows-repeated="90000000">', 1
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    with pytest.raises(Refusal, match="Die Liste ist zu groß"):
        read_table(out.getvalue(), ".ods")


def test_a_bomb_is_not_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    with pytest.raises(Refusal, match="ungewöhnlich groß"):
        read_table(out.getvalue(), ".xlsx")
