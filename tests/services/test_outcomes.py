"""The other outcomes, questions and their answers, the Votum: each one step, with what follows from it."""

# Wall times are naive by design.
# ruff: noqa: DTZ001

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.follow_ups.verbs import tick_tasks
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.requests.accepting import accept, propose
from ob_buero_tui.services.requests.closing import finish, still_open
from ob_buero_tui.services.requests.decision import Decision
from ob_buero_tui.services.requests.exceptions import sort_out
from ob_buero_tui.services.requests.inquiring import (
    Question,
    answer_inquiry,
    inquire,
    propose_inquiry,
    sender_answered,
    stellungnahmen,
)
from ob_buero_tui.services.requests.moving import Moving, move_request
from ob_buero_tui.services.requests.outcomes import end_request, hand_over, postpone, record_outcome
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.requests.recounting import recount
from ob_buero_tui.services.requests.voting import set_votum
from ob_buero_tui.services.requests.waking import Incoming, wake_by_answer
from ob_buero_tui.services.tasks import open_tasks
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.decisions import Inquiry
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Task

Make = Callable[..., int]
START = datetime(2026, 12, 11, 11, 0)
UNTIL = date(2026, 12, 9)


@pytest.fixture
def einladung(make_request: Make) -> int:
    return make_request(
        kind="einladung", event_start=START, event_end=datetime(2026, 12, 11, 12, 30),
        received_at=datetime(2026, 11, 17, 9, tzinfo=UTC), fields={"medienoeffentlich": True},
    )  # fmt: skip


def row(place: Workplace, key: int) -> Request:
    with place.reading() as session:
        found = session.get(Request, key)
        assert found is not None
        return found


def templates(place: Workplace, key: int) -> list[str]:
    with place.reading() as session:
        return sorted(task.template for task in open_tasks(session, key))


def test_what_is_handed_over_waits_and_is_back_on_its_day(
    place: Workplace, einladung: int, clock: Any
) -> None:
    done = hand_over(place, [einladung], "amt66", UNTIL, "Bitte übernehmen.", Decision(decider="ob"))
    assert done.text == "2026-0001: abgegeben an Amt 66, Rückmeldung bis Mi 9.12.2026"
    found = row(place, einladung)
    assert (found.state, found.closed, found.handed_to, found.handed_until) == (
        "abgegeben", False, "amt66", UNTIL,
    )  # fmt: skip
    assert einladung in inbox.ids(place, inbox.WAITING)
    assert einladung not in inbox.ids(place, inbox.NEW)
    view = record(place, einladung)
    assert "an Amt 66 Tiefbauamt bis Mi 9.12." in view.decided
    assert "Rückmeldung von Amt 66" in [task.label for task in view.tasks]
    assert "abgabenachricht" in templates(place, einladung)
    clock.now = datetime(2026, 12, 9, 8, tzinfo=UTC)
    assert einladung in inbox.ids(place, inbox.NEW), "it comes back to the desk on its day"


def test_handed_over_for_good_it_leaves_the_desk(place: Workplace, einladung: int) -> None:
    hand_over(place, [einladung], "Kreis Nordwald")
    assert row(place, einladung).closed
    assert row(place, einladung).reason == "an Kreis Nordwald"
    with pytest.raises(Refusal, match="liegt nicht in der Zukunft"):
        hand_over(place, [einladung], "amt66", place.today)
    with pytest.raises(Refusal, match="an wen"):
        hand_over(place, [einladung], "  ")


def test_put_off_the_answer_stays_due(place: Workplace, einladung: int) -> None:
    with transaction(place, "test_recount") as work:
        recount(work, work.get(Request, einladung))
    due = row(place, einladung).due_on
    assert due is not None
    postpone(place, [einladung], UNTIL, "", Decision(decider="ob"))
    found = row(place, einladung)
    assert (found.state, found.due_on, found.wiedervorlage_on) == ("vertagt", due, UNTIL)
    assert record(place, einladung).decided == "vertagt durch OB am Mi 25.11.2026, eingetragen PS"
    accept(place, [propose(place, einladung).plan])
    assert row(place, einladung).state == "zugesagt"


