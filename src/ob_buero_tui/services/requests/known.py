"""What the checks of many requests need from other tables, fetched for a page of keys at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from ob_buero_tui.store.requests import Message, RequestCheck, RequestEvent

# Made once: to put a statement together takes as long as to run it.
_WANTED: Any = bindparam("wanted", expanding=True)
_ANSWERS = select(RequestCheck.request_id, RequestCheck.check, RequestCheck.passed).where(
    RequestCheck.request_id.in_(_WANTED)
)
_OWN = select(RequestEvent.request_id, RequestEvent.event_id).where(RequestEvent.request_id.in_(_WANTED))


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The rows around one request.

    Args:
        ticked: The questions answered by hand, by the key of the check.
        event_ids: Its own appointments, which are no conflict with it.
    """

    ticked: Mapping[str, bool] = field(default_factory=dict)
    event_ids: Sequence[int] = ()


def known_of(session: Session, wanted: Sequence[int]) -> dict[int, Known]:
    """The rows around these requests, in two statements; each key has its entry."""
    ticked: defaultdict[int, dict[str, bool]] = defaultdict(dict)
    keys = {"wanted": list(wanted)}
    for key, check, passed in session.execute(_ANSWERS, keys):
        ticked[key][check] = passed
    events: defaultdict[int, list[int]] = defaultdict(list)
    for key, event_id in session.execute(_OWN, keys):
        events[key].append(event_id)
    return {key: Known(ticked=ticked.get(key, {}), event_ids=events.get(key, ())) for key in wanted}


def bodies_of(session: Session, wanted: Sequence[int]) -> dict[int, str]:
    """The text of the first letter of these requests; one without a letter is left out."""
    first = select(func.min(Message.id)).where(Message.request_id.in_(wanted)).group_by(Message.request_id)
    letters = session.execute(select(Message.request_id, Message.body).where(Message.id.in_(first)))
    return {row.request_id: row.body for row in letters}
