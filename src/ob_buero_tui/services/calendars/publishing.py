"""Calendars that the office leads are put as .ics where others read them, after each change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select

from ob_buero_tui.catalog.leading import Leader
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.catalog.representation import CalendarSpec
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.calendars.adapter import adapter_of
from ob_buero_tui.services.calendars.touched import calendars_touched
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.journal import Action

YEAR_BACK: Final = timedelta(days=366)
"""How far back a published calendar reaches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What became of publishing one calendar.

    Args:
        written: Whether the file is another one now.
        problem: German, why it was not written.
    """

    calendar: str
    label: str
    written: bool = False
    problem: str = ""


def published_calendars(catalog: Catalog) -> tuple[CalendarSpec, ...]:
    """The calendars that are put where others read them."""
    led = (spec for spec in catalog.calendars.values() if spec.leads is Leader.WIR)
    return tuple(spec for spec in led if spec.publish)


def publish(place: Workplace, spec: CalendarSpec) -> Published:
    """Write one calendar as its audience may read it; a file that says the same already stays.

    What an audience may not read is left out or only taken, as in every export. A calendar without
    appointments is written with its name and the office's zone, for one without any component is no calendar
    (RFC 5545, 3.6); an office that rereads it removes nothing because of it, as with every empty file.
    """
    from ob_buero_tui.exchange.ics_write import write_calendar
    from ob_buero_tui.services.export.calendar import calendar_out
    from ob_buero_tui.services.export.wanted import Wanted

    wanted = Wanted(audience=spec.publish_audience, first=place.today - YEAR_BACK, calendar=spec.key)
    try:
        found = calendar_out(place, wanted)
        data = b"".join(write_calendar(found.events, found.zones or {place.zone}, spec.label))
        written = adapter_of(place, spec).publish(f"{spec.key}.ics", data)
    except Refusal as refusal:
        return Published(calendar=spec.key, label=spec.label, problem=str(refusal))
    return Published(calendar=spec.key, label=spec.label, written=written)


class Publisher:
    """Publishes what changed; `poll` is called every few seconds, from a single thread.

    A change is published at the first look at which nothing new has come: whoever is typing is let finish.
    """

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._done = -1
        self._last = -1
        self._told: set[str] = set()
        self._failed: set[str] = set()

    @property
    def needed(self) -> bool:
        """Whether there is anything to publish at all."""
        return bool(published_calendars(self._place.catalog))

    def poll(self, stop: Callable[[], bool] = lambda: False, *, at_once: bool = False) -> tuple[str, ...]:
        """Publish if something changed and rests now; returns German sentences on what failed, each once."""
        if not self.needed:
            return ()
        newest = self._newest()
        resting, self._last = newest == self._last, newest
        if newest == self._done or not (resting or at_once or self._done < 0):
            return ()
        due = self._due()
        results = []
        for spec in due:
            if stop():
                return ()
            results.append(publish(self._place, spec))
        # What failed is tried again with the next change, and with the next start.
        self._done = newest
        self._failed = {one.calendar for one in results if one.problem}
        failed = {f"{one.label}: {one.problem}" for one in results if one.problem}
        told, self._told = sorted(failed - self._told), failed
        return tuple(told)

    def _due(self) -> list[CalendarSpec]:
        """What may say something else now than it does where it lies; at first that is every calendar."""
        specs = published_calendars(self._place.catalog)
        if self._done < 0:
            return list(specs)
        with self._place.reading() as session:
            due = calendars_touched(session, self._done) | self._failed
        return [spec for spec in specs if spec.key in due]

    def _newest(self) -> int:
        with self._place.reading() as session:
            return session.scalar(select(func.max(Action.id))) or 0
