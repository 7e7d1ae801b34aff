"""Whose requests are meant by a name, begun or whole."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Engine, false, func, literal_column, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from ob_buero_tui.rules.folding import document_words, query_words
from ob_buero_tui.store.requests import Request

_TABLES = {
    "person": "SELECT id, honorific_prefix || ' ' || given_name || ' ' || family_name || ' ' ||"
    " coalesce(email, '') FROM person",
    "organization": "SELECT id, name || ' ' || short_name || ' ' || coalesce(email, '') FROM organization",
}
_SOME = " WHERE id IN (SELECT value FROM json_each(?))"
_TOUCHED = (
    "SELECT DISTINCT table_name, row_id FROM change"
    " WHERE action_id > ? AND table_name IN ('person', 'organization')"
)


@dataclass(slots=True)
class _Known:
    """The folded names of an open office by table and key, as of its last action.

    The full text has them among all letters, and to fold all of them takes longer than a keystroke may.
    """

    last: int
    names: dict[str, dict[int, str]]


_READ: WeakKeyDictionary[Engine, _Known] = WeakKeyDictionary()


def asked_by(engine: Engine, session: Session, name: str) -> ColumnElement[bool]:
    """The requests of people and bodies whose name or address has words that begin so.

    A body's requests are its own, whoever wrote them; what the contact is noted for does not count.
    """
    words = [f" {word}" for word in query_words(name)]
    if not words:
        return false()
    names = _names(engine, session)
    people, bodies = (_called(names[table], words) for table in ("person", "organization"))
    return or_(_in(Request.requester_id, people), _in(Request.organization_id, bodies))


def _called(names: dict[int, str], words: list[str]) -> list[int]:
    """The keys of the names that have all words; word by word, as the first leaves few."""
    first, *others = words
    found = [key for key, text in names.items() if first in text]
    for word in others:
        found = [key for key in found if word in names[key]]
    return found


def _names(engine: Engine, session: Session) -> dict[str, dict[int, str]]:
    """All names; after the first time only those are read that were written since."""
    connection = session.connection()
    last = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM action").scalar_one()
    known = _READ.get(engine)
    if known is None or known.last > last:
        names = {table: _read(connection.exec_driver_sql(query)) for table, query in _TABLES.items()}
        known = _READ[engine] = _Known(last, names)
    elif known.last < last:
        touched: dict[str, list[int]] = {table: [] for table in _TABLES}
        for table, key in connection.exec_driver_sql(_TOUCHED, (known.last,)):
            touched[table].append(key)
        names = {}
        for table, keys in touched.items():
            some = _read(connection.exec_driver_sql(_TABLES[table] + _SOME, (json.dumps(keys),)))
            gone = set(keys) - some.keys()
            names[table] = {key: text for key, text in known.names[table].items() if key not in gone} | some
        known = _READ[engine] = _Known(last, names)
    return known.names


def _read(rows: Iterable[Any]) -> dict[int, str]:
    return {key: _folded(text) for key, text in rows}


def _folded(text: str) -> str:
    """The words of a name, each after a blank."""
    if text.isascii():
        return " " + " ".join(document_words(text))
    return "".join(map(_folded_word, text.split()))


@lru_cache(maxsize=20_000)
def _folded_word(word: str) -> str:
    """One part of a name, remembered: many have the same."""
    return "".join(f" {each}" for each in document_words(word))


def _in(column: InstrumentedAttribute[int | None], keys: list[int]) -> ColumnElement[bool]:
    """Keys by one bound value, however many they are."""
    listed = func.json_each(json.dumps(keys)).table_valued("value")
    return column.in_(select(literal_column("value")).select_from(listed)) if keys else false()
