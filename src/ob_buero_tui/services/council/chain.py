"""The chain of dates of sessions as traffic lights: counted for the rows that are shown, never stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.council import is_session, ladungsfrist_for, steps_for
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.rules.german import join
from ob_buero_tui.rules.ladungsfrist_rule import FristUnit, LadungsfristRule
from ob_buero_tui.rules.session_chain import BY_RULE, VERSAND, ZUGANG, ChainDate, ChainStep, chain
from ob_buero_tui.rules.workdays import DayKind, WorkCalendar, shift
from ob_buero_tui.services.council.sittings import Seat, Sitting, among
from ob_buero_tui.services.council.views import DeadlineView, Light
from ob_buero_tui.services.fetching import AMONG, Columns, fetch
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


Counted = dict[tuple[str, bool, datetime, str], tuple[ChainDate, ...]]
"""Chains by Ladungsfrist, whether it is confirmed, beginning of the session, and why it is urgent."""
KEPT_CHAINS = 1000


def _counted_by(place: Workplace, calendar: WorkCalendar) -> Counted:
    """What this office has counted by just these rules and days; what is shown again is not counted again.

    Catalog and calendar are compared as objects, as they never change.
    """
    kept = place.chains.get(0)
    if kept is None or kept[0] is not place.catalog or kept[1] is not calendar or len(kept[2]) > KEPT_CHAINS:
        kept = place.chains[0] = (place.catalog, calendar, {})
    counted: Counted = kept[2]
    return counted


@dataclass(frozen=True, slots=True)
class Chains:
    """The chains as one office counts them on one day."""

    catalog: Catalog
    calendar: WorkCalendar
    today: date
    steps: tuple[ChainStep, ...]
    soon: date
    """The last day on which a step is due rather than coming."""
    counted: Counted

    @classmethod
    def of(cls, session: Session, place: Workplace) -> Chains:
        """The chains as this office counts them today."""
        calendar, today = work_calendar(session, place), place.today
        ahead = place.catalog.council.soon + 1
        soon = shift(calendar, today, ahead, DayKind.ARBEITSTAGE) - timedelta(days=1)
        return cls(
            place.catalog, calendar, today, steps_for(place.catalog), soon, _counted_by(place, calendar)
        )

    def dates(self, sitting: Sitting) -> tuple[ChainDate, ...]:
        """The chain of a session; nothing for one that is none, was cancelled or has no beginning."""
        if sitting.start is None or sitting.cancelled or not is_session(self.catalog, sitting.name):
            return ()
        if len({seat.ladungsfrist for seat in sitting.seats}) < 2:
            # Of bodies with the same rule each one must have confirmed it.
            sure = bool(sitting.seats) and all(self._confirmed(seat) for seat in sitting.seats)
            return self._of_rule(sitting, sitting.ladungsfrist, sitting.start, sure=sure)
        return self._strictest(sitting, self._chains(sitting, sitting.start))

    def deciding(self, sitting: Sitting) -> Seat | None:
        """The body whose Ladungsfrist counts: the one that asks for the earliest Zugang, then Versand."""
        if sitting.start is None or len({seat.ladungsfrist for seat in sitting.seats}) < 2:
            return sitting.leading
        chains = self._chains(sitting, sitting.start)
        return min(chains, key=lambda one: (_day_of(one[1], ZUGANG), _day_of(one[1], VERSAND)))[0]

    def _chains(self, sitting: Sitting, start: datetime) -> list[tuple[Seat, tuple[ChainDate, ...]]]:
        return [
            (one, self._of_rule(sitting, one.ladungsfrist, start, sure=self._confirmed(one)))
            for one in sitting.seats
        ]

    def _confirmed(self, seat: Seat) -> bool:
        """Whether just the rule that counts now has been confirmed for a body."""
        if not seat.confirmed_as:
            return False
        from ob_buero_tui.rules.ladungsfrist_confirmed import counted_as

        rule = ladungsfrist_for(self.catalog, seat.ladungsfrist)
        return rule is not None and seat.confirmed_as == counted_as(rule)

    def _of_rule(
        self, sitting: Sitting, ladungsfrist: str, start: datetime, *, sure: bool
    ) -> tuple[ChainDate, ...]:
        """The chain by one rule: the shortened one of an urgent session, unless it may not be shortened."""
        why = sitting.urgent_note
        if not why:
            return self._chain(ladungsfrist, start, "", sure=sure)
        from ob_buero_tui.rules.ladungsfrist_urgent import never_shortened

        rule = ladungsfrist_for(self.catalog, ladungsfrist)
        if rule is None or not never_shortened(rule, sitting.titles):
            return self._chain(ladungsfrist, start, why, sure=sure)
        # Which item it is stays untold: its title may be nobody's business outside.
        told = f" · trotz Dringlichkeit die volle Frist: nie verkürzt bei {join(rule.always_full_for)}"
        return tuple(
            replace(one, text=one.text + told) if one.step.key in BY_RULE else one
            for one in self._chain(ladungsfrist, start, "", sure=sure)
        )

    def _strictest(
        self, sitting: Sitting, chains: Sequence[tuple[Seat, tuple[ChainDate, ...]]]
    ) -> tuple[ChainDate, ...]:
        """Of each step the earliest date that a body asks for: every one must be invited in time."""
        found: dict[str, tuple[Seat, ChainDate]] = {}
        for seat, dates in chains:
            for one in dates:
                if one.step.key not in found or one.on < found[one.step.key][1].on:
                    found[one.step.key] = (seat, one)
        order = {step.key: number for number, step in enumerate(self.steps)}
        told = (
            one if seat is sitting.leading else replace(one, text=f"{one.text} · Frist von {seat.short_name}")
            for seat, one in found.values()
        )
        return tuple(sorted(told, key=lambda one: (one.on, order[one.step.key])))

    def _chain(self, ladungsfrist: str, start: datetime, urgent: str, *, sure: bool) -> tuple[ChainDate, ...]:
        key = (ladungsfrist, sure, start, urgent)
        found = self.counted.get(key)
        if found is None:
            rule = ladungsfrist_for(self.catalog, ladungsfrist)
            rule = _sure(rule) if sure else rule
            found = self.counted[key] = chain(self.steps, rule, start, self.calendar, urgent)
        return found

    def deadlines(
        self,
        sitting: Sitting,
        ticked: Mapping[str, Any],
        shown: frozenset[str],
        until: date = date.max,
    ) -> tuple[DeadlineView, ...]:
        """The chain with its lights.

        What would have had to happen before a session that is over is no longer asked for, nor are the
        minutes of one long past; what was ticked stays.

        Args:
            ticked: The session's ticked steps by key, each with `done_on` and `done_by`.
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

    def _view(self, one: ChainDate, ticked: Any | None, shown: frozenset[str]) -> DeadlineView:
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


