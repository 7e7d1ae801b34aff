"""The lists of the Eingang screen: splits with counts, ordered ids, and the rows that are visible."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, literal_column, or_, select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.piles import piles
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.rules.waiting import woken_word
from ob_buero_tui.services.requests.deputy_words import deputy_states, state_words
from ob_buero_tui.services.requests.sorting import by_due, order
from ob_buero_tui.services.views import RowView, SplitView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.decisions import DeputyAnswer
from ob_buero_tui.store.people import Organization, Person
from ob_buero_tui.store.requests import Request

NEW, WITHOUT_KIND, WAITING, ALL, TRASH = "neu", "ohne_art", "wartet", "alle", "papierkorb"
"""`ohne_art` has no digit: open ones of no kind, or of one that lies on no pile; the commands list them."""
OPEN_ONES = "offen"
"""All that is not closed, also what waits or is accepted: the list of the command, no split of the screen."""
MASKED = "(persönlich)"
OPEN = and_(Request.closed == literal_column("0"), Request.trashed_at.is_(None))
"""A literal, not a bound value: only so SQLite knows that the index of the open ones will do."""
_DECIDED = (RequestState.ZUGESAGT.value, RequestState.VERTRETUNG.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What the title line tells: open requests overdue, and due today."""

    overdue: int
    today: int


def splits(place: Workplace) -> tuple[SplitView, ...]:
    """The splits with their counts, in the order of the digits; the piles of kinds come from the catalog."""
    today = place.today
    with place.reading() as session:
        waiting = case((on_hold(today), 1), else_=0)
        undecided = case((Request.state.in_(_DECIDED), 0), else_=1)
        grouped = session.execute(
            select(Request.kind, waiting, undecided, func.count())
            .where(OPEN)
            .group_by(Request.kind, waiting, undecided)
        ).all()
        # Two counts that SQLite takes from pages and a short index; with a condition it would read all rows.
        everything, trashed = select(func.count()).select_from(Request), Request.trashed_at.is_not(None)
        total = (session.scalar(everything) or 0) - (session.scalar(everything.where(trashed)) or 0)
    present = [(kind, new, count) for kind, waits, new, count in grouped if not waits]
    views = [SplitView(key=NEW, label="Neu", count=sum(count for _, new, count in present if new))]
    for pile in piles(place.catalog.kinds.values()):
        count = sum(count for kind, _, count in present if kind in pile.kinds)
        views.append(SplitView(key=pile.key, label=pile.label, count=count))
    views += [
        SplitView(key=WAITING, label="Wartet", count=sum(count for _, waits, _, count in grouped if waits)),
        SplitView(key=ALL, label="Alle", count=total),
    ]
    return tuple(views)


def ids(place: Workplace, split: str, sort: str = "") -> tuple[int, ...]:
    """The ordered keys of a split's requests; the list fetches rows by them.

    Args:
        split: A key of `splits`, or what a query finds (`services.requests.splits`).
        sort: A key of `sorting.SORTINGS`; empty for the split's own order.

    Raises:
        Refusal: the query of the split makes no sense any more.
    """
    with place.reading() as session:
        # By the driver: a hundred thousand keys need no rows made of them.
        found: Any = session.connection().execute(_ordered(place, session, split, sort)).cursor
        return tuple(key for (key,) in found.fetchall())


def contains(place: Workplace, split: str, request_id: int) -> bool:
    """Whether a split has a request, without reading all its keys."""
    with place.reading() as session:
        found = _ordered(place, session, split, "").where(Request.id == request_id)
        return session.scalar(found) is not None


def trashed(place: Workplace) -> int:
    """How many requests lie in the trash."""
    with place.reading() as session:
        return session.scalar(select(func.count()).where(Request.trashed_at.is_not(None))) or 0


def rows(place: Workplace, wanted: Sequence[int]) -> Mapping[int, RowView]:
    """The rows with these keys, for drawing; a key that is gone is left out."""
    with place.reading() as session:
        return {row.id: row for row in _rows(place, session, wanted)}


def counts(place: Workplace) -> Counts:
    """How many open requests are overdue and due today, without those on Wiedervorlage."""
    now, today = place.now, place.today
    # As in the rows: what was due earlier today is overdue.
    late = or_(Request.due_on < today, Request.due_time < now.time())
    with place.reading() as session:
        row = session.execute(
            select(
                func.coalesce(func.sum(case((late, 1), else_=0)), 0),
                func.coalesce(func.sum(case((late, 0), else_=1)), 0),
            ).where(OPEN, Request.due_on <= today, ~on_hold(today))
        ).one()
    return Counts(overdue=row[0], today=row[1])


