"""Sends answers: stored as one step, then their files are brought out and the mail program is opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from sqlalchemy import select

from ob_buero_tui.rules.german import join, plural
from ob_buero_tui.rules.occasions import Occasion, settled_tasks
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.answers.guarding import (
    level_of,
    module_of,
    must_be_asked,
    named,
    out_before,
)
from ob_buero_tui.services.answers.kept import keep
from ob_buero_tui.services.answers.letter_files import NotYetMade
from ob_buero_tui.services.answers.making import Gone, letter_for, made
from ob_buero_tui.services.answers.outbox import Waiting
from ob_buero_tui.services.answers.views import HOW_LABELS, SPEECH, How
from ob_buero_tui.services.answers.writing import Answer, put_to_leave
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.undo import take_back
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.documents import Document, DocumentState
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Task

_NAMED_QUESTIONS = 6
_MOST_TRIES = 5
"""So often letters are set anew because another desk changed meanwhile what they say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An answer that is to leave.

    Args:
        confirmed: Whether somebody has said once more that what is vertraulich or persönlich, or was answered
            before, may leave.
        enclose: Put the letter as PDF into the mail.
    """

    answer: Answer
    how: How
    confirmed: bool = False
    enclose: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What left in one step, and a German sentence."""

    gone: tuple[Gone, ...]
    text: str
    action_id: int = 0


class AskFirst(Refusal):
    """Something confidential, or a second answer, is about to leave; the screen asks once more by name."""


class NotOpened(Refusal):
    """The mail program did not open; nothing is out."""


def send_answers(
    place: Workplace, orders: Sequence[Order], open_address: Callable[[str], None] | None = None
) -> Sent:
    """Let answers leave the house as one step: saved, marked, their tasks ticked, then brought out.

    Files are written beside their place first and get their names after the step is stored: what somebody
    may find in the folder has left. The mail program opens last, outside of the transaction.

    Args:
        open_address: Hands the address of a mail to the system's program; what it refuses is not out.

    Raises:
        AskFirst: one is vertraulich or persönlich or a second answer, and nobody has confirmed it.
        NotOpened: the mail program did not open, nothing is out.
        Refusal: an address, a template or the folder does not do; then nothing has left.
    """
    waiting: list[Waiting] = []
    try:
        sent = _stored(place, orders, waiting)
    except BaseException:
        for one in waiting:
            one.drop()
        raise
    paths = {one.wanted: one.bring_out() for one in waiting}
    gone = tuple(replace(one, path=paths[one.path]) if one.path is not None else one for one in sent.gone)
    sent = replace(sent, gone=gone, text=_told(gone))
    if open_address is not None:
        _open(place, sent, open_address)
    return sent


def _stored(place: Workplace, orders: Sequence[Order], waiting: list[Waiting]) -> Sent:
    """Store the step, with the files of its letters made before: nobody waits for the lock meanwhile.

    Raises:
        Refusal: what a letter says was changed again and again.
    """
    files: dict[str, bytes] = {}
    for left in reversed(range(_MOST_TRIES + 1)):
        try:
            return _send(place, orders, waiting, files)
        except NotYetMade as missing:  # again where another desk changed what a letter says
            if not left:
                break
            files |= {one.key: one.make(place.clock()) for one in missing.letters}
    raise Refusal(
        "Es ist nichts hinaus.",
        "Was im Brief steht, wird gerade immer wieder geändert, von einem anderen Arbeitsplatz.",
        "Senden Sie noch einmal, wenn er fertig ist.",
    )


