"""How confidential a request is with all that belongs to it: said by hand, or by its kind from the start."""

from __future__ import annotations

from sqlalchemy import select

from ob_buero_tui.catalog.model import RequestKind
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality, View, strictest
from ob_buero_tui.services.requests.links import linked_events
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.documents import Document
from ob_buero_tui.store.requests import Request


def kind_level(kind: RequestKind | None, level: Confidentiality) -> Confidentiality:
    """The level of a new request: that of its kind, or a stricter one that is known already."""
    return strictest((level, kind.confidentiality)) if kind is not None else level


def raise_to_kind(work: Work, request: Request, kind: RequestKind | None) -> None:
    """Make a request that just got its kind at least as confidential as the kind, never less."""
    before = Confidentiality(request.confidentiality)
    level = kind_level(kind, before)
    if level is not before:
        request.confidentiality = level.value
        raise_linked(work, request, level, "")


def raise_linked(work: Work, request: Request, level: Confidentiality, owner: str) -> None:
    """Make appointments and letters of a request at least as strict as it is.

    Args:
        owner: The account to which what is personal belongs; "" otherwise.

    Raises:
        Refusal: a linked appointment belongs to another desk.
    """
    for event in linked_events(work.session, request.id):
        _refuse_foreign(work, request, event, owner)
        _raise_level(event, level)
        event.owner = owner or event.owner
    for document in work.session.scalars(select(Document).where(Document.request_id == request.id)):
        _raise_level(document, level)


def _refuse_foreign(work: Work, request: Request, event: Event, owner: str) -> None:
    """A linked appointment that belongs to another desk is neither changed nor taken over."""
    hidden = work.place.sees(event.confidentiality, event.owner) is not View.FULL
    if hidden or (owner and event.owner not in ("", owner)):
        raise Refusal(
            f"{request.number} wurde nicht eingestuft.",
            "Ein Termin des Vorgangs gehört einem anderen Platz.",
            "Wenden Sie sich an die Kollegin oder den Kollegen.",
        )


def _raise_level(row: Event | Document, level: Confidentiality) -> None:
    row.confidentiality = strictest((Confidentiality(row.confidentiality), level)).value
