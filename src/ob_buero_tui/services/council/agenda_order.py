"""The items of an agenda in their order, with numbers that follow from order, level and part."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.agenda import agenda_rules
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.rules.agenda_numbers import Agenda, AgendaPlace, inserted, numbers, settled
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.council.leading import ensure_ours
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.council import AgendaItem, Meeting


def editable_meeting(work: Work, meeting_id: int) -> Meeting:
    """A session whose agenda this office may change.

    Raises:
        Refusal: the council information system leads it, or it was called off, deleted or is personal.
    """
    row = work.get(Meeting, meeting_id)
    if row.deleted or work.place.sees(row.confidentiality, "") is not View.FULL:
        raise Refusal(
            "Diese Tagesordnung lässt sich nicht ändern.",
            "Die Sitzung ist gelöscht." if row.deleted else "Die Sitzung ist persönlich.",
            "Wählen Sie eine andere Sitzung.",
        )
    if row.cancelled:
        raise Refusal(
            "Diese Tagesordnung lässt sich nicht ändern.",
            f"„{clean(row.name) or 'Die Sitzung'}“ ist abgesagt.",
            "Wählen Sie eine andere Sitzung.",
        )
    ensure_ours(work, row)
    return row


def agenda_items(session: Session, meeting_id: int) -> list[AgendaItem]:
    """The items of a session in the order in which they are stored, deleted ones left out."""
    return list(
        session.scalars(
            select(AgendaItem)
            .where(AgendaItem.meeting_id == meeting_id, AgendaItem.deleted.is_(False))
            .order_by(AgendaItem.position, AgendaItem.id)
        )
    )


def places_of(catalog: Catalog, items: Sequence[AgendaItem]) -> Agenda:
    """Where the items stand; what nobody called non-public stands in the public part."""
    return settled(_as_given(catalog, items))


def _as_given(catalog: Catalog, items: Sequence[AgendaItem]) -> list[AgendaPlace]:
    rules = agenda_rules(catalog)
    return [
        AgendaPlace(
            id=one.id,
            public=one.public is not False,
            level=one.level,
            closing=bool(one.standard) and rules.closing(one.standard),
        )
        for one in items
    ]


def lay_out(items: Sequence[AgendaItem], agenda: Agenda) -> None:
    """Write order, level and number of each item; what stands as it was is not touched."""
    rows = {one.id: one for one in items}
    for position, (place, number) in enumerate(zip(agenda, numbers(agenda), strict=True)):
        row = rows[place.id]
        for column, value in (("position", position), ("level", place.level), ("number", number)):
            if getattr(row, column) != value:
                setattr(row, column, value)


def insert_items(work: Work, meeting_id: int, new: Sequence[AgendaItem]) -> None:
    """Put items at the end of their parts, before what closes these, and number the agenda anew.

    Args:
        new: New items, or items of another session, each before what is below it.
    """
    before = agenda_items(work.session, meeting_id)
    for one in new:
        one.meeting_id = meeting_id
    work.session.add_all(new)
    work.session.flush()
    agenda = places_of(work.catalog, before)
    for place in _as_given(work.catalog, new):
        agenda = inserted(agenda, place)
    lay_out([*before, *new], agenda)
    work.session.flush()


def number_anew(work: Work, meeting_id: int) -> None:
    """Number what is left of an agenda."""
    work.session.flush()
    items = agenda_items(work.session, meeting_id)
    lay_out(items, places_of(work.catalog, items))
