"""The items of agendas as an audience may read them: one rule for panel, list, paper and export."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.agenda import AgendaRules
from ob_buero_tui.rules.votes import Votes
from ob_buero_tui.services.council.views import AgendaRow
from ob_buero_tui.services.fetching import Columns, fetch
from ob_buero_tui.store.council import AgendaItem, Consultation, Paper

Told = Callable[[str], bool]
"""Whether the audience may read what has this level of confidentiality."""


def agenda_rows(
    session: Session, rules: AgendaRules, told: Told, *conditions: ColumnElement[bool], outside: bool
) -> dict[int, list[AgendaRow]]:
    """The items of sessions in their order, each with its paper, by session.

    Args:
        rules: Where the general term is found that nobody wrote to an item.
        told: Whether the audience may read a paper of this level.
        conditions: Which items; none for all.
        outside: For press and public. An item of the non-public part is told by its number and its general
            term alone, one that nobody called either is left out, grounds and remarks stay in the house.
            One of the public part with a paper they may not read is told so too, with `public` None.
    """
    rows = fetch(session, _all_items().where(*conditions))
    found: dict[int, list[AgendaRow]] = {}
    for _key, group in groupby(rows, lambda row: row.id):
        papers = list(group)
        row = papers[0]
        secret = any(one.paper_id is not None and not told(one.confidentiality) for one in papers)
        item = _outside(row, rules, told, secret=secret) if outside else _inside(row, rules, told)
        if item is not None:
            found.setdefault(row.meeting_id, []).append(item)
    return found


@cache
def _all_items() -> Columns:
    """What is read of an item; made once, as making it takes longer than reading."""
    return (
        select(AgendaItem.meeting_id, AgendaItem.id, AgendaItem.number, AgendaItem.name, AgendaItem.public)
        .add_columns(AgendaItem.level, AgendaItem.general_name, AgendaItem.standard, AgendaItem.result)
        .add_columns(AgendaItem.late, AgendaItem.late_note, AgendaItem.withdrawn, AgendaItem.withdrawn_note)
        .add_columns(AgendaItem.votes_yes, AgendaItem.votes_no, AgendaItem.votes_abstain)
        .add_columns(Consultation.role, Paper.id.label("paper_id"), Paper.reference)
        .add_columns(Paper.name.label("paper_name"), Paper.confidentiality, Paper.deleted)
        .outerjoin(
            Consultation,
            and_(Consultation.agenda_item_id == AgendaItem.id, Consultation.deleted.is_(False)),
        )
        .outerjoin(Paper, Paper.id == Consultation.paper_id)
        .where(AgendaItem.meeting_id.is_not(None), AgendaItem.deleted.is_(False))
        .order_by(AgendaItem.meeting_id, AgendaItem.position, AgendaItem.id)
        .order_by(Consultation.position, Consultation.id)
    )


def term_of(rules: AgendaRules, general_name: str) -> str:
    """What the public reads of an item of the non-public part; never its own title, nor a word of it."""
    return general_name or rules.default_term


def _outside(row: Any, rules: AgendaRules, told: Told, *, secret: bool) -> AgendaRow | None:
    if row.public is None:
        return None
    if row.public and not secret:
        return _row(row, told)
    term = term_of(rules, row.general_name)
    # It keeps its place and number in the public part, but nobody may call it public.
    public = None if row.public else False
    return AgendaRow(id=row.id, number=row.number, name=term, public=public, level=row.level)


def _inside(row: Any, rules: AgendaRules, told: Told) -> AgendaRow:
    return _row(
        row,
        told,
        general_name=term_of(rules, row.general_name) if row.public is False else "",
        late_note=row.late_note,
        withdrawn_note=row.withdrawn_note,
        votes=_votes(row),
    )


def _votes(row: Any) -> str:
    if row.votes_yes is None:
        return ""
    return Votes(yes=row.votes_yes, no=row.votes_no or 0, abstain=row.votes_abstain or 0).text


def _row(row: Any, told: Told, **notes: str) -> AgendaRow:
    known = row.paper_id is not None and not row.deleted and told(row.confidentiality)
    return AgendaRow(
        id=row.id,
        number=row.number,
        name=row.name,
        public=row.public,
        paper_id=row.paper_id if known else None,
        paper_reference=row.reference if known else "",
        paper_name=row.paper_name if known else "",
        role=row.role or "",
        result=row.result,
        level=row.level,
        standard=row.standard,
        late=row.late,
        withdrawn=row.withdrawn,
        **notes,
    )
