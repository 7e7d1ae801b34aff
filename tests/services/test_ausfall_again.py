"""Decided otherwise in an Ausfall: what stays stands again as it did before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from ausfall_kit import at, begun, event_at, line, view, words
from sqlalchemy import select

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.ausfall.deciding import (
    ask_deputy,
    cancel_lines,
    deputy_said,
    keep_lines,
    move_line,
)
from ob_buero_tui.services.calendar.changing import change_event
from ob_buero_tui.services.calendar.forms import form_of
from ob_buero_tui.services.calendar.moving import move_event
from ob_buero_tui.services.calendar.scopes import Scope
from ob_buero_tui.services.requests.accepting import accept, propose
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event, EventOverride
from ob_buero_tui.store.decisions import Deputation
from ob_buero_tui.store.tasks import Task

Make = Callable[..., int]
WEEKLY = "FREQ=WEEKLY;COUNT=6"


def standing(place: Workplace, title: str) -> tuple[str, str, str]:
    with place.reading() as session:
        row = session.scalars(select(Event).where(Event.summary == title, Event.calendar == "ob")).one()
        dates = session.scalars(select(EventOverride).where(EventOverride.event_id == row.id)).all()
        shown = dates[0] if dates else row
        return (row.attendee, shown.status, f"{shown.dtstart:%d.%m. %H:%M}")


@pytest.mark.parametrize("rule", ["", WEEKLY])
@pytest.mark.parametrize("refused", [True, False])
def test_vorgemerkt_stays_vorgemerkt(place: Workplace, make_event: Make, rule: str, refused: bool) -> None:
    event_at(make_event, "2026-11-26T14:00", "2026-11-26T15:00", "Vielleicht", status="TENTATIVE", rrule=rule)
    key = begun(place)
    ids = [line(place, key, "Vielleicht").id]
    ask_deputy(place, key, ids, "bm1")
    if refused:
        deputy_said(place, key, ids, False)
        ask_deputy(place, key, ids, "bm2")
    keep_lines(place, key, ids)
    assert standing(place, "Vielleicht") == ("OB", "TENTATIVE", "26.11. 14:00")
    cancel_lines(place, key, ids, "OB verhindert")
    keep_lines(place, key, ids)
    assert standing(place, "Vielleicht") == ("OB", "TENTATIVE", "26.11. 14:00")


@pytest.mark.parametrize("rule", ["", WEEKLY])
def test_what_was_moved_goes_back(place: Workplace, make_event: Make, rule: str) -> None:
    event_at(make_event, "2026-11-26T14:00", "2026-11-26T15:00", "Empfang", rrule=rule)
    key = begun(place)
    one = line(place, key, "Empfang").id
    move_line(place, key, one, at("2026-12-01T14:00"), at("2026-12-01T15:00"))
    assert words(place, key) == ["Empfang: verschoben auf Di 1.12. 14:00"]
    keep_lines(place, key, [one])
    assert words(place, key) == ["Empfang: bleibt"]
    assert standing(place, "Empfang") == ("OB", "CONFIRMED", "26.11. 14:00")
    assert not view(place, key).lines[0].outside
    with place.reading() as session:
        assert session.scalars(select(Event.moved_from).where(Event.summary == "Empfang")).one() is None


def test_a_request_that_was_moved_is_decided_first(place: Workplace, make_request: Make) -> None:
    request = make_request(
        kind="einladung", event_start=at("2026-11-26T14:00"), event_end=at("2026-11-26T15:00")
    )
    accept(place, [propose(place, request).plan])
    key = begun(place)
    one = view(place, key).lines[0].id
    move_line(place, key, one, at("2026-12-03T14:00"), at("2026-12-03T15:00"))
    with pytest.raises(Refusal, match="alten Platz"):
        keep_lines(place, key, [one])


def decided(place: Workplace, make_event: Make) -> tuple[int, int, int]:
    """A series one date of which a deputy was asked for, in an Ausfall."""
    series = event_at(make_event, "2026-11-19T16:00", "2026-11-19T17:00", "Serie", rrule=WEEKLY)
    key = begun(place)
    one = line(place, key, "Serie").id
    ask_deputy(place, key, [one], "bm1")
    return series, key, one


def test_a_series_that_moves_keeps_what_was_decided(place: Workplace, make_event: Make) -> None:
    series, key, one = decided(place, make_event)
    deputy_said(place, key, [one], True)
    done = move_event(
        place,
        f"{series}@2026-12-03T16:00",
        at("2026-12-03T17:00"),
        at("2026-12-03T18:00"),
        Scope.SERIE,
        "egal",
    )
    assert "1. BM neu fragen" in done.text
    assert words(place, key) == ["Serie: 1. BM angefragt"]
    assert [call.role for call in view(place, key).calls] == ["vertretung"]
    with place.reading() as session:
        entry = session.scalars(select(Event).where(Event.calendar == "bm1")).one()
        asked = session.scalars(select(Deputation)).one()
        tasks = session.scalars(select(Task.label)).all()
    assert (entry.dtstart, entry.status) == (at("2026-11-26T17:00"), "TENTATIVE")
    assert (asked.answer, asked.stands_on) == ("angefragt", entry.dtstart.date())
    assert tasks == ["Antwort von 1. BM zur Vertretung am neuen Termin"]


def test_a_series_that_is_cut_keeps_what_was_decided(place: Workplace, make_event: Make) -> None:
    series, key, _ = decided(place, make_event)
    form = form_of(place, f"{series}@2026-11-26T16:00")
    change_event(place, replace(form, location="Rathaus"), Scope.FOLGENDE, "egal")
    assert words(place, key) == ["Serie: 1. BM angefragt"]
    assert len(view(place, key).calls) == 1
    with place.reading() as session:
        new = session.scalars(select(Event).order_by(Event.id.desc())).first()
        entry = session.scalars(select(Event).where(Event.calendar == "bm1")).one()
    assert new is not None
    assert entry.related_uid == new.uid


def test_what_stays_stays_after_a_cut(place: Workplace, make_event: Make) -> None:
    series = event_at(make_event, "2026-11-19T16:00", "2026-11-19T17:00", "Serie", rrule=WEEKLY)
    key = begun(place)
    keep_lines(place, key, [line(place, key, "Serie").id])
    form = form_of(place, f"{series}@2026-11-26T16:00")
    change_event(place, replace(form, location="Rathaus"), Scope.FOLGENDE, "egal")
    assert (words(place, key), view(place, key).open) == (["Serie: bleibt"], 0)


def test_a_date_that_is_gone_leaves_its_deputy(place: Workplace, make_event: Make) -> None:
    series, key, _ = decided(place, make_event)
    form = form_of(place, f"{series}@2026-12-03T16:00")
    change_event(place, replace(form, rrule="FREQ=MONTHLY;BYDAY=1TH"), Scope.SERIE, "egal")
    assert words(place, key) == ["Serie: 1. BM angefragt"]
    assert len(view(place, key).calls) == 1


def test_a_series_begins_and_ends(place: Workplace, make_event: Make) -> None:
    single = event_at(make_event, "2026-11-26T14:00", "2026-11-26T15:00", "Empfang")
    key = begun(place)
    keep_lines(place, key, [line(place, key, "Empfang").id])
    change_event(place, replace(form_of(place, str(single)), rrule=WEEKLY), Scope.SERIE, "egal")
    assert words(place, key) == ["Empfang: bleibt"]
    form = form_of(place, f"{single}@2026-11-26T14:00")
    change_event(place, replace(form, rrule=""), Scope.SERIE, "egal")
    assert words(place, key) == ["Empfang: bleibt"]


def test_a_promise_does_not_outlive_the_old_time(place: Workplace, make_event: Make) -> None:
    single = event_at(make_event, "2026-11-26T14:00", "2026-11-26T15:00", "Empfang")
    key = begun(place)
    one = line(place, key, "Empfang").id
    ask_deputy(place, key, [one], "bm1")
    deputy_said(place, key, [one], True)
    done = move_event(place, str(single), at("2026-11-27T14:00"), at("2026-11-27T15:00"), reason="egal")
    assert done.text.endswith("Vertretung neu fragen")
    assert words(place, key) == ["Empfang: 1. BM angefragt"]
    with place.reading() as session:
        row = session.scalars(select(Event).where(Event.id == single)).one()
    assert row.status == "TENTATIVE"


@pytest.mark.parametrize("rule", ["", WEEKLY])
def test_a_deputy_who_cannot_after_all_leaves_it_open(place: Workplace, make_event: Make, rule: str) -> None:
    event_at(make_event, "2026-11-26T14:00", "2026-11-26T15:00", "Zusage", rrule=rule)
    key = begun(place)
    row = line(place, key, "Zusage")
    ask_deputy(place, key, [row.id], "bm1")
    deputy_said(place, key, [row.id], True)
    deputy_said(place, key, [row.id], False)
    after = line(place, key, "Zusage")
    assert (after.said, after.open) == ("1. BM nicht mehr", True)
    ask_deputy(place, key, [row.id], "bm2")
    assert line(place, key, "Zusage").said == "2. BM angefragt"
