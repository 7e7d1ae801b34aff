"""The letters of a request for the E-Akte: as they came, what came with them, and as they left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.exchange.case_out import CaseFileOut
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.answers.kept import ENDINGS
from ob_buero_tui.services.answers.outbox import file_name
from ob_buero_tui.services.answers.views import HOW_LABELS, How
from ob_buero_tui.services.attachments import harmless_name
from ob_buero_tui.services.export.case_levels import count_kept, stricter_events
from ob_buero_tui.services.export.case_sheet import SheetText
from ob_buero_tui.services.export.wanted import Wanted
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.documents import Attachment, Document, DocumentState, ImportedFile
from ob_buero_tui.store.requests import Message, Request

_TYPES = {
    ".eml": "message/rfc822",
    ".msg": "application/vnd.ms-outlook",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A file of the folder before its bytes are there: they are kept under a hash, or set from a text."""

    file: CaseFileOut
    sha256: str = ""
    sheet: SheetText | None = None


def letters_of(place: Workplace, session: Session, request: Request) -> tuple[list[Letter], list[str]]:
    """The files of a request, and in words what of it stays in the office."""
    query = select(Document).where(Document.request_id == request.id).order_by(Document.id)
    written, wanted = session.scalars(query).all(), Wanted()
    stricter = stricter_events(session, request)
    told = [
        row
        for row in written
        if row.event_id not in stricter and wanted.sees(row.confidentiality) is View.FULL
    ]
    sent = [row for row in told if row.state == DocumentState.HINAUS.value]
    taken: set[str] = set()
    found = [*_came(place, session, request), *_with_them(session, request, sent, stricter)]
    for row in sent:
        found += _left(place, request, row)
    stays = []
    if hidden := len(written) - len(told):
        stays.append(f"{plural(hidden, 'Schreiben', 'Schreiben')} wegen Vertraulichkeit")
    if drafts := len(told) - len(sent):
        stays.append(f"{plural(drafts, 'Entwurf', 'Entwürfe')}, nicht hinausgegangen")
    if kept := count_kept(session, request, stricter):
        pieces = plural(kept, "Stück", "Stücke")
        hangs = "das {0} hängt" if kept == 1 else "die {0} hängen"
        stays.append(f"{pieces}, {hangs.format('auch an einem strengeren Termin')}")
    return [_placed(one, taken) for one in found], stays


def _came(place: Workplace, session: Session, request: Request) -> Iterator[Letter]:
    """The letters as they came, byte for byte."""
    received = place.local(request.received_at).date()
    rows = session.scalars(select(Message).where(Message.request_id == request.id).order_by(Message.id))
    for row in rows:
        if not row.original_sha256:
            continue
        name = session.scalar(select(ImportedFile.name).where(ImportedFile.sha256 == row.original_sha256))
        ending = Path(name or "").suffix.lower()
        ending = ending if ending in _TYPES else ".eml"
        title = clean(row.subject or request.subject, limit=200) or "Nachricht"
        on = place.local(row.sent_at).date() if row.sent_at else received
        yield Letter(file=_file("Eingang", title, on, ending), sha256=row.original_sha256)


def _with_them(
    session: Session, request: Request, sent: Sequence[Document], stricter: frozenset[int]
) -> Iterator[Letter]:
    """What came with the letters, and what was put to those that left; a draft's files stay with it."""
    left = {row.id for row in sent}
    mine = (Attachment.request_id == request.id) | Attachment.document_id.in_(left)
    for row in session.scalars(select(Attachment).where(mine).order_by(Attachment.id)):
        if row.event_id in stricter or (row.document_id is not None and row.document_id not in left):
            continue
        name = harmless_name(row.filename)
        known = row.media_type or "application/octet-stream"
        file = CaseFileOut(path=f"Anlagen/{name}", kind="Anlage", title=name, media_type=known)
        yield Letter(file=file, sha256=row.sha256)


def _left(place: Workplace, request: Request, row: Document) -> Iterator[Letter]:
    """A letter as the file that left, and its text on a sheet unless it left as PDF."""
    on = place.local(row.sent_at).date() if row.sent_at else None
    title = clean(row.title, limit=200) or "Schreiben"
    ending = ENDINGS.get(row.sent_how, "")
    if ending and row.sha256:
        yield Letter(file=_file("Ausgang", title, on, ending), sha256=row.sha256)
    if ending != ".pdf":
        to = (row.recipient_name, row.recipient_address, row.recipient_email)
        how = HOW_LABELS[How(row.sent_how)] if row.sent_how in frozenset(How) else ""
        facts = (
            ("An", "\n".join(part for part in to if part)),
            ("Hinaus am", f"{on:%d.%m.%Y}" if on else ""),
            ("Als", how),
            ("Durch", row.sent_by),
        )
        text = (("Text", tuple(row.text.split("\n\n"))),)
        sheet = SheetText(number=request.number, title=row.title, facts=facts, sections=text)
        yield Letter(file=_file("Ausgang", f"{title} (Text)", on, ".pdf"), sheet=sheet)


def _file(folder: str, title: str, on: date | None, ending: str) -> CaseFileOut:
    """A file in the part of the folder that is called as its kind."""
    name = file_name(on.isoformat() if on else "", title, ending)
    return CaseFileOut(path=f"{folder}/{name}", kind=folder, title=title, on=on, media_type=_TYPES[ending])


def _placed(one: Letter, taken: set[str]) -> Letter:
    """The file under a name that no other one of the folder has, on any system."""
    path, count = one.file.path, 1
    while path.casefold() in taken:
        count += 1
        stem, dot, ending = one.file.path.rpartition(".")
        path = f"{stem} ({count}).{ending}" if dot else f"{one.file.path} ({count})"
    taken.add(path.casefold())
    return replace(one, file=replace(one.file, path=path))
