"""Answers to invitations (METHOD:REPLY): noted beside those who gave them; no event changes by one."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from ob_buero_tui.exchange.ics_records import AnswerRecord, EventRecord
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.german import clock, long_date
from ob_buero_tui.services.intake.calendar_changes import Answer, CalendarPlan
from ob_buero_tui.store.appointments import EventPerson, PartStat
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.tasks import Note

_LISTED = select(text("value")).select_from(text("json_each(:listed)"))
_SAID = {
    "ACCEPTED": "hat zugesagt",
    "DECLINED": "hat abgesagt",
    "TENTATIVE": "hat unter Vorbehalt zugesagt",
    "DELEGATED": "schickt eine Vertretung",
    "NEEDS-ACTION": "hat noch nicht entschieden",
}


def plan_answers(session: Session, records: Sequence[EventRecord], calendar: str, plan: CalendarPlan) -> None:
    """Find what the answers of a file belong to.

    Somebody who stands beside the appointment gets their state; a word to it, an answer for one date of a
    series and one of somebody who does not stand there become a remark. The appointment itself stays.

    Args:
        calendar: Where an appointment is looked for first; an answer may belong to any calendar.
    """
    if not records:
        return
    events = _events(session, {record.uid for record in records}, calendar)
    people = _people(session, [event.id for event in events.values()])
    for record in records:
        event = events.get(record.uid)
        if event is None:
            named = shorten(record.summary, 60) or shorten(record.uid, 60)
            plan.problems.append(f"Die Antwort zu „{named}“ gehört zu keinem gespeicherten Termin.")
            plan.count("skipped")
            continue
        for answer in record.answers:
            _plan_one(session, plan, event, people[event.id], record, answer)


def _plan_one(
    session: Session,
    plan: CalendarPlan,
    event: Any,
    people: Sequence[Any],
    record: EventRecord,
    answer: AnswerRecord,
) -> None:
    person = next((one for one in people if _is_of(answer, one)), None)
    state = answer.partstat if answer.partstat in set(PartStat) else PartStat.OFFEN.value
    whole = record.recurrence_id is None
    sets = person is not None and whole and person.partstat != state and record.sequence >= event.sequence
    plain = person is not None and whole and record.sequence >= event.sequence and not answer.comment
    note = "" if plain and answer.partstat in set(PartStat) else _sentence(record, answer, event, person)
    if note and session.scalar(select(Note.id).where(Note.event_id == event.id, Note.text == note).limit(1)):
        note = ""
    if not (sets or note):
        plan.count("unchanged")
        return
    if person is None:
        plan.notes.append(f"{_named(answer)} steht nicht bei „{shorten(event.summary, 60)}“.")
    plan.count("answers")
    plan.answers.append(
        Answer(
            event_id=event.id,
            person_id=person.id if person is not None and sets else None,
            partstat=state,
            note=note,
        )
    )


def _events(session: Session, uids: Iterable[str], calendar: str) -> dict[str, Any]:
    """The stored appointments with these UIDs, those of one calendar before others."""
    rows = session.execute(
        select(Event.id, Event.uid, Event.summary, Event.sequence)
        .where(Event.trashed_at.is_(None), Event.uid.in_(_LISTED))
        .order_by(Event.calendar == calendar, Event.id.desc()),
        {"listed": json.dumps(sorted(uids))},
    )
    return {row.uid: row for row in rows}


def _people(session: Session, event_ids: Sequence[int]) -> defaultdict[int, list[Any]]:
    rows = session.execute(
        select(
            *(EventPerson.id, EventPerson.event_id, EventPerson.name, EventPerson.email),
            EventPerson.partstat,
        )
        .where(EventPerson.event_id.in_(event_ids))
        .order_by(EventPerson.id)
    )
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.event_id].append(row)
    return found


def _is_of(answer: AnswerRecord, person: Any) -> bool:
    """Whether an answer comes from somebody: by the address, else by the name where no address is known."""
    if person.email:
        return bool(person.email.casefold() == answer.address.casefold())
    return bool(answer.name) and fold(person.name) == fold(answer.name)


def _named(answer: AnswerRecord) -> str:
    if answer.name and answer.address:
        return f"{answer.name} ({answer.address})"
    return answer.name or answer.address or "Jemand ohne Namen"


def _sentence(record: EventRecord, answer: AnswerRecord, event: Any, person: Any) -> str:
    """What was answered, as a remark on the appointment."""
    said = _SAID.get(answer.partstat, f"antwortet mit „{answer.partstat}“")
    when = ""
    if record.recurrence_id is not None:
        hour = "" if record.all_day else f" {clock(record.recurrence_id)}"
        when = f" für {long_date(record.recurrence_id)}{hour}"
    older = "; die Antwort gilt einer älteren Fassung" if record.sequence < event.sequence else ""
    word = f": „{answer.comment}“" if answer.comment else ""
    unknown = "" if person is not None else " (steht nicht bei diesem Termin)"
    return f"{_named(answer)}{unknown} {said}{when}{older}{word}"
