"""A decision is not written over by accident, keeps what was typed, and leads to no dead end."""

# Wall times are naive by design.
# ruff: noqa: DTZ001

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from vorlage_kit import stored

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.requests.accepting import accept, propose
from ob_buero_tui.services.requests.decision import Decision
from ob_buero_tui.services.requests.declining import decline
from ob_buero_tui.services.requests.deputizing import DeputyPlan, deputize, propose_deputies, refused
from ob_buero_tui.services.requests.exceptions import sort_out
from ob_buero_tui.services.requests.inquiring import Question, inquire
from ob_buero_tui.services.requests.moving import Moving, move_request
from ob_buero_tui.services.requests.outcomes import end_request, hand_over, postpone, record_outcome
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.requests.verbs import defer, note
from ob_buero_tui.services.tasks import open_tasks
from ob_buero_tui.services.vorlage.verbs import put_on
from ob_buero_tui.services.workplace import Workplace

Make = Callable[..., int]
RECEIVED = datetime(2026, 11, 2, 8, tzinfo=UTC)
LATER = date(2026, 12, 9)


@pytest.fixture
def einladung(make_request: Make) -> int:
    return make_request(kind="einladung", event_start=datetime(2026, 12, 20, 18), received_at=RECEIVED)


def labels(place: Workplace, key: int) -> list[str]:
    with place.reading() as session:
        return [task.label for task in open_tasks(session, key)]


def test_a_refusal_is_not_written_over(place: Workplace, einladung: int) -> None:
    decline(place, [einladung], "Neutralität", "", Decision(decider="ob", on=date(2026, 11, 20)))
    assert not sort_out(place, [einladung], "decline").possible
    with pytest.raises(Refusal, match=r"ist schon „abgesagt“.*mit u zurück"):
        decline(place, [einladung], "Terminkonflikt")
    row = stored(place, einladung)
    assert (row.reason, row.decider, row.decided_on) == ("Neutralität", "ob", date(2026, 11, 20))


def test_u_is_named_only_where_it_takes_back_this_step(
    place: Workplace, make_request: Make, einladung: int
) -> None:
    decline(place, [einladung], "Frist")
    note(place, [make_request()], "Anruf")
    with pytest.raises(Refusal, match="im Verlauf aller Schritte"):
        decline(place, [einladung], "Frist")


@pytest.mark.parametrize("outcome", ["rueckzug", "ausfall", "verfristung"])
def test_what_has_ended_does_not_end_again(place: Workplace, einladung: int, outcome: str) -> None:
    end_request(place, [einladung], outcome)
    assert not sort_out(place, [einladung], outcome).possible
    with pytest.raises(Refusal, match="ist schon"):
        end_request(place, [einladung], outcome)


def test_passed_on_to_another_department_the_first_report_is_not_awaited(
    place: Workplace, einladung: int
) -> None:
    hand_over(place, [einladung], "amt66", LATER)
    with pytest.raises(Refusal, match="schon an Amt 66"):
        hand_over(place, [einladung], "amt66", LATER)
    hand_over(place, [einladung], "amt66", date(2026, 12, 16))
    assert labels(place, einladung).count("Rückmeldung von Amt 66") == 1
    hand_over(place, [einladung], "Kreis Nordwald")
    row = stored(place, einladung)
    assert (row.closed, row.wiedervorlage_on, row.handed_to) == (True, None, "Kreis Nordwald")
    assert "Rückmeldung von Amt 66" not in labels(place, einladung)


@pytest.mark.parametrize("verb", ["decline", "hand_over"])
def test_nobody_waits_for_an_answer_to_what_is_decided(place: Workplace, einladung: int, verb: str) -> None:
    inquire(place, [einladung], Question(text="Wann?", due_on=LATER))
    if verb == "decline":
        decline(place, [einladung], "Frist")
    else:
        hand_over(place, [einladung], "amt66", LATER)
    assert "ohne Antwort abgeschlossen" in record(place, einladung).inquiries[0]
    assert not [label for label in labels(place, einladung) if label.startswith("Antwort von")]


def test_a_typed_next_step_is_kept_as_a_note(place: Workplace, einladung: int) -> None:
    defer(place, [einladung], until=LATER, note="Rede durchsehen")
    decline(place, [einladung], "Frist")
    assert "Nächster Schritt war: Rede durchsehen" in " ".join(record(place, einladung).notes)


