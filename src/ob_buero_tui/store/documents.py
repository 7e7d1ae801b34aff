"""Documents the office writes, the attachments it receives, and the files already imported."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.store.base import STRICT, Journaled, one_of
from ob_buero_tui.store.types import Utc


class DocumentState(StrEnum):
    """How far a document of the office is."""

    ENTWURF = "entwurf"
    FREIGEGEBEN = "freigegeben"
    HINAUS = "hinaus"


class Document(Journaled):
    """An answer, letter or speech; a request may have several.

    `kind` is antwort, brief or grusswort; `recipient_address` has one line per line of the envelope;
    `size_limit` counts characters with blanks. `sent_how` is email, mailto, kopiert, docx or pdf, and
    `sha256` names the bytes of the file that left.
    """

    __tablename__ = "document"
    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    kind: Mapped[str]
    title: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    template: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=DocumentState.ENTWURF.value)
    recipient_name: Mapped[str] = mapped_column(default="")
    recipient_address: Mapped[str] = mapped_column(default="")
    recipient_email: Mapped[str] = mapped_column(default="")
    size_limit: Mapped[int | None]
    released_at: Mapped[Utc | None]
    released_by: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[Utc | None]
    sent_by: Mapped[str] = mapped_column(default="")
    sent_how: Mapped[str] = mapped_column(default="")
    message_id: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str] = mapped_column(default="")
    confidentiality: Mapped[str] = mapped_column(default=Confidentiality.INTERN.value)

    __table_args__ = (
        one_of("state", DocumentState),
        one_of("confidentiality", Confidentiality),
        Index(None, "message_id"),
        STRICT,
    )


class Attachment(Journaled):
    """A file of a request or an appointment; its bytes lie beside the database under `sha256`."""

    __tablename__ = "attachment"
    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    filename: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]

    __table_args__ = (Index(None, "sha256"), STRICT)


class ImportedFile(Journaled):
    """Bytes that were imported and not undone: undoing the import removes the row, so they may come again."""

    __tablename__ = "imported_file"
    sha256: Mapped[str]
    name: Mapped[str]
    format: Mapped[str]
    imported_at: Mapped[Utc]

    __table_args__ = (Index(None, "sha256", unique=True), STRICT)