def _sure(rule: LadungsfristRule | None) -> LadungsfristRule | None:
    """A rule as a body sees it that has confirmed it, the shortened one with it."""
    if rule is None:
        return None
    urgent = replace(rule.urgent, unconfirmed=False) if rule.urgent is not None else None
    return replace(rule, unconfirmed=False, urgent=urgent)


def _day_of(dates: Sequence[ChainDate], key: str) -> date:
    return next((one.on for one in dates if one.step.key == key), date.max)


def ticked_steps(session: Session, ids: Sequence[int]) -> dict[int, dict[str, MeetingStep]]:
    """The ticked steps of some sessions, by session and key."""
    found: dict[int, dict[str, MeetingStep]] = {}
    for step in session.scalars(select(MeetingStep).where(MeetingStep.meeting_id.in_(among(ids)))):
        found.setdefault(step.meeting_id, {})[step.kind] = step
    return found


def shown_done(session: Session, sittings: Sequence[Sitting]) -> dict[int, frozenset[str]]:
    """What the council information system shows as done, by session: an invitation, minutes."""
    roles = {role: what for what, role in SHOWN_BY.items()}
    found: dict[int | None, set[str]] = {
        one.id: {what for what, states in SHOWN_BY_STATE.items() if one.state in states} for one in sittings
    }
    moved = {one.id for one in sittings if one.moved_from is not None}
    for meeting_id, role in fetch(session, _shown_links(), [one.id for one in sittings]):
        # The invitation that a postponed session has is one to its old day.
        if roles[role] != "einladung" or meeting_id not in moved:
            found[meeting_id].add(roles[role])
    return {one.id: frozenset(found[one.id]) for one in sittings}


@cache
def _shown_links() -> Columns:
    """Made once, as making it takes longer than reading."""
    return select(FileLink.meeting_id, FileLink.role).where(
        FileLink.meeting_id.in_(AMONG), FileLink.role.in_(SHOWN_BY.values())
    )


@cache
def _all_ticks() -> Columns:
    return select(MeetingStep.meeting_id, MeetingStep.kind, MeetingStep.done_on, MeetingStep.done_by).where(
        MeetingStep.meeting_id.in_(AMONG)
    )


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
    """The chains of some sessions up to a day, with their lights, by session.

    Args:
        until: Sessions without a step up to this day are left out.
    """
    chains = Chains.of(session, place)
    if until < date.max:  # most sessions of the months ahead have nothing to do yet
        sittings = [one for one in sittings if any(step.on <= until for step in chains.dates(one))]
    ticked: dict[int, dict[str, Any]] = {}
    for tick in fetch(session, _all_ticks(), [one.id for one in sittings]):
        ticked.setdefault(tick.meeting_id, {})[tick.kind] = tick
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
    for seat in sitting.seats:
        own = ladungsfrist_for(place.catalog, seat.ladungsfrist)
        if own is not None and seat.ladungsfrist not in ("", own.key):
            return f"Die Ladungsfrist „{seat.ladungsfrist}“ gibt es nicht mehr; es gilt „{own.label}“."
    return ""


def next_open(deadlines: Sequence[DeadlineView]) -> DeadlineView | None:
    """The step to tick next: the first one that is not done."""
    return next((one for one in deadlines if one.light is not Light.DONE), None)
