"""What SQLite says about a damaged file is told in German."""

from __future__ import annotations

import pytest

from ob_buero_tui.rules.file_findings import finding_text


@pytest.mark.parametrize(
    ("finding", "begins"),
    [
        ("database disk image is malformed", "ein Teil der Datei ist nicht lesbar (SQLite: "),
        ("On tree page 12 cell 3: Rowid 5 out of order", "die Seite 12 der Datei"),
        ("Tree 7 page 12: btreeInitPage() returns error code 11", "die Seite 12 der Datei"),
        ("Page 9 is never used", "die Seite 9 der Datei"),
        ("row 3 missing from index ix_request_thread", "ein Nachschlageverzeichnis"),
        ("malformed database schema (x)", "das Verzeichnis der Tabellen"),
        ("die Datei hat 60 statt 4096 Bytes", "die Datei hat 60 statt 4096 Bytes"),
    ],
)
def test_each_kind_has_german_words(finding: str, begins: str) -> None:
    assert finding_text(finding).startswith(begins)


def test_what_is_unknown_stays_and_is_harmless() -> None:
    assert finding_text("\x1b[2J etwas.") == "\ufffd[2J etwas"
