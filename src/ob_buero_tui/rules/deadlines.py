"""When something is due: an offset counted from a receipt, an event, a decision, a field or another date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from ob_buero_tui.rules.german import clock, long_date, plural, short_date
from ob_buero_tui.rules.workdays import DayKind, WorkCalendar, move_back, shift

_DEPENDENT = ("frist", "aufgabe")


class Unit(StrEnum):
    """What an offset is counted in."""

    ARBEITSTAGE = "arbeitstage"
    WERKTAGE = "werktage"
    KALENDERTAGE = "kalendertage"
    STUNDEN = "stunden"


_WORDS = {
    Unit.ARBEITSTAGE: ("Arbeitstag", "Arbeitstage"),
    Unit.WERKTAGE: ("Werktag", "Werktage"),
    Unit.KALENDERTAGE: ("Kalendertag", "Kalendertage"),
    Unit.STUNDEN: ("Stunde", "Stunden"),
}
_BASIS_WORDS = {"eingang": "Eingang", "termin": "Termin", "entscheidung": "Entscheidung"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offset:
    """How far from what.

    Args:
        amount: How many units; negative counts back.
        unit: What is counted.
        basis: `eingang`, `termin`, `entscheidung`, `feld:KEY`, `frist:KEY` or `aufgabe:KEY`.
    """

    amount: int
    unit: Unit
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bases:
    """The dates of one request that offsets count from, in the office's wall time without a zone.

    Args:
        received: When the request came in.
        event_start: When the occasion begins.
        decided: When it was decided.
        fields: The request's own fields; dates, datetimes or their ISO text.
        labels: German labels by basis (`feld:redaktionsschluss`) or by key, for the explaining text.
    """

    received: datetime
    event_start: datetime | None = None
    decided: datetime | None = None
    fields: Mapping[str, object] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A date that something is due on, with the count behind it.

    Args:
        key: The deadline or task it belongs to.
        on: The day.
        at: The time of day in the office's wall time; None means the whole day.
        text: How it was counted, in German.
        moved: How it was moved to an open day, in German; empty when it was not.
    """

    key: str
    on: date
    at: time | None = None
    text: str
    moved: str = ""


class DeadlineLike(Protocol):
    """What `resolve` needs of a deadline or task; `move_to_open` counts as true where it is missing."""

    @property
    def key(self) -> str:
        """The name others refer to."""

    @property
    def offset(self) -> Offset:
        """How it is counted."""


def due(
    key: str,
    offset: Offset,
    bases: Bases,
    cal: WorkCalendar,
    resolved: Mapping[str, Due],
    *,
    move_to_open: bool = True,
) -> Due | None:
    """Count one date; None when its basis is not known (yet) or lies beyond the calendar.

    Args:
        key: The name of the deadline or task.
        offset: How it is counted. Hours run on the wall clock, from midnight where the basis has no time.
        bases: The request's dates.
        cal: Holidays and closed days of the office.
        resolved: What `frist:` and `aufgabe:` refer to, by the whole basis or by the bare key.
        move_to_open: Move back to the last open Arbeitstag, but never to before the basis it counts on from.
    """
    found = _basis(offset.basis, bases, resolved)
    if found is None:
        return None
    try:
        on, at = _count(offset, found, cal)
    except (OverflowError, ValueError):
        return None
    moved = ""
    if move_to_open:
        on, moved = _open_day(on, offset, found, cal)
    return Due(key=key, on=on, at=at, text=_text(offset, found, on, bases, cal), moved=moved)


def resolve(
    specs: Sequence[DeadlineLike],
    bases: Bases,
    cal: WorkCalendar,
    *,
    known: Mapping[str, Due] | None = None,
) -> dict[str, Due]:
    """Count many dates that may build on each other; whatever has no known basis is left out.

    Args:
        specs: Deadlines or tasks, in any order.
        bases: The request's dates.
        cal: Holidays and closed days of the office.
        known: Already counted deadlines that tasks refer to with `frist:KEY`.
    """
    reachable = {f"frist:{key}": value for key, value in (known or {}).items()}
    done: dict[str, Due] = {}
    waiting = list(specs)
    while waiting:
        left = []
        for spec in waiting:
            move = bool(getattr(spec, "move_to_open", True))
            counted = due(spec.key, spec.offset, bases, cal, reachable, move_to_open=move)
            if counted is None:
                left.append(spec)
            else:
                done[spec.key] = counted
                reachable[spec.key] = counted
        if len(left) == len(waiting):
            break
        waiting = left
    return {spec.key: done[spec.key] for spec in specs if spec.key in done}


