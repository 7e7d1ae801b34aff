"""From the bytes of a list to the rows that would come in, or to the columns that somebody has to confirm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ob_buero_tui.exchange.sheet import read_table
from ob_buero_tui.services.intake.sheet_plan import Desk, RowPlan, plan_rows
from ob_buero_tui.services.intake.sheet_rows import unknown_rows
from ob_buero_tui.services.intake.sheets import (
    MAX_BYTES,
    SheetProposal,
    confirm_layout,
    proposal_for,
    too_large,
)
from ob_buero_tui.services.intake.source import Source
from ob_buero_tui.services.workcalendar import work_calendar
from ob_buero_tui.services.workplace import Workplace


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSheet:
    """What a list would bring.

    Args:
        waiting: Its columns are not confirmed; `text` says how they would be read, nothing else is filled.
        rows: New rows.
        known: How many rows are there already, or stand twice in the list.
    """

    proposal: SheetProposal
    waiting: bool = False
    text: str = ""
    rows: Sequence[RowPlan] = ()
    known: int = 0
    problems: Sequence[str] = ()
    notes: tuple[str, ...] = ()


def read_sheet(
    place: Workplace, data: bytes, source: Source, *, accept: bool = False, dry_run: bool = False
) -> ReadSheet:
    """Read a list as its columns were confirmed.

    Args:
        accept: Confirm the proposed columns of an unknown layout.
        dry_run: Write nothing; accepted columns count for this reading alone.

    Raises:
        Refusal: it cannot be read, or the proposed columns cannot be accepted.
    """
    if len(data) > MAX_BYTES:
        raise too_large(len(data))
    table = read_table(data, f".{source.format}")
    with place.reading() as session:
        proposal = proposal_for(place, session, table, source.name)
        calendar = work_calendar(session, place)
    if not proposal.known and not accept:
        text = f"Spalten noch nicht bestätigt. Vorschlag: {proposal.told}."
        return ReadSheet(proposal=proposal, waiting=True, text=text, notes=proposal.notes)
    if not proposal.known and not dry_run:
        confirm_layout(place, proposal)
    desk = Desk(catalog=place.catalog, now=place.now, calendar=calendar)
    plan = plan_rows(desk, proposal, table.rows)
    with place.reading() as session:
        rows = unknown_rows(session, plan.rows)
    known = len(plan.rows) - len(rows)
    return ReadSheet(
        proposal=proposal,
        rows=rows,
        known=known,
        problems=[*plan.problems, *table.left_out],
        notes=table.notes,
    )
