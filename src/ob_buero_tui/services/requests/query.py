"""Requests by a query of the search language: what it means here, which requests it finds, how many."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.query import Query
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.requests.query_terms import Asked, Clause, clause
from ob_buero_tui.services.requests.query_words import expression, lock, saying
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.requests import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A query as this office understands it: its conditions, and how it reads in German."""

    conditions: tuple[ColumnElement[bool], ...]
    text: str
    keyed: tuple[ColumnElement[bool], ...] = ()
    match: str = ""
    """What the full text must say, and the conditions without it."""

    def selection(self) -> Select[int]:
        """The keys of the requests it finds, in no order."""
        return select(Request.id).where(*self.conditions)


def understand(place: Workplace, session: Session, query: Query) -> Understood:
    """Say what a query means in this office; what lies in the trash is not found.

    Raises:
        Mistake: a value that a key does not have.
    """
    lock(session)
    asked = Asked(place=place, session=session)
    read = [clause(asked, term) for term in query.terms if term.key]
    keyed = (Request.trashed_at.is_(None), readable(place), *(each.condition for each in read))
    return Understood(
        conditions=(*keyed, *saying(query)), text=_told(query, read), keyed=keyed, match=expression(query)
    )


def conditions(place: Workplace, query: Query) -> tuple[ColumnElement[bool], ...]:
    """What a request must be to be found by a query.

    Raises:
        Mistake: a value that a key does not have.
    """
    with place.reading() as session:
        return understand(place, session, query).conditions


def explained(place: Workplace, query: Query) -> str:
    """How a query reads in German, its dates in full.

    Raises:
        Mistake: a value that a key does not have.
    """
    with place.reading() as session:
        return understand(place, session, query).text


def count(place: Workplace, query: Query) -> int:
    """How many requests a query finds."""
    with place.reading() as session:
        known = understand(place, session, query)
        return session.scalar(select(func.count()).select_from(Request).where(*known.conditions)) or 0


def readable(place: Workplace) -> ColumnElement[bool]:
    """What is personal to another desk is not found: that it was found would tell what it says."""
    own = and_(Request.owner != "", Request.owner == place.desk.account)
    return or_(Request.confidentiality != Confidentiality.PERSOENLICH.value, own)


def _told(query: Query, read: list[Clause]) -> str:
    keyed = iter(read)
    parts = []
    for term in query.terms:
        if term.key:
            parts.append(next(keyed).text)
        else:
            parts.append(f"{'ohne ' if term.negated else ''}„{term.values[0]}“")
    return " · ".join(parts)
