"""Which papers the press and the public may be told of: one rule for search, panel and export."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.visibility import TABLE, Audience, View
from ob_buero_tui.store.council import AgendaItem, Consultation, Meeting, Paper

_OPEN: Final = tuple(level.value for level, shown in TABLE[Audience.PUBLIC].items() if shown is View.FULL)

NOT_OUT: Final = ("entwurf", "mitzeichnung", "zurueckgezogen")
"""States of the office's own papers in which they leave it for nobody outside."""


def published_papers(session: Session, ids: Collection[int] | None = None) -> set[int]:
    """The released papers with a station on an item known to be public, of a session that may be told of.

    Args:
        ids: Only these papers; None for all.
    """
    query = (
        select(Consultation.paper_id)
        .join(AgendaItem, AgendaItem.id == Consultation.agenda_item_id)
        # A station may know its item alone, which knows its session.
        .join(Meeting, Meeting.id == func.coalesce(Consultation.meeting_id, AgendaItem.meeting_id))
        .where(Consultation.deleted.is_(False), AgendaItem.deleted.is_(False), Meeting.deleted.is_(False))
        .where(AgendaItem.public.is_(True), Meeting.confidentiality.in_(_OPEN))
        .join(Paper, Paper.id == Consultation.paper_id)
        .where(Paper.state.not_in(NOT_OUT))
    )
    if ids is not None:
        query = query.where(Consultation.paper_id.in_(ids))
    return {key for key in session.scalars(query) if key is not None}
