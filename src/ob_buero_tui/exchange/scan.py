"""What a scan station or Word leaves in a folder: a picture or a document, and its text where it has one."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec

from ob_buero_tui.exchange.apart import ReaderDied, read_apart
from ob_buero_tui.exchange.html_text import tidy
from ob_buero_tui.exchange.scan_text import TEXT_LIMIT
from ob_buero_tui.exchange.zip_guard import open_office_zip
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
    (b"II*\0", "image/tiff", ".tif"),
    (b"MM\0*", "image/tiff", ".tif"),
    (b"PK\x03\x04", _WORD, ".docx"),
)
_SAME = {".jpeg": ".jpg", ".tiff": ".tif"}
_TOO_MUCH = "Das Lesen brauchte zu viel Zeit oder Speicher."
_LEAST = 100
"""Bytes: no picture and no document is smaller."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A document as it is taken in.

    Args:
        text: Cleaned text, "" where it has none.
        bold: The first bold line of a Word file.
        notes: German sentences on why text is missing or cut, or on a wrong ending.
    """

    media_type: str
    text: str = ""
    bold: str = ""
    notes: tuple[str, ...] = ()


def read_scan(data: bytes, ending: str) -> Scan:
    """Look at a document by its bytes and read what text it has.

    Args:
        ending: Of the file's name, in lower case with its dot.

    Raises:
        Refusal: it is neither picture nor document, or unpacks to too much.
    """
    what = "Die Datei ist kein Scan und kein Dokument, das sich lesen lässt."
    if len(data) < _LEAST or not data.strip(b"\0"):
        why = "Sie ist leer." if not data.strip(b"\0") else "Sie ist zu klein und wohl abgebrochen."
        raise Refusal(what, why, "Bitte noch einmal scannen oder speichern.")
    media_type, found = _kind(data, ending)
    if not media_type:
        why = f"Ihr Inhalt passt nicht zur Endung {ending}."
        raise Refusal(what, why, "Bitte prüfen, woher sie stammt, und noch einmal scannen.")
    notes = []
    if found != _SAME.get(ending, ending):
        notes.append(f"Die Datei heißt {ending}, ist aber {found}.")
    text, bold, problem = "", "", ""
    if found == ".pdf":
        text, problem = _pdf(data)
    elif found == ".docx":
        text, bold, problem = _docx(data)
    if problem:
        notes.append(f"Text nicht lesbar: {problem}")
    elif len(text) > TEXT_LIMIT:
        notes.append("Der Text wurde nach 100.000 Zeichen abgeschnitten; der ganze liegt als Anhang bei.")
    elif found in (".pdf", ".docx") and not text.strip():
        notes.append("Das Dokument enthält keinen Text, nur Bilder.")
    body = clean(tidy(text), multiline=True, limit=TEXT_LIMIT)
    return Scan(media_type=media_type, text=body, bold=clean(bold, limit=200), notes=tuple(notes))


def _kind(data: bytes, ending: str) -> tuple[str, str]:
    """Type and ending by content; a locked Word file is known by its ending alone."""
    if b"%PDF-" in data[:1024]:
        return "application/pdf", ".pdf"
    if data.startswith(_OLE) and ending == ".docx":
        return _WORD, ".docx"
    return next(((kind, end) for magic, kind, end in _MAGIC if data.startswith(magic)), ("", ""))


def _pdf(data: bytes) -> tuple[str, str]:
    """The text layer of the first pages, and why there is none."""
    if find_spec("pypdf") is None:
        return "", "Das Zusatzpaket „pdf“ (pypdf) fehlt; die IT kann es installieren."
    try:
        text, problem = read_apart("pdf", data, ".pdf")
    except ReaderDied:
        return "", _TOO_MUCH
    return text, problem


def _docx(data: bytes) -> tuple[str, str, str]:
    """Text, first bold line, and why there is none.

    Raises:
        Refusal: it unpacks to too much, or is another kind of archive.
    """
    if data.startswith(_OLE):
        return "", "", "Das Dokument ist mit einem Kennwort geschützt."
    what = "Die Datei ist keine Word-Datei."
    try:
        archive = open_office_zip(data, what)
    except Refusal as refusal:
        if "beschädigt" in refusal.why:
            return "", "", "Das Dokument ist beschädigt."
        raise
    if "word/document.xml" not in archive.namelist():
        raise Refusal(what, "Sie ist ein anderes Archiv.", "Bitte das Dokument in Word als .docx speichern.")
    if find_spec("docx") is None:
        return "", "", "Das Zusatzpaket „word“ (python-docx) fehlt; die IT kann es installieren."
    try:
        text, bold, problem = read_apart("docx", data, ".docx")
    except ReaderDied:
        return "", "", _TOO_MUCH
    return text, bold, problem
