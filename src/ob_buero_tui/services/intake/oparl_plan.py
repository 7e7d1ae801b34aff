"""Holds the objects of a file against what is stored: what is new, newer, the same, or older."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy.orm import Session

from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.exchange.oparl_records import OparlFile, OparlRecord
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.names import joined
from ob_buero_tui.services.intake.oparl_changes import Step, changes_of, step_of
from ob_buero_tui.services.intake.oparl_doubles import join_known
from ob_buero_tui.services.intake.oparl_entered import join_entered
from ob_buero_tui.services.intake.oparl_led import keep_led
from ob_buero_tui.services.intake.oparl_lookup import rows_with
from ob_buero_tui.services.intake.oparl_own import OFFICE, UNKNOWN, office_mark, own_key, own_keys, told_gone
from ob_buero_tui.services.intake.oparl_owners import Owners
from ob_buero_tui.services.intake.oparl_plan_items import CouncilPlan, Item
from ob_buero_tui.services.intake.oparl_refs import TABLES
from ob_buero_tui.services.intake.oparl_rows import Row
from ob_buero_tui.services.people.columns import ORGANIZATION, PERSON

NAMED = 5
LABELS = {column.name: column.label for column in (*PERSON, *ORGANIZATION)} | {
    "gender": "Geschlecht",
    "organization_type": "Art",
    "classification": "Einstufung",
    "start_date": "Beginn",
    "end_date": "Ende",
    "role": "Rolle",
    "voting_right": "Stimmrecht",
    "member_count": "Mitgliederzahl",
    "voting_member_count": "Stimmberechtigte",
}


def plan_council(session: Session, catalog: Catalog, file: OparlFile) -> CouncilPlan:
    """Compare every record with what is stored under its id; nothing is written."""
    mark = office_mark(session)
    by_table: defaultdict[str, dict[str, OparlRecord]] = defaultdict(dict)
    for record in file.records:
        by_table[TABLES[record.type]][record.id] = record
    items: list[Item] = []
    for table in TABLES.values():
        records = by_table.get(table, {})
        stored = stored_rows(session, table, records)
        own = _own_rows(session, mark, table, records)
        items += [
            own.get(key) or _compared(table, record, stored.get(key)) for key, record in records.items()
        ]
    _leave_dropped(items)
    owners = Owners(session, items)
    notes = [*file.notes, *join_known(session, items), *join_entered(session, items, owners)]
    notes += keep_led(session, catalog, items, owners)
    older = sum(item.step is Step.OLDER and not item.record.nested for item in items)
    if older:
        notes.append(f"{plural(older, 'Objekt ist', 'Objekte sind')} älter als der gespeicherte Stand.")
    notes += [*_left(items), *told_gone(items, mark)]
    return CouncilPlan(items=items, problems=list(file.problems), notes=notes, mark=mark)


def stored_rows(session: Session, table: str, ids: Iterable[str]) -> dict[str, Row]:
    """The rows with these OParl ids."""
    return {row["oparl_id"]: dict(row) for row in rows_with(session, table, "oparl_id", list(ids))}


def stored_keys(session: Session, mark: str, table: str, ids: Collection[str]) -> dict[str, int]:
    """The keys of the rows with these OParl ids, and of the office's own at their addresses."""
    rows = rows_with(session, table, "oparl_id", list(ids), "oparl_id", "id")
    return own_keys(session, mark, table, ids) | {row["oparl_id"]: row["id"] for row in rows}


def _own_rows(session: Session, mark: str, table: str, records: Mapping[str, OparlRecord]) -> dict[str, Item]:
    """What comes back from an export of this office: known, and nothing of it is taken over."""
    keys = own_keys(session, mark, table, records)
    rows = {row["id"]: dict(row) for row in rows_with(session, table, "id", sorted(set(keys.values())))}
    return {
        one: Item(record=record, table=table, step=Step.KEPT, stored=rows.get(keys.get(one, UNKNOWN)))
        for one, record in records.items()
        if own_key(mark, table, one) is not None or record.extra.get(OFFICE) == mark
    }


def _compared(table: str, record: OparlRecord, stored: Row | None) -> Item:
    if stored is None:
        return Item(record=record, table=table, step=Step.GONE if record.deleted else Step.NEW)
    step = step_of(table, record, stored)
    changes, left = ({}, ()) if step is Step.OLDER else changes_of(table, record, stored, step)
    return Item(record=record, table=table, step=step, stored=stored, changes=changes, left=left)


def _left(items: Iterable[Item]) -> list[str]:
    """What stays as the office has written it, in one sentence."""
    told = [
        f"{_name(item.known)} ({', '.join(LABELS.get(name, name) for name in item.left)})"
        for item in items
        if item.left
    ]
    more = f" und {plural(len(told) - NAMED, 'weiteres', 'weitere')}" if len(told) > NAMED else ""
    return [f"Wie vom Büro eingetragen bleibt: {'; '.join(told[:NAMED])}{more}."] if told else []


def _name(row: Row) -> str:
    if "family_name" in row:
        return joined(row["given_name"], row["family_name"])
    return shorten(row.get("name", ""), 60) or "eine Mitgliedschaft"


def _leave_dropped(items: list[Item]) -> None:
    """An older session does not bring back what a newer one has taken from its agenda."""
    listed: set[str] = set()
    for item in items:
        if item.table == "meeting" and item.step is Step.OLDER:
            listed.update(item.record.references.get("agendaItem", ()))
    for item in items:
        if (
            item.table == "agenda_item"
            and item.record.id in listed
            and item.stored
            and item.stored["deleted"]
        ):
            item.step, item.changes = Step.OLDER, {}
