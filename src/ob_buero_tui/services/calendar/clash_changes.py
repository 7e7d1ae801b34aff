"""Whether an action changed anything that conflicts depend on, as its own journal rows say."""

from __future__ import annotations

import json

from ob_buero_tui.services.work import Work
from ob_buero_tui.store.calendar import Event, EventOverride

MATTERS = frozenset(
    (
        *(
            "dtstart",
            "dtend",
            "tzid",
            "fold",
            "all_day",
            "rrule",
            "rdates",
            "exdates",
            "status",
            "transparent",
        ),
        *("calendar", "kind", "attendee", "travel_before_min", "travel_after_min", "driver", "car", "room"),
        *("location", "trashed_at"),
    )
)
"""The columns of an appointment that conflicts depend on."""

_CHANGES = (
    "SELECT table_name, row_id, operation, before, after FROM change"
    " WHERE action_id = ? AND table_name IN ('event', 'event_override', 'event_person')"
)


def matters(work: Work, event: Event, override: EventOverride | None) -> bool:
    """Whether this action made the appointment, or changed when it is, whom or what it takes up.

    Args:
        override: The one date that was changed; None for the whole.
    """
    row = ("event", event.id) if override is None else ("event_override", override.id)
    for table, row_id, operation, before, after in work.session.connection().exec_driver_sql(
        _CHANGES, (work.action_id,)
    ):
        if (table, row_id) == row:
            if operation != "insert":
                old, new = json.loads(before), json.loads(after or "{}")
                if MATTERS & set(old) or _details_changed(old, new):
                    return True
            elif override is None or _differs(event, override):
                return True
        elif table == "event_person" and _event_of(operation, before, after) in (None, event.id):
            return True
    return False


def changed_events(work: Work) -> set[int]:
    """The appointments this action has written; the table of occurrences follows only at its end."""
    touched = work.recorder.touched
    events = set(touched.get("event", ()))
    for key in touched.get("event_override", ()):
        row = work.session.get(EventOverride, key)
        if row is not None:
            events.add(row.event_id)
    return events


def _event_of(operation: str, before: str, after: str) -> int | None:
    """Whose person was entered, changed or taken out; a change names it only where it moved."""
    found: int | None = json.loads(after if operation == "insert" else before).get("event_id")
    return found


def _details_changed(old: dict[str, str], new: dict[str, str]) -> bool:
    if "details" not in old:
        return False
    before, after = json.loads(old["details"]), json.loads(new["details"])
    return any(before.get(name) != after.get(name) for name in MATTERS)


def _differs(event: Event, override: EventOverride) -> bool:
    """Whether a date of its own runs otherwise than its series."""
    moved = override.dtstart != override.recurrence_id or override.status != event.status
    longer = override.dtend - override.dtstart != event.dtend - event.dtstart
    elsewhere = override.location != event.location or override.all_day != event.all_day
    return moved or longer or elsewhere or bool(MATTERS & set(override.details))
