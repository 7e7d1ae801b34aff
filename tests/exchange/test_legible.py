"""Words are found in whatever coding or packing a file has, and what stays shut says so."""

from __future__ import annotations

import bz2
import gzip
import io
import zlib
from collections.abc import Callable
from typing import Any, Final

import pytest

from legible_kit import TEXT, calendar, card, letter, locked, packed, pdf, stream, tar, word_file, written
from ob_buero_tui.exchange import legible, legible_mail, legible_pdfs
from ob_buero_tui.exchange.apart import ReaderDied, read_apart
from ob_buero_tui.exchange.legible import PdfWords, Reading
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.person_patterns import Known
from ob_buero_tui.rules.person_words import SURE, PersonWords

WORDS: Final = PersonWords([Known(given="Hülya", family="Quittenbaum")])

ENVELOPED: Final = bytes.fromhex("308006092a864886f70d010703a080")
"""How what is encrypted by S/MIME begins."""


def workbook() -> bytes:
    """A list in which given and family name were first met far apart."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    made = io.BytesIO()
    with Workbook(made) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(
            (("Hülya", "Lang"), ("Otto", "Kern"), ("Ida", "Wolf"), ("Hülya", "Quittenbaum"))
        ):
            sheet.write_row(number, 0, row)
    return made.getvalue()


def nested() -> bytes:
    """A Word file in an archive in a forwarded letter."""
    archive = packed(in__brief_docx=word_file())
    inner = letter(archive, kind='application/octet-stream; name="x.bin"')
    return letter(inner, kind="message/rfc822")


def mailbox(*letters: bytes) -> bytes:
    """Letters as Thunderbird keeps them."""
    return b"\n".join(b"From a@b Wed Nov 18 09:00:00 2026\n" + one for one in letters)


def cut_in_a_letter() -> bytes:
    """A line that ends inside of the two bytes of a letter."""
    return calendar("Frau Hülya Quittenbaum").replace(b"\xc3\xbc", b"\xc3\r\n \xbc")


READABLE: Final[dict[str, tuple[Callable[[], bytes], str]]] = {
    "base64": (lambda: letter(TEXT.encode()), ".eml"),
    "quoted-printable": (lambda: letter(TEXT.encode("latin-1"), "quoted-printable"), ".eml"),
    "base64 of UTF-16": (lambda: letter(TEXT.encode("utf-16"), kind="text/plain; charset=utf-16"), ""),
    "HTML in base64": (lambda: letter(b"<p>H&uuml;lya <b>Quitten</b>baum</p>", kind="text/html"), ""),
    "encoded head": (lambda: b"From: =?utf-8?q?H=C3=BClya_Quittenbaum?= <x@example.org>\n\nHallo", ".eml"),
    "UTF-16": (lambda: TEXT.encode("utf-16"), ".txt"),
    "not UTF-16 in spite of its mark": (lambda: b"\xff\xfe" + TEXT.encode() * 3, ""),
    "letters without an end": (lambda: b"<" + b"a" * 100_000 + b" " + TEXT.encode() + b"<p>", ""),
    "UTF-16 without its mark": (lambda: TEXT.encode("utf-16-be"), ""),
    "UTF-16 letter": (lambda: letter(TEXT.encode()).decode().encode("utf-16"), ".eml"),
    "old Office file": (lambda: b"\x01\x02\x03\xff" * 900 + TEXT.encode("utf-16-le") + b"\x05\xfe" * 900, ""),
    "RTF": (lambda: rb"{\rtf1\ansi H\'fclya Quitten\b baum\par}", ".rtf"),
    "gzip": (lambda: gzip.compress(TEXT.encode()), ".gz"),
    "mailbox": (lambda: b"From x Wed Nov 18 09:00:00 2026\n" + letter(TEXT.encode()), ".mbox"),
    "zip": (lambda: packed(brief_txt=TEXT.encode("cp1252")), ".zip"),
    "name in a zip": (lambda: packed(**{"Hülya Quittenbaum_jpg": b"\xff\xd8\xff"}), ".zip"),
    "Word": (word_file, ".docx"),
    "OpenDocument": (
        lambda: packed(content_xml="<o><text:p>H&#252;lya<text:s/>Quittenbaum</text:p></o>"),
        "",
    ),
    "Excel": (workbook, ".xlsx"),
    "nested": (nested, ".eml"),
    "folded calendar": (lambda: calendar("Frau Hülya Quit\r\n tenbaum"), ".ics"),
    "letter that is folded": (cut_in_a_letter, ""),
    "folded calendar in a letter": (
        lambda: letter(calendar("Frau H\r\n\tülya Quittenbaum"), kind="text/calendar; charset=utf-8"),
        ".eml",
    ),
    "calendar's comma": (lambda: calendar("Anruf: Quittenbaum\\, Hülya"), ".ics"),
    "card without a whole name": (lambda: card("N:Quittenbaum;Hülya;;;"), ".vcf"),
    "old card": (
        lambda: card("N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Quitten=", "baum;H=C3=BClya"),
        ".vcf",
    ),
    "CSV": (lambda: 'Name;Vorname\n"Quittenbaum";"Hülya"\n'.encode(), ".csv"),
    "CSV with the given name first": (lambda: "Vorname,Name\r\nHülya,Quittenbaum\r\n".encode("cp1252"), ""),
    "JSON": (lambda: b'{"n": "Frau H\\u00fclya Quittenbaum"}', ".json"),
    "fields of JSON": (lambda: b'[{"family": "Quittenbaum",\n "given": "H\\u00fclya"}]', ""),
    "attribute": (lambda: b'<a name="H&#252;lya Quittenbaum">x</a>', ".xml"),
    "attribute in a letter": (lambda: letter(b'<p title="H&uuml;lya Quittenbaum">', kind="text/html"), ""),
    "gzip in parts": (lambda: gzip.compress(b"nichts") + gzip.compress(TEXT.encode()) + bytes(9), ".gz"),
    "tar": (lambda: gzip.compress(tar(brief_docx=word_file())), ".tgz"),
    "archive that unpacks itself": (lambda: b"MZ" + bytes(200) + packed(brief_txt=TEXT), ".exe"),
    "mailbox without an ending": (lambda: mailbox(letter(b"Hallo"), letter(TEXT.encode())), ""),
}


def test_pdf_files_are_read_by_one_process_and_where_it_dies_each_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours, broken = pdf("Hülya Quitten-\nbaum"), b"%PDF-1.4 1 0 obj"
    files = [ours, letter(ours, kind='application/pdf; name="x.pdf"'), pdf("Otto Lang"), broken]
    asked: list[str] = []

    def counting(reader: str, data: bytes, ending: str) -> Any:
        asked.append(reader)
        return read_apart(reader, data, ending)

    def dying(reader: str, data: bytes, ending: str) -> Any:
        asked.append(reader)
        if reader == "many" or data == broken:
            raise ReaderDied
        return [TEXT, ""]

    for fake, calls in ((counting, ["many"]), (dying, ["many", "words", "words", "words"])):
        monkeypatch.setattr(legible_pdfs, "read_apart", fake)
        asked.clear()
        pdfs = PdfWords()
        with monkeypatch.context() as ahead:  # where nobody listens yet, nothing is told
            ahead.setattr(legible, "texts_of_bytes", None)
            ahead.setattr(legible_mail, "ways_of", None)
            for data in files:
                Reading(data, pdfs=pdfs).look_ahead()
        readings = [Reading(data, pdfs=pdfs) for data in files]
        hits = [any(WORDS.kinds(text) & SURE for text in one.texts()) for one in readings]
        assert hits == [True, True, fake is dying, False]
        assert [one.closed for one in readings] == [False, False, False, True]
        assert asked == calls


def test_a_pdf_is_read_beyond_its_pages() -> None:
    """Fields, notes, headings and files in it; one process reads all of them."""
    name = written("Hülya Quittenbaum 人")
    coded = stream(zlib.compress(TEXT.encode()), b"/Filter/FlateDecode")
    files = [
        pdf("Antrag. Name:", b"/Annots[6 0 R]", b"/AcroForm<</Fields[6 0 R]>>", b"<</FT/Tx/V%s>>" % name),
        pdf("Antrag", b"/Annots[<</Subtype/Text/Contents%s>>]" % name),
        pdf("Antrag", b"", b"/Outlines<</First 6 0 R>>", b"<</Title%s>>" % name),
        pdf("Antrag", b"", b"/Names[(x)6 0 R]", b"<</Type/Filespec/EF<</F 7 0 R>>>>", coded),
        pdf("Antrag", b"", b"/AcroForm<</XFA[(datasets)6 0 R]>>", coded),
        pdf("", b"/Annots[<</Subtype/Text/Contents%s>>]" % written("Otto")),
        pdf("Antrag", b"", b"/Names[(x)6 0 R]", b"<</EF<</F 7 0 R>>>>", stream(b"x", b"/Filter/Nix")),
    ]
    pdfs = PdfWords()
    for data in files:
        Reading(data, pdfs=pdfs).look_ahead()
    readings = [Reading(data, pdfs=pdfs) for data in files]
    hits = [any(WORDS.kinds(text) & SURE for text in one.texts()) for one in readings]
    assert hits == [True] * 5 + [False] * 2
    assert [one.picture for one in readings[5:]] == [True, False]  # a note does not make a scan legible
    assert [one.closed for one in readings] == [False] * 6 + [True]


@pytest.mark.parametrize("kind", READABLE)
def test_words_are_found_in_every_coding(kind: str) -> None:
    make, ending = READABLE[kind]
    reading = Reading(make(), ending)
    assert any(WORDS.kinds(text) & SURE for text in reading.texts())
    assert not reading.closed


@pytest.mark.parametrize(
    ("data", "closed", "picture"),
    [
        (locked(), True, False),
        (gzip.compress(bytes(range(256)) * 9)[:-12], True, False),
        (tar(brief_docx=word_file())[:700], True, False),
        (b"MZ\x90" + bytes(300), True, False),
        (b"\x78\x9f\x3e\x22" + bytes(50), True, False),
        (letter(ENVELOPED, kind="application/octet-stream; name=smime"), True, False),
        (letter(b"0\x80", kind="application/octet-stream; name=smime.p7m"), True, False),
        (b"Hallo\n-----BEGIN PGP MESSAGE-----\n\nhQEM", True, False),
        (b"From a b\nx:no head of a mail", True, False),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__substg1.0_".encode("utf-16-le"), True, False),
        (packed(brief_txt=TEXT)[:60], True, False),
        (b"%PDF-1.7 cut off", True, False),
        (b"Rar!\x1a\x07\x01\0", True, False),
        (bz2.compress(b"x"), True, False),
        (b"BZh: a text that begins so", False, False),
        (letter(b"0\x80", kind="application/pkcs7-mime"), True, False),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), False, True),
        (b"%PDF-1.4 1 0 obj", False, True),
        (letter(b"\x89PNG\r\n\x1a\n", kind="image/png"), False, False),
        (b"", False, False),
    ],
)
def test_what_stays_shut_says_so(
    data: bytes, closed: bool, picture: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(legible_pdfs, "read_apart", lambda *_: ["\n", ""])  # a document without any text
    reading = Reading(data)
    list(reading.texts())
    assert (reading.closed, reading.picture) == (closed, picture)


def test_what_is_packed_too_deep_or_too_large_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 20_000)
    deep = b"x"
    for _ in range(limits.LEGIBLE_DEPTH + 1):
        deep = packed(in_zip=deep)
    bomb = gzip.compress(bytes(limits.UNPACKED_BYTES + 1), 1)
    for data in (deep, bomb, b"From nobody\nno head"):  # the last only begins like a mailbox
        reading = Reading(data, ".mbox")
        list(reading.texts())
        assert reading.closed


def test_many_files_in_one_end_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    same = b"x"
    for _ in range(limits.LEGIBLE_DEPTH):
        same = packed(**{f"{number}_zip": same for number in range(6)})
    reading = Reading(same)
    assert sum(1 for _ in reading.texts()) < 100  # what is the same is read once
    assert not reading.closed
    many = packed(**{f"{number}_txt": f"Brief {number}" for number in range(9)})
    for limit, most, closed in (("MEMBERS", 9, True), ("MEMBERS", 10, False), ("SECONDS", -1, True)):
        monkeypatch.setattr(limits, f"LEGIBLE_{limit}", most)
        reading = Reading(many)
        list(reading.texts())
        assert reading.closed is closed


def test_of_a_picture_only_what_it_says_of_itself_is_read() -> None:
    head = b"\xff\xd8\xff" + TEXT.encode()
    noise = b"z\xe4" * limits.LEGIBLE_PICTURE
    for data in (head + noise, head[:3] + noise + TEXT.encode("cp1252")):
        texts = list(Reading(data).texts())
        assert any(WORDS.kinds(text) & SURE for text in texts)
        assert sum(map(len, texts)) <= 2 * limits.LEGIBLE_PICTURE
