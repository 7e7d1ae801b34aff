"""The conflicts of the dates a day or a week shows, and those that stand with a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from ob_buero_tui.catalog.representation import ABSENCE, COUNCIL
from ob_buero_tui.rules.clashing import Pair, Taken, clashing
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.services.calendar.excused import Excuses
from ob_buero_tui.services.calendar.own_details import own
from ob_buero_tui.services.calendar.sessions_alike import same_session
from ob_buero_tui.services.calendar.slots import Dated, occurrence_key
from ob_buero_tui.services.calendar.taken import Claiming, Claims, Facts, PersonRow
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import taken as stored
from ob_buero_tui.store.calendar import Event, EventOverride, Occurrence

Clashing = tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]
"""By date: the dates it clashes with, and the reasons why other clashes stand."""


class DayClashes:
    """Finds conflicts among dates; people and reasons are read once for all days of a view.

    Args:
        rows: The dates of all the days.
    """

    def __init__(self, session: Session, place: Workplace, rows: Iterable[Dated]) -> None:
        self._session = session
        self._place = place
        self._people: dict[int, list[PersonRow]] = {}
        self._known: set[int] = set()
        self._rooms: set[str] = set()
        self._read(rows)

    def of(self, rows: Sequence[Dated]) -> Clashing:
        """The conflicts among some dates: of those taken twice, and the reasons of those that may be."""
        if any(row[1].id not in self._known for row in rows):
            self._read(rows)
        dates = [self._taken(*row) for row in rows]
        events = {date.key: row[1] for date, row in zip(dates, rows, strict=True)}
        found: defaultdict[str, list[str]] = defaultdict(list)
        reasons: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for pair in clashing(dates):
            if _same_session(pair, events):
                continue
            one, other = pair.one.key, pair.other.key
            if self._excuses.standing(pair):
                found[one].append(other)
                found[other].append(one)
            for kind in pair.kinds if self._excuses else ():
                excuse = self._excuses.of(pair.one, pair.other, kind)
                if excuse is not None:
                    reasons[one][excuse.reason] = reasons[other][excuse.reason] = None
        return (
            {key: tuple(others) for key, others in found.items()},
            {key: tuple(given) for key, given in reasons.items()},
        )

    def _read(self, rows: Iterable[Dated]) -> None:
        for _, event, override in rows:
            self._known.add(event.id)
            self._rooms.add(own(event, override, "room"))
        self._people = stored.people_of(self._session.connection(), self._known)
        self._excuses = Excuses(self._session, self._known)
        self._claiming = Claiming(self._place.catalog, self._people.values(), self._rooms)
        self._claims: dict[tuple[int, int | None], Claims] = {}

    def _taken(self, occurrence: Occurrence, event: Event, override: EventOverride | None) -> Taken:
        named = (event.id, override.id if override is not None else None)
        if named not in self._claims:
            self._claims[named] = self._claiming.claims(self._facts(event, override))
        claims = self._claims[named]
        return Taken(
            key=occurrence_key(event.id, occurrence.recurrence_id),
            event_id=event.id,
            recurrence_id=occurrence.recurrence_id,
            starts=occurrence.starts_at,
            ends=occurrence.ends_at,
            busy_from=occurrence.busy_from,
            busy_to=occurrence.busy_to,
            claims=claims[0],
            own=claims[1],
            loose=claims[2],
            away=event.kind == ABSENCE,
            session=event.calendar == COUNCIL,
        )

    def _facts(self, event: Event, override: EventOverride | None) -> Facts:
        shown = override if override is not None else event
        return Facts(
            calendar=event.calendar,
            kind=event.kind,
            cancelled=shown.status == EventStatus.CANCELLED,
            transparent=event.transparent,
            attendee=own(event, override, "attendee"),
            driver=own(event, override, "driver"),
            car=own(event, override, "car"),
            room=own(event, override, "room"),
            location=shown.location,
            people=tuple(self._people.get(event.id, ())),
        )


def _same_session(pair: Pair, events: dict[str, Event]) -> bool:
    """Whether two dates are the same session, come from the council information system and from a file."""
    one, other = events[pair.one.key], events[pair.other.key]
    both = one.calendar == other.calendar == COUNCIL
    return both and pair.one.starts == pair.other.starts and same_session(one, other)
