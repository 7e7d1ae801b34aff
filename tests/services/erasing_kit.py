"""An office in which one person has left traces everywhere, and the bytes by which each of them is known."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select

from ob_buero_tui.exchange.legible import Reading
from ob_buero_tui.services.drafts import save_draft
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.people.editing import contact_form, create_contact, edit_contact
from ob_buero_tui.services.requests.closing import finish
from ob_buero_tui.services.requests.verbs import note
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Person
from ob_buero_tui.store.requests import Request
from office_fixtures import Clock

FAMILY: Final = "Quittenbaum"
MAIL: Final = """\
From: =?utf-8?q?H=C3=BClya_Quittenbaum?= <h.quittenbaum@example.org>
To: ob@example.org
Subject: Bitte wegen des Lindenwegs
Date: Wed, 18 Nov 2026 09:00:00 +0100
Message-ID: <bitte@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="x"

--x
Content-Type: text/plain; charset=utf-8

Guten Tag, ich wohne im Lindenweg 47, Telefon 04711 / 99 88 77.
Hülya Quittenbaum
--x
Content-Type: text/plain; charset=utf-8; name="Quittenbaum_Foto.txt"
Content-Disposition: attachment; filename="Quittenbaum_Foto.txt"

Foto von Hülya Quittenbaum
--x--
"""
PERSON: Final = {
    "given_name": "Hülya",
    "family_name": FAMILY,
    "email": "h.quittenbaum@example.org",
    "tel": "04711 998877",
    "private_street_address": "Lindenweg 47",
    "birthday": "1.5.1960",
}
TRACES: Final = (
    *(b"quittenbaum", b"998877", b"99 88 77", b"lindenweg 47", b"h.quitten", b"04799 123123"),
    "hülya".encode(),
    b"huelya",
    b"1960-05-01",
)
"""What must stand in no byte, in lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """Keys of what the person left behind.

    Args:
        own: The person's request.
        other: A request of somebody else whose note names the family name alone.
        event: A past appointment whose title has the full name.
        erledigt: The letter as it lies in the drop folder.
    """

    person: int
    own: int
    other: int
    event: int
    erledigt: Path


def leave_traces(
    place: Workplace,
    clock: Clock,
    make_request: Callable[..., int],
    make_event: Callable[..., int],
    folder: Path,
) -> Traces:
    """Let the person write, be written about and be filed; eight years later all is long closed."""
    letter = folder / "brief.eml"
    letter.write_bytes(MAIL.replace("\n", "\r\n").encode())
    import_files(place, [letter])
    with place.reading() as session:
        own = session.scalars(select(Request.id)).one()
        person = session.scalar(select(Person.id))
    person = person or create_contact(place, "person", PERSON).ids[0]
    change(place, person, {**PERSON, "tel": "04799 123123"})
    change(place, person, PERSON)
    _belong(place, own, person)
    other = make_request(subject="Bank am Marktplatz")
    note(place, [other], "Auch Frau Quittenbaum hat angerufen.")
    event = make_event(summary="Gespräch mit Hülya Quittenbaum", description="Rückruf 04711-998877")
    save_draft(place, f"antwort:{own}", {"text": "Sehr geehrte Frau Quittenbaum,"})
    finish(place, [own, other], drop_tasks=True)
    clock.now = datetime.fromisoformat("2035-02-01T08:42:00+00:00")
    erledigt = folder / "eingangskorb" / "erledigt" / "2035-01-30" / "brief.eml"
    erledigt.parent.mkdir(parents=True)
    shutil.copy2(letter, erledigt)
    letter.unlink()
    failed = folder / "eingangskorb" / "fehler" / "Quittenbaum.pdf"
    failed.parent.mkdir()
    failed.write_bytes(b"%PDF unlesbar")
    return Traces(person=person, own=own, other=other, event=event, erledigt=erledigt)


def change(place: Workplace, person: int, values: dict[str, str]) -> None:
    """Edit the contact as its form does."""
    form = contact_form(place, "person", person)
    edit_contact(place, "person", person, form.values, {**form.values, **values})


def _belong(place: Workplace, request: int, person: int) -> None:
    from ob_buero_tui.services.work import transaction

    with transaction(place, "edit_request") as work:
        work.get(Request, request).requester_id = person
        work.tell(table="request", ids=[request])


def decoded_left(folder: Path) -> dict[str, str]:
    """In which files below a folder the family name stands in any coding, with the text that has it."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            texts = Reading(path.read_bytes(), path.suffix).texts()
            found |= {str(path): text for text in texts if FAMILY.lower() in text.lower()}
    return found


def bytes_left(folder: Path, traces: Iterable[bytes] = TRACES) -> dict[str, list[bytes]]:
    """Which traces stand in which file below a folder, in a name or in a byte."""
    found: dict[str, list[bytes]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = (path.name.encode() + b"\n" + path.read_bytes()).lower()
            hits = [trace for trace in traces if trace in data]
            if hits:
                found[str(path.relative_to(folder))] = hits
    return found
