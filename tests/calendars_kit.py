"""An office whose mayor's calendar Outlook leads, and the files that Outlook writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from ob_buero_tui.catalog.leading import Leader
from ob_buero_tui.services.calendars.pending import note_change
from ob_buero_tui.services.calendars.rereading import FeedNews, Rereading
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event, EventOverride
from ob_buero_tui.store.tasks import Note
from office_fixtures import Clock

STAMP = "20261101T080000Z"


def touch(place: Workplace, event_id: int, values: Mapping[str, Any]) -> None:
    """Change an appointment as a verb of the Kalender does."""
    with transaction(place, "note_event") as work:
        event = work.get(Event, event_id)
        for name, value in values.items():
            setattr(event, name, value)
        event.sequence += 1
        event.dtstamp = work.at
        note_change(work, event)


def change_date(place: Workplace, event_id: int, at: datetime, values: Mapping[str, Any]) -> None:
    """Change one date of a series."""
    with transaction(place, "note_event") as work:
        event = work.get(Event, event_id)
        given = {
            "summary": event.summary,
            "location": event.location,
            "dtstart": at,
            "dtend": at + (event.dtend - event.dtstart),
            "tzid": event.tzid,
        } | dict(values)
        work.session.add(EventOverride(event_id=event_id, recurrence_id=at, details={}, **given))
        event.sequence += 1
        event.dtstamp = work.at
        note_change(work, event)


def vevent(uid: str, start: str = "20261201T100000", summary: str = "", **more: str) -> str:
    """A VEVENT of an hour; further properties by their names."""
    end = start[:9] + f"{int(start[9:11]) + 1:02}" + start[11:]
    lines = {
        "UID": f"{uid}@outlook.example.org",
        "DTSTAMP": STAMP,
        "SUMMARY": summary or f"Termin {uid}",
        "DTSTART;TZID=Europe/Berlin": start,
        "DTEND;TZID=Europe/Berlin": end,
    } | {name.replace("_", "-"): value for name, value in more.items()}
    return "\r\n".join(["BEGIN:VEVENT", *(f"{name}:{value}" for name, value in lines.items()), "END:VEVENT"])


def ics(*events: str) -> str:
    """A calendar file."""
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Outlook//DE")
    return "\r\n".join((*head, *events, "END:VCALENDAR", ""))


class Outlook:
    """A calendar elsewhere: its files, and the desk that rereads them."""

    def __init__(self, place: Workplace, source: Path, clock: Clock) -> None:
        calendars = dict(place.catalog.calendars)
        calendars["ob"] = replace(
            calendars["ob"], leads=Leader.OUTLOOK, source=str(source), address="ob@lindenau.example.org"
        )
        self.place = replace(place, catalog=replace(place.catalog, calendars=calendars))
        self.source = source
        self.clock = clock
        self.desk = Rereading(self.place)

    def writes(self, *events: str, file: str = "") -> Path:
        """Write a whole file."""
        path = self.source / file if file else self.source
        path.write_text(ics(*events), encoding="utf-8", newline="")
        return path

    def reread(self, minutes: float = 5) -> FeedNews:
        """Let the interval pass and look."""
        self.clock.advance(minutes=minutes)
        return self.desk.poll(self.place.now)

    def events(self, **where: Any) -> list[Event]:
        """The appointments that are not in the trash, by start."""
        with self.place.reading() as session:
            query = select(Event).where(Event.trashed_at.is_(None)).filter_by(**where)
            return list(session.scalars(query.order_by(Event.starts_at, Event.id)))

    def titles(self) -> list[str]:
        """Their titles."""
        return [event.summary for event in self.events()]

    def one(self, summary: str) -> Event:
        """The one appointment of a title."""
        (found,) = self.events(summary=summary)
        return found

    def change(self, summary: str, values: Mapping[str, Any]) -> int:
        """Change an appointment at this desk."""
        key = self.one(summary).id
        touch(self.place, key, dict(values))
        return key

    def notes(self, event_id: int) -> list[str]:
        """The remarks on an appointment."""
        with self.place.reading() as session:
            return list(session.scalars(select(Note.text).where(Note.event_id == event_id).order_by(Note.id)))


@pytest.fixture
def outlook(place: Workplace, tmp_path: Path, clock: Clock) -> Outlook:
    """Outlook writes one file."""
    return Outlook(place, tmp_path / "ob.ics", clock)


@pytest.fixture
def folder(place: Workplace, tmp_path: Path, clock: Clock) -> Outlook:
    """Outlook writes a folder of files."""
    source = tmp_path / "outlook"
    source.mkdir()
    return Outlook(place, source, clock)
