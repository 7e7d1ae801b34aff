"""The descriptions of the small catalog files: office, places, districts, closed days, elections."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from ob_buero_tui.catalog.model import ClosedDayRule, District, Place
from ob_buero_tui.catalog.reading import MISSING, Key, Reader, Table, expecting
from ob_buero_tui.catalog.switches import switches
from ob_buero_tui.catalog.values import (
    day,
    hours,
    integer,
    matching,
    numbers,
    tables,
    text,
    texts,
    weekday,
)

T = TypeVar("T")

_LAENDER = "BB|BE|BW|BY|HB|HE|HH|MV|NI|NW|RP|SH|SL|SN|ST|TH"


@expecting("der Name einer Zeitzone wie Europe/Berlin")
def _zone(value: object, at: Reader) -> str | None:
    from zoneinfo import ZoneInfo

    try:
        if isinstance(value, str):
            return ZoneInfo(value).key
    except (KeyError, ValueError, OSError):
        pass
    at.wrong("der Name einer Zeitzone wie Europe/Berlin", value)
    return None


OFFICE = (
    Key("region", matching(_LAENDER, f"das Kürzel eines Landes: {_LAENDER.replace('|', ', ')}"), None),
    Key("zone", _zone, None),
    Key("default_travel_min", integer(0, 600), None),
    Key("talk_weekday", weekday, None),
    Key("office_hours", hours, None),
    Key("figures", numbers, None),
    Key("kinds", switches, None),
)

PLACE = (Key("match", text(100)), Key("minutes", integer(0, 600)))

CLOSED_DAY = (
    Key("label", text(60)),
    Key("month", integer(1, 12), 0),
    Key("day", integer(1, 31), 0),
    Key("easter", integer(-80, 250), None),
)

ELECTION = (Key("label", text(60)), Key("date", day), Key("second_ballot", day, None))

DISTRICT = (Key("label", text(60)), Key("words", texts(30), ()))


def read_office(data: Mapping[str, Any], reader: Reader) -> dict[str, Any]:
    """Read office.toml; a key that is wrong is left out, the others count."""
    known = {key.name: key for key in OFFICE}
    found: dict[str, Any] = {}
    reader.only(data, known)
    for name in known.keys() & data.keys():
        value = known[name].value(data[name], reader.at(name))
        if value is not None:
            found[name] = value
    return found


def read_places(data: Mapping[str, Any], reader: Reader) -> tuple[Place, ...] | None:
    """Read places.toml."""
    return _list(data, reader, "places", PLACE, Place)


def read_elections(data: Mapping[str, Any], reader: Reader) -> tuple[tuple[date, str], ...] | None:
    """Read elections.toml as pairs of day and name; a second ballot is a day of its own."""
    found = _list(data, reader, "elections", ELECTION, _election_days)
    return None if found is None else tuple(pair for pairs in found for pair in pairs)


def _election_days(label: str, date: date, second_ballot: date | None) -> tuple[tuple[date, str], ...]:
    second = ((second_ballot, f"Stichwahl zur {label}"),) if second_ballot else ()
    return ((date, label), *second)


def read_districts(data: Mapping[str, Any], reader: Reader) -> tuple[District, ...] | None:
    """Read districts.toml; the name of a district counts among its words."""
    return _list(data, reader, "districts", DISTRICT, _district)


def _district(label: str, words: tuple[str, ...]) -> District:
    return District(label=label, words=tuple(dict.fromkeys((label, *words))))


def read_closed_days(data: Mapping[str, Any], reader: Reader) -> tuple[ClosedDayRule, ...] | None:
    """Read closed_days.toml; each entry has a month and a day, or days from Easter Sunday."""
    found = _list(data, reader, "closed_days", CLOSED_DAY, ClosedDayRule)
    return None if found is None else tuple(one for one in found if _possible(one, reader.at("closed_days")))


def _possible(rule: ClosedDayRule, place: Reader) -> bool:
    fixed = bool(rule.month or rule.day)
    if fixed is (rule.easter is not None):
        found = f"{rule.day}.{rule.month}. und easter = {rule.easter}" if fixed else MISSING
        place.wrong(f"für „{rule.label}“ entweder month und day oder easter", found)
        return False
    if not fixed:
        return True
    try:
        date(2000, rule.month or 0, rule.day or 0)
    except ValueError:
        place.wrong(f"für „{rule.label}“ ein Tag, den es gibt", f"{rule.day}.{rule.month}.")
        return False
    return True


def _list(
    data: Mapping[str, Any], reader: Reader, name: str, keys: Table, build: Callable[..., T]
) -> tuple[T, ...] | None:
    """Read a file that is one list; a wrong entry is left out, None when the list itself is not there."""
    reader.only(data, [name])
    if not isinstance(data.get(name), list):
        reader.at(name).wrong("eine Liste von Tabellen", *([data[name]] if name in data else []))
        return None
    found: tuple[T, ...] = tables(keys, build)(data[name], reader.at(name))
    return found
