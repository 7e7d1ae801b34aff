"""What a request on Wiedervorlage waits for: setting it, ending it, and waking it before its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.waiting import WokenBy, before_event, binding_text, woken_text
from ob_buero_tui.rules.workdays import Moved
from ob_buero_tui.services.work import Work
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.requests import Request, RequestEvent

POSTPONED: Final = "Vertagt: jetzt entscheiden"
INTERIM: Final = "Endgültig antworten"
_EXPECTED: Final = (("Antwort von ", " da?"), ("Rückmeldung von ", " da?"))


def expected(what: str, whom: str) -> str:
    """The next step that a question or a handing over sets by itself: „Antwort von Amt 66 da?“."""
    return clean(f"{what} von {whom} da?", limit=200)


def typed_step(note: str) -> str:
    """The next step if somebody wrote it; empty for one that a step set by itself."""
    by_itself = any(note.startswith(first) and note.endswith(last) for first, last in _EXPECTED)
    return "" if by_itself or note in (POSTPONED, INTERIM) else note


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """The appointment a Wiedervorlage is bound to.

    Args:
        on: Its day, in the office's zone.
        event_id: Its key; None for the date the request itself names.
        name: How it is called; empty for the request's own date.
    """

    on: date
    event_id: int | None = None
    name: str = ""


def lift(row: Request) -> None:
    """End a Wiedervorlage: the request is no longer put off."""
    put_off(row, None)


def put_off(
    row: Request,
    until: date | None,
    note: str = "",
    *,
    event_id: int | None = None,
    days: int | None = None,
    wakes: bool = True,
) -> None:
    """Put a request off until a day; what was noted of an earlier Wiedervorlage goes.

    Args:
        note: The next step to take then.
        event_id: The appointment it is bound to.
        days: Days before that appointment, or before the request's own date.
        wakes: Whether an answer or a change of the appointment ends it.
    """
    row.wiedervorlage_on, row.wiedervorlage_note = until, note
    row.wiedervorlage_event_id, row.wiedervorlage_days = event_id, days
    row.wiedervorlage_wakes = wakes
    row.woken_on, row.woken_by = None, ""


def wake(work: Work, row: Request, by: WokenBy) -> None:
    """Bring a request back today, before its day; the next step stays noted."""
    note = row.wiedervorlage_note
    put_off(row, work.today, note, wakes=row.wiedervorlage_wakes)
    row.woken_on, row.woken_by = work.today, by.value
    work.tell(woken=[*work.params.get("woken", []), row.id])


def bound(session: Session, place: Workplace, row: Request) -> Bound | None:
    """The appointment that „vor dem Termin“ means: the next linked one that takes place, or the own date."""
    event = session.scalars(
        select(Event)
        .join(RequestEvent, RequestEvent.event_id == Event.id)
        .where(
            RequestEvent.request_id == row.id,
            Event.trashed_at.is_(None),
            Event.status != EventStatus.CANCELLED.value,
        )
        .order_by(Event.starts_at < place.clock(), Event.starts_at, Event.id)
        .limit(1)
    ).one_or_none()
    if event is not None:
        on = place.local(event.starts_at).date()
        return Bound(on=on, event_id=event.id, name=event.summary)
    return Bound(on=row.event_start.date()) if row.event_start is not None else None


def bind(work: Work, row: Request, days: int, note: str, *, wakes: bool) -> Moved:
    """Put a request off until so many days before its appointment; returns the day and how it moved.

    Raises:
        Refusal: it has no appointment, or that day has come already.
    """
    what = f"{row.number} kommt nicht auf Wiedervorlage."
    event = bound(work.session, work.place, row)
    if event is None:
        now = "Nennen Sie einen Tag, oder tragen Sie mit b den Termin ein."
        raise Refusal(what, "Der Eingang hat keinen Termin.", now)
    moved = before_event(event.on, days, work.calendar)
    if moved.day <= work.today:
        why = f"{binding_text(days)} ist schon vorbei oder heute."
        raise Refusal(what, why, "Nennen Sie weniger Tage oder ein Datum.")
    put_off(row, moved.day, note, event_id=event.event_id, days=days, wakes=wakes)
    return moved


def reason_not_bound(session: Session, place: Workplace, row: Request) -> str:
    """Why a request cannot be bound to an appointment, as the end of a sentence; empty when it can."""
    return "" if bound(session, place, row) is not None else "hat keinen Termin"


def waiting_line(row: Request) -> str:
    """Return „Wiedervorlage Mi 9.12.2026, 7 Tage vor dem Termin: Rede durchsehen“; empty without one."""
    if row.wiedervorlage_on is None:
        return ""
    bound_by = f", {binding_text(row.wiedervorlage_days)}" if row.wiedervorlage_days is not None else ""
    step = f": {row.wiedervorlage_note}" if row.wiedervorlage_note else ""
    woken = woken_text(row.woken_by)
    if woken:
        return f"Wiedervorlage {woken} am {long_date(row.wiedervorlage_on)}{step}"
    return f"Wiedervorlage {long_date(row.wiedervorlage_on)}{bound_by}{step}"
