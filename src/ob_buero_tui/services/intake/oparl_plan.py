"""Holds the objects of a file against what is stored: what is new, newer, the same, or older."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from ob_buero_tui.exchange.oparl_records import OparlFile, OparlRecord
from ob_buero_tui.rules.german import plural
from ob_buero_tui.services.intake.oparl_lookup import rows_with
from ob_buero_tui.services.intake.oparl_refs import TABLES
from ob_buero_tui.services.intake.oparl_rows import (
    DEFAULTS,
    KEPT_WHEN_ABSENT,
    PEOPLE,
    Row,
    extra_of,
    is_deleted,
    said,
    stored_modified,
)
from ob_buero_tui.store.types import dump_json


class Step(StrEnum):
    """What a record is to its stored version."""

    NEW = "new"
    NEWER = "newer"
    SAME = "same"
    OLDER = "older"
    GONE = "gone"
    """Its source has deleted it."""


@dataclass(slots=True, kw_only=True)
class Item:
    """A record, its stored version, and the columns to change in that one."""

    record: OparlRecord
    table: str
    step: Step
    stored: Row | None = None
    changes: Row = field(default_factory=dict)

    @property
    def known(self) -> Row:
        """The stored version; only asked where there is one."""
        assert self.stored is not None  # noqa: S101 new ones have none
        return self.stored


@dataclass(slots=True, kw_only=True)
class CouncilPlan:
    """What a file of OParl objects is to change.

    Args:
        items: All records in the order of `TABLES`.
        problems: German sentences on what is left out.
        notes: German sentences on what was repaired, guessed or left as it is.
    """

    items: list[Item]
    problems: list[str]
    notes: list[str]

    def of(self, *steps: Step) -> list[Item]:
        """The items of these steps."""
        return [item for item in self.items if item.step in steps]

    @property
    def new(self) -> Counter[str]:
        """How many new objects there are, by table."""
        return Counter(item.table for item in self.items if item.step is Step.NEW)


def plan_council(session: Session, file: OparlFile) -> CouncilPlan:
    """Compare every record with what is stored under its id; nothing is written."""
    by_table: defaultdict[str, dict[str, OparlRecord]] = defaultdict(dict)
    for record in file.records:
        by_table[TABLES[record.type]][record.id] = record
    items: list[Item] = []
    for table in TABLES.values():
        records = by_table.get(table, {})
        stored = stored_rows(session, table, records)
        items += [_compared(table, record, stored.get(key)) for key, record in records.items()]
    _leave_dropped(items)
    notes = list(file.notes)
    older = sum(item.step is Step.OLDER and not item.record.nested for item in items)
    if older:
        notes.append(f"{plural(older, 'Objekt ist', 'Objekte sind')} älter als der gespeicherte Stand.")
    return CouncilPlan(items=items, problems=list(file.problems), notes=notes)


def stored_rows(session: Session, table: str, ids: Iterable[str]) -> dict[str, Row]:
    """The rows with these OParl ids."""
    return {row["oparl_id"]: dict(row) for row in rows_with(session, table, "oparl_id", list(ids))}


def stored_keys(session: Session, table: str, ids: Iterable[str]) -> dict[str, int]:
    """The keys of the rows with these OParl ids."""
    rows = rows_with(session, table, "oparl_id", list(ids), "oparl_id", "id")
    return {row["oparl_id"]: row["id"] for row in rows}


def _compared(table: str, record: OparlRecord, stored: Row | None) -> Item:
    if stored is None:
        return Item(record=record, table=table, step=Step.GONE if record.deleted else Step.NEW)
    step = _step(table, record, stored)
    changes = {} if step is Step.OLDER else _changes(table, record, stored, step)
    return Item(record=record, table=table, step=step, stored=stored, changes=changes)


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


def _step(table: str, record: OparlRecord, stored: Row) -> Step:
    """By the dates of both; where the record has none, it is newer only than what has none either."""
    known = stored_modified(table, stored)
    if record.modified is not None and known is not None and record.modified < known:
        return Step.OLDER
    if record.deleted:
        return Step.GONE
    if is_deleted(table, stored):
        return Step.NEWER if record.modified is not None or known is None else Step.SAME
    if known is None:
        return Step.NEWER
    return Step.NEWER if record.modified is not None and record.modified > known else Step.SAME


def _changes(table: str, record: OparlRecord, stored: Row, step: Step) -> Row:
    if step is Step.GONE:
        return {} if is_deleted(table, stored) else _marked(table, record, stored)
    now = said(table, record)
    if step is Step.SAME:
        wanted = {name: value for name, value in now.items() if stored[name] in ("", None)}
    elif table in PEOPLE or stored_modified(table, stored) is None:
        # The office may have added what the source does not know; an undated version may be a part only.
        wanted = dict(now)
    else:
        absent = {name: value for name, value in DEFAULTS[table].items() if name not in KEPT_WHEN_ABSENT}
        wanted = {"web": "", **absent, **now}
    if table not in PEOPLE and step is Step.NEWER:
        wanted |= {"created": record.created or stored["created"], "deleted": False}
        wanted |= {"modified": record.modified or stored["modified"]}
    wanted["extra"] = _extra(table, record, stored, step)
    return {name: value for name, value in wanted.items() if differs(stored[name], value)}


def differs(one: Any, other: Any) -> bool:
    """Whether two values of a column are not the same; JSON by its text."""
    if isinstance(one, dict) or isinstance(other, dict):
        return dump_json(one) != dump_json(other)
    return bool(one != other)


def _extra(table: str, record: OparlRecord, stored: Row, step: Step) -> Row:
    now, before = extra_of(table, record), stored["extra"]
    if table in PEOPLE:
        mine, known = now["oparl"], before.get("oparl") or {}
        known = {name: value for name, value in known.items() if name != "deleted" or step is Step.SAME}
        return {**before, "oparl": {**mine, **known} if step is Step.SAME else {**known, **mine}}
    return {**now, **before} if step is Step.SAME else now


def _marked(table: str, record: OparlRecord, stored: Row) -> Row:
    """A deleted object says nothing any more; what is stored stays and is marked."""
    if table in PEOPLE:
        known = dict(stored["extra"].get("oparl") or {})
        return {"extra": {**stored["extra"], "oparl": {**known, **extra_of(table, record)["oparl"]}}}
    return {"deleted": True, "modified": record.modified or stored["modified"]}
