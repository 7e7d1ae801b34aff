"""A new appointment of ours: made in one place, so that no column is forgotten."""

from __future__ import annotations

import uuid
from typing import Any

from ob_buero_tui.store.calendar import Event

NAMED_EMPTY = ("moved_from", "pending_since", "pending_sent_at", "trashed_at")
"""Named although empty: the journal wants to know what a later change in the same step replaces."""


def new_event(**values: Any) -> Event:
    """An appointment that is not stored yet, with an UID of its own.

    Args:
        values: Columns of `event`.
    """
    made: dict[str, Any] = {"uid": f"{uuid.uuid4()}@ob-buero", "sequence": 0, **dict.fromkeys(NAMED_EMPTY)}
    return Event(**made | values)
