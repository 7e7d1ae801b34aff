"""An Ausfall as its screen shows it: every appointment hit, by time, with contact and what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.representation import COUNCIL
from ob_buero_tui.rules.ausfall_line import span_text
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.ausfall.calls import calls_of
from ob_buero_tui.services.ausfall.contacts import organiser
from ob_buero_tui.services.ausfall.hits import hits_between, synthetic_id
from ob_buero_tui.services.ausfall.standing import Standing, standing_of
from ob_buero_tui.services.ausfall.views import AusfallLine, AusfallView
from ob_buero_tui.services.calendar.linked_requests import requests_of
from ob_buero_tui.services.calendar.one_date import OneDate, find_date
from ob_buero_tui.services.calendar.slots import Dated, occurrence_key, seen_of
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.ausfall import Ausfall, AusfallItem, AusfallOutcome, AusfallState
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.decisions import Deputation
from ob_buero_tui.store.requests import Request

BUSY = "belegt (persönlich)"
GONE = Refusal("Diesen Ausfall gibt es nicht mehr.", "", "Vielleicht wurde er mit u zurückgenommen.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One line with the rows it was read from, for queries and use cases alike."""

    line: AusfallLine
    item: AusfallItem | None
    standing: Standing | None
    requests: tuple[Request, ...] = ()


def ausfall_view(place: Workplace, ausfall_id: int) -> AusfallView:
    """Everything of one Ausfall.

    Raises:
        Refusal: it is gone.
    """
    with place.reading() as session:
        row = session.get(Ausfall, ausfall_id)
        if row is None:
            raise GONE
        found = found_lines(session, place, row)
        view = _bare(session, place, row)
        lines = tuple(one.line for one in found)
        return replace(view, lines=lines, calls=calls_of(session, place, found))


def ausfaelle(place: Workplace) -> tuple[AusfallView, ...]:
    """The open ones, and those whose absence is not over; each with its lines, the earliest first."""
    with place.reading() as session:
        open_ones = Ausfall.state == AusfallState.OFFEN.value
        lasting = Event.ends_at > place.clock()
        rows = session.scalars(
            select(Ausfall)
            .join(Event, Event.id == Ausfall.event_id)
            .where(open_ones | lasting, Event.trashed_at.is_(None))
            .order_by(Event.starts_at, Ausfall.id)
        ).all()
        views = []
        for row in rows:
            found = found_lines(session, place, row)
            lines = tuple(one.line for one in found)
            views.append(
                replace(_bare(session, place, row), lines=lines, calls=calls_of(session, place, found))
            )
        return tuple(views)


def span_of(session: Session, place: Workplace, row: Ausfall) -> tuple[datetime, datetime]:
    """The absence as wall time of the office.

    Raises:
        Refusal: its entry in the calendar is gone.
    """
    date = find_date(session, place.zone, str(row.event_id))
    return date.starts.replace(fold=0), date.ends.replace(fold=0)


def found_lines(session: Session, place: Workplace, row: Ausfall, only: int | None = None) -> list[Found]:
    """The lines of an Ausfall: its items, and what has come since, in the order of time.

    Args:
        only: The key of the one line that is wanted; None for all.
    """
    start, end = span_of(session, place, row)
    items = session.scalars(select(AusfallItem).where(AusfallItem.ausfall_id == row.id)).all()
    known = {(item.event_id, item.recurrence_id) for item in items}
    hits = [one for one in hits_between(session, place, start, end) if _key(one) not in known]
    if only is not None:
        items = [item for item in items if item.id == only]
        hits = [one for one in hits if synthetic_id(*_key(one)) == only]
    keys = [*(item.event_id for item in items), *(one[1].id for one in hits)]
    linked = requests_of(session, place, keys)
    held = _at_once(session, items, keys)
    found = [_stored(session, place, item, (start, end), linked) for item in items]
    found += [_new(session, place, one, linked) for one in hits]
    del held
    return sorted(
        (one for one in found if one is not None), key=lambda one: (one.line.start, one.line.event_id)
    )


