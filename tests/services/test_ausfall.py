"""Ausfall: which appointments an absence hits, and what becomes of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ausfall_kit import absence, at, begun, event_at, line, view, words
from sqlalchemy import select

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.services.ausfall.beginning import begin_ausfall, change_ausfall, close_ausfall
from ob_buero_tui.services.ausfall.card import card
from ob_buero_tui.services.ausfall.deciding import (
    ask_deputy,
    cancel_lines,
    deputy_said,
    keep_lines,
    move_line,
)
from ob_buero_tui.services.ausfall.reading import ausfaelle
from ob_buero_tui.services.ausfall.views import AusfallOutcome
from ob_buero_tui.services.calendar.clashing import Clashing
from ob_buero_tui.services.calendar.day import day
from ob_buero_tui.services.requests.accepting import accept, propose
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event

Make = Callable[..., int]


@pytest.fixture
def full_day(make_event: Make) -> dict[str, int]:
    """Thursday with a little of everything."""
    return {
        "early": event_at(make_event, "2026-11-25T08:00", "2026-11-25T09:00", "Schon vorbei"),
        "series": event_at(
            make_event, "2026-11-19T09:00", "2026-11-19T10:00", "Jour fixe", rrule="FREQ=WEEKLY;COUNT=5"
        ),
        "visit": event_at(
            make_event,
            "2026-11-26T11:00",
            "2026-11-26T12:00",
            "Besuch",
            contact_name="Jana Rehfeld",
            contact_phone="0123 456",
        ),
        "council": event_at(make_event, "2026-11-26T17:00", "2026-11-26T20:00", "Stadtrat", calendar="rat"),
        "off": event_at(make_event, "2026-11-26T13:00", "2026-11-26T14:00", "Fällt aus", status="CANCELLED"),
        "deputy": event_at(make_event, "2026-11-26T14:00", "2026-11-26T15:00", "Vertreten", attendee="1. BM"),
        "theirs": event_at(make_event, "2026-11-26T14:00", "2026-11-26T15:00", "Kalender BM", calendar="bm1"),
        "free": event_at(
            make_event, "2026-11-26T00:00", "2026-11-27T00:00", "Beflaggung", transparent=True, all_day=True
        ),
        "later": event_at(make_event, "2026-12-01T11:00", "2026-12-01T12:00", "Danach"),
    }


def events(place: Workplace) -> dict[int, Event]:
    with place.reading() as session:
        return {row.id: row for row in session.scalars(select(Event))}


def test_an_absence_hits_what_the_mayor_goes_to(place: Workplace, full_day: dict[str, int]) -> None:
    key = begun(place)
    assert words(place, key) == ["Jour fixe", "Besuch", "Stadtrat"]
    first = line(place, key, "Besuch")
    assert (first.contact.name, first.contact.phone) == ("Jana Rehfeld", "0123 456")
    assert line(place, key, "Jour fixe").key == f"{full_day['series']}@2026-11-26T09:00"
    away = events(place)[view(place, key).event_id]
    assert (away.kind, away.all_day, away.confidentiality) == ("abwesenheit", True, "vertraulich")
    assert (away.dtstart, away.dtend) == (at("2026-11-25T00:00"), at("2026-11-28T00:00"))


def test_a_time_that_outlook_shows_as_free_is_hit_too(place: Workplace, make_event: Make) -> None:
    event_at(make_event, "2026-11-26T13:00", "2026-11-26T13:30", "Postmappe", transparent=True)
    assert words(place, begun(place)) == ["Postmappe"]


def test_an_overlapping_absence_is_made_longer(place: Workplace, make_event: Make) -> None:
    there = event_at(
        make_event, "2026-11-27T00:00", "2026-12-02T00:00", "krank", kind="abwesenheit", all_day=True
    )
    key = begun(place)
    assert view(place, key).event_id == there
    row = events(place)[there]
    assert (row.dtstart, row.dtend, row.all_day) == (at("2026-11-25T00:00"), at("2026-12-02T00:00"), True)
    assert begun(place, "krank bis fr") == key


def test_what_is_over_begins_nothing(place: Workplace) -> None:
    with pytest.raises(Refusal, match="schon vorbei"):
        begin_ausfall(place, absence(place, "krank bis 9 uhr"))


def test_a_new_appointment_inside_appears(
    place: Workplace, make_event: Make, full_day: dict[str, int]
) -> None:
    key = begun(place)
    event_at(make_event, "2026-11-27T10:00", "2026-11-27T11:00", "Neu dazu")
    new = line(place, key, "Neu dazu")
    assert new.new
    assert new.open
    done = keep_lines(place, key, [new.id])
    assert done.ids[0] > 0
    assert line(place, key, "Neu dazu").said == "bleibt"


def test_a_deputy_is_asked_promises_and_goes(place: Workplace, full_day: dict[str, int]) -> None:
    key = begun(place)
    visit = line(place, key, "Besuch").id
    ask_deputy(place, key, [visit], "bm1")
    row = events(place)[full_day["visit"]]
    assert (row.calendar, row.status, row.attendee) == ("bm1", "TENTATIVE", "1. BM")
    asked = line(place, key, "Besuch")
    assert (asked.asked, asked.open, asked.said) == (True, False, "1. BM angefragt")
    deputy_said(place, key, [visit], True)
    assert line(place, key, "Besuch").said == "1. BM kommt"
    assert events(place)[full_day["visit"]].status == "CONFIRMED"
    assert card(place, key, visit).proposal.chains[0].deputies[0].stood == 1  # type: ignore[union-attr]


def test_a_refused_deputy_is_asked_again_elsewhere(place: Workplace, full_day: dict[str, int]) -> None:
    key = begun(place)
    visit = line(place, key, "Besuch").id
    ask_deputy(place, key, [visit], "bm1")
    with pytest.raises(Refusal, match="schon angefragt"):
        ask_deputy(place, key, [visit], "bm1")
    deputy_said(place, key, [visit], False)
    again = line(place, key, "Besuch")
    assert (again.open, again.said) == (True, "1. BM hat abgelehnt")
    ask_deputy(place, key, [visit], "bm2")
    assert events(place)[full_day["visit"]].calendar == "bm2"
    keep_lines(place, key, [visit])
    row = events(place)[full_day["visit"]]
    assert (row.calendar, row.status, row.attendee) == ("ob", "CONFIRMED", "OB")


def test_one_date_of_a_series_goes_to_the_deputy(place: Workplace, full_day: dict[str, int]) -> None:
    key = begun(place)
    jour = line(place, key, "Jour fixe").id
    ask_deputy(place, key, [jour], "stadtdirektor")
    deputy_said(place, key, [jour], True)
    shown = {
        (one.summary, one.attendee, str(one.status)) for one in day(place, at("2026-11-26").date()).events
    }
    assert ("Jour fixe", "StD", "CONFIRMED") in shown
    assert ("Jour fixe", "OB", "CONFIRMED") not in shown
    later = {one.summary for one in day(place, at("2026-12-03").date()).events}
    assert "Jour fixe" in later
    keep_lines(place, key, [jour])
    shown = {
        (one.summary, one.attendee, str(one.status)) for one in day(place, at("2026-11-26").date()).events
    }
    assert ("Jour fixe", "OB", "CONFIRMED") in shown


def test_a_session_stays_and_gets_a_deputy_beside_it(place: Workplace, full_day: dict[str, int]) -> None:
    key = begun(place)
    council = line(place, key, "Stadtrat").id
    with pytest.raises(Refusal, match="Sitzung wird hier nicht abgesagt"):
        cancel_lines(place, key, [council], "OB verhindert")
    ask_deputy(place, key, [council], "bm1")
    assert events(place)[full_day["council"]].status == "CONFIRMED"
    copies = [row for row in events(place).values() if row.calendar == "bm1" and row.summary == "Stadtrat"]
    assert [row.status for row in copies] == ["TENTATIVE"]


def test_calling_off_needs_a_reason_and_spares_the_series(place: Workplace, full_day: dict[str, int]) -> None:
    key = begun(place)
    ids = [line(place, key, "Besuch").id, line(place, key, "Jour fixe").id]
    with pytest.raises(Refusal, match="fehlt der Grund"):
        cancel_lines(place, key, ids, " ")
    done = cancel_lines(place, key, ids, "OB verhindert")
    assert done.text == "2 Termine: abgesagt: OB verhindert"
    assert words(place, key) == [
        "Jour fixe: abgesagt: OB verhindert",
        "Besuch: abgesagt: OB verhindert",
        "Stadtrat",
    ]
    assert events(place)[full_day["series"]].status == "CONFIRMED"
    undo(place)
    assert words(place, key) == ["Jour fixe", "Besuch", "Stadtrat"]


def test_moving_asks_for_a_reason_where_it_clashes(
    place: Workplace, make_event: Make, full_day: dict[str, int]
) -> None:
    key = begun(place)
    visit = line(place, key, "Besuch").id
    with pytest.raises(Clashing):
        move_line(place, key, visit, at("2026-12-01T11:00"), at("2026-12-01T12:00"))
    move_line(place, key, visit, at("2026-12-01T11:00"), at("2026-12-01T12:00"), "beides nebenan")
    assert "verschoben auf Di 1.12. 11:00" in line(place, key, "Besuch").said
    row = events(place)[full_day["visit"]]
    assert (row.moved_from, row.status) == (at("2026-11-26T11:00"), "TENTATIVE")


def accepted(place: Workplace, make_request: Make, start: str = "2026-11-26T15:00") -> int:
    request = make_request(subject="Jubiläum", kind="einladung", event_start=at(start), event_place="Halle")
    accept(place, [propose(place, request).plan])
    return request


def test_a_request_follows_its_deputy(place: Workplace, make_request: Make) -> None:
    request = accepted(place, make_request)
    key = begun(place)
    hit = line(place, key, "Jubiläum")
    assert hit.request_id == request
    ask_deputy(place, key, [hit.id], "bm1")
    assert record(place, request).state_label == "Vertretung angefragt"
    deputy_said(place, key, [hit.id], True)
    assert record(place, request).state_label == "zugesagt mit Vertretung"
    assert [row.calendar for row in events(place).values() if row.summary == "Jubiläum"] == ["bm1"]
    keep_lines(place, key, [hit.id])
    assert record(place, request).state_label == "zugesagt"
    assert [row.calendar for row in events(place).values() if row.summary == "Jubiläum"] == ["ob"]


def test_a_request_follows_a_cancellation_and_a_move(place: Workplace, make_request: Make) -> None:
    first, second = accepted(place, make_request), accepted(place, make_request, "2026-11-27T15:00")
    key = begun(place)
    ids = {one.request_id: one.id for one in view(place, key).lines}
    cancel_lines(place, key, [ids[first]], "OB verhindert")
    move_line(place, key, ids[second], at("2026-12-08T15:00"), at("2026-12-08T16:00"))
    with place.reading() as session:
        from ob_buero_tui.store.requests import Request

        rows = {row.id: row for row in session.scalars(select(Request))}
    assert (rows[first].state, rows[first].reason) == (RequestState.ABGESAGT, "OB verhindert")
    assert rows[second].state == RequestState.VERSCHOBEN
    assert rows[second].event_start == at("2026-12-08T15:00")


def test_what_another_step_decided_is_shown(place: Workplace, full_day: dict[str, int]) -> None:
    from ob_buero_tui.services.calendar.date_verbs import cancel_dates
    from ob_buero_tui.services.calendar.scopes import Scope

    key = begun(place)
    cancel_dates(place, str(full_day["visit"]), Scope.SERIE, "kam von dort")
    seen = line(place, key, "Besuch")
    assert (seen.outcome, seen.open) == (AusfallOutcome.ABSAGEN, False)


def test_a_shorter_absence_names_what_was_decided(
    place: Workplace, make_event: Make, full_day: dict[str, int]
) -> None:
    event_at(make_event, "2026-11-27T10:00", "2026-11-27T11:00", "Freitags")
    key = begun(place)
    cancel_lines(place, key, [line(place, key, "Besuch").id], "OB verhindert")
    done = change_ausfall(place, key, absence(place, "krank heute"))
    assert "schon entschieden: Do 26.11. 11:00 Besuch (abgesagt: OB verhindert)" in done.text
    assert words(place, key) == ["Besuch: abgesagt: OB verhindert"]
    assert line(place, key, "Besuch").outside
    keep_lines(place, key, [line(place, key, "Besuch").id])
    assert events(place)[full_day["visit"]].status == "CONFIRMED"
    change_ausfall(place, key, absence(place, "krank bis fr"))
    assert len(view(place, key).lines) == 4


def test_what_is_personal_to_another_desk_tells_only_its_time(
    place: Workplace, other_place: Workplace, make_event: Make
) -> None:
    event_at(
        make_event,
        "2026-11-26T11:00",
        "2026-11-26T12:00",
        "Arzt",
        confidentiality="persoenlich",
        owner=other_place.desk.account,
    )
    key = begun(place)
    seen = view(place, key)
    assert [one.summary for one in seen.lines] == ["belegt (persönlich)"]
    assert seen.open == 0
    with pytest.raises(Refusal, match="persönlich"):
        keep_lines(place, key, [seen.lines[0].id])


def test_a_closed_one_leaves_the_piles_when_it_is_over(place: Workplace, clock: Any) -> None:
    key = begun(place, "krank heute")
    close_ausfall(place, key)
    assert [one.id for one in ausfaelle(place)] == [key]
    clock.advance(days=1)
    assert ausfaelle(place) == ()
