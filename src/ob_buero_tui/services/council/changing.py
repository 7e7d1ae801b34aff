"""Changing a session: what the form says anew, with its bodies, its room and who leads and writes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import join
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality, View
from ob_buero_tui.services.council.making import NAME_LENGTH, NewMeeting, check_meeting, named, seat
from ob_buero_tui.services.council.new_day import begin_anew
from ob_buero_tui.services.council.rooms import find_room, room_text
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.intake.oparl_sessions import Sessions
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Location, Meeting, MeetingOrganization

LABELS: Final = {
    "organization_ids": "Gremien",
    "start": "Beginn",
    "end": "Ende",
    "name": "Bezeichnung",
    "room": "Raum",
    "note": "Notiz",
    "confidentiality": "Vertraulichkeit",
    "chair_id": "Leitung",
    "clerk_id": "Schriftführung",
}
"""The parts of a session that a form changes, in German."""


def stored(session: Session, meeting: Meeting) -> NewMeeting | None:
    """A stored session as its form holds it; None without a beginning."""
    if meeting.start is None:
        return None
    bodies = session.scalars(
        select(MeetingOrganization.organization_id)
        .where(MeetingOrganization.meeting_id == meeting.id)
        .order_by(MeetingOrganization.position, MeetingOrganization.id)
    )
    place = session.get(Location, meeting.location_id) if meeting.location_id is not None else None
    return NewMeeting(
        organization_ids=tuple(bodies),
        start=meeting.start,
        end=meeting.end,
        name=meeting.name,
        room=room_text(place.room, place.description) if place is not None else "",
        note=meeting.note,
        confidentiality=Confidentiality(meeting.confidentiality),
        chair_id=meeting.chair_id,
        clerk_id=meeting.clerk_id,
    )


def meeting_values(place: Workplace, meeting_id: int) -> NewMeeting | None:
    """A session as its form begins with it; None where it has no beginning.

    Raises:
        Refusal: it is gone, or this desk may not read it.
    """
    with place.reading() as session:
        row = session.get(Meeting, meeting_id)
        if row is None or row.deleted or place.sees(row.confidentiality, "") is not View.FULL:
            raise Refusal("Diese Sitzung gibt es nicht mehr.", "", "Wählen Sie eine andere.")
        return stored(session, row)


def load_meeting(work: Work, meeting_id: int) -> Meeting:
    """A session that may be changed; its name into the action.

    Raises:
        Refusal: it is gone, deleted by its source, or personal.
    """
    row = work.get(Meeting, meeting_id)
    if row.deleted or work.place.sees(row.confidentiality, "") is not View.FULL:
        raise Refusal(
            f"„{clean(row.name) or 'Die Sitzung'}“ lässt sich nicht ändern.",
            "Das Ratsinformationssystem hat sie gelöscht." if row.deleted else "Sie ist persönlich.",
            "Wählen Sie eine andere Sitzung.",
        )
    work.tell(table="meeting", ids=[row.id])
    return row


@use_case("edit_meeting")
def edit_meeting(work: Work, meeting_id: int, before: NewMeeting | None, now: NewMeeting) -> Done:
    """Change what differs between the form at its beginning and now; the appointment follows.

    Args:
        before: What the form began with; None where the session had no beginning.
        now: What it says now.

    Raises:
        Refusal: it cannot be a session so, or another desk has changed the same part meanwhile.
    """
    row = load_meeting(work, meeting_id)
    current = stored(work.session, row)
    names = [one.name for one in fields(NewMeeting) if _differs(before, now, one.name)]
    if before is not None and current is not None:
        _refuse_both(work, row, [name for name in names if _changed_elsewhere(name, before, current, now)])
    merged = now if current is None else replace(current, **{name: getattr(now, name) for name in names})
    check_meeting(work, merged, row.id)
    sessions = Sessions(work)
    looks = sessions.stored([row.id])
    old = row.start
    _apply(work, row, merged, names)
    # A wrong entry of a session that is over is put right; members of one to come are invited anew.
    again = begin_anew(work, row, old) if merged.start not in (old, None) and merged.start > work.now else ""
    work.session.flush()
    sessions.follow(looks)
    for key in {*merged.organization_ids, *(current.organization_ids if current is not None else ())}:
        work.refer("organization", key)
    work.tell(parts=names)
    return Done(ids=(row.id,), text=f"{named(work, row)} geändert{again}")


def _differs(before: NewMeeting | None, now: NewMeeting, name: str) -> bool:
    return before is None or getattr(before, name) != getattr(now, name)


def _changed_elsewhere(name: str, before: NewMeeting, current: NewMeeting, now: NewMeeting) -> bool:
    return getattr(current, name) not in (getattr(before, name), getattr(now, name))


def _refuse_both(work: Work, row: Meeting, names: Sequence[str]) -> None:
    if names:
        parts = join([LABELS[name] for name in names])
        raise Refusal(
            f"{named(work, row)} wurde nicht gespeichert.",
            f"Ein anderer Platz hat inzwischen geändert: {parts}.",
            "Ihre Eingaben bleiben als Entwurf. Öffnen Sie die Sitzung noch einmal.",
        )


def _apply(work: Work, row: Meeting, new: NewMeeting, names: Sequence[str]) -> None:
    for name in names:
        if name == "organization_ids":
            seat(work, row.id, new.organization_ids)
        elif name == "room":
            place = find_room(work, new.room)
            row.location_id = place.id if place is not None else None
        elif name == "name":
            row.name = clean(new.name, limit=NAME_LENGTH).strip()
        elif name == "note":
            row.note = clean(new.note, multiline=True, limit=20_000).strip()
        elif name == "confidentiality":
            row.confidentiality = new.confidentiality.value
        else:
            setattr(row, name, getattr(new, name))


@sentence("edit_meeting")
def _edited(params: Params) -> str:
    parts = [LABELS[name] for name in params.get("parts", ()) if name in LABELS]
    return f"geändert: {join(parts)}" if parts else "geändert"
