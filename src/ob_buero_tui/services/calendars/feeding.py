"""The use case of one reread file: what another program leads is taken over, our pending changes stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import select

from ob_buero_tui.exchange.ics_records import CalendarFile, EventRecord
from ob_buero_tui.rules.german import plural
from ob_buero_tui.services.calendars.colliding import meet, pending_events
from ob_buero_tui.services.calendars.state import Remembered, claim
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.intake.calendar_changes import CalendarPlan
from ob_buero_tui.services.intake.calendar_plan import plan_calendar
from ob_buero_tui.services.intake.calendars import carry_out
from ob_buero_tui.services.intake.event_following import with_following
from ob_buero_tui.services.intake.event_groups import Group, Stamp, grouped, stamp_of
from ob_buero_tui.services.intake.event_lookup import Known, find_known, raw_texts, same_content
from ob_buero_tui.services.intake.event_rows import EventRows, original_start
from ob_buero_tui.services.intake.report import Counts, event_counts
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.calendar import Event

_A_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A file that was read before the transaction.

    Args:
        before, after: What was known of it, and what is from now on.
    """

    calendar: str
    path: str
    file: CalendarFile
    before: Remembered | None
    after: Remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """What one file changed.

    Args:
        seen: How many of our changes have arrived there.
        told: German sentences on what was changed on both sides, and on requests that followed.
        written: Keys of the appointments that came or changed.
    """

    counts: Counts
    seen: int = 0
    written: tuple[int, ...] = ()
    told: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


@use_case("sync_calendar")
def take_in(work: Work, feed: Feed) -> Took:
    """Take over what a reread file says, without what of ours is still on its way there.

    Raises:
        Overtaken: another desk read the file meanwhile.
    """
    work.taken_over = True
    claim(work.session.connection(), feed.calendar, feed.path, feed.before, feed.after)
    groups, _ = grouped(feed.file.events)
    ours = {uid: event for uid, event in pending_events(work, feed.calendar).items() if uid in groups}
    restored = _restore(work, feed.calendar, [uid for uid in groups if uid not in ours])
    theirs = [record for record in feed.file.events if record.uid not in ours]
    plan = follow(work, feed.calendar, replace(feed.file, events=tuple(theirs)))
    counted = dict(work.params.get("counts", {}))
    met = meet(work, ((event, groups[uid]) for uid, event in ours.items()))
    work.fresh_rows = work.fresh_rows and not restored and not met.touched
    ids = [*work.params.get("ids", []), *met.touched, *restored]
    alone = len(ids) == 1 and sum(counted.values()) <= 1
    work.tell(table="event", ids=ids if alone else [])
    work.tell(counts=counted, seen=len(met.seen), clashes=len(met.told), restored=len(restored))
    return Took(
        counts=plan.counts,
        seen=len(met.seen),
        written=tuple(plan.written),
        told=(*met.told, *plan.followed),
        notes=tuple(plan.notes),
        problems=tuple(plan.problems),
    )


def follow(work: Work, calendar: str, file: CalendarFile) -> CalendarPlan:
    """Make a calendar say what a file says, whatever its stamps: whoever leads is right."""
    rows = EventRows(work.catalog, work.desk.account, calendar)
    groups, _ = grouped(file.events)
    known = find_known(work.session, list(groups), calendar)
    texts = raw_texts(work.session, [event.id for event in known.events.values()])
    lifted = tuple(_lifted(record, known, texts) for record in file.events)
    plan = plan_calendar(work.place, work.session, replace(file, events=lifted), rows)
    plan.dropped.extend(key for key in _no_longer_changed(groups, known, texts) if key not in plan.dropped)
    if not plan.empty:
        carry_out(work, plan, rows)
    return plan


def _lifted(record: EventRecord, known: Known, texts: Mapping[tuple[int, int | None], str]) -> EventRecord:
    """A record that says something new without a newer stamp gets one, so that it counts as newer."""
    event = known.events.get(record.uid)
    if event is None:
        return record
    stored, key = event.stamp, None
    if record.recurrence_id is not None:
        date = event.dates.get(original_start(record, event.series.tzid, event.series.all_day))
        if date is None:
            return record
        stored, key = date.stamp, date.id
    if stamp_of(record) > stored or same_content(record.raw, texts.get((event.id, key), "")):
        return record
    return _after(record, stored)


def _after(record: EventRecord, stored: Stamp) -> EventRecord:
    return replace(record, sequence=stored[0], dtstamp=stored[1] + _A_SECOND)


def _no_longer_changed(
    groups: Mapping[str, Group], known: Known, texts: Mapping[tuple[int, int | None], str]
) -> list[int]:
    """Changed dates that came from there and are not in their series any more; our own details stay."""
    found = []
    for uid, group in groups.items():
        event = known.events.get(uid)
        if event is None or group.master is None:
            continue
        series = event.series
        told, _ = with_following(
            {original_start(one, series.tzid, series.all_day): one for one in group.dates.values()}, series
        )
        found += [
            date.id
            for moment, date in event.dates.items()
            if moment not in told and (event.id, date.id) in texts
        ]
    return found


def _restore(work: Work, calendar: str, uids: Sequence[str]) -> list[int]:
    """Take back what was thrown away here and stands there again, instead of having it a second time."""
    thrown = select(Event.uid).where(Event.calendar == calendar, Event.trashed_at.is_not(None))
    wanted = set(uids)
    rows = work.session.scalars(
        select(Event)
        .where(Event.calendar == calendar, Event.uid.in_(thrown))
        .order_by(Event.trashed_at.is_(None).desc(), Event.id.desc())
    )
    newest: dict[str, Event] = {}
    for event in rows:
        if event.uid in wanted:
            newest.setdefault(event.uid, event)
    gone = [event for event in newest.values() if event.trashed_at is not None]
    for event in gone:
        event.trashed_at = None
    work.session.flush()
    return [event.id for event in gone]


@sentence("sync_calendar")
def _synced(params: Params) -> str:
    told = [event_counts(Counts(**params.get("counts", {})))]
    if seen := params.get("seen", 0):
        told.append(f"{plural(seen, 'Änderung ist', 'Änderungen sind')} in Outlook angekommen")
    if clashes := params.get("clashes", 0):
        told.append(f"{plural(clashes, 'Termin', 'Termine')} hier und dort geändert")
    if restored := params.get("restored", 0):
        told.append(f"{plural(restored, 'Termin steht', 'Termine stehen')} wieder da")
    return f"aus Outlook gelesen: {', '.join(filter(None, told)) or 'nichts Neues'}"
