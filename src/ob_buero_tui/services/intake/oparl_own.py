"""The addresses under which an office gives out what it made itself, by which it knows it again.

They hold a mark of the office, so that the same key of another office is never taken for one of its own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.german import plural
from ob_buero_tui.services.intake.oparl_lookup import rows_with
from ob_buero_tui.services.intake.oparl_plan_items import Item
from ob_buero_tui.services.intake.oparl_refs import TABLES
from ob_buero_tui.store.journal import Action
from ob_buero_tui.store.types import utc_text

OFFICE = "obBuero:office"
"""In the System of an export: the mark of the office, as its own address has none."""

UNKNOWN = 0
"""The key in the address of a municipality that is not stored."""

OWN_FILE = re.compile(r"[a-z-]{4,20}/[0-9a-f]{12}-[0-9]{1,18}\.json")
_OWN = re.compile(r"/([a-z-]{4,20})/([0-9a-f]{12})-([0-9]{1,18})\.json\Z")
_NAMES = {table.replace("_", "-"): table for table in TABLES.values()}


def office_mark(session: Session) -> str:
    """What tells this office from all others: by the first thing ever done in it, which always stays."""
    first = session.execute(select(Action.at, Action.verb).order_by(Action.id).limit(1)).one_or_none()
    told = f"{utc_text(first.at)} {first.verb}" if first is not None else ""
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def own_address(base: str, mark: str, table: str, row_id: int) -> str:
    """The address of a row that came from nowhere else.

    Args:
        base: The address below which the export will lie, without a slash at the end.
    """
    return f"{base}/{table.replace('_', '-')}/{mark}-{row_id}.json"


def own_key(mark: str, table: str, oparl_id: str) -> int | None:
    """The key in an address of this office for a row of that table; None in any other address."""
    found = _OWN.search(oparl_id) if mark in oparl_id else None
    if found is None or found[2] != mark or _NAMES.get(found[1]) != table:
        return None
    return int(found[3])


def is_own(mark: str, oparl_id: str) -> bool:
    """Whether an address is one of this office: what it has removed there does not come any more."""
    return mark in oparl_id and (found := _OWN.search(oparl_id)) is not None and found[2] == mark


def own_keys(session: Session, mark: str, table: str, ids: Iterable[str]) -> dict[str, int]:
    """The keys of the rows that are still there, by their address."""
    wanted = {one: key for one in ids if (key := own_key(mark, table, one)) is not None}
    there = {row["id"] for row in rows_with(session, table, "id", sorted(set(wanted.values())), "id")}
    return {one: key for one, key in wanted.items() if key in there}


def told_gone(items: Iterable[Item], mark: str) -> list[str]:
    """What an own export brings back though the office has removed it since; it stays away."""
    gone = sum(
        item.stored is None and own_key(mark, item.table, item.record.id) not in (None, UNKNOWN)
        for item in items
    )
    if not gone:
        return []
    became = "stammt aus diesem Büro und ist" if gone == 1 else "stammen aus diesem Büro und sind"
    return [f"{plural(gone, 'Objekt', 'Objekte')} {became} hier gelöscht: nicht übernommen."]
