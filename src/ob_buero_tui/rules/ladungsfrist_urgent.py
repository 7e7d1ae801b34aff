"""The shortened Ladungsfrist of an urgent session: until when it may arrive, and what it needs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fnmatch import fnmatchcase

from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.german import clock, join, plural, short_date
from ob_buero_tui.rules.ladungsfrist import counted_days, open_dispatch
from ob_buero_tui.rules.ladungsfrist_rule import FristUnit, LadungsfristRule, Urgent
from ob_buero_tui.rules.workdays import WorkCalendar

_ONE_DAY = timedelta(days=1)
_URGENT = "in dringenden Fällen"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortened:
    """Until when an urgent invitation may arrive.

    Args:
        on: The last day of receipt; None where no least time is laid down.
        at: Until which time of that day.
        text: What the law or the Geschäftsordnung says, in German.
    """

    on: date | None
    at: time | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentLadung:
    """The last days for the invitation to a session whose Ladungsfrist is shortened."""

    receipt: date
    receipt_at: time | None
    dispatch: date
    receipt_text: str
    dispatch_text: str


def shortened(rule: LadungsfristRule, start: datetime, cal: WorkCalendar) -> Shortened | None:
    """Say until when an urgent invitation may arrive and what it needs; None where the rule knows no such.

    Args:
        rule: The Ladungsfrist.
        start: Beginning of the session, wall time.
        cal: Holidays and closed days of the office.
    """
    urgent = rule.urgent
    if urgent is None:
        return None
    on, at = _receipt(rule, urgent, start, cal)
    case = urgent.case or _URGENT
    if urgent.without_frist:
        said = [f"{case} ohne Frist"]
    elif on is not None:
        said = [f"{case} kürzer: Zugang bis {short_date(on)}{f' {clock(at)}' if at else ''}"]
    else:
        said = [f"{case} kürzer"]
    return Shortened(on=on, at=at, text="; ".join([*said, *conditions(rule)]))


def conditions(rule: LadungsfristRule) -> tuple[str, ...]:
    """What a shortened Ladungsfrist asks of the office, in German."""
    urgent = rule.urgent
    if urgent is None:
        return ()
    asked = (
        ("die Einladung muss darauf hinweisen", urgent.hint_required),
        ("die Gründe stehen in der Einladung", urgent.reasons_required),
        ("das Gremium stellt die Dringlichkeit vor der Tagesordnung fest", urgent.council_determines),
        (f"nicht, wenn {urgent.objection} der Mitglieder widerspricht", bool(urgent.objection)),
        (urgent.note, bool(urgent.note)),
        (f"nie bei {join(rule.always_full_for)}", bool(rule.always_full_for)),
        ("unbestätigt", urgent.unconfirmed and not rule.unconfirmed),
    )
    return tuple(text for text, holds in asked if holds)


def urgent_ladung(rule: LadungsfristRule, start: datetime, cal: WorkCalendar, why: str) -> UrgentLadung:
    """Count the shortened Ladungsfrist of a session; without a least time it must arrive before it begins.

    Args:
        why: The ground that the office has given.

    Raises:
        OverflowError: A date lies outside the years 1 to 9999.
    """
    urgent = rule.urgent or Urgent()
    on, at = _receipt(rule, urgent, start, cal)
    receipt = on if on is not None else start.date()
    if on is None:
        at = start.time()
    wanted = receipt - timedelta(days=urgent.dispatch_days)
    # What is urgent is sent on a Saturday too, so it is not moved to before the day it became so.
    until = f" {clock(at)}" if at else ""
    asked = "".join(f"; {one}" for one in conditions(rule))
    told = f"verkürzt ({why})"
    dispatch_text = f"{told}: Versand spätestens {short_date(wanted)}"
    if urgent.dispatch_days:
        amount = plural(urgent.dispatch_days, "Kalendertag", "Kalendertage")
        dispatch_text += f", {amount} vor dem Zugang {short_date(receipt)}"
    closed = open_dispatch(rule, wanted, cal)[1]
    return UrgentLadung(
        receipt=receipt,
        receipt_at=at,
        dispatch=wanted,
        receipt_text=f"{told}: Zugang spätestens {short_date(receipt)}{until}{asked} ({rule.norm})",
        dispatch_text=dispatch_text + (f"; das Büro ist dann geschlossen ({closed})" if closed else ""),
    )


def never_shortened(rule: LadungsfristRule, titles: Iterable[str]) -> tuple[str, ...]:
    """Return the titles of an agenda for which this rule may never be shortened."""
    patterns = [fold(one) for one in rule.always_full_words]
    return tuple(
        one
        for one in titles
        if any(fnmatchcase(word, pattern) for word in _WORD.findall(fold(one)) for pattern in patterns)
    )


def _receipt(
    rule: LadungsfristRule, urgent: Urgent, start: datetime, cal: WorkCalendar
) -> tuple[date | None, time | None]:
    if urgent.n is None or urgent.without_frist:
        return None, None
    if urgent.unit is FristUnit.STUNDEN:
        moment = start - timedelta(hours=urgent.n)
        return moment.date(), moment.time()
    if urgent.n == 0:
        return start.date() - _ONE_DAY, None
    first, _ = counted_days(urgent.n, urgent.unit, start.date(), rule.count_session_day, cal, rule.closures)
    return (first if rule.count_receipt_day else first - _ONE_DAY), None
