"""Our change of a calendar that Outlook leads leaves as an invitation or a cancellation, unsent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from ob_buero_tui.catalog.representation import CalendarSpec
from ob_buero_tui.exchange.ics_write import OutgoingEvent
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.german import join, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.answers.outbox import Waiting
from ob_buero_tui.services.calendars.adapter import Message, adapter_of
from ob_buero_tui.services.calendars.draft_texts import body, day_of, heading, only_dates
from ob_buero_tui.services.export.calendar import alone_out
from ob_buero_tui.services.export.events import alone
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.intake.event_lookup import raw_texts
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event

REQUEST, CANCEL = "REQUEST", "CANCEL"


def send_to_outlook(place: Workplace, ids: Sequence[int]) -> Done:
    """Write a draft for each change that Outlook does not show yet; it stays marked until it is seen there.

    The drafts get their names after the step is stored: where one is refused, none lies in the Ausgangskorb.

    Raises:
        Refusal: nothing is pending, the calendar has no address, or the folder does not take the draft.
    """
    waiting: list[Waiting] = []
    try:
        done = _send(place, ids, waiting)
    except BaseException:
        for one in waiting:
            one.drop()
        raise
    for one in waiting:
        one.bring_out()
    return done


@use_case("send_to_outlook")
def _send(work: Work, ids: Sequence[int], waiting: list[Waiting]) -> Done:
    rows = [work.get(Event, key) for key in dict.fromkeys(ids)]
    rows = [event for event in rows if event.pending_since is not None]
    if not rows:
        raise Refusal(
            "Es ist nichts zu senden.",
            "Hier ist nichts geändert, was nicht auch in Outlook steht.",
            "Nur eigene Änderungen an Kalendern, die Outlook führt, gehen dorthin.",
        )
    ready = [(_spec(work, event), _message(work, event), event) for event in rows]
    for spec, message, event in ready:
        waiting.append(adapter_of(work.place, spec).send(message))
        event.pending_sent_at = work.at
    work.tell(table="event", ids=[event.id for event in rows])
    names = join([f"„{shorten(event.summary, 60)}“" for event in rows[:3]])
    work.left_house(f"Der Entwurf für Outlook zu {names}")
    drafts = plural(len(rows), "Entwurf liegt", "Entwürfe liegen")
    return Done(
        ids=tuple(event.id for event in rows),
        text=f"{drafts} im Ausgangskorb; bis Outlook es zeigt, bleibt es markiert",
    )


def _spec(work: Work, event: Event) -> CalendarSpec:
    spec = work.catalog.calendars.get(event.calendar)
    if work.place.sees(event.confidentiality, event.owner) is not View.FULL:
        raise Refusal(
            "Der Termin ist persönlich.", "Senden kann ihn nur der Platz, dem er gehört.", "Fragen Sie dort."
        )
    if spec is None or not spec.address:
        named = spec.label if spec is not None else event.calendar
        raise Refusal(
            "Es wurde kein Entwurf geschrieben.",
            f"Für den Kalender „{named}“ ist keine E-Mail-Adresse angegeben.",
            "Bitten Sie die IT, in representation.toml address für diesen Kalender zu setzen.",
        )
    return spec


def _message(work: Work, event: Event) -> Message:
    from ob_buero_tui.exchange.itip import Attendee, build_cancel, build_request
    from ob_buero_tui.exchange.mail_out import id_domain

    spec = _spec(work, event)
    work.session.flush()
    one = alone(work.session, event.id)
    assert one is not None  # noqa: S101 it was just read
    texts = raw_texts(work.session, [event.id])
    outgoing = _one_version(alone_out(work.place, one, texts))
    gone = event.trashed_at is not None or event.status == EventStatus.CANCELLED
    dates = {} if gone else only_dates(work, event, outgoing, texts)
    invited = [Attendee(address=spec.address, name=spec.label)]
    organizer = _organizer(work, event, spec)
    reason = _reason(event, outgoing[0]) if gone else ""
    if gone:
        events = [replace(outgoing[0], sequence=event.sequence + (event.trashed_at is not None))]
        data = build_cancel(events, stamp=work.at, organizer=organizer, attendees=invited, comment=reason)
    else:
        data = build_request(outgoing, stamp=work.at, organizer=organizer, attendees=invited)
    subject = heading(outgoing, dates, gone=gone)
    token = sha256(f"{event.uid}\0{event.sequence}\0{work.at.isoformat()}".encode()).hexdigest()[:32]
    name = work.catalog.letterhead.name_of(work.desk.initials)
    return Message(
        name=f"{day_of(outgoing, dates)} {subject.partition(':')[0]} {outgoing[0].summary}",
        subject=subject,
        body=body(outgoing, dates, gone=gone, reason=reason, name=name),
        to=spec.address,
        invitation=data,
        method=CANCEL if gone else REQUEST,
        message_id=f"{token}@{id_domain(work.catalog.letterhead.email)}",
    )


def _one_version(outgoing: tuple[OutgoingEvent, ...]) -> tuple[OutgoingEvent, ...]:
    """A series and its dates with one SEQUENCE, the highest: they leave as one message."""
    newest = max(event.sequence for event in outgoing)
    return tuple(
        event
        if event.sequence == newest
        else replace(event, sequence=newest, changed=event.changed | ({"SEQUENCE"} if event.raw else set()))
        for event in outgoing
    )


def _organizer(work: Work, event: Event, spec: CalendarSpec) -> str:
    """Whoever stands there as organizer with an address, else the office, else the calendar itself."""
    head = work.catalog.letterhead
    if "@" in event.organizer:
        return event.organizer
    if not head.email:
        return spec.address
    return f"{head.office} <{head.email}>" if head.office else head.email


def _reason(event: Event, outgoing: OutgoingEvent) -> str:
    """Why it was called off; nothing of what leaves as „belegt“."""
    return event.cancel_reason if outgoing.summary == event.summary else ""


@sentence("send_to_outlook")
def _sent(_params: Params) -> str:
    return "Entwurf für Outlook in den Ausgangskorb gelegt"
