"""Time zones that no table knows: what the office said they mean, and the use case that keeps its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from ob_buero_tui.exchange.ics_records import EventRecord
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.series_dates import day_or_moment
from ob_buero_tui.rules.zones import is_known
from ob_buero_tui.services.calendar.preparing import move_preparation
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.intake.event_rows import EventRows, original_start
from ob_buero_tui.services.intake.lone_dates import reread
from ob_buero_tui.services.intake.zone_names import zone_aliases
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.calendar import Event, EventOverride, EventSource

_TIMES = ("dtstart", "dtend", "tzid", "fold", "all_day")
_MOVED = (*_TIMES, "starts_at", "ends_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneConfirmed:
    """What a name means from now on, and how many appointments were put right."""

    name: str
    tzid: str
    moved: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """The same as a German sentence."""
        told = plural(len(self.moved), "Termin", "Termine") + " umgerechnet" if self.moved else ""
        return f"„{self.name}“ ist {self.tzid}{f'; {told}' if told else ''}"


@use_case("confirm_zone")
def confirm_zone(work: Work, name: str, tzid: str) -> ZoneConfirmed:
    """Keep what an unknown zone means; it is asked about no more.

    Appointments that came in with that name are put right where the office has not moved them since.

    Args:
        name: The zone as a calendar file names it.
        tzid: IANA name.

    Raises:
        Refusal: The zone is unknown, or the name is empty.
    """
    from ob_buero_tui.store.appointments import ZoneAlias

    name, tzid = clean(name.strip().strip('"'), limit=80), tzid.strip()
    if not name or not is_known(tzid):
        raise Refusal(
            "Die Zeitzone wurde nicht bestätigt.",
            f"„{clean(tzid, limit=80)}“ ist nicht bekannt." if name else "Der Name ist leer.",
            "Bitte einen Namen wie „Europe/Berlin“ angeben.",
        )
    before = zone_aliases(work.session)
    moved = _put_right(work, name, before, before | {name: tzid}) if before.get(name) != tzid else []
    alias = work.session.scalar(select(ZoneAlias).where(ZoneAlias.name == name))
    if alias is None:
        work.session.add(
            ZoneAlias(name=name, tzid=tzid, confirmed_by=work.desk.initials, confirmed_at=work.at)
        )
    elif alias.tzid != tzid:
        alias.tzid, alias.confirmed_by, alias.confirmed_at = tzid, work.desk.initials, work.at
    work.tell(table="event", ids=moved, zone=tzid)
    return ZoneConfirmed(name=name, tzid=tzid, moved=tuple(moved))


def _put_right(work: Work, name: str, before: Mapping[str, str], after: Mapping[str, str]) -> list[int]:
    """Read again what named this zone, and correct what still stands as it was guessed."""
    sources = work.session.execute(
        select(EventSource.event_id, EventSource.override_id, EventSource.raw)
        .where(EventSource.raw.contains(name.partition(" ")[0]))
        .order_by(EventSource.event_id, EventSource.override_id.is_not(None), EventSource.id)
    ).all()
    moved: dict[int, None] = {}
    for source in sources:
        old = reread(source.raw, work.place.zone, before)
        new = reread(source.raw, work.place.zone, after)
        if old is None or new is None or _placed(old) == _placed(new):
            continue
        event = work.get(Event, source.event_id)
        stored = event if source.override_id is None else work.get(EventOverride, source.override_id)
        if _times(stored) != _times(old):
            continue
        _correct(work, event, stored, old, new)
        moved[event.id] = None
    return list(moved)


def _times(of: Any) -> tuple[object, ...]:
    return tuple(getattr(of, name) for name in _TIMES)


def _placed(record: EventRecord) -> tuple[object, ...]:
    return (*_times(record), record.recurrence_id, record.recurrence_tzid)


def _correct(
    work: Work, event: Event, stored: Event | EventOverride, old: EventRecord, record: EventRecord
) -> None:
    if isinstance(stored, Event):
        content = EventRows(work.catalog, work.desk.account, event.calendar).content(record)
        for name in _MOVED:
            setattr(stored, name, content[name])
        event.rdates = _followed(event.rdates, old.rdates, record.rdates)
        event.exdates = _followed(event.exdates, old.exdates, record.exdates)
        _take_own_dates_along(work, event, old.tzid)
        work.session.flush()
        move_preparation(work, event)
        return
    for name in _TIMES:
        setattr(stored, name, getattr(record, name))
    original: datetime = original_start(record, event.tzid, event.all_day)
    stored.recurrence_id = original


def _followed(stored: Sequence[str], old: Sequence[datetime], new: Sequence[datetime]) -> list[str]:
    """The stored dates where the same text says other ones now; the office's own keep their wall time."""
    told = dict(zip(old, new, strict=False))
    moments = (day_or_moment(text) for text in stored)
    return [(told.get(one, one) if isinstance(one, datetime) else one).isoformat() for one in moments]


def _take_own_dates_along(work: Work, event: Event, before: str) -> None:
    """What the office arranged for a date, but not its time, follows its series into the zone."""
    came = select(EventSource.override_id).where(EventSource.override_id.is_not(None))
    own = select(EventOverride).where(EventOverride.event_id == event.id, EventOverride.id.not_in(came))
    for override in work.session.scalars(own).all():
        if (override.dtstart, override.tzid) == (override.recurrence_id, before):
            override.tzid = event.tzid


@sentence("confirm_zone")
def _confirmed(params: Params) -> str:
    return f"Zeitzone als {params['zone']} bestätigt" if "zone" in params else "Zeitzone bestätigt"
