"""Lists of sessions with their chains, and what is due of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.german import short_date
from ob_buero_tui.rules.visibility import OUTSIDE, Audience
from ob_buero_tui.services.council.chain import chains_of, lookahead, remark
from ob_buero_tui.services.council.sittings import AT_ONCE, Sitting, among, read_sittings, seen
from ob_buero_tui.services.council.views import BodyChoice, DeadlineView, Light, MeetingRow
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Meeting, MeetingOrganization
from ob_buero_tui.store.people import Organization


def meeting_ids(
    place: Workplace,
    *,
    every: bool = False,
    organization_id: int | None = None,
    audience: Audience = Audience.INTERN,
) -> list[int]:
    """The keys of the coming sessions by their beginning, those of today included.

    Args:
        every: All sessions, past ones too; last those without a beginning.
        organization_id: Only the sessions of this body, also where another one leads.
    """
    query = select(Meeting.id).where(seen(place, audience))
    if not every:
        query = query.where(Meeting.start >= _midnight(place.today))
    if organization_id is not None:
        sits = select(MeetingOrganization.meeting_id).where(
            MeetingOrganization.organization_id == organization_id
        )
        query = query.where(Meeting.id.in_(sits))
    with place.reading() as session:
        return list(session.scalars(query.order_by(Meeting.start.is_(None), Meeting.start, Meeting.id)))


def meeting_rows(
    place: Workplace, ids: Sequence[int], audience: Audience = Audience.INTERN
) -> dict[int, MeetingRow]:
    """The sessions with these keys as rows; keys that are gone are left out."""
    with place.reading() as session:
        return {
            row.id: row
            for start in range(0, len(ids), AT_ONCE)
            for row in rows_of(session, place, ids[start : start + AT_ONCE], audience)
        }


def coming(
    place: Workplace, *, every: bool = False, audience: Audience = Audience.INTERN
) -> tuple[MeetingRow, ...]:
    """The coming sessions, or all, in their order, as rows."""
    ids = meeting_ids(place, every=every, audience=audience)
    rows = meeting_rows(place, ids, audience)
    return tuple(rows[key] for key in ids if key in rows)


def bodies(place: Workplace, *, every: bool = False) -> tuple[BodyChoice, ...]:
    """The bodies that sit, with how many sessions of each are coming, or how many there are."""
    query = (
        select(
            Organization.id,
            func.coalesce(func.nullif(Organization.short_name, ""), Organization.name),
            func.count(),
        )
        .join(MeetingOrganization, MeetingOrganization.organization_id == Organization.id)
        .join(Meeting, Meeting.id == MeetingOrganization.meeting_id)
        .where(seen(place, Audience.INTERN))
        # A body that its source has deleted is no choice any more; its sessions keep its name.
        .where(func.coalesce(func.json_extract(Organization.extra, "$.oparl.deleted"), 0) == 0)
        .group_by(Organization.id)
        .order_by(Organization.name, Organization.id)
    )
    if not every:
        query = query.where(Meeting.start >= _midnight(place.today))
    with place.reading() as session:
        return tuple(
            BodyChoice(id=key, label=name, count=count) for key, name, count in session.execute(query)
        )


def due_steps(place: Workplace, until: date) -> tuple[tuple[int, DeadlineView], ...]:
    """The steps that are still to be done up to a day, late ones first: key of the session, and the step.

    Args:
        until: The last day, included.
    """
    catalog = place.catalog
    first = _midnight(place.today - timedelta(days=catalog.council.minutes_days))
    last = _midnight(until + lookahead(place) + timedelta(days=1))
    with place.reading() as session:
        sittings = read_sittings(
            session,
            seen(place, Audience.INTERN),
            Meeting.start >= first,
            Meeting.start < last,
            Meeting.cancelled.is_(False),
        )
        chains = chains_of(session, place, sittings, until)
    found = [
        (key, one) for key, deadlines in chains.items() for one in deadlines if one.light is not Light.DONE
    ]
    return tuple(sorted(found, key=lambda pair: (pair[1].on, pair[1].at or time.max, pair[0])))


def rows_of(
    session: Session, place: Workplace, ids: Sequence[int], audience: Audience = Audience.INTERN
) -> list[MeetingRow]:
    """The sessions with these keys as an audience may see them, in a session that is open already."""
    sittings = read_sittings(session, seen(place, audience), Meeting.id.in_(among(ids)))
    chains = chains_of(session, place, sittings)
    return [row_of(place, one, chains[one.id], audience) for one in sittings]


def row_of(
    place: Workplace, sitting: Sitting, deadlines: tuple[DeadlineView, ...], audience: Audience
) -> MeetingRow:
    """One session as a row."""
    leading = sitting.leading
    return MeetingRow(
        id=sitting.id,
        organization=leading.short_name if leading else "",
        name=sitting.name,
        start=sitting.start,
        end=sitting.end,
        place=sitting.place,
        state=sitting.state,
        state_label=_state(sitting),
        cancelled=sitting.cancelled,
        moved=sitting.moved_from is not None,
        deadlines=tuple(map(_without_who, deadlines)) if audience in OUTSIDE else deadlines,
        remark=remark(place, sitting),
    )


def _state(sitting: Sitting) -> str:
    if sitting.cancelled:
        return "abgesagt"
    if sitting.moved_from is None:
        return sitting.state
    moved = f"verschoben vom {short_date(sitting.moved_from.date())}"
    return f"{sitting.state}, {moved}" if sitting.state else moved


def _without_who(deadline: DeadlineView) -> DeadlineView:
    return replace(deadline, done_by="", done_on=None)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)
