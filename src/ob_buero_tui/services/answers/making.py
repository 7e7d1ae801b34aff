"""Makes what leaves: the mail, the letter or the text of an answer; its file waits to be brought out."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from pathlib import Path

from ob_buero_tui.exchange.mail_out import (
    Enclosed,
    Mailbox,
    MailDraft,
    draft_bytes,
    id_domain,
    mailto_url,
    references_of,
    reply_subject,
)
from ob_buero_tui.services.answers.composing import signatory_of
from ob_buero_tui.services.answers.guarding import module_of
from ob_buero_tui.services.answers.letter_files import LetterFile, letter_file
from ob_buero_tui.services.answers.outbox import Waiting, file_name, write_waiting
from ob_buero_tui.services.answers.views import ANSWER, SPEECH, How, signed
from ob_buero_tui.services.requests.facts import letter
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.documents import Document
from ob_buero_tui.store.requests import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """One answer that left: its file, or the address or text to hand over."""

    request_id: int
    document_id: int
    number: str
    how: How
    path: Path | None = None
    url: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An answer as it will leave: its bytes, and its file where it is one."""

    gone: Gone
    data: bytes
    waiting: Waiting | None = None


def letter_for(
    work: Work, document: Document, request: Request, how: How, *, enclose: bool
) -> LetterFile | None:
    """The letter that leaves as a file or in a mail; None where none does."""
    if how in (How.DOCX, How.PDF) or (how is How.EMAIL and enclose):
        return letter_file(work, document, request, _signature(work, document), how)
    return None


def made(work: Work, document: Document, request: Request, how: How, post: bytes | None) -> Made:
    """Make what leaves; a file is written beside its place and not yet brought out.

    Args:
        post: The file of `letter_for`.
    """
    text = signed(document.text, _signature(work, document))
    gone = Gone(request_id=request.id, document_id=document.id, number=request.number, how=how, text=text)
    if how is How.KOPIERT:
        return Made(gone=gone, data=text.encode())
    if how is How.MAILTO:
        url = mailto_url(document.recipient_email, _subject(work, document, request), text)
        return Made(gone=replace(gone, url=url), data=url.encode())
    if how is How.EMAIL:
        data, suffix = _mail(work, document, request, text, post), ".eml"
    else:
        data, suffix = post or b"", f".{how.value}"
    name = file_name(request.number, document.recipient_name or document.title, suffix)
    waiting = write_waiting(work.place.out_folder, name, data, work.place.attachments.file_mode)
    return Made(gone=replace(gone, path=waiting.wanted), data=data, waiting=waiting)


def _signature(work: Work, document: Document) -> tuple[str, ...]:
    """Who signs; a speech is signed by nobody."""
    if document.kind == SPEECH:
        return ()
    module = module_of(work.catalog.text_modules, document.template)
    return work.catalog.letterhead.signature(signatory_of(module), work.desk.initials)


def _subject(work: Work, document: Document, request: Request) -> str:
    """What the mail is called: an answer to the letter where its subject was left as it is."""
    message = letter(work.session, request.id)
    if document.kind == ANSWER and message is not None and document.title == request.subject:
        return reply_subject(message.subject or request.subject)
    return document.title


def _mail(work: Work, document: Document, request: Request, text: str, enclose: bytes | None) -> bytes:
    head = work.catalog.letterhead
    message = letter(work.session, request.id)
    document.message_id = f"{uuid.uuid4()}@{id_domain(head.email)}"
    enclosed: tuple[Enclosed, ...] = ()
    if enclose is not None:
        enclosed = (Enclosed(name=file_name(request.number, document.title, ".pdf"), data=enclose),)
    draft = MailDraft(
        to=Mailbox(address=document.recipient_email, name=document.recipient_name),
        sender=Mailbox(address=head.email, name=head.office) if head.email else None,
        subject=_subject(work, document, request),
        body=text,
        message_id=document.message_id,
        in_reply_to=message.message_id if message is not None else "",
        references=references_of(message.references, message.in_reply_to) if message is not None else (),
        enclosed=enclosed,
    )
    return draft_bytes(draft)
