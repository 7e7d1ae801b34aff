"""Deputies: proposed with their conflicts, asked, and bound only by a promise; who decided is recorded."""

# Wall times are naive by design.
# ruff: noqa: DTZ001

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.faults import Conflict
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.requests.accepting import accept, propose
from ob_buero_tui.services.requests.closing import finish, still_open
from ob_buero_tui.services.requests.decision import Decision, last_decider
from ob_buero_tui.services.requests.declining import decline
from ob_buero_tui.services.requests.deputizing import DeputyPlan, deputize, promised, refused
from ob_buero_tui.services.requests.editing import set_kind
from ob_buero_tui.services.requests.proposing_deputies import propose_deputies
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.tasks import open_tasks
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event, EventSource
from ob_buero_tui.store.decisions import Deputation

Make = Callable[..., int]
START = datetime(2026, 12, 11, 11, 0)


@pytest.fixture
def einladung(make_request: Make) -> int:
    return make_request(
        kind="einladung", event_start=START, event_place="Grundschule Nord", assigned_to="KL",
        received_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
    )  # fmt: skip


def ask(place: Workplace, key: int, calendar: str = "bm1", decider: str = "ob") -> None:
    proposal = propose_deputies(place, key)
    chain = next(one.key for one in proposal.chains for each in one.deputies if each.calendar == calendar)
    plan = DeputyPlan(
        request_id=key, version=proposal.version, calendar=calendar, chain=chain, event=proposal.event
    )
    deputize(place, [plan], Decision(decider=decider))


def events(place: Workplace) -> list[tuple[str, str, str]]:
    with place.reading() as session:
        rows = session.scalars(select(Event).order_by(Event.id))
        return [(row.calendar, row.status, row.attendee) for row in rows]


def templates(place: Workplace, key: int) -> list[str]:
    with place.reading() as session:
        return sorted(task.template for task in open_tasks(session, key))


def answers(place: Workplace) -> list[tuple[str, str]]:
    with place.reading() as session:
        rows = session.scalars(select(Deputation).order_by(Deputation.id))
        return [(row.calendar, row.answer) for row in rows]


def test_both_chains_are_proposed_with_what_is_in_the_way_and_how_often_each_stood(
    place: Workplace, einladung: int, make_event: Make, make_request: Make
) -> None:
    away = {"calendar": "bm2", "kind": "abwesenheit", "summary": "Urlaub", "all_day": True}
    make_event(dtstart=datetime(2026, 12, 10), dtend=datetime(2026, 12, 13), **away)
    make_event(calendar="bm1", dtstart=datetime(2026, 12, 11, 10), dtend=datetime(2026, 12, 11, 10, 50))
    earlier = make_request(kind="einladung", event_start=datetime(2026, 12, 3, 10, 0))
    ask(place, earlier, "stadtdirektor")
    promised(place, [earlier])
    last_year = make_request(kind="einladung", event_start=datetime(2025, 12, 3, 10, 0))
    ask(place, last_year, "stadtdirektor")
    promised(place, [last_year])
    found = propose_deputies(place, einladung)
    assert [chain.key for chain in found.chains] == ["repraesentation", "verwaltung"]
    deputies = {one.calendar: one for chain in found.chains for one in chain.deputies}
    assert "10:00–10:50" in deputies["bm1"].conflicts[0], "the way there takes 15 minutes"
    assert deputies["bm2"].conflicts[0].startswith("Abwesenheit 2. BM: Urlaub")
    assert deputies["stadtdirektor"].conflicts == ()
    assert (deputies["stadtdirektor"].stood, deputies["bm1"].stood) == (1, 0)


def test_who_is_asked_is_tentative_until_the_promise(place: Workplace, einladung: int) -> None:
    ask(place, einladung)
    view = record(place, einladung)
    assert view.state_label == "Vertretung angefragt"
    assert events(place) == [("bm1", "TENTATIVE", "1. BM")]
    assert templates(place, einladung) == ["vertretung_antwort"]
    row = inbox.rows(place, [einladung])[einladung]
    assert (row.state_label, row.deputy_open) == ("Vertretung angefragt", True)
    promised(place, [einladung])
    assert record(place, einladung).state_label == "zugesagt mit Vertretung"
    assert events(place) == [("bm1", "CONFIRMED", "1. BM")]
    assert {"antwort", "fahrdienst", "mappe"} <= set(templates(place, einladung))
    assert not inbox.rows(place, [einladung])[einladung].deputy_open
    assert record(place, einladung).history[-1].text == "1. BM hat die Vertretung zugesagt"


def test_a_refusal_leaves_the_place_open_and_the_next_takes_it(place: Workplace, einladung: int) -> None:
    ask(place, einladung)
    refused(place, [einladung])
    assert record(place, einladung).state_label == "neu"
    assert templates(place, einladung) == ["vertretung_suchen"]
    ask(place, einladung, "bm2")
    assert answers(place) == [("bm1", "abgelehnt"), ("bm2", "angefragt")]
    assert events(place) == [("bm2", "TENTATIVE", "2. BM")], "the same appointment, now another's"
    assert templates(place, einladung) == ["vertretung_antwort"]
    first = propose_deputies(place, einladung).chains[0].deputies[0]
    assert (first.calendar, first.said) == ("bm1", "hat abgelehnt")


