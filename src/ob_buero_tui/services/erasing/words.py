"""All names, addresses and numbers under which a person is and was known here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Table

from ob_buero_tui.catalog.everyday import everyday_words
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.rules.folded_spans import folded
from ob_buero_tui.rules.person_patterns import Known, WordKind
from ob_buero_tui.rules.person_words import PersonWords
from ob_buero_tui.rules.word_names import SHORTEST
from ob_buero_tui.services.erasing.searching import DERIVED, readable
from ob_buero_tui.store.personal import CONTENT
from ob_buero_tui.store.tables import METADATA

_PHONES: Final = ("tel", "mobile", "private_tel")
_STREETS: Final = ("street_address", "private_street_address")


def words_of(catalog: Catalog, connection: Connection, person_id: int) -> PersonWords | None:
    """The words of a person, as the record has them now and had them before; None where there are none."""
    known = [
        one for key in (person_id, *merged_into(connection, person_id)) for one in _known(connection, key)
    ]
    others = connection.exec_driver_sql(
        "SELECT DISTINCT given_name FROM person WHERE id <> ? AND given_name <> ''", (person_id,)
    )
    names, ordinary = tuple(others.scalars()), _ordinary(connection, person_id)
    everyday = everyday_words(catalog)
    words = PersonWords(known, names, ordinary, everyday)
    if not words:
        return None
    ordinary += tuple(_written_small(connection, known, words))
    senders = _senders(connection, person_id, words)
    return PersonWords([*known, *senders], names, ordinary, everyday)


def _written_small(connection: Connection, known: Sequence[Known], words: PersonWords) -> set[str]:
    """The family names that stand in the office's own texts as words: „offen“, where names have capitals."""
    found: set[str] = set()
    for name in {word for one in known for word in one.family.lower().split() if len(word) >= SHORTEST}:
        for table, columns in CONTENT.items():
            for column in columns if table not in DERIVED else ():
                if folded(name) not in found:
                    found.update(_small_in(connection, METADATA.tables[table], column, name, words))
    return found


def _small_in(
    connection: Connection, table: Table, column: str, name: str, words: PersonWords
) -> Iterator[str]:
    """The first family name that stands in a column as a word, where it has this name in small letters."""
    query = f'SELECT "{column}" FROM "{table.name}" WHERE instr("{column}", ?)'  # noqa: S608 our own names
    with connection.exec_driver_sql(query, (name,)) as rows:
        for (text,) in rows:
            found = next(words.as_words(readable(table, column, text)), None)
            if found is not None:
                yield found
                return


def _ordinary(connection: Connection, person_id: int) -> tuple[str, ...]:
    """What other people, bodies and places here are called."""
    found = connection.exec_driver_sql(
        "SELECT family_name FROM person WHERE id <> :id UNION SELECT locality FROM person"
        " UNION SELECT private_locality FROM person UNION SELECT name FROM organization"
        " UNION SELECT locality FROM organization UNION SELECT locality FROM location",
        {"id": person_id},
    )
    return tuple(name for name in found.scalars() if name)


def merged_into(connection: Connection, person_id: int) -> list[int]:
    """The cards that went into a person's by merging and are there no more, but in the journal."""
    found: list[int] = []
    keeping = [person_id]
    while keeping:
        gone = connection.exec_driver_sql(
            "SELECT DISTINCT j.value FROM action a, json_each(a.params, '$.others') j"
            " WHERE a.verb = 'merge_contacts' AND json_extract(a.params, '$.table') = 'person'"
            " AND json_extract(a.params, '$.ids[0]') = ?"
            " AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = j.value)",
            (keeping.pop(),),
        )
        new = [key for key in gone.scalars() if key not in found and key != person_id]
        found += new
        keeping += new
    return found


def words_of_name(catalog: Catalog, name: str) -> PersonWords:
    """The words of somebody of whom only what was typed is known: a name, an e-mail address or a number."""
    text = " ".join(name.split())
    if "@" in text:
        return PersonWords([Known(mails=(text,))])
    if sum(letter.isdigit() for letter in text) >= len(text.replace(" ", "")) / 2 and text:
        return PersonWords([Known(phones=(text,))])
    family, comma, given = (part.strip() for part in text.partition(","))
    if not comma:
        given, _, family = text.rpartition(" ")
    return PersonWords([Known(given=given, family=family)], everyday=everyday_words(catalog))


def _known(connection: Connection, person_id: int) -> Iterator[Known]:
    rows = connection.exec_driver_sql("SELECT * FROM person WHERE id = ?", (person_id,)).mappings().all()
    past: dict[str, Any] = {}
    changes = connection.exec_driver_sql(
        "SELECT before, after FROM change WHERE table_name = 'person' AND row_id = ? ORDER BY id",
        (person_id,),
    ).all()
    for sides in changes:
        for side in sides:
            if side:
                past |= json.loads(side)  # an update names only the columns that it touched
                yield from _one(past)
    for row in rows:
        yield from _one(dict(row))


def _one(row: Mapping[str, Any]) -> Iterator[Known]:
    def told(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(str(row[name]) for name in names if row.get(name))

    given, family = str(row.get("given_name") or ""), str(row.get("family_name") or "")
    yield Known(
        given=given,
        family=family,
        mails=told(("email",)),
        phones=told(_PHONES),
        streets=told(_STREETS),
    )


def _senders(connection: Connection, person_id: int, words: PersonWords) -> Iterator[Known]:
    """The addresses from which letters of the person's own requests came under the person's name."""
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT m.sender_name, m.sender_address FROM message m JOIN request r ON r.id = m.request_id"
        " WHERE r.requester_id = ?",
        (person_id,),
    ).all()
    for name, address in rows:
        if words.kinds(name) & {WordKind.NAME, WordKind.FAMILIENNAME}:
            yield Known(mails=(address,))
