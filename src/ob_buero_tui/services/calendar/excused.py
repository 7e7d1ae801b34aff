"""Conflicts that stand on purpose: found by both dates, as long as neither of them has moved."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ob_buero_tui.rules.clashing import ClashKind, Pair, Taken
from ob_buero_tui.store.types import read_utc, utc_text

_WAIVERS = (
    "SELECT event_id, recurrence_id, other_id, other_recurrence_id, kind, spans, reason, id,"
    " given_by, given_at FROM event_waiver"
    " WHERE event_id IN (SELECT value FROM json_each(?))"
)
_Key = tuple[int | None, str, int | None, str, str, str]


@dataclass(frozen=True, slots=True)
class Excuse:
    """Why a conflict stands, who said so, and when; `waiver_id` is the row."""

    reason: str
    waiver_id: int
    given_by: str
    given_at: datetime


class Excuses:
    """The reasons given for conflicts of some appointments."""

    def __init__(self, session: Session, event_ids: Iterable[int | None]) -> None:
        ids = sorted({one for one in event_ids if one is not None})
        self._known: dict[_Key, Excuse] = {}
        if ids:
            for row in session.connection().exec_driver_sql(_WAIVERS, (json.dumps(ids),)):
                reason, row_id, given_by, given_at = row[6:]
                excuse = Excuse(reason, row_id, given_by, read_utc(given_at))
                self._known[(row[0], row[1], row[2], row[3], row[4], row[5])] = excuse

    def __bool__(self) -> bool:
        return bool(self._known)

    def of(self, one: Taken, other: Taken, kind: ClashKind) -> Excuse | None:
        """Why two dates may clash in this way, whichever of them the reason was given for."""
        if not self._known:
            return None
        return self._known.get(_key(one, other, kind)) or self._known.get(_key(other, one, kind))

    def standing(self, pair: Pair) -> tuple[ClashKind, ...]:
        """The kinds of a pair that nobody has excused."""
        if not self._known:
            return pair.kinds
        return tuple(kind for kind in pair.kinds if self.of(pair.one, pair.other, kind) is None)


def spans_of(one: Taken, other: Taken) -> str:
    """The times for which a reason is given; with others it no longer holds."""
    return " ".join(f"{utc_text(date.starts)}/{utc_text(date.ends)}" for date in (one, other))


def _key(one: Taken, other: Taken, kind: ClashKind) -> _Key:
    return (
        *(one.event_id, one.recurrence_id, other.event_id, other.recurrence_id),
        *(kind.value, spans_of(one, other)),
    )
