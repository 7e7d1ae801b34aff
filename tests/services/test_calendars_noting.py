"""Whatever changes an appointment that Outlook shows is to go there; what only the office knows is not."""

# ruff: noqa: DTZ001 wall times are naive by design

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from calendars_kit import Outlook, folder, outlook, vevent  # noqa: F401 fixtures
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.calendar.adding import add_event
from ob_buero_tui.services.calendar.changing import change_event
from ob_buero_tui.services.calendar.date_verbs import trash_dates
from ob_buero_tui.services.calendar.deputizing import deputize_event
from ob_buero_tui.services.calendar.forms import EventForm, form_of
from ob_buero_tui.services.calendar.scopes import Scope
from ob_buero_tui.services.calendar.verbs import restore_event
from ob_buero_tui.services.calendars.outstanding import outstanding
from ob_buero_tui.services.calendars.pending import pending_count
from ob_buero_tui.services.calendars.sending import send_to_outlook
from ob_buero_tui.services.requests.accepting import accept, propose
from ob_buero_tui.services.requests.moving import Moving, move_request
from ob_buero_tui.services.undo import undo, undo_action
from ob_buero_tui.services.work import transaction
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.journal import Action
from ob_buero_tui.store.requests import Request, RequestEvent

Make = Callable[..., int]
FIRST = datetime(2026, 12, 1, 10)
HOUR = timedelta(hours=1)
WEEKLY = "FREQ=WEEKLY;COUNT=6"
OTHER = vevent("b", "20261202T130000")


def begin(outlook: Outlook, **more: str) -> int:  # noqa: F811
    """Outlook shows two appointments; the key of the first."""
    outlook.writes(vevent("a", **more), OTHER)
    outlook.reread()
    key: int = outlook.one("Termin a").id
    return key


def state(outlook: Outlook) -> set[tuple[str, str, bool, bool]]:  # noqa: F811
    """Calendar, title, whether pending, whether in the trash."""
    with outlook.place.reading() as session:
        rows = session.scalars(select(Event)).all()
        return {
            (row.calendar, row.summary, row.pending_since is not None, row.trashed_at is not None)
            for row in rows
        }


def test_what_a_request_enters_waits(outlook: Outlook, make_request: Make) -> None:  # noqa: F811
    key = make_request(kind="einladung", event_start=FIRST, event_end=FIRST + HOUR)
    accept(outlook.place, [propose(outlook.place, key).plan])
    assert pending_count(outlook.place) == 1


def test_what_a_request_moves_waits(outlook: Outlook, make_request: Make) -> None:  # noqa: F811
    event = begin(outlook)
    key = make_request(kind="einladung", event_start=FIRST, event_end=FIRST + HOUR)
    with transaction(outlook.place, "note_event") as work:
        work.session.add(RequestEvent(request_id=key, event_id=event))
    with outlook.place.reading() as session:
        version = session.get_one(Request, key).version
    move_request(outlook.place, Moving(request_id=key, version=version, start=FIRST + timedelta(days=7)))
    assert pending_count(outlook.place) == 1
    outlook.writes(vevent("a"), OTHER, vevent("c", "20261203T100000"))
    outlook.reread()
    assert outlook.one("Termin a").dtstart == FIRST + timedelta(days=7)


def test_what_only_the_office_knows_waits_for_nothing(outlook: Outlook) -> None:  # noqa: F811
    key = begin(outlook, RRULE=WEEKLY)
    on = f"{key}@2026-12-15T10:00"
    change_event(outlook.place, replace(form_of(outlook.place, on), driver="Weber", speech_min=10))
    change_event(
        outlook.place, replace(form_of(outlook.place, on), gift="Blumen", travel_before_min=20), Scope.SERIE
    )
    assert pending_count(outlook.place) == 0
    outlook.writes(vevent("a", "20261201T110000", RRULE=WEEKLY), OTHER)
    outlook.reread()
    assert outlook.one("Termin a").dtstart == FIRST + HOUR
    change_event(outlook.place, replace(form_of(outlook.place, str(key)), location="Rathaus"))
    assert pending_count(outlook.place) == 1


def test_an_appointment_that_leaves_its_calendar_is_to_be_called_off_there(outlook: Outlook) -> None:  # noqa: F811
    key = begin(outlook)
    change_event(outlook.place, replace(form_of(outlook.place, str(key)), calendar="bm1", attendee="1. BM"))
    left = {("bm1", "Termin a", False, False), ("ob", "Termin a", True, True)}
    assert state(outlook) == left | {("ob", "Termin b", False, False)}
    assert [one.what for one in outstanding(outlook.place)] == ["gelöscht"]
    outlook.writes(vevent("a"), OTHER, vevent("c", "20261203T100000"))
    outlook.reread()
    assert [event.calendar for event in outlook.events(summary="Termin a")] == ["bm1"]
    send_to_outlook(outlook.place, [one.event_id for one in outstanding(outlook.place)])
    (draft,) = outlook.place.out_folder.rglob("*.eml")
    assert "method=CANCEL" in draft.read_text().replace('"', "")
    outlook.writes(OTHER, vevent("c", "20261203T100000"))
    outlook.reread()
    assert pending_count(outlook.place) == 0


