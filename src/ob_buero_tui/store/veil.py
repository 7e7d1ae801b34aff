"""Sichtschutz: a second way to read the same file, on which every name and text is already covered.

SQLite looks for a table among the temporary ones first. So a connection that has a temporary view for each
table of names and texts reads covered ones wherever a query asks, and no screen can forget to cover. What
is written goes over the other engine, which knows nothing of this.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any, Final

from sqlalchemy import CheckConstraint, Column, Connection, Engine, Table, Text

from ob_buero_tui.store.engine import make_engine
from ob_buero_tui.store.recording import MASK
from ob_buero_tui.store.types import JsonText

SHOWN_TABLES: Final = frozenset(
    (
        *("desk", "draft", "holiday", "occurrence", "occurrence_window", "calendar_feed", "sheet_layout"),
        *("zone_alias", "action_reference", "request_number", "search_fts", "legislative_term", "system"),
        *("body", "unresolved_reference", "meeting_step", "request_check", "oparl_endpoint"),
    )
)
"""Tables that hold nothing but keys, settings and times."""

KEYS: Final = frozenset(
    (
        *("uid", "calendar", "kind", "tzid", "rrule", "confidentiality", "owner", "related_uid", "state"),
        *("number", "channel", "assigned_to", "outcome", "decided_by", "decider", "votum", "votum_by"),
        *("handed_to", "thread", "woken_by", "due_text", "number", "type", "folded", "template", "asked"),
        *("asked_by", "written_by", "done_by", "ticked_by", "released_by", "sent_by", "sent_how", "given_by"),
        *("message_id", "in_reply_to", "original_sha256", "sha256", "sha512", "media_type", "mime_type"),
        *("oparl_id", "table_name", "operation", "verb", "chain", "answer", "decision", "deputy", "part"),
        *("partstat", "role", "check", "query", "sort", "recurrence_id", "other_recurrence_id", "spans"),
        *("meeting_state", "organization_type", "classification", "ladungsfrist", "paper_type", "gender"),
        *("form_of_address", "mandate", "language", "host", "status", "format", "votum_state", "source"),
        *(
            "attendance",
            "standard",
            "variant",
            "agenda_led_by",
            "ladungsfrist_confirmed_by",
            "ladungsfrist_confirmed_as",
            "weekdays",
            "rounds",
        ),
        "series",
    )
)
"""Columns by which the program works: keys, codes and initials. Every other text is covered, new ones too."""

PUBLIC: Final = {
    "event": ("summary", "location"),
    "request": ("subject",),
    "meeting": ("name",),
    "organization": ("name", "short_name"),
    "paper": ("name", "reference"),
}
"""What stays readable of a record that is öffentlich."""

TOLD_APART: Final = frozenset(
    (
        *(("event", "driver"), ("event", "car"), ("event", "room"), ("event_person", "name")),
        *(("sitting_pattern", "room"), ("year_plan_date", "room")),
    )
)
"""Who or what may be taken twice: covered with a number, so that two different ones do not clash."""

_EMPTY_JSON: Final = {
    "fields": "'{}'", "details": "'{}'", "extra": "'{}'", "before": "NULL", "after": "NULL",
    "intake_notes": "'[]'", "recipients": "'[]'", "categories": "'[]'",
    "settings": "'{}'", "report": "'{}'", "remarks": "'[]'",
}  # fmt: skip


_OPEN_ITEM: Final = (
    "public = 1 AND (SELECT m.confidentiality FROM main.meeting m WHERE m.id = meeting_id) = 'oeffentlich'"
    " AND NOT EXISTS (SELECT 1 FROM main.consultation c JOIN main.paper p ON p.id = c.paper_id"
    " WHERE c.agenda_item_id = agenda_item.id AND c.deleted = 0 AND p.confidentiality <> 'oeffentlich')"
)
"""An item is as open as its part, its session and its papers."""

COVERED: Final = "covered"
"""Marks a connection that has its views."""


def make_veiled(path: Path, tables: Collection[Table], attendees: Collection[str]) -> Engine:
    """An engine for reading on which names and texts are covered.

    Args:
        path: The database file.
        tables: All tables of the schema.
        attendees: The short words for who goes („OB“, „1. BM“); any other name is covered.
    """
    statements = [_view(table, attendees) for table in tables if table.name not in SHOWN_TABLES]

    def cover(connection: Connection) -> None:
        if COVERED in connection.info:
            return
        for statement in statements:
            connection.exec_driver_sql(statement)
        connection.info[COVERED] = True

    return make_engine(path, prepare=cover)


def _view(table: Table, attendees: Collection[str]) -> str:
    columns = ", ".join(f'{_shown(table, column, attendees)} AS "{column.name}"' for column in table.columns)
    return f'CREATE TEMP VIEW IF NOT EXISTS "{table.name}" AS SELECT {columns} FROM main."{table.name}"'  # noqa: S608 our own


def _shown(table: Table, column: Column[Any], attendees: Collection[str]) -> str:
    name = f'"{column.name}"'
    if isinstance(column.type, JsonText):
        return _EMPTY_JSON.get(column.name, name)
    if not isinstance(column.type, Text) or column.name in KEYS or column.name in _listed(table):
        return name
    open_when = _open_when(table, column, attendees)
    plain = f"{name} IS NULL OR {name} = ''" + (f" OR {open_when}" if open_when else "")
    mask = f"'{MASK}'"
    if (table.name, column.name) in TOLD_APART:
        number = f"(unicode({name}) * 31 + unicode(substr({name}, -1)) * 7 + length({name})) % 90 + 10"
        mask = f"'{MASK} ' || ({number})"
    return f"CASE WHEN {plain} THEN {name} ELSE {mask} END"


def _open_when(table: Table, column: Column[Any], attendees: Collection[str]) -> str:
    """The condition under which a text is no secret; empty for never."""
    if column.name in PUBLIC.get(table.name, ()):
        return "confidentiality = 'oeffentlich'"
    if table.name == "agenda_item" and column.name in ("name", "result", "resolution_text"):
        return _OPEN_ITEM
    if (table.name, column.name) == ("task", "label"):
        return "template <> ''"
    if column.name == "attendee":
        known = ", ".join("'" + one.replace("'", "''") + "'" for one in attendees)
        return f'"attendee" IN ({known})'
    return ""


def _listed(table: Table) -> set[str]:
    """Columns that hold one of an enumeration's values."""
    return {str(one.name) for one in table.constraints if isinstance(one, CheckConstraint) and one.name}
