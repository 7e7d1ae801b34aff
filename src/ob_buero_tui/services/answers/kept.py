"""Answers as they left: their bytes stay beside the database, whatever becomes of the folder they went to."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.system_errors import system_reason
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.answers.outbox import file_name
from ob_buero_tui.services.answers.views import How
from ob_buero_tui.services.attachments import write_copy
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.documents import Document
from ob_buero_tui.store.requests import Request

ENDINGS: Final = {How.EMAIL.value: ".eml", How.DOCX.value: ".docx", How.PDF.value: ".pdf"}
"""How an answer leaves as a file, and what the file ends in."""


def keep(place: Workplace, data: bytes) -> str:
    """Keep the bytes of an answer that leaves; returns their hash.

    Raises:
        Refusal: the disk does not take them.
    """
    try:
        return place.attachments.store(data)
    except OSError as error:
        raise Refusal(
            "Die Antwort ist nicht hinaus.",
            f"Ihre Abschrift lässt sich nicht ablegen: {system_reason(error)}.",
            "Schaffen Sie Platz, oder fragen Sie die IT nach dem Ordner der Anhänge.",
        ) from error


def open_sent(place: Workplace, document_id: int, folder: Path) -> Path:
    """Write a copy of an answer as it left, only to be read.

    Args:
        folder: A private folder of this process.

    Raises:
        Refusal: it is not out, left without a file, is gone, or is personal to another desk.
    """
    what = "Die Antwort wird nicht gezeigt."
    with place.reading() as session:
        row = session.get(Document, document_id)
        request = session.get(Request, row.request_id) if row is not None and row.request_id else None
    if row is None or request is None:
        raise Refusal(what, "Es gibt sie nicht mehr.")
    if place.sees(row.confidentiality, request.owner) is not View.FULL:
        raise Refusal(what, "Sie ist persönlich und gehört einem anderen Platz.")
    if row.sent_how not in ENDINGS or not row.sha256:
        why = "Sie ging ohne Datei hinaus" if row.sent_how else "Sie ist noch nicht hinaus"
        raise Refusal(what, f"{why}; ihr Text steht im Abschnitt Antwort.")
    name = file_name(request.number, row.recipient_name or row.title, ENDINGS[row.sent_how])
    try:
        data = place.attachments.read(row.sha256)
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        told = "Die Abschrift liegt nicht mehr beim Büro" if missing else system_reason(error)
        raise Refusal(
            what,
            f"„{clean(name, limit=80)}“: {told}.",
            "Fragen Sie die IT nach dem Ordner der Anhänge und seiner Sicherung.",
        ) from error
    return write_copy(data, folder, name, 0o400)
