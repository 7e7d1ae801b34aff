"""What the date grammar gives back, and what its parts hand to one another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ob_buero_tui.rules.german import clock
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.workdays import WorkCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A day as it was understood, with a time of day where one was typed.

    Args:
        exact: The day itself was written (a date or a feast), not counted; the office does not move it.
        text: The full date and how it was read, in German.
    """

    day: date
    start: time | None = None
    end: time | None = None
    exact: bool = False
    text: str


def end_on(day: date, at: time) -> datetime:
    """The moment at which something of a day ends; midnight is that after it, 24 Uhr."""
    return datetime.combine(day, at) + (timedelta(days=1) if at == time(0) else timedelta(0))


def end_clock(at: time) -> str:
    """The end of a span in writing: „16:30“, „24:00“."""
    return "24:00" if at == time(0) else clock(at)


class Ambiguous(Refusal):
    """What was typed can mean several things; whoever typed it chooses.

    Args:
        choices: The possible readings; a single one when the product only wants it confirmed.
    """

    def __init__(self, what: str, why: str, now: str, choices: tuple[When, ...]) -> None:
        super().__init__(what, why, now)
        self.choices = choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The circumstances in which something was typed.

    Args:
        shown: The typed text as messages quote it.
        today: The day that is counted from; `name` is what an explanation calls it.
        past: Take past days too, and a date without a year as this year's.
    """

    shown: str
    today: date
    cal: WorkCalendar
    past: bool = False
    name: str = "heute"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One day that a phrase can mean.

    Args:
        how: How it was counted, in German; may be empty.
        exact: See `When`.
        doubt: Why it is asked instead of taken, in German; empty when it is taken.
    """

    day: date
    how: str = ""
    exact: bool = False
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One time of day, or span, that a phrase can mean."""

    start: time
    end: time | None = None
    how: str = ""