@dataclass(frozen=True, slots=True)
class _Basis:
    """A day, perhaps a time of day, and its German name."""

    day: date
    at: time | None
    label: str


def _basis(basis: str, bases: Bases, resolved: Mapping[str, Due]) -> _Basis | None:
    """Find the date that an offset counts from."""
    prefix, _, key = basis.partition(":")
    label = bases.labels.get(basis) or bases.labels.get(key) or _BASIS_WORDS.get(prefix, _spelled(key))
    if prefix in _DEPENDENT:
        other = resolved.get(basis) or resolved.get(key)
        return None if other is None else _Basis(other.on, other.at, label)
    named = {"eingang": bases.received, "termin": bases.event_start, "entscheidung": bases.decided}
    moment = _moment(bases.fields.get(key) if prefix == "feld" else named.get(prefix))
    return None if moment is None else _Basis(*moment, label)


def _moment(value: object) -> tuple[date, time | None] | None:
    """Read a date, a datetime or their ISO text; None when it is none of them."""
    if isinstance(value, datetime):
        return value.date(), value.time()
    if isinstance(value, date):
        return value, None
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        return date.fromisoformat(value.strip()), None
    except ValueError:
        pass
    try:
        read = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    return read.date(), read.time()


def _count(offset: Offset, basis: _Basis, cal: WorkCalendar) -> tuple[date, time | None]:
    """Count from the basis; hours give a time of day, and a date that is only taken over keeps its own."""
    if offset.unit is Unit.STUNDEN:
        start = datetime.combine(basis.day, basis.at or time.min)
        moment = start + timedelta(hours=offset.amount)
        return moment.date(), moment.time()
    if offset.amount == 0:
        # What is due on the day of receipt or decision is due that day, not in the minute it came in.
        same_minute = offset.basis in ("eingang", "entscheidung")
        return basis.day, None if same_minute else basis.at
    return shift(cal, basis.day, offset.amount, DayKind(offset.unit.value)), None


def _open_day(on: date, offset: Offset, basis: _Basis, cal: WorkCalendar) -> tuple[date, str]:
    """Move a day back to an open one and say so, but not to before what it counts on from."""
    back = move_back(cal, on)
    # What is due on the day of receipt, decision or occasion stays there; a field may name a limit to keep.
    taken_over = offset.amount == 0 and offset.basis not in _BASIS_WORDS
    earliest = date.min if offset.amount < 0 or taken_over else basis.day
    if offset.unit is Unit.STUNDEN and offset.amount > 0:
        # On the day of the basis itself the same time of day would be over already.
        earliest += timedelta(days=1)
    if not back.reason or back.day < earliest:
        return on, ""
    return back.day, f"von {short_date(on)} vorgezogen ({back.reason})"


def _text(offset: Offset, basis: _Basis, on: date, bases: Bases, cal: WorkCalendar) -> str:
    """Say in German how a date was counted."""
    day = short_date(basis.day) if basis.day.year == bases.received.year else long_date(basis.day)
    at = f" {clock(basis.at)}" if basis.at and (offset.unit is Unit.STUNDEN or offset.amount == 0) else ""
    start = f"{basis.label} {day}{at}"
    text = start
    if offset.amount:
        amount = plural(abs(offset.amount), *_WORDS[offset.unit])
        text = f"{amount} {'vor' if offset.amount < 0 else 'nach'} {start}"
    if offset.unit in (Unit.ARBEITSTAGE, Unit.WERKTAGE) and not (cal.covers(on) and cal.covers(basis.day)):
        text += f" (Feiertage nur {cal.first.year} bis {cal.last.year} bekannt)"
    return text


def _spelled(key: str) -> str:
    """Make a readable word of a key that has no label."""
    words = key.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