def test_a_step_set_by_itself_leaves_no_note(place: Workplace, einladung: int) -> None:
    inquire(place, [einladung], Question(text="Wann?", due_on=LATER))
    postpone(place, [einladung], LATER)
    decline(place, [einladung], "Frist")
    assert "Nächster Schritt" not in " ".join(record(place, einladung).notes)


def test_a_bound_wiedervorlage_moves_with_the_date(place: Workplace, einladung: int) -> None:
    accept(place, [propose(place, einladung).plan])
    defer(place, [einladung], before=7, note="Rede durchsehen")
    version = stored(place, einladung).version
    move_request(place, Moving(request_id=einladung, version=version, start=datetime(2027, 1, 20, 18)))
    row = stored(place, einladung)
    assert (row.wiedervorlage_on, row.wiedervorlage_days, row.wiedervorlage_note) == (
        date(2027, 1, 13), 7, "Rede durchsehen"
    )  # fmt: skip


def test_a_decision_lies_after_the_receipt(place: Workplace, einladung: int) -> None:
    with pytest.raises(Refusal, match="liegt vor dem Eingang am Mo"):
        decline(place, [einladung], "Frist", "", Decision(on=date(2020, 1, 1)))


def test_a_vertagung_says_who_and_when_and_answers_nothing(place: Workplace, einladung: int) -> None:
    postpone(place, [einladung], LATER, "", Decision(decider="ob"))
    row = stored(place, einladung)
    assert (row.decider, row.decided_on, row.decided_by) == ("ob", place.today, "PS")
    assert row.due_on is not None


def test_after_a_deputys_refusal_everything_is_open(place: Workplace, einladung: int) -> None:
    found = propose_deputies(place, einladung)
    chain = found.chains[0]
    plan = DeputyPlan(
        request_id=einladung,
        version=found.version,
        calendar=chain.deputies[0].calendar,
        chain=chain.key,
        event=found.event,
    )
    deputize(place, [plan])
    refused(place, [einladung])
    row = stored(place, einladung)
    assert (row.state, row.outcome, row.decider, row.decided_on) == ("neu", "", "", None)
    assert einladung in inbox.ids(place, inbox.NEW)
    for verb in ("put_on_vorlage", "postpone", "hand_over", "verfristung", "decline", "accept", "deputize"):
        assert sort_out(place, [einladung], verb).possible, verb
    accept(place, [propose(place, einladung).plan])
    with place.reading() as session:
        from sqlalchemy import select

        from ob_buero_tui.store.calendar import Event

        assert [(one.calendar, one.status) for one in session.scalars(select(Event))] == [("ob", "CONFIRMED")]


def test_what_was_handed_over_may_come_back(place: Workplace, einladung: int) -> None:
    hand_over(place, [einladung], "amt66", LATER)
    put_on(place, [einladung])
    row = stored(place, einladung)
    assert (row.state, row.outcome, row.handed_to) == ("vorlage", "", "")
    assert "Rückmeldung von Amt 66" not in labels(place, einladung)
    hand_over(place, [einladung], "amt66", LATER)
    accept(place, [propose(place, einladung).plan])
    assert stored(place, einladung).handed_to == ""
    assert "Rückmeldung von Amt 66" not in labels(place, einladung)


@pytest.mark.parametrize("kind", ["einladung", "anliegen", None])
def test_a_zwischenbescheid_comes_back_and_every_kind_has_it(
    place: Workplace, make_request: Make, kind: str | None
) -> None:
    key = make_request(kind=kind)
    done = record_outcome(place, [key], "zwischenbescheid", LATER)
    assert done.text.endswith("Zwischenbescheid, wieder vorgelegt Mi 9.12.2026")
    row = stored(place, key)
    assert (row.state, row.outcome, row.wiedervorlage_on) == ("wartet", "zwischenbescheid", LATER)
    usual = make_request(kind=kind)
    record_outcome(place, [usual], "zwischenbescheid")
    assert stored(place, usual).wiedervorlage_on == date(2026, 12, 2)
    with pytest.raises(Refusal, match="nicht in der Zukunft"):
        record_outcome(place, [key], "zwischenbescheid", place.today)


def test_what_has_lapsed_may_still_be_turned_down(place: Workplace, einladung: int) -> None:
    end_request(place, [einladung], "verfristung")
    decline(place, [einladung], "Frist")
    assert stored(place, einladung).outcome == "absage"
