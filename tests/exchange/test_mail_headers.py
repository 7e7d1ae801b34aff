"""Sender, subject and date from broken, raw and crafted headers."""

from __future__ import annotations

import pytest
from mailkit import HEAD, mail

from ob_buero_tui.exchange.mail import NO_SUBJECT, read_mail


@pytest.mark.parametrize(
    ("raw", "name", "address"),
    [
        (b"Erika Muster <erika@example.org>", "Erika Muster", "erika@example.org"),
        (b'"Muster, Erika" <erika@example.org>', "Muster, Erika", "erika@example.org"),
        (b"Muster, Erika <erika@example.org>", "Muster, Erika", "erika@example.org"),
        (b"erika@example.org (Erika Muster)", "Erika Muster", "erika@example.org"),
        (b"=?UTF-8?B?TcO8bGxlciwgRXJpa2E=?= <e@example.org>", "Müller, Erika", "e@example.org"),
        (b'"=?iso-8859-1?Q?M=FCller?=" <e@example.org>', "Müller", "e@example.org"),
        (b"M\xfcller <e@example.org>", "Müller", "e@example.org"),
        ("Müller <e@example.org>".encode(), "Müller", "e@example.org"),
        (b'"Jos\xe9 \x93Pepe\x94" <e@example.org>', "José “Pepe”", "e@example.org"),
        (b"=?utf-8?Q?B=1B]0;x=07?= <e@example.org>", "B\ufffd]0;x\ufffd", "e@example.org"),
        (b"<erika@example.org", "", "erika@example.org"),
        (b"Erika erika@example.org Muster", "", "erika@example.org"),
    ],
)
def test_sender(raw: bytes, name: str, address: str) -> None:
    record = read_mail(mail(head=b"From: " + raw + b"\n"))
    assert (record.sender_name, record.sender_address) == (name, address)


@pytest.mark.parametrize("raw", [b"(((((", b"(" * 60_000, b"<" * 9000, b'"' * 9000, b"[", b"@", b"a@b@c,;:<"])
def test_crafted_sender_is_read_without_one(raw: bytes) -> None:
    record = read_mail(mail(head=b"From: " + raw + b"\n"))
    assert record.body == "Guten Tag"
    assert record.subject == "Anfrage"


def test_missing_address_is_named_or_taken_from_another_header() -> None:
    nameless = read_mail(mail(head=b"From: Presseamt\n"))
    assert (nameless.sender_name, nameless.sender_address) == ("Presseamt", "")
    assert any("Adresse des Absenders" in note for note in nameless.notes)
    other = read_mail(mail(head=b"From: Presseamt\nSender: <amt@example.org>\n"))
    assert (other.sender_name, other.sender_address) == ("Presseamt", "amt@example.org")
    assert any("„Sender“" in note for note in other.notes)


def test_reply_address_only_where_it_differs() -> None:
    own = read_mail(mail(extra=b"Reply-To: Erika <ERIKA@example.org>\n"))
    assert (own.reply_to, own.reply_to_name) == ("", "")
    other = read_mail(mail(extra=b"Reply-To: =?utf-8?Q?B=C3=BCro?= <b@example.org>\n"))
    assert (other.reply_to, other.reply_to_name) == ("b@example.org", "Büro")


def test_name_that_claims_another_address_is_named() -> None:
    record = read_mail(mail(head=b'From: "ob@stadt.example.org" <x@example.net>\n'))
    assert record.sender_address == "x@example.net"
    assert any("andere Adresse" in note for note in record.notes)


