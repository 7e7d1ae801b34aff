"""Search over everything, as one types: newest first, and best first where the hits are few."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.folding import fold, fold_document, query_words
from ob_buero_tui.rules.query import Mistake, Query, parse_query
from ob_buero_tui.rules.visibility import OUTSIDE, Audience, View
from ob_buero_tui.services.calendar.levels import levels_beside
from ob_buero_tui.services.council.published import published_papers
from ob_buero_tui.services.search_texts import told_by
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.requests import Request

HIDDEN_READ = 20
"""How many times `limit` documents are looked at where most are hidden from the audience."""
RANKED_UP_TO = 300
"""Ranking more hits than these costs more than a keystroke may (dependencies.md 2)."""
SNIPPET_LENGTH = 90

_LISTED = " IN (SELECT value FROM json_each(?))"
_ASKED = {"person": "requester_id", "organization": "organization_id"}
"""Who asks, and the column of a request that names them."""

Document = tuple[str, int, str]
"""What the index gives: the type of a record, its key, its title."""


class Record(NamedTuple):
    """What is told of a record: level and owner of all it belongs to, its text, whether that must match."""

    levels: tuple[tuple[str, str], ...]
    text: str
    alone: bool


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
    """Records that contain words beginning with every word typed; nothing for an empty query.

    A query with keys finds requests, the newest first. Others than the office itself ask by words alone: who
    may not read a field must not find out by asking for it.

    Raises:
        Mistake: a key or value that does not exist.
    """
    words = query_words(text)
    if not words:
        return ()
    query = _keyed(text) if audience is Audience.INTERN else None
    if query is not None:
        return _requests(place, query, limit)
    match = " ".join(f'"{word}"*' for word in words)
    with place.reading() as session:
        # Takes the lock: a full-text table that meets a locked file fails with a riddle instead of „locked“.
        session.connection().exec_driver_sql("SELECT 1 FROM search_doc LIMIT 1")
        hits: list[Hit] = []
        # What an audience may not see takes no place away from what it may.
        for page in range(HIDDEN_READ):
            documents = _documents(session, match, limit, page * limit)
            records = _records(session, documents, audience)
            found = (_hit(place, document, records, words, audience) for document in documents)
            hits += _known_outside(session, place, [hit for hit in found if hit is not None], audience)
            if len(hits) >= limit or len(documents) < limit:
                break
        return tuple(hits[:limit])


def _keyed(text: str) -> Query | None:
    """The query of a text that uses the search language; words alone never are a mistake."""
    try:
        query = parse_query(text)
    except Mistake:
        if ":" in text:
            raise
        return None
    return query if query.keyed else None


def _requests(place: Workplace, query: Query, limit: int) -> tuple[Hit, ...]:
    from ob_buero_tui.services.requests.query import understand
    from ob_buero_tui.services.requests.query_newest import newest

    words = query_words(" ".join(term.values[0] for term in query.terms if not term.key and not term.negated))
    with place.reading() as session:
        keys = newest(session, understand(place, session, query), limit)
        titles = {
            row.id: row.subject
            for row in session.execute(select(Request.id, Request.subject).where(Request.id.in_(keys)))
        }
        documents = [("request", key, titles[key]) for key in keys]
        records = _records(session, documents, Audience.INTERN)
        hits = [_hit(place, document, records, words, Audience.INTERN) for document in documents]
        return tuple(hit for hit in hits if hit is not None)


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


def _records(
    session: Session, documents: list[Document], audience: Audience
) -> dict[tuple[str, int], Record]:
    """The records of a page of documents, each type in one go."""
    found: dict[tuple[str, int], Record] = {}
    for type_ in {document[0] for document in documents}:
        keys = [key for kind, key, _ in documents if kind == type_]
        query, alone = told_by(type_, audience)
        told = published_papers(session, keys) if type_ == "paper" and audience in OUTSIDE else None
        beside = levels_beside(session, keys) if type_ == "event" and audience is not Audience.INTERN else {}
        for key, level, owner, text, *more in session.connection().exec_driver_sql(
            query + _LISTED, (json.dumps(keys),)
        ):
            if told is None or key in told:
                others = [(one, "") for one in beside.get(key, ())]
                levels = ((level, owner), *([(more[0], more[1])] if more and more[0] else []), *others)
                found[type_, key] = Record(levels, text, alone)
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
    if record is None or any(place.sees(*level, audience) is not View.FULL for level in record.levels):
        return None
    if type_ == "task" and audience is not Audience.INTERN:
        return None
    if record.alone and not _says(record.text, words):
        return None
    whole = clean(record.text or title, limit=8000)
    return Hit(type=type_, id=key, title=clean(title), snippet=_snippet(whole, words))


def _says(text: str, words: tuple[str, ...]) -> bool:
    """Whether a text by itself has all the words: what was found by more must not be told outside."""
    told = query_words(fold_document(text))
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
