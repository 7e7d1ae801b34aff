"""v on an appointment of the Kalender: asked, tentative with the deputy, binding with the promise."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from ausfall_kit import at, event_at
from sqlalchemy import select

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.calendar.date_verbs import confirm_dates
from ob_buero_tui.services.calendar.deputizing import deputize_event, event_deputy_said, propose_for_date
from ob_buero_tui.services.calendar.scopes import Scope
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.tasks import Task

Make = Callable[..., int]


def event(place: Workplace, key: int) -> Event:
    with place.reading() as session:
        return session.scalars(select(Event).where(Event.id == key)).one()


def tasks(place: Workplace) -> list[str]:
    with place.reading() as session:
        return [row.label for row in session.scalars(select(Task).where(Task.done_at.is_(None)))]


def test_a_promise_binds(place: Workplace, make_event: Make) -> None:
    key = event_at(make_event, "2026-12-01T10:00", "2026-12-01T11:00", "Richtfest")
    deputize_event(place, str(key), "bm1")
    asked = event(place, key)
    assert (asked.calendar, asked.status, asked.attendee) == ("bm1", "TENTATIVE", "1. BM")
    assert tasks(place) == ["Antwort von 1. BM zur Vertretung"]
    assert propose_for_date(place, str(key))[1] is not None
    event_deputy_said(place, key, True)
    assert (event(place, key).status, tasks(place)) == ("CONFIRMED", [])
    undo(place)
    undo(place)
    assert (event(place, key).calendar, event(place, key).status) == ("ob", "CONFIRMED")


def test_confirming_the_appointment_is_the_promise(place: Workplace, make_event: Make) -> None:
    key = event_at(make_event, "2026-12-01T10:00", "2026-12-01T11:00", "Richtfest")
    deputize_event(place, str(key), "bm1")
    confirm_dates(place, str(key), Scope.DIESER)
    standing = propose_for_date(place, str(key))[1]
    assert standing is not None
    assert standing.promised
    assert tasks(place) == []


def test_a_refusal_leaves_a_task(place: Workplace, make_event: Make) -> None:
    key = event_at(make_event, "2026-12-01T10:00", "2026-12-01T11:00", "Richtfest")
    deputize_event(place, str(key), "bm1")
    event_deputy_said(place, key, False)
    assert tasks(place) == ["Neue Vertretung finden"]
    with pytest.raises(Refusal, match="niemand angefragt"):
        event_deputy_said(place, key, True)
    deputize_event(place, str(key), "bm2")
    assert event(place, key).calendar == "bm2"


def test_what_is_over_or_called_off_has_no_deputy(place: Workplace, make_event: Make) -> None:
    over = event_at(make_event, "2026-11-20T10:00", "2026-11-20T11:00", "Vorbei")
    off = event_at(make_event, "2026-12-01T10:00", "2026-12-01T11:00", "Aus", status="CANCELLED")
    for key in (over, off):
        with pytest.raises(Refusal, match="nicht angefragt"):
            deputize_event(place, str(key), "bm1")


def test_one_date_of_a_series_alone(place: Workplace, make_event: Make) -> None:
    key = event_at(
        make_event, "2026-12-01T10:00", "2026-12-01T11:00", "Jour fixe", rrule="FREQ=WEEKLY;COUNT=4"
    )
    done = deputize_event(place, f"{key}@2026-12-08T10:00", "stadtdirektor")
    copy = event(place, done.ids[0])
    assert (copy.calendar, copy.dtstart, copy.related_uid) == (
        "stadtdirektor",
        at("2026-12-08T10:00"),
        event(place, key).uid,
    )
