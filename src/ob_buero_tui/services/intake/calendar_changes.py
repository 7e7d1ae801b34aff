"""What a calendar file changes, as values: found before anything is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ob_buero_tui.exchange.ics_records import EventRecord
from ob_buero_tui.services.intake.report import Counts

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Columns to write, and the text they come from."""

    row: Row
    raw: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """A new appointment with its changed dates."""

    event: Draft
    dates: tuple[Draft, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """A stored appointment and the record that takes its place."""

    event_id: int
    record: EventRecord
    only_cancel: bool = False
    ends_before: datetime | None = None
    """Where a series ends: the original start of the first date that no longer takes place."""
    left_out: tuple[str, ...] = ()
    """The dates that the office took out of a series, and the record does not."""
    rrule: str | None = None
    """The rule as it ends where the office has cut the series; None where the record's counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateChange:
    """A changed date of a stored series: new where `override_id` is None."""

    event_id: int
    override_id: int | None
    draft: Draft
    only_cancel: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody answered to an invitation: the state of their row, or a remark on the appointment."""

    event_id: int
    person_id: int | None = None
    partstat: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An appointment of ours as somebody else's calendar shows it by now."""

    event_id: int
    record: EventRecord


@dataclass(slots=True)
class CalendarPlan:
    """What a calendar file is to change.

    Args:
        dropped: Stored changed dates (key of the series, key of the date) whose series now runs differently.
        absorbed: Keys of dates that stood alone and now belong to their series.
        answers: What attendees answered.
        seen: What a calendar that somebody else leads shows as we have it.
        notes: German sentences on what was guessed or repaired.
        problems: German sentences on what is left out.
        written: Keys of the appointments that came or changed; filled by carrying it out.
        followed: German sentences on the requests that followed them; filled likewise.
    """

    new: list[NewEvent] = field(default_factory=list)
    replaced: list[Replaced] = field(default_factory=list)
    dates: list[DateChange] = field(default_factory=list)
    dropped: list[int] = field(default_factory=list)
    absorbed: list[int] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    written: list[int] = field(default_factory=list)
    followed: list[str] = field(default_factory=list)

    @property
    def only_new(self) -> bool:
        """Whether nothing that is stored changes."""
        changed = self.replaced or self.dates or self.dropped or self.absorbed
        return not (changed or self.answers or self.seen)

    @property
    def touched(self) -> list[int]:
        """Keys of the stored appointments that it is about."""
        ids = [item.event_id for item in self.replaced] + [item.event_id for item in self.dates]
        ids += [item.event_id for item in self.answers] + [item.event_id for item in self.seen]
        return list(dict.fromkeys(ids))

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write."""
        return self.only_new and not self.new

    @property
    def counts(self) -> Counts:
        """How many records it brings, by what becomes of them."""
        counted: dict[str, Any] = dict(self.counted)
        return Counts(**counted)

    def count(self, what: str, number: int = 1) -> None:
        """Add to one of the counts."""
        self.counted[what] += number
