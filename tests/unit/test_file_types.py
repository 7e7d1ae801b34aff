"""What a file is by its bytes: nothing that runs is ever opened, whatever it is called."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ob_buero_tui.rules.file_types import HEAD, Handling, ending_of, look, needs_all

OPEN, SAVE, NEVER = Handling.OEFFNEN, Handling.SPEICHERN, Handling.NIE
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def packed(*names: str, first: str = "[Content_Types].xml", content: str = "<x/>") -> bytes:
    """A ZIP archive with parts of these names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        stored = zipfile.ZIP_STORED if first == "mimetype" else zipfile.ZIP_DEFLATED
        archive.writestr(first, content, compress_type=stored)
        for name in names:
            archive.writestr(name, "<x/>" * 50)
    return made.getvalue()


def compound(*streams: str) -> bytes:
    """Bytes like those of an old office file with these streams."""
    return OLE + b"".join(name.encode("utf-16-le").ljust(128, b"\x00") for name in streams)


ODT = "application/vnd.oasis.opendocument.text"
FILES = [
    ("brief.pdf", b"%PDF-1.7\n...", OPEN, "pdf"),
    ("bild.JPG", b"\xff\xd8\xff\xe0JFIF", OPEN, "jpg"),
    ("plan.png", b"\x89PNG\r\n\x1a\n....", OPEN, "png"),
    ("plan.bmp", b"BM" + b"\x10\x00\x00\x00" + b"\x00" * 8, OPEN, "bmp"),
    ("foto.heic", b"\x00\x00\x00\x18ftypheic....", OPEN, "heic"),
    ("brief.docx", packed("word/document.xml"), OPEN, "docx"),
    ("liste.xlsx", packed("xl/workbook.xml"), OPEN, "xlsx"),
    ("text.odt", packed("content.xml", first="mimetype", content=ODT), OPEN, "odt"),
    ("alt.doc", compound("WordDocument"), OPEN, "doc"),
    ("alt.xls", compound("Workbook"), OPEN, "xls"),
    ("post.msg", compound("__substg1.0_0037001F"), OPEN, "msg"),
    ("liste.csv", b"Name;Ort\n", OPEN, "csv"),
    ("notiz.txt", "Grüße".encode("cp1252"), OPEN, "txt"),
    ("brief.rtf", b"{\\rtf1 Guten Tag}", OPEN, "rtf"),
    ("ton.mp3", b"ID3\x03", OPEN, "mp3"),
    ("post.zip", packed("a.txt", first="b.txt"), SAVE, "zip"),
    ("post.7z", b"7z\xbc\xaf\x27\x1c...", SAVE, "7z"),
    ("alt.ppt", compound("PowerPoint Document"), SAVE, "ppt"),
    ("geheim.docx", compound("EncryptedPackage"), SAVE, ""),
    ("rechnung.xml", b'<?xml version="1.0"?><Invoice/>', SAVE, "xml"),
    ("objekt.rtf", b"{\\rtf1{\\object\\objdata 0105}}", SAVE, ""),
    ("daten.bin", b"\x01\x02\x00\x03", SAVE, ""),
    ("leer.pdf", b"", SAVE, ""),
    ("setup.exe", b"MZ\x90\x00", NEVER, "exe"),
    ("rechnung.pdf", b"MZ\x90\x00", NEVER, "exe"),
    ("rechnung.pdf.exe", b"%PDF-1.4", NEVER, ""),
    ("rechnung.exe. ", b"harmlos", NEVER, ""),
    ("skript", b"#!/bin/sh\nrm", NEVER, ""),
    ("lauf.txt", b"@echo off\r\ndel", NEVER, ""),
    ("makro.docm", packed("word/document.xml"), NEVER, ""),
    ("makro.docx", packed("word/document.xml", "word/vbaProject.bin"), NEVER, ""),
    ("makro.xlsx", packed("xl/workbook.xml", "xl/macrosheets/sheet1.xml"), NEVER, ""),
    ("makro.odt", packed("Basic/script-lc.xml", first="mimetype", content=ODT), NEVER, ""),
    ("makro.doc", compound("WordDocument", "Macros", "VBA"), NEVER, ""),
    ("makro.xls", compound("Workbook", "_VBA_PROJECT_CUR"), NEVER, ""),
    ("xlm.xls", compound("Workbook") + b"\x85\x00\x0e\x00\x01\x02\x03\x04\x00\x01\x06\x00Makro1", NEVER, ""),
    ("app.zip", packed("META-INF/MANIFEST.MF", first="A.class"), NEVER, "jar"),
    ("seite.html", b"<p>Hallo</p>", NEVER, "html"),
    ("seite.txt", b"<!DOCTYPE html><script>", NEVER, "html"),
    ("bild.svg", b'<?xml version="1.0"?><svg onload="x()"/>', NEVER, "html"),
    ("ziel.url", b"[InternetShortcut]\r\nURL=x", NEVER, "url"),
    ("ziel.txt", b"[Desktop Entry]\nExec=x", NEVER, "url"),
    ("ziel.lnk", b"L\x00\x00\x00\x01\x14\x02\x00", NEVER, "lnk"),
    ("cd.iso", b"\x00" * 32769 + b"CD001", NEVER, "iso"),
    ("cd.dat", b"\x00" * 32769 + b"CD001", NEVER, "iso"),
]


