"""The chain of dates of sessions as traffic lights: counted for the rows that are shown, never stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.council import is_session, ladungsfrist_for, steps_for
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.rules.ladungsfrist import FristUnit
from ob_buero_tui.rules.session_chain import ChainDate, ChainStep, chain
from ob_buero_tui.rules.workdays import DayKind, WorkCalendar, shift
from ob_buero_tui.services.council.sittings import Sitting
from ob_buero_tui.services.council.views import DeadlineView, Light
from ob_buero_tui.services.workcalendar import work_calendar
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import FileLink, MeetingStep

SHOWN_BY = {"einladung": "invitation", "niederschrift": "results_protocol"}
"""What shows that a step is done, and the role of the file that does."""
SHOWN_BY_STATE = {"einladung": ("eingeladen", "durchgeführt"), "niederschrift": ()}
"""States of a session (OParl) that show the same."""
SHOWN_TEXT = {
    "einladung": "laut Ratsinformationssystem eingeladen",
    "niederschrift": "die Niederschrift liegt vor",
}
NO_START = "Ohne Beginn lässt sich keine Frist rechnen."
NO_SESSION = "Keine Sitzung: es gibt keine Fristen."
CANCELLED = "Abgesagt: es gibt keine Fristen."


Counted = dict[tuple[str, datetime], tuple[ChainDate, ...]]
KEPT_CHAINS = 1000


@dataclass(slots=True)
class _Kept:
    """Chains counted by one catalog and calendar; what is shown again is not counted again."""

    catalog: Catalog | None = None
    calendar: WorkCalendar | None = None
    counted: Counted = field(default_factory=dict)


_kept = _Kept()


def _counted_by(catalog: Catalog, calendar: WorkCalendar) -> Counted:
    """What was counted by just these rules and days; they are compared as objects, as they never change."""
    global _kept
    if _kept.catalog is not catalog or _kept.calendar is not calendar or len(_kept.counted) > KEPT_CHAINS:
        _kept = _Kept(catalog, calendar)
    return _kept.counted


@dataclass(frozen=True, slots=True)
class Chains:
    """The chains as one office counts them on one day."""

    catalog: Catalog
    calendar: WorkCalendar
    today: date
    steps: tuple[ChainStep, ...]
    soon: date
    """The last day on which a step is due rather than coming."""

    @classmethod
    def of(cls, session: Session, place: Workplace) -> Chains:
        """The chains as this office counts them today."""
        calendar, today = work_calendar(session, place), place.today
        ahead = place.catalog.council.soon + 1
        soon = shift(calendar, today, ahead, DayKind.ARBEITSTAGE) - timedelta(days=1)
        return cls(place.catalog, calendar, today, steps_for(place.catalog), soon)

    def dates(self, sitting: Sitting) -> tuple[ChainDate, ...]:
        """The chain of a session; nothing for one that is none, was cancelled or has no beginning."""
        if sitting.start is None or sitting.cancelled or not is_session(self.catalog, sitting.name):
            return ()
        rule = ladungsfrist_for(self.catalog, sitting.ladungsfrist)
        counted = _counted_by(self.catalog, self.calendar)
        key = (rule.key if rule else "", sitting.start)
        found = counted.get(key)
        if found is None:
            found = counted[key] = chain(self.steps, rule, sitting.start, self.calendar)
        return found

    def deadlines(
        self,
        sitting: Sitting,
        ticked: Mapping[str, MeetingStep],
        shown: frozenset[str],
        until: date = date.max,
    ) -> tuple[DeadlineView, ...]:
        """The chain with its lights.

        What would have had to happen before a session that is over is no longer asked for, nor are the
        minutes of one long past; what was ticked stays.

        Args:
            ticked: The session's ticked steps by key.
            shown: What the council information system shows as done, keys of `SHOWN_BY`.
            until: Steps after this day are left out.
        """
        if sitting.start is None:
            return ()
        if sitting.start.date() < self.today - timedelta(days=self.catalog.council.minutes_days):
            if not ticked:
                return ()
            shown = frozenset()
        return tuple(
            self._view(one, ticked.get(one.step.key), shown)
            for one in self.dates(sitting)
            if one.on <= until
            and (one.step.key in ticked or one.step.met_by in shown or self._asked(one.step, sitting))
        )

    def _asked(self, step: ChainStep, sitting: Sitting) -> bool:
        if sitting.start is None:
            return False
        day = sitting.start.date()
        if not step.after_session:
            return day >= self.today
        return day >= self.today - timedelta(days=self.catalog.council.minutes_days)

    def _view(self, one: ChainDate, ticked: MeetingStep | None, shown: frozenset[str]) -> DeadlineView:
        light, text = self._light(one.on), one.text
        if ticked is not None:
            light = Light.DONE
        elif one.step.met_by in shown:
            light, text = Light.DONE, f"{text} · {SHOWN_TEXT[one.step.met_by]}"
        elif light is Light.LATE and one.urgent:
            text = f"{text} · {one.urgent}"
        return DeadlineView(
            kind=one.step.key,
            label=one.step.label,
            on=one.on,
            at=one.at,
            rule=one.rule,
            text=text,
            source=one.source,
            unconfirmed=one.unconfirmed,
            light=light,
            done_on=ticked.done_on if ticked is not None else None,
            done_by=ticked.done_by if ticked is not None else "",
        )

    def _light(self, on: date) -> Light:
        if on < self.today:
            return Light.LATE
        return Light.DUE if on <= self.soon else Light.COMING


def ticked_steps(session: Session, ids: Sequence[int]) -> dict[int, dict[str, MeetingStep]]:
    """The ticked steps of some sessions, by session and key."""
    found: dict[int, dict[str, MeetingStep]] = {}
    for step in session.scalars(select(MeetingStep).where(MeetingStep.meeting_id.in_(ids))):
        found.setdefault(step.meeting_id, {})[step.kind] = step
    return found


def shown_done(session: Session, sittings: Sequence[Sitting]) -> dict[int, frozenset[str]]:
    """What the council information system shows as done, by session: an invitation, minutes."""
    roles = {role: what for what, role in SHOWN_BY.items()}
    links = select(FileLink.meeting_id, FileLink.role).where(
        FileLink.meeting_id.in_([one.id for one in sittings]), FileLink.role.in_(roles)
    )
    found: dict[int | None, set[str]] = {
        one.id: {what for what, states in SHOWN_BY_STATE.items() if one.state in states} for one in sittings
    }
    for meeting_id, role in session.execute(links):
        found[meeting_id].add(roles[role])
    return {one.id: frozenset(found[one.id]) for one in sittings}


def lookahead(place: Workplace) -> timedelta:
    """How long before its session the first step of a chain may lie at most, generously."""
    steps = [-one.offset.amount for one in steps_for(place.catalog) if one.offset and one.offset.amount < 0]
    rules = [
        one.n * (7 if one.unit is FristUnit.WOCHEN else 2) + 2 * one.dispatch_days
        for one in place.catalog.ladungsfristen.values()
    ]
    # Twice, as only five of seven days may count; a month more for holidays in a row.
    return timedelta(days=2 * sum(steps) + max(rules, default=0) + 30)


def chains_of(
    session: Session, place: Workplace, sittings: Sequence[Sitting], until: date = date.max
) -> dict[int, tuple[DeadlineView, ...]]:
    """The chains of some sessions up to a day, with their lights, by session."""
    chains = Chains.of(session, place)
    ticked = ticked_steps(session, [one.id for one in sittings])
    shown = shown_done(session, sittings)
    return {one.id: chains.deadlines(one, ticked.get(one.id, {}), shown[one.id], until) for one in sittings}


def remark(place: Workplace, sitting: Sitting) -> str:
    """Why there is no chain, or what it lacks, in German."""
    if sitting.cancelled:
        return CANCELLED
    if not is_session(place.catalog, sitting.name):
        return NO_SESSION
    if sitting.start is None:
        return NO_START
    rule = ladungsfrist_for(place.catalog, sitting.ladungsfrist)
    if rule is None:
        land = place.catalog.region
        return f"Für das Land {land} ist keine Ladungsfrist eingetragen (ladungsfristen.toml)."
    if sitting.ladungsfrist and rule.key != sitting.ladungsfrist:
        return f"Die Ladungsfrist „{sitting.ladungsfrist}“ gibt es nicht mehr; es gilt „{rule.label}“."
    return ""


def next_open(deadlines: Sequence[DeadlineView]) -> DeadlineView | None:
    """The step to tick next: the first one that is not done."""
    return next((one for one in deadlines if one.light is not Light.DONE), None)
