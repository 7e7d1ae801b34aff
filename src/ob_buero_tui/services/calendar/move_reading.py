"""An appointment while it is moved: where it would stand, what a typed time means, what it clashes with."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from ob_buero_tui.rules.german import clock, join, long_date
from ob_buero_tui.rules.when import Ambiguous, When, parse_any_when
from ob_buero_tui.rules.when_clock import read_clock
from ob_buero_tui.rules.when_values import end_clock
from ob_buero_tui.rules.when_words import fold, quoted
from ob_buero_tui.rules.zones import existing_span, gap_told
from ob_buero_tui.services.calendar.forms import USUAL_MINUTES, form_of
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.services.workplace import Workplace

ONE_DAY: Final = timedelta(days=1)
QUARTER: Final = timedelta(minutes=15)
SHORTEST: Final = timedelta(minutes=15)
_TIME_ALONE: Final = re.compile(
    r"\d{1,2}(?::\d{2})?(?:\s*uhr)?(?:\s*(?:-|–|bis)\s*\d{1,2}(?::\d{2})?(?:\s*uhr)?)?"
    r"|(?:um |ab )?(?:halb|viertel|dreiviertel)\b.*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """When an appointment is: wall time of the office; midnights when all-day, the end exclusive."""

    start: datetime
    end: datetime
    all_day: bool = False

    def moved(self, by: timedelta) -> Span:
        """The same length at another time; wall time counts, also over a night that has 23 hours.

        Raises:
            OverflowError: the calendar ends there.
        """
        start, end = self.start.replace(fold=0) + by, self.end.replace(fold=0) + by
        return replace(self, start=start, end=end)

    def lengthened(self, by: timedelta) -> Span:
        """Longer or shorter, a day at a time when all-day; never shorter than a quarter of an hour."""
        step = ONE_DAY * (1 if by > timedelta(0) else -1) if self.all_day else by
        least = ONE_DAY if self.all_day else SHORTEST
        end = self.end.replace(fold=0) + step
        return self if end - self.start.replace(fold=0) < least else replace(self, end=end)


class Mover:
    """One date on its way to another time.

    Args:
        key: As `DayEvent.id`.

    Raises:
        Refusal: it is gone, or personal to another desk.
    """

    def __init__(self, place: Workplace, key: str) -> None:
        self.form = form_of(place, key)
        self._place = place
        self._calendar = office_calendar(place)

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(start=self.form.start, end=self.form.end, all_day=self.form.all_day)

    def held(self, span: Span) -> Span:
        """Where it would really stand: an hour that summer time skips is the one after it."""
        if span.all_day:
            return span
        start, end = existing_span(span.start, span.end, self._place.zone)
        return replace(span, start=start, end=end)

    def gap(self, span: Span) -> str:
        """What to say of a begin that summer time skips; "" of any other."""
        return "" if span.all_day else gap_told(span.start, self._place.zone)

    def clashes(self, span: Span) -> tuple[str, ...]:
        """What it would clash with there, a sentence each."""
        from ob_buero_tui.services.calendar.clashing import candidate_of, clashes_of, sentences

        form = replace(self.form, start=span.start, end=span.end, all_day=span.all_day)
        with self._place.reading() as session:
            return sentences(clashes_of(session, self._place, candidate_of(self._place, form, session)))

    def read(self, typed: str, here: Span) -> When:
        """A typed time: „do 14“, „kw50 di 9:30“, „15:30“; a time alone is one of the day it stands on.

        Raises:
            Ambiguous: it can mean several times.
            Refusal: it is no time.
        """
        words = fold(typed)
        if _TIME_ALONE.fullmatch(words) and (found := read_clock(words)):
            day = here.start.date()
            choices = tuple(
                When(day=day, start=one.start, end=one.end, exact=True, text=_told(day, one.start, one.end))
                for one in found
            )
            if len(choices) == 1:
                return choices[0]
            names = join([clock(one.start) for one in choices if one.start], "oder")
            raise Ambiguous(
                f"{quoted(typed)} ist nicht eindeutig.", f"Es kann {names} Uhr sein.", "", choices
            )
        return parse_any_when(typed, self._place.now, self._calendar)

    def there(self, when: When, here: Span) -> Span:
        """Where it would stand at a typed time; what was not typed stays as it is here."""
        if when.start is None:
            return here.moved(when.day - here.start.date())
        start = datetime.combine(when.day, when.start)
        if when.end is not None:
            end = datetime.combine(when.day, when.end)
            return Span(start=start, end=end if end > start else end + ONE_DAY)
        if here.all_day:
            return Span(start=start, end=start + timedelta(minutes=USUAL_MINUTES))
        return Span(start=start, end=start + (here.end.replace(fold=0) - here.start.replace(fold=0)))


def _told(day: date, start: time, end: time | None) -> str:
    span = clock(start) if end is None else f"{clock(start)}–{end_clock(end)}"
    return f"{long_date(day)} {span}"
