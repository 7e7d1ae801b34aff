"""Files of an appointment: an invitation, a programme, a plan of the way, added by hand."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Final

from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import number
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.system_errors import system_reason
from ob_buero_tui.services.attachments import harmless_name
from ob_buero_tui.services.calendar.verbs import load
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.intake.keeping import KeptFile
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.documents import Attachment

LARGEST: Final = limits.DOCUMENT_BYTES
"""Bytes of a file; what is larger belongs on a share, not beside the database."""


def attach_file(place: Workplace, event_id: int, path: Path) -> Done:
    """Take a copy of a file to an appointment; the bytes are on the disk before a row names them.

    Raises:
        Refusal: it is no file, too large, empty, or cannot be read; or the appointment is gone.
    """
    name = shorten(clean(path.name), 80)
    if not path.is_file():
        raise Refusal(f"„{name}“ wurde nicht aufgenommen.", "Es ist keine Datei.", "Wählen Sie eine Datei.")
    try:
        size = path.stat().st_size
        data = path.read_bytes() if 0 < size <= LARGEST else b""
        sha256 = place.attachments.store(data) if data else ""
    except OSError as error:
        why = f"Das Betriebssystem meldet: {system_reason(error)}."
        raise Refusal(f"„{name}“ wurde nicht aufgenommen.", why, "Prüfen Sie Ordner und Rechte.") from error
    if not data:
        why = "Sie ist leer." if not size else f"Sie hat mehr als {number(LARGEST // 1_000_000)} MB."
        raise Refusal(f"„{name}“ wurde nicht aufgenommen.", why, "Nehmen Sie eine andere Datei.")
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    kept = KeptFile(filename=harmless_name(path.name), media_type=media_type, size=len(data), sha256=sha256)
    return add_document(place, event_id, kept)


@use_case("add_document")
def add_document(work: Work, event_id: int, file: KeptFile) -> Done:
    """Name a file that lies beside the database as one of an appointment."""
    event = load(work, [event_id])[0]
    work.session.add(
        Attachment(
            event_id=event.id,
            filename=clean(file.filename, limit=300),
            media_type=clean(file.media_type, limit=200),
            size=file.size,
            sha256=file.sha256,
        )
    )
    work.refer("event", event.id)
    return Done(ids=(event.id,), text=f"„{shorten(event.summary, 60)}“: Unterlage aufgenommen")


@sentence("add_document")
def _added(_params: Params) -> str:
    return "Unterlage aufgenommen"
