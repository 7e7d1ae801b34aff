"""What is destroyed leaves nothing behind: drafts, names of files, steps of the history, calls."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from erasing_kit import bytes_left
from intake_samples import calendar, event
from sqlalchemy import func, select

from ob_buero_tui.services.disposing.deciding import archive_answered, destroy, offer_to_archive
from ob_buero_tui.services.disposing.views import id_of
from ob_buero_tui.services.drafts import save_draft
from ob_buero_tui.services.erasing.linking import APART, OF_EVENT, OF_REQUEST
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.requests.closing import finish
from ob_buero_tui.services.tasks import plan_correction
from ob_buero_tui.services.work import Work, transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.ausfall import Ausfall, AusfallCall, AusfallItem
from ob_buero_tui.store.base import Row
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.documents import Attachment, Document, ImportedFile
from ob_buero_tui.store.erasure_list import list_path
from ob_buero_tui.store.journal import Action
from ob_buero_tui.store.personal import CONTENT
from ob_buero_tui.store.requests import Message
from ob_buero_tui.store.retention import DisposalState
from ob_buero_tui.store.tables import METADATA
from office_fixtures import Clock

PLANTED = b"zwetschg"


def _add(work: Work, row: Row) -> int:
    work.session.add(row)
    work.session.flush()
    return int(row.id)  # type: ignore[attr-defined]


def _destroy(place: Workplace, clock: Clock, table: str, key: int) -> None:
    clock.now = datetime.fromisoformat("2040-01-02T08:00:00+00:00")
    number = [id_of(table, key)]
    if table == "event":
        offer_to_archive(place, number)
        archive_answered(place, number, DisposalState.ABGELEHNT)
    destroy(place, number)


def test_a_request_takes_drafts_and_names_of_files_along(
    place: Workplace, clock: Clock, make_request: Callable[..., int], database: Path
) -> None:
    key, other = make_request(subject="Zwetschge", kind="einladung"), make_request(kind="einladung")
    for form in (f"answer:{key}:brief", f"note:request:{key}", f"answer:{other}:brief"):
        save_draft(
            place, form, {"text": "Zwetschge" if form.endswith(str(key)) or f":{key}:" in form else "Kirsche"}
        )
    digest = place.attachments.store(b"Zwetschge")
    with transaction(place, "test_rows") as work:
        _add(work, Message(request_id=key, subject="", body="", original_sha256=digest))
        name = "Brief von Zwetschge.eml"
        _add(work, ImportedFile(sha256=digest, name=name, format="eml", imported_at=work.at))
        work.refer("request", key)
        work.left_house("Die Antwort an Frau Zwetschge")
    finish(place, [key], drop_tasks=True)
    _destroy(place, clock, "request", key)
    assert bytes_left(database.parent, [PLANTED]) == {}
    assert bytes_left(database.parent, [b"kirsche"])
    with place.reading() as session:  # it went out, and is still not to be taken back
        assert session.query(Action).filter_by(left_house="[gelöscht]").count() == 1


def test_an_appointment_takes_calls_and_letters_along(
    place: Workplace, clock: Clock, make_event: Callable[..., int], database: Path
) -> None:
    key, absence = make_event(), make_event(kind="abwesenheit")
    with transaction(place, "test_rows") as work:
        ausfall = _add(work, Ausfall(event_id=absence, reason="krank", begun_at=work.at))
        item = _add(work, AusfallItem(ausfall_id=ausfall, event_id=key, remark="Zwetschge weint"))
        _add(
            work,
            AusfallCall(item_id=item, role="veranstalter", name="Zwetschge", phone="0815", told="Zwetschge"),
        )
        letter = _add(work, Document(event_id=key, kind="brief", title="Brief"))
        digest = place.attachments.store(b"Zwetschge")
        work.refer("event", key)
        work.left_house("Der Entwurf für Outlook zu „Zwetschge“")
        file = Attachment(document_id=letter, filename="Zwetschge.txt", media_type="", size=1, sha256=digest)
        _add(work, file)
    plan_correction(place, work.action_id)
    _destroy(place, clock, "event", key)
    assert bytes_left(database.parent, [PLANTED]) == {}
    with place.reading() as session:
        assert session.get_one(Ausfall, ausfall).reason == "krank"


def test_no_import_brings_a_destroyed_appointment_back(
    place: Workplace, clock: Clock, database: Path, tmp_path: Path
) -> None:
    """Neither where its row still is, nor after the return to a copy that is older than it."""
    uids = ("u.zwetschge@example.org", "other@example.org")
    import_files(place, [calendar(tmp_path, event(uid=uids[1]))])  # a copy knows whose it is by its history
    file = calendar(tmp_path, event(uid=uids[0]), event(uid=uids[1]))
    older = shutil.copy2(database, tmp_path / "aelter.sqlite")
    import_files(place, [file])
    with place.reading() as session:
        key, kept = (session.scalars(select(Event.id).where(Event.uid == uid)).one() for uid in uids)
    _destroy(place, clock, "event", key)
    file.unlink()
    assert bytes_left(database.parent, [PLANTED]) == {}

    def again(uid: str = uids[0]) -> tuple[str, str]:
        (line,) = import_files(place, [calendar(tmp_path, event(uid=uid))]).lines
        return line.text, " ".join(line.notes)

    told = ("1 unverändert", "1 Termin wurde hier endgültig gelöscht und kommt nicht wieder: Di 1.12.2026.")
    assert again() == told
    with place.reading() as session:
        shell = session.get_one(Event, key)
        assert shell.uid.endswith("@ob-buero")  # what leaves the house tells nobody that it was erased
        assert session.get_one(Event, kept).uid == uids[1]
        assert session.scalar(select(func.count()).select_from(Event)) == 2
    assert again(shell.uid) == told  # nor does a file of ours fill it again
    place.engine.dispose()
    shutil.copy2(older, database)
    assert again() == told
    list_path(database).unlink()
    assert again()[0] == "1 Termin neu"


@pytest.mark.parametrize(("parent", "own"), [("request", OF_REQUEST), ("event", OF_EVENT)])
def test_every_table_with_text_that_leads_to_a_record_goes_with_it(
    parent: str, own: dict[str, dict[str, str]]
) -> None:
    """A new table must be put among those that go along, or among those that stand for themselves."""

    def leading(name: str) -> set[tuple[str, str]]:
        return {
            (table.name, key.parent.name)
            for table in METADATA.sorted_tables
            for key in table.foreign_keys
            if key.column.table.name == name and table.name in CONTENT and (name, table.name) not in APART
        }

    assert {table for table, _ in leading(parent)} == set(own)
    for table, below in own.items():
        assert leading(table) == set(below.items())
