"""New sessions: made here in one place, whether by hand or from the year's plan, with their appointments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import clock, long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.council.rooms import find_room
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.intake.oparl_rows import DEFAULTS, Row
from ob_buero_tui.services.intake.oparl_sessions import Sessions
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.council import Meeting, MeetingOrganization
from ob_buero_tui.store.people import Organization

PLANNED = "terminiert"
"""The word of OParl for a session that has a date and no invitation yet."""
NAME_LENGTH = 300
_AGAIN = "Prüfen Sie die Angaben."


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMeeting:
    """A session that is to be.

    Args:
        organization_ids: The bodies that sit, the leading one first; at least one.
        start, end: Wall time; without an end the calendar takes the usual length of a session.
        name: What it is called where its body does not say it: „7. Sitzung“, „Haushaltsklausur“.
        room: Where it sits, in words; an unknown room is added to the places.
        note: The office's remark.
        confidentiality: Its own level; the appointment gets the same.
        chair_id, clerk_id: Persons who lead and write this session where they are not the body's own.
    """

    organization_ids: tuple[int, ...]
    start: datetime
    end: datetime | None = None
    name: str = ""
    room: str = ""
    note: str = ""
    confidentiality: Confidentiality = Confidentiality.OEFFENTLICH
    chair_id: int | None = None
    clerk_id: int | None = None


def create_meeting(work: Work, new: NewMeeting) -> Meeting:
    """Make one session with its appointment inside a use case; see `create_meetings`."""
    return create_meetings(work, [new])[0]


def create_meetings(work: Work, new: Sequence[NewMeeting]) -> list[Meeting]:
    """Make sessions with their appointments inside a use case, in the order given.

    The caller says in `work.tell()` what its own verb is about.

    Raises:
        Refusal: a session has no body, ends before it begins, is personal, or is there already.
    """
    bodies = _bodies(work, new)
    for number, one in enumerate(new):
        check_meeting(work, one)
        if any(_same(one, other) for other in new[:number]):
            raise _double(work, one)
    sessions = Sessions(work)
    rows = [_row(work, one) for one in new]
    sessions.load({row["location_id"] for row in rows}, set(bodies))
    looks = [sessions.look(row, one.organization_ids) for row, one in zip(rows, new, strict=True)]
    shown = [("", look) for look in looks if look is not None]
    events = iter(sessions.create(shown))
    made = []
    for row, look in zip(rows, looks, strict=True):
        meeting = Meeting(**row, event_id=next(events) if look is not None else None, extra={})
        work.session.add(meeting)
        made.append(meeting)
    work.session.flush()
    for meeting, one in zip(made, new, strict=True):
        seat(work, meeting.id, one.organization_ids)
        for key in one.organization_ids:
            work.refer("organization", key)
    work.session.flush()
    return made


def seat(work: Work, meeting_id: int, organization_ids: Sequence[int]) -> None:
    """Let these bodies sit in a session, the leading one first; others sit in it no more."""
    rows = work.session.scalars(
        select(MeetingOrganization).where(MeetingOrganization.meeting_id == meeting_id)
    )
    sitting = {row.organization_id: row for row in rows}
    for key, row in sitting.items():
        if key not in organization_ids:
            work.session.delete(row)
    for position, key in enumerate(dict.fromkeys(organization_ids)):
        if key in sitting:
            sitting[key].position = position
        else:
            work.session.add(
                MeetingOrganization(meeting_id=meeting_id, organization_id=key, position=position)
            )


def check_meeting(work: Work, new: NewMeeting, own_id: int | None = None) -> None:
    """Refuse what cannot be a session, and one that is there already.

    Args:
        own_id: The session that is being changed; it is no double of itself.

    Raises:
        Refusal: says what is wrong.
    """
    if not new.organization_ids:
        raise Refusal("Die Sitzung braucht ein Gremium.", "", "Wählen Sie, wer tagt.")
    if new.end is not None and new.end <= new.start:
        raise Refusal("Das Ende liegt nicht nach dem Beginn.", "", _AGAIN)
    if new.confidentiality is Confidentiality.PERSOENLICH:
        raise Refusal(
            "Eine Sitzung kann nicht persönlich sein.",
            "Sie gehört keinem einzelnen Platz.",
            "Wählen Sie „vertraulich“.",
        )
    leading = new.organization_ids[0]
    double = work.session.scalar(
        select(Meeting.id)
        .join(MeetingOrganization, MeetingOrganization.meeting_id == Meeting.id)
        .where(Meeting.start == new.start, MeetingOrganization.organization_id == leading)
        .where(Meeting.deleted.is_(False), Meeting.cancelled.is_(False), Meeting.id != (own_id or 0))
        .limit(1)
    )
    if double is not None:
        raise _double(work, new)


def _same(one: NewMeeting, other: NewMeeting) -> bool:
    return one.start == other.start and one.organization_ids[0] == other.organization_ids[0]


def _double(work: Work, new: NewMeeting) -> Refusal:
    body = work.get(Organization, new.organization_ids[0])
    when = f"{long_date(new.start.date())}, {clock(new.start)} Uhr"
    return Refusal(
        "Diese Sitzung gibt es schon.",
        f"„{clean(body.short_name or body.name)}“ tagt am {when}.",
        "Wählen Sie einen anderen Tag oder eine andere Uhrzeit.",
    )


def _bodies(work: Work, new: Sequence[NewMeeting]) -> dict[int, Organization]:
    keys = {key for one in new for key in one.organization_ids}
    return {key: work.get(Organization, key) for key in sorted(keys)}


def _row(work: Work, new: NewMeeting) -> Row:
    room = find_room(work, new.room)
    return {
        **DEFAULTS["meeting"],
        "name": clean(new.name, limit=NAME_LENGTH).strip(),
        "meeting_state": PLANNED,
        "start": new.start,
        "end": new.end,
        "deleted": False,
        "location_id": room.id if room is not None else None,
        "note": clean(new.note, multiline=True, limit=20_000).strip(),
        "confidentiality": new.confidentiality.value,
        "chair_id": new.chair_id,
        "clerk_id": new.clerk_id,
    }


@use_case("new_meeting")
def new_meeting(work: Work, new: NewMeeting) -> Done:
    """Make a session by hand."""
    made = create_meeting(work, new)
    work.tell(table="meeting", ids=[made.id])
    return Done(ids=(made.id,), text=f"{named(work, made)} angelegt")


def named(work: Work, meeting: Meeting) -> str:
    """A session in a sentence for the screen: „Hauptausschuss“ am Dienstag, 1. Dezember 2026."""
    leading = work.session.scalar(
        select(Organization)
        .join(MeetingOrganization, MeetingOrganization.organization_id == Organization.id)
        .where(MeetingOrganization.meeting_id == meeting.id)
        .order_by(MeetingOrganization.position, MeetingOrganization.id)
        .limit(1)
    )
    body = (leading.short_name or leading.name) if leading is not None else meeting.name
    on = f" am {long_date(meeting.start.date())}" if meeting.start else ""
    return f"„{shorten(body, 60) or 'Sitzung'}“{on}"


@sentence("new_meeting")
def _made(_params: Params) -> str:
    return "angelegt"
