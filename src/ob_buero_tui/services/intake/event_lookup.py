"""What the calendar already holds under the UIDs of a file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from ob_buero_tui.rules.recurrence import Series as Expanded
from ob_buero_tui.rules.series_dates import day_or_moment
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.services.intake.event_groups import Stamp, stamp
from ob_buero_tui.store.calendar import Event, EventOverride, EventSource

CHUNK = 5_000
# One bound value however many keys: SQLite limits the number of parameters.
_LISTED = select(text("value")).select_from(text("json_each(:listed)"))
_ONE_DATE = re.compile(r"^RECURRENCE-ID[;:]", re.MULTILINE | re.IGNORECASE)
# These change with every export of the same event.
_PASSING = re.compile(
    r"^(?:DTSTAMP|CREATED|LAST-MODIFIED)[;:][^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n", re.M | re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDate:
    """A stored date that differs from its series."""

    id: int
    stamp: Stamp
    cancelled: bool = False


class Series(NamedTuple):
    """What the dates of a series are counted from; its changed dates hang on it."""

    dtstart: datetime
    tzid: str
    all_day: bool
    rrule: str
    rdates: tuple[str, ...] = ()
    exdates: tuple[str, ...] = ()

    def runs_as(self, other: Series) -> bool:
        """Whether the changed dates of one find their places in the other."""
        return self[:4] == other[:4]

    def expanded(self) -> Expanded:
        """The value that the expander takes, each date as short as it can be."""
        return Expanded(
            dtstart=self.dtstart,
            dtend=self.dtstart + (timedelta(days=1) if self.all_day else timedelta(0)),
            all_day=self.all_day,
            tzid=self.tzid,
            rrule=self.rrule,
            rdates=tuple(datetime.fromisoformat(text) for text in self.rdates),
            exdates=tuple(day_or_moment(text) for text in self.exdates),
        )


@dataclass(slots=True, kw_only=True)
class KnownEvent:
    """A stored appointment of a UID; its changed dates by their original start."""

    id: int
    uid: str
    stamp: Stamp
    series: Series
    cancelled: bool = False
    pending: bool = False
    dates: dict[datetime, KnownDate] = field(default_factory=dict)


@dataclass(slots=True)
class Known:
    """What is stored under the UIDs of a file, without the trash.

    Args:
        events: Series and single appointments by UID.
        lone: Dates of series that are not stored, by UID.
        leaving: UIDs of what the office deleted, and whoever leads the calendar still has.
    """

    events: dict[str, KnownEvent] = field(default_factory=dict)
    lone: dict[str, list[KnownEvent]] = field(default_factory=dict)
    leaving: set[str] = field(default_factory=set)


def find_known(session: Session, uids: Sequence[str], calendar: str) -> Known:
    """Look the UIDs of a file up in its calendar, a few thousand at a time."""
    known = Known()
    for chunk in _chunks(uids):
        found = {event.id: event for event in _events(session, chunk, calendar)}
        alone = _standing_alone(session, found)
        for event in found.values():
            if event.id in alone:
                known.lone.setdefault(event.uid, []).append(event)
            else:
                known.events[event.uid] = event
        _add_dates(session, found)
        known.leaving.update(_leaving(session, chunk, calendar))
    return known


def has_second_part(session: Session, uid: str, calendar: str) -> bool:
    """Whether the office has cut a series in two; its second part may lie in the trash."""
    found = select(Event.id).where(Event.related_uid == uid, Event.calendar == calendar, Event.rrule != "")
    return session.scalar(found.limit(1)) is not None


def raw_texts(session: Session, event_ids: Iterable[int]) -> dict[tuple[int, int | None], str]:
    """The texts that appointments and their changed dates came as, by the keys of both."""
    found: dict[tuple[int, int | None], str] = {}
    for chunk in _chunks(list(event_ids)):
        rows = session.execute(
            select(EventSource.event_id, EventSource.override_id, EventSource.raw)
            .where(EventSource.event_id.in_(_LISTED))
            .order_by(EventSource.id),
            {"listed": json.dumps(chunk)},
        ).all()
        found.update({(row.event_id, row.override_id): row.raw for row in rows})
    return found


def same_content(one: str, other: str) -> bool:
    """Whether two texts of an event say the same; a new time stamp alone is no change."""
    return one == other or _PASSING.sub("", one) == _PASSING.sub("", other)


def _events(session: Session, uids: Sequence[object], calendar: str) -> Iterator[KnownEvent]:
    """The stored events of some UIDs, the oldest last."""
    rows = session.execute(
        select(
            *(Event.id, Event.uid, Event.sequence, Event.dtstamp),
            *(Event.dtstart, Event.tzid, Event.all_day, Event.rrule, Event.rdates, Event.exdates),
            *(Event.status, Event.pending_since),
        )
        .where(Event.calendar == calendar, Event.trashed_at.is_(None), Event.uid.in_(_LISTED))
        .order_by(Event.id.desc()),
        {"listed": json.dumps(uids)},
    )
    for row in rows:
        yield KnownEvent(
            id=row.id,
            uid=row.uid,
            stamp=stamp(row.sequence, row.dtstamp),
            series=Series(
                dtstart=row.dtstart,
                tzid=row.tzid,
                all_day=row.all_day,
                rrule=row.rrule,
                rdates=tuple(row.rdates),
                exdates=tuple(row.exdates),
            ),
            cancelled=row.status == EventStatus.CANCELLED,
            pending=row.pending_since is not None,
        )


def _leaving(session: Session, uids: Sequence[object], calendar: str) -> Iterable[str]:
    """The UIDs in the trash of which the other side does not know yet."""
    return session.scalars(
        select(Event.uid).where(
            *(Event.calendar == calendar, Event.trashed_at.is_not(None), Event.pending_since.is_not(None)),
            Event.uid.in_(_LISTED),
        ),
        {"listed": json.dumps(uids)},
    )


def _standing_alone(session: Session, found: dict[int, KnownEvent]) -> set[int]:
    """The events that are one date of a series that is not stored."""
    if not found:
        return set()
    texts = session.execute(
        select(EventSource.event_id, EventSource.raw).where(
            EventSource.override_id.is_(None),
            EventSource.raw.contains("RECURRENCE-ID"),
            EventSource.event_id.in_(_LISTED),
        ),
        {"listed": json.dumps(list(found))},
    ).all()
    return {row.event_id for row in texts if _ONE_DATE.search(row.raw)}


def _add_dates(session: Session, found: dict[int, KnownEvent]) -> None:
    if not found:
        return
    rows = session.execute(
        select(
            EventOverride.id,
            EventOverride.event_id,
            EventOverride.recurrence_id,
            EventOverride.sequence,
            EventOverride.dtstamp,
            EventOverride.status,
        ).where(EventOverride.event_id.in_(_LISTED)),
        {"listed": json.dumps(list(found))},
    ).all()
    for row in rows:
        found[row.event_id].dates[row.recurrence_id] = KnownDate(
            id=row.id,
            stamp=stamp(row.sequence, row.dtstamp),
            cancelled=row.status == EventStatus.CANCELLED,
        )


def _chunks(items: Sequence[object]) -> Iterator[Sequence[object]]:
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
