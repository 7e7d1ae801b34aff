"""The verbs on a year's plan."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import select

from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import clock, long_date, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.year_plan import Round, SchoolDays
from ob_buero_tui.services.council.making import NewMeeting, create_meetings
from ob_buero_tui.services.council.plan_checks import broken
from ob_buero_tui.services.council.plan_problem import taking_place
from ob_buero_tui.services.council.plan_rows import (
    DECIDED,
    DISCARDED,
    DRAFT,
    STATE_LABELS,
    Stored,
    as_settings,
    school_from,
)
from ob_buero_tui.services.council.rooms import ROOM_LENGTH
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.council_year import SittingPattern, YearPlan, YearPlanDate
from ob_buero_tui.store.people import Organization

_USUAL = timedelta(hours=2)
_MOST_TOLD = 3
"""Reasons that a refusal tells."""


@use_case("fix_plan_date")
def fix_date(
    work: Work, date_id: int, start: datetime | None = None, end: datetime | None = None, room: str = ""
) -> Done:
    """Fix a slot's date by hand: as it is, or at another beginning.

    Args:
        start: None: the beginning it has.
        end: None: as long as it was, or as its body usually sits.
        room: Empty: the room it has, or where its body usually sits.

    Raises:
        Refusal: it has no date, ends before it begins, is a session already, or its plan is no draft.
    """
    row, plan = _row(work, date_id)
    begin = start if start is not None else row.start
    if begin is None:
        raise Refusal("Dieser Termin hat noch kein Datum.", "", "Tippen Sie eines ein.")
    pattern = work.session.scalar(
        select(SittingPattern).where(SittingPattern.organization_id == row.organization_id)
    )
    until = end if end is not None else begin + _length(row, pattern)
    if until <= begin:
        raise Refusal("Das Ende liegt nicht nach dem Beginn.", "", "Prüfen Sie die Angaben.")
    usual = pattern.room if pattern is not None else ""
    row.start, row.end, row.fixed = begin, until, True
    row.room = clean(room, limit=ROOM_LENGTH).strip() or row.room or usual
    _changed(work, row, plan)
    return _done(work, row, f"{long_date(begin.date())}, {clock(begin)} Uhr festgelegt")


def _length(row: YearPlanDate, pattern: SittingPattern | None) -> timedelta:
    if row.start is not None and row.end is not None:
        return row.end - row.start
    return timedelta(minutes=pattern.duration_min) if pattern is not None else _USUAL


@use_case("free_plan_date")
def free_date(work: Work, date_id: int) -> Done:
    """Give a fixed or left-out slot back to the planner; its date stays until it plans anew."""
    row, plan = _row(work, date_id)
    row.fixed = False
    _changed(work, row, plan)
    return _done(work, row, "wieder frei")


@use_case("leave_out_plan_date")
def leave_out(work: Work, date_id: int) -> Done:
    """Lay down that the body does not sit in this round."""
    row, plan = _row(work, date_id)
    row.start, row.end, row.fixed, row.remarks = None, None, True, []
    _changed(work, row, plan)
    return _done(work, row, f"fällt in Runde {row.round} aus")


@use_case("set_plan_rounds")
def set_rounds(work: Work, plan_id: int, rounds: Sequence[Round], school: SchoolDays | None = None) -> Done:
    """Change the rounds of a draft; the next planning uses them.

    Raises:
        Refusal: a round ends before it begins, or two overlap.
    """
    plan = _draft(work, plan_id)
    ordered = sorted(rounds, key=lambda one: one.first)
    if not ordered:
        raise Refusal("Ein Jahr braucht wenigstens eine Runde.", "", "Tragen Sie eine ein.")
    for one in ordered:
        if one.last < one.first:
            raise Refusal(f"Runde {one.number} endet vor ihrem Beginn.", "", "Prüfen Sie die Tage.")
    for one, after in pairwise(ordered):
        if after.first <= one.last or after.number <= one.number:
            raise Refusal(
                f"Die Runden {one.number} und {after.number} überschneiden sich.",
                "",
                "Die nächste Runde beginnt nach der vorigen.",
            )
    after_plan = {key: value for key, value in plan.settings.items() if key == "after"}
    plan.settings = as_settings(ordered, school or school_from(plan.settings)) | after_plan
    plan.report = plan.report | {"changed": True}
    work.tell(table="year_plan", ids=[plan_id], rounds=len(ordered))
    return Done(
        ids=(plan_id,), text=f"{plural(len(ordered), 'Runde', 'Runden')} gespeichert; jetzt neu rechnen"
    )


@use_case("accept_plan")
def accept(work: Work, plan_id: int, seen: Collection[tuple[int, str]] = ()) -> Done:
    """Decide a plan: all its dates become sessions, the year's other drafts are laid aside; one undo step.

    Args:
        seen: Rules that dates set by hand break, with the key of the date: a person was told and wants them
            nevertheless. What was computed keeps every rule, or is computed anew.

    Raises:
        Refusal: it is no draft or has no dates; a date breaks a rule by now; or a session is there already.
    """
    plan = _draft(work, plan_id)
    own = Stored.of(work.session, plan)
    rows = [one for one in own.dates if own.candidate(one) is not None]
    if not rows:
        raise Refusal("Der Plan hat keine Termine.", "", "Rechnen Sie ihn erst.")
    fresh = [one for one in rows if own.meeting_id(one) is None]
    _check_rules(work, own, fresh, seen)
    made = create_meetings(work, [_meeting(one) for one in fresh])
    for row, meeting in zip(fresh, made, strict=True):
        row.meeting_id = meeting.id
    plan.state = DECIDED
    others = work.session.scalars(
        select(YearPlan).where(YearPlan.year == plan.year, YearPlan.state == DRAFT, YearPlan.id != plan_id)
    )
    for other in others:
        other.state = DISCARDED
    work.tell(table="year_plan", ids=[plan_id], year=plan.year, variant=plan.variant, meetings=len(made))
    return Done(
        ids=(plan_id,),
        text=f"{_name(plan)} beschlossen: {plural(len(made), 'Sitzung', 'Sitzungen')} angelegt",
    )


def _check_rules(
    work: Work, own: Stored, fresh: Sequence[YearPlanDate], seen: Collection[tuple[int, str]]
) -> None:
    """Refuse dates that break a rule as the office stands now: much may have changed since."""
    said = broken(own, own.problem(work.session, work.place))
    found = [
        (one, text)
        for one in fresh
        for text in said.get((one.organization_id, one.round), ())
        if not (one.fixed and (one.id, text) in seen)
    ]
    if not found:
        return
    told = []
    for one, text in found[:_MOST_TOLD]:
        body = work.get(Organization, one.organization_id)
        told.append(f"{shorten(body.short_name or body.name, 60)}, Runde {one.round}: {text}.")
    if len(found) > len(told):
        told.append(f"Dazu {plural(len(found) - len(told), 'weiterer Grund', 'weitere Gründe')}.")
    raise Refusal(
        "Der Plan lässt sich so nicht beschließen.",
        " ".join(told),
        "R rechnet ihn neu; ein Termin, der trotzdem bleiben soll, wird vorher von Hand festgesetzt.",
    )


def _meeting(row: YearPlanDate) -> NewMeeting:
    if row.start is None:
        raise ValueError("a slot without a date is no session")
    return NewMeeting(
        organization_ids=(row.organization_id,), start=row.start, end=row.end, room=row.room, note=row.note
    )


@use_case("discard_plan")
def discard(work: Work, plan_id: int) -> Done:
    """Lay a draft aside as verworfen."""
    plan = _draft(work, plan_id)
    plan.state = DISCARDED
    work.tell(table="year_plan", ids=[plan_id], year=plan.year, variant=plan.variant)
    return Done(ids=(plan_id,), text=f"{_name(plan)} verworfen")


def _draft(work: Work, plan_id: int) -> YearPlan:
    plan = work.get(YearPlan, plan_id)
    if plan.state != DRAFT:
        raise Refusal(
            "Das geht nur mit einem Entwurf.",
            f"{_name(plan)} ist {STATE_LABELS.get(plan.state, plan.state)}.",
            "Planen Sie das Jahr neu, oder nehmen Sie den Schritt mit u zurück.",
        )
    return plan


def _row(work: Work, date_id: int) -> tuple[YearPlanDate, YearPlan]:
    row = work.get(YearPlanDate, date_id)
    plan = _draft(work, row.year_plan_id)
    if row.meeting_id is not None and taking_place(work.session, [row.meeting_id]):
        raise Refusal(
            "Diese Sitzung ist schon angesetzt.", "", "Verschieben Sie sie bei den Sitzungen (F4) mit m."
        )
    row.meeting_id = None
    return row, plan


def _changed(work: Work, row: YearPlanDate, plan: YearPlan) -> None:
    plan.report = plan.report | {"changed": True}
    work.refer("year_plan", plan.id)
    work.tell(table="year_plan", ids=[plan.id], round=row.round)


def _name(plan: YearPlan) -> str:
    return f"Jahresplan {plan.year} {plan.variant}".strip()


def _done(work: Work, row: YearPlanDate, text: str) -> Done:
    body = work.get(Organization, row.organization_id)
    return Done(ids=(row.id,), text=f"{shorten(body.short_name or body.name, 60)}: {text}")


@sentence("fix_plan_date")
def _fixed(params: Params) -> str:
    return f"Termin der Runde {params.get('round', '')} festgelegt"


@sentence("free_plan_date")
def _freed(params: Params) -> str:
    return f"Termin der Runde {params.get('round', '')} freigegeben"


@sentence("leave_out_plan_date")
def _left_out(params: Params) -> str:
    return f"Runde {params.get('round', '')} fällt für ein Gremium aus"


@sentence("set_plan_rounds")
def _rounds_set(params: Params) -> str:
    return f"{plural(int(params.get('rounds', 0)), 'Runde', 'Runden')} festgelegt"


@sentence("accept_plan")
def _accepted(params: Params) -> str:
    made = plural(int(params.get("meetings", 0)), "Sitzung", "Sitzungen")
    return f"beschlossen: {made} angelegt"


@sentence("discard_plan")
def _discarded(_params: Params) -> str:
    return "verworfen"
