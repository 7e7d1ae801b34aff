"""After a merging the kept request stands where the matter stood: on the list, waiting, with one deputy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from vorlage_kit import stored

from ob_buero_tui.services.requests.deputations import pending
from ob_buero_tui.services.requests.deputizing import DeputyPlan, deputize, promised
from ob_buero_tui.services.requests.inquiring import Question, inquire
from ob_buero_tui.services.requests.merging import merge_requests
from ob_buero_tui.services.requests.proposing_deputies import propose_deputies
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.requests.verbs import defer
from ob_buero_tui.services.tasks import open_tasks
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.vorlage import selecting
from ob_buero_tui.services.vorlage.verbs import put_on
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.decisions import Deputation, DeputyAnswer

Make = Callable[..., int]
DUE = date(2026, 12, 4)


def ask(place: Workplace, key: int, calendar: str) -> None:
    found = propose_deputies(place, key)
    chain = next(one.key for one in found.chains for each in one.deputies if each.calendar == calendar)
    plan = DeputyPlan(
        request_id=key, version=found.version, calendar=calendar, chain=chain, event=found.event
    )
    deputize(place, [plan])


def standing(place: Workplace) -> list[tuple[str, str]]:
    with place.reading() as session:
        rows = session.scalars(select(Deputation).order_by(Deputation.id))
        taken_back = DeputyAnswer.ZURUECKGENOMMEN.value
        return [(row.calendar, row.answer) for row in rows if row.answer != taken_back]


def test_what_was_on_the_list_stays_on_it(
    place: Workplace, make_request: Make, dump: Callable[..., Any]
) -> None:
    keep, other = make_request(), make_request()
    put_on(place, [other], "zusage", "ja")
    before = dump(place)
    merge_requests(place, keep, [other])
    assert stored(place, keep).state == "vorlage"
    rows = selecting.rows(place, selecting.ids(place, selecting.NEXT))
    assert [row.request_id for row in rows.values()] == [keep]
    undo(place)
    assert dump(place) == before


def test_what_waits_for_an_answer_goes_on_waiting(place: Workplace, make_request: Make) -> None:
    keep, other = make_request(), make_request()
    inquire(place, [other], Question(text="Wann?", due_on=DUE))
    merge_requests(place, keep, [other])
    row = stored(place, keep)
    assert (row.state, row.wiedervorlage_on, row.wiedervorlage_note) == (
        "wartet", DUE, "Antwort von anfragender Stelle da?"
    )  # fmt: skip


def test_the_list_goes_before_the_question(place: Workplace, make_request: Make) -> None:
    keep, other = make_request(), make_request()
    inquire(place, [keep], Question(text="Wann?", due_on=DUE))
    put_on(place, [other])
    merge_requests(place, keep, [other])
    assert stored(place, keep).state == "vorlage"
    assert len(selecting.ids(place, selecting.NEXT)) == 1


def test_a_wiedervorlage_comes_whole_and_the_earlier_one_counts(place: Workplace, make_request: Make) -> None:
    keep, other, third = make_request(), make_request(), make_request()
    defer(place, [other], until=date(2026, 12, 10), note="Rede", wakes=False)
    defer(place, [third], until=date(2026, 12, 20), note="Blumen")
    merge_requests(place, keep, [other, third])
    row = stored(place, keep)
    assert (row.wiedervorlage_on, row.wiedervorlage_wakes) == (date(2026, 12, 10), False)
    assert "Wiedervorlage So 20.12. „Blumen“" in " ".join(record(place, keep).notes)


@pytest.mark.parametrize("promise", ["keep", "other", ""])
def test_one_deputy_asked_twice_stands_once(place: Workplace, make_request: Make, promise: str) -> None:
    given = {"kind": "einladung", "event_start": datetime.fromisoformat("2026-12-11T11:00")}
    keep, other = make_request(**given), make_request(**given)
    for key in (keep, other):
        ask(place, key, "bm1")
    if promise:
        promised(place, [keep if promise == "keep" else other])
    merge_requests(place, keep, [other])
    assert standing(place) == [("bm1", "zugesagt" if promise else "angefragt")]
    with place.reading() as session:
        asking = [task for task in open_tasks(session, keep) if task.template == "vertretung_antwort"]
        assert len(asking) == (0 if promise else 1)
        assert (pending(session, keep) is None) is bool(promise)


def test_a_deputy_does_not_stand_in_where_another_decision_counts(
    place: Workplace, make_request: Make
) -> None:
    keep = make_request(state="zugesagt", outcome="zusage")
    other = make_request(kind="einladung", event_start=datetime.fromisoformat("2026-12-11T11:00"))
    ask(place, other, "bm1")
    merge_requests(place, keep, [other], decided_id=keep)
    assert stored(place, keep).state == "zugesagt"
    assert standing(place) == []
