"""A calendar file moves an appointment: the request behind it has the new date, too."""

# ruff: noqa: DTZ001 wall times are naive by design

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from calendars_kit import Outlook, outlook, vevent  # noqa: F401 fixtures
from ob_buero_tui.services.work import transaction
from ob_buero_tui.store.requests import Request, RequestEvent

Make = Callable[..., int]
FIRST = datetime(2026, 12, 1, 10)
HOUR = timedelta(hours=1)
OTHER = vevent("b", "20261202T130000")


def linked(outlook: Outlook, make_request: Make, on: datetime = FIRST) -> int:  # noqa: F811
    """A promised request that belongs to a date of the first appointment."""
    key = make_request(kind="einladung", event_start=on, event_end=on + HOUR, state="zugesagt")
    with transaction(outlook.place, "note_event") as work:
        event = outlook.one("Termin a").id
        work.session.add(RequestEvent(request_id=key, event_id=event))
    return key


def starts(outlook: Outlook, key: int) -> tuple[datetime | None, datetime | None]:  # noqa: F811
    """When the occasion of a request begins and ends."""
    with outlook.place.reading() as session:
        row = session.get_one(Request, key)
        return row.event_start, row.event_end


def test_a_request_follows_what_outlook_moves(outlook: Outlook, make_request: Make) -> None:  # noqa: F811
    outlook.writes(vevent("a"), OTHER)
    outlook.reread()
    key = linked(outlook, make_request)
    outlook.writes(vevent("a", "20261204T100000"), OTHER)
    news = outlook.reread()
    there = datetime(2026, 12, 4, 10)
    assert starts(outlook, key) == (there, there + HOUR)
    assert "folgt" in news.sentence


def test_a_request_follows_one_date_of_a_series_and_back(outlook: Outlook, make_request: Make) -> None:  # noqa: F811
    series = vevent("a", RRULE="FREQ=WEEKLY;COUNT=6")
    outlook.writes(series, OTHER)
    outlook.reread()
    key = linked(outlook, make_request, FIRST + timedelta(days=7))
    date = vevent("a", "20261209T150000").replace(
        "SUMMARY", "RECURRENCE-ID;TZID=Europe/Berlin:20261208T100000\r\nSUMMARY"
    )
    outlook.writes(series, date, OTHER)
    outlook.reread()
    assert starts(outlook, key)[0] == datetime(2026, 12, 9, 15)
    outlook.writes(series, OTHER)
    outlook.reread()
    assert starts(outlook, key)[0] == FIRST + timedelta(days=7)


def test_a_request_of_another_date_stays(outlook: Outlook, make_request: Make) -> None:  # noqa: F811
    outlook.writes(vevent("a"), OTHER)
    outlook.reread()
    key = linked(outlook, make_request, FIRST + timedelta(days=1))
    outlook.writes(vevent("a", "20261204T100000"), OTHER)
    outlook.reread()
    assert starts(outlook, key)[0] == FIRST + timedelta(days=1)