def _open(place: Workplace, sent: Sent, open_address: Callable[[str], None]) -> None:
    """Open the mail program for each address; what it refuses is taken back, or told where others are out."""
    urls = [one for one in sent.gone if one.url]
    for count, one in enumerate(urls):
        try:
            open_address(one.url)
        except Refusal as refusal:
            if count == 0 and len(urls) == len(sent.gone):
                take_back(place, sent.action_id)
                raise NotOpened(refusal.what, refusal.why, refusal.now) from refusal
            rest = join([each.number for each in urls[count:]])
            raise Refusal(
                f"Das Mailprogramm öffnete sich nicht für {rest}.",
                f"{refusal.why} Als hinaus gelten alle {len(sent.gone)}.".strip(),
                f"Schreiben Sie {rest} mit t noch einmal, als E-Mail-Entwurf.",
            ) from refusal


@use_case("send_answers")
def _send(work: Work, orders: Sequence[Order], waiting: list[Waiting], files: Mapping[str, bytes]) -> Sent:
    if not orders:
        raise Refusal("Es ist keine Antwort ausgewählt.", "", "Wählen Sie einen Eingang.")
    rows = [(order, put_to_leave(work, order.answer)) for order in orders]
    _ask_first(work, rows)
    letters = _letters(work, rows, files)
    gone = []
    for order, document in rows:
        request = work.get(Request, order.answer.request_id)
        one = made(work, document, request, order.how, letters.get(document.id))
        if one.waiting is not None:
            waiting.append(one.waiting)
        _mark(work, document, order.how, one.data, kept=one.waiting is not None)
        _settle(work, document, request)
        gone.append(one.gone)
    work.tell(table="request", ids=[one.request_id for one in gone], how=[one.how.value for one in gone])
    work.left_house(_named(gone))
    return Sent(gone=tuple(gone), text=_told(gone), action_id=work.action_id)


def _letters(
    work: Work, rows: Sequence[tuple[Order, Document]], files: Mapping[str, bytes]
) -> dict[int, bytes]:
    """The file of each letter, by its document.

    Raises:
        NotYetMade: some are still to be made.
    """
    wanted = {}
    for order, document in rows:
        request = work.get(Request, order.answer.request_id)
        letter = letter_for(work, document, request, order.how, enclose=order.enclose)
        if letter is not None:
            wanted[document.id] = letter
    missing = [one for one in wanted.values() if one.key not in files]
    if missing:
        raise NotYetMade(missing)
    return {key: files[one.key] for key, one in wanted.items()}


def _ask_first(work: Work, rows: Sequence[tuple[Order, Document]]) -> None:
    """Ask for everything that needs it in one question, each by its name."""
    found = [
        why
        for order, document in rows
        if not order.confirmed
        for why in _doubts(work, work.get(Request, order.answer.request_id), document, order.how)
    ]
    if not found:
        return
    more = len(found) - _NAMED_QUESTIONS
    lines = [*found[:_NAMED_QUESTIONS], *([f"Und {more} weitere."] if more > 0 else [])]
    raise AskFirst(lines[0], " ".join(lines[1:]), "Bestätigen Sie, dass es das Haus verlassen darf.")


def _doubts(work: Work, request: Request, document: Document, how: How) -> list[str]:
    """Why an answer must be confirmed before it leaves, one sentence each."""
    found = []
    level = must_be_asked(level_of(request, document))
    if level:
        to = document.recipient_name or document.recipient_email or "niemand Bekannten"
        found.append(f"Die Antwort zu {request.number} ist {level}: Sie ginge an {to} ({HOW_LABELS[how]}).")
    before = out_before(work.session, work.place, document, request)
    if before is not None:
        found.append(f"Zu {request.number} ist schon hinaus: {named(work.place, before)}.")
    return found


def _mark(work: Work, document: Document, how: How, data: bytes, *, kept: bool) -> None:
    document.state = DocumentState.HINAUS.value
    document.sent_at, document.sent_by, document.sent_how = work.at, work.desk.initials, how.value
    document.sha256 = keep(work.place, data) if kept else sha256(data).hexdigest()


def _settle(work: Work, document: Document, request: Request) -> None:
    """Tick the tasks that this answer settles."""
    module = module_of(work.catalog.text_modules, document.template)
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
