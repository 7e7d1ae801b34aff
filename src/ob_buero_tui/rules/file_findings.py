"""What SQLite says about a damaged file, in German; its own words stay beside it for those who repair."""

from __future__ import annotations

import re
from typing import Final

from ob_buero_tui.rules.clean import clean

_MEANINGS: Final = (
    (r"database disk image is malformed", "ein Teil der Datei ist nicht lesbar"),
    (r"file is not a database", "der Anfang der Datei ist zerstört"),
    (r"(?:On tree page|Tree \d+ page) (\d+)", "die Seite {0} der Datei ist zerstört"),
    (r"(?:Multiple uses for byte .* of|Page) (\d+)", "die Seite {0} der Datei ist zerstört"),
    (
        r"(?:row \d+ missing from|wrong # of entries in) index",
        "ein Nachschlageverzeichnis passt nicht zur Tabelle",
    ),
    (
        r"(?:NULL value|non-\w+ value|CHECK constraint|TEXT|NUMERIC|INTEGER)",
        "in einer Tabelle steht, was dort nicht stehen kann",
    ),
    (
        r"(?:Freelist|Main freelist|invalid page number|Failed to read)",
        "die Seiten der Datei hängen falsch zusammen",
    ),
    (r"malformed database schema|codec can't decode", "das Verzeichnis der Tabellen ist zerstört"),
)
"""The first that matches counts. Source: the texts of PRAGMA integrity_check in SQLite 3.40 to 3.51."""


def finding_text(finding: str) -> str:
    """A finding of the check as a German clause, with SQLite's words in brackets; ours stay as they are."""
    text = clean(finding, limit=200).rstrip(".")
    for pattern, meaning in _MEANINGS:
        found = re.search(pattern, text)
        if found:
            return f"{meaning.format(*found.groups())} (SQLite: {text})"
    return text
