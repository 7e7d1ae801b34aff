"""One item of an agenda as the dialogs of its result need it: what it says, who may vote, what follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from ob_buero_tui.catalog.results import ResultWord, result_words
from ob_buero_tui.rules.attendance import THERE
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.rules.votes import Votes
from ob_buero_tui.services.council.leading import WIR, led_by_of
from ob_buero_tui.store.council import AgendaItem, Meeting, MeetingParticipant
from ob_buero_tui.store.tasks import Task

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ob_buero_tui.services.workplace import Workplace


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpTask:
    """A task that follows from an item."""

    id: int
    label: str
    due_on: date | None = None
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """One item with its result.

    Args:
        word: Key of the word that was chosen; empty for none or one that no longer is in the catalog.
        result: How the result reads.
        voters: How many who may vote are there; None where nobody has recorded it.
        words: The words to choose from.
        ours: Whether the office leads the agenda; otherwise the result comes from the RIS.
    """

    id: int
    meeting_id: int
    number: str
    name: str
    public: bool | None
    word: str = ""
    result: str = ""
    votes: Votes | None = None
    resolution: str = ""
    note: str = ""
    voters: int | None = None
    withdrawn: bool = False
    ours: bool = True
    words: tuple[ResultWord, ...] = ()
    tasks: tuple[FollowUpTask, ...] = ()


def item_result(place: Workplace, agenda_item_id: int) -> ItemResult:
    """An item for the dialogs of its result.

    Raises:
        Refusal: there is no such item, or its session is personal to another desk.
    """
    with place.reading() as session:
        item = session.get(AgendaItem, agenda_item_id)
        meeting = session.get(Meeting, item.meeting_id) if item is not None and item.meeting_id else None
        if item is None or item.deleted or meeting is None or meeting.deleted:
            raise Refusal("Diesen Punkt gibt es nicht mehr.", "", "Wählen Sie einen anderen.")
        if place.sees(meeting.confidentiality, "") is not View.FULL:
            raise Refusal("Die Sitzung ist persönlich.", "", "Wählen Sie eine andere.")
        words = result_words(place.catalog)
        return ItemResult(
            id=item.id,
            meeting_id=meeting.id,
            number=item.number,
            name=item.name,
            public=item.public,
            word=next((one.key for one in words if one.label == item.result), ""),
            result=item.result,
            votes=votes_of(item),
            resolution=item.resolution_text,
            note=item.note,
            voters=voters(session, meeting.id, item.start),
            withdrawn=item.withdrawn,
            ours=led_by_of(session, place.catalog, [meeting.id])[meeting.id] == WIR,
            words=words,
            tasks=_tasks(session, item.id),
        )


def votes_of(item: AgendaItem) -> Votes | None:
    """The counted votes of an item; None where nobody counted."""
    if item.votes_yes is None and item.votes_no is None and item.votes_abstain is None:
        return None
    return Votes(yes=item.votes_yes or 0, no=item.votes_no or 0, abstain=item.votes_abstain or 0)


def voters(session: Session, meeting_id: int, at: datetime | None = None) -> int | None:
    """How many who may vote are there, at a time or at any; None where nobody recorded attendance.

    Args:
        at: Wall time of the vote; who came later or had gone does not count then.
    """
    rows = session.scalars(
        select(MeetingParticipant).where(MeetingParticipant.meeting_id == meeting_id)
    ).all()
    if not rows:
        return None
    there = [row for row in rows if row.attendance in THERE and row.voting is not False]
    if at is not None:
        clock = at.time()
        there = [
            row
            for row in there
            if (row.came_at is None or row.came_at <= clock) and (row.left_at is None or clock < row.left_at)
        ]
    # A seat has one vote, whoever takes it in the course of the session.
    return len({row.substitute_for_id or row.person_id for row in there})


def _tasks(session: Session, agenda_item_id: int) -> tuple[FollowUpTask, ...]:
    rows = session.scalars(
        select(Task)
        .where(Task.agenda_item_id == agenda_item_id)
        .order_by(Task.due_on.is_(None), Task.due_on, Task.id)
    )
    return tuple(
        FollowUpTask(id=row.id, label=row.label, due_on=row.due_on, done=row.done_at is not None)
        for row in rows
    )
