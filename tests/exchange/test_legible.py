"""Words are found in whatever coding or packing a file has, and what stays shut says so."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from typing import Any, Final

import pytest

from legible_kit import TEXT, letter, locked, packed, word_file
from ob_buero_tui.exchange import legible_pdfs
from ob_buero_tui.exchange.apart import ReaderDied, read_apart
from ob_buero_tui.exchange.legible import PdfWords, Reading
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.person_patterns import Known
from ob_buero_tui.rules.person_words import SURE, PersonWords

WORDS: Final = PersonWords([Known(given="Hülya", family="Quittenbaum")])


def workbook() -> bytes:
    """A list in which given and family name were first met far apart."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    made = io.BytesIO()
    with Workbook(made) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((("Hülya", "Lang"), ("Otto", "Quittenbaum"), ("Hülya", "Quittenbaum"))):
            sheet.write_row(number, 0, row)
    return made.getvalue()


def pdf(text: str) -> bytes:
    """A page with some text, compressed as every program does it."""
    lines = "".join(f"({line}) Tj T* " for line in text.split("\n"))
    page = zlib.compress(f"BT /F 12 Tf 14 TL 50 700 Td {lines}ET".encode("cp1252"))
    body = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(
        (
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
            b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(page), page),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        ),
        1,
    ):
        places.append(b"%010d 00000 n \n" % len(body))
        body += b"%d 0 obj%s\nendobj\n" % (number, one)
    end = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + b"".join(places) + end


def nested() -> bytes:
    """A Word file in an archive in a forwarded letter."""
    archive = packed(in__brief_docx=word_file())
    inner = letter(archive, kind='application/octet-stream; name="x.bin"')
    return letter(inner, kind="message/rfc822")


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
        for data in files:
            Reading(data, pdfs=pdfs).look_ahead()
        readings = [Reading(data, pdfs=pdfs) for data in files]
        hits = [any(WORDS.kinds(text) & SURE for text in one.texts()) for one in readings]
        assert hits == [True, True, fake is dying, False]
        assert [one.closed for one in readings] == [False, False, False, True]
        assert asked == calls


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
        (packed(brief_txt=TEXT)[:60], True, False),
        (b"%PDF-1.7 cut off", True, False),
        (b"Rar!\x1a\x07\x01\0", True, False),
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
