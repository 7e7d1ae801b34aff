"""Undo and redo: the newest step of this desk, all of it or nothing, in turn and for good."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services import drafts
from ob_buero_tui.services.requests import declining, verbs
from ob_buero_tui.services.undo import NothingToUndo, redo, undo, undo_action
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event, EventOverride
from ob_buero_tui.store.journal import Action, Change
from ob_buero_tui.store.requests import Message, Request, RequestNumber
from ob_buero_tui.store.tables import JOURNALED
from ob_buero_tui.store.tasks import Note

Dump = Callable[[Workplace], dict[str, Any]]


def newest(place: Workplace) -> int:
    with place.reading() as session:
        return session.scalars(select(Action.id).order_by(Action.id.desc()).limit(1)).one()


def request(place: Workplace, key: int) -> Request | None:
    with place.reading() as session:
        return session.get(Request, key)


def numbers(place: Workplace) -> list[tuple[int, str]]:
    with place.reading() as session:
        rows = session.execute(select(RequestNumber).order_by(RequestNumber.serial)).scalars()
        return [(row.serial, row.state) for row in rows]


def test_undo_takes_back_the_newest_step_of_this_desk(
    place: Workplace, other_place: Workplace, make_request: Callable[..., int]
) -> None:
    first, second = make_request(), make_request()
    verbs.mark_important(place, [first])
    verbs.mark_important(other_place, [second])
    done = undo(place)
    assert done.sentence == "Eingang 2026-0001 „Grußwort zum Jubiläum“: als wichtig markiert"
    assert done.records == (("request", first),)
    rows = [request(place, key) for key in (first, second)]
    assert [row.important for row in rows if row] == [False, True]


def test_steps_are_taken_back_and_brought_back_in_turn(
    place: Workplace, make_request: Callable[..., int], dump: Dump
) -> None:
    key = make_request()
    states = [dump(place)]
    for initials in ("PS", "KL", ""):
        verbs.assign(place, [key], initials)
        states.append(dump(place))
    for state in reversed(states[:-1]):
        undo(place)
        assert dump(place) == state
    for state in states[1:]:
        redo(place)
        assert dump(place) == state
    for state in reversed(states[:-1]):
        undo(place)
        assert dump(place) == state


def test_undo_and_redo_survive_a_restart(
    place: Workplace, make_request: Callable[..., int], dump: Dump, open_desk: Callable[[str], Any]
) -> None:
    key = make_request()
    before = dump(place)
    declining.decline(place, [key], "Terminkollision")
    after = dump(place)
    place.engine.dispose()
    again = open_desk("petra.sander").place
    undo(again)
    assert dump(again) == before
    redo(open_desk("petra.sander").place)
    assert dump(again) == after


def test_redo_ends_when_the_desk_does_something_new(
    place: Workplace, other_place: Workplace, make_request: Callable[..., int]
) -> None:
    key = make_request()
    verbs.mark_important(place, [key])
    undo(place)
    verbs.note(other_place, [key], "von nebenan")
    redo(place)
    undo(place)
    verbs.note(place, [key], "etwas Neues")
    with pytest.raises(NothingToUndo, match="etwas Neues dazu"):
        redo(place)


def test_nothing_to_take_back_is_said(place: Workplace, other_place: Workplace, make_request: Any) -> None:
    make_request()
    with pytest.raises(NothingToUndo, match="nichts zurückzunehmen"):
        undo(other_place)
    with pytest.raises(NothingToUndo):
        redo(place)
    assert newest(place) == 1, "a refusal leaves no action"


def test_a_batch_is_one_step(place: Workplace, make_request: Callable[..., int], dump: Dump) -> None:
    keys = [make_request() for _ in range(4)]
    before = dump(place)
    declining.decline(place, keys, "Terminkollision", "mit Vermerk")
    assert undo(place).sentence == "4 Eingänge: abgesagt"
    assert dump(place) == before


def test_a_batch_that_fails_for_one_fails_for_all(
    place: Workplace, make_request: Callable[..., int], dump: Dump
) -> None:
    first, second = make_request(), make_request()
    verbs.trash(place, [second])
    before = dump(place)
    with pytest.raises(Refusal, match="2026-0002 liegt im Papierkorb"):
        declining.decline(place, [first, second], "Terminkollision")
    assert dump(place) == before


def test_another_desks_step_is_taken_back_from_the_history_only(
    place: Workplace, other_place: Workplace, make_request: Callable[..., int], dump: Dump
) -> None:
    key = make_request()
    before = dump(place)
    verbs.defer(other_place, [key], date(2026, 12, 1))
    undo_action(place, newest(place))
    assert dump(place) == before
    with pytest.raises(NothingToUndo):
        undo(other_place)
    redo(place)
    row = request(place, key)
    assert row
    assert row.wiedervorlage_on == date(2026, 12, 1)
    undo(other_place)
    assert dump(place) == before


def test_other_columns_of_the_record_may_have_changed(
    place: Workplace, other_place: Workplace, make_request: Callable[..., int]
) -> None:
    key = make_request()
    verbs.assign(place, [key], "PS")
    verbs.mark_important(other_place, [key])
    undo(place)
    row = request(place, key)
    assert row
    assert (row.assigned_to, row.important) == ("", True)


def test_a_value_changed_there_and_back_is_no_obstacle(
    place: Workplace, other_place: Workplace, make_request: Callable[..., int]
) -> None:
    key = make_request()
    verbs.assign(place, [key], "PS")
    verbs.assign(other_place, [key], "KL")
    verbs.assign(other_place, [key], "PS")
    undo(place)
    row = request(place, key)
    assert row
    assert row.assigned_to == ""


@pytest.mark.parametrize("deleted", [False, True])
def test_what_a_flipped_byte_left_of_a_day_comes_back_as_it_stood(
    place: Workplace, make_request: Callable[..., int], database: Path, dump: Dump, deleted: bool
) -> None:
    """A human can still read 2O26; no stand-in takes its place for good, and the check names it again."""
    key = make_request(due_on=date(2026, 11, 30))
    with transaction(place, "test_rows") as work:
        note = Note(request_id=key, text="x", written_by="PS", written_at=work.at)
        work.session.add(note)
        work.session.flush()
        kept = note.id
    place.engine.dispose()
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE request SET due_on = '2O26-11-30'")
        connection.execute("UPDATE note SET written_at = '2026-11-25T08:42:0OZ'")
        connection.commit()
    before = dump(place)
    with transaction(place, "test_rows") as work:
        work.get(Request, key).due_on = date(2026, 12, 1)
        if deleted:
            work.session.delete(work.get(Note, kept))
    after = dump(place)
    undo(place)
    assert dump(place) == before
    assert "2O26-11-30" in str(before)
    redo(place)
    assert dump(place) == after


def test_values_that_moved_along_a_unique_key_move_back(place: Workplace, dump: Dump) -> None:
    moment = place.now.replace(minute=0)

    def override(hour: int) -> dict[str, Any]:
        start = moment.replace(hour=hour)
        return {"recurrence_id": start, "dtstart": start, "dtend": start, "tzid": place.zone, "summary": "x"}

    with transaction(place, "test_create_event") as work:
        series = Event(
            uid="1@buero.example.org",
            summary="Runde",
            dtstart=moment,
            dtend=moment,
            tzid=place.zone,
            starts_at=work.at,
            ends_at=work.at,
        )
        work.session.add(series)
        work.session.flush()
        for hour in (10, 11, 12):
            work.session.add(EventOverride(event_id=series.id, **override(hour)))
            work.session.flush()
    before = dump(place)
    with transaction(place, "test_create_event") as work:
        rows = [work.get(EventOverride, key) for key in (1, 2, 3)]
        for row, hour in zip(rows, (9, 10, 11), strict=True):
            row.recurrence_id = moment.replace(hour=hour)
    undo(place)
    assert dump(place) == before


def test_a_row_added_and_deleted_in_one_step_is_no_obstacle(
    place: Workplace, make_request: Callable[..., int], dump: Dump
) -> None:
    before = dump(place)
    with transaction(place, "test_create_request") as work:
        row = Request(number="2026-0001", subject="x", received_at=work.at, fields={}, intake_notes=[])
        work.session.add(row)
        work.session.flush()
        note = Note(request_id=row.id, text="x", written_by="PS", written_at=work.at)
        work.session.add(note)
        work.session.flush()
        work.session.delete(note)
    after = dump(place)
    undo(place)
    assert dump(place) == before
    redo(place)
    assert dump(place) == after


def test_an_import_of_many_rows_is_one_step(
    place: Workplace, make_request: Callable[..., int], dump: Dump
) -> None:
    key = make_request()
    before = dump(place)
    with transaction(place, "import_mail") as work:
        rows = [{"request_id": key, "subject": f"Brief {n}", "sent_at": work.at} for n in range(50)]
        work.insert_rows(JOURNALED["message"], rows)
    after = dump(place)
    undo(place)
    assert dump(place) == before
    redo(place)
    assert dump(place) == after


def test_versions_only_rise(place: Workplace, make_request: Callable[..., int]) -> None:
    """Whoever still shows an older state must never be able to save over a newer one."""
    key = make_request()
    verbs.note(place, [key], "Vermerk")
    seen: dict[tuple[str, int], int] = {("request", key): 1, ("note", 1): 1}
    verbs.assign(place, [key], "PS")
    for step in (undo, redo, undo, undo, redo, redo):
        step(place)
        with place.reading() as session:
            rows: list[Request | Note] = [*session.scalars(select(Request)), *session.scalars(select(Note))]
            touched = session.scalars(select(Change).where(Change.action_id == newest(place))).all()
            for row in rows:
                place_of = (row.__tablename__, row.id)
                changed = place_of in {(change.table_name, change.row_id) for change in touched}
                assert row.version > seen[place_of] if changed else row.version == seen[place_of]
                seen[place_of] = row.version


def test_keys_are_never_given_twice(place: Workplace, make_request: Callable[..., int]) -> None:
    first = make_request()
    undo(place)
    assert make_request() == first + 1


def test_numbers_stay_given_out(place: Workplace, make_request: Callable[..., int]) -> None:
    first = make_request()
    undo(place)
    assert numbers(place) == [(1, "storniert")]
    redo(place)
    assert numbers(place) == [(1, "vergeben")]
    undo(place)
    second = make_request()
    assert numbers(place) == [(1, "storniert"), (2, "vergeben")]
    row = request(place, second)
    assert row
    assert (row.number, request(place, first)) == ("2026-0002", None)


def test_drafts_are_no_steps(place: Workplace, make_request: Callable[..., int]) -> None:
    key = make_request()
    verbs.mark_important(place, [key])
    drafts.save_draft(place, "note:1", {"text": "angefangen"})
    assert "wichtig" in undo(place).sentence
    drafts.drop_draft(place, "note:1")
    redo(place)


def test_search_and_calendar_follow_undo_and_redo(
    place: Workplace, make_request: Callable[..., int], make_event: Callable[..., int]
) -> None:
    def found(word: str) -> int:
        with place.reading() as session:
            query = "SELECT count(*) FROM search_fts WHERE search_fts MATCH ?"
            return int(session.connection().exec_driver_sql(query, (word,)).scalar() or 0)

    def shown() -> int:
        with place.reading() as session:
            query = "SELECT count(*) FROM occurrence"
            return int(session.connection().exec_driver_sql(query).scalar() or 0)

    key = make_request(subject="Straßenfest")
    make_event(rrule="FREQ=WEEKLY;COUNT=3")
    assert (found("strassenfest"), shown()) == (1, 3)
    undo(place)
    assert shown() == 0
    with transaction(place, "import_mail") as work:
        work.session.add(Message(request_id=key, body="mit Blaskapelle"))
    assert found("blaskapelle") == 1
    undo(place)
    assert (found("blaskapelle"), found("strassenfest")) == (0, 1)
    undo(place)
    assert found("strassenfest") == 0
    redo(place)
    redo(place)
    assert (found("blaskapelle"), found("strassenfest")) == (1, 1)
