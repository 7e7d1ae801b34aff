"""Sets a letter and lays the measures of DIN 5008 form B over it: docs/screenshots/brief-din5008.png.

Run it with `python docs/make_letter_grid.py`; it needs the extra `pdf` and pillow.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from ob_buero_tui.exchange.typst_pdf import make_pages

ROOT = Path(__file__).resolve().parents[1]
PPI = 110
BOXES = (
    ("Anschriftfeld 85 x 45", 20, 45, 105, 90),
    ("Rücksendeangabe", 20, 45, 105, 50),
    ("Zusatz- und Vermerkzone", 20, 50, 105, 62.7),
    ("Anschriftzone 27,3", 20, 62.7, 105, 90),
    ("Informationsblock", 125, 50, 200, 90),
    ("Schreibrand", 25, 98.46, 190, 277),
)
LINES = ((105.0, "Falzmarke 105"), (148.5, "Lochmarke 148,5"), (210.0, "Falzmarke 210"), (45.0, "45"))
SAMPLE: dict[str, Any] = {
    "title": "Sommerfest (2026-0012)",
    "made": {"year": 2026, "month": 11, "day": 25},
    "city": "Stadt Lindenau an der Wehre",
    "office": "Büro der Oberbürgermeisterin",
    "sender_line": "Stadt Lindenau · Rathausplatz 1 · 59990 Lindenau an der Wehre",
    "notes": ["Persönlich"],
    "address": [
        "TSV Lindenau 1926 e. V.",
        "Frau",
        "Dr. Erika Beispiel",
        "Am Festplatz 12",
        "59990 Lindenau an der Wehre",
    ],
    "info": [
        ["Ihre Nachricht vom", "18. November 2026"],
        ["Unser Zeichen", "2026-0012"],
        ["Name", "Petra Sander"],
        ["Telefon", "0299 567-100"],
        ["E-Mail", "buero-ob@stadt-lindenau.example.org"],
        ["Datum", "25. November 2026"],
    ],
    "reference": "2026-0012",
    "date": "25. November 2026",
    "subject": "Einladung zum Sommerfest am 21. Dezember 2026",
    "paragraphs": [
        "Sehr geehrte Frau Dr. Beispiel,",
        "vielen Dank für Ihre Einladung „100 Jahre TSV“. Frau Oberbürgermeisterin nimmt den Termin am"
        " 21. Dezember 2026, 18:00 Uhr gern wahr (Ort: Festzelt).",
        "Bitte nennen Sie uns bis 9. Dezember 2026 den vorgesehenen Ablauf, die Reihenfolge der Reden und die"
        " Person, die uns vor Ort empfängt.",
    ],
    "closing": "Mit freundlichen Grüßen",
    "signature": ["Im Auftrag", "Petra Sander"],
    "enclosures": [],
    "footer": ["Stadt Lindenau an der Wehre · Rathausplatz 1 · 59990 Lindenau an der Wehre"],
}


def main() -> int:
    """Write the picture."""
    page = make_pages(ROOT / "data/templates/brief.typ", SAMPLE, ppi=PPI)[0]
    image = Image.open(io.BytesIO(page)).convert("RGB")
    draw = ImageDraw.Draw(image)

    def at(millimetres: float) -> int:
        return round(millimetres / 25.4 * PPI)

    for name, left, top, right, bottom in BOXES:
        draw.rectangle((at(left), at(top), at(right), at(bottom)), outline=(220, 60, 60))
        draw.text((at(right) - 6 * len(name), at(bottom) - 12), name, fill=(220, 60, 60))
    for top, name in LINES:
        draw.line((0, at(top), image.width, at(top)), fill=(60, 90, 220))
        draw.text((image.width - 7 * len(name), at(top) + 1), name, fill=(60, 90, 220))
    target = ROOT / "docs/screenshots/brief-din5008.png"
    image.quantize(64).save(target, optimize=True)
    sys.stdout.write(f"{target}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
