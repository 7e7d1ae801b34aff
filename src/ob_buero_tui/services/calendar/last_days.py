"""The last days of appointments as they are stored: duties and proposals count from them."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Connection, RowMapping

from ob_buero_tui.rules.series_end import last_day
from ob_buero_tui.store.occurrences import series_of

_COLUMNS = "id, dtstart, dtend, all_day, tzid, fold, rrule, rdates, exdates"


def last_days(connection: Connection, ids: Collection[int]) -> dict[int, date | None]:
    """The last day of each appointment; None where it goes on without an end, or where nobody can tell."""
    wanted = json.dumps(sorted(ids))
    overrides: dict[int, list[RowMapping]] = {}
    changed = "SELECT * FROM event_override WHERE event_id IN (SELECT value FROM json_each(?))"
    for row in connection.exec_driver_sql(changed, (wanted,)).mappings():
        overrides.setdefault(row["event_id"], []).append(row)
    query = f"SELECT {_COLUMNS} FROM event WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608 our own
    rows = connection.exec_driver_sql(query, (wanted,)).mappings()
    return {row["id"]: _last(row, overrides.get(row["id"], ())) for row in rows}


def _last(row: RowMapping, overrides: Sequence[RowMapping]) -> date | None:
    try:
        return last_day(series_of(row, overrides))
    except (ValueError, LookupError, TypeError):  # a flipped byte in its times: nothing of it is over
        return None
