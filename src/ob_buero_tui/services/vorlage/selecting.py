"""The three views of the OB-Vorlage: the next talk, what is left of earlier ones, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from ob_buero_tui.rules.german import short_date
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.views import RowView, SplitView
from ob_buero_tui.services.vorlage import wording
from ob_buero_tui.services.vorlage.talks import next_talk
from ob_buero_tui.services.vorlage.views import Talk, VorlageDecision, VorlageRow
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.decisions import Asked, Inquiry, Vorlage, VorlageItem, VorlageState
from ob_buero_tui.store.requests import Request

NEXT, REST, DONE = "naechstes", "reste", "entschiedene"
SPLITS = (NEXT, REST, DONE)
_SAID = (VorlageDecision.JA.value, VorlageDecision.NEIN.value, VorlageDecision.VERTRETUNG.value)

_newer = aliased(VorlageItem)
LATEST = ~select(_newer.id).where(
    _newer.request_id == VorlageItem.request_id, _newer.id > VorlageItem.id
).exists()  # fmt: skip
"""A request that was put off lies on a later list, too: there it counts."""
WAITS = and_(Request.state == RequestState.VORLAGE.value, Request.trashed_at.is_(None))


def splits(place: Workplace) -> tuple[SplitView, ...]:
    """The views with their counts; the first one says when the talk is."""
    with place.reading() as session:
        counts = {split: _count(session, place, split) for split in SPLITS}
    labels = {
        NEXT: f"Gespräch {short_date(next_talk(place))}",
        REST: "Offene Reste",
        DONE: "Entschieden",
    }
    return tuple(SplitView(key=key, label=labels[key], count=counts[key]) for key in SPLITS)


def ids(place: Workplace, split: str) -> tuple[int, ...]:
    """The ordered items of a view."""
    latest_first = split == DONE
    day = Vorlage.talk_on.desc() if latest_first else Vorlage.talk_on
    with place.reading() as session:
        return tuple(session.scalars(_of(place, split, VorlageItem.id).order_by(day, VorlageItem.position)))


def contains(place: Workplace, split: str, item_id: int) -> bool:
    """Whether a view has an item."""
    with place.reading() as session:
        return session.scalar(_of(place, split, VorlageItem.id).where(VorlageItem.id == item_id)) is not None


def _count(session: Session, place: Workplace, split: str) -> int:
    return session.scalar(_of(place, split, func.count(VorlageItem.id))) or 0


def _of(place: Workplace, split: str, what: Any) -> Select[Any]:
    joined = (
        select(what)
        .select_from(VorlageItem)
        .join(Vorlage, Vorlage.id == VorlageItem.vorlage_id)
        .join(Request, Request.id == VorlageItem.request_id)
    )
    return joined.where(_condition(place, split))


def _condition(place: Workplace, split: str) -> ColumnElement[bool]:
    coming = and_(Vorlage.state == VorlageState.OFFEN.value, Vorlage.talk_on >= place.today)
    if split == NEXT:
        return and_(WAITS, LATEST, coming)
    if split == REST:
        return and_(WAITS, LATEST, ~coming)
    return and_(
        LATEST,
        VorlageItem.decision.in_(_SAID),
        Request.state != RequestState.VORLAGE.value,
        Request.trashed_at.is_(None),
    )


def rows(place: Workplace, wanted: Sequence[int]) -> Mapping[int, VorlageRow]:
    """The rows of some items; what is personal to another desk is no more than there."""
    with place.reading() as session:
        found = session.execute(
            select(VorlageItem, Vorlage, Request)
            .join(Vorlage, Vorlage.id == VorlageItem.vorlage_id)
            .join(Request, Request.id == VorlageItem.request_id)
            .where(VorlageItem.id.in_(wanted))
        ).all()
        asked = _stellungnahmen(session, [request.id for _, _, request in found])
    heads = inbox.rows(place, [request.id for _, _, request in found])
    return {
        item.id: _row(place, item, vorlage, request, heads[request.id], asked.get(request.id, (0, 0)))
        for item, vorlage, request in found
        if request.id in heads
    }


def _stellungnahmen(session: Session, request_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """How many Stellungnahmen have come, of how many, by request."""
    rows = session.execute(
        select(Inquiry.request_id, func.count(Inquiry.answered_on), func.count(Inquiry.id))
        .where(Inquiry.request_id.in_(request_ids), Inquiry.asked != Asked.ABSENDER.value)
        .group_by(Inquiry.request_id)
    )
    return {key: (answered, total) for key, answered, total in rows}


def _row(
    place: Workplace,
    item: VorlageItem,
    vorlage: Vorlage,
    request: Request,
    head: RowView,
    asked: tuple[int, int],
) -> VorlageRow:
    seen = place.sees(request.confidentiality, request.owner) is View.FULL
    decided = VorlageDecision(item.decision)
    return VorlageRow(
        id=item.id,
        request_id=request.id,
        position=item.position,
        talk_on=vorlage.talk_on,
        number=request.number,
        subject=head.subject,
        sign=head.sign,
        event_start=request.event_start if seen else None,
        who=head.requester,
        votum=wording.votum(request.votum) if seen else "",
        answered=asked[0] if seen else 0,
        asked=asked[1] if seen else 0,
        decision=decided if seen else VorlageDecision.OFFEN,
        deputy=place.catalog.calendar_short(item.deputy) if seen and item.deputy else "",
        hidden=not seen,
        carried_out=request.state != RequestState.VORLAGE.value,
    )


def waiting(place: Workplace, vorlage_id: int) -> tuple[int, ...]:
    """The items of one list that are still to be decided, in its order."""
    with place.reading() as session:
        return tuple(
            session.scalars(
                select(VorlageItem.id)
                .join(Request, Request.id == VorlageItem.request_id)
                .where(VorlageItem.vorlage_id == vorlage_id, WAITS, LATEST)
                .order_by(VorlageItem.position)
            )
        )


def talk_of(place: Workplace, item_id: int) -> Talk | None:
    """The list that an item lies on, with the numbers that are still to be decided."""
    with place.reading() as session:
        item = session.get(VorlageItem, item_id)
        vorlage = session.get(Vorlage, item.vorlage_id) if item is not None else None
        if vorlage is None:
            return None
        found = session.execute(
            select(VorlageItem.position, VorlageItem.id, Request.confidentiality, Request.owner)
            .join(Request, Request.id == VorlageItem.request_id)
            .where(VorlageItem.vorlage_id == vorlage.id, WAITS, LATEST)
            .order_by(VorlageItem.position)
        ).all()
        numbers = {
            row.position: row.id for row in found if place.sees(row.confidentiality, row.owner) is View.FULL
        }
        return Talk(vorlage_id=vorlage.id, talk_on=vorlage.talk_on, numbers=numbers)


def present_votum(place: Workplace, request_id: int) -> tuple[str, str]:
    """The Votum that a request has, and its words."""
    with place.reading() as session:
        request = session.get(Request, request_id)
        if request is None or place.sees(request.confidentiality, request.owner) is not View.FULL:
            return "", ""
        return request.votum, request.votum_text


def deputies_of(place: Workplace, item_ids: Sequence[int]) -> Mapping[int, str]:
    """Who stands in by the items, as keys of calendars."""
    with place.reading() as session:
        rows = session.execute(select(VorlageItem.id, VorlageItem.deputy).where(VorlageItem.id.in_(item_ids)))
        return {row.id: row.deputy for row in rows}
