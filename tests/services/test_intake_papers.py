"""Scans, documents and pasted text: each becomes a new request, and what has no text is still kept."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest
from intake_samples import count, mail, rows

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.intake.papers import take_text
from ob_buero_tui.services.intake.report import FileLine, Status
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace
from scan_kit import LINES, docx, jpg, pdf, png


def taken(place: Workplace, folder: Path, name: str, data: bytes) -> FileLine:
    path = folder / name
    path.write_bytes(data)
    (line,) = import_files(place, [path]).lines
    return line


@pytest.mark.parametrize(("name", "data"), [("Scan_0001.pdf", pdf()), ("Brief.docx", docx())])
def test_the_text_of_a_letter_is_its_body(place: Workplace, tmp_path: Path, name: str, data: bytes) -> None:
    line = taken(place, tmp_path, name, data)
    assert line.text == "neu: 2026-0001 Grußwort (Vorschlag) „Bitte um ein Grußwort“"
    assert rows(place, "SELECT channel, kind, kind_proposed, requester_id FROM request") == [
        ("Brief", "grusswort", 1, None)
    ]
    ((body, sent),) = rows(place, "SELECT body, sent_at FROM message")
    assert "wir bitten um ein Grußwort für die Festschrift." in body
    assert sent == "2026-11-11T23:00:00Z"
    ((filename, sha256),) = rows(place, "SELECT filename, sha256 FROM attachment")
    assert (filename, place.attachments.read(sha256)) == (name, data)
    assert import_files(place, [tmp_path / name]).lines[0].status is Status.KNOWN
    undo(place)
    assert (count(place, "request"), count(place, "attachment")) == (0, 0)


def test_a_bold_line_is_the_subject(place: Workplace, tmp_path: Path) -> None:
    line = taken(
        place, tmp_path, "a.docx", docx(("Kopf", *LINES, "Einladung Sommerfest"), "Einladung Sommerfest")
    )
    assert "„Einladung Sommerfest“" in line.text


@pytest.mark.parametrize(
    ("name", "data", "media_type", "note"),
    [
        ("Post_vom_Amt.png", png(), "image/png", ""),
        ("foto.jpeg", jpg(), "image/jpeg", ""),
        ("foto.jpg", jpg()[:150], "image/jpeg", ""),
        ("scan.tif", b"II*\0" + b"\1" * 200, "image/tiff", ""),
        ("scan.pdf", jpg(), "image/jpeg", "Die Datei heißt .pdf, ist aber .jpg."),
        ("leer.pdf", pdf(()), "application/pdf", "Das Dokument enthält keinen Text, nur Bilder."),
        (
            "zu.pdf",
            pdf(password="geheim"),
            "application/pdf",
            "Text nicht lesbar: Das Dokument ist mit einem",
        ),
        ("kaputt.pdf", pdf()[:300], "application/pdf", "Text nicht lesbar: Das Dokument ist beschädigt."),
        (
            "kaputt.docx",
            docx()[:3000],
            "application/vnd.openxml",
            "Text nicht lesbar: Das Dokument ist besch",
        ),
        ("zu.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\1" * 600, "application/vnd.openxml", "Kennwort"),
    ],
)
def test_what_has_no_text_is_kept_and_says_why(
    place: Workplace, tmp_path: Path, name: str, data: bytes, media_type: str, note: str
) -> None:
    line = taken(place, tmp_path, name, data)
    assert line.status is Status.NEW
    assert note in " ".join(line.notes)
    ((found,),) = rows(place, "SELECT media_type FROM attachment")
    assert found.startswith(media_type)
    ((subject,),) = rows(place, "SELECT subject FROM request")
    assert subject == Path(name).stem.replace("_", " ")


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("leer.pdf", b"", "leer"),
        ("nullen.jpg", b"\0" * 5_000, "leer"),
        ("klein.png", b"\x89PNG\r\n\x1a\n", "zu klein"),
        ("text.pdf", b"Guten Tag, das ist nur Text. " * 20, "passt nicht zur Endung .pdf"),
        ("programm.jpg", b"MZ" + b"\1" * 500, "passt nicht zur Endung .jpg"),
    ],
)
def test_what_is_no_document_is_refused(
    place: Workplace, tmp_path: Path, name: str, data: bytes, why: str
) -> None:
    line = taken(place, tmp_path, name, data)
    assert (line.status, count(place, "request")) == (Status.REFUSED, 0)
    assert why in line.text


def test_archives_that_are_no_word_file_are_refused(place: Workplace, tmp_path: Path) -> None:
    bomb, other = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 30_000_000)
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("programm.exe", b"MZ" * 100)
    assert "ungewöhnlich groß" in taken(place, tmp_path, "bombe.docx", bomb.getvalue()).text
    assert "anderes Archiv" in taken(place, tmp_path, "archiv.docx", other.getvalue()).text
    assert count(place, "request") == 0


@pytest.mark.parametrize(("module", "name", "data"), [("pypdf", "a.pdf", pdf()), ("docx", "a.docx", docx())])
def test_without_the_extra_the_document_is_kept_and_the_it_told(
    place: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, name: str, data: bytes
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    line = taken(place, tmp_path, name, data)
    assert line.status is Status.NEW
    assert "Zusatzpaket" in " ".join(line.notes)


PASTED = """Von: Erika Beispiel <erika@verein.example.org>
Gesendet: Mittwoch, 18. November 2026 09:05
An: ob@stadt.example.org
Betreff: Bitte um ein Grußwort

wir bitten um ein Grußwort für unsere Festschrift."""


def test_a_pasted_mail_becomes_a_request_like_any_other(place: Workplace) -> None:
    done = take_text(place, PASTED)
    assert done.text == "2026-0001: aufgenommen"
    assert rows(place, "SELECT subject, kind, channel, received_at FROM request") == [
        ("Bitte um ein Grußwort", "grusswort", "E-Mail", "2026-11-18T08:05:00Z")
    ]
    assert rows(place, "SELECT email FROM person") == [("erika@verein.example.org",)]
    undo(place)
    assert count(place, "request") == count(place, "person") == 0


def test_pasted_words_have_their_own_subject_or_the_typed_one(place: Workplace) -> None:
    take_text(place, "Die Laterne vor Haus 3 ist kaputt.\nGruß, Nachbar")
    take_text(place, "noch ein Text", "Laterne", "Online")
    assert rows(place, "SELECT subject, channel FROM request ORDER BY id") == [
        ("Die Laterne vor Haus 3 ist kaputt.", "E-Mail"),
        ("Laterne", "Online"),
    ]


def test_nothing_pasted_and_a_mail_that_is_there_are_refused(place: Workplace, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="Es steht nichts da"):
        take_text(place, " \n\t ")
    path = mail(tmp_path, body="Text")
    import_files(place, [path])
    head = "Von: Erika Beispiel <erika@verein.example.org>\nMessage-ID: <1@verein.example.org>"
    with pytest.raises(Refusal, match="schon da"):
        take_text(place, f"{head}\nDatum: 18.11.2026 09:00 Uhr\nBetreff: Bitte um ein Grußwort\n\nText")
