"""Sessions in the calendar: every session with a beginning has an appointment there, and moves it along."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from ob_buero_tui.catalog.council import is_session
from ob_buero_tui.rules.called_off import says_called_off
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import Confidentiality, strictest
from ob_buero_tui.rules.zones import to_utc
from ob_buero_tui.services.intake.oparl_lookup import records, rows_with
from ob_buero_tui.services.intake.oparl_rows import Row
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.tables import JOURNALED

CALENDAR = "rat"
KIND = "sitzung"
NO_NAME = "Sitzung"
DEFAULT_MINUTES = 120
SUMMARY_LENGTH = 300

_NIGHT = time(0, 0)
_DAY = timedelta(days=1)
_PUBLICITY = re.compile(r"(?i)\s*\([^()]*öffentlich[^()]*\)\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A session in the calendar: the key of its appointment, and the columns, None without a beginning."""

    event_id: int | None
    oparl_id: str
    columns: Row | None


class Sessions:
    """Says what a session looks like in the calendar."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._places: dict[int, Row] = {}
        self._bodies: dict[int, Row] = {}
        self._travel: dict[str, int] = {}
        kind = work.catalog.event_kinds.get(KIND)
        self._minutes = (kind.minutes if kind is not None else 0) or DEFAULT_MINUTES

    def forget(self) -> None:
        """Places and bodies have changed: read them anew."""
        self._places.clear()
        self._bodies.clear()

    def stored(self, ids: Iterable[int]) -> dict[int, Look]:
        """How stored sessions look, by key."""
        wanted = sorted(ids)
        if not wanted:
            return {}
        rows = rows_with(self._work.session, "meeting", "id", wanted)
        sitting = rows_with(self._work.session, "meeting_organization", "meeting_id", wanted)
        bodies: defaultdict[int, list[int]] = defaultdict(list)
        for row in sorted(sitting, key=lambda row: (row["position"], row["id"])):
            bodies[row["meeting_id"]].append(row["organization_id"])
        self.load({row["location_id"] for row in rows}, {key for keys in bodies.values() for key in keys})
        return {
            row["id"]: Look(
                event_id=row["event_id"],
                oparl_id=row["oparl_id"] or "",
                columns=self.look(dict(row), bodies[row["id"]]),
            )
            for row in rows
        }

    def load(self, places: set[int | None], bodies: set[int]) -> None:
        """Read these places and bodies, if they are not known yet."""
        for table, known, keys in (
            ("location", self._places, places - {None}),
            ("organization", self._bodies, bodies),
        ):
            missing = [key for key in keys if key is not None and key not in known]
            known |= {row["id"]: dict(row) for row in rows_with(self._work.session, table, "id", missing)}

    def look(self, meeting: Mapping[str, Any], body_ids: Sequence[int]) -> Row | None:
        """The columns of a session's appointment; None without a beginning.

        Args:
            meeting: The columns of the session.
            body_ids: The bodies that sit, the leading one first; they and its place are loaded.
        """
        if meeting["start"] is None:
            return None
        bodies = [self._bodies[key] for key in body_ids if key in self._bodies]
        sits = is_session(self._work.catalog, meeting["name"])
        times = self._times(meeting["start"], meeting["end"], whole_days=not sits)
        place = _place_text(self._places.get(meeting["location_id"] or 0))
        # Where nobody is known to sit, the mayor may have to.
        attends = sits and (not bodies or any(body["mayor_attends"] for body in bodies))
        travel = self._travel_min(place) if attends and not times["all_day"] else 0
        off = (
            meeting["cancelled"]
            or meeting["deleted"]
            or says_called_off(meeting["meeting_state"], meeting["name"])
        )
        return {
            **times,
            "summary": _summary(meeting["name"], bodies),
            "kind": KIND if sits else None,
            "location": place,
            "organizer": bodies[0]["name"] if bodies else "",
            "status": (EventStatus.CANCELLED if off else EventStatus.CONFIRMED).value,
            "transparent": not attends,
            "travel_before_min": travel,
            "travel_after_min": travel,
            "confidentiality": meeting.get("confidentiality", Confidentiality.OEFFENTLICH.value),
        }

    def _times(self, start: datetime, end: datetime | None, *, whole_days: bool) -> Row:
        """A session at midnight has no time of day yet; it takes up its day."""
        zone = self._work.place.zone
        if whole_days or (start.time() == _NIGHT and (end is None or end.time() == _NIGHT)):
            first = datetime.combine(start, _NIGHT)
            last = datetime.combine(end, _NIGHT) if end is not None else first
            if end is not None and end.time() != _NIGHT:
                last += _DAY
            dtstart, dtend, all_day = first, max(last, first + _DAY), True
        else:
            dtstart, all_day = start, False
            dtend = end if end is not None else start + timedelta(minutes=self._minutes)
        starts, ends = to_utc(dtstart, zone), to_utc(dtend, zone)
        return {
            "dtstart": dtstart,
            "dtend": dtend,
            "all_day": all_day,
            "starts_at": starts,
            "ends_at": max(starts, ends),
        }

    def _travel_min(self, place: str) -> int:
        if place not in self._travel:
            self._travel[place] = self._work.catalog.travel_min(place)
        return self._travel[place]

    def create(self, looks: Sequence[tuple[str, Row]]) -> list[int]:
        """Write new appointments of sessions; returns their keys.

        Args:
            looks: The OParl id of each session, empty where it was made here, and its columns.
        """
        rows = [
            {
                **look,
                "uid": _uid(oparl_id),
                "calendar": CALENDAR,
                "tzid": self._work.place.zone,
            }
            for oparl_id, look in looks
        ]
        return self._work.insert_rows(JOURNALED["event"], rows)

    def follow(self, before: Mapping[int, Look]) -> int:
        """Let the appointments of these sessions follow what has changed since.

        What the office itself has changed on an appointment stays, as only columns whose source has
        changed are written.

        Args:
            before: How the sessions looked before the change.

        Returns:
            How many appointments were changed.
        """
        self.forget()
        changed: dict[int, Row] = {}
        levels: dict[int, str] = {}
        added: dict[int, tuple[str, Row]] = {}
        for key, now in self.stored(before).items():
            if now.event_id is not None:
                old = before[key].columns or {}
                changed[now.event_id] = _difference(old, now.columns)
                levels[now.event_id] = old.get("confidentiality", "")
            elif now.columns is not None:
                added[key] = (now.oparl_id, now.columns)
        events = records(self._work.session, "event", {key for key, row in changed.items() if row})
        for event in events:
            for name, value in changed[event.id].items():
                if name != "confidentiality" or _may_follow(event, levels[event.id], value):
                    setattr(event, name, value)
            event.sequence += 1
        created = dict(zip(added, self.create(list(added.values())), strict=True))
        for meeting in records(self._work.session, "meeting", created.keys()):
            meeting.event_id = created[meeting.id]
        return len(events)


def _may_follow(event: Event, before: str, now: str) -> bool:
    """Whether an appointment takes its session's new level.

    Where the office gave the appointment another one than its session had, only a stricter one.
    """
    own, new = Confidentiality(event.confidentiality), Confidentiality(now)
    return event.confidentiality == before or strictest((own, new)) is new


def _difference(old: Row, look: Row | None) -> Row:
    """What is different now; a session that has lost its beginning does not take place."""
    now = look if look is not None else {"status": EventStatus.CANCELLED.value}
    return {name: value for name, value in now.items() if name not in old or old[name] != value}


def _summary(name: str, bodies: Sequence[Row]) -> str:
    """„Finanzausschuss: Haushaltsklausur“; the body is not said twice."""
    own = _PUBLICITY.sub("", name).strip()
    body = bodies[0] if bodies else None
    if body is None:
        return own[:SUMMARY_LENGTH] or NO_NAME
    said = [fold(text) for text in (body["name"], body["short_name"]) if text]
    if not own or any(text in fold(own) for text in said):
        return (own or body["name"])[:SUMMARY_LENGTH]
    return f"{body['short_name'] or body['name']}: {own}"[:SUMMARY_LENGTH]


def _place_text(place: Row | None) -> str:
    """A place in one line, nothing said twice."""
    if place is None:
        return ""
    town = " ".join(part for part in (place["postal_code"], place["locality"]) if part)
    parts: list[str] = []
    for part in (place["description"], place["room"], place["street_address"], town):
        if part and fold(part) not in fold(", ".join(parts)):
            parts.append(part)
    return ", ".join(parts)


def _uid(oparl_id: str) -> str:
    if not oparl_id:
        return f"{uuid.uuid4()}@ob-buero"
    return f"{KIND}-{hashlib.sha256(oparl_id.encode()).hexdigest()[:24]}@ob-buero"
