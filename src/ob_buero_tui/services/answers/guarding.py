"""What keeps a wrong answer in the house: overtaken, not fitting, with gaps, sent before, or confidential."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.words import TextModule
from ob_buero_tui.rules.german import clock, short_date
from ob_buero_tui.rules.occasions import DECISIVE, Occasion, occasions_of
from ob_buero_tui.rules.placeholders import gaps_of
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.rules.visibility import Confidentiality, label, strictest
from ob_buero_tui.services.answers.views import SPEECH
from ob_buero_tui.services.requests.deputations import deputations_of, standing
from ob_buero_tui.services.requests.deputy_words import state_words
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.decisions import DeputyAnswer
from ob_buero_tui.store.desk import Desk
from ob_buero_tui.store.documents import Document, DocumentState
from ob_buero_tui.store.journal import Action, Change
from ob_buero_tui.store.requests import Request

_ASKED = frozenset((Confidentiality.VERTRAULICH, Confidentiality.PERSOENLICH))
_FREE = "ohne Textbaustein"


class Overtaken(Refusal):
    """The request was decided otherwise since the answer was composed; it has to be composed anew."""


def stance(session: Session, request: Request) -> str:
    """What an answer rests on: the decision, the date and place, and who stands in."""
    deputy = deputations_of(session, request.id)
    parts = (
        request.state,
        request.outcome,
        request.reason,
        request.event_start.isoformat() if request.event_start is not None else "",
        request.event_place,
        request.handed_to,
        f"{deputy[-1].calendar}:{deputy[-1].answer}" if deputy else "",
    )
    return "\n".join(parts)


def refuse_overtaken(session: Session, place: Workplace, request: Request, basis: str) -> None:
    """Refuse an answer that was composed before the request was decided otherwise.

    Args:
        basis: Its `stance` when the answer was composed; empty where nobody knows it.
    """
    if not basis or basis == stance(session, request):
        return
    now = _now(session, place, request)
    raise Overtaken(
        f"{request.number}: Die Antwort ist nicht hinaus.",
        f"Inzwischen: {now}{_by(session, place, request.id)}.",
        "Prüfen Sie den Stand; t schreibt die passende Antwort.",
    )


def _now(session: Session, place: Workplace, request: Request) -> str:
    found = standing(session, request.id)
    return state_words(place, request.state, found.answer if found is not None else "")


def _by(session: Session, place: Workplace, request_id: int) -> str:
    """Who changed a request last, and when: „ (KL 09:41)“."""
    row = session.execute(
        select(Action.at, Desk.initials)
        .join(Change, Change.action_id == Action.id)
        .join(Desk, Desk.id == Action.desk_id)
        .where(Change.table_name == "request", Change.row_id == request_id)
        .order_by(Change.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return ""
    at = place.local(row.at)
    day = "" if at.date() == place.today else f"{short_date(at.date())} "
    return f" ({row.initials} {day}{clock(at)})"


def module_of(modules: Iterable[TextModule], key: str) -> TextModule | None:
    """The text module of a key."""
    return next((one for one in modules if one.key == key), None)


def promised(session: Session, request: Request) -> bool:
    """Whether a deputy has promised to stand in, which alone may be told to the sender."""
    found = standing(session, request.id)
    return found is not None and found.answer == DeputyAnswer.ZUGESAGT.value


def refuse_unfitting(session: Session, place: Workplace, request: Request, document: Document) -> None:
    """Refuse a text that tells a decision which the request does not have.

    A word in between (a receipt, a question, thanks) fits always; a promise or a refusal does not.
    """
    module = module_of(place.catalog.text_modules, document.template)
    if module is None or document.kind == SPEECH or not module.occasions:
        return
    fitting = occasions_of(RequestState(request.state), request.outcome, promised=promised(session, request))
    if any(one not in DECISIVE or one in fitting for one in module.occasions):
        return
    now = _now(session, place, request)
    raise Refusal(
        f"{request.number}: Der Text „{module.label}“ passt nicht.",
        f"Der Eingang steht auf „{now}“.",
        "Entscheiden Sie zuerst, oder schreiben Sie mit t einen passenden Text.",
    )


def refuse_gaps(request: Request, document: Document) -> None:
    """Refuse a text in which something was to be filled in and was not."""
    bare = f"{document.title}\n{document.text}"
    if request.subject:
        bare = bare.replace(request.subject, "")
    found = gaps_of(bare)
    if found:
        raise Refusal(
            f"{request.number}: Die Antwort hat noch eine Lücke.",
            f"Es fehlt: {', '.join(found)}.",
            "Füllen Sie die Lücke im Text aus, oder streichen Sie sie.",
        )


def level_of(request: Request, document: Document) -> Confidentiality:
    """How confidential an answer is: as its request or stricter."""
    return strictest((Confidentiality(request.confidentiality), Confidentiality(document.confidentiality)))


def must_be_asked(level: Confidentiality) -> str:
    """The word for a level whose answers leave only after one more question; empty for the others."""
    return label(level) if level in _ASKED else ""


def out_before(session: Session, place: Workplace, document: Document, request: Request) -> Document | None:
    """An answer of the same occasion that is out already since the decision."""
    mine = _topics(place, document)
    rows = session.scalars(
        select(Document)
        .where(
            Document.request_id == request.id,
            Document.state == DocumentState.HINAUS.value,
            Document.id != (document.id or 0),
        )
        .order_by(Document.sent_at.desc(), Document.id.desc())
    )
    since = request.decided_on
    for row in rows:
        day = place.local(row.sent_at).date() if row.sent_at is not None else None
        if mine & _topics(place, row) and (since is None or day is None or day >= since):
            return row
    return None


def out_notices(session: Session, place: Workplace, request: Request) -> tuple[str, ...]:
    """A sentence that names the newest answer that is out, and how many there are."""
    query = select(Document).where(
        Document.request_id == request.id, Document.state == DocumentState.HINAUS.value
    )
    row = session.scalars(query.order_by(Document.id.desc()).limit(1)).one_or_none()
    if row is None:
        return ()
    count = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    more = f", davor {count - 1} weitere" if count > 1 else ""
    return (f"Schon hinaus: {named(place, row)}{more}",)


def named(place: Workplace, document: Document) -> str:
    """An answer that is out, as a sentence names it: „Absage (KL 25.11. 09:41)“."""
    module = module_of(place.catalog.text_modules, document.template)
    what = module.label if module is not None else "Grußwort" if document.kind == SPEECH else "Antwort"
    if document.sent_at is None:
        return what
    at = place.local(document.sent_at)
    return f"{what} ({document.sent_by} {short_date(at.date())} {clock(at)})"


def _topics(place: Workplace, document: Document) -> set[str]:
    """What an answer is about, to be compared with another one's."""
    if document.kind == SPEECH:
        return {SPEECH}
    module = module_of(place.catalog.text_modules, document.template)
    found: set[str] = {one.value for one in module.occasions} if module is not None else set()
    return (found - {Occasion.SCHREIBEN.value}) or {document.template or _FREE}
