"""How long records are kept, and when they are to be destroyed or offered to the archive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dateutil.relativedelta import relativedelta


class RetentionBegin(StrEnum):
    """From when the years count: the day itself, or the end of its year."""

    TAG = "tag"
    JAHRESENDE = "jahresende"


class RetentionEnd(StrEnum):
    """What follows when the years are over."""

    VERNICHTEN = "vernichten"
    ANBIETEN = "anbieten"


class RetentionKind(StrEnum):
    """Which records a class is for."""

    REQUEST = "request"
    EVENT = "event"
    PERSON = "person"
    MEETING = "meeting"
    PAPER = "paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionClass:
    """One class of records.

    Args:
        key: Its name in the database.
        label: What it is called, German.
        table: Which records.
        kinds: Kinds of requests or events; empty: all that no other class names.
        years: How long they are kept; 0: no longer than they are needed.
        permanent: They are kept for good.
        begin: From when the years count.
        then: What follows.
        ground: Why that long, German.
        source: Where that stands.
        unconfirmed: The office has not confirmed it yet; that is said beside every proposal.
    """

    key: str
    label: str
    table: RetentionKind
    kinds: tuple[str, ...] = ()
    years: int = 0
    permanent: bool = False
    begin: RetentionBegin = RetentionBegin.JAHRESENDE
    then: RetentionEnd = RetentionEnd.ANBIETEN
    ground: str = ""
    source: str = ""
    unconfirmed: bool = False

    def last_day(self, begun_on: date) -> date | None:
        """The last day on which a record must be kept; None where it is kept for good.

        Args:
            begun_on: The day on which it was closed, or took place.
        """
        if self.permanent:
            return None
        start = date(begun_on.year, 12, 31) if self.begin is RetentionBegin.JAHRESENDE else begun_on
        try:
            return start + relativedelta(years=self.years)
        except (ValueError, OverflowError):  # a date from a foreign file, near the end of the calendar
            return date.max

    def is_over(self, begun_on: date, today: date) -> bool:
        """Whether a record need not be kept any more."""
        last = self.last_day(begun_on)
        return last is not None and last < today


def class_of(classes: Iterable[RetentionClass], table: str, kind: str | None) -> RetentionClass | None:
    """The class of a record: the one that names its kind, else the one for all others of its table."""
    same = [one for one in classes if one.table == table]
    named = (one for one in same if kind is not None and kind in one.kinds)
    return next(named, None) or next((one for one in same if not one.kinds), None)
