"""The demo's mails are read whole, their attachments open, and their kinds are proposed as people would."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import icalendar
import pytest

from ob_buero_tui.catalog.load import load_catalog
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.catalog.proposing import propose_kind
from ob_buero_tui.exchange.mail import read_mail
from ob_buero_tui.exchange.records import MailRecord

MAILS = sorted((Path(__file__).parents[2] / "data" / "demo" / "mail").glob("*.eml"))
# What a sound mail may be told of; any other note would speak of damage.
HARMLESS = {
    "Der Text stammt aus dem HTML-Teil der Nachricht.",
    "Das ist eine automatisch erzeugte Nachricht.",
    "Das ist eine Unzustellbarkeitsmeldung: Eine gesendete E-Mail kam nicht an.",
}


@cache
def mail(path: Path) -> MailRecord:
    return read_mail(path.read_bytes())


def of(number: str) -> MailRecord:
    return next(mail(path) for path in MAILS if path.name.startswith(number))


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.stem)
def test_a_mail_is_read_without_damage(path: Path) -> None:
    found = mail(path)
    assert set(found.notes) <= HARMLESS
    assert found.subject
    assert found.message_id
    assert found.sender_address.endswith(".example.org")
    assert found.to
    assert 5 <= len(found.body.splitlines()) <= 130
    assert not any(sign in found.body for sign in ("\ufffd", "Ã", "=C3", "=E4", "=FC", "&nbsp;", "<div"))


def test_only_machines_that_could_not_deliver_count_as_bounce() -> None:
    assert [path.name[:2] for path in MAILS if mail(path).bounce] == ["22"]
    assert "nicht im Dienst" in of("39").body
    assert not of("39").bounce


def test_every_attachment_opens() -> None:
    seen: set[str] = set()
    for path in MAILS:
        for file in mail(path).attachments:
            ending = file.filename.rsplit(".", 1)[-1].lower()
            seen.add(ending)
            if ending == "docx":
                with zipfile.ZipFile(BytesIO(file.data)) as archive:
                    assert archive.testzip() is None
                    text = ElementTree.fromstring(archive.read("word/document.xml"))  # noqa: S314 ours
                assert len("".join(text.itertext())) > 100
            elif ending == "jpg":
                assert file.data.startswith(b"\xff\xd8\xff")
                assert file.data.endswith(b"\xff\xd9")
            elif ending == "png":
                assert file.data.startswith(b"\x89PNG\r\n\x1a\n")
            elif ending == "ics":
                assert icalendar.Calendar.from_ical(file.data).walk("VEVENT")
            elif ending == "pdf":
                assert file.data.endswith(b"%%EOF\n")
    assert seen >= {"pdf", "docx", "jpg", "png", "ics"}


def test_a_fax_and_a_forwarded_thread_keep_what_they_carry() -> None:
    assert [file.media_type for file in of("56").attachments] == ["application/pdf"]
    assert "0221 4710 589" in of("56").subject
    assert of("54").in_reply_to == of("54").references[-1]
    assert "41 Fahrgäste bei 78 Plätzen" in of("54").body, "what was quoted stays readable"


# What a person would choose; None where no kind fits, or the fitting one is switched off (30, 37, 41, 43).
KINDS: dict[str | None, str] = {
    "schirmherrschaft": "01 05 08 12 17 21",
    "grusswort": "02 07 11 13 19 20 23 57",
    "goldenes_buch": "06 14 25",
    "einladung": "04 10 15 18 24 47 55",
    "anliegen": "03 09 28 31 32 34 48 49 51 54",
    "anregung": "26",
    "ehrung": "27 35 36",
    "gremienmitgliedschaft": "29",
    "pressetermin": "33",
    "presseanfrage": "58 60",
    "gratulation": "38 46 50",
    "buergergespraech": "40",
    "veranstaltung": "44",
    "terminwunsch": "45",
    "kondolenz": "52",
    "partnerschaftsbesuch": "53",
    "buergerversammlung": "56",
    "telefonnotiz": "59",
    None: "16 22 30 37 39 41 42 43",
}
SWITCHED_OFF = {"30": "akteneinsicht", "37": "wappennutzung", "41": "beflaggung", "43": "ehrenpatenschaft"}


def proposed(path: Path, catalog: Catalog) -> str | None:
    found = mail(path)
    if found.bounce:
        return None
    names = [file.filename for file in found.attachments]
    proposal = propose_kind(catalog, found.subject, found.body, names)
    return proposal.kind if proposal else None


def test_the_kinds_a_person_would_choose_are_proposed() -> None:
    catalog = load_catalog()
    found = {path.name[:2]: proposed(path, catalog) for path in MAILS}
    chosen = {number: kind for kind, numbers in KINDS.items() for number in numbers.split()}
    assert list(found) == sorted(chosen)
    assert {number: kind for number, kind in found.items() if kind != chosen[number]} == {}


def test_a_kind_that_is_switched_on_is_proposed_too() -> None:
    catalog = load_catalog()
    every = replace(catalog, kinds={key: replace(kind, active=True) for key, kind in catalog.kinds.items()})
    found = {path.name[:2]: proposed(path, every) for path in MAILS}
    assert {number: found[number] for number in SWITCHED_OFF} == SWITCHED_OFF
