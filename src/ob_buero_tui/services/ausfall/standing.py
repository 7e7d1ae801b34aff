"""What has become of one item, read from what it points to: its date, its deputy, its request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from ob_buero_tui.rules.german import clock, short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.services.ausfall.hits import goes
from ob_buero_tui.services.calendar.beside import DEPUTIZED
from ob_buero_tui.services.calendar.one_date import OneDate, find_date
from ob_buero_tui.services.calendar.own_details import own
from ob_buero_tui.services.calendar.slots import occurrence_key
from ob_buero_tui.services.requests.deputations import STANDING
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.ausfall import AusfallItem, AusfallOutcome
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.decisions import Deputation, DeputyAnswer

_O = AusfallOutcome
DEPUTY_SAYS = {
    DeputyAnswer.ANGEFRAGT.value: "angefragt",
    DeputyAnswer.ZUGESAGT.value: "kommt",
    DeputyAnswer.ABGELEHNT.value: "hat abgelehnt",
    DeputyAnswer.ZURUECKGENOMMEN.value: "nicht mehr",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one item stands.

    Args:
        date: Its date as it is now; None where it is gone.
        outcome: What holds, which others may have changed since it was decided.
        open: Whether something is to be decided.
    """

    date: OneDate | None
    outcome: AusfallOutcome
    said: str
    open: bool
    answer: str = ""
    deputy: str = ""


def standing_of(
    session: Session, place: Workplace, item: AusfallItem, start: datetime, end: datetime
) -> Standing:
    """What holds for an item now.

    Args:
        start, end: The absence, wall time of the office.
    """
    try:
        date = find_date(session, place.zone, occurrence_key(item.event_id, item.recurrence_id))
    except Refusal:
        return _gone(session, place, item)
    if date.event.trashed_at is not None:
        return Standing(date=date, outcome=_O.BLEIBT, said="im Papierkorb", open=False)
    deputation = session.get(Deputation, item.deputation_id) if item.deputation_id is not None else None
    outcome = _O(item.outcome)
    if outcome is _O.VERTRETUNG and deputation is not None:
        return _deputized(session, place, date, deputation)
    if _called_off(date) and not _only_handed_on(date, outcome, deputation):
        reason = own(date.event, date.override, "cancel_reason")
        said = f"abgesagt: {reason}" if reason else "abgesagt"
        return Standing(date=date, outcome=_O.ABSAGEN, said=said, open=False)
    away = not (date.starts < end and date.ends > start)
    if outcome is _O.BLEIBT:
        return Standing(date=date, outcome=outcome, said="bleibt", open=False)
    if away and (outcome is _O.VERSCHIEBEN or date.event.moved_from is not None):
        return Standing(date=date, outcome=_O.VERSCHIEBEN, said=_moved(date), open=False)
    if outcome is _O.OFFEN and not goes(date.event, date.override):
        who = date.event.attendee or place.catalog.calendar_short(date.event.calendar)
        if deputation is None:
            return Standing(date=date, outcome=_O.VERTRETUNG, said=f"{who} geht", open=False, deputy=who)
    said = _refused(place, deputation) if deputation is not None else ""
    return Standing(date=date, outcome=_O.OFFEN, said=said, open=not away)


def _deputized(session: Session, place: Workplace, date: OneDate, row: Deputation) -> Standing:
    who = place.catalog.calendar_short(row.calendar)
    entry = session.get(Event, row.event_id) if row.event_id is not None else None
    gone = entry is None or entry.trashed_at is not None or entry.status == EventStatus.CANCELLED
    stands = row.answer in (DeputyAnswer.ANGEFRAGT, DeputyAnswer.ZUGESAGT)
    if stands and gone:
        return Standing(date=date, outcome=_O.ABSAGEN, said="abgesagt", open=False)
    if not stands:
        return Standing(date=date, outcome=_O.OFFEN, said=_refused(place, row), open=True)
    return Standing(
        date=date,
        outcome=_O.VERTRETUNG,
        said=f"{who} {DEPUTY_SAYS[row.answer]}",
        open=False,
        answer=row.answer,
        deputy=who,
    )


def _gone(session: Session, place: Workplace, item: AusfallItem) -> Standing:
    """The date is gone; a deputy who was asked for it still has an entry, and must be called."""
    row = session.get(Deputation, item.deputation_id) if item.deputation_id is not None else None
    entry = session.get(Event, row.event_id) if row is not None and row.event_id is not None else None
    if row is None or entry is None:
        return Standing(date=None, outcome=_O.BLEIBT, said="gibt es nicht mehr", open=False)
    date = find_date(session, place.zone, str(entry.id))
    return replace(_deputized(session, place, date, row), open=False)


def _refused(place: Workplace, row: Deputation) -> str:
    return f"{place.catalog.calendar_short(row.calendar)} {DEPUTY_SAYS[row.answer]}"


def _called_off(date: OneDate) -> bool:
    shown = date.override if date.override is not None else date.event
    return shown.status == EventStatus.CANCELLED


def _only_handed_on(date: OneDate, outcome: AusfallOutcome, row: Deputation | None) -> bool:
    """Whether the mayor's own date is called off only because a deputy was to go, who does not any more."""
    deputized = own(date.event, date.override, "cancel_reason") == DEPUTIZED
    return outcome is _O.OFFEN and row is not None and row.answer not in STANDING and deputized


def _moved(date: OneDate) -> str:
    day = short_date(date.starts.date())
    return f"verschoben auf {day}" if date.all_day else f"verschoben auf {day} {clock(date.starts)}"
