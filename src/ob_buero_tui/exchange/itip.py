"""Messages about appointments (iTIP, RFC 5546): what asks, calls off, answers and makes known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ob_buero_tui.exchange.ics_lines import LineWriter
from ob_buero_tui.exchange.ics_raw import properties
from ob_buero_tui.exchange.ics_raw_out import as_it_came, own_lines, patched, zones_named
from ob_buero_tui.exchange.ics_values import person_of
from ob_buero_tui.exchange.ics_write import OutgoingEvent, component, framed, lines_of
from ob_buero_tui.rules.refusals import Refusal

_ATTENDEE = frozenset(("ATTENDEE",))
# A cancellation and an answer say which appointment is meant, and nothing of what it is about (3.2.3, 3.2.5).
_CALLED_OFF = ("UID", "DTSTAMP", "DTSTART", "DTEND", "RECURRENCE-ID", "SUMMARY", "LOCATION", "SEQUENCE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Somebody who is asked to an appointment, or answers.

    Args:
        address: E-mail address.
        partstat: NEEDS-ACTION, ACCEPTED, DECLINED, TENTATIVE or DELEGATED (RFC 5545, 3.2.12).
        role: REQ-PARTICIPANT, OPT-PARTICIPANT, CHAIR or NON-PARTICIPANT.
        rsvp: An answer is asked for.
    """

    address: str
    name: str = ""
    partstat: str = "NEEDS-ACTION"
    role: str = "REQ-PARTICIPANT"
    rsvp: bool = True


def build_request(
    events: Sequence[OutgoingEvent],
    *,
    stamp: datetime,
    organizer: str = "",
    attendees: Iterable[Attendee] = (),
) -> bytes:
    """An invitation, or a newer version of one: METHOD:REQUEST.

    What an event came with (attendees with their answers, alarms, unknown properties) goes along.

    Args:
        events: All of one UID: a series with its changed dates, or changed dates alone.
        stamp: When this message is made, aware; it becomes DTSTAMP.
        organizer: "Name <address>"; "" leaves that of each event.
        attendees: Who is asked besides those that the events name already.

    Raises:
        Refusal: There is no event, no organizer or nobody to ask.
    """
    asked = tuple(attendees)

    def write(writer: LineWriter, event: OutgoingEvent) -> str:
        people = _asked(writer, event.raw, asked)
        if not people:
            raise _not_made(
                "Niemand ist eingeladen.", "Bitte mindestens eine Person mit E-Mail-Adresse eintragen."
            )
        return patched(_stamped(writer, event), {"ATTENDEE": people})

    return _message("REQUEST", events, stamp, organizer, write)


def build_cancel(
    events: Sequence[OutgoingEvent],
    *,
    stamp: datetime,
    organizer: str = "",
    attendees: Iterable[Attendee] = (),
    comment: str = "",
) -> bytes:
    """A cancellation of an event, a series or single dates of one: METHOD:CANCEL.

    Args:
        events: As in `build_request`; one with a `recurrence_id` calls off that date alone. `sequence` must
            be higher than in the last message.
        stamp: When this message is made, aware.
        organizer: "Name <address>"; "" leaves that of each event.
        attendees: Who is told besides those that the events name already.
        comment: Why, as COMMENT; "" for nothing.

    Raises:
        Refusal: There is no event or no organizer.
    """
    told = tuple(attendees)

    def write(writer: LineWriter, event: OutgoingEvent) -> str:
        lines = lines_of(writer, event)
        body = [line for name in _CALLED_OFF for line in lines[name]]
        people = _asked(writer, event.raw, told, rsvp=False)
        why = [writer.text("COMMENT", comment)] if comment else []
        return _event([*body, *lines["ORGANIZER"], *people, "STATUS:CANCELLED", *why])

    return _message("CANCEL", events, stamp, organizer, write)


