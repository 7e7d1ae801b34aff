"""Attendance of a session: who should be there, who was, and whether the bodies were quorate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.results import quorum_rule
from ob_buero_tui.rules.attendance import Attendance, Mark, Marks, present, wrong
from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import join, plural
from ob_buero_tui.rules.names import full_name
from ob_buero_tui.rules.quorum import Quorum, QuorumRule, quorum
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality, View
from ob_buero_tui.services.council.memberships import MemberLine, members_at
from ob_buero_tui.services.council.sittings import seats_of
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.naming import MASKED
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Meeting, MeetingParticipant
from ob_buero_tui.store.people import Organization, Person

GUEST = "weitere Teilnahme"
UNMARKED = Mark()
_WHAT = "Die Anwesenheit wurde nicht gespeichert."


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """A person who should be, or was, at a session.

    Args:
        voting: Whether the person votes; of a substitute: when standing in.
        stands_in: Whether it is somebody who stands in for members.
        for_person: The member a substitute is meant for; None: for any of the fraction.
    """

    person_id: int
    name: str
    fraction: str = ""
    role: str = ""
    voting: bool = False
    stands_in: bool = False
    for_person: int | None = None
    mark: Mark = UNMARKED


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A body with its voting seats and those who fill them.

    Args:
        seats: The voting seats, the legal number; None where nobody entered it.
    """

    name: str
    seats: int | None
    voters: frozenset[int]

    def quorum(self, rule: QuorumRule | None, there: int) -> Quorum:
        """How it stands; where nobody entered the seats, the voting members stand for them."""
        return quorum(rule, self.seats or len(self.voters), there, counted=not self.seats)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceView:
    """The list of a session's people and its bodies."""

    meeting_id: int
    name: str
    start: datetime | None
    people: tuple[Attendee, ...]
    benches: tuple[Bench, ...]
    rule: QuorumRule | None
    recorded: bool = False

    def quorums(self, marks: Marks) -> tuple[tuple[str, Quorum], ...]:
        """How each body stands against its quorum with these marks."""
        return tuple((one.name, one.quorum(self.rule, present(marks, one.voters))) for one in self.benches)


def attendance(place: Workplace, meeting_id: int) -> AttendanceView:
    """Who should be at a session on its day, and who was.

    Raises:
        Refusal: there is no such session, it has no day, or it is personal.
    """
    with place.reading() as session:
        meeting = session.get(Meeting, meeting_id)
        if meeting is None or meeting.deleted:
            raise Refusal("Diese Sitzung gibt es nicht mehr.", "", "Wählen Sie eine andere.")
        _refuse_hidden(place, meeting)
        return view_of(session, place, meeting)


def view_of(session: Session, place: Workplace, meeting: Meeting) -> AttendanceView:
    """The same within another reading."""
    if meeting.start is None:
        raise Refusal(
            "Für diese Sitzung gibt es keine Anwesenheit.",
            "Sie hat noch keinen Tag.",
            "Setzen Sie erst den Tag.",
        )
    bodies = [seat.id for seat in seats_of(session, [meeting.id]).get(meeting.id, [])]
    members = members_at(session, bodies, meeting.start.date())
    marks = marks_of(session, meeting.id)
    people = _people(members, marks)
    known = {one.person_id for one in people}
    people += [_guest(session, key, mark) for key, mark in marks.items() if key not in known]
    benches = tuple(_bench(session, key, members[key]) for key in bodies)
    return AttendanceView(
        meeting_id=meeting.id,
        name=meeting.name or " und ".join(one.name for one in benches),
        start=meeting.start,
        people=tuple(people),
        benches=benches,
        rule=quorum_rule(place.catalog),
        recorded=bool(marks),
    )


def marks_of(session: Session, meeting_id: int) -> dict[int, Mark]:
    """What is recorded of a session, by person; a file that only names people says that they were there."""
    rows = session.scalars(
        select(MeetingParticipant)
        .where(MeetingParticipant.meeting_id == meeting_id)
        .order_by(MeetingParticipant.id)
    )
    return {
        row.person_id: Mark(
            attendance=Attendance(row.attendance or Attendance.ANWESEND.value),
            substitute_for=row.substitute_for_id,
            came_at=row.came_at,
            left_at=row.left_at,
        )
        for row in rows
    }


@use_case("record_attendance")
def record_attendance(
    work: Work, meeting_id: int, marks: Mapping[int, Mark], shown: Mapping[int, Mark] | None = None
) -> Done:
    """Record who was at a session; who is not among the marks, or open, has no row afterwards.

    Args:
        marks: By person.
        shown: The marks as they stood when they were changed: only people whose mark differs are touched,
            all others stay as another desk left them. None: the marks are all there is.

    Raises:
        Refusal: what is marked cannot be, somebody is gone, or another desk marked one of them otherwise.
    """
    meeting = work.get(Meeting, meeting_id)
    if meeting.deleted:
        raise Refusal("Diese Sitzung gibt es nicht mehr.", "", "Wählen Sie eine andere.")
    _refuse_hidden(work.place, meeting)
    view = view_of(work.session, work.place, meeting)
    marks = _merged(view, marks, shown) if shown is not None else marks
    if said := wrong(marks):
        raise Refusal(_WHAT, said, "Prüfen Sie die Einträge.")
    wanted = {key: mark for key, mark in marks.items() if mark.attendance is not Attendance.OFFEN}
    _write(work, view, meeting_id, wanted)
    there = sum(mark.there for mark in wanted.values())
    work.tell(table="meeting", ids=[meeting.id], there=there, absent=len(wanted) - there)
    work.refer("meeting", meeting.id)
    name = clean(shorten(view.name, 60)) or "Sitzung"
    told = "; ".join(_short(body, one) for body, one in view.quorums(wanted) if one.reached is not None)
    return Done(ids=(meeting.id,), text=f"„{name}“: {there} anwesend{f', {told}' if told else ''}")


