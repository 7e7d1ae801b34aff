"""Reads TOML files; whatever is wrong with one becomes a problem with line and column."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ob_buero_tui.catalog.model import Problem
from ob_buero_tui.catalog.quick import parse_plain
from ob_buero_tui.catalog.reading import describe
from ob_buero_tui.rules import limits

#: A catalog file of an office has a few kilobytes; more than this is a mistake.
LARGEST = limits.CATALOG_BYTES
_POSITION = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
_MEANINGS = (
    ("Expected '=' after a key", "ein „=“ nach dem Schlüssel"),
    ("Unterminated string", "ein Anführungszeichen am Ende des Textes"),
    ("Illegal character '\\n'", "ein Anführungszeichen am Ende des Textes"),
    ("Unclosed array", "ein „]“ am Ende der Liste"),
    ("Unclosed inline table", "ein „}“ am Ende der Tabelle"),
    ("Expected ']", "ein „]“ am Ende der Überschrift"),
    ("Cannot overwrite a value", "jeder Schlüssel nur einmal"),
    ("Duplicate inline table key", "jeder Schlüssel nur einmal"),
    ("Cannot declare", "jede Überschrift nur einmal"),
    ("Cannot mutate immutable", "jede Überschrift nur einmal"),
    ("Invalid date or datetime", "ein gültiges Datum"),
    ("Expected newline or end of document", "ein Zeilenende nach dem Wert"),
    ("Unescaped '\\' in a string", "ein doppelter Schrägstrich „\\\\“ für einen einfachen"),
    ("Invalid initial character for a key part", "ein Schlüssel"),
    ("Invalid value", "ein Wert: Text in \"…\", eine Zahl, true, false oder eine Liste in […]"),
)  # fmt: skip


def read_toml(path: Path, file: str, problems: list[Problem]) -> dict[str, Any] | None:
    """Return the content of a TOML file, or None with a problem.

    Args:
        path: The file.
        file: Its name as the problem shall call it.
        problems: The list that a problem is added to.
    """

    def wrong(expected: str, found: str, key: str = "", hint: str = "") -> None:
        problems.append(Problem(file=file, key=key, expected=expected, found=found, hint=hint))

    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except IsADirectoryError:
        wrong("eine Datei", "ein Ordner")
        return None
    except OSError:
        wrong("eine lesbare Datei", "eine Datei, die sich nicht öffnen lässt")
        return None
    if len(data) > LARGEST:
        wrong(f"eine Datei mit höchstens {LARGEST // 1000} KB", "eine größere Datei")
        return None
    text = _decoded(data, wrong)
    return None if text is None else _parsed(text, wrong)


def _decoded(data: bytes, wrong: Callable[..., None]) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        wrong(
            "Text in der Kodierung UTF-8",
            f"das Byte 0x{data[error.start]:02X}",
            f"Zeile {line}",
            "Bitte die Datei als UTF-8 speichern.",
        )
        return None


def _parsed(text: str, wrong: Callable[..., None]) -> dict[str, Any] | None:
    plain = parse_plain(text)
    if plain is not None:
        return plain
    import tomllib  # only for a file that is not plain, or wrong

    try:
        return tomllib.loads(text)
    except RecursionError:
        wrong("eine flachere Schachtelung", "eine zu tiefe")
    except ValueError as error:
        expected, place, found = _explained(str(error), text)
        wrong(expected, found, place)
    return None


def _explained(message: str, text: str) -> tuple[str, str, str]:
    """Turn the parser's message into what was expected, where, and the line that stands there."""
    expected = next((german for start, german in _MEANINGS if message.startswith(start)), "gültiges TOML")
    match = _POSITION.search(message)
    if match is None or match[1] is None:
        return expected, f"Zeile {text.rstrip().count(chr(10)) + 1}", "das Ende der Datei"
    lines = text.splitlines()
    number = int(match[1])
    line = lines[number - 1].strip() if number <= len(lines) else ""
    return expected, f"Zeile {number}, Spalte {match[2]}", describe(line)
