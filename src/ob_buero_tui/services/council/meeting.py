"""One session with everything its panel draws: bodies, chain, agenda, files."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.agenda import agenda_rules
from ob_buero_tui.catalog.council import ladungsfrist_for
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import OUTSIDE, Audience, View
from ob_buero_tui.services.council.agenda_rows import agenda_rows
from ob_buero_tui.services.council.chain import Chains, chains_of
from ob_buero_tui.services.council.meeting_facts import facts_of
from ob_buero_tui.services.council.sessions import row_of
from ob_buero_tui.services.council.sittings import Seat, Sitting, read_sittings, seen
from ob_buero_tui.services.council.views import AgendaRow, MeetingView
from ob_buero_tui.services.fetching import Columns, fetch
from ob_buero_tui.services.history import history_of
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import AgendaItem, File, FileLink, Meeting, UnresolvedReference

FILE_WORDS = {
    "invitation": "Einladung",
    "results_protocol": "Niederschrift",
    "verbatim_protocol": "Wortprotokoll",
    "auxiliary_file": "Anlage",
    "main_file": "Vorlage",
    "resolution_file": "Beschluss",
}
"""What a file is, by its role (OParl's property in snake case)."""


def meeting(place: Workplace, meeting_id: int, audience: Audience = Audience.INTERN) -> MeetingView:
    """A session for its panel, as an audience may see it.

    The press and the public get the items that are known to be public, those of the non-public part by their
    general terms, and nothing of the office's own.

    Raises:
        Refusal: there is no such session, or the audience may not see it.
    """
    with place.reading() as session:
        return meeting_within(session, place, meeting_id, audience)


def meeting_within(
    session: Session, place: Workplace, meeting_id: int, audience: Audience = Audience.INTERN
) -> MeetingView:
    """The same, in a session that is open already."""
    found = read_sittings(session, seen(place, audience), Meeting.id == meeting_id)
    if not found:
        raise Refusal("Diese Sitzung gibt es nicht mehr.", "", "Wählen Sie eine andere.")
    (sitting,) = found
    leading = sitting.leading
    outside = MeetingView(
        row=row_of(place, sitting, chains_of(session, place, found)[meeting_id], audience),
        organizations=tuple(seat.name for seat in sitting.seats),
        organization_id=leading.id if leading else None,
        ladungsfrist=_rule_label(place, sitting, Chains.of(session, place).deciding(sitting)),
        mayor_attends=leading.mayor_attends if leading else True,
        agenda=_agenda(session, place, meeting_id, audience),
    )
    if audience in OUTSIDE:
        return outside
    row = session.get_one(Meeting, meeting_id)
    return replace(
        outside,
        facts=facts_of(session, place, row, outside.organization_id),
        files=files_of(session, FileLink.meeting_id == meeting_id),
        note=sitting.note,
        event_id=sitting.event_id,
        unresolved=_unresolved(session, meeting_id),
        history=history_of(place, session, "meeting", [meeting_id]),
    )


def files_of(session: Session, condition: object) -> tuple[tuple[str, str], ...]:
    """The files that belong to something: what each is, and its name."""
    rows = fetch(session, _all_files().where(condition))  # type: ignore[arg-type]
    return tuple((FILE_WORDS.get(role, "Datei"), name or file_name) for role, name, file_name in rows)


@cache
def _all_files() -> Columns:
    """What is read of a file; made once, as making it takes longer than reading."""
    return (
        select(FileLink.role, File.name, File.file_name)
        .join(File, File.id == FileLink.file_id)
        .where(File.deleted.is_(False))
        .order_by(FileLink.id)
    )


def readable(place: Workplace, level: str, audience: Audience) -> bool:
    """Whether an audience may read what has this level and no owner."""
    return place.sees(level, "", audience) is View.FULL


def _rule_label(place: Workplace, sitting: Sitting, deciding: Seat | None) -> str:
    """The Ladungsfrist that counts, and whose it is where another body than the leading one decides."""
    rule = ladungsfrist_for(place.catalog, deciding.ladungsfrist if deciding else "")
    if rule is None or deciding is None or deciding is sitting.leading:
        return rule.label if rule else ""
    return f"{rule.label} ({deciding.short_name})"


def _agenda(session: Session, place: Workplace, meeting_id: int, audience: Audience) -> tuple[AgendaRow, ...]:
    """The items in their order, each with its paper."""
    found = agenda_rows(
        session,
        agenda_rules(place.catalog),
        lambda level: readable(place, level, audience),
        AgendaItem.meeting_id == meeting_id,
        outside=audience in OUTSIDE,
    )
    return tuple(found.get(meeting_id, ()))


def _unresolved(session: Session, meeting_id: int) -> int:
    return int(fetch(session, _waiting(), meeting=meeting_id)[0][0])


@cache
def _waiting() -> Columns:
    """How many references of a session and its items lead nowhere yet."""
    key: Any = bindparam("meeting")
    items = select(AgendaItem.id).where(AgendaItem.meeting_id == key)
    waiting = or_(
        and_(UnresolvedReference.table_name == "meeting", UnresolvedReference.row_id == key),
        and_(UnresolvedReference.table_name == "agenda_item", UnresolvedReference.row_id.in_(items)),
    )
    return select(func.count()).select_from(UnresolvedReference).where(waiting)
