"""Why something must not be erased now: the matter is open, or a retention runs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.retention import retention_classes
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.retention import RetentionClass, class_of
from ob_buero_tui.services.erasing.file_search import waiting_case
from ob_buero_tui.services.erasing.linking import Linked
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.council import Meeting, MeetingParticipant
from ob_buero_tui.store.people import Membership, Organization
from ob_buero_tui.store.requests import Request


class Duties:
    """Answers for one desk, with one reading of the catalog."""

    def __init__(self, place: Workplace, session: Session) -> None:
        self._place = place
        self._session = session
        self._classes = retention_classes(place.catalog)
        self._known: dict[tuple[str, int], str] = {}

    def of(self, table: str, row_id: int) -> str:
        """The German reason why a row must be kept now; "" where nothing keeps it."""
        owner = self._owner(table, row_id)
        if owner not in self._known:
            self._known[owner] = self._of_record(*owner)
        return self._known[owner]

    def of_person(self, person_id: int, linked: Linked) -> tuple[str, ...]:
        """All reasons that keep a person's records, each once."""
        rows: Iterable[tuple[str, int]] = [*linked, *self._sessions(person_id)]
        found = (self.of(table, key) for table, key in rows)
        return tuple(dict.fromkeys(one for one in found if one))

    def _owner(self, table: str, row_id: int) -> tuple[str, int]:
        """The record whose duty counts for a row."""
        from ob_buero_tui.store.tables import METADATA

        if table in ("request", "event", "meeting", "membership"):
            return table, row_id
        known = METADATA.tables.get(table)
        for name in ("request", "event", "meeting", "agenda_item"):
            if known is not None and f"{name}_id" in known.c:
                query = f'SELECT "{name}_id" FROM "{table}" WHERE id = ?'  # noqa: S608 our own names
                key = self._session.connection().exec_driver_sql(query, (row_id,)).scalar()
                if key is not None:
                    return self._owner(name, key)
        return "", 0

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
        return ""

    def _of_request(self, row: Request | None) -> str:
        if row is None:
            return ""
        if not row.closed:
            return f"{row.number} ist noch nicht abgeschlossen"
        running = self._running("request", row.kind, row.closed_on or self._place.today, row.number)
        if not running or row.filed_at is None:
            return running
        # What the E-Akte has is kept there; what waits in our own outbox nobody has taken over yet.
        folder = waiting_case(self._place, row.number)
        still = f"{folder} liegt noch im Ausgangskorb; nehmen Sie den Ordner heraus, wenn die E-Akte ihn hat"
        return f"{running}; {still}" if folder else ""

    def _of_event(self, row: Event | None) -> str:
        if row is None or row.trashed_at is not None:
            return ""
        last = row.dtend.date()
        name = f"Termin am {long_date(row.dtstart.date())}"
        if last >= self._place.today or row.rrule:
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

    def _running(self, table: str, kind: str | None, begun: date, name: str) -> str:
        found = class_of(self._classes, table, kind)
        if found is None or found.is_over(begun, self._place.today):
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
