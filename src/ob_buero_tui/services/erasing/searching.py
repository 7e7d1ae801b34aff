"""Looks for a person's words in every column of the registry, in the journal and in drafts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Table

from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.person_words import SURE, PersonWords, texts_of
from ob_buero_tui.store.personal import CONTENT
from ob_buero_tui.store.redacting import unfolded
from ob_buero_tui.store.tables import METADATA
from ob_buero_tui.store.types import JsonText

_AROUND: Final = 45
"""Characters of context on each side."""
_MOST_PLACES: Final = 4
"""Places of one text that are shown."""
DERIVED: Final = ("search_doc", "change")
"""The index is built anew; the journal is read by itself."""
_PIECE: Final = 500
_APART: Final = "\n\x00\n"
"""Between two columns: no name goes on from one to the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One row in which the words stand."""

    table: str
    row_id: int
    columns: tuple[str, ...]
    context: str
    surely: bool
    in_journal: bool = False


def search_rows(connection: Connection, words: PersonWords) -> Iterator[Place]:
    """Every row with the words in a column of the registry."""
    for table in METADATA.sorted_tables:
        columns = CONTENT.get(table.name, ())
        if not columns or table.name in DERIVED:
            continue
        listed = ", ".join(f'"{name}"' for name in ("id", *columns))
        found = connection.exec_driver_sql(f'SELECT {listed} FROM "{table.name}"')  # noqa: S608 our own names
        for rows in found.partitions(_PIECE):
            for row in rows:
                place = _look(table, row[0], dict(zip(columns, row[1:], strict=True)), words)
                if place is not None:
                    yield place


def search_journal(connection: Connection, words: PersonWords) -> Iterator[Place]:
    """Every row of which the journal holds the words, in a value before or after a change."""
    found = connection.exec_driver_sql("SELECT table_name, row_id, before, after FROM change")
    for rows in found.partitions(_PIECE):
        for name, row_id, *sides in rows:
            table = METADATA.tables.get(name)
            for side in sides:
                if side and table is not None:
                    place = _look(table, row_id, json.loads(side), words)
                    if place is not None:
                        yield Place(
                            table=name,
                            row_id=row_id,
                            columns=place.columns,
                            context=place.context,
                            surely=place.surely,
                            in_journal=True,
                        )


def readable(table: Table, column: str, value: Any) -> str:
    """A stored value as text to read and to search."""
    if value in (None, "", "[]", "{}"):
        return ""
    if isinstance(table.c[column].type, JsonText):
        loaded = json.loads(value) if isinstance(value, str) else value
        return " · ".join(text for text in texts_of(loaded) if text)
    return unfolded(str(value)) if table.name == "event_source" else str(value)


def around(text: str, words: PersonWords) -> str:
    """The words with what stands around them, on one line; of many places the first ones."""
    places = words.places(text, _MOST_PLACES + 1)
    if not places:
        return clean(" ".join(text.split()), limit=2 * _AROUND)
    pieces: list[str] = []
    begun = done = 0
    for start, end in places[:_MOST_PLACES]:
        if pieces and start - _AROUND < done:
            pieces.pop()  # one piece for what stands side by side
        else:
            begun = max(0, start - _AROUND)
        done = min(len(text), end + _AROUND)
        cut = f"{'…' if begun else ''}{text[begun:done]}{'…' if done < len(text) else ''}"
        pieces.append(shorten(" ".join(cut.split()), 8 * _AROUND))
    more = " … und öfter" if len(places) > _MOST_PLACES else ""
    return f"{' | '.join(pieces)}{more}"


def _look(table: Table, row_id: int, values: dict[str, Any], words: PersonWords) -> Place | None:
    """Where in a row the words stand."""
    texts = {name: readable(table, name, values.get(name)) for name in CONTENT.get(table.name, ())}
    if not words.kinds(_APART.join(texts.values())):
        return None
    hits = {name: text for name, text in texts.items() if words.kinds(text)}
    if not hits:
        return None
    # A family name in one column and the given name in the next are one name.
    kinds = words.kinds(" ".join(texts.values()))
    return Place(
        table=table.name,
        row_id=row_id,
        columns=tuple(hits),
        context=" | ".join(around(text, words) for text in hits.values()),
        surely=bool(kinds & SURE),
    )