def build_reply(
    events: Sequence[OutgoingEvent],
    attendee: Attendee,
    *,
    stamp: datetime,
    organizer: str = "",
    comment: str = "",
) -> bytes:
    """The answer of one attendee to an invitation: METHOD:REPLY.

    Args:
        events: What is answered; one with a `recurrence_id` answers for that date alone. `sequence` is that
            of the invitation.
        attendee: Who answers, with `partstat`.
        stamp: When this message is made, aware.
        organizer: "Name <address>"; "" leaves that of each event.
        comment: A word to the organizer, as COMMENT.

    Raises:
        Refusal: There is no event or no organizer.
    """

    def write(writer: LineWriter, event: OutgoingEvent) -> str:
        lines = lines_of(writer, event)
        body = [line for name in _CALLED_OFF for line in lines[name]]
        who = writer.person("ATTENDEE", _called(attendee), PARTSTAT=attendee.partstat)
        why = [writer.text("COMMENT", comment)] if comment else []
        return _event([*body, *lines["ORGANIZER"], who, *why])

    return _message("REPLY", events, stamp, organizer, write)


def build_publish(events: Sequence[OutgoingEvent], *, stamp: datetime, organizer: str = "") -> bytes:
    """Appointments made known to everybody, asking nobody: METHOD:PUBLISH, which names no attendees.

    Args:
        events: Of one or of many UIDs.
        stamp: When this message is made, aware.
        organizer: "Name <address>"; "" leaves that of each event.

    Raises:
        Refusal: An event has no organizer.
    """

    def write(writer: LineWriter, event: OutgoingEvent) -> str:
        return patched(_stamped(writer, event), {"ATTENDEE": []})

    return _message("PUBLISH", events, stamp, organizer, write)


def _message(
    method: str,
    events: Sequence[OutgoingEvent],
    stamp: datetime,
    organizer: str,
    write: Callable[[LineWriter, OutgoingEvent], str],
) -> bytes:
    if not events:
        raise _not_made("Es ist kein Termin dafür da.", "Bitte zuerst einen Termin wählen.")
    writer = LineWriter()
    components = [write(writer, _prepared(event, stamp, organizer)) for event in events]
    zones = {name for text in components for name in zones_named(text)}
    return b"".join(framed(components, zones, method=method))


def _prepared(event: OutgoingEvent, stamp: datetime, organizer: str) -> OutgoingEvent:
    """An event with the stamp of the message and with its organizer."""
    if not (organizer or event.organizer):
        raise _not_made(
            f"„{event.summary}“ hat keinen Veranstalter.",
            "Bitte beim Termin einen Veranstalter mit E-Mail-Adresse eintragen.",
        )
    if not organizer or organizer == event.organizer:
        return replace(event, dtstamp=stamp)
    return replace(
        event,
        dtstamp=stamp,
        organizer=organizer,
        changed=event.changed | ({"ORGANIZER"} if event.raw else set()),
    )


def _stamped(writer: LineWriter, event: OutgoingEvent) -> str:
    """The whole event with a new DTSTAMP, and its SEQUENCE, which a message must say."""
    text = component(writer, event)
    if not event.raw:
        return text
    stamp = {"DTSTAMP": [writer.instant("DTSTAMP", event.dtstamp)]}
    return patched(text, stamp | {"SEQUENCE": [writer.plain("SEQUENCE", str(event.sequence))]})


def _asked(writer: LineWriter, raw: str, more: Sequence[Attendee], *, rsvp: bool = True) -> list[str]:
    """The lines of all attendees: those of the text it came as in their own words, then the others."""
    kept = [as_it_came(line) for line in own_lines(raw, "ATTENDEE")] if raw else []
    found, _ = properties("\n".join(kept), _ATTENDEE)
    known = {_address(person_of(item)) for item in found.get("ATTENDEE", ())}
    for one in more:
        if _address(one.address) in known:
            continue
        known.add(_address(one.address))
        asks = {"RSVP": "TRUE"} if rsvp and one.rsvp else {}
        kept.append(writer.person("ATTENDEE", _called(one), ROLE=one.role, PARTSTAT=one.partstat, **asks))
    return kept


def _address(person: str) -> str:
    return person.rpartition("<")[2].rstrip(">").strip().casefold()


def _called(one: Attendee) -> str:
    return f"{one.name} <{one.address}>" if one.name else one.address


def _event(lines: Iterable[str]) -> str:
    return "\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT"))


def _not_made(why: str, now: str) -> Refusal:
    return Refusal("Die Nachricht zum Termin wurde nicht geschrieben.", why, now)
