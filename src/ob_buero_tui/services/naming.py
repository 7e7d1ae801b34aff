"""What a record is called in sentences: its kind, and what a clerk knows it by."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.visibility import Audience, Confidentiality, View, view
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.types import read_day

KINDS: dict[str, str] = {
    "request": "Eingang",
    "event": "Termin",
    "task": "Aufgabe",
    "person": "Person",
    "organization": "Organisation",
    "document": "Dokument",
    "attachment": "Anlage",
    "imported_file": "Datei",
    "message": "Schreiben",
    "note": "Notiz",
    "request_event": "Termin",
    "request_check": "Prüfpunkt",
    "event_override": "Ausnahme",
    "event_source": "Kalenderdaten",
    "membership": "Mitgliedschaft",
    "responsibility": "Zuständigkeit",
    "system": "Ratsinformationssystem",
    "location": "Ort",
    "body": "Körperschaft",
    "legislative_term": "Wahlperiode",
    "meeting": "Sitzung",
    "meeting_organization": "Gremium",
    "meeting_participant": "Teilnahme",
    "meeting_step": "Schritt",
    "agenda_item": "Tagesordnungspunkt",
    "topic": "Thema",
    "year_plan": "Jahresplan",
    "year_plan_date": "Termin des Jahresplans",
    "sitting_pattern": "Sitzungsvorgaben",
    "paper": "Vorlage",
    "paper_party": "Urheber",
    "paper_relation": "Verweis",
    "consultation": "Beratung",
    "consultation_organization": "Gremium",
    "file": "Datei",
    "file_link": "Datei",
    "unresolved_reference": "offener Verweis",
    "inquiry": "Rückfrage",
    "deputation": "Vertretung",
    "ausfall": "Ausfall",
    "ausfall_item": "Termin des Ausfalls",
    "ausfall_call": "Anruf",
    "vorlage": "OB-Vorlage",
    "vorlage_item": "Punkt der OB-Vorlage",
    "sheet_layout": "Spaltenzuordnung",
    "saved_split": "Stapel",
}

QUOTED = ("summary", "label", "title", "filename", "name")
"""Columns that name a record by themselves; at most one of them is in a table."""

OWNERS = (
    ("request_id", "request"),
    ("meeting_id", "meeting"),
    ("agenda_item_id", "agenda_item"),
    ("paper_id", "paper"),
    ("event_id", "event"),
    ("document_id", "document"),
    ("item_id", "ausfall_item"),
    ("person_id", "person"),
)
"""Columns that lead to the record a nameless one belongs to."""


MASKED = "(persönlich)"


def record_name(connection: Connection, table: str, row_id: int, place: Workplace | None) -> str:
    """The German name of a record; one that is gone is named as the journal last knew it.

    Args:
        place: The desk that reads: what is personal to another one is named by its number at most.
            `None` where no desk is known.
    """
    kind, row = KINDS.get(table, "Datensatz"), _row(connection, table, row_id)
    if is_hidden(connection, table, row_id, place):
        return f"{kind} {clean(row.get('number', ''))} {MASKED}".replace("  ", " ")
    own = clean(_own_name(table, row))
    if own:
        return f"{kind} {own}"
    for column, owner in OWNERS:
        if row.get(column) is not None:
            return f"{kind} zu {record_name(connection, owner, row[column], place)}"
    return kind


def is_hidden(connection: Connection, table: str, row_id: int, place: Workplace | None) -> bool:
    """Whether a record, or what it belongs to, is personal to another desk (design 7)."""
    row = _row(connection, table, row_id)
    if "confidentiality" in row:
        level, owner = row["confidentiality"], row.get("owner", "")
        seen = place.sees(level, owner) if place else view(Confidentiality(level), Audience.INTERN)
        if seen is not View.FULL:
            return True
    owners = ((owner, row[column]) for column, owner in OWNERS if row.get(column) is not None)
    return any(is_hidden(connection, owner, key, place) for owner, key in owners)


def is_vertraulich(connection: Connection, table: str, row_id: int) -> bool:
    """Whether a record, or what it belongs to, is vertraulich."""
    row = _row(connection, table, row_id)
    if row.get("confidentiality") == Confidentiality.VERTRAULICH:
        return True
    owners = ((owner, row[column]) for column, owner in OWNERS if row.get(column) is not None)
    return any(is_vertraulich(connection, owner, key) for owner, key in owners)


def _own_name(table: str, row: Mapping[str, Any]) -> str:
    if not row:
        return ""
    if table == "request":
        return f"{row['number']} „{shorten(row['subject'], 60)}“"
    if table == "meeting":
        on = f" am {long_date(read_day(row['start'][:10]))}" if row["start"] else ""
        return f"„{shorten(row['name'], 60)}“{on}" if row["name"] else on.strip()
    if table == "paper" and row["reference"]:
        return f"{row['reference']} „{shorten(row['name'], 60)}“"
    if table == "responsibility":
        return f"„{shorten(row['subject'], 60)}“"
    if table == "year_plan":
        return f"{row['year']} {row['variant']}"
    if table == "person":
        return f"{row['given_name']} {row['family_name']}".strip()
    return next((f"„{shorten(row[column], 60)}“" for column in QUOTED if row.get(column)), "")


def _row(connection: Connection, table: str, row_id: int) -> Mapping[str, Any]:
    from ob_buero_tui.store.tables import JOURNALED  # all tables: only a history needs them

    if table not in JOURNALED:
        return {}
    query = f'SELECT * FROM "{table}" WHERE id = ?'  # noqa: S608 the name is one of our own
    row = connection.exec_driver_sql(query, (row_id,)).mappings().one_or_none()
    if row is not None:
        return dict(row)
    last = connection.exec_driver_sql(
        "SELECT coalesce(before, after) FROM change WHERE table_name = ? AND row_id = ?"
        " AND operation <> 'update' ORDER BY id DESC LIMIT 1",
        (table, row_id),
    ).scalar()
    return dict(json.loads(last)) if last else {}
