"""Outlook files: header, texts, recipients, attachments, mails within mails, and what is broken."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import pytest

from msg_kit import HEADERS, SENT, attached, compound, embedded, letter, message, recipient
from ob_buero_tui.exchange.msg import read_msg
from ob_buero_tui.rules.refusals import Refusal


def test_a_message_without_a_header_is_read_from_outlooks_properties() -> None:
    people = [recipient("Büro OB", "ob@stadt.example.org"), recipient("Ehepaar X", "/O=ORG/CN=X")]
    mail = read_msg(letter(people=people))
    assert (mail.subject, mail.sender_name, mail.sender_address) == (
        "Grußwort für die Festschrift",
        "Jörg Muster",
        "joerg@verein.example.org",
    )
    assert (mail.date, mail.message_id, mail.to) == (SENT, "2@verein.example.org", ("ob@stadt.example.org",))
    assert mail.body == "Guten Tag,\nwir bitten um ein Grußwort."
    assert mail.notes == ()


def test_the_header_it_came_with_holds_the_thread() -> None:
    values = {0x007D: HEADERS, 0x0037: "anders", 0x1000: "Text", 0x0039: datetime(1601, 1, 1, tzinfo=UTC)}
    mail = read_msg(compound(message(values)))
    assert (mail.subject, mail.sender_name) == ("Grußwort", "Jörg Muster")
    assert (mail.message_id, mail.in_reply_to, mail.references) == (
        "2@verein.example.org",
        "1@verein.example.org",
        ("1@verein.example.org",),
    )
    assert mail.date == SENT


@pytest.mark.parametrize("sent", [datetime(1601, 1, 1, tzinfo=UTC), 0])
def test_a_date_that_cannot_be_true_is_none(sent: object) -> None:
    mail = read_msg(letter(sent=sent))
    assert mail.date is None
    assert "Das Datum der Nachricht fehlt." in mail.notes


def test_html_goes_the_way_of_all_html() -> None:
    html = "<html><body><p>Schöne Grüße</p><table><tr><td>Ort</td><td>Halle</td></tr></table></body></html>"
    mail = read_msg(compound(message({0x0037: "x", 0x1013: html.encode("cp1252"), 0x3FDE: 1252})))
    assert mail.body.startswith("Schöne Grüße")
    assert mail.html_only
    both = read_msg(compound(message({0x1000: "nur Text", 0x1013: html.encode(), 0x3FDE: 65001})))
    assert (both.body, both.html_only) == ("nur Text", False)


def test_a_text_in_rtf_alone_is_named() -> None:
    mail = read_msg(compound(message({0x0037: "x", 0x1009: b"LZFu"})))
    assert "Der Text liegt nur als RTF vor; lesen Sie ihn in Outlook." in mail.notes


def test_attachments_and_mails_within_mails() -> None:
    inner = message({0x0037: "Ursprung", 0x1000: "alt", 0x5D02: "alt@x.example.org"}, inner=True)
    mail = read_msg(letter(files=[attached("Pläne.pdf", b"%PDF-" * 2_000), embedded("Ursprung", inner)]))
    first, second = mail.attachments
    assert (first.filename, first.media_type, first.data) == (
        "Pläne.pdf",
        "application/pdf",
        b"%PDF-" * 2_000,
    )
    assert (second.filename, second.media_type) == ("Ursprung.eml", "message/rfc822")
    assert b"alt@x.example.org" in second.data


def test_an_attachment_that_is_not_there_is_named() -> None:
    from msg_kit import PART, properties

    mail = read_msg(letter(files=[properties(PART, {0x3707: "weg.pdf", 0x3705: 2})]))
    assert "Der Anhang „weg.pdf“ steckt nicht in der Datei." in mail.notes


def test_an_appointment_is_told_as_one() -> None:
    mail = read_msg(compound(message({0x001A: "IPM.Appointment", 0x0037: "Jour fixe"})))
    assert "Die Datei ist in Outlook ein Termin; ihr Text kam als Nachricht herein." in mail.notes


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "leer"),
        (b"\0" * 2_000, "leer"),
        (b"From: x\n\nText", "Anfang"),
        (letter()[:600], "beschädigt"),
        (compound({"WordDocument": b"x" * 100}), "andere Office-Datei"),
    ],
)
def test_what_is_no_message_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        read_msg(data)


def test_without_the_extra_the_it_is_told_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "oxmsg.storage", None)
    with pytest.raises(Refusal, match="Zusatzpaket „mail“"):
        read_msg(letter())
