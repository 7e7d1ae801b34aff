"""Wiedervorlagen: what each split has and in which order, what this desk may read, and the verbs on tasks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Audience
from ob_buero_tui.services.calendar.date_verbs import trash_dates
from ob_buero_tui.services.calendar.scopes import Scope
from ob_buero_tui.services.follow_ups import selecting, steps, verbs
from ob_buero_tui.services.follow_ups.card import card
from ob_buero_tui.services.follow_ups.listing import task_list
from ob_buero_tui.services.follow_ups.rows import rows
from ob_buero_tui.services.follow_ups.views import FollowUpRow
from ob_buero_tui.services.history import history_of
from ob_buero_tui.services.requests.verbs import defer, trash
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Meeting
from ob_buero_tui.store.tasks import Note, Task
from office_fixtures import ACCOUNT, Clock

TODAY = date(2026, 11, 25)
"""A Wednesday."""
SUNDAY = TODAY + timedelta(days=4)

Make = Callable[..., int]


@pytest.fixture
def make_task(place: Workplace) -> Make:
    """Creates a task and returns its key."""

    def make(label: str = "Blumen", days: int | None = 0, at: time | None = None, **behind: int) -> int:
        on = TODAY + timedelta(days=days) if days is not None else None
        return verbs.add_task(place, label, on, at, **behind).ids[0]

    return make


def row(place: Workplace, split: str, key: int) -> FollowUpRow:
    return rows(place, split, [key])[key]


def counts(place: Workplace) -> dict[str, int]:
    return {view.key: view.count for view in selecting.splits(place)}


def test_the_splits_of_tasks_by_date(place: Workplace, make_task: Make) -> None:
    without = make_task("ohne", None)
    later = make_task("Montag", 5)
    sunday = make_task("Sonntag", 4)
    untimed = make_task("heute")
    timed = make_task("heute um acht", at=time(8))
    late = make_task("gestern")
    with_past(place, late, TODAY - timedelta(days=1))
    assert selecting.ids(place, "heute") == (late, timed, untimed)
    assert selecting.ids(place, "woche") == (late, timed, untimed, sunday)
    assert selecting.ids(place, "alle") == (late, timed, untimed, sunday, later, without)
    assert counts(place) == {
        "heute": 3, "woche": 4, "alle": 6, "wiedervorlagen": 0, "antworten": 0, "rueckrufe": 0,
        "sitzungen": 0, "erledigt": 0
    }  # fmt: skip
    overdue = [row(place, "alle", key).overdue for key in selecting.ids(place, "alle")]
    assert overdue == [True, True, False, False, False, False], "eight o'clock has passed"


def with_past(place: Workplace, key: int, on: date) -> None:
    """Set a date that no verb would take."""
    from ob_buero_tui.services.work import transaction

    with transaction(place, "note") as work:
        work.get(Task, key).due_on = on


@pytest.mark.parametrize("split", ["heute", "woche", "alle", "wiedervorlagen", "antworten"])
def test_every_count_is_that_of_its_list(
    place: Workplace, make_request: Make, make_event: Make, make_task: Make, split: str
) -> None:
    kept, thrown = (make_request(due_on=TODAY, wiedervorlage_on=TODAY) for _ in range(2))
    event = make_event()
    for days in (0, 3, 9, None):
        make_task("Eingang", days, request_id=kept)
    doomed = [make_task("Papierkorb", days, request_id=thrown) for days in (0, 3, None)]
    doomed += [make_task("Termin", days, event_id=event) for days in (0, 3, None)]
    trash(place, [thrown])
    trash_dates(place, str(event), Scope.SERIE)
    with pytest.raises(Refusal, match="im Papierkorb"):
        make_task("Termin", 0, event_id=event)
    found = selecting.ids(place, split)
    assert len(found) == counts(place)[split] > 0
    if selecting.table_of(split) == "task":
        assert not set(found) & set(doomed)
        assert all(selecting.contains(place, split, key) for key in found)
        assert not any(selecting.contains(place, split, key) for key in doomed)


def test_requests_by_wiedervorlage_and_by_the_day_of_the_answer(place: Workplace, make_request: Make) -> None:
    late = make_request(due_on=TODAY - timedelta(days=1), assigned_to="KL")
    soon = make_request(due_on=TODAY + timedelta(days=2))
    waits = make_request(subject="Radweg", due_on=TODAY)
    back = make_request(wiedervorlage_on=TODAY - timedelta(days=1))
    make_request(due_on=TODAY, closed=True, state="erledigt", wiedervorlage_on=TODAY)
    defer(place, [waits], TODAY + timedelta(days=2), "Gutachten lesen")
    assert selecting.ids(place, "wiedervorlagen") == (back, waits)
    assert selecting.ids(place, "antworten") == (late, soon)
    waiting = row(place, "wiedervorlagen", waits)
    assert (waiting.on, waiting.what, waiting.overdue) == (TODAY + timedelta(days=2), "Radweg", False)
    assert (waiting.number, waiting.about) == ("2026-0003", "Gutachten lesen")
    assert row(place, "wiedervorlagen", back).overdue, "its day has come and nobody saw to it"
    assert (row(place, "antworten", late).overdue, row(place, "antworten", late).who) == (True, "KL")


def test_what_is_done_stays_for_thirty_days(place: Workplace, clock: Clock, make_task: Make) -> None:
    old, new, open_one = (make_task(name) for name in ("alt", "neu", "offen"))
    verbs.tick_tasks(place, [old])
    clock.advance(days=30)
    verbs.tick_tasks(place, [new])
    assert selecting.ids(place, "erledigt") == (new, old)
    clock.advance(days=1)
    assert selecting.ids(place, "erledigt") == (new,)
    assert counts(place)["erledigt"] == 1
    shown = row(place, "erledigt", new)
    assert (shown.done_on, shown.who, shown.overdue) == (date(2026, 12, 25), "PS", False)
    verbs.tick_tasks(place, [new], done=False)
    assert selecting.ids(place, "erledigt") == ()
    assert set(selecting.ids(place, "alle")) == {new, open_one}


def test_a_row_says_what_for_and_who(
    place: Workplace, make_request: Make, make_event: Make, make_task: Make
) -> None:
    request, event = make_request(subject="Stadtlauf", kind="schirmherrschaft"), make_event(summary="Empfang")
    of_request = row(place, "alle", make_task("Blumen", 2, request_id=request))
    assert (of_request.what, of_request.about, of_request.who) == ("Blumen", "Stadtlauf", "PS")
    assert of_request.number == "2026-0001"
    assert of_request.sign
    assert row(place, "alle", make_task("Saal", 2, event_id=event)).about == "Di 1.12. Empfang"
    assert row(place, "alle", make_task("Frei", 2)).about == ""


def test_what_is_personal_to_another_desk_is_masked(
    place: Workplace, other_place: Workplace, make_request: Make, make_event: Make, make_task: Make
) -> None:
    level = {"confidentiality": "persoenlich", "owner": ACCOUNT}
    request = make_request(subject="Scheidung", due_on=TODAY, wiedervorlage_on=TODAY, **level)
    event = make_event(summary="Arzt", **level)
    tasks = make_task("Anwalt fragen", request_id=request), make_task("Rezept", event_id=event)
    for key in tasks:
        assert "(pers" not in row(place, "heute", key).what
        assert row(other_place, "heute", key).what == "(persönlich)"
        assert not card(other_place, "task", key).full
        for step in (
            lambda key: verbs.tick_tasks(other_place, [key]),
            lambda key: verbs.defer_tasks(other_place, [key], SUNDAY),
            lambda key: verbs.assign_tasks(other_place, [key], "KL"),
            lambda key: verbs.note_tasks(other_place, [key], "gelesen"),
        ):
            with pytest.raises(Refusal, match="Persönlich"):
                step(key)
    with pytest.raises(Refusal, match="Persönlich"):
        verbs.add_task(other_place, "Nachsehen", request_id=request)
    seen = [
        str(each)
        for each in (
            *(row(other_place, "heute", key) for key in tasks),
            *(row(other_place, split, request) for split in ("wiedervorlagen", "antworten")),
            *(card(other_place, "task", key) for key in tasks),
            card(other_place, "request", request),
            *task_list(other_place),
        )
    ]
    for word in ("Scheidung", "Anwalt", "Arzt", "Rezept"):
        assert not any(word in text for text in seen), word
    assert row(other_place, "heute", tasks[0]).number == "2026-0001"


def test_the_panel_tells_of_the_record_behind_a_task(
    place: Workplace, make_request: Make, make_task: Make
) -> None:
    request = make_request(subject="Stadtlauf", event_place="Marktplatz", kind="schirmherrschaft")
    task, other = make_task("Blumen", 2, request_id=request), make_task("Band", 1, request_id=request)
    verbs.tick_tasks(place, [other])
    verbs.note_tasks(place, [task], "Die Gärtnerei ruft zurück.")
    view = card(place, "task", task)
    assert (view.title, view.opens) == ("Blumen", ("request", request))
    assert dict(view.facts)["Zu tun bis"] == "Fr 27.11.2026"
    assert dict(view.about)["Betreff"] == "Stadtlauf"
    assert dict(view.about)["Termin"] == "Marktplatz"
    assert view.heading == "2026-0001 · Schirmherrschaft"
    assert [(one.label, one.done) for one in view.tasks] == [("Band", True)]
    assert "Gärtnerei" in view.notes[-1]
    assert ("Nummer", "2026-0001") in view.copies
    whole = card(place, "request", request)
    assert (whole.title, len(whole.tasks), whole.opens) == ("Stadtlauf", 2, ("request", request))


def test_the_panel_tells_of_the_appointment_behind_a_task(
    place: Workplace, make_event: Make, make_task: Make
) -> None:
    event = make_event(summary="Empfang", location="Rathaus")
    task, sibling = make_task("Saal", 2, event_id=event), make_task("Wein", 3, event_id=event)
    verbs.note_tasks(place, [task, sibling], "Bestellt.")
    view = card(place, "task", task)
    assert (view.opens, [one.label for one in view.tasks]) == (("event", event), ["Wein"])
    assert dict(view.about)["Wann"] == "Di 1.12.2026 10:00"
    assert len(view.notes) == 1, "a batch notes once on each record"
    free = card(place, "task", make_task("Frei", None))
    assert (free.opens, free.about, dict(free.facts)["Zu tun bis"]) == (None, (), "ohne Termin")


def test_verschieben_keeps_how_the_date_was_counted(place: Workplace, make_task: Make) -> None:
    task = make_task("Blumen", 1, time(9))
    verbs.defer_tasks(place, [task], TODAY + timedelta(days=2))
    verbs.defer_tasks(place, [task], TODAY + timedelta(days=5))
    facts = dict(card(place, "task", task).facts)
    assert facts["Zu tun bis"] == "Mo 30.11.2026"
    assert facts["Gezählt"] == "von Hand gesetzt · verschoben von Fr 27.11."
    with pytest.raises(Refusal, match="Vergangenheit"):
        verbs.defer_tasks(place, [task], TODAY - timedelta(days=1))
    verbs.tick_tasks(place, [task])
    with pytest.raises(Refusal, match="schon erledigt"):
        verbs.defer_tasks(place, [task], SUNDAY)


def test_a_note_needs_a_record(place: Workplace, make_task: Make) -> None:
    with pytest.raises(Refusal, match="zu keinem Eingang"):
        verbs.note_tasks(place, [make_task("Frei")], "Bestellt.")
    with place.reading() as session:
        assert session.query(Note).count() == 0


def test_each_verb_is_one_step_and_read_in_the_history_of_the_request(
    place: Workplace, make_request: Make, make_task: Make
) -> None:
    request = make_request()
    tasks = [make_task(f"Nr. {n}", n, request_id=request) for n in range(3)]
    assert verbs.tick_tasks(place, tasks).text == "3 Aufgaben: erledigt"
    assert undo(place).sentence == "3 Aufgaben: Aufgabe abgehakt"
    assert verbs.assign_tasks(place, tasks[:1], "KL").text == "„Nr. 0“: zuständig KL"
    with place.reading() as session:
        told = [line.text for line in history_of(place, session, "request", [request])]
    assert told[-3:] == ["Aufgabe abgehakt", "zurückgenommen: Aufgabe abgehakt", "Aufgabe an KL gegeben"]
    assert counts(place)["alle"] == 3


def test_the_list_of_the_command_by_audience(place: Workplace, make_request: Make, make_task: Make) -> None:
    secret = make_request(confidentiality="vertraulich", subject="Abfindung")
    task = make_task("Vertrag", 2, request_id=secret)
    free, undated, done = make_task("Frei", 1), make_task("ohne", None), make_task("fertig")
    verbs.tick_tasks(place, [done])
    assert [one.id for one in task_list(place)] == [free, task, undated]
    assert [one.id for one in task_list(place, TODAY + timedelta(days=1))] == [free]
    assert [(one.id, one.done) for one in task_list(place, done=True)][-1] == (done, True)
    masked = task_list(place, audience=Audience.DEPUTY)[1]
    assert (masked.label, masked.subject, masked.due_on, masked.full) == ("belegt", "", None, False)
    assert [one.id for one in task_list(place, TODAY + timedelta(days=2), Audience.DEPUTY)] == [free]
    assert task_list(place)[1].subject == "Abfindung"
    for outside in (Audience.PRESS, Audience.PUBLIC):
        assert task_list(place, audience=outside) == ()


def test_the_council_s_deadlines_of_two_weeks(place: Workplace, make_meeting: Make) -> None:
    meeting = make_meeting(body="Stadtrat")
    keys = selecting.ids(place, "sitzungen")
    shown = [row(place, "sitzungen", key) for key in keys]
    assert len(keys) == counts(place)["sitzungen"] > 1
    assert [one.on for one in shown] == sorted(one.on for one in shown if one.on)
    assert {one.about for one in shown} == {"Do 10.12. Stadtrat"}
    view = card(place, "step", keys[0])
    assert (view.title, view.opens) == (shown[0].what, ("meeting", meeting))
    assert dict(view.facts)["Gezählt"]
    with pytest.raises(Refusal, match="verschiedener Art"):
        steps.tick_steps(place, keys[:2])
    assert steps.meetings_of(place, keys) == (meeting,)
    steps.tick_steps(place, keys[:1])
    assert selecting.ids(place, "sitzungen") == keys[1:], "the keys of the others stay"
    assert keys[0] not in rows(place, "sitzungen", keys)
    undo(place)
    assert selecting.ids(place, "sitzungen") == keys


def test_what_was_counted_once_serves_keys_rows_and_card(place: Workplace, make_meeting: Make) -> None:
    make_meeting(body="Stadtrat")
    due = steps.steps_due(place)
    keys = selecting.ids(place, selecting.STEPS)
    assert selecting.ids(place, selecting.STEPS, due) == keys
    assert steps.step_rows(place, keys, due) == steps.step_rows(place, keys)
    assert steps.step_card(place, keys[0], due) == steps.step_card(place, keys[0])
    assert steps.step_ids(place, {}) == ()


def test_a_session_that_goes_between_two_reads_is_refused(place: Workplace, make_meeting: Make) -> None:
    key = make_meeting(body="Stadtrat")
    due = steps.steps_due(place)
    with transaction(place, "note") as work:
        work.get(Meeting, key).deleted = True
    with pytest.raises(Refusal, match="Diese Frist gibt es nicht mehr"):
        steps.step_card(place, next(iter(due)), due)
    assert steps.step_rows(place, list(due), due) == {}