@pytest.mark.parametrize(
    ("outcome", "state"),
    [("rueckzug", "zurueckgezogen"), ("ausfall", "ausgefallen"), ("verfristung", "verfristet")],
)
def test_what_ends_from_outside_ends_with_what_was_promised(
    place: Workplace, einladung: int, outcome: str, state: str
) -> None:
    if outcome != "verfristung":
        accept(place, [propose(place, einladung).plan])
    end_request(place, [einladung], outcome, "Anruf vom Verein")
    found = row(place, einladung)
    assert (found.state, found.closed, found.outcome) == (state, True, outcome)
    assert templates(place, einladung) == []
    with place.reading() as session:
        assert set(session.scalars(select(Event.status))) <= {"CANCELLED"}
    assert "Anruf vom Verein" in record(place, einladung).notes[-1]


def test_an_outcome_of_the_kind_makes_its_tasks(place: Workplace, make_request: Make) -> None:
    key = make_request(kind="anliegen")
    record_outcome(place, [key], "zwischenbescheid")
    assert row(place, key).state == "wartet"
    assert "endantwort" in templates(place, key)
    with pytest.raises(Refusal, match="Diesen Ausgang hat die Art nicht"):
        record_outcome(place, [key], "zusage")


def test_a_moved_date_is_decided_anew_and_what_was_promised_is_open_again(
    place: Workplace, einladung: int
) -> None:
    accept(place, [propose(place, einladung).plan], Decision(decider="ob"))
    with place.reading() as session:
        tasks = {task.template: task.id for task in open_tasks(session, einladung)}
    tick_tasks(place, [tasks["fahrdienst"], tasks["presse"], tasks["geschenk"]])
    version = row(place, einladung).version
    done = move_request(
        place, Moving(request_id=einladung, version=version, start=datetime(2026, 12, 18, 15, 0))
    )
    assert done.text == "2026-0001: verschoben auf Fr 18.12.2026 15:00, 2 Aufgaben wieder offen"
    found = row(place, einladung)
    assert (found.state, found.outcome, found.decided_on, found.decider) == ("verschoben", "", None, "")
    assert (found.event_start, found.event_end) == (
        datetime(2026, 12, 18, 15, 0), datetime(2026, 12, 18, 16, 30),
    )  # fmt: skip
    with place.reading() as session:
        event = session.scalars(select(Event)).one()
        assert (event.status, event.dtstart) == ("TENTATIVE", datetime(2026, 12, 18, 15, 0))
        again = {task.template: task for task in open_tasks(session, einladung)}
    assert {"fahrdienst", "presse"} <= set(again)
    assert "geschenk" not in again, "what nobody was promised stays done"
    assert again["fahrdienst"].due_on == date(2026, 12, 11)
    assert again["fahrdienst"].due_text.startswith("neuer Termin: bitte erneut klären")
    accept(place, [propose(place, einladung).plan])
    with place.reading() as session:
        event = session.scalars(select(Event)).one()
        assert event.status == "CONFIRMED"
        made = [task.template for task in session.scalars(select(Task).where(Task.request_id == einladung))]
    assert len(made) == len(set(made)), "no task is there twice"


def test_a_move_to_the_same_time_or_backwards_is_refused(place: Workplace, einladung: int) -> None:
    version = row(place, einladung).version
    with pytest.raises(Refusal, match="derselbe Termin"):
        move_request(place, Moving(request_id=einladung, version=version, start=START))
    wrong = Moving(request_id=einladung, version=version, start=START, end=START)
    with pytest.raises(Refusal, match="Ende liegt nicht nach dem Beginn"):
        move_request(place, wrong)


def test_a_question_waits_reminds_and_is_answered(place: Workplace, einladung: int) -> None:
    proposal = propose_inquiry(place, einladung)
    assert proposal.question.startswith("Bitte teilen Sie uns noch mit: ")
    assert "Anlass" in proposal.missing
    assert proposal.due_on == date(2026, 12, 2)
    inquire(place, [einladung], Question(text=proposal.question, due_on=proposal.due_on))
    inquire(place, [einladung], Question(text="Stellungnahme?", due_on=UNTIL, department="amt66"))
    found = row(place, einladung)
    assert (found.state, found.wiedervorlage_on) == ("wartet", date(2026, 12, 2))
    with place.reading() as session:
        asked = stellungnahmen(session, einladung)
    assert [(one.name, one.asked.value) for one in asked] == [("Amt 66 Tiefbauamt", "amt")]
    with transaction(place, "test_letter") as work:
        assert sender_answered(work, einladung) == 1
    assert row(place, einladung).state == "wartet", "the department has not answered yet"
    answer_inquiry(place, asked[0].id, "Keine Bedenken.")
    assert row(place, einladung).state == "neu"
    assert templates(place, einladung) == []
    view = record(place, einladung)
    assert view.inquiries[1].endswith("Antwort Mi 25.11.: Keine Bedenken.")
    assert view.history[-1].text == "Antwort von Amt 66 eingetragen"
    with pytest.raises(Refusal, match="beantwortet"):
        answer_inquiry(place, asked[0].id, "Noch einmal.")


