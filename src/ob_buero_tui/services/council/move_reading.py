"""A session on its way to another day: what a typed day means, and what stands against it there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from ob_buero_tui.rules.visibility import Audience
from ob_buero_tui.rules.when import When, parse_moved, written
from ob_buero_tui.services.council.breaks import breaks_of
from ob_buero_tui.services.council.chain import Chains
from ob_buero_tui.services.council.sittings import read_sittings, seen
from ob_buero_tui.services.council.views import DeadlineView, MeetingRow
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Meeting


class MeetingMover:
    """Reads where a session goes.

    Args:
        row: The session; it has a beginning.
    """

    def __init__(self, place: Workplace, row: MeetingRow, start: datetime) -> None:
        self._place, self._row, self._start = place, row, start
        self._calendar = office_calendar(place)

    def read(self, typed: str) -> When:
        """A typed day, with or without a time; `+1w` counts from the day it has now.

        Raises:
            Ambiguous: it can mean several.
            Refusal: it is none.
        """
        return parse_moved(typed, self._start.date(), self._place.now, self._calendar)

    @property
    def proposed(self) -> str:
        """Its beginning now, as it would be typed."""
        return written(When(day=self._start.date(), start=self._start.time(), exact=True, text=""))

    def leaves(self, when: When) -> bool:
        """Whether it goes anywhere."""
        return self.there(when) != self._start

    def there(self, when: When) -> datetime:
        """Its beginning there: at its usual time where none was typed."""
        return datetime.combine(when.day, when.start or self._start.time())

    def chain(self, start: datetime) -> tuple[DeadlineView, ...]:
        """The dates that a session there would have to meet before it."""
        with self._place.reading() as session:
            found = read_sittings(session, seen(self._place, Audience.INTERN), Meeting.id == self._row.id)
            chains = Chains.of(session, self._place)
            moved = [replace(one, start=start, moved_from=self._start, urgent_note="") for one in found]
            return tuple(
                step
                for one in moved
                for step in chains.deadlines(one, {}, frozenset())
                if step.on <= start.date()
            )

    def breaks(self, start: datetime) -> tuple[str, ...]:
        """What it would break there, a German sentence each."""
        end = start + (self._row.end - self._start) if self._row.end is not None else None
        return breaks_of(self._place, self._row.id, start, end)
