"""Tables as CSV: no cell is a formula, and a spreadsheet in Germany opens them right."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ob_buero_tui.exchange.csv_out import harmless, write_table


def read(data: bytes) -> list[list[str]]:
    """The cells of a file."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_table_opens_in_a_german_spreadsheet() -> None:
    data = b"".join(write_table(("Name", "Ort"), [("Müller; Söhne", 'der "Hof"'), ("01234", "")]))
    assert data.startswith(b"\xef\xbb\xbfName;Ort\r\n")
    assert data.endswith(b"\r\n")
    assert read(data) == [["Name", "Ort"], ["Müller; Söhne", 'der "Hof"'], ["01234", ""]]


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", " ="])
def test_no_cell_is_a_formula(begin: str) -> None:
    (cells,) = read(b"".join(write_table((f"{begin}SUMME(A1)",), [])))
    assert cells[0].startswith("'")


def test_a_telephone_number_stays_readable() -> None:
    assert harmless("+49 30 123") == "'+49 30 123"
    assert harmless("030 123") == "030 123"


@given(
    st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=2, max_size=2), max_size=8)
)
def test_every_text_comes_back(rows: list[list[str]]) -> None:
    found = read(b"".join(write_table(("a", "b"), rows)))
    assert found[1:] == [[harmless(cell) for cell in row] for row in rows]
