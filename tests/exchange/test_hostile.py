"""Traps among spreadsheets and documents: each is refused or kept without its text, and ends nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from hostile_kit import UNCLOSED, WORKBOOKS, slow_pdf, wide_docx
from ob_buero_tui.exchange import apart
from ob_buero_tui.exchange.scan import read_scan
from ob_buero_tui.exchange.sheet import _text, read_table
from ob_buero_tui.exchange.sheet_guard import guard_workbook
from ob_buero_tui.rules.refusals import Refusal


@pytest.mark.parametrize("data", WORKBOOKS.values(), ids=WORKBOOKS.keys())
def test_a_cell_far_out_is_seen_however_its_address_is_written(data: bytes) -> None:
    with pytest.raises(Refusal, match="Die Liste ist zu groß"):
        read_table(data, ".xlsx")


def test_what_gets_past_the_guard_ends_only_the_reading_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "CHILD", "hostile_child")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    with pytest.raises(Refusal, match="zu viel Zeit oder Speicher"):
        read_table(WORKBOOKS["klein"], ".xlsx")


def test_begun_elements_are_read_once() -> None:
    with pytest.raises(Refusal, match="beschädigt"):
        guard_workbook(UNCLOSED, ".xlsx", "Die Datei ist keine Liste.")


def test_a_pdf_that_takes_too_long_is_kept_without_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "CPU_SECONDS", 2)
    scan = read_scan(slow_pdf(), ".pdf")
    assert (scan.media_type, scan.text) == ("application/pdf", "")
    assert scan.notes == ("Text nicht lesbar: Das Lesen brauchte zu viel Zeit oder Speicher.",)


def test_a_cell_is_met_once_however_wide_it_says_it_is() -> None:
    assert read_scan(wide_docx(), ".docx").text == "Text in der Tabelle"


def test_a_number_keeps_all_its_digits() -> None:
    told = [_text(one) for one in (1234567890.5, 12345678.95, 0.1 + 0.2, 4917012345678.0, 1e-7, float("nan"))]
    assert told == ["1234567890,5", "12345678,95", "0,3", "4917012345678", "0,0000001", ""]
