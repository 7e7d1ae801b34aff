"""A desk's own piles and searches looked at as one: what they are, and which requests lie on them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.lists import SavedSplit

SEARCHED = "?"
"""How the key of a search as a pile begins; the query follows."""
OWN = "eigener:"
"""How the key of a desk's own pile begins; its id follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSplit:
    """A pile of this desk's own, without its count."""

    id: int
    label: str
    query: str
    sort: str = ""

    @property
    def key(self) -> str:
        """What the lists know it by."""
        return f"{OWN}{self.id}"


def searched(text: str) -> str:
    """The key under which the lists show what a query finds."""
    return SEARCHED + text


def is_searched(split: str) -> bool:
    """Whether a split is what a query finds, one's own included."""
    return split.startswith((SEARCHED, OWN))


def own_splits(place: Workplace) -> tuple[OwnSplit, ...]:
    """The piles this desk made, in their order."""
    with place.reading() as session:
        rows = session.scalars(
            select(SavedSplit)
            .where(SavedSplit.desk_id == place.desk.id)
            .order_by(SavedSplit.position, SavedSplit.id)
        )
        return tuple(OwnSplit(id=row.id, label=row.label, query=row.query, sort=row.sort) for row in rows)


def selection(place: Workplace, session: Session, split: str) -> Select[int]:
    """The requests of such a split, in no order.

    Raises:
        Refusal: the query makes no sense any more, or the pile is gone.
    """
    # The first screen shows the office's own piles: what reads a query comes with the first one.
    from ob_buero_tui.rules.query import parse_query
    from ob_buero_tui.services.requests.query import understand

    return understand(place, session, parse_query(_query_of(session, split))).selection()


def count_split(place: Workplace, split: str) -> int | None:
    """How many requests such a split has; None where its query makes no sense any more."""
    with place.reading() as session:
        try:
            found = selection(place, session, split)
        except Refusal:
            return None
        return session.scalar(select(func.count()).select_from(found.subquery())) or 0


def problem_of(place: Workplace, split: str) -> str:
    """Why the query of a split makes no sense any more; empty when it does."""
    with place.reading() as session:
        try:
            selection(place, session, split)
        except Refusal as refusal:
            return str(refusal)
    return ""


def _query_of(session: Session, split: str) -> str:
    if split.startswith(SEARCHED):
        return split.removeprefix(SEARCHED)
    row = session.get(SavedSplit, int(split.removeprefix(OWN)))
    if row is None:
        raise Refusal("Diesen Stapel gibt es nicht mehr.", "", "Mit 1 geht es zu Neu.")
    return row.query
