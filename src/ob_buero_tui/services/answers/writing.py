"""Saves answers: a draft may be rewritten, a released one becomes a draft again, what is out stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import number
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.answers.asking import store_back
from ob_buero_tui.services.answers.guarding import refuse_gaps, refuse_overtaken, refuse_unfitting
from ob_buero_tui.services.answers.views import ANSWER, SPEECH, Draft, Recipient, Saved
from ob_buero_tui.services.faults import Conflict
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.verbs import load
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.documents import Document, DocumentState
from ob_buero_tui.store.requests import Request

TEXT_LIMIT = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer as somebody wrote it.

    Args:
        document_id: The document it replaces; None for a new one.
        version: Version of that document when it was read.
        given: What was typed into the questions, to be stored where it belongs.
        basis: What the text rests on, see `guarding.stance`; empty where nobody knows.
    """

    request_id: int
    title: str
    text: str
    kind: str = ANSWER
    module: str = ""
    recipient: Recipient = field(default_factory=Recipient)
    size_limit: int | None = None
    document_id: int | None = None
    version: int | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    basis: str = ""


def answer_of(draft: Draft) -> Answer:
    """A draft as it was composed, to be saved or sent without a change."""
    return Answer(
        request_id=draft.request_id,
        title=draft.title,
        text=draft.text,
        kind=draft.kind,
        module=draft.module,
        recipient=draft.recipient,
        size_limit=draft.size_limit,
        document_id=draft.document_id,
        version=draft.version,
        given=draft.given,
        basis=draft.basis,
    )


@use_case("save_answer")
def save_answer(work: Work, answer: Answer) -> Saved:
    """Save an answer as a draft; a released one is a draft again once it reads differently.

    Raises:
        Refusal: it is empty or out, the request is gone, or somebody changed it meanwhile.
    """
    row, fell_back = put(work, answer)
    told = work.get(Request, answer.request_id).number
    again = " Die Freigabe gilt nicht mehr: Es ist wieder ein Entwurf." if fell_back else ""
    return Saved(document_id=row.id, request_id=answer.request_id, text=f"{told}: Entwurf gesichert.{again}")


@use_case("release_answer")
def release_answer(work: Work, answer: Answer) -> Saved:
    """Save an answer and mark it as released; whoever changes it afterwards takes that away again.

    Raises:
        Refusal: as `put_to_leave`.
    """
    row = put_to_leave(work, answer)
    row.state = DocumentState.FREIGEGEBEN.value
    row.released_at, row.released_by = work.at, work.desk.initials
    told = work.get(Request, answer.request_id).number
    return Saved(document_id=row.id, request_id=answer.request_id, text=f"{told}: Antwort freigegeben.")


@use_case("drop_answer")
def drop_answer(work: Work, document_id: int) -> Saved:
    """Throw a draft away; what is out stays."""
    row = stored(work, document_id)
    request_id = row.request_id or 0
    request = load(work, [request_id])[0]
    work.session.delete(row)
    work.refer("request", request_id)
    return Saved(document_id=document_id, request_id=request_id, text=f"{request.number}: Entwurf verworfen.")


def put_to_leave(work: Work, answer: Answer) -> Document:
    """Write an answer that is to leave: whole, fitting and not overtaken. For inside a use case.

    Raises:
        Overtaken: the request was decided otherwise since the answer was composed.
        Refusal: it does not fit the decision, has gaps, or as `put`.
    """
    request = load(work, [answer.request_id])[0]
    refuse_overtaken(work.session, work.place, request, answer.basis)
    row, _ = put(work, answer)
    refuse_unfitting(work.session, work.place, request, row)
    refuse_gaps(request, row)
    return row


def put(work: Work, answer: Answer) -> tuple[Document, bool]:
    """Write an answer into its document; tells whether a release fell back by it. For inside a use case."""
    request = load(work, [answer.request_id])[0]
    text = clean(answer.text, multiline=True, limit=TEXT_LIMIT + 1).strip("\n")
    if len(text) > TEXT_LIMIT:
        raise Refusal(
            "Die Antwort wurde nicht gespeichert.",
            f"Sie hat {number(len(answer.text))} Zeichen, höchstens {number(TEXT_LIMIT)} sind möglich.",
            "Kürzen Sie den Text; im Fenster bleibt er, wie er ist.",
        )
    if not text.strip():
        raise Refusal(
            "Die Antwort wurde nicht gespeichert.", "Der Text ist leer.", "Schreiben Sie etwas, oder Esc."
        )
    row = _row(work, answer, request)
    kind = SPEECH if answer.kind == SPEECH else ANSWER
    title = clean(answer.title, limit=300).strip() or request.subject
    row.kind, row.title, row.text, row.template = kind, title, text, answer.module
    row.recipient_name = clean(answer.recipient.name, limit=200).strip()
    row.recipient_email = clean(answer.recipient.email, limit=200).strip()
    row.recipient_address = clean(answer.recipient.address, multiline=True, limit=1000).strip()
    row.size_limit = answer.size_limit
    changed = row in work.session.dirty and work.session.is_modified(row)
    fell_back = changed and row.state == DocumentState.FREIGEGEBEN.value
    if fell_back:
        row.state, row.released_at, row.released_by = DocumentState.ENTWURF.value, None, ""
    work.session.add(row)
    store_back(work, request, answer.given)
    work.session.flush()
    work.refer("request", request.id)
    return row, fell_back


def _row(work: Work, answer: Answer, request: Request) -> Document:
    """The document an answer replaces, or a new one as confidential as its request."""
    if answer.document_id is None:
        return Document(
            request_id=request.id,
            kind=answer.kind,
            title=request.subject,
            state=DocumentState.ENTWURF.value,
            confidentiality=request.confidentiality,
            # The journal wants to know what was there before a later change in the same step.
            **dict.fromkeys(("released_at", "sent_at", "event_id", "size_limit")),
            **dict.fromkeys(("released_by", "sent_by", "sent_how", "message_id", "sha256"), ""),
        )
    row = stored(work, answer.document_id)
    if row.request_id != request.id:
        raise Refusal("Die Antwort wurde nicht gespeichert.", "Sie gehört zu einem anderen Eingang.")
    if answer.version is not None and row.version != answer.version:
        raise Conflict("Die Antwort wurde nicht gespeichert.")
    return row


def stored(work: Work, document_id: int) -> Document:
    """A document that may still be changed.

    Raises:
        Refusal: it is gone, hidden from this desk, or has left the house.
    """
    row = work.get(Document, document_id)
    owner = work.get(Request, row.request_id).owner if row.request_id else ""
    if work.place.sees(row.confidentiality, owner) is not View.FULL:
        raise Refusal("Diese Antwort ist persönlich.", "Lesen kann sie nur der Platz, dem sie gehört.")
    if row.state == DocumentState.HINAUS.value:
        raise Refusal(
            "Die Antwort wurde nicht geändert.",
            "Sie hat das Haus schon verlassen.",
            "Schreiben Sie mit t eine neue Antwort.",
        )
    return row


@sentence("save_answer")
def _saved(_params: Params) -> str:
    return "Antwort entworfen"


@sentence("release_answer")
def _released(_params: Params) -> str:
    return "Antwort freigegeben"


@sentence("drop_answer")
def _dropped(_params: Params) -> str:
    return "Entwurf der Antwort verworfen"