def on_hold(today: date) -> ColumnElement[bool]:
    """On Wiedervorlage until a later day, or waiting for somebody's answer without a day set for it."""
    without_day = and_(Request.state == RequestState.WARTET.value, Request.wiedervorlage_on.is_(None))
    # The column is NULL for most: without the first condition the negation would be NULL, not true.
    return or_(and_(Request.wiedervorlage_on.is_not(None), Request.wiedervorlage_on > today), without_day)


def _ordered(place: Workplace, session: Session, split: str, sort: str) -> Select[int]:
    from ob_buero_tui.services.requests import own_splits as own

    if own.is_searched(split):
        return own.selection(place, session, split).order_by(*order(sort))
    chosen = _selection(place, split)
    return chosen.order_by(None).order_by(*order(sort)) if sort else chosen


def _selection(place: Workplace, split: str) -> Select[int]:
    today = place.today
    of_piles = {pile.key: pile.kinds for pile in piles(place.catalog.kinds.values())}
    known = [kind for kinds in of_piles.values() for kind in kinds]
    conditions: dict[str, Callable[[], ColumnElement[bool]]] = {
        NEW: lambda: and_(OPEN, ~on_hold(today), Request.state.not_in(_DECIDED)),
        WITHOUT_KIND: lambda: and_(
            OPEN, ~on_hold(today), or_(Request.kind.is_(None), Request.kind.not_in(known))
        ),
        WAITING: lambda: and_(OPEN, on_hold(today)),
        OPEN_ONES: lambda: OPEN,
    }
    if split == ALL:
        return (
            select(Request.id)
            .where(Request.trashed_at.is_(None))
            .order_by(Request.received_at.desc(), Request.id)
        )
    if split == TRASH:
        return (
            select(Request.id)
            .where(Request.trashed_at.is_not(None))
            .order_by(Request.trashed_at.desc(), Request.id)
        )
    if split == WAITING:
        return select(Request.id).where(conditions[WAITING]()).order_by(Request.wiedervorlage_on, Request.id)
    if split in conditions:
        return select(Request.id).where(conditions[split]()).order_by(*by_due())
    # A pile before a kind of the same name: „anliegen“ is all that lies on that pile.
    named = of_piles.get(split) or ((split,) if split in place.catalog.kinds else ())
    chosen = Request.kind.in_(named) if named else false()
    return select(Request.id).where(OPEN, ~on_hold(today), chosen).order_by(*by_due())


def _rows(place: Workplace, session: Session, wanted: Sequence[int]) -> list[RowView]:
    found = session.execute(
        select(
            Request.id,
            Request.number,
            Request.subject,
            Request.kind,
            Request.state,
            Request.due_on,
            Request.due_time,
            Request.closed,
            Request.wiedervorlage_on,
            Request.woken_by,
            Request.important,
            Request.received_at,
            Request.confidentiality,
            Request.owner,
            Person.family_name,
            Person.given_name,
            Person.email,
            Organization.name,
        )
        .outerjoin(Person, Person.id == Request.requester_id)
        .outerjoin(Organization, Organization.id == Request.organization_id)
        .where(Request.id.in_(wanted))
    ).all()
    now = place.now
    asking = [row.id for row in found if row.state == RequestState.VERTRETUNG]
    said = deputy_states(session, asking) if asking else {}
    return [_row(place, row, now, said.get(row.id, "")) for row in found]


def _row(place: Workplace, row: Any, now: datetime, said: str) -> RowView:
    full = place.sees(row.confidentiality, row.owner) is View.FULL
    kind = place.catalog.kinds.get(row.kind or "")
    name = row.name or " ".join(part for part in (row.given_name, row.family_name) if part) or row.email or ""
    waits = row.wiedervorlage_on is not None and row.wiedervorlage_on > now.date()
    return RowView(
        id=row.id,
        number=row.number,
        subject=row.subject if full else MASKED,
        sign=kind.sign if kind is not None else "",
        state=RequestState(row.state),
        due_on=row.due_on,
        due_time=row.due_time,
        overdue=not row.closed and not waits and is_overdue(row.due_on, row.due_time, now),
        wiedervorlage_on=row.wiedervorlage_on if waits and not row.closed else None,
        important=row.important,
        received_on=place.local(row.received_at).date(),
        requester=name if full else "",
        state_label=state_words(place, row.state, said),
        deputy_open=row.state == RequestState.VERTRETUNG and said != DeputyAnswer.ZUGESAGT,
        woken="" if row.closed or waits else woken_word(row.woken_by),
    )


def is_overdue(on: date | None, at: Any, now: datetime) -> bool:
    """Whether a date with or without a time of day has passed."""
    if on is None:
        return False
    return on < now.date() or (on == now.date() and at is not None and at < now.time())
