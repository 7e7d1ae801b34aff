"""Requests follow their appointments when a calendar file moves them, as when the office does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from sqlalchemy import select

from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.german import join
from ob_buero_tui.rules.recurrence import recurrence_id_text
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.calendar.following import requests_at
from ob_buero_tui.services.calendar.forms import EventForm, form_from
from ob_buero_tui.services.calendar.one_date import event_key, find_date
from ob_buero_tui.services.calendars.pending import note_change
from ob_buero_tui.services.intake.calendar_changes import CalendarPlan
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.calendar import Event, EventOverride
from ob_buero_tui.store.requests import Request, RequestEvent

_AT_ONCE = 500


def dates_with_requests(work: Work, plan: CalendarPlan) -> dict[str, EventForm]:
    """The dates that a plan is about to change and that open requests belong to, as they are now, by key."""
    dropped = [work.get(EventOverride, key) for key in plan.dropped]
    single = {item.event_id for item in plan.replaced}
    dates = [(item.event_id, item.draft.row["recurrence_id"]) for item in plan.dates]
    dates += [(row.event_id, row.recurrence_id) for row in dropped]
    linked = _linked(work, {*single, *(key for key, _ in dates)})
    keys = [str(key) for key in sorted(single & linked)]
    for key, moment in dates:
        if key in linked:
            all_day = work.get(Event, key).all_day
            keys.append(f"{key}@{recurrence_id_text(moment, all_day)}")
    found = ((key, _form(work, key)) for key in dict.fromkeys(keys))
    return {key: form for key, form in found if form is not None}


def follow_requests(work: Work, before: Mapping[str, EventForm]) -> list[str]:
    """Let requests follow the dates that moved; German sentences on those that did."""
    if not before:
        return []
    from ob_buero_tui.services.requests.following import follow_date

    work.session.flush()
    told = []
    for key, old in before.items():
        new = _form(work, key)
        if new is None or (old.start, old.end, old.location) == (new.start, new.end, new.location):
            continue
        event = work.get(Event, event_key(key)[0])
        status = event.status
        words = [
            text
            for request in requests_at(work, event.id, old)
            for text in follow_date(work, request, event, old, new)
        ]
        if event.status != status:
            note_change(work, event)  # a deputy is asked again: the other side does not know
        full = work.place.sees(new.confidentiality.value, event.owner) is View.FULL
        name = f"„{shorten(new.summary, 60)}“" if full else "belegt"
        told += [f"{name}: {join(list(dict.fromkeys(words)))}."] if words else []
    return told


def _form(work: Work, key: str) -> EventForm | None:
    """A date as a form shows it; None for one that is gone."""
    with suppress(Refusal):
        found = find_date(work.session, work.place.zone, key)
        return form_from(work.session, found)
    return None


def _linked(work: Work, ids: Iterable[int]) -> set[int]:
    """Those of these appointments that an open request belongs to."""
    wanted, found = sorted(ids), set()
    for start in range(0, len(wanted), _AT_ONCE):
        found |= set(
            work.session.scalars(
                select(RequestEvent.event_id)
                .join(Request, Request.id == RequestEvent.request_id)
                .where(RequestEvent.event_id.in_(wanted[start : start + _AT_ONCE]))
                .where(Request.closed.is_(False), Request.trashed_at.is_(None))
            )
        )
    return found
