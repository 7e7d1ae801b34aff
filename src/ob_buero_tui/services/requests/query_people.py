"""Whose requests are meant by a name, begun or whole."""

from __future__ import annotations

import json

from sqlalchemy import ColumnElement, false, func, literal_column, or_, select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.folding import fold_document, query_words
from ob_buero_tui.store.requests import Request

_FOUND = (
    "SELECT d.type, d.ref_id, {} FROM search_fts f JOIN search_doc d ON d.id = f.rowid {}"
    " WHERE search_fts MATCH ? AND d.type = '{}'"
)
_PERSON = _FOUND.format(
    "p.honorific_prefix || ' ' || p.given_name || ' ' || p.family_name || ' ' || coalesce(p.email, '')",
    "JOIN person p ON p.id = d.ref_id",
    "person",
)
_BODY = _FOUND.format(
    "o.name || ' ' || o.short_name || ' ' || coalesce(o.email, '')",
    "JOIN organization o ON o.id = d.ref_id",
    "organization",
)


def asked_by(session: Session, name: str) -> ColumnElement[bool]:
    """The requests of people and bodies whose name or address has words that begin so.

    A body's requests are its own, whoever wrote them; what the contact is noted for does not count.
    """
    words = query_words(name)
    if not words:
        return false()
    match = " ".join(f'"{word}"*' for word in words)
    people = _keys(session, _PERSON, match, words)
    bodies = _keys(session, _BODY, match, words)
    return or_(_in(Request.requester_id, people), _in(Request.organization_id, bodies))


def _keys(session: Session, query: str, match: str, words: tuple[str, ...]) -> list[int]:
    rows = session.connection().exec_driver_sql(query, (match,))
    return [key for _, key, text in rows if _says(text, words)]


def _says(text: str, words: tuple[str, ...]) -> bool:
    told = query_words(fold_document(text))
    return all(any(each.startswith(word) for each in told) for word in words)


def _in(column: ColumnElement[int | None], keys: list[int]) -> ColumnElement[bool]:
    """Keys by one bound value, however many they are."""
    listed = func.json_each(json.dumps(keys)).table_valued("value")
    return column.in_(select(literal_column("value")).select_from(listed)) if keys else false()
