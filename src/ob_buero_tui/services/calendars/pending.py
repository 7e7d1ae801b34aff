"""Our changes of a calendar that Outlook leads: pending until a reread shows them there."""

from __future__ import annotations

import re
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.leading import Leader
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.services.work import Work
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event, EventOverride, EventSource

_FOLDED: Final = re.compile(r"\r?\n[ \t]")
_UID: Final = re.compile(r"UID[;:]", re.IGNORECASE)


def led_elsewhere(catalog: Catalog, calendar: str) -> bool:
    """Whether somebody else has the last word on a calendar, so that our changes must go there."""
    spec = catalog.calendars.get(calendar)
    return spec is not None and spec.leads is Leader.OUTLOOK


def note_change(work: Work, event: Event) -> None:
    """Remember that we changed an appointment of a calendar that Outlook leads; nothing where we lead.

    What was sent before this change says no longer what we mean, so it has to be sent again.
    """
    if not led_elsewhere(work.catalog, event.calendar):
        return
    gone = event.trashed_at is not None and event.pending_sent_at is None
    if gone and not came_from_there(work.session, event):
        if event.pending_since is not None:
            event.pending_since = None  # it was never there, so nothing has to be taken away
        return
    event.pending_since = event.pending_since or work.at
    if event.pending_sent_at is not None:
        event.pending_sent_at = None


def touched(work: Work, row: Event | EventOverride, event: Event) -> None:
    """A change counts: a higher SEQUENCE and a new DTSTAMP.

    Where Outlook leads it tells versions apart by those of the series, so one date raises both. That it has
    to hear of a change is noted after the step (`noting`).

    Args:
        row: What was changed: the event, or one date of it.
    """
    row.sequence += 1
    row.dtstamp = work.at
    if row is not event and led_elsewhere(work.catalog, event.calendar):
        event.sequence += 1
        event.dtstamp = work.at


def came_from_there(session: Session, event: Event) -> bool:
    """Whether an appointment was read from a calendar file.

    One of our own has no such text; the second part of a series that was cut has that of the whole one.
    """
    found = select(EventSource.raw).where(EventSource.event_id == event.id, EventSource.override_id.is_(None))
    return any(not event.related_uid or not _names(raw, event.related_uid) for raw in session.scalars(found))


def _names(raw: str, uid: str) -> bool:
    """Whether a text is that of this UID."""
    lines = _FOLDED.sub("", raw).splitlines()
    return any(_UID.match(line) and line.endswith(f":{uid}") for line in lines)


def note_seen(_work: Work, event: Event) -> None:
    """The other side shows our state: the change is pending no longer."""
    event.pending_since = event.pending_sent_at = None


def pending_count(place: Workplace) -> int:
    """How many of our changes Outlook does not show yet; what is in the trash counts too, it is to go there.

    Uses an index of its own that holds only these rows.
    """
    if not any(spec.leads is Leader.OUTLOOK for spec in place.catalog.calendars.values()):
        return 0
    with place.reading() as session:
        count = select(func.count()).select_from(Event).where(Event.pending_since.is_not(None))
        return session.scalar(count) or 0
