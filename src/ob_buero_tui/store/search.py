"""The search index: one folded text per record, with FTS5 over it, kept by code and never by triggers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from sqlalchemy import Connection, Index, RowMapping, UniqueConstraint
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Mapped, mapped_column

from ob_buero_tui.rules.folding import fold_document
from ob_buero_tui.store.base import Row
from ob_buero_tui.store.connecting import says_nothing

CREATE_FTS = (
    "CREATE VIRTUAL TABLE search_fts USING fts5(folded, content='search_doc', content_rowid='id', "
    "tokenize=\"unicode61 remove_diacritics 2\", prefix='2 3')"
)
BODY_LIMIT = 20_000
"""Characters of a letter that are searchable; the rest of a longer one is read, not found."""

Source = RowMapping

_RANK = "instr('oeffentlich intern vertraulich persoenlich', {}.confidentiality)"
"""How strict a record is, in SQL: the levels from open to strictest (rules.visibility)."""


class SearchDoc(Row):
    """What can be found of one record: its title as shown, and everything of it folded."""

    __tablename__ = "search_doc"
    id: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str]
    ref_id: Mapped[int]
    title: Mapped[str]
    folded: Mapped[str]

    __table_args__ = (
        UniqueConstraint("type", "ref_id"),
        Index("ix_search_doc_title", "type"),
        {"sqlite_strict": True, "sqlite_autoincrement": True},
    )


def _request(row: Source) -> tuple[str, str]:
    fields = json.loads(row["fields"] or "{}")
    values = " ".join(str(value) for value in fields.values() if value)
    letter = (row["letter"] or "")[:BODY_LIMIT]
    known = (row[key] for key in ("number", "subject", "who", "event_place", "reason"))
    parts = (*known, values, letter, row["notes"], row["answers"])
    return row["subject"], " ".join(part for part in parts if part)


def _event(row: Source) -> tuple[str, str]:
    description = row["description"][:BODY_LIMIT]
    parts = (row["summary"], row["location"], row["organizer"], description, row["others"])
    return row["summary"], " ".join(part for part in parts if part)


def _person(row: Source) -> tuple[str, str]:
    parts = (row["honorific_prefix"], row["given_name"], row["family_name"])
    name = " ".join(part for part in parts if part)
    return name or row["email"] or "", _contact(name, row)


def _organization(row: Source) -> tuple[str, str]:
    return row["name"], _contact(row["name"], row)


def _contact(name: str, row: Source) -> str:
    known = (row[key] for key in ("email", "tel", "street_address", "locality", "note", "others"))
    return " ".join(part for part in (name, *known) if part)


def _meeting(row: Source) -> tuple[str, str]:
    # Sessions that were planned here have no name of their own; their day tells them apart.
    day = ".".join(reversed(str(row["start"] or "")[:10].split("-")))
    title = row["name"] or f"{row['leading'] or 'Sitzung'} {day}".strip()
    parts = (title, row["bodies"], row["place"], row["note"], row["items"])
    return title, " ".join(part for part in parts if part)[:BODY_LIMIT]


def _paper(row: Source) -> tuple[str, str]:
    parts = (row["reference"], row["name"], row["paper_type"])
    return " ".join(part for part in parts[:2] if part), " ".join(part for part in parts if part)


def _task(row: Source) -> tuple[str, str]:
    return row["label"], row["label"]


QUERIES: dict[str, tuple[str, Callable[[Source], tuple[str, str]]]] = {
    "request": (
        # An answer that is stricter than its request must not be found by its words.
        "SELECT r.*, coalesce(p.given_name || ' ' || p.family_name || ' ' || coalesce(p.email, ''), '')"  # noqa: S608
        " || ' ' || coalesce(o.name, '') AS who,"
        " (SELECT group_concat(m.sender_name || ' ' || m.sender_address || ' ' || m.body, ' ')"
        "  FROM message m WHERE m.request_id = r.id) AS letter,"
        " (SELECT group_concat(n.text, ' ') FROM note n WHERE n.request_id = r.id) AS notes,"
        " (SELECT substr(group_concat(d.title || ' ' || d.text, ' '), 1, 20000)"
        "  FROM document d WHERE d.request_id = r.id"
        f"  AND {_RANK.format('d')} <= {_RANK.format('r')}) AS answers"
        " FROM request r LEFT JOIN person p ON p.id = r.requester_id LEFT JOIN organization o"
        " ON o.id = r.organization_id WHERE r.trashed_at IS NULL"
        " AND r.id IN (SELECT value FROM json_each(?))",
        _request,
    ),
    # A date that is stricter than its series must not be found by its own words.
    "event": (
        "SELECT e.*, (SELECT group_concat(v.summary || ' ' || v.location, ' ')"  # noqa: S608 our own words
        " FROM event_override v"
        f" WHERE v.event_id = e.id AND {_RANK.format('v')} <= {_RANK.format('e')}"
        " AND (v.confidentiality <> 'persoenlich' OR v.owner = e.owner)) AS others FROM event e"
        " WHERE e.trashed_at IS NULL AND e.id IN (SELECT value FROM json_each(?))",
        _event,
    ),
    "person": (
        "SELECT p.*, p.job_title || ' ' || p.mandate || ' ' || p.mobile || ' ' || p.assistant || ' ' ||"
        " coalesce((SELECT group_concat(o.name || ' ' || m.role, ' ') FROM membership m"
        "  JOIN organization o ON o.id = m.organization_id WHERE m.person_id = p.id), '') AS others"
        " FROM person p WHERE p.id IN (SELECT value FROM json_each(?))",
        _person,
    ),
    "organization": (
        "SELECT *, short_name || ' ' || classification AS others FROM organization"
        " WHERE id IN (SELECT value FROM json_each(?))",
        _organization,
    ),
    "task": (
        "SELECT * FROM task WHERE id IN (SELECT value FROM json_each(?))",
        _task,
    ),
    # Titles of the non-public part are found at the desk; exports leave them out (services/council).
    "meeting": (
        "SELECT m.*, l.description || ' ' || l.room || ' ' || l.locality AS place,"
        " (SELECT group_concat(o.name || ' ' || o.short_name, ' ') FROM meeting_organization mo"
        "  JOIN organization o ON o.id = mo.organization_id WHERE mo.meeting_id = m.id) AS bodies,"
        " (SELECT o.name FROM meeting_organization mo JOIN organization o ON o.id = mo.organization_id"
        "  WHERE mo.meeting_id = m.id ORDER BY mo.position LIMIT 1) AS leading,"
        " (SELECT group_concat(a.name || ' ' || a.general_name, ' ') FROM agenda_item a"
        "  WHERE a.meeting_id = m.id AND a.deleted = 0) AS items"
        " FROM meeting m LEFT JOIN location l ON l.id = m.location_id"
        " WHERE m.deleted = 0 AND m.id IN (SELECT value FROM json_each(?))",
        _meeting,
    ),
    "paper": (
        "SELECT * FROM paper WHERE deleted = 0 AND id IN (SELECT value FROM json_each(?))",
        _paper,
    ),
}

_ALIVE = {
    "request": "trashed_at IS NULL",
    "event": "trashed_at IS NULL",
    "meeting": "deleted = 0",
    "paper": "deleted = 0",
}
"""Which records `QUERIES` finds; of the others all."""

OWNERS: dict[str, tuple[str, str]] = {
    "message": ("request", "request_id"),
    "note": ("request", "request_id"),
    "document": ("request", "request_id"),
    "event_override": ("event", "event_id"),
    "agenda_item": ("meeting", "meeting_id"),
    "meeting_organization": ("meeting", "meeting_id"),
    "membership": ("person", "person_id"),
}
"""Tables whose text belongs to another record's search document, and the column that names it."""