def _at_once(session: Session, items: Sequence[AusfallItem], keys: Sequence[int]) -> list[object]:
    """Appointments and deputations in one query each; the session knows them as long as this list lives."""
    asked = {item.deputation_id for item in items if item.deputation_id is not None}
    deputations = session.scalars(select(Deputation).where(Deputation.id.in_(asked))).all() if asked else []
    wanted = {*keys, *(one.event_id for one in deputations if one.event_id is not None)}
    return [*deputations, *session.scalars(select(Event).where(Event.id.in_(wanted))).all()]


def _key(row: Dated) -> tuple[int, str]:
    return row[1].id, row[0].recurrence_id


def _stored(
    session: Session,
    place: Workplace,
    item: AusfallItem,
    span: tuple[datetime, datetime],
    linked: Mapping[int, tuple[Request, ...]],
) -> Found | None:
    standing = standing_of(session, place, item, *span)
    date = standing.date
    if date is None:
        return None
    requests = linked.get(item.event_id, ())
    # Where only the deputy's entry is left of it, that is the line.
    name = item.recurrence_id if date.event.id == item.event_id else ""
    line = _line(session, place, date, item.id, name, requests)
    outside = not (date.starts < span[1] and date.ends > span[0])
    moved = standing.outcome is AusfallOutcome.VERSCHIEBEN
    if moved and (before := date.original or date.event.moved_from) is not None:
        # It stays where it stood in the list; what is said names the new time.
        line = replace(line, start=before, end=before + (line.end - line.start))
    return Found(
        line=replace(
            line,
            outcome=standing.outcome,
            answer=standing.answer,
            deputy=standing.deputy,
            said=standing.said,
            open=standing.open and not line.hidden,
            outside=outside and not moved,
        ),
        item=item,
        standing=standing,
        requests=requests,
    )


def _new(
    session: Session, place: Workplace, row: Dated, linked: Mapping[int, tuple[Request, ...]]
) -> Found | None:
    occurrence, event, _ = row
    try:
        date = find_date(session, place.zone, occurrence_key(event.id, occurrence.recurrence_id))
    except Refusal:
        return None
    key = synthetic_id(event.id, occurrence.recurrence_id)
    requests = linked.get(event.id, ())
    line = _line(session, place, date, key, occurrence.recurrence_id, requests)
    return Found(line=line, item=None, standing=None, requests=requests)


def _line(
    session: Session,
    place: Workplace,
    date: OneDate,
    key: int,
    recurrence_id: str,
    requests: Sequence[Request],
) -> AusfallLine:
    event, override = date.event, date.override
    full = seen_of(place, event, override) is View.FULL
    shown = override if override is not None else event
    kind = place.catalog.event_kinds.get(event.kind or "")
    bare = AusfallLine(
        id=key,
        key=occurrence_key(event.id, recurrence_id),
        event_id=event.id,
        recurrence_id=recurrence_id,
        summary=BUSY,
        start=date.starts.replace(fold=0),
        end=date.ends.replace(fold=0),
        all_day=date.all_day,
        hidden=True,
        open=False,
    )
    if not full:
        return bare
    first = requests[0] if requests else None
    return replace(
        bare,
        summary=shorten(shown.summary, 120),
        location=shown.location,
        sign=kind.sign if kind is not None else "",
        contact=organiser(session, place, event, override, first),
        request_id=first.id if first is not None else None,
        number=first.number if first is not None else "",
        session=event.calendar == COUNCIL,
        hidden=False,
        open=True,
    )


def _bare(session: Session, place: Workplace, row: Ausfall) -> AusfallView:
    start, end = span_of(session, place, row)
    event = session.get(Event, row.event_id)
    seen = event is not None and place.sees(event.confidentiality, event.owner) is View.FULL
    reason = row.reason if seen else ""
    return AusfallView(
        id=row.id,
        event_id=row.event_id,
        reason=reason,
        start=start,
        end=end,
        text=f"{reason or 'Abwesend'}: {span_text(start, end)}",
        state=AusfallState(row.state),
    )
