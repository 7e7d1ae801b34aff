"""What the report to a person and the preview show, and what they must not."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from erasing_kit import FAMILY, PERSON, change

from ob_buero_tui.services.drafts import save_draft
from ob_buero_tui.services.erasing.finding import find_name, find_person
from ob_buero_tui.services.erasing.labels import label_of
from ob_buero_tui.services.erasing.report import (
    HINT,
    PersonReport,
    _data,
    person_report,
    report_shape,
    report_text,
)
from ob_buero_tui.services.people.editing import create_contact
from ob_buero_tui.services.requests.verbs import note
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.documents import Attachment, Document, ImportedFile
from ob_buero_tui.store.people import Person
from ob_buero_tui.store.personal import CONTENT, DATES
from ob_buero_tui.store.requests import Message

SECRET = "Nachtigall"


def _report(place: Workplace, person: int) -> PersonReport:
    return person_report(place, find_person(place, person), "Büro OB")


def test_nothing_personal_of_another_desk_is_shown(
    place: Workplace, other_place: Workplace, make_request: Callable[..., int]
) -> None:
    person = create_contact(place, "person", PERSON).ids[0]
    key = make_request(subject=f"{SECRET} {FAMILY}", confidentiality="persoenlich", owner="karl.lorenz")
    planted = f"{SECRET} Hülya {FAMILY}"
    note(other_place, [key], planted)
    save_draft(other_place, f"antwort:{key}", {"text": planted})
    save_draft(place, "antwort:1", {"text": f"Eigenes an Hülya {FAMILY}"})
    kept = [place.attachments.store(f"{planted} {number}".encode()) for number in range(3)]
    with transaction(place, "test_rows") as work:
        document = Document(request_id=key, kind="brief", title=planted, text=planted, sha256=kept[0])
        work.session.add_all(
            (
                document,
                Message(request_id=key, subject="", body=planted, original_sha256=kept[1]),
                ImportedFile(sha256=kept[1], name=f"{planted}.eml", format="eml", imported_at=work.at),
            )
        )
        work.session.flush()
        work.session.add(
            Attachment(
                document_id=document.id, filename=planted, media_type="text/plain", size=1, sha256=kept[2]
            )
        )
        work.tell(table="request", ids=[key])
        work.left_house(f"Der Entwurf zu „{planted}“")
    outbox = place.out_folder / f"{planted}.eml"
    outbox.parent.mkdir(exist_ok=True)
    outbox.write_bytes(f"{planted} 0".encode())
    report = _report(place, person)
    assert len(report.files) == 4
    told = report_text(report)
    assert SECRET not in told
    assert "Eigenes an Hülya" in told
    assert SECRET in report_text(_report(other_place, person))
    assert SECRET not in str(find_name(place, FAMILY))


def test_the_report_is_complete(place: Workplace, make_request: Callable[..., int], database: Path) -> None:
    """Every value of the contact, what it was before, and all of a long letter."""
    person = create_contact(place, "person", {**PERSON, "tel": "04799 123123"}).ids[0]
    change(place, person, PERSON)
    key = make_request(requester_id=person, subject="Bank")
    with transaction(place, "test_rows") as work:
        body = "Zeile um Zeile\n" * 2_000 + "ENDEWORT"
        work.session.add(Message(request_id=key, subject="", body=body, recipients=[]))
        work.get(Person, person).extra = {
            "REV": "2026-10-02T13:01:19+00:00",
            "cards": {"66465D28": {"tel": "8bedcfa5a6db"}},
            "EMAIL": ["zweite@example.org", "dritte@example.org"],
            "NICKNAME": "Hüli",
        }
    report = _report(place, person)
    told = report_text(report)
    for value in (*PERSON.values(), "Geburtstag: 1.5.1960", "ENDEWORT", "Telefon (früher): 04799 123123"):
        assert value in told, value
    assert "Weitere E-Mail: zweite@example.org, dritte@example.org\n      NICKNAME: Hüli" in told
    assert not any(word in told for word in ("REV", "cards", "8bedcfa5a6db"))  # for comparing cards only
    assert "ENDEWORT" in str(report_shape(report))
    assert "ENDEWORT" in str(_data(report))
    place.engine.dispose()
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE person SET birthday = '196O-05-01'")
        connection.commit()
    told = report_text(_report(place, person))
    assert "Geburtstag: 196O-05-01" in told, "one flipped byte keeps nothing from the person"
    assert "ENDEWORT" in told


def test_what_is_vertraulich_says_so(place: Workplace, make_request: Callable[..., int]) -> None:
    person = create_contact(place, "person", PERSON).ids[0]
    key = make_request(subject=f"Personalsache {FAMILY}", confidentiality="vertraulich")
    note(place, [key], f"Anruf von {FAMILY}")
    told = report_text(_report(place, person))
    mark = "(vertraulich – vor der Herausgabe entscheiden)"
    assert sum(mark in line for line in told.splitlines() if FAMILY in line or "Notiz" in line) == 2
    assert "vertraulich" in HINT


def test_every_column_of_a_report_has_a_german_label() -> None:
    names = {name for columns in (*CONTENT.values(), *DATES.values()) for name in columns}
    assert not {name for name in names if label_of(name) == name}