def index_rows(connection: Connection, type_: str, ids: Iterable[int], *, fresh: bool = False) -> None:
    """Write the search documents of these records anew; one that is gone or in the trash is dropped.

    Args:
        type_: A key of `QUERIES`.
        fresh: The records were just inserted, so there is nothing old to remove.
    """
    wanted = json.dumps(sorted(ids))
    if not fresh:
        _drop(connection, type_, wanted)
    query, build = QUERIES[type_]
    rows = connection.exec_driver_sql(query, (wanted,)).mappings().all()
    documents = []
    for row in rows:
        title, content = build(row)
        documents.append((type_, row["id"], title[:300], fold_document(content)))
    if not documents:
        return
    last = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM search_doc").scalar() or 0
    numbered = [(last + number, *document) for number, document in enumerate(documents, 1)]
    connection.exec_driver_sql(
        "INSERT INTO search_doc(id, type, ref_id, title, folded) VALUES (?, ?, ?, ?, ?)", numbered
    )
    connection.exec_driver_sql(
        "INSERT INTO search_fts(rowid, folded) VALUES (?, ?)", [(item[0], item[4]) for item in numbered]
    )


def _drop(connection: Connection, type_: str, wanted: str) -> None:
    old = connection.exec_driver_sql(
        "SELECT id, folded FROM search_doc WHERE type = ? AND ref_id IN (SELECT value FROM json_each(?))",
        (type_, wanted),
    ).all()
    if not old:
        return
    # External content: FTS5 must be told the old text, it does not keep it.
    forget = "INSERT INTO search_fts(search_fts, rowid, folded) VALUES ('delete', ?, ?)"
    connection.exec_driver_sql(forget, [tuple(row) for row in old])
    connection.exec_driver_sql("DELETE FROM search_doc WHERE id = ?", [(row[0],) for row in old])


