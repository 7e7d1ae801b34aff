"""What an erasure must not miss: journal rows, merged cards, folders, files of two records."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from erasing_kit import FAMILY, PERSON, bytes_left, change, decoded_left
from sqlalchemy import select

from legible_kit import letter, locked, packed, word_file
from ob_buero_tui.exchange.legible import legible
from ob_buero_tui.services.erasing.erasing import erase
from ob_buero_tui.services.erasing.finding import find_person
from ob_buero_tui.services.erasing.report import person_report, report_text
from ob_buero_tui.services.erasing.views import Found
from ob_buero_tui.services.naming import record_name
from ob_buero_tui.services.people.editing import create_contact
from ob_buero_tui.services.people.merging import merge_contacts
from ob_buero_tui.services.requests.closing import finish
from ob_buero_tui.services.requests.verbs import note
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.base import Journaled
from ob_buero_tui.store.calendar import EventSource
from ob_buero_tui.store.documents import Attachment, ImportedFile
from ob_buero_tui.store.people import Organization
from ob_buero_tui.store.requests import Message, Request
from ob_buero_tui.store.tasks import Note
from office_fixtures import Clock


@pytest.fixture
def here(place: Workplace, database: Path) -> Workplace:
    """The desk, with its drop folder."""
    return replace(place, drop_folder=database.parent / "eingangskorb")


@pytest.fixture
def person(here: Workplace) -> int:
    """The contact that is erased."""
    return create_contact(here, "person", PERSON).ids[0]


def _add(place: Workplace, *rows: Journaled) -> list[int]:
    with transaction(place, "test_rows") as work:
        work.session.add_all(rows)
        work.session.flush()
        return [row.id for row in rows]


def _closed(place: Workplace, clock: Clock, key: int) -> None:
    """Nine years later a request is long closed."""
    finish(place, [key], drop_tasks=True)
    clock.advance(days=9 * 365)


def _erase(place: Workplace, found: Found) -> str:
    chosen = [hit.key for hit in found.asked]
    return erase(place, found, chosen=chosen, files=[one.digest for one in found.files], typed=FAMILY).text


def test_what_only_journal_calendar_data_and_file_names_hold_goes_too(
    here: Workplace,
    person: int,
    clock: Clock,
    make_request: Callable[..., int],
    make_event: Callable[..., int],
    database: Path,
) -> None:
    """A line break is two characters in JSON and in a calendar, and parts the name from what is before it."""
    key = make_request(subject="Anderes")
    note(here, [key], "Anruf von\nQuittenbaum\nwegen der Bank\nh.quittenbaum@example.org")
    note(here, [key], f"wenn frau quittenbaum anruft{' und' * 40} quittenbaum fragt")
    undo(here)
    raw = "BEGIN:VEVENT\r\nDESCRIPTION:Anruf\\nQuittenbaum kommt\\nTel\r\nEND:VEVENT\r\n"
    _add(
        here,
        EventSource(event_id=make_event(), raw=raw),
        ImportedFile(sha256="ab" * 32, name="scan_Quittenbaum.pdf", format="pdf", imported_at=here.clock()),
    )
    done = database.parent / "eingangskorb" / "erledigt" / "Brief_Quittenbaum_2026.pdf"
    done.parent.mkdir(parents=True)
    done.write_bytes(b"%PDF x")
    _closed(here, clock, key)
    found = find_person(here, person)
    (small,) = (hit.context for hit in found.hits if "wenn frau" in hit.context)
    assert small.count("quittenbaum") == 2  # each place is shown
    _erase(here, found)
    assert bytes_left(database.parent) == {}


def test_words_of_others_in_a_request_of_a_company_are_asked_first(
    here: Workplace, clock: Clock, make_request: Callable[..., int]
) -> None:
    def add(given: str) -> int:
        return create_contact(here, "person", {"given_name": given, "family_name": "Lang"}).ids[0]

    person, _ = add("Hülya"), add("Otto")
    (body,) = _add(here, Organization(name="Lang GmbH", extra={}, categories=[]))
    key = make_request(
        requester_id=person, organization_id=body, subject="Wie lang? Otto Lang fragt", reason="Frau Lang"
    )
    other = make_request(requester_id=person, organization_id=body, subject="Bitte von Frau Lang")
    finish(here, [other])
    _closed(here, clock, key)
    found = find_person(here, person)
    asked = {hit.key for hit in found.asked if hit.ticked}
    assert asked == {("request", key), ("request", other)}
    erase(here, found, chosen=[("request", key)], typed="Lang")
    with here.reading() as session:
        rows = session.scalars(select(Request).order_by(Request.id)).all()
        assert [(row.subject, row.reason, row.requester_id) for row in rows] == [
            ("Wie lang? Otto Lang fragt", "Frau [gelöscht]", None),
            ("Bitte von Frau Lang", "", None),
        ]


def test_a_card_that_was_merged_into_the_person_goes_whole(
    here: Workplace, person: int, database: Path
) -> None:
    merged = create_contact(
        here, "person", {"given_name": "Huelya M.", "family_name": "Zwetschger", "tel": "0815 4711471"}
    ).ids[0]
    change(here, merged, {"birthday": "2.3.1961", "note": "mag Schlehen"})
    merge_contacts(here, "person", person, [merged])
    found = find_person(here, person)
    assert ("person", merged) in {hit.key for hit in found.linked}
    erase(here, found, chosen=[hit.key for hit in found.asked], typed=FAMILY)
    assert bytes_left(database.parent, [b"zwetschger", b"4711471", b"schlehen", b"1961-03-02"]) == {}


def test_a_ticked_file_goes_from_every_record_that_names_it(
    here: Workplace, person: int, clock: Clock, make_request: Callable[..., int], database: Path
) -> None:
    key = make_request(subject="Anderes")
    sha = here.attachments.store(b"Protokoll: Huelya Quittenbaum, Tel. 04711 998877")
    _add(here, Attachment(request_id=key, filename="p.txt", media_type="text/plain", size=3, sha256=sha))
    found = find_person(here, person)
    assert [one.duty for one in found.files] == [f"{_number(here, key)} ist noch nicht abgeschlossen"]
    assert [one.name for one in found.files] == ["Anlage „p.txt“"]
    with pytest.raises(Exception, match="noch nicht abgeschlossen"):
        _erase(here, found)
    _closed(here, clock, key)
    _erase(here, find_person(here, person))
    assert bytes_left(database.parent) == {}
    assert not here.attachments.path(sha).exists()


def test_coded_and_packed_files_are_found_and_what_is_locked_is_named(
    here: Workplace, person: int, clock: Clock, make_request: Callable[..., int], database: Path
) -> None:
    """No plain search sees these words; afterwards they stand in nothing that can be decoded either."""
    key = make_request(subject="Anderes")
    text = "Zur Bank: Hülya Quittenbaum, Lindenweg 47"
    coded = {
        "brief.eml": letter(text.encode()),
        "zweiter.eml": letter(text.encode("cp1252"), "quoted-printable"),
        "notiz.docx": word_file(),
        "sammlung.zip": packed(in__rede_txt=text),
        "fremd.docx": packed(word__document_xml="<w:p>Otto Lang</w:p>"),
        "foto.jpg": b"\xff\xd8\xff" + bytes(50),
        "geheim.zip": locked(),
    }
    kept = {name: here.attachments.store(data) for name, data in coded.items()}
    rows = [
        Attachment(request_id=key, filename=name, media_type="", size=3, sha256=digest)
        for name, digest in list(kept.items())[1:]
    ]
    message = Message(request_id=key, subject="", body="", recipients=[], original_sha256=kept["brief.eml"])
    _add(here, message, *rows)
    waiting = database.parent / "eingangskorb" / "fehler" / "liste.txt"
    waiting.parent.mkdir(parents=True)
    waiting.write_bytes(text.encode("utf-16"))
    _closed(here, clock, key)
    found = find_person(here, person)
    told = {one.name: one.unread for one in found.files}
    named = {f"Anlage „{name}“": name == "geheim.zip" for name in coded if name[0] not in "bf"}
    assert told == {"liste.txt": False, _name_of(here, "message"): False, **named}
    report = person_report(here, found, "Büro OB")
    assert (found.pictures, report.unread) == (1, 2)
    assert "geheim" not in report_text(report)  # it may be anybody's
    going = [one.digest for one in found.files if not one.unread]
    erase(here, found, chosen=[hit.key for hit in found.asked], files=going, typed=FAMILY)
    assert bytes_left(database.parent) == decoded_left(database.parent) == {}
    assert here.attachments.known() == {kept[name] for name in ("fremd.docx", "foto.jpg", "geheim.zip")}


def _name_of(place: Workplace, table: str) -> str:
    """What the first row of a table is called."""
    with place.reading() as session:
        return record_name(session.connection(), table, 1, place)


def _number(place: Workplace, key: int) -> str:
    with place.reading() as session:
        return session.get_one(Request, key).number


def test_packed_files_that_left_the_house_are_named(
    here: Workplace, person: int, clock: Clock, make_request: Callable[..., int], database: Path
) -> None:
    """The copy for the E-Akte and the report of Art. 15 are packed, so that no word is seen in them."""
    key = make_request(subject="Bank", requester_id=person)
    number = _number(here, key)
    of_person = here.out_folder / "e-akte" / f"{number} Bitte Hülya Quittenbaum" / "Vorgang.pdf"
    report = here.out_folder / "auskunft" / "auskunft-2026-11-25.pdf"
    foreign = here.out_folder / "e-akte" / "2026-9999 Kegelbahn" / "Vorgang.pdf"
    by_number = here.out_folder / "e-akte" / f"{number} Bank" / "Vorgang.pdf"
    for path in (of_person, report, foreign, by_number):
        path.parent.mkdir(parents=True)
        path.write_bytes(b"%PDF " + path.parent.name.encode())
    _closed(here, clock, key)
    found = find_person(here, person)
    told = {(one.place, one.name): (one.context, one.ticked) for one in found.files}
    own = f"die Kopie von {number}, das zur Person gehört"
    assert told == {
        ("Ausgangskorb/auskunft", report.name): ("nicht lesbar, bitte prüfen", False),
        ("Ausgangskorb/e-akte", "2026-9999 Kegelbahn"): ("nicht lesbar, bitte prüfen", False),
        ("Ausgangskorb/e-akte", of_person.parent.name): (own, True),
        ("Ausgangskorb/e-akte", by_number.parent.name): (own, True),
    }
    kept = [one for one in found.files if one.name != "2026-9999 Kegelbahn"]
    erase(here, found, files=[one.digest for one in kept], typed=FAMILY)
    assert foreign.exists()
    assert not any(path.exists() for path in (of_person.parent, report, by_number.parent))


def test_of_a_picture_only_letters_are_read() -> None:
    """A text is read as it is; noise must not be, as it is slow to fold."""
    text = "Frau Hülya Großmann, Tel. 04711 998877".encode()
    assert legible(text) == text
    noise = b"".join(hashlib.sha256(bytes([one])).digest() for one in range(256))
    read = legible(noise + text + noise)
    assert text in read
    assert len(read) < len(noise)  # of twice as much


@pytest.mark.parametrize("office_text", ["", "Das Tor im Hof ist rostig."])
def test_a_family_name_that_is_a_word_here_is_not_taken_out_of_anybodys_text(
    here: Workplace, clock: Clock, make_request: Callable[..., int], office_text: str
) -> None:
    """No list knows every word; the office's texts tell what is one, by small letters amid capitals."""
    person = create_contact(here, "person", {"given_name": "Ida", "family_name": "Rostig"}).ids[0]
    small, mixed = "rostig anrufen; frau rostig will das", "Frau rostig sagt, alles sei rostig"
    texts = [small, mixed] + [office_text] * bool(office_text)
    key = make_request(subject="Anderes")
    for text in texts:
        note(here, [key], text)
    _closed(here, clock, key)
    found = find_person(here, person)
    notes = {hit.key for hit in found.asked if hit.table == "note"}
    erase(here, found, chosen=notes, typed="Rostig")
    with here.reading() as session:
        left = session.scalars(select(Note.text).order_by(Note.id)).all()
    alone = "rostig" if office_text else "[gelöscht]"
    assert left == [
        f"{alone} anrufen; frau [gelöscht] will das",
        "Frau [gelöscht] sagt, alles sei rostig",
        *texts[2:],
    ]
