"""Which conflicts appointments from outside have brought, named in the report of their import."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules import german
from ob_buero_tui.rules.clashing import ClashKind, Pair, Taken
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.calendar.candidates import date_candidate
from ob_buero_tui.services.calendar.clash_finding import clashes_of
from ob_buero_tui.services.calendar.clash_texts import NAMED, sentence_of
from ob_buero_tui.services.calendar.slots import seen_of
from ob_buero_tui.services.calendar.walking import standing_pairs
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import taken as stored
from ob_buero_tui.store.calendar import Event, EventOverride
from ob_buero_tui.store.types import read_utc, utc_text

MANY = 500
"""With more dates than these, everything between the first and the last is read at once."""

_DATES = (
    "SELECT busy_from, busy_to FROM occurrence"
    " WHERE event_id IN (SELECT value FROM json_each(?)) AND busy_to > ? ORDER BY busy_from"
)


def brought_clashes(place: Workplace, event_ids: Collection[int]) -> tuple[str, ...]:
    """German sentences on the open conflicts of some appointments from now on; a few named, the rest counted.

    Args:
        event_ids: Appointments that have just come or moved.
    """
    if not event_ids:
        return ()
    with place.reading() as session:
        new = set(event_ids)
        spans = _spans(session, place, new)
        rows = stored.near(session.connection(), spans) if spans else []
        pairs = [
            pair
            for pair in standing_pairs(session, place, rows)
            if (pair.one.event_id in new) != (pair.other.event_id in new) or _both_new(pair, new)
        ]
        changed = {(row.event_id, row.recurrence_id): row.override_id for row in rows if row.override_id}
        told = [_told(session, place, pair, new, changed) for pair in pairs[:NAMED]]
    more = len(pairs) - NAMED
    return (
        *told,
        *([f"und {german.plural(more, 'weiterer Konflikt', 'weitere Konflikte')}"] if more > 0 else []),
    )


def _both_new(pair: Pair, new: set[int]) -> bool:
    """Whether two of them clash; a series that overlaps itself is as its owner made it."""
    return pair.one.event_id in new and pair.one.event_id != pair.other.event_id


def _spans(session: Session, place: Workplace, ids: set[int]) -> list[stored.Span]:
    rows = session.connection().exec_driver_sql(_DATES, (json.dumps(sorted(ids)), utc_text(place.clock())))
    spans = [(read_utc(start), read_utc(end)) for start, end in rows]
    return spans if len(spans) <= MANY else [(spans[0][0], max(end for _, end in spans))]


def _told(
    session: Session, place: Workplace, pair: Pair, new: set[int], changed: Mapping[tuple[int, str], int]
) -> str:
    """„Di 1.12. 09:00 „Messe“: Überschneidung mit …“; what this desk may not read is „belegt“.

    Of such a date neither driver nor room nor people are named, and no journey: only what is in its way.
    """
    one, other = (pair.one, pair.other) if pair.one.event_id in new else (pair.other, pair.one)
    start = place.local(one.starts)
    event, override = _date_of(session, one, changed)
    when = f"{german.short_date(start.date())} {german.clock(start)}"
    if seen_of(place, event, override) is not View.FULL:
        return f"{when} belegt: {_plain(session, place, other, start, changed)}"
    found = clashes_of(session, place, date_candidate(session, one.key, start.date()))
    told = next((clash.text for clash in found if clash.other_key == other.key), "")
    name = shorten(override.summary if override is not None else event.summary, 60)
    return f"{when} „{name}“: {told or _plain(session, place, other, start, changed)}"


def _plain(
    session: Session, place: Workplace, other: Taken, start: datetime, changed: Mapping[tuple[int, str], int]
) -> str:
    date_of = _date_of(session, other, changed)
    return sentence_of(place, ClashKind.TERMIN, (), other, date_of, start.date())


def _date_of(
    session: Session, one: Taken, changed: Mapping[tuple[int, str], int]
) -> tuple[Event, EventOverride | None]:
    event = session.scalars(select(Event).where(Event.id == one.event_id)).one()
    key = changed.get((event.id, one.recurrence_id))
    return event, session.get(EventOverride, key) if key is not None else None
