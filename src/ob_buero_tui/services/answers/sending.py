"""Sends answers: the file is written first, then the step is stored; if that fails, the file goes again."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select

from ob_buero_tui.exchange.mail_out import (
    Enclosed,
    Mailbox,
    MailDraft,
    draft_bytes,
    mailto_url,
    references_of,
    reply_subject,
)
from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.occasions import Occasion, settled_tasks
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality, label
from ob_buero_tui.services.answers.composing import signatory_of
from ob_buero_tui.services.answers.kept import keep
from ob_buero_tui.services.answers.letters import LETTER_DOCX, LETTER_PDF, letter_data
from ob_buero_tui.services.answers.outbox import file_name, write_out
from ob_buero_tui.services.answers.views import ANSWER, HOW_LABELS, SPEECH, How, signed
from ob_buero_tui.services.answers.writing import Answer, put
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.facts import letter
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.documents import Document, DocumentState
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Task

ASKED_FIRST = frozenset((Confidentiality.VERTRAULICH, Confidentiality.PERSOENLICH))
"""Levels whose answers leave only after one more question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An answer that is to leave.

    Args:
        confirmed: Whether somebody has said once more that what is vertraulich or persönlich may leave.
        enclose: Put the letter as PDF into the mail.
    """

    answer: Answer
    how: How
    confirmed: bool = False
    enclose: bool = False


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
class Sent:
    """What left in one step, and a German sentence."""

    gone: tuple[Gone, ...]
    text: str


class AskFirst(Refusal):
    """Something confidential is about to leave; the screen asks once more by name."""


def send_answers(
    place: Workplace, orders: Sequence[Order], open_address: Callable[[str], None] | None = None
) -> Sent:
    """Let answers leave the house as one step: saved, written out, marked, their tasks ticked.

    Args:
        open_address: Hands the address of a mail to the system's program; what it refuses is not out.

    Raises:
        AskFirst: one is vertraulich or persönlich and nobody has confirmed it.
        Refusal: an address, a template or the folder does not do; then nothing has left.
    """
    written: list[Path] = []
    try:
        return _send(place, orders, written, open_address)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise


@use_case("send_answers")
def _send(
    work: Work,
    orders: Sequence[Order],
    written: list[Path],
    open_address: Callable[[str], None] | None = None,
) -> Sent:
    gone = []
    for order in orders:
        document, _ = put(work, order.answer)
        request = work.get(Request, order.answer.request_id)
        _refuse_unasked(request, document, order)
        one, data = _made(work, order, document, request)
        if one.path is not None:
            written.append(one.path)
        if one.url and open_address is not None:
            open_address(one.url)
        _mark(work, document, order.how, data, kept=one.path is not None)
        _settle(work, document, request)
        gone.append(one)
    if not gone:
        raise Refusal("Es ist keine Antwort ausgewählt.", "", "Wählen Sie einen Eingang.")
    work.tell(table="request", ids=[one.request_id for one in gone], how=[one.how.value for one in gone])
    work.left_house(_named(gone))
    return Sent(gone=tuple(gone), text=_told(gone))


def _refuse_unasked(request: Request, document: Document, order: Order) -> None:
    level = Confidentiality(document.confidentiality)
    if level in ASKED_FIRST and not order.confirmed:
        raise AskFirst(
            f"Die Antwort zu {request.number} ist {label(level)}.",
            f"Sie ginge an {document.recipient_name or document.recipient_email or 'niemand Bekannten'}"
            f" ({HOW_LABELS[order.how]}).",
            "Bestätigen Sie, dass sie das Haus verlassen darf.",
        )


def _made(work: Work, order: Order, document: Document, request: Request) -> tuple[Gone, bytes]:
    """Make what leaves, and write it where it is a file."""
    module = next((one for one in work.catalog.text_modules if one.key == document.template), None)
    signature: tuple[str, ...] = ()
    if document.kind != SPEECH:
        signature = work.catalog.letterhead.signature(signatory_of(module), work.desk.initials)
    text = signed(document.text, signature)
    gone = Gone(
        request_id=request.id, document_id=document.id, number=request.number, how=order.how, text=text
    )
    if order.how is How.KOPIERT:
        return gone, text.encode()
    if order.how is How.MAILTO:
        url = mailto_url(document.recipient_email, _subject(work, document, request), text)
        return replace(gone, url=url), url.encode()
    if order.how is How.EMAIL:
        data = _mail(work, document, request, text, signature, enclose=order.enclose)
        return replace(gone, path=_write(work, document, request, data, ".eml")), data
    data = letter_bytes(work, document, request, signature, order.how)
    return replace(gone, path=_write(work, document, request, data, f".{order.how.value}")), data


def letter_bytes(
    work: Work, document: Document, request: Request, signature: tuple[str, ...], how: How
) -> bytes:
    """A letter as the file that leaves: .docx or .pdf on the office's template."""
    name = LETTER_DOCX if how is How.DOCX else LETTER_PDF
    template = work.catalog.templates.get(name)
    if template is None:
        raise Refusal(
            "Der Brief wurde nicht geschrieben.",
            f"Die Vorlage „{name}“ fehlt.",
            "Bitten Sie die IT, das Programm neu zu installieren.",
        )
    data = letter_data(work, document, request, signature)
    if how is How.DOCX:
        from ob_buero_tui.exchange.docx_out import fill_docx

        return fill_docx(template, data)
    from ob_buero_tui.exchange.typst_pdf import make_pdf

    return make_pdf(template, data, at=work.at)