def test_a_letter_of_the_exchange_answers_the_question_to_its_sender(
    place: Workplace, make_request: Make
) -> None:
    key = make_request(
        kind="einladung", thread="<a@verein.example.org>", received_at=datetime(2026, 11, 17, 9, tzinfo=UTC)
    )
    inquire(place, [key], Question(text="Wann?", due_on=UNTIL))
    with transaction(place, "test_letter") as work:
        work.session.scalars(select(Inquiry)).one().email = "Erika@verein.example.org"
        letter = Incoming(
            thread="<a@verein.example.org>",
            answers=(),
            received=datetime(2026, 11, 25, 8, tzinfo=UTC),
            senders=("erika@verein.example.org",),
        )
        assert wake_by_answer(work, letter, 4711) == 1
    assert row(place, key).state == "neu"
    assert templates(place, key) == []
    assert "mit der Antwort im Schriftwechsel" in record(place, key).inquiries[0]


def test_a_question_without_words_day_or_addressee_is_refused(place: Workplace, einladung: int) -> None:
    for question, why in (
        (Question(text=" ", due_on=UNTIL), "Sie ist leer"),
        (Question(text="Wann?", due_on=place.today), "nicht in der Zukunft"),
        (Question(text="Wann?", due_on=UNTIL, department="amt99"), "departments.toml"),
    ):
        with pytest.raises(Refusal, match=why):
            inquire(place, [einladung], question)
    assert row(place, einladung).state == "neu"


def test_what_is_promised_stays_promised_while_somebody_is_asked(place: Workplace, einladung: int) -> None:
    accept(place, [propose(place, einladung).plan])
    inquire(place, [einladung], Question(text="Wo ist der Eingang?", due_on=UNTIL))
    assert row(place, einladung).state == "zugesagt"


def test_closing_lets_open_questions_fall_away(place: Workplace, einladung: int) -> None:
    inquire(place, [einladung], Question(text="Wann?", due_on=UNTIL, department="dez1"))
    assert len(still_open(place, [einladung]).inquiries) == 1
    with pytest.raises(Refusal, match="offene Rückfrage"):
        finish(place, [einladung])
    finish(place, [einladung], drop_tasks=True)
    assert not still_open(place, [einladung])
    assert "ohne Antwort abgeschlossen" in record(place, einladung).inquiries[0]
    undo(place)
    assert still_open(place, [einladung])


def test_the_votum_is_kept_shown_and_taken_away(place: Workplace, einladung: int) -> None:
    set_votum(place, [einladung], "vertretung", "Passt zum Bezirk.")
    view = record(place, einladung)
    assert view.votum == "Vertretung: Passt zum Bezirk. (PS Mi 25.11.)"
    assert view.history[-1].text == "Votum der Büroleitung: Vertretung"
    set_votum(place, [einladung], "")
    assert record(place, einladung).votum == ""
    with pytest.raises(Refusal, match="steht nicht zur Wahl"):
        set_votum(place, [einladung], "vielleicht")


def test_a_batch_names_what_an_outcome_cannot_be_done_to(
    place: Workplace, einladung: int, make_request: Make
) -> None:
    closed = make_request(kind="einladung")
    end_request(place, [closed], "rueckzug")
    found = sort_out(place, [einladung, closed], "hand_over")
    assert found.possible == (einladung,)
    assert [one.reason for one in found.exempt] == ["ist abgeschlossen"]
    accept(place, [propose(place, einladung).plan])
    assert [one.reason for one in sort_out(place, [einladung], "accept").exempt] == ["ist schon angenommen"]
