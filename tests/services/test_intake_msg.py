"""Outlook files in the office: threads, doubles with .eml, and the bytes as they came."""

from __future__ import annotations

from pathlib import Path

from intake_samples import count, mail, rows

from msg_kit import letter
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.workplace import Workplace


def test_an_outlook_file_answers_a_mail_and_is_kept(place: Workplace, tmp_path: Path) -> None:
    path = tmp_path / "antwort.msg"
    path.write_bytes(letter(body="Anbei.", message_id="<2@verein.example.org>"))
    (line,) = import_files(place, [path]).lines
    assert line.text == "neu: 2026-0001 Grußwort (Vorschlag) „Grußwort für die Festschrift“"
    ((sha256,),) = rows(place, "SELECT original_sha256 FROM message")
    assert place.attachments.read(sha256) == path.read_bytes()
    assert import_files(place, [path]).lines[0].text == "bekannt: nichts Neues"


def test_the_same_letter_as_eml_is_known(place: Workplace, tmp_path: Path) -> None:
    eml = mail(
        tmp_path,
        subject="Grußwort für die Festschrift",
        body="Anbei.",
        sender="joerg@verein.example.org",
        message_id="2@verein.example.org",
        date="Wed, 18 Nov 2026 09:00:00 +0000",
    )
    path = tmp_path / "dieselbe.msg"
    path.write_bytes(letter(body="Anbei."))
    report = import_files(place, [eml, path])
    assert [line.text.split(":")[0] for line in report.lines] == ["neu", "bekannt"]
    assert count(place, "request") == 1
