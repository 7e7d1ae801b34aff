"""What a mail's calendar file means for appointments that stand in the calendar already."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.representation import MAYOR
from ob_buero_tui.exchange.ics_records import EventRecord
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.german import clock, long_date
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.intake.calendar_changes import CalendarPlan
from ob_buero_tui.services.intake.event_answers import plan_answers
from ob_buero_tui.store.calendar import Event

_LISTED = select(text("value")).select_from(text("json_each(:listed)"))
READ_IN = "Soll es so gelten, speichern Sie den Anhang und lesen ihn ein."
NAMED = 3
_OPEN = frozenset((Confidentiality.OEFFENTLICH.value, Confidentiality.INTERN.value))


def calendar_notes(session: Session, records: tuple[EventRecord, ...]) -> tuple[str, ...]:
    """German sentences on the stored appointments that the calendar file of a mail speaks of.

    Nobody's mail changes the calendar by itself: whoever knows a UID could call everything off. So a newer
    version and a cancellation are named, with what to do.
    """
    asking = {record.uid: record for record in records if record.method not in ("REPLY", "REFRESH")}
    if not asking:
        return ()
    rows = session.execute(
        select(
            *(Event.uid, Event.summary, Event.dtstart, Event.all_day),
            *(Event.sequence, Event.status, Event.confidentiality),
        )
        .where(Event.trashed_at.is_(None), Event.uid.in_(_LISTED))
        .order_by(Event.calendar != MAYOR, Event.id),
        {"listed": json.dumps(sorted(asking))},
    ).all()
    return tuple(_told(row, asking[row.uid]) for row in rows[:NAMED])


def _told(row: Any, record: EventRecord) -> str:
    hour = "" if row.all_day else f" {clock(row.dtstart)}"
    # The note stands on the request, which more people may read than the appointment.
    title = f"„{shorten(row.summary, 60)}“" if row.confidentiality in _OPEN else "ein vertraulicher Termin"
    there = f"Im Kalender steht {title} am {long_date(row.dtstart.date())}{hour}"
    if record.method == "CANCEL" or record.status == EventStatus.CANCELLED:
        if row.status == EventStatus.CANCELLED:
            return f"{there}, schon abgesagt."
        return f"{there}; diese Nachricht sagt den Termin ab. {READ_IN}"
    if record.method == "COUNTER":
        return f"{there}; diese Nachricht schlägt einen anderen Termin vor."
    if record.sequence > row.sequence or (record.dtstart, record.summary) != (row.dtstart, row.summary):
        return f"{there}; diese Nachricht bringt eine andere Fassung. {READ_IN}"
    return f"{there}, so wie in dieser Nachricht."


def answers_of(session: Session, records: tuple[EventRecord, ...], sender: str) -> CalendarPlan:
    """The answers to invitations that the sender of a mail gives for themselves, as a plan to carry out.

    Args:
        sender: Address of the mail; what it says for others is left.
    """
    own = []
    for record in records:
        given = tuple(one for one in record.answers if one.address.casefold() == sender.casefold())
        if given and record.method == "REPLY":
            own.append(replace(record, answers=given))
    plan = CalendarPlan()
    plan_answers(session, own, MAYOR, plan)
    return plan
