"""Whose requests are meant by a name, begun or whole."""

from __future__ import annotations

import json
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Engine, false, func, literal_column, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from ob_buero_tui.rules.folding import fold_document, query_words
from ob_buero_tui.store.requests import Request

_PEOPLE = (
    "SELECT id, honorific_prefix || ' ' || given_name || ' ' || family_name || ' ' || coalesce(email, '')"
    " FROM person"
)
_BODIES = "SELECT id, name || ' ' || short_name || ' ' || coalesce(email, '') FROM organization"

Names = list[tuple[int, str]]
_READ: WeakKeyDictionary[Engine, tuple[int, Names, Names]] = WeakKeyDictionary()
"""The folded names of an open office, as of its last action: the full text has them among all letters."""


def asked_by(engine: Engine, session: Session, name: str) -> ColumnElement[bool]:
    """The requests of people and bodies whose name or address has words that begin so.

    A body's requests are its own, whoever wrote them; what the contact is noted for does not count.
    """
    words = [f" {word}" for word in query_words(name)]
    if not words:
        return false()
    _, people, bodies = _names(engine, session)
    found = [
        [key for key, text in names if all(word in text for word in words)] for names in (people, bodies)
    ]
    return or_(_in(Request.requester_id, found[0]), _in(Request.organization_id, found[1]))


def _names(engine: Engine, session: Session) -> tuple[int, Names, Names]:
    connection = session.connection()
    last = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM action").scalar_one()
    known = _READ.get(engine)
    if known is None or known[0] != last:
        people, bodies = (
            [(key, _folded(text)) for key, text in connection.exec_driver_sql(query)]
            for query in (_PEOPLE, _BODIES)
        )
        known = _READ[engine] = (last, people, bodies)
    return known


def _folded(text: str) -> str:
    """The words of a name, each after a blank."""
    return " " + " ".join(query_words(fold_document(text)))


def _in(column: InstrumentedAttribute[int | None], keys: list[int]) -> ColumnElement[bool]:
    """Keys by one bound value, however many they are."""
    listed = func.json_each(json.dumps(keys)).table_valued("value")
    return column.in_(select(literal_column("value")).select_from(listed)) if keys else false()
