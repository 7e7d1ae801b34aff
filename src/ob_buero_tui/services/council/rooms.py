"""Where sessions take place: a room that was typed, found among the places or added to them."""

from __future__ import annotations

from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.services.fetching import Columns, fetch
from ob_buero_tui.services.work import Work
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Location, Meeting

ROOM_LENGTH = 120


def room_text(room: str, description: str) -> str:
    """How lists call a place: its room and its description, nothing said twice."""
    return ", ".join(dict.fromkeys(part for part in (room, description) if part))


def find_room(work: Work, typed: str) -> Location | None:
    """The place that is called so, a new one where there is none, None where nothing was typed.

    A name that two places share, a room or a description alone, finds the one known first.
    """
    text = clean(typed, limit=ROOM_LENGTH).strip()
    if not text:
        return None
    known = place_keys(work.session).get(fold(text))
    if known is not None:
        return work.session.get_one(Location, known)
    row = Location(room=text, extra={})
    work.session.add(row)
    work.session.flush()
    return row


def place_keys(session: Session) -> dict[str, int]:
    """The key of the place that a folded spelling means: its room and description, or its room alone."""
    rows = fetch(session, _places())
    found: dict[str, int] = {}
    for row in rows:
        found.setdefault(fold(room_text(row.room, row.description)), row.id)
    for row in rows:
        found.setdefault(fold(row.room), row.id)
    found.pop("", None)
    return found


@cache
def _places() -> Columns:
    """Made once, as making it takes longer than reading."""
    return (
        select(Location.id, Location.room, Location.description)
        .where(Location.deleted.is_(False))
        .order_by(Location.id)
    )


def room_choices(place: Workplace) -> tuple[str, ...]:
    """The rooms that sessions were in, the most used ones first."""
    with place.reading() as session:
        return tuple(_used(session))


def _used(session: Session) -> list[str]:
    found: dict[str, int] = {}
    rows = session.execute(
        select(Location.room, Location.description)
        .join(Meeting, Meeting.location_id == Location.id)
        .where(Meeting.deleted.is_(False), Location.deleted.is_(False))
    )
    for room, description in rows:
        text = room_text(room, description)
        if text:
            found[text] = found.get(text, 0) + 1
    return sorted(found, key=lambda text: (-found[text], text))