def test_a_series_that_leaves_takes_its_dates_with_it(outlook: Outlook) -> None:  # noqa: F811
    changed = vevent("a", "20261208T120000", "Anders").replace(
        "SUMMARY", "RECURRENCE-ID;TZID=Europe/Berlin:20261208T100000\r\nSUMMARY"
    )
    outlook.writes(vevent("a", RRULE=WEEKLY), changed, OTHER)
    outlook.reread()
    key = outlook.one("Termin a").id
    form = replace(form_of(outlook.place, str(key)), calendar="bm1", attendee="1. BM")
    change_event(outlook.place, form, Scope.SERIE)
    outlook.writes(vevent("a", RRULE=WEEKLY), changed, OTHER, vevent("c", "20261203T100000"))
    assert "auch in Outlook" not in outlook.reread().sentence
    assert form_of(outlook.place, f"{key}@2026-12-08T10:00").summary == "Anders"
    undo(outlook.place)
    assert [(event.calendar, event.uid[:2]) for event in outlook.events(summary="Termin a")] == [("ob", "a@")]


def test_what_was_sent_and_went_to_a_deputy_is_to_be_called_off(outlook: Outlook) -> None:  # noqa: F811
    form = EventForm(start=FIRST, end=FIRST + HOUR, summary="Neu")
    key = add_event(outlook.place, form).ids[0]
    send_to_outlook(outlook.place, [key])
    deputize_event(outlook.place, str(key), "bm1")
    assert state(outlook) == {("bm1", "Neu", False, False), ("ob", "Neu", True, True)}
    send_to_outlook(outlook.place, [one.event_id for one in outstanding(outlook.place)])


def test_what_never_was_there_leaves_no_trace(outlook: Outlook) -> None:  # noqa: F811
    form = EventForm(start=FIRST, end=FIRST + HOUR, summary="Neu")
    key = add_event(outlook.place, form).ids[0]
    deputize_event(outlook.place, str(key), "bm1")
    assert state(outlook) == {("bm1", "Neu", False, False)}


def test_what_was_deleted_there_and_comes_out_of_the_trash_waits(outlook: Outlook) -> None:  # noqa: F811
    key = begin(outlook)
    trash_dates(outlook.place, str(key), Scope.DIESER)
    send_to_outlook(outlook.place, [key])
    outlook.writes(OTHER)
    outlook.reread()
    assert pending_count(outlook.place) == 0
    restore_event(outlook.place, [key])
    assert pending_count(outlook.place) == 1


def test_later_dates_that_were_deleted_wait_only_with_their_series(outlook: Outlook) -> None:  # noqa: F811
    key = begin(outlook, RRULE=WEEKLY)
    trash_dates(outlook.place, f"{key}@2026-12-15T10:00", Scope.FOLGENDE)
    assert [one.event_id for one in outstanding(outlook.place)] == [key]
    outlook.writes(vevent("a", RRULE="FREQ=WEEKLY;COUNT=2"), OTHER)
    outlook.reread()
    assert pending_count(outlook.place) == 0


def test_a_part_that_is_ours_alone_has_no_state_from_there(outlook: Outlook) -> None:  # noqa: F811
    from ob_buero_tui.services.calendars.pending import came_from_there

    key = begin(outlook, RRULE=WEEKLY)
    form = replace(form_of(outlook.place, f"{key}@2026-12-15T10:00"), location="Rathaus")
    change_event(outlook.place, form, Scope.FOLGENDE)
    with outlook.place.reading() as session:
        rows = session.scalars(select(Event).where(Event.summary == "Termin a").order_by(Event.id)).all()
        assert [came_from_there(session, row) for row in rows] == [True, False]


def test_what_outlook_says_is_not_taken_back_here(outlook: Outlook) -> None:  # noqa: F811
    begin(outlook)
    outlook.writes(vevent("a", "20261201T150000"), OTHER)
    outlook.reread()
    with outlook.place.reading() as session:
        newest = session.scalars(select(Action.id).order_by(Action.id.desc())).first()
    assert newest is not None
    with pytest.raises(Refusal, match="in Outlook steht"):
        undo_action(outlook.place, newest)
    assert outlook.one("Termin a").dtstart == datetime(2026, 12, 1, 15)