@pytest.mark.parametrize(
    ("raw", "subject"),
    [
        (b"Gru\xdfwort f\xfcr M\xfcnchen", "Grußwort für München"),
        ("Grußwort".encode(), "Grußwort"),
        (b"=?utf-8?q?Gru=C3?= =?utf-8?q?=9Fwort?=", "Grußwort"),
        (b"=?utf-8?q?Gru=C3?=\n =?utf-8?q?=9Fwort?= heute", "Grußwort heute"),
        (b"=?iso-8859-1?q?a=1B[2J=0Ab?=", "a\ufffd[2J b"),
        (b"=?x-unbekannt?q?Gr=FC=DFe?=", "Grüße"),
        (b"=?utf-8?b?R3J1w58?=", "Gruß"),
        (b"=?utf-8*de?q?Gru=C3=9F?=", "Gruß"),
        (b"=?utf-8?b?%%%?=", "%%%"),
        (b"=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
        (b"Einladung\n zum\n\tRichtfest", "Einladung zum Richtfest"),
        (b"", NO_SUBJECT),
        (b"  \t", NO_SUBJECT),
        (b"=?utf-8?q??=", NO_SUBJECT),
        (b"Einladung \xe2\x80\xaegnudalniE", "Einladung \ufffdgnudalniE"),
    ],
)
def test_subject(raw: bytes, subject: str) -> None:
    assert read_mail(mail(extra=b"Subject: " + raw + b"\n")).subject == subject


def test_missing_and_long_subjects_are_named() -> None:
    assert any("keinen Betreff" in note for note in read_mail(mail(extra=b"X: y\n")).notes)
    long = read_mail(mail(extra=b"Subject: " + b"lang " * 300 + b"\n"))
    assert len(long.subject) <= 500
    assert any("500 Zeichen" in note for note in long.notes)


def test_raw_header_bytes_are_noted_as_guessed() -> None:
    assert any("erraten" in note for note in read_mail(mail(extra=b"Subject: Gr\xfc\xdfe\n")).notes)
    assert read_mail(mail(extra=b"Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\n")).notes == ()


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        (b"Wed, 25 Nov 2026 10:00:00 +0100", "2026-11-25T10:00:00+01:00"),
        (b"Mi, 25 Nov 2026 10:00:00 +0100", "2026-11-25T10:00:00+01:00"),
        (b"25 Nov 26 10:00 GMT", "2026-11-25T10:00:00+00:00"),
        (b"Wed, 25 Nov 2026 10:00:00 -0000", "2026-11-25T10:00:00+00:00"),
        (b"gestern", None),
        (b"", None),
        (b"Wed, 45 Nov 2026 10:00:00 +0100", None),
        (b"Wed, 25 Nov 2026 10:00:00 +9999999", None),
        (b"Mon, 01 Jan 1601 00:00:00 +0000", None),
        (b"Mon, 01 Jan 99999 00:00:00 +0000", None),
        (b"\xff\xfe", None),
    ],
)
def test_date(raw: bytes, iso: str | None) -> None:
    record = read_mail(mail(head=b"From: a@example.org\nDate: " + raw + b"\n"))
    assert (record.date.isoformat() if record.date else None) == iso
    assert any("Datum" in note for note in record.notes) is (iso is None)


def test_undisclosed_recipients_are_no_address() -> None:
    assert read_mail(mail(head=b"From: a@example.org\nTo: undisclosed-recipients:;\n")).to == ()


def test_header_without_empty_line_before_the_text() -> None:
    record = read_mail(HEAD + b"Subject: Anfrage\nGuten Tag, hier fehlt die Leerzeile.\nGruss\n")
    assert record.body == "Guten Tag, hier fehlt die Leerzeile.\nGruss"
    assert any("beschädigt" in note for note in record.notes)


def test_text_behind_a_header_of_megabytes_is_found() -> None:
    record = read_mail(HEAD + b"X-Lang: " + b"a" * 3_000_000 + b"\n\nGuten Tag\n")
    assert record.body == "Guten Tag"
    many = read_mail(HEAD + b"X-Viel: a\n" * 300_000 + b"\nGuten Tag\n")
    assert many.body == "Guten Tag"
    assert any("ungewöhnlich lang" in note for note in many.notes)
