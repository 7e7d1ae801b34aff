"""Which part of a mail becomes its text, in which charset, and what is cut."""

from __future__ import annotations

import base64

import pytest
from mailkit import HEAD, mail, multipart, part

from ob_buero_tui.exchange.mail import read_mail

HTML = b"text/html; charset=utf-8"
LONG = b"<p>" + b"Wir laden Sie herzlich ein. " * 30 + b"</p>"


@pytest.mark.parametrize(
    ("charset", "data", "text", "noted"),
    [
        (b"utf-8", "Grüße €".encode(), "Grüße €", False),
        (b"iso-8859-1", b"Gr\xfc\xdfe \x80", "Grüße €", False),
        (b"windows-1252", b"Gr\xfc\xdfe", "Grüße", False),
        (b"iso-8859-15", b"\xa4", "€", False),
        (b"us-ascii", b"Gr\xfc\xdfe", "Grüße", True),
        (b"us-ascii", "Grüße".encode(), "Grüße", True),
        (b"utf-8", b"Gr\xfc\xdfe", "Grüße", True),
        (b"x-unbekannt", "Grüße".encode(), "Grüße", True),
        (b"x-unbekannt", b"Gr\xfc\xdfe", "Grüße", True),
        (b"rot13", b"abc", "abc", True),
        (b"punycode", b"a-b", "a-b", True),
        (b'"x\x00y"', b"abc", "abc", True),
        (b"", b"Gr\xfc\xdfe", "Grüße", True),
        (b"", "Grüße".encode(), "Grüße", False),
        (b"", "Größe, Straße, Übung".encode()[:-3] + b"\xc3", "Größe, Straße, Üb\ufffd", False),
    ],
)
def test_charset_order_declared_utf8_cp1252(charset: bytes, data: bytes, text: str, noted: bool) -> None:
    declared = b"Content-Type: text/plain" + (b"; charset=" + charset if charset else b"") + b"\n"
    record = read_mail(mail(data, extra=b"Subject: x\n" + declared))
    assert record.body == text
    assert any("Zeichensatz" in note for note in record.notes) is noted


def test_plain_text_is_preferred_over_html() -> None:
    record = read_mail(
        multipart(
            b"alternative",
            part(
                b"Nur Text, aber ein Brief: Wir bitten um ein Grusswort von einer halben Seite bis Freitag."
            ),
            part(LONG, HTML),
        )
    )
    assert (
        record.body
        == "Nur Text, aber ein Brief: Wir bitten um ein Grusswort von einer halben Seite bis Freitag."
    )
    assert (record.html_only, record.attachments, record.notes) == (False, (), ())


def test_html_is_taken_where_plain_is_empty_or_a_stub() -> None:
    for stub in (b" \n", b"Ihr Programm zeigt kein HTML."):
        record = read_mail(multipart(b"alternative", part(stub), part(LONG, HTML)))
        assert record.body.startswith("Wir laden Sie herzlich ein.")
        assert record.html_only
        assert any("HTML" in note for note in record.notes)


def test_short_plain_text_is_a_letter_of_its_own_without_a_long_html() -> None:
    record = read_mail(multipart(b"alternative", part(b"Danke!"), part(b"<p>Danke!</p>", HTML)))
    assert (record.body, record.html_only) == ("Danke!", False)


def test_texts_around_a_picture_are_joined_and_the_picture_is_kept() -> None:
    picture = part(
        b"R0lG", b"image/gif", b"Content-Disposition: inline", b"Content-Transfer-Encoding: base64"
    )
    record = read_mail(multipart(b"mixed", part(b"Oben"), picture, part(b"Unten")))
    assert record.body == "Oben\n\nUnten"
    assert [(a.filename, a.media_type, a.data) for a in record.attachments] == [
        ("Anhang 1.gif", "image/gif", b"GIF")
    ]