def _write(work: Work, view: AttendanceView, meeting_id: int, wanted: Marks) -> None:
    """Give each person who is marked a row, and nobody else."""
    voters = {one.person_id for one in view.people if one.voting and not one.stands_in}
    rows = {
        row.person_id: row
        for row in work.session.scalars(
            select(MeetingParticipant).where(MeetingParticipant.meeting_id == meeting_id)
        )
    }
    for key, row in rows.items():
        if key not in wanted:
            work.session.delete(row)
    for key, mark in wanted.items():
        work.get(Person, key)
        found = rows.get(key)
        if found is None:
            found = MeetingParticipant(meeting_id=meeting_id, person_id=key)
            work.session.add(found)
        _fill(found, mark, voters)


def _merged(view: AttendanceView, marks: Marks, shown: Marks) -> Marks:
    """What was changed here over what is recorded by now."""
    now = {one.person_id: one.mark for one in view.people}
    changed = [key for key in {**shown, **marks} if marks.get(key, UNMARKED) != shown.get(key, UNMARKED)]
    names = {one.person_id: one.name for one in view.people}
    clashes = []
    for key in changed:
        there, here = now.get(key, UNMARKED), marks.get(key, UNMARKED)
        if there not in (shown.get(key, UNMARKED), here):
            clashes.append(f"{names.get(key, 'jemand')} (dort {there.text}, hier {here.text})")
    if clashes:
        raise Refusal(
            _WHAT,
            f"Ein anderer Platz hat inzwischen anders eingetragen: {join(clashes)}.",
            "Ihre übrigen Einträge bleiben als Entwurf. Öffnen Sie die Anwesenheit noch einmal.",
        )
    return now | {key: marks.get(key, UNMARKED) for key in changed}


def _short(body: str, one: Quorum) -> str:
    word = "beschlussfähig" if one.reached else f"nicht beschlussfähig (nötig {one.needed})"
    return f"{clean(shorten(body, 30))} {word}"


def _fill(row: MeetingParticipant, mark: Mark, voters: set[int]) -> None:
    row.attendance = mark.attendance.value
    row.substitute_for_id = mark.substitute_for if mark.there else None
    row.came_at = mark.came_at if mark.there else None
    row.left_at = mark.left_at if mark.there else None
    stands_for = row.substitute_for_id
    row.voting = (stands_for in voters) if stands_for is not None else (row.person_id in voters)


def _people(members: Mapping[int, tuple[MemberLine, ...]], marks: Marks) -> list[Attendee]:
    """The people of all bodies that sit, each once; members before those who stand in."""
    lines = [line for body in members.values() for line in body]
    person_of = {line.membership_id: line.person_id for line in lines}
    found: dict[int, Attendee] = {}
    for line in sorted(lines, key=lambda one: one.substitute_for_id is not None):
        if line.person_id in found:
            continue
        stands_in = line.substitute_for_id is not None
        found[line.person_id] = Attendee(
            person_id=line.person_id,
            name=line.name,
            fraction=line.fraction,
            role=line.role,
            voting=line.voting,
            stands_in=stands_in,
            for_person=person_of.get(line.substitute_for_id) if line.substitute_for_id else None,
            mark=marks.get(line.person_id, UNMARKED),
        )
    return list(found.values())


def _guest(session: Session, person_id: int, mark: Mark) -> Attendee:
    """Somebody who was there and belongs to no body that sits."""
    row = session.get_one(Person, person_id)
    hidden = row.confidentiality == Confidentiality.PERSOENLICH.value
    name = full_name(row.honorific_prefix, row.given_name, row.affix, row.family_name)
    return Attendee(
        person_id=person_id,
        name=MASKED if hidden else clean(name) or "ohne Namen",
        role=GUEST,
        stands_in=mark.substitute_for is not None,
        mark=mark,
    )


def _bench(session: Session, organization_id: int, lines: tuple[MemberLine, ...]) -> Bench:
    body: Any = session.get_one(Organization, organization_id)
    return Bench(
        name=body.short_name or body.name,
        seats=body.voting_member_count,
        voters=frozenset(one.person_id for one in lines if one.voting and one.substitute_for_id is None),
    )


def _refuse_hidden(place: Workplace, meeting: Meeting) -> None:
    if place.sees(meeting.confidentiality, "") is not View.FULL:
        raise Refusal("Die Sitzung ist persönlich.", "", "Wählen Sie eine andere.")


@sentence("record_attendance")
def _recorded(params: Params) -> str:
    there, absent = params.get("there", 0), params.get("absent", 0)
    missing = f", {plural(absent, 'abwesend', 'abwesend')}" if absent else ""
    return f"Anwesenheit eingetragen ({there} anwesend{missing})"
