"""The council: bodies, terms, sessions, agendas, papers and their files, with the names of OParl 1.1.

Every object of a council information system keeps its `oparl_id` and, in `extra`, what our columns do not
hold. Dates and times are wall time of the office's zone. A reference to an object that is not there yet waits
as an `UnresolvedReference` and becomes a key when the object comes.
"""

from __future__ import annotations

from datetime import date, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.store.base import STRICT, Journaled, one_of
from ob_buero_tui.store.people import ONCE
from ob_buero_tui.store.types import Fields, Flag, Local, Utc

Day = date
"""For a class that has a column of this name."""

ATTENDANCES = ("", "anwesend", "entschuldigt", "unentschuldigt")
PAPER_STATES = ("", "entwurf", "mitzeichnung", "freigegeben", "beschlossen", "zurueckgezogen")


class OparlObject(Journaled):
    """What every object of OParl has."""

    __abstract__ = True

    oparl_id: Mapped[str | None] = mapped_column(sort_order=90)
    created: Mapped[Utc | None] = mapped_column(sort_order=91)
    modified: Mapped[Utc | None] = mapped_column(sort_order=92)
    web: Mapped[str] = mapped_column(default="", sort_order=93)
    deleted: Mapped[Flag] = mapped_column(default=False, sort_order=94)
    extra: Mapped[Fields] = mapped_column(default=dict, sort_order=95)


def _once(table: str) -> Index:
    return Index(f"uq_{table}_oparl_id", "oparl_id", unique=True, sqlite_where=ONCE)


class System(OparlObject):
    """A council information system that objects came from."""

    __tablename__ = "system"
    name: Mapped[str] = mapped_column(default="")
    oparl_version: Mapped[str] = mapped_column(default="")

    __table_args__ = (_once("system"), STRICT)


class Location(OparlObject):
    """A place: a room, an address, or a description of it."""

    __tablename__ = "location"
    description: Mapped[str] = mapped_column(default="")
    room: Mapped[str] = mapped_column(default="")
    street_address: Mapped[str] = mapped_column(default="")
    postal_code: Mapped[str] = mapped_column(default="")
    sub_locality: Mapped[str] = mapped_column(default="")
    locality: Mapped[str] = mapped_column(default="")

    __table_args__ = (_once("location"), STRICT)


class Body(OparlObject):
    """A municipality: the corporation whose council sits."""

    __tablename__ = "body"
    system_id: Mapped[int | None] = mapped_column(ForeignKey("system.id"), index=True)
    location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"), index=True)
    name: Mapped[str]
    short_name: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    ags: Mapped[str] = mapped_column(default="")
    rgs: Mapped[str] = mapped_column(default="")

    __table_args__ = (_once("body"), STRICT)


class LegislativeTerm(OparlObject):
    """A Wahlperiode."""

    __tablename__ = "legislative_term"
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    name: Mapped[str] = mapped_column(default="")
    start_date: Mapped[date | None]
    end_date: Mapped[date | None]

    __table_args__ = (_once("legislative_term"), STRICT)


class Meeting(OparlObject):
    """A session; `event_id` is its entry in the calendar, there as long as it has a beginning.

    `moved_from` is the beginning it was postponed from, `moved_note` why; `cancelled_note` why it does not
    take place. `urgent_note` is the ground of a shortened Ladungsfrist. Chair and clerk are those of this
    session where they are not the body's own. `minutes_text` is what the minutes say beside the results.
    """

    __tablename__ = "meeting"
    name: Mapped[str] = mapped_column(default="")
    meeting_state: Mapped[str] = mapped_column(default="")
    cancelled: Mapped[Flag] = mapped_column(default=False)
    start: Mapped[Local | None]
    end: Mapped[Local | None]
    location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    note: Mapped[str] = mapped_column(default="")
    confidentiality: Mapped[str] = mapped_column(default=Confidentiality.OEFFENTLICH.value)
    moved_from: Mapped[Local | None]
    moved_note: Mapped[str] = mapped_column(default="")
    cancelled_note: Mapped[str] = mapped_column(default="")
    urgent_note: Mapped[str] = mapped_column(default="")
    chair_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    clerk_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    minutes_text: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        one_of("confidentiality", Confidentiality),
        Index(None, "start"),
        _once("meeting"),
        STRICT,
    )


class MeetingOrganization(Journaled):
    """A body that sits in a session; position 0 is the leading one."""

    __tablename__ = "meeting_organization"
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)

    __table_args__ = (UniqueConstraint("meeting_id", "organization_id"), STRICT)


class MeetingParticipant(Journaled):
    """A person who was present at a session, or why not.

    `attendance` is empty where a file only named who was there: present. `substitute_for_id` is the member
    this person stood in for; `came_at` and `left_at` are wall time, where it was not from beginning to end.
    """

    __tablename__ = "meeting_participant"
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    attendance: Mapped[str] = mapped_column(default="")
    voting: Mapped[Flag | None]
    substitute_for_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    came_at: Mapped[time | None]
    left_at: Mapped[time | None]

    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id"),
        one_of("attendance", ATTENDANCES),
        STRICT,
    )


