"""CSV as offices have it: any of three separators, UTF-8 or Windows-1252, with or without Excel's mark."""

from __future__ import annotations

import csv
import io

from ob_buero_tui.rules.german import number
from ob_buero_tui.rules.refusals import Refusal

_WHAT = "Die Datei ist keine Liste, die sich lesen lässt."
_SEPARATORS = ";\t,"
_SAMPLE = 30
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read_csv(data: bytes, most: int) -> tuple[list[list[str]], str]:
    """The rows of a CSV file and a German sentence on a guessed charset, "" where nothing was guessed.

    Args:
        most: Rows that are read at most.

    Raises:
        Refusal: it holds binary data, cannot be taken apart, or has more rows.
    """
    text, note = _decoded(data)
    lines = text.splitlines(keepends=True)
    named = lines[0].strip().lower() if lines else ""
    if named.startswith("sep=") and len(named) == 5:
        separator, text = named[4], "".join(lines[1:])
    else:
        separator = _separator(text)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if len(rows) >= most:
                now = "Bitte die Liste auf mehrere Dateien verteilen."
                raise Refusal("Die Liste ist zu groß.", f"Gelesen werden {number(most)} Zeilen.", now)
            rows.append(row)
    except csv.Error as error:
        why = f"Zeile {len(rows) + 1} ist beschädigt, vielleicht durch ein offenes Anführungszeichen."
        raise Refusal(_WHAT, why, "Bitte die Datei noch einmal als CSV ausgeben.") from error
    return rows, note


def _decoded(data: bytes) -> tuple[str, str]:
    if data.startswith(_UTF16):
        return data.decode("utf-16", errors="replace"), "Die Datei war als UTF-16 gespeichert."
    if b"\0" in data or data.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
        why = "Sie enthält Binärdaten statt Text."
        raise Refusal(_WHAT, why, "Bitte prüfen, ob die Endung stimmt.")
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        note = "Die Datei war nicht in UTF-8 gespeichert und wurde als Windows-1252 gelesen."
        return data.decode("cp1252", errors="replace"), note


def _separator(text: str) -> str:
    """The separator that cuts the first lines most evenly into most pieces; the semicolon in doubt."""
    lines = [line for line in text.splitlines()[:_SAMPLE] if line.strip()]
    best, most = ";", 0.0
    for separator in _SEPARATORS:
        counts = [_outside_quotes(line, separator) for line in lines]
        usual = max(set(counts), key=counts.count) if counts else 0
        weight = usual * counts.count(usual) + sum(map(bool, counts)) / 100 if usual else 0.0
        if weight > most:
            best, most = separator, weight
    return best


def _outside_quotes(line: str, separator: str) -> int:
    return sum(part.count(separator) for part in line.split('"')[::2])
