"""What was arranged for one date of an appointment: people, ways, documents, excused conflicts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.representation import MAYOR
from ob_buero_tui.rules import german
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.calendar.detail_views import EventDetails
from ob_buero_tui.services.calendar.own_details import own_details
from ob_buero_tui.services.calendar.slots import seen_of
from ob_buero_tui.services.calendars.outstanding import sent_text
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event, EventOverride, Host, Occurrence
from ob_buero_tui.store.documents import Attachment

HOSTS: Final[Mapping[str, str]] = {
    Host.UNBEKANNT: "",
    Host.STADT: "Stadt",
    Host.DRITTE: "Dritte",
}
"""Who holds an appointment, as forms and panels call it."""
ANSWERS: Final[Mapping[str, str]] = {
    "ACCEPTED": "zugesagt",
    "DECLINED": "abgesagt",
    "TENTATIVE": "unter Vorbehalt",
}
NEXT_DATES: Final = 5
_SHARED: Final = (
    *("contact_name", "contact_phone", "driver", "car", "room", "dress", "gift", "speech_min", "press"),
)


def details_of(
    place: Workplace, session: Session, event: Event, override: EventOverride | None, waived: tuple[str, ...]
) -> EventDetails:
    """What was arranged for a date.

    Args:
        override: The changed date, or None for one that runs as its series does.
        waived: The conflicts that stand on purpose, each with its reason.
    """
    held = own_details(event, override)
    companions, met = _people(session, event.id)
    return EventDetails(
        calendar="" if event.calendar == MAYOR else _calendar(place, event.calendar),
        outlook=_outlook(place, event),
        host=HOSTS.get(held["host"], ""),
        important=bool(held["important"]),
        companions=companions,
        met=met,
        documents=tuple(
            session.scalars(
                select(Attachment.filename).where(Attachment.event_id == event.id).order_by(Attachment.id)
            )
        ),
        moved_from=event.moved_from if override is None else _moved(override),
        waived=waived,
        next_dates=_next_dates(place, session, event),
        related=_related(place, session, event),
        **{name: held[name] for name in _SHARED},
    )


def _calendar(place: Workplace, key: str) -> str:
    spec = place.catalog.calendars.get(key)
    return spec.label if spec is not None else key


def _outlook(place: Workplace, event: Event) -> str:
    if event.pending_since is None:
        return ""
    return sent_text(place.local(event.pending_sent_at) if event.pending_sent_at is not None else None)


def _moved(override: EventOverride) -> datetime | None:
    """A changed date of a series was moved away from its own place in it."""
    return override.recurrence_id if override.dtstart != override.recurrence_id else None


def _people(session: Session, event_id: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    from ob_buero_tui.store.appointments import EventPerson, Part

    rows = session.scalars(
        select(EventPerson).where(EventPerson.event_id == event_id).order_by(EventPerson.id)
    ).all()
    companions: list[str] = []
    met: list[str] = []
    for row in rows:
        answer = ANSWERS.get(row.partstat, "")
        told = f"{row.name} ({answer})" if answer else row.name
        (companions if row.part == Part.BEGLEITUNG else met).append(told)
    return tuple(companions), tuple(met)


def _next_dates(place: Workplace, session: Session, event: Event) -> tuple[str, ...]:
    if not (event.rrule or event.rdates):
        return ()
    starts = session.scalars(
        select(Occurrence.starts_at)
        .where(Occurrence.event_id == event.id, Occurrence.starts_at >= place.clock())
        .order_by(Occurrence.starts_at)
        .limit(NEXT_DATES)
    )
    local = [place.local(one) for one in starts]
    return tuple(
        german.long_date(one.date())
        if event.all_day
        else f"{german.long_date(one.date())}, {german.clock(one)}"
        for one in local
    )


def _related(place: Workplace, session: Session, event: Event) -> str:
    if not event.related_uid:
        return ""
    row = session.scalar(
        select(Event).where(Event.uid == event.related_uid, Event.trashed_at.is_(None)).limit(1)
    )
    if row is None or seen_of(place, row, None) is not View.FULL:
        return ""
    return f"„{shorten(row.summary, 60)}“ ab {german.long_date(row.dtstart.date())}"


def own_date(session: Session, event: Event, key: str) -> tuple[EventOverride | None, str]:
    """The changed date behind the key of a date (`17@2026-11-25T09:00`), and its name in the series.

    Args:
        key: As `DayEvent.id`.
    """
    named = key.partition("@")[2]
    if not named:
        return None, ""
    overrides = session.scalars(select(EventOverride).where(EventOverride.event_id == event.id))
    for row in overrides:
        full = row.recurrence_id.isoformat()
        if full.startswith(named):
            return row, full
    return None, f"{named}:00" if len(named) == len("2026-11-25T09:00") else named
