"""Appointments of a calendar file that the office has already, in another calendar or as a session."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.representation import COUNCIL, MAYOR
from ob_buero_tui.exchange.ics_records import EventRecord
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.zones import to_utc
from ob_buero_tui.services.calendar.sessions_alike import alike
from ob_buero_tui.services.intake.event_groups import Group
from ob_buero_tui.services.intake.event_rows import is_cancelled
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.council import Meeting

NAMED = 5
_LISTED = select(text("value")).select_from(text("json_each(:listed)"))


def known_sessions(session: Session, groups: Collection[Group], calendar: str) -> dict[str, str]:
    """The new appointments of a council's calendar that are sessions known from OParl: title by UID."""
    if calendar != COUNCIL:
        return {}
    single = {group.uid: record for group in groups if (record := _single(group)) is not None}
    starts = {uid: to_utc(one.dtstart, one.tzid, one.fold) for uid, one in single.items()}
    rows = session.execute(
        select(Event.starts_at, Event.summary, Event.organizer)
        .join(Meeting, Meeting.event_id == Event.id)
        .where(Event.trashed_at.is_(None), Meeting.deleted.is_(False))
        .where(Event.starts_at >= min(starts.values()), Event.starts_at <= max(starts.values()))
        if starts
        else select(Event.starts_at, Event.summary, Event.organizer).where(Event.id.is_(None))
    )
    sessions: defaultdict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        sessions[row.starts_at].append(row)
    return {
        uid: single[uid].summary
        for uid, start in starts.items()
        if any(alike(row.summary, row.organizer, single[uid].summary) for row in sessions[start])
    }


def _single(group: Group) -> EventRecord | None:
    """The one appointment of a UID; nothing where it is a series, or calls something off."""
    record = group.master
    if record is None or group.dates or record.rrule or record.rdates or is_cancelled(record):
        return None
    return record


def sessions_note(titles: Mapping[str, str]) -> str:
    """What is left out because it stands there as a session."""
    return f"Schon als Sitzung aus dem Ratsinformationssystem da: {_named(list(titles.values()))}."


def also_of_the_mayor(session: Session, groups: Mapping[str, Group], calendar: str) -> str:
    """Which of these new appointments of somebody else stand in the mayor's calendar too; "" for none.

    An invitation may be for both; but a file read before its calendar was named stands with the mayor, and
    keeps that time taken.
    """
    if calendar == MAYOR or not groups:
        return ""
    found = session.scalars(
        select(Event.uid)
        .where(Event.calendar == MAYOR, Event.trashed_at.is_(None), Event.uid.in_(_LISTED))
        .order_by(Event.starts_at, Event.id),
        {"listed": json.dumps(list(groups))},
    )
    titles = [
        record.summary
        for uid in dict.fromkeys(found)
        for record in (groups[uid].master or next(iter(groups[uid].dates.values())),)
    ]
    many = "stehen" if len(titles) > 1 else "steht"
    return f"{_named(titles)} {many} auch im Kalender OB." if titles else ""


def _named(titles: list[str]) -> str:
    more = f" und {len(titles) - NAMED} weitere" if len(titles) > NAMED else ""
    return ", ".join(f"„{shorten(title, 60)}“" for title in titles[:NAMED]) + more
