"""Whose calendars the office keeps, and who stands in for the mayor: representation.toml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import Any

from ob_buero_tui.catalog.layers import with_effect
from ob_buero_tui.catalog.leading import EVERY_MIN, LEADING, LEADS, SOURCE, Leader, settled
from ob_buero_tui.catalog.reading import Key, Reader, Table, meant
from ob_buero_tui.catalog.values import ident, one_of, tables, text, texts
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.keywords import keyword_pattern
from ob_buero_tui.rules.visibility import Audience

MAYOR, COUNCIL = "ob", "rat"
"""The two calendars that every office has: the mayor's, and the sessions of the council."""

ABSENCE = "abwesenheit"
"""The kind of event that says a person is away."""


class CalendarRole(StrEnum):
    """Whose time a calendar tells of."""

    OB = "ob"
    STELLVERTRETUNG = "stellvertretung"
    RAT = "rat"
    EXTERN = "extern"


class Chain(StrEnum):
    """The two chains of deputies: in representation, and at the head of the administration."""

    REPRAESENTATION = "repraesentation"
    VERWALTUNG = "verwaltung"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSpec:
    """One calendar.

    Args:
        key: Its name in the database.
        label: The function or person it belongs to.
        short: A few letters for lists.
        role: Whose time it tells of.
        match: Names of calendar files that belong to it; `wort*` matches beginnings.
        leads: Who has the last word on it.
        source: File or folder that it is reread from where Outlook leads; relative to the database's folder.
        every_min: Minutes between two looks at the source.
        address: Where invitations and cancellations for this calendar go.
        publish: Folder that it is published into as .ics where the office leads; "" for none.
        publish_audience: For whom it is published.
        blocks: Whether an external calendar takes up the mayor's time.
    """

    key: str
    label: str
    short: str
    role: CalendarRole
    match: tuple[str, ...] = ()
    leads: Leader = Leader.WIR
    source: str = ""
    every_min: int = EVERY_MIN
    address: str = ""
    publish: str = ""
    publish_audience: Audience = Audience.INTERN
    blocks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyChain:
    """Who stands in for the mayor, first to last, by the keys of their calendars."""

    key: Chain
    label: str
    calendars: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Representation:
    """The content of representation.toml; None for a list that the file does not have."""

    calendars: tuple[CalendarSpec, ...] | None = None
    chains: tuple[DeputyChain, ...] | None = None


OPTIONAL: Table = (Key("match", texts(), ()), *LEADING)
CALENDAR: Table = (
    Key("key", ident),
    Key("label", text(60)),
    Key("short", text(12)),
    Key("role", one_of(CalendarRole)),
    *OPTIONAL,
)
VALUE_LEFT_OUT = "Diese Angabe zählt nicht, alle anderen gelten."
_SHIPPED_STAYS = "Der mitgelieferte bleibt dabei."
CHAIN = (Key("key", one_of(Chain)), Key("label", text(60)), Key("calendars", texts()))


def read_representation(data: Mapping[str, Any], reader: Reader) -> Representation:
    """Read representation.toml; a list without the calendars everything counts with is of no use."""
    reader.only(data, ["calendars", "chains"])
    calendars, chains = None, None
    if "calendars" in data:
        calendars = _calendars(data["calendars"], reader.at("calendars"))
    if "chains" in data:
        chains = _once(tables(CHAIN, DeputyChain)(data["chains"], reader.at("chains")), reader.at("chains"))
    return Representation(calendars=calendars, chains=chains)


def linked_chains(
    chains: Sequence[DeputyChain], calendars: Mapping[str, CalendarSpec], reader: Reader
) -> dict[str, DeputyChain]:
    """The chains whose calendars are all there and belong to deputies; the others are named and left out."""
    deputies = [key for key, one in calendars.items() if one.role is CalendarRole.STELLVERTRETUNG]
    found = {}
    for index, chain in enumerate(chains):
        unknown = [key for key in chain.calendars if key not in deputies]
        for key in unknown:
            place = reader.at("chains").item(index).at("calendars")
            place.wrong("ein Kalender mit role = „stellvertretung“", key, hint=meant(key, deputies))
        if not unknown:
            found[chain.key.value] = chain
    return found


def calendar_named(calendars: Mapping[str, CalendarSpec], name: str, file: str) -> str:
    """The calendar that a file belongs to: by the name it gives itself, else by the name of the file.

    Args:
        name: X-WR-CALNAME, or "".
        file: Name of the file.
    """
    for wanted in (fold(name), fold(PurePath(file.replace("\\", "/")).stem).replace("_", " ")):
        for spec in calendars.values():
            if wanted and any(keyword_pattern(one).search(wanted) for one in (*spec.match, spec.key)):
                return spec.key
    return MAYOR


def _calendars(data: object, place: Reader) -> tuple[CalendarSpec, ...] | None:
    """The office's calendars; None where there is no list of them at all."""
    if not isinstance(data, list):
        tables(CALENDAR, CalendarSpec)(data, place)  # names what is wrong
        return None
    read = (_calendar(one, place.item(index)) for index, one in enumerate(data))
    found = _once([one for one in read if one is not None], place)
    for key, role in ((MAYOR, CalendarRole.OB), (COUNCIL, CalendarRole.RAT)):
        if not any(one.key == key and one.role is role for one in found):
            place.wrong(f"ein Kalender mit key = „{key}“ und role = „{role}“", effect=_SHIPPED_STAYS)
            found = tuple(one for one in found if one.key != key)
    return found


def _calendar(data: object, place: Reader) -> CalendarSpec | None:
    """One calendar; what it may do without is left out where it is wrong, and costs nothing else."""
    if isinstance(data, dict):
        data = _without_wrong(data, place)
    spec: CalendarSpec | None = place.table(data, CALENDAR, CalendarSpec)
    return settled(spec, place) if spec is not None else None


def _without_wrong(data: dict[str, Any], place: Reader) -> dict[str, Any]:
    before = len(place.problems)
    place.only(data, [key.name for key in CALENDAR])
    kept = {key.name: data[key.name] for key in CALENDAR if key.name in data}
    for key in OPTIONAL:
        count = len(place.problems)
        if key.name in kept:
            key.value(kept[key.name], place.at(key.name))
        if len(place.problems) > count:
            del kept[key.name]
            if key.name == LEADS:
                kept.pop(SOURCE, None)  # nobody is known to lead there: not a mistake of its own
    place.problems[before:] = with_effect(place.problems[before:], VALUE_LEFT_OUT)
    return kept


def _once(found: Sequence[Any], place: Reader) -> tuple[Any, ...]:
    """The entries with different keys; the second of two is named and left out."""
    kept: dict[str, Any] = {}
    for one in found:
        if one.key in kept:
            place.wrong("jede Kennung nur einmal", str(one.key))
        kept.setdefault(one.key, one)
    return tuple(kept.values())
