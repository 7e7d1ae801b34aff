"""Finds a person everywhere: what leads to the record, and the words in texts, journal, drafts and files."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.person_words import PersonWords
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.erasing.duties import Duties
from ob_buero_tui.services.erasing.file_owners import with_duties
from ob_buero_tui.services.erasing.file_search import SCAN, UNREAD, search_files
from ob_buero_tui.services.erasing.hiding import is_covered
from ob_buero_tui.services.erasing.linking import Linked, linked_rows, own_numbers
from ob_buero_tui.services.erasing.searching import Place, readable, search_journal, search_rows
from ob_buero_tui.services.erasing.views import FileHit, Found, Hit, HitHow
from ob_buero_tui.services.erasing.words import words_of, words_of_name
from ob_buero_tui.services.naming import MASKED, record_name
from ob_buero_tui.services.people.seeing import read_contact
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Person
from ob_buero_tui.store.personal import CONTENT, HASHES
from ob_buero_tui.store.tables import METADATA

_CONTEXT = 600
"""Characters of a record that stand for it in the preview and in the report."""
TABLE_NAMES = {
    "action": "Schritt im Verlauf",
    "draft": "Entwurf eines Formulars",
    "calendar_feed": "Kalenderdatei",
}


def find_person(place: Workplace, person_id: int) -> Found:
    """All that is known of a person of the register; it reads every table and may take a while.

    Raises:
        Refusal: the person is gone or hidden, or Sichtschutz covers what would be found.
    """
    refuse_veil(place)
    with place.reading() as session:
        read_contact(place, session, "person", person_id)  # refused where it is hidden
        person = session.get_one(Person, person_id)
        words = words_of(place.catalog, session.connection(), person_id) or PersonWords(())
        linked = linked_rows(session.connection(), person_id)
        name = record_name(session.connection(), "person", person.id, place).removeprefix("Person ")
        hits = collect(place, session, linked, words)
        duties = Duties(place, session).of_person(person_id, linked)
        digests = linked_files(session.connection(), linked)
        numbers = own_numbers(session.connection(), linked)
    files, pictures = _files(place, words, digests, numbers)
    confirm = (person.family_name or person.given_name or person.email or name).strip()
    return Found(
        person_id=person_id,
        name=name,
        hits=hits,
        files=files,
        duties=duties,
        confirm=confirm,
        pictures=pictures,
    )


def find_name(place: Workplace, name: str) -> Found:
    """Every place where a name, an e-mail address or a number stands, whoever is meant.

    Raises:
        Refusal: nothing was named, or Sichtschutz covers what would be found.
    """
    refuse_veil(place)
    words = words_of_name(place.catalog, name)
    if not words:
        raise Refusal(
            "Es wurde nicht gesucht.",
            "Es fehlt der Name.",
            "Nennen Sie Vor- und Nachnamen, E-Mail oder Nummer.",
        )
    with place.reading() as session:
        hits = collect(place, session, {}, words)
    files, pictures = _files(place, words)
    return Found(person_id=0, name=name, hits=hits, files=files, pictures=pictures)


def _files(
    place: Workplace, words: PersonWords, linked: Collection[str] = (), numbers: Collection[str] = ()
) -> tuple[tuple[FileHit, ...], int]:
    """The files with the words and those that nobody could look into, and how many are mere pictures."""
    found = list(search_files(place, words, linked, numbers))
    files = (replace(one, unread=one.context == UNREAD) for one in found if one.context != SCAN)
    return with_duties(place, files), sum(one.context == SCAN for one in found)


def refuse_veil(place: Workplace) -> None:
    """Under Sichtschutz nothing would be found, and all of it would be shown."""
    if place.veil is not None:
        raise Refusal(
            "Das geht unter Sichtschutz nicht.",
            "Die Angaben sind verdeckt.",
            "# zeigt sie wieder; dann geht es.",
        )


def collect(place: Workplace, session: Session, linked: Linked, words: PersonWords) -> tuple[Hit, ...]:
    """The hits of a person: what is linked first, then the texts, each in the order of tables and keys."""
    connection = session.connection()
    places: dict[tuple[str, int], Place] = {}
    for one in (*search_rows(connection, words), *search_journal(connection, words)):
        places.setdefault((one.table, one.row_id), one)
    duties = Duties(place, session)
    hits = [
        _linked(place, connection, key, whole=whole, found=places.get(key), duty=duties.of(*key))
        for key, whole in linked.items()
    ]
    hits += [
        _in_text(place, connection, one, duties.of(*key))
        for key, one in sorted(places.items())
        if key not in linked
    ]
    return tuple(hits)


def linked_files(connection: Connection, linked: Linked) -> set[str]:
    """The hashes of the kept files that linked records name."""
    found: set[str] = set()
    for (table, key), whole in linked.items():
        column = HASHES.get(table)
        if column and (whole or table != "attachment"):
            query = f'SELECT "{column}" FROM "{table}" WHERE id = ?'  # noqa: S608 our own names
            found.add(connection.exec_driver_sql(query, (key,)).scalar() or "")
    return found - {""}


def _linked(
    place: Workplace,
    connection: Connection,
    key: tuple[str, int],
    *,
    whole: bool,
    found: Place | None,
    duty: str,
) -> Hit:
    row = stored(connection, *key)
    filled = texts_of_row(key[0], row)
    hidden = is_covered(place, connection, *key)
    context = found.context if found else next((text for _, text in filled), "")
    return Hit(
        table=key[0],
        row_id=key[1],
        how=HitHow.VERKNUEPFT,
        whole=whole,
        columns=tuple(name for name, _ in filled) if whole else found.columns if found else (),
        record=_name(connection, *key, place),
        context=MASKED if hidden else shorten(" ".join(context.split()), _CONTEXT),
        gone=not row,
        duty=duty,
        ticked=not whole and found is not None,
    )


def _in_text(place: Workplace, connection: Connection, found: Place, duty: str) -> Hit:
    hidden = is_covered(place, connection, found.table, found.row_id)
    return Hit(
        table=found.table,
        row_id=found.row_id,
        how=HitHow.IM_TEXT,
        whole=False,
        columns=found.columns,
        record=_name(connection, found.table, found.row_id, place),
        context=MASKED if hidden else found.context,
        surely=found.surely,
        gone=found.in_journal and not stored(connection, found.table, found.row_id),
        duty=duty,
    )


def stored(connection: Connection, table: str, row_id: int) -> dict[str, Any]:
    """A row as the database stores it; empty where it is gone."""
    query = f'SELECT * FROM "{table}" WHERE id = ?'  # noqa: S608 our own names
    row = connection.exec_driver_sql(query, (row_id,)).mappings().one_or_none()
    return dict(row) if row is not None else {}


def texts_of_row(table: str, row: dict[str, Any]) -> Iterable[tuple[str, str]]:
    """The filled columns of a row with their text, in the order of the registry."""
    if not row:
        return []
    known = METADATA.tables[table]
    found = [(name, readable(known, name, row[name])) for name in CONTENT.get(table, ())]
    return [(name, text) for name, text in found if text]


def _name(connection: Connection, table: str, row_id: int, place: Workplace) -> str:
    if table == "imported_file" and is_covered(place, connection, table, row_id):
        return f"Datei {MASKED}"
    return TABLE_NAMES.get(table) or record_name(connection, table, row_id, place)
