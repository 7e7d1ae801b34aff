"""The letter as PDF: where things stand on the sheet (DIN 5008 form B), and hostile text."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest

from ob_buero_tui.exchange.typst_pdf import make_pdf
from ob_buero_tui.rules.refusals import Refusal

TEMPLATE = Path(__file__).resolve().parents[2] / "data/templates/brief.typ"
AT = datetime(2026, 11, 25, 8, 42, tzinfo=UTC)
MM = 72 / 25.4


def letter(**given: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "title": "Sommerfest (2026-0012)", "made": {"year": 2026, "month": 11, "day": 25},
        "city": "Stadt Lindenau an der Wehre", "office": "Büro der Oberbürgermeisterin",
        "sender_line": "Stadt Lindenau · Rathausplatz 1 · 59990 Lindenau", "notes": [],
        "address": ["Frau", "Erika Beispiel", "Am Platz 1", "59990 Lindenau"],
        "info": [["Unser Zeichen", "2026-0012"], ["Datum", "25. November 2026"]],
        "reference": "2026-0012", "date": "25. November 2026", "subject": "Ihre Einladung zum Sommerfest",
        "paragraphs": ["Sehr geehrte Frau Beispiel,", "vielen Dank."], "closing": "Mit freundlichen Grüßen",
        "signature": ["Im Auftrag", "Petra Sander"], "enclosures": [], "footer": ["Fuß"],
    }  # fmt: skip
    return values | given


def made(**given: Any) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(make_pdf(TEMPLATE, letter(**given), at=AT)))


def places(page: Any) -> dict[str, tuple[float, float]]:
    """Each piece of text with its distance from the left and the top edge of the sheet, in mm."""
    found: dict[str, tuple[float, float]] = {}

    def see(text: str, cm: list[float], tm: list[float], _font: object, _size: object) -> None:
        x, y = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
        if text.strip():
            found.setdefault(text.strip(), (x / MM, (float(page.mediabox.height) - y) / MM))

    page.extract_text(visitor_text=see)
    return found


@pytest.mark.parametrize(
    ("text", "left", "top"),
    [
        ("Frau", 25, 62.7 + 4),
        ("59990 Lindenau", 25, 62.7 + 3 * 4.55 + 4),
        ("Unser Zeichen", 125, 50 + 3),
        ("Stadt Lindenau · Rathausplatz 1 · 59990 Lindenau", 25, 48),
        ("Ihre Einladung zum Sommerfest", 25, 98.5 + 3),
    ],
)
def test_it_stands_where_the_norm_wants_it(text: str, left: float, top: float) -> None:
    found = places(made().pages[0])
    assert text in found, found
    assert found[text] == (pytest.approx(left, abs=2), pytest.approx(top, abs=2))


def test_it_is_a_document_of_the_archive_kind_with_title_and_language() -> None:
    data = make_pdf(TEMPLATE, letter(), at=AT)
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert reader.metadata is not None
    assert reader.metadata.title == "Sommerfest (2026-0012)"
    assert str(reader.trailer["/Root"]["/Lang"]).startswith("de")
    assert b"pdfaid" in data
    assert make_pdf(TEMPLATE, letter(), at=AT) == data


def test_a_long_letter_goes_over_pages_and_names_itself_there() -> None:
    reader = made(paragraphs=[f"Absatz {n}: " + "Wort " * 90 for n in range(12)])
    assert len(reader.pages) > 1
    second = reader.pages[1].extract_text()
    assert "2026-0012" in second
    assert f"Seite 2 von {len(reader.pages)}" in second
    assert "Im Auftrag" in reader.pages[-1].extract_text()


def test_many_lines_of_address_stay_in_the_window() -> None:
    lines = [f"Zeile {n}" for n in range(1, 10)]
    found = places(made(address=lines).pages[0])
    assert found["Zeile 9"][1] < 90


HOSTILE = "#panic() *x* $y$ <z> {{7*7}} \\n @a _b_ `c` // d"


def test_hostile_text_stays_text_in_every_field() -> None:
    given: dict[str, Any] = dict.fromkeys(("city", "office", "sender_line", "subject", "closing"), HOSTILE)
    given |= {key: [HOSTILE + "\x1b[2J"] for key in ("address", "notes", "paragraphs", "signature", "footer")}
    reader = made(**given, info=[[HOSTILE, HOSTILE]], title=HOSTILE, enclosures=[HOSTILE])
    text = "".join("".join(page.extract_text() for page in reader.pages).split())
    assert text.count("".join(HOSTILE.split())) >= 8
    assert "\x1b" not in text


def test_long_lines_of_an_address_wrap_and_stay_in_the_window() -> None:
    lines = ["Verein zur Förderung der Heimatpflege und des Brauchtums im Landkreis Beispielstadt e. V."] * 2
    found = places(made(address=[*lines, "Am Platz 1", "59990 Lindenau"], notes=[]).pages[0])
    assert 62 < found["Am Platz 1"][1] < found["59990 Lindenau"][1] < 90
    (text,) = [page.extract_text() for page in made(address=[*lines, "Am Platz 1"]).pages[:1]]
    assert text.count("Brauchtums") == 2


def test_an_address_that_fits_nowhere_is_refused() -> None:
    with pytest.raises(Refusal, match="Anschrift ist zu lang"):
        made(address=["Wort " * 40] * 6)
