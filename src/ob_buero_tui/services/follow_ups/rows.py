"""The rows of the Wiedervorlagen that are on the screen, as this desk may read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, select

from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.german import short_date
from ob_buero_tui.rules.visibility import Audience, View
from ob_buero_tui.rules.waiting import binding_text, woken_text
from ob_buero_tui.services.council.item_tasks import item_about, item_levels, with_items
from ob_buero_tui.services.follow_ups.calls import call_rows
from ob_buero_tui.services.follow_ups.selecting import CALLS, REQUESTS, STEPS, WAITING
from ob_buero_tui.services.follow_ups.steps import Steps, step_rows
from ob_buero_tui.services.follow_ups.views import FollowUpRow
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Task


def rows(
    place: Workplace, split: str, wanted: Sequence[int], known: Steps | None = None
) -> Mapping[int, FollowUpRow]:
    """The rows with these keys of a split; a key that is gone is left out.

    Args:
        known: What `steps_due` has counted already of the sessions.
    """
    if split == STEPS:
        return step_rows(place, wanted, known)
    if split == CALLS:
        return call_rows(place, wanted)
    return _request_rows(place, split, wanted) if split in REQUESTS else task_rows(place, wanted)


def task_rows(place: Workplace, wanted: Sequence[int]) -> Mapping[int, FollowUpRow]:
    """The tasks with these keys as rows."""
    with place.reading() as session:
        return {row.id: _task_row(place, row) for row in session.execute(with_records(wanted))}


def with_records(wanted: Sequence[int]) -> Select[*tuple[Any, ...]]:
    """Tasks with what their row and their level need of the request or appointment they belong to."""
    return with_items(
        select(
            Task,
            Task.id,
            Request.number,
            Request.subject,
            Request.important,
            Request.kind.label("request_kind"),
            Request.confidentiality.label("request_level"),
            Request.owner.label("request_owner"),
            Event.summary,
            Event.starts_at,
            Event.kind.label("event_kind"),
            Event.confidentiality.label("event_level"),
            Event.owner.label("event_owner"),
        )
        .outerjoin(Request, Request.id == Task.request_id)
        .outerjoin(Event, Event.id == Task.event_id)
        .where(Task.id.in_(wanted))
    )


def seen(place: Workplace, row: Any, audience: Audience = Audience.INTERN) -> View:
    """How much an audience sees of a task: as much as of what it belongs to; a free one is intern.

    Args:
        row: Of `with_records`.
    """
    if audience in (Audience.PRESS, Audience.PUBLIC):
        return View.NOTHING  # what the office has to do is not even with an open record for outside
    levels = (
        (row.request_level, row.request_owner),
        (row.event_level, row.event_owner),
        *((level, "") for level in item_levels(row)),
    )
    views = [place.sees(level, owner, audience) for level, owner in levels if level is not None]
    return next((one for one in (View.NOTHING, View.BELEGT) if one in views), View.FULL)


def _task_row(place: Workplace, row: Any) -> FollowUpRow:
    task: Task = row.Task
    full = seen(place, row) is View.FULL
    kind = place.catalog.kinds.get(row.request_kind or "") or place.catalog.event_kinds.get(
        row.event_kind or ""
    )
    return FollowUpRow(
        id=task.id,
        sign=kind.sign if kind is not None and full else "",
        on=task.due_on,
        at=task.due_time,
        overdue=task.done_at is None and inbox.is_overdue(task.due_on, task.due_time, place.now),
        important=bool(row.important) and full,
        what=task.label if full else inbox.MASKED,
        number=row.number or "",
        about=_about(place, row) if full else "",
        who=task.assigned_to if task.done_at is None else task.done_by,
        done_on=place.local(task.done_at).date() if task.done_at is not None else None,
    )


def _about(place: Workplace, row: Any) -> str:
    if row.number is not None:
        return shorten(row.subject, 120)
    if row.summary is not None:
        return f"{short_date(place.local(row.starts_at).date())} {shorten(row.summary, 120)}"
    return shorten(item_about(row), 140)


def _request_rows(place: Workplace, split: str, wanted: Sequence[int]) -> Mapping[int, FollowUpRow]:
    heads = inbox.rows(place, wanted)
    columns = Request.id, Request.assigned_to, Request.wiedervorlage_on, Request.wiedervorlage_note
    early = Request.woken_by, Request.wiedervorlage_days
    with place.reading() as session:
        found = session.execute(
            select(*columns, *early, Request.confidentiality, Request.owner).where(Request.id.in_(wanted))
        ).all()
    shown = {}
    for row in found:
        head = heads.get(row.id)
        if head is None:
            continue
        full = place.sees(row.confidentiality, row.owner) is View.FULL
        waits = split == WAITING
        told = (_why_and_what(row) if waits else "") or head.requester
        late = row.wiedervorlage_on is not None and row.wiedervorlage_on < place.today
        shown[row.id] = FollowUpRow(
            id=row.id,
            sign=head.sign,
            on=row.wiedervorlage_on if waits else head.due_on,
            at=None if waits else head.due_time,
            overdue=late if waits else head.overdue,
            important=head.important,
            what=head.subject,
            number=head.number,
            about=told if full else "",
            who=row.assigned_to,
        )
    return shown


def _why_and_what(row: Any) -> str:
    """Why a request is back before its day or what it is bound to, and the next step."""
    bound = binding_text(row.wiedervorlage_days) if row.wiedervorlage_days is not None else ""
    return " · ".join(part for part in (woken_text(row.woken_by) or bound, row.wiedervorlage_note) if part)
