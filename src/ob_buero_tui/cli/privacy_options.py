"""What may follow `person-report` and `retention`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path


def person_report_options(parser: ArgumentParser) -> None:
    """Who is meant, and where the report goes."""
    parser.add_argument(
        "who",
        metavar="WER",
        nargs="+",
        help="Nummer des Kontakts, Vor- und Nachname, E-Mail oder Telefon; ein Name meint auch andere",
    )
    parser.add_argument(
        "-o", "--output", metavar="DATEI", type=Path, help="in eine Datei .txt, .json oder .pdf"
    )
    parser.add_argument("--force", action="store_true", help="ersetzt eine Datei, die es schon gibt")
    parser.add_argument("--json", action="store_true", help="gibt ein JSON-Dokument für Programme aus")


def retention_options(parser: ArgumentParser) -> None:
    """As text, or for programs; or what the E-Akte has taken over."""
    parser.add_argument(
        "--uebernommen",
        metavar="NUMMER",
        nargs="+",
        help="vermerkt, dass die E-Akte diese ausgegebenen Vorgänge hat; damit endet hier ihre Aufbewahrung",
    )
    parser.add_argument("--json", action="store_true", help="gibt ein JSON-Dokument für Programme aus")
