"""Which copies of the database stay: many of the last two days, fewer the older they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

ALL_FOR: Final = timedelta(days=2)
DAILY, WEEKLY, MONTHLY = 12, 10, 9
"""All of two days, then so many of a day, of a week and of a month each. Source: Anki's rule of thinning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyAge:
    """One copy as the rule sees it.

    Args:
        key: Whatever names the copy; given back as it is.
        made: The office's wall time when it was made, naive.
        good: Whether it is whole as far as is known.
        step: The newest step it holds; a clock that was wrong cannot change that.
    """

    key: str
    made: datetime
    good: bool = True
    step: int = 0


def superfluous(copies: Sequence[CopyAge], now: datetime) -> frozenset[str]:
    """The keys of the copies that may go.

    A copy of the future stays and counts for nothing: the clock is wrong, not the copy. The good copy made
    last and the good one with the newest step stay always; without a good one all stay. A bad one takes no
    good one's place, and goes after two days.

    Args:
        now: The office's wall time, naive.
    """
    good = [copy for copy in copies if copy.good]
    if not good:
        return frozenset()
    kept = {max(good, key=_order).key, max(good, key=lambda copy: (copy.step, *_order(copy))).key}
    kept.update(copy.key for copy in copies if copy.made >= now - ALL_FOR)
    kept.update(_thinned(good, now - ALL_FOR))
    return frozenset(copy.key for copy in copies if copy.key not in kept)


def _thinned(copies: Sequence[CopyAge], fresh: datetime) -> set[str]:
    """Walk from the newest to the oldest; each tier asks for a wider gap to the one that was kept before.

    The wider gap includes the narrower one, so that what was kept at a later time is kept at an earlier one:
    a clock set back finds nothing more to remove.
    """
    kept: set[str] = set()
    last: date | None = None
    older = 0
    for copy in sorted(copies, key=_order, reverse=True):
        day = copy.made.date()
        if copy.made >= fresh:
            last = day
        elif older < DAILY + WEEKLY + MONTHLY and (last is None or _apart(day, last, older)):
            kept.add(copy.key)
            last, older = day, older + 1
    return kept


def _apart(day: date, last: date, older: int) -> bool:
    """Whether a day is far enough from the one kept before it, for the tier that is being filled."""
    if older < DAILY:
        return day != last
    another_week = day.isocalendar()[:2] != last.isocalendar()[:2]
    if older < DAILY + WEEKLY:
        return another_week
    return another_week and (day.year, day.month) != (last.year, last.month)


def _order(copy: CopyAge) -> tuple[datetime, str]:
    return copy.made, copy.key