def test_a_promise_may_be_given_back(place: Workplace, einladung: int) -> None:
    ask(place, einladung)
    promised(place, [einladung])
    refused(place, [einladung])
    assert answers(place) == [("bm1", "zurueckgenommen")]
    assert events(place) == [("bm1", "TENTATIVE", "1. BM")]
    assert templates(place, einladung) == ["vertretung_suchen"]


def test_mayor_and_deputy_never_both_go(place: Workplace, einladung: int) -> None:
    accept(place, [propose(place, einladung).plan])
    ask(place, einladung)
    assert events(place) == [("bm1", "TENTATIVE", "1. BM")]
    promised(place, [einladung])
    accept(place, [propose(place, einladung).plan], Decision(decider="ob"))
    assert events(place) == [("ob", "CONFIRMED", "OB")]
    assert answers(place) == [("bm1", "zurueckgenommen")]
    labels = [task.label for task in record(place, einladung).tasks if not task.done]
    assert len(labels) == len(set(labels)), "no task is there twice"


def test_an_imported_appointment_stays_where_its_file_has_it(place: Workplace, einladung: int) -> None:
    accept(place, [propose(place, einladung).plan])
    with transaction(place, "test_source") as work:
        work.session.add(EventSource(event_id=1, raw="BEGIN:VEVENT"))
    ask(place, einladung)
    assert events(place) == [("ob", "CANCELLED", "OB"), ("bm1", "TENTATIVE", "1. BM")]


def test_without_a_date_a_deputy_is_asked_all_the_same(place: Workplace, make_request: Make) -> None:
    key = make_request(kind="grusswort")
    ask(place, key, "stadtdirektor")
    promised(place, [key])
    assert events(place) == []
    assert record(place, key).state_label == "zugesagt mit Vertretung"


def test_turning_down_ends_the_question_to_the_deputy(place: Workplace, einladung: int) -> None:
    ask(place, einladung)
    decline(place, [einladung], "Terminkonflikt", "Passt nicht.", Decision(decider="bueroleitung"))
    assert answers(place) == [("bm1", "zurueckgenommen")]
    assert events(place) == [("bm1", "CANCELLED", "1. BM")]
    assert "vertretung_antwort" not in templates(place, einladung)


def test_who_decided_when_and_who_wrote_it_down(place: Workplace, einladung: int) -> None:
    done_on = date(2026, 11, 24)
    decline(place, [einladung], "Neutralität", "", Decision(decider="regel", on=done_on))
    view = record(place, einladung)
    assert view.decided == "entschieden durch Regel am Di 24.11.2026, eingetragen PS"
    assert view.history[-1].text == "abgesagt durch Regel"
    assert last_decider(place) == "regel"


def test_an_unknown_decider_and_a_day_ahead_are_refused(place: Workplace, einladung: int) -> None:
    with pytest.raises(Refusal, match="steht nicht in deciders"):
        decline(place, [einladung], "Frist", "", Decision(decider="niemand"))
    with pytest.raises(Refusal, match="liegt in der Zukunft"):
        decline(place, [einladung], "Frist", "", Decision(on=date(2026, 12, 1)))
    assert record(place, einladung).state_label == "neu"


def test_the_receipt_need_not_be_confirmed_once_it_is_decided(place: Workplace, make_request: Make) -> None:
    key = make_request(kind="einladung", event_start=START, kind_proposed=True)
    set_kind(place, [key], "einladung")
    assert "eingangsbestaetigung" in templates(place, key)
    accept(place, [propose(place, key).plan])
    assert "eingangsbestaetigung" not in templates(place, key)


def test_what_was_changed_meanwhile_is_a_conflict(place: Workplace, einladung: int) -> None:
    proposal = propose_deputies(place, einladung)
    ask(place, einladung)
    plan = DeputyPlan(request_id=einladung, version=proposal.version, calendar="bm2", chain="repraesentation")
    with pytest.raises(Conflict):
        deputize(place, [plan])


def test_only_deputies_of_the_chains_are_asked_and_nobody_twice(place: Workplace, einladung: int) -> None:
    version = propose_deputies(place, einladung).version
    plan: dict[str, Any] = {"request_id": einladung, "version": version, "chain": "repraesentation"}
    with pytest.raises(Refusal, match="niemandem, der vertritt"):
        deputize(place, [DeputyPlan(calendar="stadtdirektor", **plan)])
    ask(place, einladung)
    with pytest.raises(Refusal, match="ist schon angefragt"):
        ask(place, einladung)
    promised(place, [einladung])
    with pytest.raises(Refusal, match="niemand angefragt"):
        promised(place, [einladung])


def test_closing_names_the_deputy_who_has_not_answered(place: Workplace, einladung: int) -> None:
    ask(place, einladung)
    assert still_open(place, [einladung]).deputies == ("1. BM",)
    with pytest.raises(Refusal, match="eine Vertretung ohne Antwort"):
        finish(place, [einladung])
    finish(place, [einladung], drop_tasks=True)
    assert answers(place) == [("bm1", "zurueckgenommen")]


def test_undo_gives_everything_back(place: Workplace, einladung: int, dump: Callable[..., Any]) -> None:
    start = dump(place)
    ask(place, einladung)
    asked = dump(place)
    promised(place, [einladung])
    undo(place)
    assert dump(place) == asked
    undo(place)
    assert dump(place) == start
