"""Tasks that follow from items of an agenda: what other lists of tasks must know of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.german import short_date
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.store.council import AgendaItem, Meeting
from ob_buero_tui.store.tasks import Task


def with_items(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Add the item a task follows from, and its session, to a query on tasks."""
    return (
        query.add_columns(
            AgendaItem.id.label("item_id"),
            AgendaItem.number.label("item_number"),
            AgendaItem.name.label("item_name"),
            AgendaItem.public.label("item_public"),
            Meeting.id.label("meeting_id"),
            Meeting.start.label("meeting_start"),
            Meeting.name.label("meeting_name"),
            Meeting.confidentiality.label("meeting_level"),
        )
        .outerjoin(AgendaItem, AgendaItem.id == Task.agenda_item_id)
        .outerjoin(Meeting, Meeting.id == AgendaItem.meeting_id)
    )


def item_levels(row: Any) -> tuple[str, ...]:
    """How confidential the item of a task is: as its session, and vertraulich where it is not public.

    Args:
        row: Of a query with `with_items`.
    """
    if row.item_id is None:
        return ()
    own = () if row.item_public is True else (Confidentiality.VERTRAULICH.value,)
    return (*own, row.meeting_level) if row.meeting_level is not None else own


def levels_of_item(session: Session, agenda_item_id: int) -> tuple[str, ...]:
    """The same for one item by its key."""
    row = session.execute(
        select(Meeting.confidentiality)
        .join(AgendaItem, AgendaItem.meeting_id == Meeting.id)
        .where(AgendaItem.id == agenda_item_id)
    ).one_or_none()
    return (row.confidentiality,) if row is not None else ()


def item_about(row: Any) -> str:
    """What a task is about: „Do 10.12. Stadtrat · Ö 3 Radweg“; empty where it follows from no item."""
    if row.item_id is None:
        return ""
    day = short_date(row.meeting_start.date()) if row.meeting_start is not None else ""
    session = f"{day} {row.meeting_name or ''}".strip()
    item = f"{row.item_number} {row.item_name}".strip()
    return " · ".join(part for part in (session, item) if part)
