"""Names of time zones that no table knows, and what the office said they mean."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.services.workplace import Workplace


def zone_aliases(session: Session) -> dict[str, str]:
    """IANA names by the names that the office explained."""
    from ob_buero_tui.store.appointments import ZoneAlias

    return {row.name: row.tzid for row in session.execute(select(ZoneAlias.name, ZoneAlias.tzid))}


def aliases_of(place: Workplace) -> dict[str, str]:
    """The same in a reading of its own."""
    with place.reading() as session:
        return zone_aliases(session)
