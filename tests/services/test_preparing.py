"""Tasks that prepare for an appointment: made once, moved with it, taken back with it."""

# ruff: noqa: DTZ001 wall times are naive by design

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from intake_samples import calendar, event, value
from sqlalchemy import select

from ob_buero_tui.services.calendar.date_verbs import cancel_dates, confirm_dates
from ob_buero_tui.services.calendar.day import day
from ob_buero_tui.services.calendar.event import event_record
from ob_buero_tui.services.calendar.scopes import Scope
from ob_buero_tui.services.follow_ups.verbs import defer_tasks
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.requests.accepting import accept, propose
from ob_buero_tui.services.undo import redo, undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.requests import RequestEvent
from ob_buero_tui.store.tasks import Task

Make = Callable[..., int]
SPRING = {"dtstart": datetime(2027, 3, 10, 18), "dtend": datetime(2027, 3, 10, 20)}


def tasks(place: Workplace) -> dict[str, Task]:
    with place.reading() as session:
        return {row.template: row for row in session.scalars(select(Task).order_by(Task.id))}


def tick(place: Workplace, template: str) -> None:
    key = tasks(place)[template].id
    with transaction(place, "test_tick") as work:
        work.get(Task, key).done_at = work.at


def count(place: Workplace) -> int:
    with place.reading() as session:
        return len(session.scalars(select(Task.id)).all())


def test_nothing_is_overdue_that_is_only_asked_for_now(place: Workplace, make_event: Make) -> None:
    soon = {"dtstart": datetime(2026, 11, 27, 18), "dtend": datetime(2026, 11, 27, 20)}
    key = make_event(summary="Festakt", kind="festakt", status="TENTATIVE", **soon)
    confirm_dates(place, str(key), Scope.SERIE)
    found = tasks(place)
    assert all(task.due_on is None or task.due_on >= place.today for task in found.values())
    speech = found["rede"]
    assert speech.due_on == place.today
    assert speech.due_text == "10 Arbeitstage vor Termin Fr 27.11., war schon vorbei: heute"


def test_confirming_makes_the_tasks_of_the_kind_with_their_count(place: Workplace, make_event: Make) -> None:
    key = make_event(summary="Festakt", kind="festakt", status="TENTATIVE", **SPRING)
    wanted = place.catalog.event_kinds["festakt"].tasks
    done = confirm_dates(place, str(key), Scope.SERIE)
    assert done.text == f"„Festakt“: bestätigt, {len(wanted)} Aufgaben"
    found = tasks(place)
    assert set(found) == {task.key for task in wanted}
    speech = found["rede"]
    assert (speech.due_on, speech.due_text) == (date(2027, 2, 24), "10 Arbeitstage vor Termin Mi 10.03.")
    assert (found["dank"].due_on, speech.event_id, speech.assigned_to) == (date(2027, 3, 15), key, "PS")
    view = day(place, date(2027, 3, 10)).events[0]
    panel = event_record(place, view)
    assert [line.label for line in panel.tasks][-1] == "Dank und Nachgang"
    assert panel.history[-1].text == f"bestätigt, {len(wanted)} Aufgaben"


def test_it_is_one_step_and_made_once(place: Workplace, make_event: Make) -> None:
    key = make_event(kind="empfang", **SPRING)
    confirm_dates(place, str(key), Scope.SERIE)
    made = count(place)
    tick(place, "rede")
    assert confirm_dates(place, str(key), Scope.SERIE).text.endswith("bestätigt")
    cancel_dates(place, str(key), Scope.SERIE, "Sturm")
    confirm_dates(place, str(key), Scope.SERIE)
    assert count(place) == made
    for _ in range(4):
        undo(place)
    assert count(place) == 0
    redo(place)
    assert count(place) == made


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "jour_fixe"},
        {"kind": None},
        {"kind": "festakt", "rrule": "FREQ=WEEKLY;COUNT=3"},
        {"kind": "festakt", "calendar": "rat"},
        {"kind": "festakt", "dtstart": datetime(2026, 11, 24, 9), "dtend": datetime(2026, 11, 24, 10)},
    ],
)
def test_what_needs_none_gets_none(place: Workplace, make_event: Make, values: dict[str, Any]) -> None:
    assert confirm_dates(place, str(make_event(**{**SPRING, **values})), Scope.SERIE).text.endswith(
        "bestätigt"
    )
    assert count(place) == 0


def test_a_deputys_appointment_is_prepared_too(place: Workplace, make_event: Make) -> None:
    confirm_dates(place, str(make_event(kind="trauerfeier", calendar="bm1", **SPRING)), Scope.SERIE)
    assert "kranz" in tasks(place)


