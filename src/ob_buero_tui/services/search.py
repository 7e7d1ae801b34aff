"""Search over everything, as one types: newest first, and best first where the hits are few."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.folding import fold, fold_document, query_words
from ob_buero_tui.rules.visibility import OUTSIDE, Audience, View
from ob_buero_tui.services.workplace import Workplace

HIDDEN_READ = 20
"""How many times `limit` documents are looked at where most are hidden from the audience."""
RANKED_UP_TO = 300
"""Ranking more hits than these costs more than a keystroke may (dependencies.md 2)."""
SNIPPET_LENGTH = 90

_LISTED = " IN (SELECT value FROM json_each(?))"
_RECORDS = {
    "request": (
        "SELECT r.id, r.confidentiality, r.owner, r.number || ' ' || r.subject || ' ' ||"
        " coalesce((SELECT substr(m.body, 1, 4000) FROM message m WHERE m.request_id = r.id"
        " ORDER BY m.id LIMIT 1), '') FROM request r WHERE r.id"
    ),
    "event": (
        "SELECT id, confidentiality, owner, summary || ' ' || location || ' ' || substr(description, 1, 4000)"
        " FROM event WHERE id"
    ),
    "person": (
        "SELECT p.id, p.confidentiality, '', p.given_name || ' ' || p.family_name || ' ' || p.job_title"
        " || ' ' || p.mandate || ' ' || coalesce((SELECT group_concat(o.name || ' ' || m.role, ' ')"
        " FROM membership m JOIN organization o ON o.id = m.organization_id WHERE m.person_id = p.id), '')"
        " || ' ' || coalesce(p.email, '') || ' ' || p.tel || ' ' || p.mobile || ' ' || p.locality"
        " || ' ' || p.note FROM person p WHERE p.id"
    ),
    "organization": (
        "SELECT id, confidentiality, '', name || ' ' || short_name || ' ' || classification || ' '"
        " || coalesce(email, '') || ' ' || tel || ' ' || locality || ' ' || note FROM organization WHERE id"
    ),
    # A task is as confidential as what it belongs to, and lies in the trash with it.
    "task": (
        "SELECT t.id, coalesce(r.confidentiality, e.confidentiality, 'intern'),"
        " coalesce(r.owner, e.owner, ''), t.label || ' ' || t.due_text"
        " FROM task t LEFT JOIN request r ON r.id = t.request_id LEFT JOIN event e ON e.id = t.event_id"
        " WHERE r.trashed_at IS NULL AND e.trashed_at IS NULL AND t.id"
    ),
    # What stands in the non-public part is searched at the desk, but never shown as a snippet.
    "meeting": (
        "SELECT m.id, m.confidentiality, '', m.name || ' ' || coalesce((SELECT group_concat(o.name, ' ')"
        " FROM meeting_organization mo JOIN organization o ON o.id = mo.organization_id"
        " WHERE mo.meeting_id = m.id), '') || ' ' || coalesce(l.description || ' ' || l.room, '')"
        " || ' ' || coalesce((SELECT group_concat(a.name, ' ') FROM agenda_item a"
        " WHERE a.meeting_id = m.id AND a.deleted = 0 AND a.public IS NOT 0), '')"
        " FROM meeting m LEFT JOIN location l ON l.id = m.location_id WHERE m.id"
    ),
    "paper": (
        "SELECT id, confidentiality, '', reference || ' ' || name || ' ' || paper_type FROM paper WHERE id"
    ),
}
"""Of each type: key, confidentiality, owner, and the text that the snippet is cut from."""

_ASKED = {"person": "requester_id", "organization": "organization_id"}
"""Who asks, and the column of a request that names them."""

Document = tuple[str, int, str]
"""What the index gives: the type of a record, its key, its title."""

Record = tuple[str, str, str]
"""What is told of a record: its confidentiality, its owner, its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One record found: its type and key, its title, and the words around the first match."""

    type: str
    id: int
    title: str
    snippet: str


def search(
    place: Workplace, text: str, limit: int = 50, audience: Audience = Audience.INTERN
) -> tuple[Hit, ...]:
    """Records that contain words beginning with every word typed; nothing for an empty query."""
    words = query_words(text)
    if not words:
        return ()
    match = " ".join(f'"{word}"*' for word in words)
    with place.reading() as session:
        # Takes the lock: a full-text table that meets a locked file fails with a riddle instead of „locked“.
        session.connection().exec_driver_sql("SELECT 1 FROM search_doc LIMIT 1")
        hits: list[Hit] = []
        # What an audience may not see takes no place away from what it may.
        for page in range(HIDDEN_READ):
            documents = _documents(session, match, limit, page * limit)
            records = _records(session, documents)
            found = (_hit(place, document, records, words, audience) for document in documents)
            hits += _known_outside(session, place, [hit for hit in found if hit is not None], audience)
            if len(hits) >= limit or len(documents) < limit:
                break
        return tuple(hits[:limit])


def _documents(session: Session, match: str, limit: int, skip: int) -> list[Document]:
    connection = session.connection()
    few = connection.exec_driver_sql(
        "SELECT count(*) FROM (SELECT 1 FROM search_fts WHERE search_fts MATCH ? LIMIT ?)",
        (match, RANKED_UP_TO + 1),
    ).scalar()
    order = "rank" if few is not None and few <= RANKED_UP_TO else "rowid DESC"
    # The order is one of two literals; everything typed is bound.
    found = connection.exec_driver_sql(
        "SELECT d.type, d.ref_id, d.title FROM (SELECT rowid FROM search_fts WHERE search_fts MATCH ?"  # noqa: S608
        f" ORDER BY {order} LIMIT ? OFFSET ?) f JOIN search_doc d ON d.id = f.rowid",
        (match, limit, skip),
    )
    return [(row[0], row[1], row[2]) for row in found]


def _records(session: Session, documents: list[Document]) -> dict[tuple[str, int], Record]:
    """The records of a page of documents, each type in one go."""
    found: dict[tuple[str, int], Record] = {}
    for type_ in {document[0] for document in documents}:
        keys = json.dumps([key for kind, key, _ in documents if kind == type_])
        for key, level, owner, text in session.connection().exec_driver_sql(
            _RECORDS[type_] + _LISTED, (keys,)
        ):
            found[type_, key] = (level, owner, text)
    return found


def _hit(
    place: Workplace,
    document: Document,
    records: dict[tuple[str, int], Record],
    words: tuple[str, ...],
    audience: Audience,
) -> Hit | None:
    type_, key, title = document
    record = records.get((type_, key))
    if record is None or place.sees(record[0], record[1], audience) is not View.FULL:
        return None
    if type_ == "task" and audience is not Audience.INTERN:
        return None
    if type_ == "meeting" and audience in OUTSIDE and not _says(record[2], words):
        return None
    whole = clean(record[2] or title, limit=8000)
    return Hit(type=type_, id=key, title=clean(title), snippet=_snippet(whole, words))


def _says(text: str, words: tuple[str, ...]) -> bool:
    """Whether a text by itself has all the words: what was found by more must not be told outside."""
    told = fold_document(text).split()
    return all(any(word.startswith(wanted) for word in told) for wanted in words)


def _known_outside(session: Session, place: Workplace, hits: list[Hit], audience: Audience) -> list[Hit]:
    """Without people known from requests alone that this audience may not read: that they asked is as secret.

    Who never asked for anything is known from elsewhere, and counts by the own level.
    """
    if audience is Audience.INTERN:
        return hits
    asked: set[tuple[str, int]] = set()
    known: set[tuple[str, int]] = set()
    for type_, column in _ASKED.items():
        keys = json.dumps([hit.id for hit in hits if hit.type == type_])
        # The column is one of our own names; the keys are bound.
        query = (
            f"SELECT DISTINCT {column}, confidentiality, owner, trashed_at IS NULL FROM request"  # noqa: S608
            f" WHERE {column}{_LISTED}"
        )
        for key, level, owner, there in session.connection().exec_driver_sql(query, (keys,)):
            asked.add((type_, key))
            if there and place.sees(level, owner, audience) is View.FULL:
                known.add((type_, key))
    hidden = asked - known
    return [hit for hit in hits if (hit.type, hit.id) not in hidden]


def _snippet(text: str, words: tuple[str, ...]) -> str:
    """The words around the first match; folding changes lengths, so the place is found word by word."""
    shown = text.split()
    first = next((n for n, word in enumerate(shown) if fold(word).lstrip("„(»\"'").startswith(words)), 0)
    start = max(0, first - 4)
    piece = " ".join(shown[start : first + 14])
    cut = piece if len(piece) <= SNIPPET_LENGTH else f"{piece[:SNIPPET_LENGTH].rstrip()}…"
    return f"… {cut}" if start else cut