def rebuild(connection: Connection) -> None:
    """Build the whole index anew from the records; it is throw-away."""
    connection.exec_driver_sql("DELETE FROM search_doc")
    connection.exec_driver_sql("INSERT INTO search_fts(search_fts) VALUES ('rebuild')")
    for type_ in QUERIES:
        ids = connection.exec_driver_sql(f'SELECT id FROM "{type_}"').scalars().all()  # noqa: S608 our own names
        for start in range(0, len(ids), 2000):
            index_rows(connection, type_, ids[start : start + 2000], fresh=True)


def differing(connection: Connection) -> int:
    """How many records the index lacks, or has though they are gone; needs no lock and reads no text."""
    found = 0
    for type_ in QUERIES:
        alive = f'SELECT id FROM "{type_}" WHERE {_ALIVE.get(type_, "1")}'  # noqa: S608 our own words
        known = f"SELECT ref_id FROM search_doc WHERE type = '{type_}'"  # noqa: S608
        for query in (f"{alive} EXCEPT {known}", f"{known} EXCEPT {alive}"):
            found += connection.exec_driver_sql(f"SELECT count(*) FROM ({query})").scalar() or 0  # noqa: S608
    return found


def sound(connection: Connection) -> bool:
    """Whether the index agrees with its documents; FTS5's own check, which needs the write lock."""
    try:
        connection.exec_driver_sql("INSERT INTO search_fts(search_fts, rank) VALUES ('integrity-check', 1)")
    except DatabaseError as error:
        if says_nothing(error.orig):
            raise
        return False
    return True


def remake(connection: Connection) -> None:
    """Make the index's tables anew and fill them, whatever is left of them; it is throw-away.

    A virtual table that lacks one of its parts cannot be dropped; so it is taken out of the list of tables.
    """
    SearchDoc.metadata.tables[SearchDoc.__tablename__].create(connection, checkfirst=True)
    connection.exec_driver_sql("PRAGMA writable_schema=ON")
    connection.exec_driver_sql("DELETE FROM sqlite_schema WHERE name = 'search_fts'")
    connection.exec_driver_sql("PRAGMA writable_schema=RESET")
    for part in ("data", "idx", "content", "docsize", "config"):
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS search_fts_{part}")
    connection.exec_driver_sql(CREATE_FTS)
    rebuild(connection)
