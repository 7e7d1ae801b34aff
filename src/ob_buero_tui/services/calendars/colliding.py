"""Our pending changes meet what a reread shows: seen there, still waiting, or changed on both sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from ob_buero_tui.exchange.ics_records import EventRecord
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.services.calendars.comparing import differences
from ob_buero_tui.services.calendars.pending import note_seen
from ob_buero_tui.services.intake.event_groups import Group
from ob_buero_tui.services.intake.event_lookup import raw_texts, same_content
from ob_buero_tui.services.intake.event_rows import original_start
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.calendar import Event, EventOverride, EventSource
from ob_buero_tui.store.tables import JOURNALED
from ob_buero_tui.store.tasks import Note

STAYS = "Es gilt unser Stand weiter; „Stand aus Outlook übernehmen“ (Strg+P) nimmt den anderen."


@dataclass(slots=True)
class Met:
    """What became of our pending changes.

    Args:
        seen: Appointments that stand there now as they stand here.
        told: German sentences on those that were changed on both sides.
    """

    seen: list[int] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    touched: list[int] = field(default_factory=list)


def pending_events(work: Work, calendar: str) -> dict[str, Event]:
    """Our pending changes of a calendar by UID, those of the trash included; the newest of several."""
    rows = work.session.scalars(
        select(Event)
        .where(Event.calendar == calendar, Event.pending_since.is_not(None))
        .order_by(Event.trashed_at.is_not(None).desc(), Event.id)
    )
    return {event.uid: event for event in rows}


def meet(work: Work, pending: Iterable[tuple[Event, Group]]) -> Met:
    """Compare our pending changes with what the other side shows of them."""
    met = Met()
    pairs = list(pending)
    texts = raw_texts(work.session, [event.id for event, _ in pairs])
    for event, group in pairs:
        overrides = work.session.scalars(
            select(EventOverride).where(EventOverride.event_id == event.id)
        ).all()
        differing = differences(event, overrides, group, work.place.zone)
        as_before = _as_before(event, overrides, group, texts)
        if _arrived(event, group, bool(differing), as_before):
            note_seen(work, event)
            met.seen.append(event.id)
        elif as_before:
            continue
        else:
            both = "; ".join(one.text for one in differing)
            told = "hier gelöscht, dort geändert" if event.trashed_at is not None else both
            if not told:
                continue
            _note(work, event, f"Auch in Outlook geändert: {told}. {STAYS}")
            met.told.append(f"„{shorten(event.summary, 60)}“ ist auch in Outlook geändert: {told}.")
        _keep_texts(work, event, overrides, group)
        met.touched.append(event.id)
    return met


def meet_gone(work: Work, events: Iterable[Event]) -> Met:
    """The other side shows our pending changes no more: what we took away has arrived, the rest is told."""
    met = Met()
    for event in events:
        met.touched.append(event.id)
        if event.trashed_at is not None or event.status == EventStatus.CANCELLED:
            note_seen(work, event)
            met.seen.append(event.id)
            continue
        text = "In Outlook gelöscht, während unsere Änderung noch nicht dort war. Es gilt unser Stand weiter."
        _note(work, event, text)
        met.told.append(f"„{shorten(event.summary, 60)}“ ist in Outlook gelöscht; unsere Änderung steht aus.")
    return met


def _arrived(event: Event, group: Group, differs: bool, as_before: bool) -> bool:
    """Whether the other side shows what we mean.

    A description counts only while nothing has changed there: then ours cannot have come through yet. What
    another program made of one that did come through is its own affair.
    """
    record = group.master
    if record is None:
        return False
    if event.trashed_at is not None:
        return record.status == EventStatus.CANCELLED
    described = as_before and event.description.split() != record.description.split()
    return not differs and not described


def _as_before(
    event: Event,
    overrides: Sequence[EventOverride],
    group: Group,
    texts: Mapping[tuple[int, int | None], str],
) -> bool:
    """Whether the other side shows what it showed when we changed the appointment."""
    keys = {row.recurrence_id: row.id for row in overrides}
    records: list[tuple[EventRecord, int | None]] = [(group.master, None)] if group.master else []
    for record in group.dates.values():
        moment = original_start(record, event.tzid, event.all_day)
        if moment not in keys:
            return False
        records.append((record, keys[moment]))
    return all(same_content(record.raw, texts.get((event.id, key), "")) for record, key in records)


def _keep_texts(work: Work, event: Event, overrides: Sequence[EventOverride], group: Group) -> None:
    """Keep what the other side shows now: the next reread is compared with it, and export writes by it."""
    keys = {row.recurrence_id: row.id for row in overrides}
    wanted: dict[int | None, str] = {None: group.master.raw} if group.master else {}
    for record in group.dates.values():
        key = keys.get(original_start(record, event.tzid, event.all_day))
        if key is not None:
            wanted[key] = record.raw
    stored = {
        row.override_id: row
        for row in work.session.scalars(
            select(EventSource).where(EventSource.event_id == event.id).order_by(EventSource.id)
        )
    }
    for key, raw in wanted.items():
        if key in stored:
            stored[key].raw = raw
        else:
            values = {"event_id": event.id, "override_id": key, "raw": raw}
            work.insert_rows(JOURNALED["event_source"], [values])


def _note(work: Work, event: Event, text: str) -> None:
    work.session.add(Note(event_id=event.id, text=text, written_by=work.desk.initials, written_at=work.at))
    work.refer("event", event.id)
