"""A year's plan on paper, for the council's decision: what stands on it, for whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ob_buero_tui.rules.german import clock, date_range, long_date, plural, short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import OUTSIDE, Audience, Confidentiality, View
from ob_buero_tui.services.council.planning import plan_view
from ob_buero_tui.services.council.planning_views import DateView, PlanView
from ob_buero_tui.services.export.wanted import Wanted
from ob_buero_tui.services.workplace import Workplace

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

GONE = Refusal("Diesen Plan gibt es nicht mehr.", "", "Wählen Sie einen anderen.")
DRAFT = "entwurf"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDate:
    """One session of the plan; `remark` says what speaks against it, for the office alone."""

    start: datetime
    end: datetime | None
    organization: str
    room: str
    round: int
    fixed: bool = False
    remark: str = ""

    @property
    def time(self) -> str:
        """„17:00–19:00“."""
        return clock(self.start) + (f"–{clock(self.end)}" if self.end is not None else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRound:
    """A Sitzungsfolge with its sessions by time; `title` „1. Sitzungsfolge, 11.1.–19.2.2027“."""

    number: int
    title: str
    dates: tuple[PaperDate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPaper:
    """What stands on the paper.

    Args:
        title, subtitle: „Sitzungsplan 2027“, „Variante A · Entwurf · 66 Termine von 11 Gremien“.
        caution: Who may read it.
        stem: The name of a file without its ending.
        lanes: Each body with its day in each round, empty where it does not sit.
        inside: Whether it is for the office itself, with what speaks against its dates.
        missing: Slots without a date, for the office alone.
        costs: What the plan costs: wish, how often, points; for the office alone.
        contradiction: The rules that collide, for the office alone.
        left_out: Bodies that this audience is not told of.
    """

    title: str
    subtitle: str
    caution: str
    stem: str
    office: str
    printed: datetime
    rounds: tuple[PaperRound, ...]
    lanes: tuple[tuple[str, tuple[str, ...]], ...]
    inside: bool = False
    missing: tuple[str, ...] = ()
    costs: tuple[tuple[str, int, int], ...] = ()
    cost: int = 0
    contradiction: tuple[str, ...] = ()
    left_out: int = 0

    @property
    def dates(self) -> tuple[PaperDate, ...]:
        """All sessions by time."""
        found = [one for each in self.rounds for one in each.dates]
        return tuple(sorted(found, key=lambda one: (one.start, one.organization)))


def plan_paper(
    place: Workplace, plan_id: int, office: str, audience: Audience = Audience.INTERN
) -> PlanPaper:
    """What a plan's paper says to an audience; whoever is outside reads dates, not how they came about.

    Args:
        office: What the office calls itself.

    Raises:
        Refusal: the plan is gone, or has no date for this audience.
    """
    plan = plan_view(place, plan_id)
    if plan is None:
        raise GONE
    told = _told(place, plan, audience)
    rounds = _rounds(plan, told, inside=audience is Audience.INTERN)
    if not any(one.dates for one in rounds):
        raise Refusal(
            "Es gibt nichts zu drucken.",
            f"Der Plan {plan.year} {plan.variant} hat keinen Termin"
            f"{', der nach außen gehört' if audience in OUTSIDE else ''}.",
            "Rechnen Sie ihn zuerst." if audience not in OUTSIDE else "",
        )
    return _paper(place, plan, told, rounds, office, audience)


def _paper(
    place: Workplace,
    plan: PlanView,
    told: Mapping[int, str],
    rounds: tuple[PaperRound, ...],
    office: str,
    audience: Audience,
) -> PlanPaper:
    inside = audience is Audience.INTERN
    count = sum(len(one.dates) for one in rounds)
    state = f"{plan.state_label} · " if plan.state == DRAFT or inside else ""
    bodies = plural(len(told), "Gremium", "Gremien")
    return PlanPaper(
        title=f"Sitzungsplan {plan.year}",
        subtitle=f"Variante {plan.variant} · {state}{plural(count, 'Termin', 'Termine')} von {bodies}",
        caution="" if audience in OUTSIDE else "nur für den Dienstgebrauch",
        stem=f"sitzungsplan-{plan.year}-{plan.variant.casefold()}",
        office=office,
        printed=place.now,
        rounds=rounds,
        lanes=_lanes(plan, told),
        inside=inside,
        missing=_missing(plan, told) if inside else (),
        costs=tuple((one.label, one.count, one.cost) for one in plan.costs) if inside else (),
        cost=plan.cost if inside else 0,
        contradiction=plan.contradiction if inside else (),
        left_out=len({one.organization_id for one in plan.dates}) - len(told),
    )


def _told(place: Workplace, plan: PlanView, audience: Audience) -> dict[int, str]:
    """The bodies that this audience may be told of, by key.

    Outside, a body that the office keeps as intern, as it does with every contact, is known from its public
    sessions; what is vertraulich or persönlich is on no paper.
    """
    from sqlalchemy import select

    from ob_buero_tui.store.people import Organization

    names = {one.organization_id: one.organization for one in plan.dates}
    wanted = Wanted(audience=audience)
    with place.reading() as session:
        query = select(Organization.id, Organization.confidentiality).where(Organization.id.in_(names))
        levels = {row.id: row.confidentiality for row in session.execute(query)}
        known = _sitting_in_public(session, names, wanted)
    told = {key for key, level in levels.items() if wanted.sees(level) is View.FULL}
    told |= {key for key in known if levels.get(key) == Confidentiality.INTERN.value}
    return {key: name for key, name in names.items() if key in told}


def _sitting_in_public(session: Session, keys: Collection[int], wanted: Wanted) -> set[int]:
    from sqlalchemy import select

    from ob_buero_tui.store.council import Meeting, MeetingOrganization

    levels = [level.value for level in Confidentiality if wanted.sees(level.value) is View.FULL]
    query = (
        select(MeetingOrganization.organization_id)
        .join(Meeting, Meeting.id == MeetingOrganization.meeting_id)
        .where(MeetingOrganization.organization_id.in_(keys))
        .where(Meeting.deleted.is_(False), Meeting.confidentiality.in_(levels))
    )
    return set(session.scalars(query))


def _rounds(plan: PlanView, told: Mapping[int, str], *, inside: bool) -> tuple[PaperRound, ...]:
    titles = {
        one.number: f"{one.number}. Sitzungsfolge, {date_range(one.first, one.last)}" for one in plan.rounds
    }
    numbers = sorted({one.round for one in plan.dates}, key=lambda number: (number == 0, number))
    return tuple(
        PaperRound(
            number=number,
            title=titles.get(number, "Außerhalb der Sitzungsfolgen"),
            dates=tuple(
                _date(one, one.start, inside=inside)
                for one in sorted(plan.dates, key=lambda one: (str(one.start), one.organization))
                if one.round == number and one.start is not None and one.organization_id in told
            ),
        )
        for number in numbers
    )


def _date(one: DateView, start: datetime, *, inside: bool) -> PaperDate:
    remarks = [
        *one.breaks,
        *(f"{each.text.rstrip('.')} ({plural(each.cost, 'Punkt', 'Punkte')})" for each in one.compromises),
    ]
    remarks += [one.note] if one.note else []
    return PaperDate(
        start=start,
        end=one.end,
        organization=one.organization,
        room=one.room,
        round=one.round,
        fixed=one.fixed and inside,
        remark="; ".join(text.rstrip(".") for text in remarks) if inside else "",
    )


def _lanes(plan: PlanView, told: Mapping[int, str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    days: dict[tuple[int, int], str] = {}
    for one in plan.dates:
        if one.start is not None:
            days[one.organization_id, one.round] = short_date(one.start.date())
    order = {one.organization_id: (one.step, one.organization) for one in plan.dates}
    return tuple(
        (told[key], tuple(days.get((key, one.number), "") for one in plan.rounds))
        for key in sorted(told, key=lambda key: order[key])
    )


def _missing(plan: PlanView, told: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(
        f"{one.organization}, Runde {one.round}: {'entfällt' if one.left_out else 'ohne Termin'}"
        for one in plan.dates
        if one.start is None and one.organization_id in told
    )


def remark_lines(paper: PlanPaper) -> tuple[str, ...]:
    """What speaks against single dates, a line each: „Di 12.01.2027 Rat: …“."""
    return tuple(
        f"{long_date(one.start.date())} {one.organization}: {one.remark}" for one in paper.dates if one.remark
    )
