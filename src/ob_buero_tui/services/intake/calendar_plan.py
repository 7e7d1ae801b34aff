"""What a calendar file would change: new, replaced, called-off and unchanged appointments."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.exchange.ics_records import CalendarFile, EventRecord
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.series_split import cut_again, ended_before
from ob_buero_tui.services.calendars.comparing import differences
from ob_buero_tui.services.erasing.erased_uids import as_known_here
from ob_buero_tui.services.intake.calendar_changes import (
    CalendarPlan,
    DateChange,
    Draft,
    NewEvent,
    Replaced,
    Seen,
)
from ob_buero_tui.services.intake.calendar_doubles import also_of_the_mayor, known_sessions, sessions_note
from ob_buero_tui.services.intake.event_answers import plan_answers
from ob_buero_tui.services.intake.event_following import with_following
from ob_buero_tui.services.intake.event_groups import Group, grouped, stamp_of
from ob_buero_tui.services.intake.event_lookup import (
    Known,
    KnownEvent,
    Series,
    find_known,
    has_second_part,
    raw_texts,
    same_content,
)
from ob_buero_tui.services.intake.event_methods import by_method
from ob_buero_tui.services.intake.event_rows import EventRows, is_cancelled, original_start
from ob_buero_tui.services.intake.kept_dates import outlived, own_exclusions, series_of_record
from ob_buero_tui.services.intake.lone_dates import reread
from ob_buero_tui.services.intake.zone_names import zone_aliases
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event, EventOverride


def plan_calendar(place: Workplace, session: Session, file: CalendarFile, rows: EventRows) -> CalendarPlan:
    """Work out what a calendar file is to change, writing nothing."""
    file, erased = as_known_here(place, session, file, rows.calendar)
    sorted_out = by_method(file.events)
    groups, doubled = grouped(sorted_out.events)
    plan = CalendarPlan(notes=[*file.notes, *doubled], problems=[item.reason for item in file.skipped])
    plan.count("skipped", len(file.skipped))
    plan.problems.extend(sorted_out.left)
    plan.count("skipped", len(sorted_out.left))
    plan_answers(session, sorted_out.answers, rows.calendar, plan)
    known = find_known(session, list(groups), rows.calendar)
    wanted = [event.id for uid in groups for event in _stored(known, uid)]
    planner = _Planner(session, plan, rows, known, raw_texts(session, wanted), place.zone)
    new = {uid: group for uid, group in groups.items() if not _stored(known, uid)}
    doubles = known_sessions(session, new.values(), rows.calendar)
    if doubles:
        plan.notes.append(sessions_note(doubles))
        plan.count("unchanged", len(doubles))
    if told := also_of_the_mayor(session, new, rows.calendar):
        plan.notes.append(told)
    plan.count("unchanged", erased)
    for group in groups.values():
        if group.uid in doubles:
            continue
        try:
            planner.plan(group)
        except OverflowError:
            title = shorten(group.title, 60)
            plan.problems.append(f"„{title}“ liegt außerhalb der Jahre, die sich berechnen lassen.")
            plan.count("skipped")
    return plan


def _stored(known: Known, uid: str) -> list[KnownEvent]:
    event = known.events.get(uid)
    return [*([event] if event else []), *known.lone.get(uid, ())]


class _Planner:
    """Decides about one UID after the other."""

    def __init__(
        self,
        session: Session,
        plan: CalendarPlan,
        rows: EventRows,
        known: Known,
        texts: Mapping[tuple[int, int | None], str],
        zone: str,
    ) -> None:
        self._session = session
        self._plan = plan
        self._rows = rows
        self._known = known
        self._texts = texts
        self._zone = zone
        self._aliases = zone_aliases(session) if known.lone else {}

    def plan(self, group: Group) -> None:
        """Decide what becomes of all records of a UID."""
        stored = self._known.events.get(group.uid)
        lone = self._known.lone.get(group.uid, [])
        if stored is not None:
            self._known_event(group, stored)
        elif group.uid in self._known.leaving:
            # The office has deleted it, and the other side does not know yet: it must not come back.
            self._plan.count("unchanged")
        elif group.calls_off and not lone:
            self._plan.notes.append(
                f"Die Absage von „{shorten(group.title, 60)}“ betrifft keinen gespeicherten Termin."
            )
        elif group.master is not None and group.master.method == "CANCEL":
            for event in lone:
                self._master(event, group.master)
        elif group.master is not None:
            self._new_series(group, group.master, lone)
        else:
            self._lone_dates(group, lone)

    def _known_event(self, group: Group, stored: KnownEvent) -> None:
        series = self._master(stored, group.master) if group.master else stored.series
        series = self._ended(group, stored, series)
        moments = self._moments(group, series)
        self._dates(stored, moments)
        if not series.runs_as(stored.series):
            # A changed date that the series no longer has would be one too many.
            self._drop(group, stored, series, moments)
        if stored.pending and group.master is not None and self._shown(group, stored):
            self._plan.seen.append(Seen(event_id=stored.id, record=group.master))

    def _drop(self, group: Group, stored: KnownEvent, series: Series, moments: Collection[datetime]) -> None:
        """Let go of the changed dates that a series which runs differently now does not have."""
        came = {date for event, date in self._texts if event == stored.id and date is not None}
        left = [(start, date) for start, date in stored.dates.items() if start not in moments]
        gone, ours = outlived(left, came, series)
        self._plan.dropped.extend(gone)
        if ours:
            dates = plural(ours, "Einzeltermin gehört", "Einzeltermine gehören")
            self._plan.notes.append(
                f"„{shorten(group.title, 60)}“ läuft jetzt anders: {dates} nicht mehr dazu; was hier dafür"
                " eingetragen war, fällt weg."
            )

    def _cut(self, stored: KnownEvent, series: Series) -> Series:
        """What the office has cut off a series goes on in a second part, which the sender does not know."""
        if series.rrule in ("", stored.series.rrule) or not has_second_part(
            self._session, stored.uid, self._rows.calendar
        ):
            return series
        was = stored.series
        rrule = cut_again(series.rrule, was.rrule, was.dtstart, all_day=series.all_day, tzid=series.tzid)
        return series._replace(rrule=rrule)

    def _exclusions(self, stored: KnownEvent, series: Series) -> tuple[str, ...]:
        """The dates that the office left out of a series itself: a newer version does not bring them back."""
        if not stored.series.exdates:
            return ()
        raw = self._texts.get((stored.id, None))
        told = reread(raw, self._zone, zone_aliases(self._session)) if raw else None
        return own_exclusions(stored.series, series_of_record(told) if told else None, series)

    def _shown(self, group: Group, stored: KnownEvent) -> bool:
        """Whether the other side has by now what we changed."""
        event = self._session.get_one(Event, stored.id)
        overrides = self._session.scalars(select(EventOverride).where(EventOverride.event_id == stored.id))
        return not differences(event, overrides, group, self._zone)

    def _moments(self, group: Group, series: Series) -> dict[datetime, EventRecord]:
        moments, notes = with_following(_moments(group, series), series)
        self._plan.notes.extend(notes)
        return moments

    def _ended(self, group: Group, stored: KnownEvent, series: Series) -> Series:
        """End a series where a date and all later ones are called off."""
        starts = {original_start(one, series.tzid, series.all_day): one for one in group.dates.values()}
        off = [start for start, one in starts.items() if one.following and one.method == "CANCEL"]
        if not off or not series.rrule:
            return series
        first = min(off)
        record = starts[first]
        for start in [one for one in starts if one >= first and starts[one].method == "CANCEL"]:
            group.dates.pop(next(key for key, one in group.dates.items() if one is starts[start]))
        rrule = ended_before(series.rrule, first, all_day=series.all_day, tzid=series.tzid)
        if rrule == series.rrule or record.sequence < stored.stamp[0]:
            self._plan.count("unchanged")
            return series
        self._plan.replaced.append(Replaced(event_id=stored.id, record=record, ends_before=first))
        self._plan.count("cancelled")
        self._plan.dropped.extend(date.id for start, date in stored.dates.items() if start >= first)
        return series

    def _master(self, stored: KnownEvent, record: EventRecord) -> Series:
        """Replace a stored event by a newer version; returns what its dates are counted from afterwards."""
        if record.method == "CANCEL":
            if record.sequence < stored.stamp[0] or stored.cancelled:
                self._plan.count("unchanged")
            else:
                self._plan.replaced.append(Replaced(event_id=stored.id, record=record, only_cancel=True))
                self._plan.count("cancelled")
            return stored.series
        if not self._newer(record, stored.stamp, (stored.id, None)):
            self._plan.count("unchanged")
            return stored.series
        self._rows.content(record)
        series = self._cut(stored, series_of_record(record))
        self._plan.replaced.append(
            Replaced(
                event_id=stored.id,
                record=record,
                left_out=self._exclusions(stored, series),
                rrule=None if series.rrule == record.rrule else series.rrule,
            )
        )
        self._plan.count("replaced")
        return series

    def _dates(self, stored: KnownEvent, moments: Mapping[datetime, EventRecord]) -> None:
        """Add and replace the changed dates of a stored series."""
        for moment, record in moments.items():
            known = stored.dates.get(moment)
            off = record.method == "CANCEL"
            if known is None:
                draft = self._date_draft(record, moment)
                self._plan.dates.append(
                    DateChange(event_id=stored.id, override_id=None, draft=draft, only_cancel=off)
                )
                self._plan.count("cancelled" if is_cancelled(record) else "overrides")
                continue
            newer = self._newer(record, known.stamp, (stored.id, known.id))
            if off:
                newer = record.sequence >= known.stamp[0] and not known.cancelled
            if newer:
                draft = self._date_draft(record, moment)
                self._plan.dates.append(
                    DateChange(event_id=stored.id, override_id=known.id, draft=draft, only_cancel=off)
                )
                self._plan.count("cancelled" if off else "replaced")
            else:
                self._plan.count("unchanged")

    def _new_series(self, group: Group, master: EventRecord, lone: list[KnownEvent]) -> None:
        """Add an appointment; dates of it that stood alone until now become part of it."""
        for event in lone:
            record = reread(self._texts.get((event.id, None), ""), self._zone, self._aliases)
            if record is not None and record.recurrence_id is not None:
                group.dates.setdefault(record.recurrence_id, record)
                self._plan.absorbed.append(event.id)
        series = series_of_record(master)
        moments = self._moments(group, series)
        dates = tuple(self._date_draft(record, moment) for moment, record in moments.items())
        self._plan.new.append(NewEvent(event=self._draft(master), dates=dates))
        self._plan.count("events")
        self._plan.count("overrides", len(dates))

    def _lone_dates(self, group: Group, lone: list[KnownEvent]) -> None:
        """Keep dates of a series that nobody knows as appointments of their own."""
        stored = {}
        for event in lone:
            before = reread(self._texts.get((event.id, None), ""), self._zone, self._aliases)
            if before is not None:
                stored[before.recurrence_id] = event
        for moment, record in group.dates.items():
            known = stored.get(moment)
            if known is not None:
                self._master(known, record)
            elif record.method != "CANCEL":
                self._plan.new.append(NewEvent(event=self._draft(record)))
                self._plan.count("events")
                self._plan.notes.append(
                    f"„{shorten(record.summary, 60)}“ ist ein Einzeltermin einer Serie, die nicht in der"
                    " Datei steht."
                )

    def _newer(self, record: EventRecord, stored: Any, keys: tuple[int, int | None]) -> bool:
        """Whether a record is newer than what is stored and says something else than the stored text."""
        new = stamp_of(record)
        if new <= stored:
            return False
        return new[0] > stored[0] or not same_content(record.raw, self._texts.get(keys, ""))

    def _draft(self, record: EventRecord) -> Draft:
        return Draft(row=self._rows.event(record), raw=record.raw, notes=record.notes)

    def _date_draft(self, record: EventRecord, moment: datetime) -> Draft:
        return Draft(row=self._rows.date(record, moment), raw=record.raw, notes=record.notes)


def _moments(group: Group, series: Series) -> dict[datetime, EventRecord]:
    """The changed dates of a UID by their original start in the wall time of the series, the newest each."""
    found: dict[datetime, EventRecord] = {}
    for record in group.dates.values():
        moment = original_start(record, series.tzid, series.all_day)
        present = found.get(moment)
        if present is None or stamp_of(record) >= stamp_of(present):
            found[moment] = record
    return found
