"""All mapped tables in one place: importing this module fills the metadata."""

from __future__ import annotations

from sqlalchemy import MetaData, Table

from ob_buero_tui.store import (
    appointments,
    ausfall,
    calendar,
    council,
    council_topics,
    council_year,
    decisions,
    desk,
    documents,
    feeds,
    journal,
    lists,
    people,
    requests,
    retention,
    search,
    tasks,
)
from ob_buero_tui.store.base import Journaled, Row

__all__ = [
    "JOURNALED",
    "METADATA",
    "appointments",
    "ausfall",
    "calendar",
    "council",
    "council_topics",
    "council_year",
    "decisions",
    "desk",
    "documents",
    "feeds",
    "journal",
    "lists",
    "people",
    "requests",
    "retention",
    "search",
    "tasks",
]

METADATA: MetaData = Row.metadata

JOURNALED: dict[str, Table] = {
    mapper.local_table.name: mapper.local_table  # type: ignore[attr-defined,misc]
    for mapper in Row.registry.mappers
    if issubclass(mapper.class_, Journaled)
}
"""The tables whose rows the journal follows, by name."""
