"""The JSON of the lists: stable English keys, ids as text, dates and times in ISO 8601."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.zones import zone
from ob_buero_tui.services.council.views import MeetingRow
from ob_buero_tui.services.requests.listing import Listed
from ob_buero_tui.services.search import Hit
from ob_buero_tui.services.views import DayEvent, DayView


def inbox_shape(listed: Sequence[Listed], tzid: str) -> list[dict[str, Any]]:
    """The requests of a list."""
    return [_request(one, tzid) for one in listed]


def day_shape(view: DayView, tzid: str) -> dict[str, Any]:
    """One day with its appointments."""
    return {"date": view.date.isoformat(), "events": [_event(event, tzid) for event in view.events]}


def week_shape(days: Sequence[DayView], tzid: str) -> dict[str, Any]:
    """A week from Monday to Sunday, each day as `day_shape` gives it."""
    first, last = days[0].date, days[-1].date
    year, week, _ = first.isocalendar()
    return {
        "week": f"{year}-W{week:02}",
        "first": first.isoformat(),
        "last": last.isoformat(),
        "days": [day_shape(view, tzid) for view in days],
    }


def sessions_shape(rows: Sequence[MeetingRow], tzid: str) -> list[dict[str, Any]]:
    """Sessions with the dates that lead to them."""
    return [session_shape(row, tzid) for row in rows]


def session_shape(row: MeetingRow, tzid: str) -> dict[str, Any]:
    """One session with the dates that lead to it."""
    return {
        "id": str(row.id),
        "organization": clean(row.organization),
        "name": clean(row.name),
        "start": instant(row.start, tzid) if row.start else None,
        "state": clean(row.state),
        "deadlines": [
            {"kind": one.kind, "on": one.on.isoformat(), "rule": clean(one.rule), "text": clean(one.text)}
            for one in row.deadlines
        ],
    }


def search_shape(hits: Sequence[Hit]) -> list[dict[str, Any]]:
    """What a search found."""
    return [
        {"type": hit.type, "id": str(hit.id), "title": clean(hit.title), "snippet": clean(hit.snippet)}
        for hit in hits
    ]


def _request(one: Listed, tzid: str) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "number": one.number,
        "kind": one.kind,
        "state": one.state.value,
        "subject": clean(one.subject),
        "received_on": one.received_on.isoformat(),
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "due_time": clock(one.due_time),
        "assigned_to": clean(one.assigned_to),
        "requester": clean(one.requester),
        "organization": clean(one.organization),
        "event_start": instant(one.event_start, tzid) if one.event_start else None,
        "important": one.important,
        "checks": [
            {"rule": found.rule, "level": found.level.value, "text": clean(found.text)}
            for found in one.findings
        ],
    }


def _event(event: DayEvent, tzid: str) -> dict[str, Any]:
    return {
        "id": event.id,
        "uid": clean(event.uid),
        "summary": clean(event.summary),
        "start": event.start.date().isoformat() if event.all_day else instant(event.start, tzid),
        "end": event.end.date().isoformat() if event.all_day else instant(event.end, tzid),
        "all_day": event.all_day,
        "location": clean(event.location),
        "status": event.status.value,
        "confidentiality": event.confidentiality.value,
        "attendee": clean(event.attendee),
        "travel_before_min": event.travel_before_min,
        "travel_after_min": event.travel_after_min,
        "conflicts": list(event.conflicts),
    }


def instant(local: datetime, tzid: str) -> str:
    """A wall time of the office with its offset from UTC; its fold tells the two 02:30 in October apart."""
    return local.replace(tzinfo=zone(tzid)).isoformat()


def clock(moment: time | None) -> str | None:
    return moment.isoformat("minutes") if moment else None
