"""How the bodies usually sit: laid down by the office, or read from their past sessions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from statistics import median
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.planning import PlanningRules, planning_rules, step_of
from ob_buero_tui.rules.called_off import says_called_off
from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.memberships import members_at
from ob_buero_tui.services.council.planning_views import PatternForm, PatternView
from ob_buero_tui.services.council.rooms import ROOM_LENGTH, room_text
from ob_buero_tui.services.council.sittings import among
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Location, Meeting, MeetingOrganization
from ob_buero_tui.store.council_year import PLAN_STATES, SittingPattern, YearPlan
from ob_buero_tui.store.people import Organization

BODY_TYPE = "Gremium"
USUAL_MINUTES, USUAL_PAUSE = 120, 14
QUARTER = 15
MOST_MINUTES, MOST_DAYS, MOST_ROUNDS, MOST_STEPS = 24 * 60, 365, 24, 9
_RARE = 0.15
"""A weekday that is rarer than this share is an exception and no habit."""
_AGAIN = "Prüfen Sie die Angabe."


def patterns(place: Workplace) -> tuple[PatternView, ...]:
    """How each body that sits, or could, usually sits; by step and name."""
    with place.reading() as session:
        return read_patterns(session, place)


def derive_patterns(place: Workplace) -> tuple[PatternView, ...]:
    """What the past sessions show for each body, whatever was laid down."""
    with place.reading() as session:
        return read_patterns(session, place, derived=True)


def read_patterns(session: Session, place: Workplace, *, derived: bool = False) -> tuple[PatternView, ...]:
    """The patterns in a session that is open already.

    Args:
        derived: Only what the sessions show.
    """
    laid_down = {one.organization_id: one for one in session.scalars(select(SittingPattern))}
    habits, rules = _habits(session, place), planning_rules(place.catalog)
    bodies = _bodies(session, place, {*laid_down, *habits})
    members = members_at(session, [one.id for one in bodies], place.today)
    found = []
    for body in bodies:
        own = None if derived else laid_down.get(body.id)
        habit = habits.get(body.id, _Habit())
        count = sum(line.substitute_for_id is None for line in members[body.id])
        found.append(_laid_down(body, own, habit, count) if own else _derived(body, habit, rules, count))
    return tuple(sorted(found, key=lambda one: (one.step, one.organization, one.organization_id)))


@dataclass(slots=True)
class _Habit:
    """What the sessions of one body were like."""

    weekdays: Counter[int] = field(default_factory=Counter)
    times: Counter[time] = field(default_factory=Counter)
    minutes: list[int] = field(default_factory=list)
    rooms: Counter[str] = field(default_factory=Counter)

    @property
    def seen(self) -> int:
        return sum(self.weekdays.values())


def _habits(session: Session, place: Workplace) -> dict[int, _Habit]:
    months = planning_rules(place.catalog).history_months
    since = datetime.combine(place.today - timedelta(days=months * 30), time.min)
    rows = session.execute(
        select(MeetingOrganization.organization_id, Meeting.start, Meeting.end)
        .add_columns(Location.room, Location.description, Meeting.name, Meeting.meeting_state)
        .join(Meeting, Meeting.id == MeetingOrganization.meeting_id)
        .outerjoin(Location, Location.id == Meeting.location_id)
        .where(MeetingOrganization.position == 0, Meeting.start >= since)
        .where(Meeting.deleted.is_(False), Meeting.cancelled.is_(False))
    )
    found: defaultdict[int, _Habit] = defaultdict(_Habit)
    for row in rows:
        off = says_called_off(row.meeting_state, row.name)
        if off or row.start.time() == time.min:  # no time of day yet
            continue
        habit = found[row.organization_id]
        habit.weekdays[row.start.weekday()] += 1
        habit.times[row.start.time()] += 1
        if row.end is not None and row.end > row.start:
            habit.minutes.append(int((row.end - row.start).total_seconds()) // 60)
        room = clean(room_text(row.room or "", row.description or ""))
        if room:
            habit.rooms[room] += 1
    return found


def _bodies(session: Session, place: Workplace, keys: Sequence[int] | set[int]) -> list[Organization]:
    rows = session.scalars(
        select(Organization)
        .where(or_(Organization.id.in_(among(sorted(keys))), Organization.organization_type == BODY_TYPE))
        .where(or_(Organization.end_date.is_(None), Organization.end_date >= place.today))
        # A body that its source has deleted sits no more.
        .where(func.coalesce(func.json_extract(Organization.extra, "$.oparl.deleted"), 0) == 0)
    )
    return list(rows)


def _derived(body: Organization, habit: _Habit, rules: PlanningRules, members: int) -> PatternView:
    step = step_of(rules, body.name, body.short_name, body.classification)
    common = [day for day, count in habit.weekdays.most_common() if count >= max(2, _RARE * habit.seen)]
    days = common or [day for day, _count in habit.weekdays.most_common(1)]
    start = min(habit.times, key=lambda one: (-habit.times[one], one), default=None)
    return PatternView(
        organization_id=body.id,
        organization=clean(body.short_name or body.name),
        weekdays=tuple(days),
        start=start,
        duration_min=_planned(habit.minutes),
        room=min(habit.rooms, key=lambda one: (-habit.rooms[one], one), default=""),
        step=step.step,
        rounds=(),
        gap_days=step.gap_days,
        pause_days=USUAL_PAUSE,
        planned=start is not None,
        derived=True,
        seen=habit.seen,
        members=members,
    )


def _laid_down(body: Organization, own: SittingPattern, habit: _Habit, members: int) -> PatternView:
    return PatternView(
        organization_id=body.id,
        organization=clean(body.short_name or body.name),
        seen=habit.seen,
        members=members,
        **_values(own),
    )


@use_case("edit_pattern")
def edit_pattern(
    work: Work, organization_id: int, form: PatternForm, seen: PatternView | None = None
) -> Done:
    """Lay down how a body sits; drafts that were computed from its old habits say that they have changed.

    Args:
        seen: What was laid down when the form was opened; None: that is not asked.

    Raises:
        Refusal: a weekday, a length or a round that cannot be; or somebody else laid down others meanwhile.
    """
    body = work.get(Organization, organization_id)
    _check(form)
    own = work.session.scalar(select(SittingPattern).where(SittingPattern.organization_id == organization_id))
    _check_unchanged(own, seen)
    drafts = work.session.scalars(select(YearPlan).where(YearPlan.state == PLAN_STATES[0])).all()
    if own is None:
        own = SittingPattern(organization_id=organization_id)
        work.session.add(own)
    own.weekdays = [str(one) for one in dict.fromkeys(form.weekdays)]
    own.start_time = form.start
    own.duration_min = form.duration_min
    own.room = clean(form.room, limit=ROOM_LENGTH).strip()
    own.step = form.step
    own.rounds = [str(one) for one in sorted(set(form.rounds))]
    own.gap_days, own.pause_days = form.gap_days, form.pause_days
    own.planned = form.planned
    own.note = clean(form.note, multiline=True, limit=20_000).strip()
    if work.session.is_modified(own) or own in work.session.new:
        for plan in drafts:
            plan.report = plan.report | {"changed": True}
    work.refer("organization", organization_id)
    work.tell(table="organization", ids=[organization_id])
    return Done(
        ids=(organization_id,), text=f"{shorten(body.short_name or body.name, 60)}: Vorgaben gespeichert"
    )


def _check_unchanged(own: SittingPattern | None, seen: PatternView | None) -> None:
    """Refuse to write over what another desk laid down since the form was opened."""
    if seen is None:
        return
    before = None if seen.derived else {name: getattr(seen, name) for name in _SEEN}
    now = _values(own) if own is not None else None
    if now == before:
        return
    changed = [word for name, word in _SEEN.items() if (now or {}).get(name) != (before or {}).get(name)]
    raise Refusal(
        "Die Vorgaben wurden inzwischen an einem anderen Platz geändert.",
        f"Geändert: {', '.join(changed)}.",
        "Schließen Sie mit Esc und öffnen Sie sie neu; was Sie eingetippt haben, bleibt als Entwurf.",
    )


_SEEN = {
    "weekdays": "Wochentage",
    "start": "Beginn",
    "duration_min": "Dauer",
    "room": "Raum",
    "step": "Stufe",
    "rounds": "Runden",
    "gap_days": "Abstand zur Stufe davor",
    "pause_days": "Abstand zur vorigen Sitzung",
    "planned": "Planung",
    "note": "Anmerkung",
}


def _values(own: SittingPattern) -> dict[str, Any]:
    return {
        "weekdays": tuple(int(one) for one in own.weekdays if one.isdigit()),
        "start": own.start_time,
        "duration_min": own.duration_min,
        "room": own.room,
        "step": own.step,
        "rounds": tuple(int(one) for one in own.rounds if one.isdigit()),
        "gap_days": own.gap_days,
        "pause_days": own.pause_days,
        "planned": own.planned,
        "note": own.note,
    }


def _check(form: PatternForm) -> None:
    spans = (
        ("Die Dauer", form.duration_min, 1, MOST_MINUTES, "Minuten"),
        ("Die Stufe der Beratungsfolge", form.step, 0, MOST_STEPS, ""),
        ("Der Abstand zur Stufe davor", form.gap_days, 0, MOST_DAYS, "Tage"),
        ("Der Abstand zur eigenen vorigen Sitzung", form.pause_days, 0, MOST_DAYS, "Tage"),
    )
    for what, value, low, high, unit in spans:
        if not low <= value <= high:
            raise Refusal(f"{what} geht von {low} bis {high} {unit}".rstrip() + ".", "", _AGAIN)
    if any(not 0 <= one <= 6 for one in form.weekdays):
        raise Refusal("Diesen Wochentag gibt es nicht.", "", _AGAIN)
    if any(not 1 <= one <= MOST_ROUNDS for one in form.rounds):
        raise Refusal(f"Runden tragen Nummern von 1 bis {MOST_ROUNDS}.", "", _AGAIN)
    if form.planned and (form.start is None or not form.weekdays):
        raise Refusal(
            "Ohne Wochentag und Uhrzeit lässt sich das Gremium nicht planen.",
            "",
            "Tragen Sie beides ein, oder nehmen Sie es aus der Planung.",
        )


@sentence("edit_pattern")
def _edited(_params: Params) -> str:
    return "Vorgaben für die Sitzungen geändert"


def _planned(minutes: Sequence[int]) -> int:
    """How long to plan: what is usual, up to the next quarter of an hour; minutes end to the minute."""
    if not minutes:
        return USUAL_MINUTES
    return min(MOST_MINUTES, max(QUARTER, -(-int(median(minutes)) // QUARTER) * QUARTER))
