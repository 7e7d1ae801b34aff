"""What a version of an object changes in its stored one, and what the office has written there itself."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from ob_buero_tui.exchange.oparl_records import OparlRecord
from ob_buero_tui.services.intake.oparl_rows import (
    DEFAULTS,
    KEPT_WHEN_ABSENT,
    OF_OWNER,
    PEOPLE,
    SAID,
    Row,
    extra_of,
    is_dated_by_owner,
    is_deleted,
    kept_of,
    plain,
    said,
    stored_modified,
)
from ob_buero_tui.store.types import dump_json

ON_THEIR_OWN = frozenset(("body", "organization", "person", "meeting", "paper"))
"""Tables whose objects live without the ones that name them: to be named does not bring them back."""


class Step(StrEnum):
    """What a record is to its stored version."""

    NEW = "new"
    NEWER = "newer"
    SAME = "same"
    OLDER = "older"
    GONE = "gone"
    """Its source has deleted it."""
    KEPT = "kept"
    """The office has or leads it itself: nothing of the record is taken over."""


def step_of(table: str, record: OparlRecord, stored: Row) -> Step:
    """By the dates of both; where the record has none, it is newer only than what has none either.

    A date of its own counts more than one that the stored version has from what it stood in.
    """
    known = stored_modified(table, stored)
    own = record.modified is not None and not record.inherited
    if own and is_dated_by_owner(table, stored):
        return Step.GONE if record.deleted else Step.NEWER
    if record.modified is not None and known is not None and record.modified < known:
        return Step.OLDER
    if record.deleted:
        return Step.GONE
    if is_deleted(table, stored):
        if record.inherited and table in ON_THEIR_OWN:
            return Step.SAME
        return Step.NEWER if record.modified is not None or known is None else Step.SAME
    if known is None:
        return Step.NEWER
    return Step.NEWER if record.modified is not None and record.modified > known else Step.SAME


def changes_of(table: str, record: OparlRecord, stored: Row, step: Step) -> tuple[Row, tuple[str, ...]]:
    """The columns to change, and those that stay the office's though the source has changed them."""
    if step is Step.GONE:
        return ({} if is_deleted(table, stored) else _marked(table, record, stored)), ()
    left: tuple[str, ...] = ()
    if table in PEOPLE:
        wanted, left = _of_people(table, record, stored, step)
    else:
        wanted = _of_council(table, record, stored, step)
    wanted["extra"] = _extra(table, record, stored, step)
    return {name: value for name, value in wanted.items() if differs(stored[name], value)}, left


def differs(one: Any, other: Any) -> bool:
    """Whether two values of a column are not the same; JSON by its text."""
    if isinstance(one, dict) or isinstance(other, dict):
        return dump_json(one) != dump_json(other)
    return bool(one != other)


def _of_council(table: str, record: OparlRecord, stored: Row, step: Step) -> Row:
    now = said(table, record)
    if step is Step.SAME:
        return {name: value for name, value in now.items() if stored[name] in ("", None)}
    wanted = dict(now)
    # What has no date of its own may be no more than the name of the object.
    if record.modified is not None and not record.inherited and stored_modified(table, stored) is not None:
        absent = {name: value for name, value in DEFAULTS[table].items() if name not in KEPT_WHEN_ABSENT}
        wanted = {"web": "", **absent, **now}
    modified = record.modified if _takes_date(table, record, stored) else None
    wanted |= {"created": record.created or stored["created"], "deleted": False}
    return wanted | {"modified": modified or stored["modified"]}


def _of_people(table: str, record: OparlRecord, stored: Row, step: Step) -> tuple[Row, tuple[str, ...]]:
    """Only what the office has left as OParl last said it: it edits people too."""
    before = said_before(table, stored)
    wanted: Row = {}
    left = []
    for name, value in said(table, record).items():
        last = before.get(name, plain(DEFAULTS[table][name]))
        if _empty(stored[name]) if _empty(last) else plain(stored[name]) == last:
            if step is Step.NEWER or _empty(last):
                wanted[name] = value
        elif step is Step.NEWER and plain(value) not in (last, plain(stored[name])):
            left.append(name)
    return wanted, tuple(left)


def said_before(table: str, stored: Row) -> Mapping[str, Any]:
    """What OParl last said of the columns of a person or body, by name, as JSON."""
    found = kept_of(table, stored).get(SAID)
    return found if isinstance(found, dict) else {}


def _empty(value: Any) -> bool:
    return value in ("", None)


def _takes_date(table: str, record: OparlRecord, stored: Row) -> bool:
    """Whether the record's date becomes that of the object; one of its owner's only replaces such a one."""
    return not record.inherited or is_dated_by_owner(table, stored)


def _extra(table: str, record: OparlRecord, stored: Row, step: Step) -> Row:
    now, before = extra_of(table, record), stored["extra"]
    mine = dict(now["oparl"]) if table in PEOPLE else now
    known = dict(kept_of(table, stored))
    if not _takes_date(table, record, stored):
        mine.pop(OF_OWNER, None)
        if table in PEOPLE:
            mine.pop("modified", None)
    if step is not Step.SAME and not record.inherited and record.modified is not None:
        known.pop(OF_OWNER, None)
    if table not in PEOPLE:
        whole = step is Step.NEWER and not record.inherited
        return mine if whole else {**mine, **known} if step is Step.SAME else {**known, **mine}
    if step is Step.NEWER:
        known.pop("deleted", None)
    columns = [said_before(table, stored), mine[SAID]]
    kept = {**mine, **known} if step is Step.SAME else {**known, **mine}
    first, second = columns[::-1] if step is Step.SAME else columns
    return {**before, "oparl": {**kept, SAID: {**first, **second}}}


def _marked(table: str, record: OparlRecord, stored: Row) -> Row:
    """A deleted object says nothing any more; what is stored stays and is marked."""
    if table in PEOPLE:
        known, mine = dict(kept_of(table, stored)), extra_of(table, record)["oparl"]
        said_last = {SAID: {**mine[SAID], **known.get(SAID, {})}}
        return {"extra": {**stored["extra"], "oparl": {**known, **mine, **said_last}}}
    return {"deleted": True, "modified": record.modified or stored["modified"]}
