"""Results and votes of items, the papers that carry them, and the tasks that follow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from council_kit import add_body, add_item, write

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Audience
from ob_buero_tui.rules.votes import Votes
from ob_buero_tui.services.council.meeting import meeting
from ob_buero_tui.services.council.paper import paper
from ob_buero_tui.services.council.result_views import item_result
from ob_buero_tui.services.council.results import (
    add_item_task,
    note_item,
    record_result,
    write_resolution,
)
from ob_buero_tui.services.export.tasks import tasks_out
from ob_buero_tui.services.export.wanted import Wanted
from ob_buero_tui.services.follow_ups.card import card
from ob_buero_tui.services.follow_ups.listing import task_list
from ob_buero_tui.services.follow_ups.rows import task_rows
from ob_buero_tui.services.follow_ups.verbs import tick_tasks
from ob_buero_tui.services.history import recent_actions
from ob_buero_tui.services.undo import redo, undo
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import AgendaItem, Meeting, MeetingParticipant
from ob_buero_tui.store.people import Organization, Person

Make = Callable[..., int]
MAJORITY = Votes(yes=2, no=1, abstain=0)


def there(place: Workplace, meeting_id: int, count: int, **values: object) -> None:
    """People who are at a session."""

    def fill(work: object) -> None:
        for number in range(count):
            row = Person(given_name="Erika", family_name=f"Probe {number}", extra={}, categories=[])
            work.session.add(row)  # type: ignore[attr-defined]
            work.session.flush()  # type: ignore[attr-defined]
            given = {"attendance": "anwesend", "voting": True} | values
            work.session.add(  # type: ignore[attr-defined]
                MeetingParticipant(meeting_id=meeting_id, person_id=row.id, **given)
            )

    write(place, fill)


def test_a_result_with_votes_is_stored_told_and_undone(place: Workplace, make_meeting: Make) -> None:
    key = make_meeting(body="Stadtrat")
    item = add_item(place, key, 0, "Haushalt 2027", number="Ö 7")
    there(place, key, 3)
    done = record_result(place, [item], "mehrheitlich", MAJORITY)
    assert done.text == "„Ö 7 Haushalt 2027“: mehrheitlich beschlossen (2 Ja, 1 Nein, 0 Enthaltungen)"
    assert [one.votes for one in meeting(place, key).agenda] == ["2 Ja, 1 Nein, 0 Enthaltungen"]
    found = item_result(place, item)
    assert (found.word, found.result, found.votes, found.voters) == (
        "mehrheitlich",
        "mehrheitlich beschlossen",
        MAJORITY,
        3,
    )
    assert "mehrheitlich beschlossen (2 Ja" in recent_actions(place)[0].text
    undo(place)
    assert (item_result(place, item).result, item_result(place, item).votes) == ("", None)
    redo(place)
    record_result(place, [item], "")
    assert item_result(place, item).votes is None


def test_more_votes_than_people_are_refused(place: Workplace, make_meeting: Make) -> None:
    key = make_meeting(body="Stadtrat")
    item = add_item(place, key, 0, "Haushalt")
    there(place, key, 2)
    there(place, key, 1, attendance="entschuldigt")
    there(place, key, 1, voting=False)
    with pytest.raises(Refusal, match="3 Stimmen, aber nur 2 Stimmberechtigte"):
        record_result(place, [item], "mehrheitlich", MAJORITY)
    assert item_result(place, item).result == ""


def test_the_paper_of_an_item_carries_its_result(place: Workplace, make_meeting: Make) -> None:
    key = make_meeting(body="Stadtrat")
    number = add_item(place, key, 0, "Haushalt", number="Ö 7", paper={"name": "Haushalt 2027"})
    with place.reading() as session:
        item = session.query(AgendaItem.id).filter_by(meeting_id=key).scalar()
    record_result(place, [item], "einstimmig")
    assert "einstimmig beschlossen" in paper(place, number).consultations[0].text


def test_what_the_ris_leads_or_was_withdrawn_has_no_result_here(place: Workplace, make_meeting: Make) -> None:
    key = make_meeting(body="Stadtrat")
    gone = add_item(place, key, 0, "Haushalt", withdrawn=True)
    with pytest.raises(Refusal, match="abgesetzt"):
        record_result(place, [gone], "vertagt")
    item = add_item(place, key, 1, "Bäder")
    write(place, lambda work: setattr(work.session.query(Organization).one(), "agenda_led_by", "ris"))
    for call in (
        lambda: record_result(place, [item], "vertagt"),
        lambda: write_resolution(place, item, "Der Rat beschließt …"),
    ):
        with pytest.raises(Refusal, match="Ratsinformationssystem"):
            call()
    assert note_item(place, item, "nach Aussprache").text.endswith("Bemerkung gespeichert")


def test_a_task_follows_from_an_item(place: Workplace, make_meeting: Make) -> None:
    key = make_meeting(body="Stadtrat")
    item = add_item(place, key, 0, "Radweg", number="Ö 3")
    done = add_item_task(place, item, "Kosten ermitteln", date(2026, 12, 20))
    assert done.text == "Aufgabe „Kosten ermitteln“ bis So 20.12.2026"
    (task,) = item_result(place, item).tasks
    assert (task.label, task.due_on, task.done) == ("Kosten ermitteln", date(2026, 12, 20), False)
    row = task_rows(place, [task.id])[task.id]
    assert (row.what, row.about) == ("Kosten ermitteln", "Do 10.12. Stadtrat · Ö 3 Radweg")
    view = card(place, "task", task.id)
    assert (view.heading, view.opens) == ("Aus der Sitzung", ("meeting", key))
    assert [one.label for one in task_list(place)] == ["Kosten ermitteln"]
    undo(place)
    assert item_result(place, item).tasks == ()


def test_a_task_is_as_secret_as_its_item(place: Workplace, make_meeting: Make) -> None:
    key = make_meeting(body="Stadtrat")
    shown = add_item(place, key, 0, "Radweg", public=True)
    hidden = add_item(place, key, 1, "Kauf Hafenstraße", public=False)
    for item, label in ((shown, "Kosten ermitteln"), (hidden, "Notar anrufen")):
        add_item_task(place, item, label)
    assert {one.label for one in task_list(place)} == {"Kosten ermitteln", "Notar anrufen"}
    for audience in (Audience.DEPUTY, Audience.PRESS):
        told = " ".join(f"{one.label} {one.subject}" for one in task_list(place, None, audience))
        assert "Notar" not in told
        assert "Hafenstraße" not in told
    out = tasks_out(place, Wanted(audience=Audience.INTERN)).rows
    assert [one.label for one in out] == ["Kosten ermitteln"], "a file has no desk"
    (task,) = item_result(place, hidden).tasks
    write(place, lambda work: setattr(work.get(Meeting, key), "confidentiality", "persoenlich"))
    assert task_rows(place, [task.id])[task.id].what != "Notar anrufen"
    with pytest.raises(Refusal, match="Persönlichem"):
        tick_tasks(place, [task.id])


def test_personal_sessions_and_gone_items_are_refused(place: Workplace, make_meeting: Make) -> None:
    key = make_meeting(body="Stadtrat")
    item = add_item(place, key, 0, "Personal")
    write(place, lambda work: setattr(work.get(Meeting, key), "confidentiality", "persoenlich"))
    for call in (lambda: item_result(place, item), lambda: record_result(place, [item], "vertagt")):
        with pytest.raises(Refusal, match="persönlich"):
            call()
    with pytest.raises(Refusal, match="nicht mehr"):
        item_result(place, 4711)
    with pytest.raises(Refusal, match="stehen in results"):
        record_result(place, [add_item(place, add_meeting(place), 0, "Rest")], "gibt es nicht")


def add_meeting(place: Workplace) -> int:
    """A session of another body."""
    from ob_buero_tui.services.work import USE_CASES

    add_body(place, "Bauausschuss")
    return int(USE_CASES["test_create_meeting"].run(place, {"body": "Bauausschuss"}))
