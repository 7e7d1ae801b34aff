"""Attachments of a request or an appointment: listed by what they are, opened from a harmless copy, saved."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.file_types import HEAD, FileKind, Handling, ending_of, look, needs_all
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.system_errors import system_reason
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.requests.verbs import refuse_hidden
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.documents import Attachment
from ob_buero_tui.store.requests import Request

GONE: Final = "Die Datei liegt nicht mehr beim Büro"
_UNFIT: Final = re.compile(r'[\x00-\x1f<>:"/\\|?*\ufffd]+')
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_NAME_BYTES: Final = 180
_BY_IT: Final = "Mit s legen Sie eine Kopie ab, damit die IT sie prüfen kann."


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentFile:
    """One file that came with a request.

    Args:
        name: Harmless to draw; the file may have been called something longer.
        size: Bytes.
        media_type: What the sender said it is.
        verdict: What may be done with it; `why` says why it is not opened.
        label: German, what it is by its content.
        mismatch: German sentence where name and content disagree.
    """

    id: int
    name: str
    size: int
    media_type: str
    verdict: Handling
    label: str
    why: str = ""
    mismatch: str = ""


def attachments_of(place: Workplace, request_id: int) -> tuple[AttachmentFile, ...]:
    """The attachments of a request in their order; none of one that is personal to another desk."""
    with place.reading() as session:
        request = session.get(Request, request_id)
        if request is None or place.sees(request.confidentiality, request.owner) is not View.FULL:
            return ()
        rows = session.scalars(
            select(Attachment).where(Attachment.request_id == request_id).order_by(Attachment.id)
        ).all()
    return tuple(_seen(place, row) for row in rows)


def documents_of(place: Workplace, event_id: int) -> tuple[AttachmentFile, ...]:
    """The files of an appointment in their order; none of one that is shown as belegt here."""
    with place.reading() as session:
        event = session.get(Event, event_id)
        if event is None or place.sees(event.confidentiality, event.owner) is not View.FULL:
            return ()
        rows = session.scalars(
            select(Attachment).where(Attachment.event_id == event_id).order_by(Attachment.id)
        ).all()
    return tuple(_seen(place, row) for row in rows)


def open_copy(place: Workplace, attachment_id: int, folder: Path) -> Path:
    """Write a copy that may be opened: read-only, with a clean name and the ending of its content.

    Args:
        folder: A private folder of this process.

    Raises:
        Refusal: it must not be opened, is gone, or cannot be written.
    """
    row = _row(place, attachment_id)
    data = _bytes(place, row)
    kind = look(row.filename, data)
    if kind.handling is not Handling.OEFFNEN:
        raise Refusal(
            f"„{clean(row.filename, limit=80)}“ wird nicht geöffnet.",
            f"Es ist: {kind.label}; {kind.why}. {kind.mismatch}".rstrip(),
            _BY_IT if kind.handling is Handling.NIE else "Mit s legen Sie eine Kopie ab.",
        )
    stem = Path(harmless_name(row.filename)).stem or "Anhang"
    return write_copy(data, folder, f"{stem}.{kind.ending}", 0o400)


def export(place: Workplace, attachment_ids: Sequence[int], folder: Path) -> tuple[Path, ...]:
    """Save attachments into a folder as they came, never over another file.

    Raises:
        Refusal: the folder is not there or does not take them, or a file is gone.
    """
    if not folder.is_dir():
        raise Refusal(
            "Es wurde nichts abgelegt.",
            f"Den Ordner „{clean(str(folder), limit=200)}“ gibt es nicht.",
            "Legen Sie ihn an, oder nennen Sie einen anderen.",
        )
    written = []
    for key in attachment_ids:
        row = _row(place, key)
        written.append(write_copy(_bytes(place, row), folder, harmless_name(row.filename), 0o600))
    return tuple(written)


def harmless_name(name: str) -> str:
    """A file name from a sender's: no folders, no controls, nothing that a file system or shell reads."""
    bare = _UNFIT.sub("_", clean(re.split(r"[/\\]", name)[-1], limit=1000)).strip(" .~-")
    stem, ending = os.path.splitext(bare)
    room = _NAME_BYTES - len(ending.encode())
    stem = stem.encode()[: max(0, room)].decode("utf-8", "ignore").strip()
    found = f"{stem}{ending[:40]}" or "Anhang"
    return f"_{found}" if _RESERVED.fullmatch(found) else found


def _seen(place: Workplace, row: Attachment) -> AttachmentFile:
    path = place.attachments.path(row.sha256)
    try:
        with path.open("rb") as file:
            data = file.read(HEAD)
            if needs_all(data):
                data += file.read()
        kind = look(row.filename, data)
    except OSError as error:
        missing = GONE if isinstance(error, FileNotFoundError) else system_reason(error)
        kind = FileKind(label=ending_of(row.filename) or "?", handling=Handling.NIE, why=missing)
    return AttachmentFile(
        id=row.id,
        name=clean(row.filename, limit=300),
        size=row.size,
        media_type=row.media_type,
        verdict=kind.handling,
        label=kind.label,
        why=kind.why,
        mismatch=clean(kind.mismatch),
    )


def _row(place: Workplace, attachment_id: int) -> Attachment:
    with place.reading() as session:
        row = session.get(Attachment, attachment_id)
        if row is None:
            raise Refusal(
                "Diese Datei gibt es nicht mehr.",
                "",
                "Vielleicht wurde der Schritt zurückgenommen, mit dem sie kam.",
            )
        _refuse_unseen(place, session, row)
        return row


def _refuse_unseen(place: Workplace, session: Session, row: Attachment) -> None:
    request = session.get(Request, row.request_id) if row.request_id is not None else None
    if request is not None:
        refuse_hidden(place, request)
    event = session.get(Event, row.event_id) if row.event_id is not None else None
    if event is not None and place.sees(event.confidentiality, event.owner) is not View.FULL:
        raise Refusal(
            "Der Termin ist persönlich.",
            "Seine Unterlagen öffnet nur der Platz, dem er gehört.",
            "Wenden Sie sich an die Kollegin oder den Kollegen.",
        )


def _bytes(place: Workplace, row: Attachment) -> bytes:
    try:
        return place.attachments.read(row.sha256)
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        raise Refusal(
            f"„{clean(row.filename, limit=80)}“ ist nicht zu lesen.",
            f"{GONE}." if missing else f"Das Betriebssystem meldet: {system_reason(error)}.",
            "Fragen Sie die IT nach dem Ordner der Anhänge und seiner Sicherung.",
        ) from error


def write_copy(data: bytes, folder: Path, name: str, mode: int) -> Path:
    """Write bytes under a name that is free; nothing half-written stays.

    Raises:
        Refusal: the folder does not take them.
    """
    stem, ending = os.path.splitext(name)
    try:
        for count in range(1, 10_000):
            target = folder / (name if count == 1 else f"{stem} ({count}){ending}")
            try:
                handle = os.open(
                    target, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), mode
                )
            except FileExistsError:
                continue
            try:
                with open(handle, "wb") as file:
                    file.write(data)
            except BaseException:
                target.unlink(missing_ok=True)
                raise
            return target
    except OSError as error:
        raise Refusal(
            f"„{clean(name, limit=80)}“ wurde nicht abgelegt.",
            f"Ordner „{clean(str(folder), limit=200)}“: {system_reason(error)}.",
            "Schaffen Sie Platz, oder nennen Sie einen anderen Ordner.",
        ) from error
    raise Refusal(
        "Es wurde nichts abgelegt.", "In diesem Ordner ist kein Name mehr frei.", "Nennen Sie einen anderen."
    )