@pytest.fixture
def festive(place: Workplace) -> Workplace:
    """An office whose invitations become Festakte."""
    kinds = dict(place.catalog.kinds)
    shipped = kinds["einladung"]
    kinds["einladung"] = replace(
        kinds["goldenes_buch"], key="einladung", event_kind="festakt", tasks=shipped.tasks
    )
    return replace(place, catalog=replace(place.catalog, kinds=kinds))


def test_accepting_adds_what_the_kind_of_request_has_no_task_for(
    festive: Workplace, make_request: Make
) -> None:
    key = make_request(kind="einladung", event_start=SPRING["dtstart"], event_end=SPRING["dtend"])
    plan = propose(festive, key).plan
    names = [task.template for task in plan.tasks]
    own = {task.key for task in festive.catalog.kinds["einladung"].tasks}
    assert {"einladungen", "raum", "flaggen"} <= set(names) - own
    assert len(names) == len(set(names))
    assert "rede" not in names, "the kind of request decides by its own condition"
    assert f"{len(names)} Aufgaben" in accept(festive, [plan]).text
    with festive.reading() as session:
        event_id = session.scalars(select(RequestEvent.event_id)).one()
    confirm_dates(festive, str(event_id), Scope.SERIE)
    assert count(festive) == len(names)


def test_without_a_date_or_for_the_past_nothing_is_prepared(festive: Workplace, make_request: Make) -> None:
    key = make_request(kind="einladung", event_start=SPRING["dtstart"])
    bare = {task.template for task in propose(festive, key, dated=False).plan.tasks}
    past = propose(festive, key, start=datetime(2026, 11, 2, 9), end=datetime(2026, 11, 2, 10)).plan
    assert "flaggen" not in bare | {task.template for task in past.tasks}


def test_a_moved_appointment_takes_its_open_tasks_along(place: Workplace, tmp_path: Path) -> None:
    def file(day: str, version: int) -> Path:
        times = {
            name: f";TZID=Europe/Berlin:{day}T{hour}0000" for name, hour in (("dtstart", 18), ("dtend", 20))
        }
        text = event(summary="Festakt", sequence=str(version), **times)
        return calendar(tmp_path, text, name=f"ob{version}.ics")

    import_files(place, [file("20270310", 1)])
    confirm_dates(place, str(1), Scope.SERIE)
    before = tasks(place)
    tick(place, "gaesteliste")
    import_files(place, [file("20270324", 3)])
    after = tasks(place)
    assert after["gaesteliste"].due_on == before["gaesteliste"].due_on
    assert after["mappe"].due_on == date(2027, 3, 22)
    assert after["mappe"].due_text == "2 Arbeitstage vor Termin Mi 24.03."
    undo(place)
    assert tasks(place)["mappe"].due_on == before["mappe"].due_on


def test_a_task_of_the_desk_is_not_moved(place: Workplace, tmp_path: Path, make_event: Make) -> None:
    key = make_event(kind="festakt", uid="a@example.org", **SPRING)
    with transaction(place, "test_task") as work:
        work.session.add(Task(label="Hut kaufen", event_id=key, due_on=date(2027, 3, 1)))
    start = datetime(2027, 4, 1, 16, tzinfo=UTC)
    times = {"dtstart": f"{start:%Y%m%dT%H%M%SZ}", "dtend": f"{start + timedelta(hours=1):%Y%m%dT%H%M%SZ}"}
    import_files(place, [calendar(tmp_path, event(sequence="5", **times), name="ob.ics")])
    assert tasks(place)[""].due_on == date(2027, 3, 1)


def test_what_was_put_off_by_hand_stays_and_is_noted_and_hours_move_along(
    place: Workplace, tmp_path: Path, make_event: Make
) -> None:
    key = make_event(kind="festakt", uid="a@example.org", status="TENTATIVE", **SPRING)
    confirm_dates(place, str(key), Scope.SERIE)
    defer_tasks(place, [tasks(place)["rede"].id], date(2027, 3, 1))
    with transaction(place, "test_hour") as work:
        work.get(Task, tasks(place)["mappe"].id).due_time = time(9, 0)
    start = datetime(2027, 4, 1, 16, tzinfo=UTC)
    times = {"dtstart": f"{start:%Y%m%dT%H%M%SZ}", "dtend": f"{start + timedelta(hours=1):%Y%m%dT%H%M%SZ}"}
    import_files(place, [calendar(tmp_path, event(sequence="5", **times), name="ob.ics")])
    speech, folder = tasks(place)["rede"], tasks(place)["mappe"]
    assert (speech.due_on, "verschoben von" in speech.due_text) == (date(2027, 3, 1), True)
    assert folder.due_time is None
    note = value(place, "SELECT text FROM note WHERE event_id IS NOT NULL")
    assert note.startswith("Der Termin wurde verlegt. Von Hand verschoben und so geblieben: „")
