"""The frozen values of answers: what is offered, what is asked, what is written and what is out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ob_buero_tui.rules.occasions import Occasion
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.store.documents import DocumentState


class How(StrEnum):
    """How an answer leaves: `Document.sent_how`."""

    EMAIL = "email"
    MAILTO = "mailto"
    KOPIERT = "kopiert"
    DOCX = "docx"
    PDF = "pdf"


HOW_LABELS: Mapping[How, str] = {
    How.EMAIL: "E-Mail-Entwurf",
    How.MAILTO: "Mailprogramm",
    How.KOPIERT: "kopierter Text",
    How.DOCX: "Brief in Word",
    How.PDF: "Brief als PDF",
}
STATE_LABELS: Mapping[DocumentState, str] = {
    DocumentState.ENTWURF: "Entwurf",
    DocumentState.FREIGEGEBEN: "freigegeben",
    DocumentState.HINAUS: "hinaus",
}
ANSWER, SPEECH = "antwort", "grusswort"
"""Kinds of documents: an answer to somebody, or a text of the mayor that is counted in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Whom an answer is for; the address has one line for each line of the envelope."""

    name: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A fact that a text needs and the record lacks; the type is text, langtext, datum or datumzeit."""

    key: str
    label: str
    type: str = "text"
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A text module, or a text already begun, to go on with."""

    key: str
    label: str
    occasion: Occasion | None = None
    document_id: int | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An answer as far as it is: what the dialog shows.

    Args:
        module: Key of the text module; empty for a free text.
        kind: `antwort` or `grusswort`.
        version: Version of the stored document; None while there is none.
        given: What was typed into the questions, kept to be stored where it belongs.
        basis: What the text rests on, see `guarding.stance`; an answer that was overtaken stays in the house.
        signature: Lines that go below the text when it leaves.
        notices: What the clerk should know before it leaves, German sentences.
    """

    request_id: int
    number: str
    kind: str = ANSWER
    module: str = ""
    label: str = ""
    title: str = ""
    text: str = ""
    recipient: Recipient = field(default_factory=Recipient)
    questions: tuple[Question, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)
    signature: tuple[str, ...] = ()
    size_limit: int | None = None
    confidentiality: Confidentiality = Confidentiality.INTERN
    state: DocumentState = DocumentState.ENTWURF
    document_id: int | None = None
    version: int | None = None
    basis: str = ""
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """An answer as the record's panel tells it; `sent_at` is local wall time."""

    id: int
    kind: str
    title: str
    state: DocumentState
    recipient: str
    text: str
    released_by: str = ""
    sent_at: datetime | None = None
    sent_by: str = ""
    sent_how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A saved answer: its document, and a German sentence."""

    document_id: int
    request_id: int
    text: str


def signed(text: str, signature: tuple[str, ...]) -> str:
    """A text as it leaves, with the lines of who signs below it."""
    return "\n\n".join(part for part in (text.strip("\n"), "\n".join(signature)) if part)
