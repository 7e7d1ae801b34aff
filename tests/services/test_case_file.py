"""A closed request leaves as a folder for the E-Akte: whole, checked, marked, and without secrets."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.dom.minidom import parseString

import pytest

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.answers.composing import compose
from ob_buero_tui.services.answers.sending import Order, send_answers
from ob_buero_tui.services.answers.views import How
from ob_buero_tui.services.answers.writing import answer_of
from ob_buero_tui.services.export import case_folder
from ob_buero_tui.services.export.case_folder import file_cases
from ob_buero_tui.services.requests.closing import finish
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.requests.verbs import note
from ob_buero_tui.services.undo import LeftHouse, undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.documents import Attachment, Document
from ob_buero_tui.store.people import Person
from ob_buero_tui.store.requests import Message, Request, RequestEvent
from ob_buero_tui.store.tasks import Note, Task

Make = Callable[..., int]
MAIL = b"From: e@tsv.example.org\r\nSubject: Sommerfest\r\n\r\nWir laden ein.\r\n"
SECRET = "Nachtigall"


def add(place: Workplace, *rows: Any) -> list[int]:
    with transaction(place, "test_rows") as work:
        work.session.add_all(rows)
        work.session.flush()
        return [row.id for row in rows]


def changed(place: Workplace, key: int, **values: Any) -> None:
    with transaction(place, "test_rows") as work:
        row = work.get(Request, key)
        for name, value in values.items():
            getattr(row, name)
            setattr(row, name, value)


@pytest.fixture
def closed(place: Workplace, make_request: Make) -> int:
    """An answered and closed invitation, with its letter, two attachments of one name, and a draft."""
    person = add(place, Person(family_name="Beispiel", given_name="Erika", form_of_address="Frau"))[0]
    key = make_request(
        kind="einladung", subject="Sommerfest: TSV/SV <100>", requester_id=person, state="zugesagt",
        outcome="zusage", received_at=datetime(2026, 11, 18, 8, tzinfo=UTC), file_reference="10.24.1",
        event_start=datetime.fromisoformat("2026-12-21T18:00"), event_place="Festzelt",
    )  # fmt: skip
    store = place.attachments.store
    add(
        place,
        Message(
            request_id=key, subject="Sommerfest", body="Wir laden ein.", sender_name="Erika Beispiel",
            sender_address="e@tsv.example.org", recipients=[], original_sha256=store(MAIL),
        ),
        *(
            Attachment(request_id=key, filename=name, media_type="text/plain", size=1, sha256=store(data))
            for name, data in (("Programm.txt", b"eins"), ("../PROGRAMM.txt", b"zwei"))
        ),
        Document(request_id=key, kind="brief", title="Entwurf", text=SECRET),
        Document(request_id=key, kind="brief", title=SECRET, text=SECRET, confidentiality="vertraulich"),
    )  # fmt: skip
    note(place, [key], "Blumen & Wein <besorgt>")
    send_answers(place, [Order(answer=answer_of(compose(place, key)), how=How.EMAIL)])
    finish(place, [key], drop_tasks=True)
    return key


def text_of(data: bytes) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()
    }


def test_a_closed_request_is_a_folder(place: Workplace, closed: int, tmp_path: Path) -> None:
    filed = file_cases(place, [closed], "Büro OB", tmp_path / "akte")
    (folder,) = filed.folders
    assert folder.name == "2026-0001 Sommerfest TSV SV 100"
    assert filed.text == "2026-0001 für die E-Akte ausgegeben"
    files = files_of(folder)
    assert {name for name in files if "/" not in name} == {
        "Vorgang.pdf", "metadaten.json", "metadaten.xml", "pruefsummen.sha256"
    }  # fmt: skip
    assert files["Eingang/2026-11-18 Sommerfest.eml"] == MAIL
    assert files["Anlagen/Programm.txt"] == b"eins"
    assert files["Anlagen/PROGRAMM (2).txt"] == b"zwei"
    (sent,) = (name for name in files if name.startswith("Ausgang/") and name.endswith(".eml"))
    (printed,) = (name for name in files if name.startswith("Ausgang/") and name.endswith(".pdf"))
    assert files[sent] == next(place.out_folder.glob("*.eml")).read_bytes()
    assert "Frau Beispiel" in text_of(files[printed])
    told = text_of(files["Vorgang.pdf"])
    for word in ("10.24.1", "Erika Beispiel", "Festzelt", "Blumen & Wein <besorgt>", "erledigt", sent):
        assert word in told, word
    for mode in (one.stat().st_mode for one in (folder, *folder.rglob("*"))):
        assert mode & 0o077 == 0


def test_the_metadata_name_each_file_with_its_checksum(place: Workplace, closed: int, tmp_path: Path) -> None:
    (folder,) = file_cases(place, [closed], "Büro OB", tmp_path).folders
    files = files_of(folder)
    sums = dict(reversed(line.split("  ", 1)) for line in files["pruefsummen.sha256"].decode().splitlines())
    assert sums == {
        name: sha256(data).hexdigest() for name, data in files.items() if name != "pruefsummen.sha256"
    }
    case = json.loads(files["metadaten.json"])["Vorgang"]
    assert case["AllgemeineMetadaten"]["Betreff"] == "Sommerfest: TSV/SV <100>"
    assert case["AllgemeineMetadaten"]["Aktenzeichen"] == "10.24.1"
    assert case["Laufzeit"]["Beginn"] == "2026-11-18"
    assert case["Absender"]["Name"].endswith("Erika Beispiel")
    named = {one["Format"]["Dateiname"]: one["Format"]["Hashwert"]["Wert"] for one in case["Dokument"]}
    assert named == {name: digest for name, digest in sums.items() if not name.startswith("metadaten")}
    assert case["NichtEnthalten"] == [
        "1 Schreiben wegen Vertraulichkeit", "1 Entwurf, nicht hinausgegangen"
    ]  # fmt: skip
    dom = parseString(files["metadaten.xml"])  # noqa: S318 our own file
    assert dom.getElementsByTagName("Betreff")[0].firstChild.data == "Sommerfest: TSV/SV <100>"
    assert len(dom.getElementsByTagName("Dokument")) == len(case["Dokument"])


def test_it_is_marked_and_cannot_be_taken_back(place: Workplace, closed: int, tmp_path: Path) -> None:
    file_cases(place, [closed], "Büro OB", tmp_path)
    with place.reading() as session:
        assert session.get_one(Request, closed).filed_at == place.clock()
    assert "für die E-Akte ausgegeben" in [line.text for line in record(place, closed).history]
    with pytest.raises(LeftHouse, match="E-Akte"):
        undo(place)
    again = file_cases(place, [closed], "Büro OB", tmp_path)
    assert again.folders[0].name.endswith("(2)")


def test_what_came_while_the_folder_was_made_stops_it(
    place: Workplace, closed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = case_folder.case_file

    def slowly(*arguments: Any) -> Any:
        case = read(*arguments)
        note(place, [closed], "Kam noch.")
        return case

    monkeypatch.setattr(case_folder, "case_file", slowly)
    monkeypatch.setattr("ob_buero_tui.services.export.case_sheet.sheet_pdf", lambda *_: b"")
    monkeypatch.setattr("ob_buero_tui.services.export.case_file.sheet_pdf", lambda *_: b"")
    with pytest.raises(Refusal, match="kam inzwischen etwas dazu"):
        file_cases(place, [closed], "Büro OB", tmp_path / "akte")
    assert list((tmp_path / "akte").iterdir()) == []


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"closed": False, "state": "neu"}, "noch nicht abgeschlossen"),
        ({"confidentiality": "vertraulich"}, "vertraulich; so verlässt er"),
        ({"confidentiality": "persoenlich", "owner": "petra.sander"}, "persönlich; so verlässt er"),
        ({"trashed_at": datetime(2026, 11, 25, tzinfo=UTC)}, "Papierkorb"),
    ],
)
def test_what_must_stay_is_refused_with_the_reason(
    place: Workplace, closed: int, tmp_path: Path, values: dict[str, Any], why: str
) -> None:
    changed(place, closed, **values)
    with pytest.raises(Refusal, match=why):
        file_cases(place, [closed], "Büro OB", tmp_path / "akte")
    assert not (tmp_path / "akte").exists()
    with place.reading() as session:
        assert session.get_one(Request, closed).filed_at is None


def test_no_secret_is_in_any_byte_of_it(
    place: Workplace, closed: int, make_event: Make, tmp_path: Path
) -> None:
    """Of stricter records that hang on it: who asked, appointments, drafts and letters."""
    hidden = add(
        place, Person(family_name=SECRET, email="x@nachtigall.example.org", confidentiality="vertraulich")
    )
    changed(place, closed, requester_id=hidden[0])
    for level, owner in (("vertraulich", ""), ("persoenlich", place.desk.account)):
        event = make_event(summary=SECRET, location=SECRET, confidentiality=level, owner=owner)
        add(place, RequestEvent(request_id=closed, event_id=event))
    (folder,) = file_cases(place, [closed], "Büro OB", tmp_path).folders
    for name, data in files_of(folder).items():
        told = text_of(data) if name.endswith(".pdf") else data.decode("utf-8", "replace")
        assert SECRET.casefold() not in f"{name} {told}".casefold(), name
    assert "belegt" in text_of((folder / "Vorgang.pdf").read_bytes())
    with place.reading() as session:
        assert session.query(Event).count() == 2


def test_one_that_must_stay_stops_no_other_and_what_is_lost_is_named(
    place: Workplace, closed: int, make_request: Make, tmp_path: Path
) -> None:
    open_ = make_request(subject="Offen")
    place.attachments.path(sha256(b"eins").hexdigest()).unlink()
    filed = file_cases(place, [open_, closed, closed], "Büro OB", tmp_path)
    assert filed.ids == (closed,)
    assert len(filed.refused) == 1
    assert "2026-0002" in filed.refused[0]
    assert filed.remarks[0] == "2026-0001: „Programm.txt“ fehlt, die Datei liegt nicht mehr beim Büro."
    case = json.loads((filed.folders[0] / "metadaten.json").read_bytes())["Vorgang"]
    assert sum("Fehlt" in one for one in case["Dokument"]) == 1


def test_what_fails_on_the_way_leaves_nothing(
    place: Workplace, closed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    akte = tmp_path / "akte"

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(Refusal, match="voll"):
            file_cases(place, [closed], "Büro OB", akte)
    assert list(akte.iterdir()) == []

    def locked(*_: object) -> None:
        raise Refusal("Gerade schreibt ein anderer Arbeitsplatz.")

    monkeypatch.setattr(case_folder, "_file", locked)
    with pytest.raises(Refusal, match="anderer Arbeitsplatz"):
        file_cases(place, [closed], "Büro OB", akte)
    assert list(akte.iterdir()) == []
    with place.reading() as session:
        assert session.get_one(Request, closed).filed_at is None


def test_the_day_it_was_closed_ends_it(place: Workplace, closed: int, tmp_path: Path) -> None:
    changed(place, closed, closed_on=date(2026, 11, 24))
    (folder,) = file_cases(place, [closed], "Büro OB", tmp_path).folders
    assert json.loads((folder / "metadaten.json").read_bytes())["Vorgang"]["Laufzeit"]["Ende"] == "2026-11-24"


def test_a_pasted_letter_without_blank_lines_is_not_cut(
    place: Workplace, closed: int, tmp_path: Path
) -> None:
    long = "Zeile um Zeile\n" * 2_400 + "ENDEWORT"
    add(place, Message(request_id=closed, subject="", body=long, recipients=[]))
    (folder,) = file_cases(place, [closed], "Büro OB", tmp_path).folders
    assert "ENDEWORT" in text_of((folder / "Vorgang.pdf").read_bytes())


def test_what_also_hangs_on_a_stricter_appointment_stays(
    place: Workplace, closed: int, make_event: Make, tmp_path: Path
) -> None:
    event = make_event(summary="Personalsache", confidentiality="vertraulich")
    sha = place.attachments.store(SECRET.encode())
    both = {"request_id": closed, "event_id": event}
    add(
        place,
        Note(**both, text=f"{SECRET}-Notiz", written_at=place.clock(), written_by="PS"),
        Task(**both, label=f"{SECRET}-Aufgabe"),
        Attachment(**both, filename=f"{SECRET}.txt", media_type="text/plain", size=1, sha256=sha),
        Document(**both, kind="brief", title=SECRET, text=SECRET, state="hinaus"),
    )
    filed = file_cases(place, [closed], "Büro OB", tmp_path)
    for name, data in files_of(filed.folders[0]).items():
        told = text_of(data) if name.endswith(".pdf") else data.decode("utf-8", "replace")
        assert SECRET not in f"{name} {told}", name
    left_out = "3 Stücke, die auch an einem strengeren Termin hängen"
    assert f"2026-0001: nicht dabei: {left_out}." in filed.remarks
