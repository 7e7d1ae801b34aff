"""What the panel of an appointment tells beyond when, where and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDetails:
    """What the office has arranged for one date of an appointment; empty where nothing was said.

    Args:
        calendar: The label of its calendar.
        outlook: That a change of ours is not seen there yet, in German.
        host: Who holds it, in German.
        speech_min: Minutes of the speech; None where none is known.
        companions: Who comes along, each with what they answered.
        met: Who is met, likewise.
        documents: The names of its files.
        moved_from: The wall time it was moved away from.
        waived: Conflicts that stand on purpose, each with its reason.
        next_dates: The next dates of a series, in German.
        related: The series it was cut off from, in German.
    """

    calendar: str = ""
    outlook: str = ""
    host: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    driver: str = ""
    car: str = ""
    room: str = ""
    dress: str = ""
    gift: str = ""
    speech_min: int | None = None
    press: str = ""
    important: bool = False
    companions: tuple[str, ...] = ()
    met: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    moved_from: datetime | None = None
    waived: tuple[str, ...] = ()
    next_dates: tuple[str, ...] = ()
    related: str = ""
