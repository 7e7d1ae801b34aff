"""Sorts the records of a calendar file by their UID: the series, and the dates that differ from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from ob_buero_tui.exchange.ics_records import EventRecord
from ob_buero_tui.rules.clean import shorten

Stamp = tuple[int, datetime]
BEGINNING = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class Group:
    """All records of one UID: the series or single event, and its changed dates by their RECURRENCE-ID."""

    uid: str
    master: EventRecord | None = None
    dates: dict[datetime, EventRecord] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What it is called."""
        return (self.master or next(iter(self.dates.values()))).summary

    @property
    def calls_off(self) -> bool:
        """Whether nothing of it asks for more than a cancellation."""
        records = (*([self.master] if self.master else []), *self.dates.values())
        return all(record.method == "CANCEL" for record in records)


def stamp(sequence: int, dtstamp: datetime | None) -> Stamp:
    """What decides which of two versions is newer: SEQUENCE first, then DTSTAMP (RFC 5546 2.1.5)."""
    return sequence, dtstamp or BEGINNING


def stamp_of(record: EventRecord) -> Stamp:
    """The stamp of a record."""
    return stamp(record.sequence, record.dtstamp)


def grouped(records: Iterable[EventRecord]) -> tuple[dict[str, Group], list[str]]:
    """Sort records by UID; of several versions in one file the newest wins, the later one among equals.

    Returns:
        The groups in the order of the file, and German sentences on what occurred more than once.
    """
    groups: dict[str, Group] = {}
    doubled: dict[str, None] = {}
    for record in records:
        group = groups.get(record.uid)
        if group is None:
            group = groups[record.uid] = Group(record.uid)
        present = group.master if record.recurrence_id is None else group.dates.get(record.recurrence_id)
        if present is not None:
            doubled[
                f"„{shorten(record.summary, 60)}“ steht mehrfach in der Datei; die neueste Fassung gilt."
            ] = None
            if stamp_of(record) < stamp_of(present):
                continue
        if record.recurrence_id is None:
            group.master = record
        else:
            group.dates[record.recurrence_id] = record
    return groups, list(doubled)
