"""The chain of dates of a session: from the last motions to the minutes, each with its count in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import lru_cache

from ob_buero_tui.rules.deadlines import Bases, Due, Offset, Unit, resolve
from ob_buero_tui.rules.german import clock, plural
from ob_buero_tui.rules.ladungsfrist import UNIT_WORDS, FristUnit, LadungsfristRule, RuleStep, ladung
from ob_buero_tui.rules.workdays import WorkCalendar

VERSAND, ZUGANG = "versand", "zugang"
BY_RULE = (VERSAND, ZUGANG)
"""Steps whose dates are those of the Ladungsfrist."""
SITZUNG = "sitzung"
TERMIN = "termin"
_SESSION = "Sitzung"
_LADUNGSFRIST = "Ladungsfrist"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStep:
    """One step of the way to a session and after it.

    Args:
        key: Its name in the database.
        label: Its German name.
        offset: How it is counted; None for Versand and Zugang, which the Ladungsfrist counts.
        move_to_open: Whether its date moves back to an open day.
        met_by: What of a council information system shows that it is done: `einladung`, `niederschrift`, or
            nothing.
        laender: The Länder it is for; none: for all that have no step of this key of their own.
        source: Where it comes from.
        unconfirmed: True while nobody has confirmed it.
        at: Until which time of its day; None: the whole day.
        by_rule: Whether the body's own Ladungsfrist counts it instead of council.toml.
    """

    key: str
    label: str
    offset: Offset | None = None
    move_to_open: bool = True
    met_by: str = ""
    laender: tuple[str, ...] = ()
    source: str = ""
    unconfirmed: bool = False
    at: time | None = None
    by_rule: bool = False

    @property
    def after_session(self) -> bool:
        """Whether it comes after the session."""
        return self.offset is not None and self.offset.basis == TERMIN and self.offset.amount > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainDate:
    """One step of one session with its date.

    Args:
        step: The step.
        on: Its day.
        at: Its time of day, wall time; None: the whole day.
        rule: The count without dates.
        text: The count with its dates.
        source: Where the rule comes from.
        unconfirmed: True while nobody has confirmed it.
        urgent: What is still possible when the day has passed; empty where nothing is known.
    """

    step: ChainStep
    on: date
    at: time | None = None
    rule: str
    text: str
    source: str
    unconfirmed: bool
    urgent: str = ""


@dataclass(frozen=True, slots=True)
class _Spec:
    """What `resolve` takes."""

    key: str
    offset: Offset
    move_to_open: bool


def chain(
    steps: Sequence[ChainStep],
    rule: LadungsfristRule | None,
    start: datetime,
    cal: WorkCalendar,
    urgent: str = "",
) -> tuple[ChainDate, ...]:
    """Count all steps of a session, in the order of their dates.

    Steps that build on the Ladungsfrist are left out where there is none; so is what lies outside the
    calendar. Steps that the rule counts itself take the place of those of the same key.

    Args:
        steps: The steps in their usual order.
        rule: The body's Ladungsfrist.
        start: The session's beginning, wall time.
        cal: Holidays and closed days of the office.
        urgent: Why the Ladungsfrist is shortened; empty: it is not.
    """
    if rule is not None and rule.steps:
        steps = _with_own(steps, rule, start)
    found = _by_rule(steps, rule, start, cal, urgent)
    labels = {one.key: one.label for one in steps} | {TERMIN: _SESSION}
    bases = Bases(received=start, event_start=start, labels=labels)
    known = {one.step.key: Due(key=one.step.key, on=one.on, text=one.text) for one in found.values()}
    specs = [_Spec(one.key, one.offset, one.move_to_open) for one in steps if one.offset is not None]
    counted = resolve(specs, bases, cal, known=known)
    for step in steps:
        if step.key in counted and step.offset is not None:
            found[step.key] = _counted(step, step.offset, counted[step.key], labels)
    order = {step.key: number for number, step in enumerate(steps)}
    return tuple(sorted(found.values(), key=lambda one: (one.on, order[one.step.key])))


def _with_own(steps: Sequence[ChainStep], rule: LadungsfristRule, start: datetime) -> tuple[ChainStep, ...]:
    """The steps with those that the rule counts itself; it cannot count Versand and Zugang a second time."""
    own = {one.key: one for one in rule.steps if one.key not in BY_RULE}
    return tuple(_own(step, own[step.key], rule, start) if step.key in own else step for step in steps)


def _own(step: ChainStep, own: RuleStep, rule: LadungsfristRule, start: datetime) -> ChainStep:
    days = -own.n_on(start.date())
    amount, unit = (7 * days, Unit.KALENDERTAGE) if own.unit is FristUnit.WOCHEN else (days, Unit(own.unit))
    return replace(
        step,
        offset=Offset(amount=amount, unit=unit, basis=TERMIN),
        at=own.at,
        source=rule.source,
        unconfirmed=rule.unconfirmed,
        by_rule=True,
    )


def _by_rule(
    steps: Sequence[ChainStep],
    rule: LadungsfristRule | None,
    start: datetime,
    cal: WorkCalendar,
    urgent: str,
) -> dict[str, ChainDate]:
    """Return the dates of Versand and Zugang, as far as they are among the steps."""
    wanted = [step for step in steps if step.key in BY_RULE]
    if rule is None or not wanted:
        return {}
    count = _shortened if urgent and rule.urgent is not None else _full
    try:
        return {step.key: count(step, rule, start, cal, urgent) for step in wanted}
    except OverflowError:
        return {}


def _full(
    step: ChainStep, rule: LadungsfristRule, start: datetime, cal: WorkCalendar, _urgent: str
) -> ChainDate:
    counted = ladung(rule, start.date(), cal)
    sent = step.key == VERSAND
    may_be = ""
    if not sent and rule.urgent is not None:
        from ob_buero_tui.rules.ladungsfrist_urgent import shortened

        found = shortened(rule, start, cal)
        may_be = found.text if found is not None else ""
    text = counted.dispatch_text if sent else counted.receipt_text
    return _of_rule(step, rule, counted.dispatch if sent else counted.receipt, text, start, may_be=may_be)


def _shortened(
    step: ChainStep, rule: LadungsfristRule, start: datetime, cal: WorkCalendar, urgent: str
) -> ChainDate:
    from ob_buero_tui.rules.ladungsfrist_urgent import urgent_ladung

    counted = urgent_ladung(rule, start, cal, urgent)
    if step.key == VERSAND:
        return _of_rule(step, rule, counted.dispatch, counted.dispatch_text, start)
    return _of_rule(step, rule, counted.receipt, counted.receipt_text, start, at=counted.receipt_at)


def _of_rule(
    step: ChainStep,
    rule: LadungsfristRule,
    on: date,
    text: str,
    start: datetime,
    *,
    at: time | None = None,
    may_be: str = "",
) -> ChainDate:
    hint = f" · {rule.hint}" if rule.unconfirmed and rule.hint else ""
    return ChainDate(
        step=step,
        on=on,
        at=at,
        rule=f"{_LADUNGSFRIST} {rule.spoken_on(start.date())} ({rule.norm})",
        text=text + hint,
        source=rule.source,
        unconfirmed=rule.unconfirmed or step.unconfirmed,
        urgent=may_be,
    )


def _counted(step: ChainStep, offset: Offset, due: Due, labels: Mapping[str, str]) -> ChainDate:
    until = f", bis {clock(step.at)}" if step.at is not None else ""
    return ChainDate(
        step=step,
        on=due.on,
        at=step.at or (due.at if offset.basis != TERMIN or offset.amount else None),
        rule=_rule(offset, labels.get(offset.basis.rpartition(":")[2], offset.basis)) + until,
        text=(f"{due.text}, {due.moved}" if due.moved else due.text) + until,
        source=step.source,
        unconfirmed=step.unconfirmed,
    )


@lru_cache(maxsize=256)
def _rule(offset: Offset, label: str) -> str:
    """Return an offset in German without dates: „10 Kalendertage vor Versand“."""
    if not offset.amount:
        return f"am selben Tag wie {label}"
    amount = plural(abs(offset.amount), *UNIT_WORDS[FristUnit(offset.unit.value)])
    return f"{amount} {'vor' if offset.amount < 0 else 'nach'} {label}"
