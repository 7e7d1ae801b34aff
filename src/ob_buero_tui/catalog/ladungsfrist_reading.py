"""The description of ladungsfristen.toml: how each rule is read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from ob_buero_tui.catalog.lists import OFFICE
from ob_buero_tui.catalog.reading import Key, Reader, expecting
from ob_buero_tui.catalog.values import boolean, ident, integer, matching, one_of, tables, text, texts
from ob_buero_tui.rules.german import WEEKDAYS
from ob_buero_tui.rules.ladungsfrist_rule import (
    ClosureMode,
    Closures,
    FristUnit,
    LadungsfristRule,
    Period,
    RuleStep,
    Urgent,
)

_LAND = next(key.value for key in OFFICE if key.name == "region")
_SHORT = tuple(name[:2].lower() for name in WEEKDAYS)
_LEAP = 2024
"""A year in which every day of the year is one."""
_WEEKDAYS = "eine Tabelle von Wochentagen wie { di = 10, mi = 11 }"
_DAY = "ein Tag im Jahr wie 24.12."


def _day_unit(value: object, at: Reader) -> FristUnit | None:
    found: FristUnit | None = one_of(FristUnit)(value, at)
    if found is FristUnit.STUNDEN:
        at.wrong("eines von kalendertage, werktage, arbeitstage, wochen", value)
        return None
    return found


@expecting(_WEEKDAYS)
def _by_weekday(value: object, at: Reader) -> tuple[tuple[int, int], ...]:
    """Read numbers by weekday in two letters, in the order of the week."""
    if not isinstance(value, dict):
        at.wrong(_WEEKDAYS, value)
        return ()
    found: dict[int, int] = {}
    for name, one in value.items():
        if str(name).lower() not in _SHORT:
            at.at(str(name)).wrong(f"eines von {', '.join(_SHORT)}", name)
        elif (number := integer(1, 365)(one, at.at(str(name)))) is not None:
            found[_SHORT.index(str(name).lower())] = number
    return tuple(sorted(found.items()))


@expecting("eine Uhrzeit wie 10:00")
def _clock(value: object, at: Reader) -> time | None:
    written: str | None = matching(r"(?:[01]\d|2[0-3]):[0-5]\d", "eine Uhrzeit wie 10:00")(value, at)
    return time.fromisoformat(written) if written is not None else None


@expecting(_DAY)
def _day_of_year(value: object, at: Reader) -> tuple[int, int] | None:
    parts = str(value).rstrip(".").split(".") if isinstance(value, str) else []
    try:
        day, month = (int(one) for one in parts)
        date(_LEAP, month, day)
    except ValueError:
        at.wrong(_DAY, value)
        return None
    return month, day


PERIOD = (Key("name", text(60)), Key("first", _day_of_year), Key("last", _day_of_year))
CLOSURES = (
    Key("mode", one_of(ClosureMode)),
    Key("school", boolean, False),
    Key("periods", tables(PERIOD, Period), ()),
)
URGENT = (
    Key("n", integer(0, 200), None),
    Key("unit", one_of(FristUnit), FristUnit.KALENDERTAGE),
    Key("without_frist", boolean, False),
    Key("case", text(80, empty=True), ""),
    Key("dispatch_days", integer(0, 30), 0),
    Key("hint_required", boolean, False),
    Key("reasons_required", boolean, False),
    Key("council_determines", boolean, False),
    Key("objection", text(40, empty=True), ""),
    Key("note", text(empty=True), ""),
    Key("unconfirmed", boolean, False),
)
STEP = (
    Key("key", ident),
    Key("n", integer(-365, 365)),
    Key("unit", _day_unit, FristUnit.KALENDERTAGE),
    Key("weekdays", _by_weekday, ()),
    Key("at", _clock, None),
)


def _closures(value: object, at: Reader) -> Closures | None:
    return at.table(value, CLOSURES, Closures)


def _urgent(value: object, at: Reader) -> Urgent | None:
    return at.table(value, URGENT, Urgent)


RULE = (
    Key("key", ident),
    Key("label", text(80)),
    Key("land", _LAND, ""),
    Key("default", boolean, False),
    Key("n", integer(1, 60)),
    Key("unit", _day_unit, FristUnit.KALENDERTAGE),
    Key("text", text(100)),
    Key("weekdays", _by_weekday, ()),
    Key("to_dispatch", boolean, False),
    Key("count_receipt_day", boolean, False),
    Key("count_session_day", boolean, False),
    Key("dispatch_days", integer(0, 30), 0),
    Key("dispatch_unit", _day_unit, FristUnit.KALENDERTAGE),
    Key("dispatch_note", text(empty=True), ""),
    Key("urgent", _urgent, None),
    Key("always_full_for", texts(), ()),
    Key("always_full_words", texts(60), ()),
    Key("closures", _closures, None),
    Key("steps", tables(STEP, RuleStep), ()),
    Key("norm", text(100)),
    Key("source", text(400)),
    Key("unconfirmed", boolean, False),
    Key("hint", text(empty=True), ""),
)


def read_ladungsfristen(data: Mapping[str, Any], reader: Reader) -> dict[str, LadungsfristRule] | None:
    """Read ladungsfristen.toml; a wrong entry is left out."""
    found: dict[str, LadungsfristRule] = {}
    place, value = reader.at("ladungsfristen"), data.get("ladungsfristen")
    if not isinstance(value, list):
        place.wrong("eine Liste von Tabellen", *([value] if "ladungsfristen" in data else []))
        return None
    reader.only(data, ["ladungsfristen"])
    for index, one in enumerate(value):
        at = place.item(index)
        rule = at.table(one, RULE, LadungsfristRule)
        if rule is not None and _sound(rule, found, at):
            found[rule.key] = rule
    return found


def _sound(rule: LadungsfristRule, found: Mapping[str, LadungsfristRule], at: Reader) -> bool:
    """Whether a rule fits beside those before it; what does not is named."""
    least = min(rule.n, *(n for _, n in rule.weekdays)) if rule.weekdays else rule.n
    if rule.key in found:
        at.at("key").wrong("jede Kennung nur einmal", rule.key)
    elif rule.default and not rule.land:
        at.at("land").wrong("das Kürzel des Landes, für das die Regel gilt")
    elif rule.default and any(one.default and one.land == rule.land for one in found.values()):
        at.at("default").wrong("je Land nur eine Regel mit default = true", rule.default)
    elif least == 1 and rule.unit is not FristUnit.WOCHEN and rule.count_receipt_day:
        at.at("n").wrong("eine Frist, die vor dem Sitzungstag beginnt (n ab 2)", least)
    else:
        return True
    return False