@pytest.mark.parametrize(("name", "data", "handling", "ending"), FILES, ids=[each[0] for each in FILES])
def test_kinds(name: str, data: bytes, handling: Handling, ending: str) -> None:
    found = look(name, data)
    assert (found.handling, found.ending) == (handling, ending), found
    assert bool(found.why) == (handling is not OPEN)
    assert found.label


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("rechnung.pdf", b"MZ\x90", "Der Name endet auf .pdf, der Inhalt ist: Programm."),
        ("foto.jpg", b"\x89PNG\r\n\x1a\n", "Der Name endet auf .jpg, der Inhalt ist: Bild (PNG)."),
        ("brief.docx", b"%PDF-1.7", "Der Name endet auf .docx, der Inhalt ist: PDF-Dokument."),
        ("foto.jpeg", b"\xff\xd8\xff", ""),
        ("notiz.txt", b"Text", ""),
        ("liste.csv", b"a;b", ""),
        ("ohne endung", b"%PDF-1.7", ""),
    ],
)
def test_a_name_that_says_something_else_is_named(name: str, data: bytes, told: str) -> None:
    assert look(name, data).mismatch == told


def test_what_is_opened_gets_the_ending_of_its_content() -> None:
    assert look("foto.jpg", b"%PDF-1.7").ending == "pdf"


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("a.PDF", "pdf"),
        ("a.pdf . ", "pdf"),
        ("ordner.x/ohne", ""),
        ("a", ""),
        ("..\\a.exe", "exe"),
        (".", ""),
    ],
)
def test_endings(name: str, ending: str) -> None:
    assert ending_of(name) == ending


RUNS = st.sampled_from([b"MZ", b"\x7fELF", b"#!", b"L\x00\x00\x00\x01\x14\x02\x00"])


@given(RUNS, st.binary(max_size=300), st.text(max_size=30))
def test_a_program_is_never_opened_whatever_its_name(start: bytes, rest: bytes, name: str) -> None:
    assert look(name, start + rest).handling is NEVER


@given(st.binary(max_size=2000), st.sampled_from(["exe", "bat", "js", "docm", "lnk", "desktop", "ps1"]))
def test_an_ending_that_runs_is_never_opened_whatever_its_content(data: bytes, ending: str) -> None:
    assert look(f"datei.{ending}", data).handling is NEVER


@given(st.binary(max_size=400))
def test_the_head_is_enough_for_everything_that_does_not_need_all(data: bytes) -> None:
    whole = data + b"\x00" * HEAD
    assert needs_all(whole) or look("x", whole) == look("x", whole[:HEAD])
