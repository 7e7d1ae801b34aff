"""Moving, lengthening and shortening an appointment."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.german import clock, long_date
from ob_buero_tui.rules.zones import existing_span
from ob_buero_tui.services.calendar.changing import apply, scope_words
from ob_buero_tui.services.calendar.forms import EventForm, form_from
from ob_buero_tui.services.calendar.one_date import find_date
from ob_buero_tui.services.calendar.scopes import LABELS, Scope
from ob_buero_tui.services.calendar.writing import TIME
from ob_buero_tui.services.history import Params, moment_text, sentence
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case

NOT_MOVED = "Der Termin wurde nicht verschoben."
ONE_DAY = timedelta(days=1)


@use_case("move_event")
def move_event(
    work: Work,
    key: str,
    start: datetime,
    end: datetime,
    scope: Scope = Scope.DIESER,
    reason: str = "",
    all_day: bool | None = None,
) -> Done:
    """Give a date another time; its series follows as far as the scope reaches.

    Open preparation tasks and the date of its request follow, and a deputy is to be asked again.

    Args:
        key: The date, as `DayEvent.id` names it.
        start, end: Wall time of the office; the end of an all-day one is exclusive.
        reason: Why it stands although it clashes.
        all_day: Whether it has no time of day; None leaves it as it is.

    Raises:
        Clashing: it clashes with something, and no reason is given.
        Refusal: the end is not after the start, or this desk may not change it.
    """
    found = find_date(work.session, work.place.zone, key)
    before = form_from(work.session, found)
    whole = before.all_day if all_day is None else all_day
    if whole:
        start, end = _days(start, end)
    after = replace(before, start=start, end=end, all_day=whole)
    done = apply(work, found, after, scope, reason, NOT_MOVED)
    held = after if whole else _held(after, work.place.zone)
    work.tell(table="event", ids=[done.event.id])
    work.tell(start=held.start.isoformat(), before=before.start.isoformat())
    work.tell(scope="" if found.original is None else done.scope.value, all_day=whole)
    work.tell(minutes=None if whole or _minutes(after) == _minutes(before) else _minutes(after))
    reach = "" if found.original is None else f" ({LABELS[done.scope]})"
    parts = [_text(before, held) + reach, *done.texts] if TIME & done.names else ["unverändert"]
    return Done(ids=(done.event.id,), text=f"„{shorten(before.summary, 60)}“: {', '.join(parts)}")


def _days(start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """Whole days: from midnight to the midnight after the last one."""
    first, last = datetime.combine(start.date(), time(0)), datetime.combine(end.date(), time(0))
    return first, last if end.time() == time(0) and last > first else last + ONE_DAY


def _held(form: EventForm, zone: str) -> EventForm:
    """When it really is: an hour that summer time skips is the one after it."""
    start, end = existing_span(form.start, form.end, zone)
    return replace(form, start=start, end=end)


def _minutes(form: EventForm) -> int:
    return int((form.end.replace(fold=0) - form.start.replace(fold=0)).total_seconds() // 60)


def _text(before: EventForm, after: EventForm) -> str:
    """„verschoben auf Fr 27.11.2026 14:00“, „verlängert bis 16:30“."""
    day = long_date(after.start.date())
    if after.all_day:
        last = after.end - ONE_DAY
        until = f" bis {long_date(last.date())}" if last > after.start else ""
        return f"verschoben auf {day}{until}, ganztägig"
    if before.start == after.start and before.all_day == after.all_day:
        if before.end == after.end:
            return "unverändert"  # the hour that summer time skips is the one it stood on
        verb = "verlängert" if after.end > before.end else "verkürzt"
        on = "" if after.end.date() == after.start.date() else f"{long_date(after.end.date())} "
        return f"{verb} bis {on}{clock(after.end)}"
    return f"verschoben auf {day} {clock(after.start)}"


@sentence("move_event")
def _moved(params: Params) -> str:
    before, start = params.get("before"), params.get("start")
    minutes = params.get("minutes")
    length = f", Dauer {minutes} Min." if minutes is not None else ""
    if before == start:
        return f"Dauer geändert{scope_words(params)}{length}"
    return f"verschoben von {moment_text(before)} auf {moment_text(start)}{scope_words(params)}{length}"
