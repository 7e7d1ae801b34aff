"""Why something must not be erased now: the matter is open, or a retention runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.retention import retention_classes
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.retention import RetentionClass, class_of
from ob_buero_tui.services.calendar.last_days import last_days
from ob_buero_tui.services.disposing.late import came_late
from ob_buero_tui.services.disposing.views import came_after, given_out
from ob_buero_tui.services.erasing.linking import Linked
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.council import Meeting, MeetingParticipant, Paper
from ob_buero_tui.store.people import Membership, Organization
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.types import UNREADABLE_DAY

_WITH_DUTY: Final = ("request", "event", "meeting", "membership", "paper")
_BETWEEN: Final = ("agenda_item", "ausfall", "ausfall_item", "consultation", "document", "task", "vorlage")
"""Records without a duty of their own, which lead to one that has it."""


class Duties:
    """Answers for one desk, with one reading of the catalog."""

    def __init__(self, place: Workplace, session: Session) -> None:
        self._place = place
        self._session = session
        self._classes = retention_classes(place.catalog)
        self._known: dict[tuple[str, int], str] = {}

    def of(self, table: str, row_id: int) -> str:
        """The German reason why a row must be kept now; "" where nothing keeps it."""
        for owner in self._owners(table, row_id):
            if owner not in self._known:
                self._known[owner] = self._of_record(*owner)
            if self._known[owner]:
                return self._known[owner]
        return ""

    def of_person(self, person_id: int, linked: Linked) -> tuple[str, ...]:
        """All reasons that keep a person's records, each once."""
        rows: Iterable[tuple[str, int]] = [*linked, *self._sessions(person_id)]
        found = (self.of(table, key) for table, key in rows)
        return tuple(dict.fromkeys(one for one in found if one))

    def _owners(self, table: str, row_id: int) -> Iterator[tuple[str, int]]:
        """The records whose duties count for a row: found by its references, and theirs."""
        from ob_buero_tui.store.tables import METADATA

        waiting, seen = [(table, row_id)], set()
        while waiting:
            name, key = one = waiting.pop(0)
            if one in seen or name not in METADATA.tables:
                continue
            seen.add(one)
            if name in _WITH_DUTY:
                yield one
                continue
            known = METADATA.tables[name]
            ways = [(foreign.parent.name, foreign.column.table.name) for foreign in known.foreign_keys]
            for column, target in sorted(ways):
                if target in _WITH_DUTY or target in _BETWEEN:
                    waiting += [(target, row) for row in self._keys(name, column, "id", key)]
            if name == "file":
                waiting += [("file_link", row) for row in self._keys("file_link", "id", "file_id", key)]

    def _keys(self, table: str, wanted: str, column: str, key: int) -> list[int]:
        query = f'SELECT "{wanted}" FROM "{table}" WHERE "{column}" = ?'  # noqa: S608 our own names
        found = self._session.connection().exec_driver_sql(query, (key,)).scalars()
        return [row for row in found if row is not None]

    def _of_record(self, table: str, key: int) -> str:
        match table:
            case "request":
                return self._of_request(self._session.get(Request, key))
            case "event":
                return self._of_event(self._session.get(Event, key))
            case "meeting":
                return self._of_meeting(self._session.get(Meeting, key))
            case "membership":
                return self._of_membership(self._session.get(Membership, key))
            case "paper":
                return self._of_paper(self._session.get(Paper, key))
        return ""

    def _of_request(self, row: Request | None) -> str:
        if row is None:
            return ""
        if not row.closed:
            return f"{row.number} ist noch nicht abgeschlossen"
        running = self._running("request", row.kind, row.closed_on or self._place.today, row.number)
        if not running or row.filed_at is None:
            return running
        if came_late(self._session.connection(), [row.id]):
            return f"{running}; {came_after(self._place, row.filed_at)}"
        if row.taken_over_at is not None:
            return ""  # what the E-Akte has is kept there
        return f"{running}; {given_out(self._place, row.filed_at)}"

    def _of_event(self, row: Event | None) -> str:
        if row is None or row.trashed_at is not None:
            return ""
        last = last_days(self._session.connection(), [row.id])[row.id]
        name = f"Termin am {long_date(row.dtstart.date())}"
        if last is None:
            return f"{name} läuft ohne Ende weiter"
        if last >= self._place.today:
            return f"{name} steht noch bevor"
        return self._running("event", row.kind, last, name)

    def _of_meeting(self, row: Meeting | None) -> str:
        if row is None:
            return ""
        on = row.start.date() if row.start else self._place.today
        return self._running("meeting", None, on, f"Sitzung am {long_date(on)}")

    def _of_membership(self, row: Membership | None) -> str:
        """A seat in the council or a committee is part of its minutes; one in a club is not."""
        body = self._session.get(Organization, row.organization_id) if row and row.organization_id else None
        if row is None or body is None or (body.body_id is None and body.oparl_id is None):
            return ""
        return self._running(
            "meeting", None, row.end_date or self._place.today, f"Mitgliedschaft: {body.name}"
        )

    def _of_paper(self, row: Paper | None) -> str:
        if row is None:
            return ""
        name = f"Vorlage {clean(row.reference or row.name, limit=60)}".strip()
        return self._running("paper", None, row.date or self._place.today, name)

    def _running(self, table: str, kind: str | None, begun: date, name: str) -> str:
        found = class_of(self._classes, table, kind)
        if found is None:
            return ""
        if begun == UNREADABLE_DAY:
            return f"{name}: Der Tag, ab dem die Frist zählt, ist in der Datenbank unlesbar"
        if found.is_over(begun, self._place.today):
            return ""
        return f"{name}: {_until(found, begun)}"

    def _sessions(self, person_id: int) -> list[tuple[str, int]]:
        """The sessions in whose minutes a person stands."""
        there = select(MeetingParticipant.meeting_id).where(MeetingParticipant.person_id == person_id)
        led = select(Meeting.id).where((Meeting.chair_id == person_id) | (Meeting.clerk_id == person_id))
        return [("meeting", key) for query in (there, led) for key in self._session.scalars(query)]


def _until(found: RetentionClass, begun: date) -> str:
    last = found.last_day(begun)
    until = "dauernd aufzubewahren" if last is None else f"aufzubewahren bis {long_date(last)}"
    unsure = "; vom Büro noch nicht bestätigt" if found.unconfirmed else ""
    return f"{until} (Klasse „{found.label}“{unsure})"
