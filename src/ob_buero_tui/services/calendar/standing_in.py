"""A deputy for one date of the calendar, whether a request is behind it or not: asked, promised, refused."""

from __future__ import annotations

from datetime import date as Day

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.representation import COUNCIL, MAYOR
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.services.calendar.belongings import share, take_along
from ob_buero_tui.services.calendar.beside import DEPUTIZED
from ob_buero_tui.services.calendar.date_rows import call_off, stand_again
from ob_buero_tui.services.calendar.new_rows import new_event
from ob_buero_tui.services.calendar.one_date import OneDate, find_date
from ob_buero_tui.services.calendar.own_details import own_details
from ob_buero_tui.services.calendar.preparing import make_preparation
from ob_buero_tui.services.calendar.writing import level_text, set_span
from ob_buero_tui.services.calendars.pending import touched
from ob_buero_tui.services.requests.deputations import ASK_TASK, ASKING, FIND_TASK, STANDING, answer_until
from ob_buero_tui.services.requests.taking_back import drop_tasks
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.calendar import Event, EventSource
from ob_buero_tui.store.decisions import Deputation, DeputyAnswer
from ob_buero_tui.store.tasks import Task

GOES = "OB"


def of_event(session: Session, event_id: int) -> Deputation | None:
    """Who is asked for an appointment, or has promised."""
    return session.scalars(
        select(Deputation)
        .where(Deputation.event_id == event_id, Deputation.answer.in_(STANDING))
        .order_by(Deputation.id.desc())
        .limit(1)
    ).first()


def chain_of(work: Work, calendar: str) -> str:
    """The chain in which the owner of a calendar stands in.

    Raises:
        Refusal: no chain has this calendar.
    """
    for key, chain in work.catalog.chains.items():
        if calendar in chain.calendars:
            return key
    raise Refusal(
        "Die Vertretung wurde nicht angefragt.",
        "Dieser Kalender gehört niemandem, der vertritt.",
        "Wählen Sie eine andere Vertretung; die IT kann die Liste ändern.",
    )


def hand_to(work: Work, date: OneDate, calendar: str, present: Deputation | None) -> Event:
    """Enter one date tentatively with a deputy; returns the deputy's entry.

    A single appointment of ours goes over itself; a date of a series, a session of the council and what a
    calendar file would bring back stay, and the deputy gets an entry beside them.

    Args:
        present: The deputation so far; its entry goes on to the next deputy.
    """
    old = work.session.get(Event, present.event_id) if present is not None and present.event_id else None
    if old is not None and old.trashed_at is None and not _stays(work, old, calendar):
        entry = old
    elif date.original is None and not _stays(work, date.event, calendar):
        entry = date.event
    else:
        entry = _copy(work, date)
        if date.event.calendar != COUNCIL:
            call_off(work, date, DEPUTIZED)
        if old is not None and old.id != date.event.id:
            end_entry(work, old)
    entry.calendar, entry.status, entry.cancel_reason = calendar, EventStatus.TENTATIVE.value, ""
    entry.attendee = work.catalog.calendar_short(calendar)
    made = entry.id is None
    work.session.add(entry)
    work.session.flush()
    touched(work, entry, entry)
    if made:
        share(work, date.event.id, entry.id)
        if date.original is None and date.event.calendar != COUNCIL:
            take_along(work, date.event.id, entry.id)
    return entry


def give_back(
    work: Work,
    date: OneDate,
    deputation: Deputation | None,
    status: EventStatus = EventStatus.CONFIRMED,
) -> None:
    """The mayor goes herself: the deputy's entry ends, her own stands as before.

    Args:
        status: How sure her own was before the deputy was asked.
    """
    entry = work.session.get(Event, deputation.event_id) if deputation and deputation.event_id else None
    if entry is not None and entry.id != date.event.id:
        end_entry(work, entry)
        if date.event.calendar != COUNCIL:
            stand_again(work, date, status)
            if date.original is None:
                take_along(work, entry.id, date.event.id)
    elif entry is not None and entry.calendar != MAYOR:
        entry.calendar, entry.attendee = MAYOR, GOES
        stand_again(work, date, status)
    drop_asking(work, entry.id if entry is not None else date.event.id)


def take_back(work: Work, deputation: Deputation | None) -> None:
    """Nobody stands in any more."""
    if deputation is not None and deputation.answer in STANDING:
        deputation.answer, deputation.answered_on = DeputyAnswer.ZURUECKGENOMMEN.value, work.today


def call_off_both(work: Work, date: OneDate, deputation: Deputation | None, reason: str) -> None:
    """Neither the mayor goes nor the deputy: every entry of the date is called off."""
    entry = work.session.get(Event, deputation.event_id) if deputation and deputation.event_id else None
    if entry is not None and entry.id != date.event.id:
        end_entry(work, entry, reason)
        drop_asking(work, entry.id)
    call_off(work, find_date(work.session, work.place.zone, key_of(date)), reason)
    drop_asking(work, date.event.id)