def test_text_file_is_an_attachment_unless_it_is_all_there_is() -> None:
    file = part(b"Liste", b'text/plain; name="liste.txt"', b"Content-Disposition: inline")
    both = read_mail(multipart(b"mixed", part(b"Brief"), file))
    assert (both.body, [a.filename for a in both.attachments]) == ("Brief", ["liste.txt"])
    alone = read_mail(multipart(b"mixed", file))
    assert (alone.body, alone.attachments) == ("Liste", ())


@pytest.mark.parametrize(
    ("encoding", "raw", "text"),
    [
        (b"base64", base64.b64encode("Grüße".encode()), "Grüße"),
        (b"BASE64 ", b"R3LD\r\nvMOf\r\nZQ", "Grüße"),
        (b"base64", b"R3LDvMOfZQ=", "Grüße"),
        (b"base64", b"Das ist gar kein base64, sondern: Text!", "Das ist gar kein base64, sondern: Text!"),
        (b"quoted-printable", b"Gr=C3=BC=C3=\n=9Fe =zz", "Grüße =zz"),
        (b"x-uuencode", b"begin 644 a.txt\n&1W+#O,.?\n`\nend\n", "Grüß"),
        (b"7bit", b"abc", "abc"),
        (b"quatsch", b"abc", "abc"),
    ],
)
def test_transfer_encodings_and_their_damage(encoding: bytes, raw: bytes, text: str) -> None:
    extra = b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: " + encoding + b"\n"
    assert read_mail(mail(raw, extra=extra)).body == text


def test_long_text_is_cut_with_a_note_and_kept_whole_beside() -> None:
    record = read_mail(mail(b"wort\n" * 60_000))
    assert len(record.body) <= 200_000
    assert record.body.startswith("wort\nwort")
    assert any("Anfang" in note for note in record.notes)
    assert [len(a.data) for a in record.attachments] == [300_000]


@pytest.mark.parametrize(
    ("data", "body", "note"),
    [
        (mail(b"Text\n", extra=b"Content-Type: multipart/mixed\n"), "Text", "Teile der Nachricht fehlen"),
        (mail(b"Text\n", extra=b"Content-Type: multipart/mixed; boundary=x\n"), "Text", "Teile"),
        (multipart(b"mixed", part(b"Text"))[: -len(b"--grenze--\n")], "Text", "Ende der Nachricht fehlt"),
        (multipart(b"mixed", part(b"Text")).replace(b"=grenze", b"=falsch"), "Text", "Trennlinie"),
        (mail(b"Text", extra=b"Content-Type: ;;;\n"), "Text", "Content-Type"),
        (mail(b"Text", extra=b"Content-Type: text\n"), "Text", "Content-Type"),
        (mail(b""), "", "keinen lesbaren Text"),
    ],
)
def test_broken_structure_is_repaired_and_named(data: bytes, body: str, note: str) -> None:
    record = read_mail(data)
    assert record.body == body
    assert any(note in line for line in record.notes)


def test_parts_without_header_keep_their_first_lines() -> None:
    data = (
        HEAD
        + b"Content-Type: multipart/mixed; boundary=grenze\n\n--grenze\nOrt: Rathaus\nBis bald\n--grenze--\n"
    )
    assert read_mail(data).body == "Ort: Rathaus\nBis bald"


def test_preamble_and_epilogue_are_no_text() -> None:
    data = (
        HEAD
        + b"Content-Type: multipart/mixed; boundary=g\n\nvorher\n--g\n\nText\n--g--\nnachher\n--g\n\nmehr\n"
    )
    assert read_mail(data).body == "Text"


def test_body_is_cleaned_for_the_terminal() -> None:
    record = read_mail(mail(b"a\x1b]0;Titel\x07b\tc\x0bd\r\n\x9b2J"))
    assert "\x1b" not in record.body
    assert record.body.split("\n") == ["a\ufffd]0;Titel\ufffdb c", "d", "›2J"]