class MeetingStep(Journaled):
    """A step of a session's chain of dates that somebody has ticked as done."""

    __tablename__ = "meeting_step"
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    kind: Mapped[str]
    done_on: Mapped[date]
    done_by: Mapped[str]

    __table_args__ = (UniqueConstraint("meeting_id", "kind"), STRICT)


class AgendaItem(OparlObject):
    """An item of a session's agenda; `position` is OParl's `order`, `public` is unknown where not said.

    `level` is how far it is indented (0: 10, 1: 10.1). `general_name` is what the public reads instead of
    the title of a non-public item. `standard` is the key of the catalog's standard item it came from.
    `late_note` is the ground on which it was put on after the dispatch; `withdrawn_note` why it came off: it
    keeps its place with `withdrawn`. Votes are None where nobody counted.
    """

    __tablename__ = "agenda_item"
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    number: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(default="")
    public: Mapped[Flag | None]
    result: Mapped[str] = mapped_column(default="")
    resolution_text: Mapped[str] = mapped_column(default="")
    start: Mapped[Local | None]
    end: Mapped[Local | None]
    level: Mapped[int] = mapped_column(default=0)
    general_name: Mapped[str] = mapped_column(default="")
    standard: Mapped[str] = mapped_column(default="")
    late: Mapped[Flag] = mapped_column(default=False)
    late_note: Mapped[str] = mapped_column(default="")
    withdrawn: Mapped[Flag] = mapped_column(default=False)
    withdrawn_note: Mapped[str] = mapped_column(default="")
    votes_yes: Mapped[int | None]
    votes_no: Mapped[int | None]
    votes_abstain: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")

    __table_args__ = (_once("agenda_item"), STRICT)


class Paper(OparlObject):
    """A Vorlage: what is put before the bodies.

    `kind` is the key of the catalog's kind of paper, `file_reference` the Aktenzeichen, `state` how far it
    is on its way through the house, `deadline_on` by when it must be decided.
    """

    __tablename__ = "paper"
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    name: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(default="")
    date: Mapped[date | None]
    paper_type: Mapped[str] = mapped_column(default="")
    confidentiality: Mapped[str] = mapped_column(default=Confidentiality.OEFFENTLICH.value)
    kind: Mapped[str] = mapped_column(default="")
    file_reference: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="")
    author: Mapped[str] = mapped_column(default="")
    deadline_on: Mapped[Day | None]
    note: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        one_of("confidentiality", Confidentiality),
        one_of("state", PAPER_STATES),
        Index(None, "reference"),
        _once("paper"),
        STRICT,
    )


class PaperParty(Journaled):
    """Who is behind a paper: originator or responsible (`role`: OParl's property in snake case)."""

    __tablename__ = "paper_party"
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), index=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str]

    __table_args__ = (
        CheckConstraint("(organization_id IS NULL) <> (person_id IS NULL)", name="one"),
        STRICT,
    )


class PaperRelation(Journaled):
    """A paper that another one follows, complements or is related to (`role` as in OParl)."""

    __tablename__ = "paper_relation"
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), index=True)
    role: Mapped[str]

    __table_args__ = (UniqueConstraint("paper_id", "other_id", "role"), STRICT)


class Consultation(OparlObject):
    """A paper's way through one body: its place on an agenda and what the body does with it."""

    __tablename__ = "consultation"
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    authoritative: Mapped[Flag | None]
    role: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(default="")

    __table_args__ = (_once("consultation"), STRICT)


class ConsultationOrganization(Journaled):
    """A body that a paper is put before."""

    __tablename__ = "consultation_organization"
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)

    __table_args__ = (UniqueConstraint("consultation_id", "organization_id"), STRICT)


class File(OparlObject):
    """A document of a council information system; it is named here and stays there."""

    __tablename__ = "file"
    name: Mapped[str] = mapped_column(default="")
    file_name: Mapped[str] = mapped_column(default="")
    mime_type: Mapped[str] = mapped_column(default="")
    date: Mapped[date | None]
    size: Mapped[int | None]
    sha512: Mapped[str] = mapped_column(default="")
    access_url: Mapped[str] = mapped_column(default="")
    download_url: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")

    __table_args__ = (_once("file"), STRICT)


class FileLink(Journaled):
    """Where a file belongs: a session, an agenda item or a paper (`role`: OParl's property in snake case)."""

    __tablename__ = "file_link"
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"), index=True)
    role: Mapped[str]

    __table_args__ = (STRICT,)


class UnresolvedReference(Journaled):
    """A reference to an object that has not come yet: whose, which property, and the id it waits for."""

    __tablename__ = "unresolved_reference"
    table_name: Mapped[str]
    row_id: Mapped[int]
    property: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    target: Mapped[str]

    __table_args__ = (Index(None, "target"), Index(None, "table_name", "row_id"), STRICT)
