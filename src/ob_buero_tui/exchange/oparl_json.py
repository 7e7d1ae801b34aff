"""Bytes to JSON, with what servers get wrong: marks, encodings, control characters, numbers that are none."""

from __future__ import annotations

import codecs
import json
import math
from typing import Any

from ob_buero_tui.rules import limits
from ob_buero_tui.rules.german import number
from ob_buero_tui.rules.refusals import Refusal

NOT_READ = "Die JSON-Datei wurde nicht gelesen."

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAX_DIGITS = limits.OPARL_DIGITS


def load_json(data: bytes) -> tuple[Any, list[str]]:
    """Read JSON; also says in German what was repaired.

    Raises:
        Refusal: it is no JSON, or nests too deep.
    """
    text, notes = _decoded(data)
    numbers = _Numbers()
    hooks: dict[str, Any] = {
        "parse_constant": numbers.constant,
        "parse_float": numbers.real,
        "parse_int": numbers.whole,
    }
    try:
        try:
            value = json.loads(text, **hooks)
        except json.JSONDecodeError as error:
            if not error.msg.startswith("Invalid control character"):
                raise
            value = json.loads(text, strict=False, **hooks)
            notes.append("Sie enthält Steuerzeichen, die in JSON nicht erlaubt sind; sie wurden ersetzt.")
    except RecursionError:
        raise Refusal(NOT_READ, "Sie ist zu tief verschachtelt.") from None
    except json.JSONDecodeError as error:
        where = f"Zeile {number(error.lineno)}, Zeichen {number(error.colno)}"
        empty = "Sie ist leer." if not text.strip() else f"Sie ist kein gültiges JSON ({where})."
        raise Refusal(NOT_READ, empty) from None
    if numbers.dropped:
        notes.append("Zahlenangaben, die keine Zahlen sind (NaN, unendlich), wurden weggelassen.")
    return value, notes


def _decoded(data: bytes) -> tuple[str, list[str]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data.decode(encoding, errors="replace")
            return text.removeprefix("\ufeff"), []
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        note = "Sie ist nicht in UTF-8 geschrieben und wurde als Windows-1252 gelesen."
        return data.decode("cp1252", errors="replace"), [note]


class _Numbers:
    """Turns numbers without end or with too many digits into nothing, and remembers that it did."""

    def __init__(self) -> None:
        self.dropped = False

    def constant(self, _text: str) -> None:
        """NaN and Infinity, which are no JSON."""
        self.dropped = True

    def real(self, text: str) -> float | None:
        """A number with a fraction or an exponent."""
        value = float(text) if len(text) <= _MAX_DIGITS else math.inf
        if math.isfinite(value):
            return value
        self.dropped = True
        return None

    def whole(self, text: str) -> int | None:
        """A whole number."""
        if len(text) <= _MAX_DIGITS:
            return int(text)
        self.dropped = True
        return None