def key_of(date: OneDate) -> str:
    """The name of a date as the calendar's views know it."""
    if date.original is None:
        return str(date.event.id)
    return f"{date.event.id}@{date.recurrence_id[:16]}"


def enter_deputation(
    work: Work, date: OneDate, entry: Event, calendar: str, chain: str, *, remind: bool
) -> Deputation:
    """Write down who was asked for a date that no request is behind.

    Args:
        remind: Whether to make the task of waiting for the answer.
    """
    row = Deputation(
        event_id=entry.id,
        calendar=calendar,
        chain=chain,
        asked_on=work.today,
        asked_by=work.desk.initials,
        stands_on=date.starts.date(),
    )
    work.session.add(row)
    work.session.flush()
    if remind:
        label = f"Antwort von {work.catalog.calendar_short(calendar)} zur Vertretung"
        add_task(work, entry.id, ASK_TASK, label, answer_until(work, row.stands_on))
    return row


def ask_anew(work: Work, row: Deputation, entry: Event) -> None:
    """What a deputy was asked or has promised was for the old time (domain.md 10.8).

    Args:
        entry: The deputy's, at its new time.
    """
    row.answer, row.answered_on = DeputyAnswer.ANGEFRAGT.value, None
    row.asked_on, row.asked_by = work.today, work.desk.initials
    row.stands_on = entry.dtstart.date()
    if entry.status == EventStatus.CONFIRMED:
        entry.status = EventStatus.TENTATIVE.value
    if row.request_id is not None:
        return
    drop_asking(work, entry.id)
    label = f"Antwort von {work.catalog.calendar_short(row.calendar)} zur Vertretung am neuen Termin"
    add_task(work, entry.id, ASK_TASK, label, answer_until(work, row.stands_on))


def answer(work: Work, row: Deputation, accepted: bool, *, remind: bool) -> None:
    """What a deputy says about a date that no request is behind: only a promise binds (domain.md 10.8).

    Args:
        remind: Whether a refusal leaves the task to find somebody else.
    """
    entry = work.session.get(Event, row.event_id) if row.event_id is not None else None
    if row.answer not in STANDING or entry is None:
        raise Refusal("Es ist niemand angefragt.", "", "Mit v fragen Sie eine Vertretung an.")
    gave = row.answer == DeputyAnswer.ZUGESAGT
    refused = DeputyAnswer.ZURUECKGENOMMEN if gave else DeputyAnswer.ABGELEHNT
    row.answer, row.answered_on = (DeputyAnswer.ZUGESAGT if accepted else refused).value, work.today
    entry.status = (EventStatus.CONFIRMED if accepted else EventStatus.TENTATIVE).value
    touched(work, entry, entry)
    drop_asking(work, entry.id)
    if accepted:
        make_preparation(work, entry)
    elif remind:
        add_task(work, entry.id, FIND_TASK, "Neue Vertretung finden", work.today)


def drop_asking(work: Work, event_id: int) -> None:
    """The tasks of waiting for a deputy fall away."""
    found = select(Task).where(
        Task.event_id == event_id,
        Task.done_at.is_(None),
        Task.template.in_(ASKING),
        Task.request_id.is_(None),
    )
    drop_tasks(work, work.session.scalars(found).all())


def add_task(work: Work, event_id: int, template: str, label: str, due: Day) -> None:
    """A task of an appointment for this desk."""
    work.session.add(
        Task(
            label=label,
            template=template,
            event_id=event_id,
            due_on=due,
            due_text="",
            assigned_to=work.desk.initials,
        )
    )


def _stays(work: Work, event: Event, calendar: str) -> bool:
    """Whether an entry must stay where it is."""
    if event.calendar == COUNCIL or event.rrule or event.rdates:
        return True
    came = select(EventSource.id).where(EventSource.event_id == event.id).limit(1)
    return event.calendar != calendar and work.session.scalar(came) is not None


def end_entry(work: Work, entry: Event, reason: str = "OB kommt selbst") -> None:
    """A deputy's entry no longer takes place; it stays in that calendar with the reason."""
    date = find_date(work.session, work.place.zone, str(entry.id))
    call_off(work, date, reason)


def _copy(work: Work, date: OneDate) -> Event:
    """An entry of its own for one date, with all that was arranged for it."""
    event, zone = date.event, work.place.zone
    shown = date.override if date.override is not None else event
    details = own_details(event, date.override) | {"cancel_reason": "", "attendee": GOES}
    theirs = date.override.owner if date.override is not None else ""
    made = new_event(
        summary=clean(shown.summary, limit=300),
        location=shown.location,
        description=shown.description,
        kind=event.kind,
        organizer=event.organizer,
        transparent=event.transparent,
        confidentiality=level_text(event, date.override),
        owner=theirs or event.owner,
        related_uid=event.uid,
        dtstamp=work.at,
        **details,
    )
    set_span(made, date.starts, date.ends, all_day=date.all_day, tzid=zone, zone=zone)
    return made
