"""Names and bytes of what is attached to a mail."""

from __future__ import annotations

import pytest
from mailkit import HEAD, mail, multipart, part

from ob_buero_tui.exchange.mail import read_mail
from ob_buero_tui.exchange.mail_attachments import label

PDF = b"application/pdf"


def _names(*lines: bytes, media_type: bytes = PDF) -> list[str]:
    record = read_mail(multipart(b"mixed", part(b"Text"), part(b"x", media_type, *lines)))
    return [attachment.filename for attachment in record.attachments]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (b'attachment; filename="Konzept.pdf"', "Konzept.pdf"),
        (b"attachment; filename=Konzept.pdf", "Konzept.pdf"),
        (b"attachment; filename*=UTF-8''%C3%9Cbersicht%20A.pdf", "Übersicht A.pdf"),
        (b"attachment; filename*=iso-8859-1'de'%DCbersicht.pdf", "Übersicht.pdf"),
        (b"attachment; filename*0*=UTF-8''%C3%9Cber;\n filename*1=sicht.pdf", "Übersicht.pdf"),
        (b'attachment; filename="=?utf-8?Q?=C3=9Cbersicht.pdf?="', "Übersicht.pdf"),
        (b"attachment; filename==?iso-8859-1?Q?=DCbersicht.pdf?=", "Übersicht.pdf"),
        (b'attachment; filename="\xdcbersicht.pdf"', "Übersicht.pdf"),
        (b'attachment; filename="a \\"b\\" c.pdf"', "a _b_ c.pdf"),
        (b'attachment; filename="../../.bashrc"', "bashrc.pdf"),
        (b'attachment; filename="C:\\\\Windows\\\\x.pdf"', "x.pdf"),
        (b"attachment; filename*=utf-8''..%2F..%2Fetc%2Fpasswd", "passwd.pdf"),
        (b'attachment; filename="/"', "Anhang 1.pdf"),
        (b'attachment; filename=".."', "Anhang 1.pdf"),
        (b'attachment; filename=""', "Anhang 1.pdf"),
        (b"attachment", "Anhang 1.pdf"),
        (b'attachment; filename="=?utf-8?q?a=1B[2J=0Ab.pdf?="', "a_[2J b.pdf"),
        ('attachment; filename="Rechnung\u202efdp.exe"'.encode(), "Rechnung_fdp.exe"),
        (b'attachment; filename="Konzept"', "Konzept.pdf"),
    ],
)
def test_names_are_labels(line: bytes, name: str) -> None:
    assert _names(b"Content-Disposition: " + line) == [name]


def test_name_of_the_content_type_counts_where_the_disposition_has_none() -> None:
    assert _names(media_type=b'application/pdf; name="Plan.pdf"') == ["Plan.pdf"]


def test_changed_names_are_noted() -> None:
    line = b'Content-Disposition: attachment; filename="../../.bashrc"'
    record = read_mail(multipart(b"mixed", part(b"Text"), part(b"x", PDF, line)))
    assert any("bereinigt" in note and "bashrc.pdf" in note for note in record.notes)


def test_same_names_are_numbered() -> None:
    line = b'Content-Disposition: attachment; filename="Bild.png"'
    parts = [part(b"x", b"image/png", line)] * 2 + [part(b"x", b"image/png", line.replace(b"Bild", b"BILD"))]
    names = [a.filename for a in read_mail(multipart(b"mixed", *parts)).attachments]
    assert (
        names == ["Bild.png", "Bild (2).png", "BILD (2) (2).png"] or len({n.casefold() for n in names}) == 3
    )


def test_long_names_keep_their_ending() -> None:
    name = label("a" * 900 + ".pdf", "Anhang 1.pdf")
    assert (len(name), name[-4:]) == (120, ".pdf")


def test_forwarded_mail_is_kept_byte_for_byte() -> None:
    inner = (
        HEAD + b"Subject: =?utf-8?q?Gru=C3=9Fwort?= 1/2\nContent-Type: multipart/mixed; boundary=grenze2\n\n"
        b"--grenze2\n\ninnen\n--grenze2--"
    )
    record = read_mail(multipart(b"mixed", part(b"Siehe unten"), part(inner, b"message/rfc822")))
    assert record.body == "Siehe unten"
    assert [(a.filename, a.media_type) for a in record.attachments] == [
        ("Grußwort 1-2.eml", "message/rfc822")
    ]
    assert record.attachments[0].data == inner
    assert read_mail(record.attachments[0].data).body == "innen"


def test_invitation_in_an_alternative_is_kept() -> None:
    ics = b"BEGIN:VCALENDAR\nEND:VCALENDAR"
    record = read_mail(
        multipart(b"alternative", part(b"Einladung"), part(ics, b"text/calendar; method=REQUEST"))
    )
    assert record.body == "Einladung"
    assert [(a.filename, a.data) for a in record.attachments] == [("Anhang 1.ics", ics)]


def test_outside_parts_are_not_loaded_but_shown() -> None:
    outside = part(b"", b'message/external-body; access-type=URL; URL="https://example.org/x"')
    record = read_mail(multipart(b"mixed", part(b"Text"), outside))
    assert b"https://example.org/x" in record.attachments[0].data
    assert any("nicht geladen" in note for note in record.notes)


def test_encrypted_mail_says_so() -> None:
    record = read_mail(mail(b"MIAG", extra=b"Content-Type: application/pkcs7-mime; name=smime.p7m\n"))
    assert [a.filename for a in record.attachments] == ["smime.p7m"]
    assert any("S/MIME" in note for note in record.notes)


def test_delivery_report_is_kept_beside_the_explanation() -> None:
    report = part(b"Action: failed\n", b"message/delivery-status")
    record = read_mail(multipart(b"report", part(b"Postfach voll"), report, part(HEAD, b"message/rfc822")))
    assert (record.body, record.bounce) == ("Postfach voll", True)
    assert [a.filename for a in record.attachments] == ["Zustellbericht 1.txt", "Anhang 2.eml"]