def _write(work: Work, document: Document, request: Request, data: bytes, suffix: str) -> Path:
    name = document.recipient_name or document.title
    return write_out(work.place.out_folder, file_name(request.number, name, suffix), data)


def _subject(work: Work, document: Document, request: Request) -> str:
    """What the mail is called: an answer to the letter where its subject was left as it is."""
    message = letter(work.session, request.id)
    if document.kind == ANSWER and message is not None and document.title == request.subject:
        return reply_subject(message.subject or request.subject)
    return document.title


def _mail(
    work: Work,
    document: Document,
    request: Request,
    text: str,
    signature: tuple[str, ...],
    *,
    enclose: bool,
) -> bytes:
    head = work.catalog.letterhead
    message = letter(work.session, request.id)
    domain = head.email.rpartition("@")[2] or "ob-buero.invalid"
    document.message_id = f"{uuid.uuid4()}@{domain}"
    enclosed: tuple[Enclosed, ...] = ()
    if enclose:
        data = letter_bytes(work, document, request, signature, How.PDF)
        enclosed = (Enclosed(name=file_name(request.number, document.title, ".pdf"), data=data),)
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


def _mark(work: Work, document: Document, how: How, data: bytes, *, kept: bool) -> None:
    document.state = DocumentState.HINAUS.value
    document.sent_at, document.sent_by, document.sent_how = work.at, work.desk.initials, how.value
    document.sha256 = keep(work.place, data) if kept else sha256(data).hexdigest()


def _settle(work: Work, document: Document, request: Request) -> None:
    """Tick the tasks that this answer settles."""
    module = next((one for one in work.catalog.text_modules if one.key == document.template), None)
    occasions = module.occasions if module is not None else (Occasion.RUECKFRAGE,)
    keys = {key for one in occasions for key in settled_tasks(one)}
    if document.kind == SPEECH:
        keys = {"text", "rede", "versand"}
    elif module is None and request.decided_on is not None:
        keys |= set(settled_tasks(Occasion.ZUSAGE))
    rows = select(Task).where(
        Task.request_id == request.id, Task.done_at.is_(None), Task.template.in_(sorted(keys))
    )
    for task in work.session.scalars(rows).all():
        task.done_at, task.done_by = work.at, work.desk.initials


def _named(gone: Sequence[Gone]) -> str:
    if len(gone) == 1:
        return f"Die Antwort zu {gone[0].number} ({HOW_LABELS[gone[0].how]})"
    numbers = ", ".join(one.number for one in gone[:6])
    more = f" und {len(gone) - 6} weiteren" if len(gone) > 6 else ""
    return f"Die Antworten zu {numbers}{more}"


def _told(gone: Sequence[Gone]) -> str:
    if len(gone) > 1:
        return f"{plural(len(gone), 'Antwort', 'Antworten')} hinaus"
    one = gone[0]
    where = f": {one.path.name}" if one.path is not None else ""
    return f"{one.number}: Antwort hinaus, {HOW_LABELS[one.how]}{where}"


@sentence("send_answers")
def _sent(params: Params) -> str:
    how = params.get("how") or []
    named = HOW_LABELS[How(how[0])] if how and how[0] in frozenset(How) else "Antwort"
    return f"Antwort hinaus ({named})" if len(set(how)) < 2 else "Antworten hinaus"
