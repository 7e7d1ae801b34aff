"""Every change is in the journal, exactly as it is in the database, and nothing passes it by."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update

from ob_buero_tui import services
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services import history
from ob_buero_tui.services.faults import Conflict, NotSaved
from ob_buero_tui.services.history import SENTENCES, history_of, recent_actions
from ob_buero_tui.services.requests import verbs
from ob_buero_tui.services.undo import redo, undo
from ob_buero_tui.services.work import USE_CASES, Work, transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.journal import Action, Change
from ob_buero_tui.store.recording import record_rows
from ob_buero_tui.store.requests import Message, Request
from ob_buero_tui.store.tables import JOURNALED
from ob_buero_tui.store.tasks import Note, Task


def last_action(place: Workplace) -> Action:
    with place.reading() as session:
        return session.scalars(select(Action).order_by(Action.id.desc()).limit(1)).one()


def changes(place: Workplace) -> list[Change]:
    """The change rows of the newest action."""
    with place.reading() as session:
        newest = select(Action.id).order_by(Action.id.desc()).limit(1).scalar_subquery()
        return list(session.scalars(select(Change).where(Change.action_id == newest).order_by(Change.id)))


def stored(place: Workplace, table: str, row_id: int) -> dict[str, Any]:
    """A row as the database holds it."""
    with place.reading() as session:
        query = f'SELECT * FROM "{table}" WHERE id = ?'  # noqa: S608 our own tables
        return dict(session.connection().exec_driver_sql(query, (row_id,)).mappings().one())


def test_a_use_case_is_one_action_with_what_it_touched(
    place: Workplace, make_request: Callable[..., int]
) -> None:
    key = make_request(assigned_to="KL")
    verbs.assign(place, [key], "PS")
    action = last_action(place)
    assert (action.verb, action.desk_id, action.at) == ("assign", place.desk.id, place.clock())
    assert action.params == {"table": "request", "ids": [key], "to": "PS"}
    (change,) = changes(place)
    assert (change.table_name, change.row_id, change.operation) == ("request", key, "update")
    assert (change.before, change.after) == ({"assigned_to": "KL"}, {"assigned_to": "PS"})
    assert change.row_version == stored(place, "request", key)["version"] == 2


def test_an_insert_is_journaled_with_every_value_as_stored(
    place: Workplace, make_request: Callable[..., int]
) -> None:
    key = make_request(fields={"betrag": 12.5, "öffentlich": True, "zeile": "a\nb"}, important=True)
    (change,) = changes(place)
    row = stored(place, "request", key)
    assert change.row_version == row.pop("version") == 1
    assert (change.operation, change.before, change.after) == ("insert", None, row)


def test_many_inserts_are_journaled_like_single_ones(
    place: Workplace, make_request: Callable[..., int]
) -> None:
    key = make_request()
    with transaction(place, "import_mail") as work:
        rows = [{"request_id": key, "subject": f"Brief {n}", "sent_at": work.at} for n in range(3)]
        keys = work.insert_rows(JOURNALED["message"], rows)
        assert work.insert_rows(JOURNALED["message"], []) == []
    inserted = changes(place)
    with transaction(place, "import_mail") as work:
        work.session.add(Message(request_id=key, subject="Brief 0", sent_at=work.at))
    (single,) = changes(place)
    assert keys == [change.row_id for change in inserted] == [1, 2, 3]
    assert single.after == (inserted[0].after or {}) | {"id": 4}
    for change in inserted:
        row = stored(place, "message", change.row_id)
        del row["version"]
        assert change.after == row


def test_a_column_that_does_not_exist_is_a_mistake(
    place: Workplace, make_request: Callable[..., int]
) -> None:
    key = make_request()
    with pytest.raises(Exception, match="bezug"), transaction(place, "import_mail") as work:
        work.insert_rows(JOURNALED["message"], [{"request_id": key, "bezug": "x"}])


def test_a_delete_is_journaled_with_every_value(place: Workplace, make_request: Callable[..., int]) -> None:
    verbs.note(place, [make_request()], "Vermerk")
    before = stored(place, "note", 1)
    version = before.pop("version")
    with transaction(place, "test_create_request") as work:
        note = work.get(Note, 1)
        work.session.expire(note, ["text"])
        work.session.delete(note)
    (change,) = changes(place)
    assert (change.operation, change.before, change.after) == ("delete", before, None)
    assert change.row_version == version


def test_a_change_just_before_a_delete_was_never_stored(
    place: Workplace, make_request: Callable[..., int]
) -> None:
    verbs.note(place, [make_request()], "Vermerk")
    with transaction(place, "test_create_request") as work:
        note = work.get(Note, 1)
        note.text = "anders"
        work.session.delete(note)
    (change,) = changes(place)
    assert (change.before or {})["text"] == "Vermerk"
    undo(place)
    assert stored(place, "note", 1)["text"] == "Vermerk"


def test_the_value_before_is_known_also_where_it_was_not_loaded(
    place: Workplace, make_request: Callable[..., int]
) -> None:
    key = make_request(subject="vorher")
    with transaction(place, "edit_request") as work:
        request = work.get(Request, key)
        work.session.expire(request)
        request.subject = "nachher"
    (change,) = changes(place)
    assert (change.before, change.after) == ({"subject": "vorher"}, {"subject": "nachher"})


def test_what_changes_nothing_leaves_no_trace(place: Workplace, make_request: Callable[..., int]) -> None:
    key = make_request(assigned_to="PS")
    before = last_action(place).id
    verbs.assign(place, [key], "PS")
    assert last_action(place).id == before
    assert stored(place, "request", key)["version"] == 1


def test_there_and_back_again_in_one_action_changes_nothing(
    place: Workplace, make_request: Callable[..., int]
) -> None:
    key = make_request(subject="A")
    with transaction(place, "edit_request") as work:
        request = work.get(Request, key)
        request.subject = "B"
        request.subject = "A"
    assert last_action(place).verb == "test_create_request"


def test_json_values_are_replaced_and_compared_as_written(
    place: Workplace, make_request: Callable[..., int]
) -> None:
    key = make_request(fields={"teilnehmer": 1})
    with transaction(place, "edit_request") as work:
        request = work.get(Request, key)
        request.fields["teilnehmer"] = 2
    assert json.loads(stored(place, "request", key)["fields"]) == {"teilnehmer": 1}, "mutated, so not saved"
    with transaction(place, "edit_request") as work:
        request = work.get(Request, key)
        request.fields = request.fields | {"teilnehmer": True}
    assert json.loads(stored(place, "request", key)["fields"]) == {"teilnehmer": True}
    (change,) = changes(place)
    assert (change.before, change.after) == (
        {"fields": '{"teilnehmer":1}'},
        {"fields": '{"teilnehmer":true}'},
    )


@pytest.mark.parametrize(
    "statement",
    [
        update(Request).values(subject="weg"),
        delete(Task),
        insert(Task).values(label="x", template="", version=1),
    ],
)
def test_bulk_statements_are_refused(
    place: Workplace, make_request: Callable[..., int], statement: Any, dump: Callable[[Workplace], object]
) -> None:
    make_request()
    before = dump(place)
    with pytest.raises(RuntimeError, match="pass the journal by"), transaction(place, "x") as work:
        work.session.execute(statement)
    assert dump(place) == before


def _rename_in_a_query(place: Workplace, key: int) -> None:
    with place.reading() as session:
        session.get_one(Request, key).subject = "nachher"
        session.flush()


def test_a_query_must_not_write(place: Workplace, make_request: Callable[..., int]) -> None:
    key = make_request(subject="vorher")
    with pytest.raises(RuntimeError, match="a query must not write"):
        _rename_in_a_query(place, key)
    for statement in ("UPDATE request SET subject = 'nachher'", "DELETE FROM desk"):
        with pytest.raises(NotSaved), place.reading() as session:
            session.connection().execute(text(statement))
    with place.reading() as session:
        session.get_one(Request, key).subject = "nachher"  # and never flushed
    assert stored(place, "request", key)["subject"] == "vorher"


def test_a_query_sees_one_state_and_takes_no_lock(
    place: Workplace, other_place: Workplace, make_request: Callable[..., int]
) -> None:
    make_request()
    statements: list[str] = []

    def watch(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    from sqlalchemy import event

    event.listen(place.engine, "before_cursor_execute", watch)
    with place.reading():
        pass
    assert [item for item in statements if item.startswith("BEGIN")] == ["BEGIN"]
    statements.clear()
    verbs.assign(place, [1], "KL")
    assert [item for item in statements if item.startswith("BEGIN")] == ["BEGIN IMMEDIATE"]


def _write_on_an_older_version(place: Workplace, key: int) -> None:
    with transaction(place, "edit_request") as work:
        request = work.get(Request, key)
        work.session.connection().execute(text("UPDATE request SET version = version + 1"))
        request.subject = "auf altem Stand"


def test_a_write_on_an_older_version_is_a_conflict(
    place: Workplace, make_request: Callable[..., int], dump: Callable[[Workplace], object]
) -> None:
    key = make_request()
    before = dump(place)
    with pytest.raises(Conflict, match="inzwischen geändert"):
        _write_on_an_older_version(place, key)
    assert dump(place) == before


def test_a_row_that_is_gone_is_refused(place: Workplace) -> None:
    with pytest.raises(Refusal, match="gibt es nicht mehr"):
        verbs.assign(place, [4711], "KL")


def test_many_rows_need_what_one_needs(place: Workplace) -> None:
    with pytest.raises(Exception, match="NOT NULL"), transaction(place, "x") as work:
        record_rows(work.session.connection(), work.recorder, JOURNALED["note"], [{"text": "ohne Schreiber"}])


def every_module() -> None:
    for module in pkgutil.walk_packages(services.__path__, services.__name__ + "."):
        importlib.import_module(module.name)


def test_every_verb_reads_as_a_german_sentence() -> None:
    every_module()
    verbs_of_the_product = {verb for verb in USE_CASES if not verb.startswith("test_")}
    assert verbs_of_the_product <= set(SENTENCES)
    for verb in verbs_of_the_product:
        rendered = SENTENCES[verb]({})
        assert rendered
        assert verb not in rendered.split(), rendered


def lines(place: Workplace, key: int, table: str = "request") -> list[tuple[str, str, bool]]:
    with place.reading() as session:
        return [(line.desk, line.text, line.undone) for line in history_of(place, session, table, [key])]


def test_the_history_of_a_record_tells_who_did_what(
    place: Workplace, other_place: Workplace, make_request: Callable[..., int]
) -> None:
    key = make_request()
    verbs.note(other_place, [key], "Vermerk")
    verbs.assign(place, [key], "KL")
    undo(place)
    undo(other_place)
    assert lines(place, key)[1:] == [
        ("KL", "Notiz hinzugefügt", True),
        ("PS", "zuständig: KL", True),
        ("PS", "zurückgenommen: zuständig: KL", False),
        ("KL", "zurückgenommen: Notiz hinzugefügt", False),
    ]
    redo(other_place)
    assert lines(place, key)[-1] == ("KL", "wiederhergestellt: Notiz hinzugefügt", False)
    assert ("KL", "Notiz hinzugefügt", False) in lines(place, key)
    with place.reading() as session:
        assert history_of(place, session, "request", []) == ()
        times = [line.at for line in history_of(place, session, "request", [key])]
    assert {str(at) for at in times} == {"2026-11-25 09:42:00"}


def test_sentences_are_rendered_on_reading(place: Workplace, make_request: Callable[..., int]) -> None:
    """So that a correction or an erasure reaches what happened before."""
    key = make_request(subject="Frau Beispiel beschwert sich")
    verbs.mark_important(place, [key])
    with transaction(place, "edit_request") as work:
        work.get(Request, key).subject = "Beschwerde"
        work.tell(table="request", ids=[key])
    texts = [line.text for line in recent_actions(place)]
    assert texts[1] == "Eingang 2026-0001 „Beschwerde“: als wichtig markiert"
    assert not any("Frau Beispiel" in line for line in texts)


def test_a_batch_reads_as_one_line(place: Workplace, make_request: Callable[..., int]) -> None:
    verbs.trash(place, [make_request(), make_request(), make_request()])
    assert recent_actions(place, limit=1)[0].text == "3 Eingänge: in den Papierkorb gelegt"


def test_params_hold_no_names(place: Workplace, make_request: Callable[..., int]) -> None:
    """What identifies a person stays in the records, where an erasure finds it."""
    key = make_request(subject="Frau Beispiel")
    verbs.note(place, [key], "Frau Beispiel rief an")
    with place.reading() as session:
        kept = session.scalars(select(Action.params)).all()
    assert "Beispiel" not in json.dumps(kept)


def test_an_unknown_verb_is_shown_all_the_same() -> None:
    assert history._sentence("von früher", {}) == "von früher"


@pytest.mark.parametrize(
    ("verb", "params"),
    [
        ("keep_record", {"until": "2O26-11-30"}),
        ("inquire", {"whom": "Bauamt", "until": "2O26-11-30"}),
        ("move_event", {"before": "2O26-11-30", "start": "2O26-12-01"}),
        ("postpone_meeting", {"before": "2O26-11-30", "after": "2O26-11-30"}),
    ],
)
def test_a_step_whose_day_cannot_be_read_is_told_all_the_same(verb: str, params: dict[str, str]) -> None:
    told = history._sentence(verb, params)
    assert told != verb
    assert ("2O26-11-30" in told) is (verb != "postpone_meeting")


def test_work_knows_the_offices_time(place: Workplace) -> None:
    def look(work: Work) -> tuple[str, str]:
        return str(work.now), str(work.today)

    with transaction(place, "x") as work:
        assert look(work) == ("2026-11-25 09:42:00", "2026-11-25")
        assert work.calendar.covers(work.today)
