"""Makes an answer from a text module: fitting ones are offered, facts filled in, missing ones asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.words import TextModule
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.occasions import Occasion, occasions_of
from ob_buero_tui.rules.placeholders import fill_in
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.answers.asking import questions_of, understood
from ob_buero_tui.services.answers.guarding import level_of, out_notices, promised, stance
from ob_buero_tui.services.answers.recipients import notices_of, recipient_of
from ob_buero_tui.services.answers.views import SPEECH, STATE_LABELS, Draft, Offer, Recipient
from ob_buero_tui.services.requests.text_modules import fits, known_values, open_question
from ob_buero_tui.services.requests.verbs import refuse_hidden
from ob_buero_tui.services.workcalendar import work_calendar
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.documents import Document, DocumentState
from ob_buero_tui.store.requests import Request

FREE = "frei"
"""The key of an answer that begins with the salutation alone."""
QUESTION = "rueckfrage_frage"
"""The key of the module that asks what was recorded as a question to the sender."""
SPEECH_FIELDS = ("umfang", "redezeit")
"""Fields by which a kind shows that a text of the mayor is asked for."""


def offers(place: Workplace, request_id: int) -> tuple[Offer, ...]:
    """What can be written to a request, the most fitting first: texts begun, modules, a free text.

    Raises:
        Refusal: there is no such request, or it is personal to another desk.
    """
    with place.reading() as session:
        request = readable(place, session, request_id)
        begun = session.scalars(
            select(Document)
            .where(Document.request_id == request_id, Document.state != DocumentState.HINAUS.value)
            .order_by(Document.id.desc())
        ).all()
        found = [
            Offer(key="", label=row.title, document_id=row.id, hint=STATE_LABELS[DocumentState(row.state)])
            for row in begun
        ]
        fit = fitting(place, request, promised=promised(session, request))
        modules = [Offer(key=one.key, label=one.label, occasion=at) for one, at in fit]
        if _question_waits(session, request):
            modules.sort(key=lambda one: one.key != QUESTION)
        found += modules
        if _wants_speech(place, request):
            found.append(Offer(key=SPEECH, label="Grußwort oder Rede schreiben"))
        found.append(Offer(key=FREE, label="ohne Textbaustein"))
        return tuple(found)


def fitting(
    place: Workplace, request: Request, *, promised: bool = True
) -> list[tuple[TextModule, Occasion]]:
    """The modules for what can be answered now, each with what it answers, the default first.

    Args:
        promised: Whether a deputy has promised to stand in.
    """
    state = RequestState(request.state)
    own = [*occasions_of(state, request.outcome, promised=promised), Occasion.SCHREIBEN]
    chosen: list[tuple[TextModule, Occasion]] = []
    for occasion in own:
        of_it = [
            one for one in place.catalog.text_modules if occasion in one.occasions and _may(one, request)
        ]
        of_it.sort(key=lambda one: (not (one.reasons and request.reason), not one.kinds, len(one.kinds)))
        chosen += [(one, occasion) for one in of_it if one not in [each for each, _ in chosen]]
    return chosen


def _may(module: TextModule, request: Request) -> bool:
    """A module for a reason is no offer while the request has none, or another."""
    return fits(module, request) and (not module.reasons or request.reason in module.reasons)


def compose(
    place: Workplace, request_id: int, module: str = "", given: Mapping[str, str] | None = None
) -> Draft:
    """An answer from a text module, the default where none is named; nothing is stored.

    Args:
        module: Key of a module that `offers` names, or `frei` or `grusswort`.
        given: What was typed into the questions, by placeholder.

    Raises:
        Refusal: there is no such request or module, or it is personal to another desk.
    """
    typed = {key: one for key, one in (given or {}).items() if one.strip()}
    with place.reading() as session:
        request = readable(place, session, request_id)
        recipient = recipient_of(session, place, request)
        values = known_values(session, place, request)
        notices = (*notices_of(session, request), *out_notices(session, place, request))
        head = {**_head(request, recipient), "basis": stance(session, request)}
        if module == SPEECH:
            return _speech(place, request, head, notices)
        key, label, text, signatory = _template(place, session, request, module)
        told, wrong = understood(typed, place.now, work_calendar(session, place))
        known = {**values, **told}
        return Draft(
            **head,
            module=key,
            label=label,
            title=request.subject,
            text=clean(fill_in(text, known), multiline=True, limit=20_000).strip("\n"),
            questions=questions_of(text, known, typed),
            given=typed,
            signature=place.catalog.letterhead.signature(signatory, place.desk.initials),
            notices=(*wrong.values(), *notices),
        )


def begun(place: Workplace, document_id: int) -> Draft:
    """An answer that was begun, to go on with.

    Raises:
        Refusal: it is gone or out, or personal to another desk.
    """
    with place.reading() as session:
        row = session.get(Document, document_id)
        if row is None or row.request_id is None:
            raise Refusal("Diesen Entwurf gibt es nicht mehr.", "", "Beginnen Sie mit t einen neuen.")
        request = readable(place, session, row.request_id)
        head = _head(
            request,
            Recipient(name=row.recipient_name, email=row.recipient_email, address=row.recipient_address),
        )
        module = next((one for one in place.catalog.text_modules if one.key == row.template), None)
        signatory = signatory_of(module)
        speech = row.kind == SPEECH
        return Draft(
            **{**head, "confidentiality": level_of(request, row)},
            kind=row.kind,
            module=row.template,
            label=module.label if module is not None else "",
            title=row.title,
            text=row.text,
            signature=() if speech else place.catalog.letterhead.signature(signatory, place.desk.initials),
            size_limit=row.size_limit,
            state=DocumentState(row.state),
            document_id=row.id,
            version=row.version,
            basis=stance(session, request),
            notices=(*notices_of(session, request), *out_notices(session, place, request)),
        )


def readable(place: Workplace, session: Session, request_id: int) -> Request:
    """A request that this desk may read and answer."""
    request = session.get(Request, request_id)
    if request is None:
        raise Refusal("Diesen Eingang gibt es nicht mehr.", "", "Wählen Sie einen anderen.")
    refuse_hidden(place, request)
    return request


def signatory_of(module: TextModule | None) -> str:
    """Who signs a text module: what the mayor writes in person is signed by the mayor."""
    return "ob" if module is not None and Occasion.SCHREIBEN in module.occasions else "auftrag"


def _template(place: Workplace, session: Session, request: Request, key: str) -> tuple[str, str, str, str]:
    """Key, label, text and signatory of a module; of the default one for an empty key."""
    if key == FREE:
        return "", "ohne Textbaustein", "{anrede},\n\n\n\nMit freundlichen Grüßen", signatory_of(None)
    offered = [one for one, _ in fitting(place, request, promised=promised(session, request))]
    found = next((one for one in offered if one.key == key or not key), None)
    found = found or next((one for one in place.catalog.text_modules if one.key == key), None)
    if found is None:
        raise Refusal(
            "Dafür gibt es keinen Textbaustein.",
            "",
            "Schreiben Sie die Antwort ohne Textbaustein, oder ergänzen Sie text_modules.toml.",
        )
    return found.key, found.label, found.text, signatory_of(found)


def _head(request: Request, recipient: Recipient) -> dict[str, Any]:
    return {
        "request_id": request.id,
        "number": request.number,
        "recipient": recipient,
        "confidentiality": Confidentiality(request.confidentiality),
    }


def _question_waits(session: Session, request: Request) -> bool:
    """Whether a question to the sender is recorded and has not been sent."""
    asked = open_question(session, request)
    if asked is None:
        return False
    query = select(Document.sent_at).where(
        Document.request_id == request.id,
        Document.template == QUESTION,
        Document.state == DocumentState.HINAUS.value,
    )
    return all(at is None or at.date() < asked.asked_on for at in session.scalars(query))


def _wants_speech(place: Workplace, request: Request) -> bool:
    kind = place.catalog.kinds.get(request.kind or "")
    return kind is not None and any(spec.key in SPEECH_FIELDS for spec in kind.fields)


def _speech(place: Workplace, request: Request, head: Mapping[str, Any], notices: tuple[str, ...]) -> Draft:
    limit = request.fields.get("umfang") or place.catalog.figures.get("grusswort_zeichen")
    spoken = request.fields.get("form") == "mündlich"
    name = "Rede" if spoken else "Grußwort"
    named = name.lower() in request.subject.lower()
    return Draft(
        **head,
        kind=SPEECH,
        label=name,
        title=request.subject if named else f"{name}: {request.subject}",
        size_limit=int(limit) if isinstance(limit, int | float) and not spoken else None,
        notices=notices,
    )
