"""The newest requests that a query finds, as one types: without reading all that a common word finds."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.services.requests.query import Understood
from ob_buero_tui.store.requests import Request

COMMON = 2_000
"""Of more documents with the words, only those of the newest requests are looked at first."""
NEAR = 1_000
"""How many of the newest requests."""


def newest(session: Session, known: Understood, limit: int) -> list[int]:
    """The keys of the newest requests that a query finds, the newest first."""
    if known.match and _is_common(session, known.match):
        wanted = select(Request.id).where(*known.keyed)
        near = [key for (key,) in session.execute(_by_day(wanted).limit(NEAR))]
        found = _saying(session, near, known.match)[:limit]
        if len(found) == limit or len(near) < NEAR:
            return found
    return [key for (key,) in session.execute(_by_day(known.selection()).limit(limit))]


def _by_day(wanted: Any) -> Any:
    return wanted.order_by(Request.received_at.desc(), Request.id)


def _is_common(session: Session, match: str) -> bool:
    count = session.connection().exec_driver_sql(
        "SELECT count(*) FROM (SELECT 1 FROM search_fts WHERE search_fts MATCH ? LIMIT ?)",
        (match, COMMON + 1),
    )
    return int(count.scalar_one()) > COMMON


def _saying(session: Session, keys: list[int], match: str) -> list[int]:
    """Those of the requests whose text says this, in the same order."""
    connection = session.connection()
    documents = {
        int(row[0]): int(row[1])
        for row in connection.exec_driver_sql(
            "SELECT id, ref_id FROM search_doc WHERE type = 'request'"
            " AND ref_id IN (SELECT value FROM json_each(?))",
            (json.dumps(keys),),
        )
    }
    if not documents:
        return []
    said = connection.exec_driver_sql(
        "SELECT rowid FROM search_fts WHERE search_fts MATCH ? AND rowid BETWEEN ? AND ?",
        (match, min(documents), max(documents)),
    ).scalars()
    found = {documents[row] for row in said if row in documents}
    return [key for key in keys if key in found]
