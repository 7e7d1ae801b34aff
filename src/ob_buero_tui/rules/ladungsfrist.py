"""How long before a session its invitation must have arrived and gone out, with the count in words.

A rule is the office's data (`ladungsfristen.toml`), never the law in code. Counted back from the session,
n days lie before it; unless a rule says otherwise neither the day of receipt nor the session's day counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ob_buero_tui.rules.german import long_date, plural, short_date, weekday_short
from ob_buero_tui.rules.ladungsfrist_rule import (
    UNIT_WORDS,
    ClosureMode,
    Closures,
    FristUnit,
    LadungsfristRule,
    Period,
    RuleStep,
    Urgent,
)
from ob_buero_tui.rules.workdays import DayKind, WorkCalendar, move_back, shift

__all__ = [
    "UNIT_WORDS",
    "ClosureMode",
    "Closures",
    "FristUnit",
    "Ladung",
    "LadungsfristRule",
    "Period",
    "RuleStep",
    "Urgent",
    "counted_days",
    "day_kind",
    "ladung",
    "open_dispatch",
]

_ONE_DAY = timedelta(days=1)
_SEARCH_DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladung:
    """The last days for the invitation to one session, each with its count.

    Args:
        receipt: The last day of receipt, the legal date, never moved.
        first, last: The first and the last of the days that count.
        dispatch: The last open day to send it.
        dispatch_wanted: That day before it was moved back to an open one.
        receipt_text, dispatch_text: The counts in German.
    """

    receipt: date
    first: date
    last: date
    dispatch: date
    dispatch_wanted: date
    receipt_text: str
    dispatch_text: str


def ladung(rule: LadungsfristRule, session: date, cal: WorkCalendar) -> Ladung:
    """Count a rule back from the day of a session.

    Raises:
        OverflowError: A date lies outside the years 1 to 9999.
    """
    n = rule.n_on(session)
    first, last = counted_days(n, rule.unit, session, rule.count_session_day, cal, rule.closures)
    legal = first if rule.count_receipt_day else first - _ONE_DAY
    if rule.to_dispatch:
        wanted, receipt = legal, shift(cal, legal, rule.dispatch_days, day_kind(rule.dispatch_unit))
    else:
        wanted, receipt = shift(cal, legal, -rule.dispatch_days, day_kind(rule.dispatch_unit)), legal
    day, reason = open_dispatch(rule, wanted, cal)
    count = _count_text(rule, first, last, session, cal)
    return Ladung(
        receipt=receipt,
        first=first,
        last=last,
        dispatch=day,
        dispatch_wanted=wanted,
        receipt_text=_receipt_text(rule, receipt, wanted, session, count),
        dispatch_text=_dispatch_text(rule, receipt, wanted, day, reason, count),
    )


def day_kind(unit: FristUnit) -> DayKind:
    """Weeks and hours run over every day of the calendar."""
    if unit in (FristUnit.WOCHEN, FristUnit.STUNDEN):
        return DayKind.KALENDERTAGE
    return DayKind(unit.value)


def counted_days(
    n: int,
    unit: FristUnit,
    session: date,
    count_session_day: bool,
    cal: WorkCalendar,
    closures: Closures | None = None,
) -> tuple[date, date]:
    """Return the first and the last of the n days that lie before a session, or end with it.

    Raises:
        OverflowError: there are not so many days.
    """
    kind = day_kind(unit)
    left = n * 7 if unit is FristUnit.WOCHEN else n
    left_out = closures if closures is not None and closures.mode is ClosureMode.ZAEHLT_NICHT else None

    def counts(day: date) -> bool:
        return cal.counts(day, kind) and not (left_out is not None and left_out.reason(day, cal))

    last = session if count_session_day else session - _ONE_DAY
    while not counts(last):
        last -= _ONE_DAY
    if left_out is None:
        return shift(cal, last, 1 - left, kind), last
    first = last
    while left > 1:
        first -= _ONE_DAY
        left -= counts(first)
    return first, last


def open_dispatch(rule: LadungsfristRule, wanted: date, cal: WorkCalendar) -> tuple[date, str]:
    """Move a dispatch back to the last day on which the office is open and the rule lets it be sent.

    Returns:
        The day, and why the wanted one was none; empty where it was.
    """
    shut = rule.closures
    if shut is None or shut.mode is not ClosureMode.KEIN_VERSAND:
        moved = move_back(cal, wanted)
        return moved.day, moved.reason

    def why(day: date) -> str:
        return shut.reason(day, cal) or cal.open_reason(day) or ""

    reason = why(wanted)
    for back in range(min(_SEARCH_DAYS, wanted.toordinal() - 1) + 1):
        day = wanted - timedelta(days=back)
        if not why(day):
            return day, reason
    return wanted, ""


def _count_text(rule: LadungsfristRule, first: date, last: date, session: date, cal: WorkCalendar) -> str:
    """The days that count: „4 volle Kalendertage: So 6. bis Mi 9.12.“."""
    text = f"{rule.spoken_on(session)}: {_span(first, last, session)}"
    if day_kind(rule.unit) is not DayKind.KALENDERTAGE and not (cal.covers(first) and cal.covers(last)):
        text += f", Feiertage nur {cal.first.year} bis {cal.last.year} bekannt"
    left_out = rule.closures
    if left_out is not None and left_out.mode is ClosureMode.ZAEHLT_NICHT:
        text += ", ohne die Ferien"
        if left_out.school and not (cal.knows_school(first) and cal.knows_school(last)):
            text += ", Schulferien nicht bekannt"
    return text


def _receipt_text(rule: LadungsfristRule, receipt: date, wanted: date, session: date, count: str) -> str:
    day = short_date if receipt.year == session.year else long_date
    if rule.to_dispatch:
        text = f"die Frist zählt ab Versand; Zugang spätestens {day(receipt)}"
        if rule.dispatch_days:
            amount = plural(rule.dispatch_days, *UNIT_WORDS[rule.dispatch_unit])
            note = f" ({rule.dispatch_note})" if rule.dispatch_note else ""
            text = f"{text}, {amount} nach dem Versand {short_date(wanted)}{note}"
        return f"{text} ({rule.norm})"
    first_day = ", dem 1. Tag" if rule.count_receipt_day else ""
    return f"{count}; Zugang spätestens {day(receipt)}{first_day} ({rule.norm})"


def _span(first: date, last: date, session: date) -> str:
    """Return the days that count without what both ends share: „So 6. bis Mi 9.12.“."""
    day = short_date if first.year == session.year else long_date
    if first == last:
        return day(last)
    start = day(first)
    if (first.year, first.month) == (last.year, last.month):
        start = f"{weekday_short(first)} {first.day}."
    return f"{start} bis {day(last)}"


def _dispatch_text(
    rule: LadungsfristRule, receipt: date, wanted: date, day: date, reason: str, count: str
) -> str:
    note = f" ({rule.dispatch_note})" if rule.dispatch_note else ""
    if rule.to_dispatch:
        start = count
    elif rule.dispatch_days:
        amount = plural(rule.dispatch_days, *UNIT_WORDS[rule.dispatch_unit])
        start = f"{amount} vor dem Zugang {short_date(receipt)}{note}"
    else:
        start = f"am Tag des Zugangs {short_date(receipt)}{note}"
    shown = short_date if day.year == receipt.year else long_date
    text = f"{start}; Versand spätestens {shown(day)}"
    text = f"{text}, von {short_date(wanted)} vorgezogen ({reason})" if reason else text
    return f"{text} ({rule.norm})" if rule.to_dispatch else text
