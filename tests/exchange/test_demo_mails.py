"""The demo's mails are read whole, their attachments open, and their kinds are proposed as people would."""

from __future__ import annotations

import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import icalendar
import pytest

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
