"""What the kept request takes from one that goes into it: values, the decision, and all that leads to it."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import select

from ob_buero_tui.catalog.model import FieldSpec
from ob_buero_tui.rules.visibility import Confidentiality, strictest
from ob_buero_tui.services.references import leading_to, once_with, same_link
from ob_buero_tui.services.requests.levels import raise_linked
from ob_buero_tui.services.requests.merge_states import take_waiting
from ob_buero_tui.services.requests.record import field_text
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.decisions import VorlageItem
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Task

GAPS: Final = {
    "subject": "",
    "requester_id": "",
    "organization_id": "",
    "event_place": "Ort",
    "file_reference": "Aktenzeichen",
    "assigned_to": "zuständig",
    "thread": "",
}
"""Columns that are filled where the kept request has nothing; with a name, what differs is noted."""
DECIDED: Final = (
    "state", "closed", "closed_on", "outcome", "reason", "decided_on", "decided_by", "decider",
    "handed_to", "handed_until",
)  # fmt: skip
VOTUM: Final = ("votum", "votum_text", "votum_by", "votum_on")


def is_decided(request: Request) -> bool:
    """Whether somebody decided it; only such a decision can be at odds with another."""
    return bool(request.outcome)


def take_values(work: Work, keep: Request, other: Request) -> list[str]:
    """Fill the gaps of the kept request; returns what differs, one „Name: Wert“ each."""
    differing = []
    for name, label in GAPS.items():
        ours, theirs = getattr(keep, name), getattr(other, name)
        if theirs in (None, "") or ours == theirs:
            continue
        if ours in (None, ""):
            setattr(keep, name, theirs)
        elif label:
            differing.append(f"{label}: {theirs}")
    if keep.kind is None or (keep.kind_proposed and other.kind is not None and not other.kind_proposed):
        keep.kind, keep.kind_proposed = other.kind, other.kind_proposed
    if keep.event_start is None:
        keep.event_start, keep.event_end = other.event_start, other.event_end
    elif other.event_start not in (None, keep.event_start):
        differing.append(f"Tag: {other.event_start:%d.%m.%Y %H:%M}")
    differing += _take_fields(work, keep, other)
    # What is due is counted from the first letter.
    keep.received_at = min(keep.received_at, other.received_at)
    keep.important = keep.important or other.important
    keep.intake_notes = list(dict.fromkeys([*keep.intake_notes, *other.intake_notes]))
    if lost := take_waiting(keep, other):
        differing.append(lost)
    if not keep.votum:
        _take(keep, other, VOTUM)
    return differing


def take_decision(keep: Request, other: Request) -> None:
    """Let what was decided there count here; it was entered step by step in the other request."""
    _take(keep, other, DECIDED)


def take_level(work: Work, keep: Request, other: Request) -> None:
    """The stricter level wins, for what is linked as well."""
    before = Confidentiality(keep.confidentiality)
    level = strictest((before, Confidentiality(other.confidentiality)))
    if level is not before:
        keep.confidentiality, keep.owner = level.value, other.owner
    if level is not Confidentiality.INTERN:
        raise_linked(work, keep, level, keep.owner)


def move_parts(work: Work, keep: Request, other: Request) -> None:
    """Let everything that leads to the other request lead to the kept one."""
    _drop_doubled_tasks(work, keep, other)
    for row_class, column in leading_to("request"):
        rows = work.session.scalars(
            select(row_class).where(getattr(row_class, column) == other.id).order_by(row_class.id)
        )
        for row in rows.all():
            if row_class is Request and row.id == keep.id:
                setattr(row, column, None)
            else:
                _move(work, row, column, keep.id)
        work.session.flush()


def _move(work: Work, row: Any, column: str, keep_id: int) -> None:
    there = same_link(work.session, row, column, once_with(row, column), keep_id)
    if there is not None and isinstance(row, VorlageItem) and row.decision and not there.decision:
        # Of two items of one list the one the mayor spoke to stays.
        work.session.delete(there)
        work.session.flush()
        there = None
    if there is not None:
        work.session.delete(row)
        work.session.flush()
    else:
        setattr(row, column, keep_id)


def _drop_doubled_tasks(work: Work, keep: Request, other: Request) -> None:
    """A step that the kept request has of its own is not to be done twice."""
    templates = select(Task.template).where(Task.request_id == keep.id, Task.template != "")
    known = set(work.session.scalars(templates))
    open_ones = select(Task).where(Task.request_id == other.id, Task.done_at.is_(None))
    named = {
        key
        for row_class, column in leading_to("task")
        for key in work.session.scalars(select(getattr(row_class, column)))
    }
    for task in work.session.scalars(open_ones).all():
        if task.template in known and task.id not in named:
            work.session.delete(task)
    work.session.flush()


def _take_fields(work: Work, keep: Request, other: Request) -> list[str]:
    kind = work.catalog.kinds.get(keep.kind or "")
    specs: dict[str, FieldSpec] = {spec.key: spec for spec in (kind.fields if kind is not None else ())}
    fields, differing = dict(keep.fields), []
    for key, theirs in other.fields.items():
        ours = fields.get(key)
        if theirs in (None, "") or ours == theirs:
            continue
        if ours in (None, ""):
            fields[key] = theirs
        else:
            spec = specs.get(key)
            told = field_text(spec, theirs) if spec is not None else str(theirs)
            differing.append(f"{spec.label if spec is not None else key}: {told}")
    keep.fields = fields
    return differing


def _take(keep: Request, other: Request, names: tuple[str, ...]) -> None:
    for name in names:
        setattr(keep, name, getattr(other, name))
