"""Subject and date of letters on paper, and the header lines of pasted mails."""

from __future__ import annotations

from datetime import date

import pytest

from ob_buero_tui.rules.letter_text import letter_date, subject_of
from ob_buero_tui.rules.pasted import mailbox, read_pasted

TODAY = date(2026, 11, 25)
LETTER = """Turnverein Ostheim e. V.
Am Wehr 3, 12345 Ostheim
Telefon 0221 4710 530

Stadt Lindenau
Rathausplatz 1

Ostheim, den 12. November 2026

Bitte um ein Grußwort zum Jubiläum am 5. März 2027

Sehr geehrte Frau Oberbürgermeisterin,

am 5. März 2027 feiern wir."""


@pytest.mark.parametrize(
    ("text", "bold", "expected"),
    [
        (LETTER, "", "Bitte um ein Grußwort zum Jubiläum am 5. März 2027"),
        (LETTER, "Fette Zeile", "Fette Zeile"),
        ("Betreff:  Radweg  Hafenstraße\nGuten Tag", "Fett", "Radweg Hafenstraße"),
        ("Ostheim, 12.11.2026\n\nLiebe Frau Brandt,", "", ""),
        ("Tel. 0221 1234\n\nSehr geehrte Damen und Herren,", "", ""),
        ("Nur Text ohne Anrede", "", ""),
        ("", "", ""),
        ("x" * 200 + "\nHallo Frau B.,", "", ""),
    ],
)
def test_the_subject_is_what_stands_where_a_subject_stands(text: str, bold: str, expected: str) -> None:
    assert subject_of(text, bold) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LETTER, date(2026, 11, 12)),
        (LETTER.replace("2026", "2019"), None),
        (LETTER.replace("12. November 2026", "12. Dezember 2026"), None),
        (LETTER.replace("Rathausplatz 1", "Unser Schreiben vom 3.11.2026"), None),
        (LETTER.replace("Sehr geehrte", "An die"), None),
    ],
)
def test_the_date_is_told_only_beyond_doubt(text: str, expected: date | None) -> None:
    assert letter_date(text, TODAY) == expected


OUTLOOK = """-----Ursprüngliche Nachricht-----
Von: Erika Beispiel <erika@verein.example.org>
Gesendet: Mittwoch, 18. November 2026 09:05
An: OB-Büro <ob@stadt.example.org>
Betreff: Bitte um ein Grußwort

Guten Tag,
Von: hier ist noch Text"""


def test_a_pasted_mail_is_taken_apart() -> None:
    pasted = read_pasted(OUTLOOK)
    assert pasted.is_mail
    assert pasted.headers["subject"] == "Bitte um ein Grußwort"
    assert pasted.headers["date"] == "Mittwoch, 18. November 2026 09:05"
    assert pasted.body == "Guten Tag,\nVon: hier ist noch Text"
    assert mailbox(pasted.headers["from"]) == ("Erika Beispiel", "erika@verein.example.org")


@pytest.mark.parametrize(
    "text", ["Guten Tag", "Von: mir", "Termin: morgen\nOrt: hier", "An: alle\nDatum: 1.1.2026\nText", ""]
)
def test_words_alone_are_no_mail(text: str) -> None:
    assert read_pasted(text).body == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("e@x.example.org", ("", "e@x.example.org")),
        ("Beispiel, Erika [mailto:e@x.example.org]", ("Beispiel, Erika", "e@x.example.org")),
        ("Erika Beispiel", ("Erika Beispiel", "")),
    ],
)
def test_names_and_addresses(value: str, expected: tuple[str, str]) -> None:
    assert mailbox(value) == expected
