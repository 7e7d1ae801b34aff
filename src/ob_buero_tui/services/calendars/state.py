"""What was last read from each file of a calendar; a memory beside the journal, shared by all desks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.orm import Session

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.faults import translated
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.feeds import CalendarFeed

WHOLE = ""
"""Stands for the path of a calendar as a whole: its trouble, and the UIDs whose vanishing is undecided."""


class Overtaken(Refusal):
    """Another desk has read the same file meanwhile; the next look begins from what it left."""

    def __init__(self) -> None:
        super().__init__("Ein anderer Platz liest diesen Kalender gerade.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What is known of one file.

    Args:
        digest: Names its bytes; "" for one never read.
        uids: What stood in it.
        read_at: When it was last read or missed, aware.
        problem: German, why the last reading failed.
    """

    digest: str = ""
    uids: tuple[str, ...] = ()
    read_at: datetime | None = None
    problem: str = ""


def remembered(session: Session, calendar: str) -> dict[str, Remembered]:
    """What is known of the files of a calendar, by path."""
    rows = session.scalars(select(CalendarFeed).where(CalendarFeed.calendar == calendar))
    return {
        row.path: Remembered(
            digest=row.digest, uids=tuple(row.uids), read_at=row.read_at, problem=row.problem
        )
        for row in rows
    }


def claim(
    connection: Connection, calendar: str, path: str, before: Remembered | None, after: Remembered
) -> None:
    """Enter what was read, if nobody else has read the file since `before`.

    Raises:
        Overtaken: somebody has.
    """
    where = (CalendarFeed.calendar == calendar, CalendarFeed.path == path)
    stored = connection.execute(select(CalendarFeed.digest).where(*where)).scalar_one_or_none()
    if stored == after.digest and stored != (before.digest if before else None):
        return
    if stored != (before.digest if before is not None else None):
        raise Overtaken
    values = {
        "digest": after.digest,
        "uids": list(after.uids),
        "read_at": after.read_at,
        "problem": after.problem,
    }
    if stored is None:
        connection.execute(insert(CalendarFeed).values(calendar=calendar, path=path, **values))
    else:
        connection.execute(update(CalendarFeed).where(*where).values(values))


def remember(
    place: Workplace, calendar: str, path: str, before: Remembered | None, after: Remembered
) -> None:
    """`claim` in a transaction of its own; what is remembered already is not written again."""
    if before == after:
        return
    with translated():
        connection = place.engine.connect().execution_options(writing=True, patience=place.patience_ms)
        with connection, connection.begin():
            claim(connection, calendar, path, before, after)


def forget(place: Workplace, calendar: str, paths: Iterable[str]) -> None:
    """Forget files that are gone."""
    gone = list(paths)
    if not gone:
        return
    with translated():
        connection = place.engine.connect().execution_options(writing=True, patience=place.patience_ms)
        with connection, connection.begin():
            where = (CalendarFeed.calendar == calendar, CalendarFeed.path.in_(gone))
            connection.execute(delete(CalendarFeed).where(*where))


def instant(place: Workplace) -> datetime:
    """Now, as it is stored."""
    return place.clock().astimezone(UTC).replace(microsecond=0)
