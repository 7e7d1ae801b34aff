"""What read_mail makes of whole mails: refusals, threads, kinds of mail, and hostile bytes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mailkit import HEAD, mail, multipart, part

from ob_buero_tui.exchange.mail import read_mail
from ob_buero_tui.exchange.records import MailRecord
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "leer"),
        (b" \r\n\r\n\t", "leer"),
        (b"%PDF-1.7\nFrom: x@example.org\n", "Binärdaten"),
        (b"PK\x03\x04\x14\x00\x06\x00", "Binärdaten"),
        (bytes(range(256)) * 40, "Binärdaten"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".msg"),
        ("Sehr geehrte Frau Oberbürgermeisterin,\nwir bitten um ein Grußwort.\n".encode(), "Kopfzeilen"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "Kopfzeilen"),
        (b"\n\n", "leer"),
    ],
)
def test_what_is_no_mail_is_refused_in_german(data: bytes, why: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_mail(data)
    assert refused.value.what == "Die Datei ist keine E-Mail."
    assert why in refused.value.why
    assert refused.value.now


def test_plain_mail() -> None:
    record = read_mail(
        mail(
            b"Guten Tag,\r\n\r\nwir laden ein.\r\n",
            extra=b"Subject: Einladung\nCc: B <b@example.org>, erika@example.org\n"
            b"Message-ID: <1@example.org>\n",
        )
    )
    assert record == MailRecord(
        message_id="1@example.org",
        in_reply_to="",
        references=(),
        subject="Einladung",
        sender_name="Erika Muster",
        sender_address="erika@example.org",
        to=("ob@stadt.example.org", "b@example.org", "erika@example.org"),
        date=datetime(2026, 11, 25, 9, 0, tzinfo=UTC),
        body="Guten Tag,\n\nwir laden ein.",
        html_only=False,
        bounce=False,
        attachments=(),
        notes=(),
    )
    assert record.date is not None
    assert record.date.utcoffset() == timedelta(hours=1)


def test_thread_headers_are_normalised_alike() -> None:
    record = read_mail(
        mail(
            extra=b"Message-ID:\n <c@example.org>\nIn-Reply-To: Ihre Nachricht vom Montag <b@example.org>\n"
            b"References: <a@example.org>\n\t<b@example.org> <a@example.org>\n"
        )
    )
    assert (record.message_id, record.in_reply_to) == ("c@example.org", "b@example.org")
    assert record.references == ("a@example.org", "b@example.org")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"<[", "["),
        (b"<[abc@example.org]>", "[abc@example.org]"),
        (b"ohne-klammern@example.org", "ohne-klammern@example.org"),
        (b"", ""),
        (b"<>", ""),
    ],
)
def test_odd_message_ids(raw: bytes, expected: str) -> None:
    assert read_mail(mail(extra=b"Message-ID: " + raw + b"\n")).message_id == expected


def test_long_message_ids_stay_bounded_and_different() -> None:
    one, two = (
        read_mail(mail(extra=b"Message-ID: <" + b"a" * 900 + end + b">\n")).message_id for end in (b"1", b"2")
    )
    assert one != two
    assert len(one) <= 500


def test_long_reference_chain_keeps_its_first_and_its_newest() -> None:
    chain = b" ".join(b"<%d@example.org>" % number for number in range(300))
    references = read_mail(mail(extra=b"References: " + chain + b"\n")).references
    assert len(references) == 100
    assert (references[0], references[-1]) == ("0@example.org", "299@example.org")


REPORT = part(b"Action: failed\n", b"message/delivery-status")


@pytest.mark.parametrize(
    ("data", "bounce", "note"),
    [
        (multipart(b"report; report-type=delivery-status", part(b"Nicht da"), REPORT), True, "Unzustellbar"),
        (multipart(b"mixed", part(b"Nicht da"), REPORT), True, "Unzustellbar"),
        (mail(extra=b"Return-Path: <>\n"), True, "Rückweg"),
        (mail(extra=b"X-Failed-Recipients: a@example.org\n"), True, "Unzustellbar"),
        (mail(head=b"From: MAILER-DAEMON@mx.example.org\n"), True, "Unzustellbar"),
        (mail(head=b"From: postmaster@example.org\nSubject: Undeliverable: Gruss\n"), True, "Unzustellbar"),
        (mail(head=b"From: postmaster@example.org\nSubject: Frage\n", extra=b""), False, ""),
        (
            mail(extra=b"Subject: Abwesend\nReturn-Path: <>\nAuto-Submitted: auto-replied\n"),
            False,
            "automatisch",
        ),
        (multipart(b"report; report-type=disposition-notification", part(b"Gelesen")), False, "Lesebest"),
        (mail(), False, ""),
    ],
)
def test_kinds_of_mail(data: bytes, bounce: bool, note: str) -> None:
    record = read_mail(data)
    assert record.bounce is bounce
    assert not note or any(note in line for line in record.notes)
    assert record.body


def test_mail_behind_foreign_lines_utf16_and_old_line_ends() -> None:
    good = mail("Grüße".encode())
    for data in (
        b"\n \n" + good,
        b"\xef\xbb\xbf" + good,
        b"From erika@example.org Wed Nov 25 10:00:00 2026\n" + good,
        b"Gespeichert von Programm X\n" + good,
        good.replace(b"\n", b"\r"),
        good.replace(b"\n", b"\r\n"),
        good.decode().encode("utf-16"),
    ):
        record = read_mail(data)
        assert (record.sender_address, record.subject, record.body) == (
            "erika@example.org",
            "Anfrage",
            "Grüße",
        )


def _nested(levels: int) -> bytes:
    layers = (b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(levels))
    return HEAD + b"Subject: tief\n" + b"".join(layers) + b"Content-Type: text/plain\n\ntief\n"


def test_nesting_is_read_to_a_limit_and_nothing_is_dropped() -> None:
    assert read_mail(_nested(40)).body == "tief"
    record = read_mail(_nested(5000))
    assert record.subject == "tief"
    assert any("mehr als 50 Ebenen" in note for note in record.notes)
    assert len(record.attachments) == 1
    assert record.attachments[0].filename == "Anhang 1.eml"
    assert record.attachments[0].data.endswith(b"tief\n")


def test_parts_are_limited_with_a_note() -> None:
    data = multipart(b"mixed", *([part(b"x", b"application/pdf")] * 3043))
    record = read_mail(data)
    assert len(record.attachments) == 1999  # the mail itself is the first of 2,000 parts
    assert any("mehr als 2000 Teile" in note for note in record.notes)


def test_many_addresses_are_cut_before_they_are_parsed() -> None:
    many = b",\n ".join(b"Person %d <p%d@example.org>" % (n, n) for n in range(20_000))
    record = read_mail(
        mail(head=b"From: a@example.org\nTo: " + many + b"\nDate: Wed, 25 Nov 2026 10:00 +0100\n")
    )
    assert 100 < len(record.to) <= 500
    assert record.to[:2] == ("p0@example.org", "p1@example.org")
    assert record.subject == "Anfrage"  # a header behind the long one is still read
    assert record.date is not None
    assert any("Empfänger" in note or "Kopfzeilen" in note for note in record.notes)


def _assert_harmless(record: MailRecord) -> None:
    lines = (record.subject, record.sender_name, record.sender_address, record.reply_to, record.message_id)
    for text in (*lines, record.in_reply_to, *record.to, *record.references, *record.notes):
        assert clean(text) == text
    assert clean(record.body, multiline=True, limit=200_000) == record.body
    assert record.subject
    for attachment in record.attachments:
        assert clean(attachment.filename) == attachment.filename != ""
        assert not set("/\\") & set(attachment.filename)


TOKENS = (
    b"\n", b"\r\n", b"\n\n", b" ", b":", b";", b"=", b'"', b"<", b">", b"(", b"@", b"--b", b"--", b"\x1b[2J",
    b"\xfc", b"\xc3\xbc", b"\0", b"From: ", b"Subject: ", b"Message-ID: <[", b"Date: ", b"Content-Type: ",
    b"multipart/mixed; boundary=b", b"text/html", b"message/rfc822", b"charset=rot13", b"=?utf-8?q?=1B?=",
    b"Content-Disposition: attachment; filename*0*=utf-8''%ff", b"filename=../x", b"<a href='http://x'>",
    b"Content-Transfer-Encoding: base64", b"QUJD", b"<table><td>", b"\xe2\x80\xae",
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(TOKENS) | st.binary(max_size=6), max_size=60))
def test_any_bytes_give_a_harmless_record_or_a_refusal(tokens: list[bytes]) -> None:
    for data in (b"".join(tokens), HEAD + b"".join(tokens)):
        try:
            _assert_harmless(read_mail(data))
        except Refusal:
            if data.startswith(HEAD):
                raise
