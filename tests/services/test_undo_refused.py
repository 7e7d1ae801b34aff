"""What cannot be taken back: changed since, still needed, taken by another row, or gone out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.follow_ups.verbs import tick_tasks
from ob_buero_tui.services.requests import verbs
from ob_buero_tui.services.tasks import plan_correction
from ob_buero_tui.services.undo import LeftHouse, redo, undo, undo_action
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.documents import ImportedFile
from ob_buero_tui.store.journal import Action
from ob_buero_tui.store.people import Organization
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Note, Task

Dump = Callable[[Workplace], dict[str, Any]]


def newest(place: Workplace) -> int:
    with place.reading() as session:
        return session.scalars(select(Action.id).order_by(Action.id.desc()).limit(1)).one()


@pytest.mark.parametrize("which", ["undone", "undo itself", "unknown"])
def test_only_a_step_that_stands_is_taken_back_from_the_history(
    place: Workplace, make_request: Callable[..., int], which: str
) -> None:
    make_request()
    action = newest(place)
    undo(place)
    with pytest.raises(Refusal, match="schon zurückgenommen"):
        undo_action(place, {"undone": action, "undo itself": newest(place), "unknown": 999}[which])


def test_a_record_changed_since_is_refused_by_its_name(
    place: Workplace, other_place: Workplace, make_request: Callable[..., int], dump: Dump
) -> None:
    first, second = make_request(subject="Erste"), make_request(subject="Zweite")
    verbs.assign(place, [first, second], "PS")
    verbs.assign(other_place, [second], "KL")
    before = dump(place)
    with pytest.raises(Refusal) as caught:
        undo(place)
    assert caught.value.what == "Nicht zurückgenommen: 2 Eingänge: zuständig: PS."
    assert caught.value.why == "Eingang 2026-0002 „Zweite“ wurde danach geändert."
    assert "Verlauf" in caught.value.now
    assert dump(place) == before, "nothing of the batch is taken back"


def test_a_creation_is_not_taken_back_under_what_others_hung_on_it(
    place: Workplace, other_place: Workplace, make_request: Callable[..., int], dump: Dump
) -> None:
    key = make_request()
    verbs.note(other_place, [key], "darauf baut jemand auf")
    before = dump(place)
    with pytest.raises(Refusal, match="Eingang 2026-0001 „Grußwort zum Jubiläum“ wurde danach geändert"):
        undo(place)
    assert dump(place) == before


def test_a_row_is_not_brought_back_without_what_it_belongs_to(
    place: Workplace, other_place: Workplace, make_request: Callable[..., int]
) -> None:
    key = make_request()
    creation = newest(place)
    verbs.note(other_place, [key], "Vermerk")
    undo(other_place)
    undo_action(place, creation)
    with pytest.raises(Refusal, match="Nicht wiederhergestellt") as caught:
        redo(other_place)
    assert caught.value.why == "Notiz zu Eingang 2026-0001 „Grußwort zum Jubiläum“ wurde danach geändert."


def test_a_reference_is_not_restored_to_a_record_that_is_gone(
    place: Workplace, other_place: Workplace, make_request: Callable[..., int], dump: Dump
) -> None:
    key = make_request()
    with transaction(other_place, "test_create_request") as work:
        work.session.add(Organization(name="Turnverein"))
    creation = newest(place)
    with transaction(place, "edit_request") as work:
        work.get(Request, key).organization_id = 1
    with transaction(place, "edit_request") as work:
        work.get(Request, key).organization_id = None
    undo_action(other_place, creation)
    before = dump(place)
    with pytest.raises(Refusal, match="Eingang 2026-0001"):
        undo(place)
    assert dump(place) == before


def test_a_unique_place_taken_meanwhile_is_refused(
    place: Workplace, other_place: Workplace, dump: Dump
) -> None:
    """The same file comes in at two desks; only one import can stand."""

    def import_file(at: Workplace) -> None:
        with transaction(at, "import_mail") as work:
            row = ImportedFile(sha256="a" * 64, name="brief.eml", format="mail", imported_at=work.at)
            work.session.add(row)

    import_file(place)
    undo(place)
    import_file(other_place)
    before = dump(place)
    with pytest.raises(Refusal, match=r"Datei „brief\.eml“ wurde danach geändert"):
        redo(place)
    assert dump(place) == before


def send(place: Workplace, key: int) -> int:
    with transaction(place, "note") as work:
        work.session.add(Note(request_id=key, text="gesendet", written_by="PS", written_at=work.at))
        work.get(Request, key).outcome = "zusage"
        work.left_house("Die Zusage an den Turnverein")
    return newest(place)


def test_what_left_the_house_is_answered_by_a_correction(
    place: Workplace, make_request: Callable[..., int], dump: Dump
) -> None:
    key = make_request()
    sent = send(place, key)
    before = dump(place)
    for attempt in (lambda: undo(place), lambda: undo_action(place, sent)):
        with pytest.raises(LeftHouse, match="Turnverein hat das Haus schon verlassen") as caught:
            attempt()
        assert caught.value.action_id == sent
        assert "Richtigstellung" in caught.value.now
    assert dump(place) == before
    task_id = plan_correction(place, caught.value.action_id)
    with place.reading() as session:
        task = session.get_one(Task, task_id)
    assert (task.label, task.request_id) == ("Richtigstellung: Die Zusage an den Turnverein", key)
    assert task.due_on == place.today
    tick_tasks(place, [task_id])
    undo(place)
    undo(place)
    assert dump(place) == before


def test_a_step_that_went_out_stands_in_the_journal_though_it_changed_nothing(
    place: Workplace, make_request: Callable[..., int]
) -> None:
    key = make_request()
    with transaction(place, "note") as work:
        work.refer("request", key)
        work.left_house("Die Liste für die Presse")
    with pytest.raises(LeftHouse, match="Die Liste für die Presse"):
        undo(place)


def test_a_correction_needs_something_that_went_out(place: Workplace, make_request: Any) -> None:
    make_request()
    with pytest.raises(Refusal, match="braucht es keine Richtigstellung"):
        plan_correction(place, newest(place))
