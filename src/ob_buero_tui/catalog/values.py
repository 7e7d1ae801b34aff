"""The kinds of values in catalog files: each reads one value and adds a problem when it does not fit."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar

from ob_buero_tui.catalog.reading import Reader, Table, Value, expectation, expecting, meant
from ob_buero_tui.rules.clean import clean

T = TypeVar("T")

_IDENT = r"[a-z][a-z0-9_]{0,39}"


def text(limit: int = 300, *, empty: bool = False) -> Value:
    """Read one line of text without control characters."""

    @expecting("ein Text")
    def read(value: object, at: Reader) -> str | None:
        if not isinstance(value, str):
            at.wrong("ein Text", value)
            return None
        if not empty and not value.strip():
            at.wrong("ein Text, der nicht leer ist", value)
            return None
        if len(value) > limit:
            at.wrong(f"ein Text mit höchstens {limit} Zeichen", value)
            return None
        if not (value.isprintable() or clean(value) == value):
            at.wrong("ein einzeiliger Text ohne Steuerzeichen", value)
            return None
        return value

    return read


def matching(pattern: str, expected: str) -> Value:
    """Read a text that matches a pattern as a whole."""
    compiled = re.compile(pattern)

    @expecting(expected)
    def read(value: object, at: Reader) -> str | None:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            at.wrong(expected, value)
            return None
        return value

    return read


#: A key of our own: ASCII, lower case.
ident = matching(_IDENT, "eine Kennung aus a–z, 0–9 und _")


@expecting("true oder false")
def boolean(value: object, at: Reader) -> bool | None:
    """Read true or false."""
    if not isinstance(value, bool):
        at.wrong("true oder false", value)
        return None
    return value


def integer(low: int, high: int) -> Value:
    """Read a whole number from low to high."""
    expected = f"eine ganze Zahl von {low} bis {high}"

    @expecting(expected)
    def read(value: object, at: Reader) -> int | None:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            at.wrong(expected, value)
            return None
        return value

    return read


def figure(low: int, high: int) -> Value:
    """Read a whole number, or the name of one of the office's figures."""
    plain = integer(low, high)
    expected = f"{expectation(plain)} oder der Name einer Zahl aus office.toml"

    @expecting(expected)
    def read(value: object, at: Reader) -> int | None:
        if not isinstance(value, str):
            number: int | None = plain(value, at)
            return number
        if value not in at.figures:
            at.wrong(expected, value, hint=meant(value, at.figures))
            return None
        return at.figures[value]

    return read


_LIMIT = "eine ganze Zahl von 1 bis 20000 oder feld:KENNUNG"


@expecting(_LIMIT)
def text_limit(value: object, at: Reader) -> int | str | None:
    """Read how long a text may be: a number, or the field that says it."""
    named = isinstance(value, str) and re.fullmatch(rf"feld:{_IDENT}", value) is not None
    counted = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 20_000
    if not (named or counted):
        at.wrong(_LIMIT, value)
        return None
    return value  # type: ignore[return-value]


def one_of(kinds: type[StrEnum]) -> Value:
    """Read one of the values of an enumeration."""
    known = {kind.value: kind for kind in kinds}
    expected = f"eines von {', '.join(known)}"

    @expecting(expected)
    def read(value: object, at: Reader) -> StrEnum | None:
        found = known.get(value) if isinstance(value, str) else None
        if found is None:
            at.wrong(expected, value, hint=meant(value, known) if isinstance(value, str) else "")
            return None
        return found

    return read


@expecting("ein Datum wie 2027-09-12")
def day(value: object, at: Reader) -> date | None:
    """Read a TOML date."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    at.wrong("ein Datum wie 2027-09-12 (ohne Anführungszeichen)", value)
    return None


WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")


@expecting("ein Wochentag wie Montag")
def weekday(value: object, at: Reader) -> int | None:
    """Read the name of a day of the week; 0 is Monday."""
    if isinstance(value, str) and value.strip().capitalize() in WEEKDAYS:
        return WEEKDAYS.index(value.strip().capitalize())
    at.wrong("ein Wochentag wie Montag", value, hint=meant(str(value), WEEKDAYS))
    return None


@expecting("eine Zeitspanne wie 08:00-18:00")
def hours(value: object, at: Reader) -> tuple[time, time] | None:
    """Read a span of times of day."""
    if isinstance(value, str):
        try:
            begin, end = (time.fromisoformat(part.strip()) for part in value.split("-"))
            if begin < end:
                return begin, end
        except ValueError:
            pass
    at.wrong("eine Zeitspanne wie 08:00-18:00", value)
    return None


def texts(limit: int = 100) -> Value:
    """Read a list of different one-line texts."""
    single = text(limit)

    @expecting("eine Liste von Texten")
    def read(value: object, at: Reader) -> tuple[str, ...]:
        if not isinstance(value, list):
            at.wrong("eine Liste von Texten", value)
            return ()
        found = [single(one, at.item(index)) for index, one in enumerate(value)]
        for index, one in enumerate(found):
            if one is not None and one in found[:index]:
                at.item(index).wrong("jeder Eintrag nur einmal", one)
        return tuple(one for one in found if one is not None)

    return read


@expecting("eine Tabelle von ganzen Zahlen")
def numbers(value: object, at: Reader) -> dict[str, int]:
    """Read a table whose values are all whole numbers."""
    if not isinstance(value, dict):
        at.wrong("eine Tabelle von ganzen Zahlen", value)
        return {}
    read = integer(-3650, 3650)
    found = {name: read(one, at.at(name)) for name, one in value.items()}
    return {name: one for name, one in found.items() if one is not None}


@expecting("eine Tabelle")
def anything(value: object, at: Reader) -> dict[str, object]:
    """Read a table whose keys are checked later; lists become tuples."""
    if not isinstance(value, dict):
        at.wrong("eine Tabelle", value)
        return {}
    return {str(name): tuple(one) if isinstance(one, list) else one for name, one in value.items()}


def tables(keys: Table, build: Callable[..., T]) -> Value:
    """Read a list of tables, each described by the same keys; entries that are wrong are left out."""

    @expecting("eine Liste von Tabellen")
    def read(value: object, at: Reader) -> tuple[T, ...]:
        if not isinstance(value, list):
            at.wrong("eine Liste von Tabellen", value)
            return ()
        found = (at.item(index).table(one, keys, build) for index, one in enumerate(value))
        return tuple(one for one in found if one is not None)

    return read
