"""How long before a session its invitation must have arrived and gone out, with the count in words.

A rule is the office's data (`ladungsfristen.toml`), never the law in code. Counted back from the session,
n days lie before it; unless a rule says otherwise neither the day of receipt nor the session's day counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from ob_buero_tui.rules.german import clock, join, long_date, plural, short_date, weekday_short
from ob_buero_tui.rules.workdays import DayKind, WorkCalendar, move_back, shift

_ONE_DAY = timedelta(days=1)


class FristUnit(StrEnum):
    """What a Ladungsfrist is counted in."""

    KALENDERTAGE = "kalendertage"
    WERKTAGE = "werktage"
    ARBEITSTAGE = "arbeitstage"
    WOCHEN = "wochen"
    STUNDEN = "stunden"


UNIT_WORDS = {
    FristUnit.KALENDERTAGE: ("Kalendertag", "Kalendertage"),
    FristUnit.WERKTAGE: ("Werktag", "Werktage"),
    FristUnit.ARBEITSTAGE: ("Arbeitstag", "Arbeitstage"),
    FristUnit.WOCHEN: ("Woche", "Wochen"),
    FristUnit.STUNDEN: ("Stunde", "Stunden"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgent:
    """How a Ladungsfrist may be shortened.

    Args:
        n: What is left of it, counted as the rule counts; hours run on the wall clock. None: no least time.
        unit: What n is counted in.
        hint_required: Whether the invitation must say that it was shortened.
        council_determines: Whether the body must find that it is urgent before it enters the agenda.
        note: What else is asked, in German; may be empty.
    """

    n: int | None = None
    unit: FristUnit = FristUnit.KALENDERTAGE
    hint_required: bool = False
    council_determines: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LadungsfristRule:
    """One rule of how long before a session its invitation must have arrived.

    Args:
        key: Its name in the database.
        label: Its German name, for choosing.
        text: How the count reads, with `{n}` for the number: „{n} volle Kalendertage“.
        norm: Where it stands: „§ 34 Abs. 3 GemO RP“.
        source: Where the office has it from.
        land: Two letters of the Land it belongs to.
        default: Whether it counts for every body of that Land that has no rule of its own.
        n: How many days or weeks; an `unit` of hours is for urgent sessions only.
        count_receipt_day: Whether the day of receipt is the first of them.
        count_session_day: Whether the session's day is the last of them.
        dispatch_days: Days from dispatch to receipt: what the law presumes, or the office's own margin.
        dispatch_unit: What they are counted in.
        dispatch_note: What they are, in German.
        urgent: How it may be shortened; None where nothing is known.
        always_full_for: What it may never be shortened for.
        unconfirmed: True while nobody has confirmed the rule.
        hint: What to do to confirm it, in German; may be empty.
    """

    key: str
    label: str
    text: str
    norm: str
    source: str
    n: int
    unit: FristUnit = FristUnit.KALENDERTAGE
    land: str = ""
    default: bool = False
    count_receipt_day: bool = False
    count_session_day: bool = False
    dispatch_days: int = 0
    dispatch_unit: FristUnit = FristUnit.KALENDERTAGE
    dispatch_note: str = ""
    urgent: Urgent | None = None
    always_full_for: tuple[str, ...] = ()
    unconfirmed: bool = False
    hint: str = ""

    @property
    def spoken(self) -> str:
        """The count without dates: „4 volle Kalendertage“."""
        return self.text.replace("{n}", str(self.n))


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortened:
    """Until when an urgent invitation may arrive; `on` is None where no least time is laid down."""

    on: date | None
    at: time | None
    text: str


def ladung(rule: LadungsfristRule, session: date, cal: WorkCalendar) -> Ladung:
    """Count a rule back from the day of a session.

    Raises:
        OverflowError: A date lies outside the years 1 to 9999.
    """
    first, last = _counted(rule.n, rule.unit, session, rule.count_session_day, cal)
    receipt = first if rule.count_receipt_day else first - _ONE_DAY
    wanted = shift(cal, receipt, -rule.dispatch_days, _kind(rule.dispatch_unit))
    moved = move_back(cal, wanted)
    return Ladung(
        receipt=receipt,
        first=first,
        last=last,
        dispatch=moved.day,
        dispatch_wanted=wanted,
        receipt_text=_receipt_text(rule, receipt, first, last, session, cal),
        dispatch_text=_dispatch_text(rule, receipt, wanted, moved.day, moved.reason),
    )


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
    on, at = _urgent_receipt(rule, urgent, start, cal)
    until = ""
    if on is not None:
        until = f" bis {short_date(on)}{f' {clock(at)}' if at else ''}"
    said = [f"in dringenden Fällen kürzer: Zugang{until}" if on else "in dringenden Fällen kürzer"]
    if urgent.hint_required:
        said.append("die Einladung muss darauf hinweisen")
    if urgent.council_determines:
        said.append("das Gremium stellt die Dringlichkeit vor der Tagesordnung fest")
    said += [urgent.note] if urgent.note else []
    if rule.always_full_for:
        said.append(f"nie bei {join(rule.always_full_for)}")
    return Shortened(on=on, at=at, text="; ".join(said))


def _urgent_receipt(
    rule: LadungsfristRule, urgent: Urgent, start: datetime, cal: WorkCalendar
) -> tuple[date | None, time | None]:
    if urgent.n is None:
        return None, None
    if urgent.unit is FristUnit.STUNDEN:
        moment = start - timedelta(hours=urgent.n)
        return moment.date(), moment.time()
    if urgent.n == 0:
        return start.date() - _ONE_DAY, None
    first, _ = _counted(urgent.n, urgent.unit, start.date(), rule.count_session_day, cal)
    return (first if rule.count_receipt_day else first - _ONE_DAY), None


def _kind(unit: FristUnit) -> DayKind:
    """Weeks and hours run over every day of the calendar."""
    if unit in (FristUnit.WOCHEN, FristUnit.STUNDEN):
        return DayKind.KALENDERTAGE
    return DayKind(unit.value)


def _counted(
    n: int, unit: FristUnit, session: date, count_session_day: bool, cal: WorkCalendar
) -> tuple[date, date]:
    """Return the first and the last of the n days that lie before a session, or end with it."""
    kind = _kind(unit)
    days = n * 7 if unit is FristUnit.WOCHEN else n
    last = session if count_session_day else session - _ONE_DAY
    while not cal.counts(last, kind):
        last -= _ONE_DAY
    return shift(cal, last, 1 - days, kind), last


def _receipt_text(
    rule: LadungsfristRule, receipt: date, first: date, last: date, session: date, cal: WorkCalendar
) -> str:
    day = short_date if receipt.year == session.year else long_date
    first_day = ", dem 1. Tag" if rule.count_receipt_day else ""
    text = f"{rule.spoken}: {_span(first, last, session)}; Zugang spätestens {day(receipt)}{first_day}"
    if _kind(rule.unit) is not DayKind.KALENDERTAGE and not (cal.covers(first) and cal.covers(last)):
        text += f", Feiertage nur {cal.first.year} bis {cal.last.year} bekannt"
    return f"{text} ({rule.norm})"


def _span(first: date, last: date, session: date) -> str:
    """Return the days that count without what both ends share: „So 6. bis Mi 9.12.“."""
    day = short_date if first.year == session.year else long_date
    if first == last:
        return day(last)
    start = day(first)
    if (first.year, first.month) == (last.year, last.month):
        start = f"{weekday_short(first)} {first.day}."
    return f"{start} bis {day(last)}"


def _dispatch_text(rule: LadungsfristRule, receipt: date, wanted: date, day: date, reason: str) -> str:
    note = f" ({rule.dispatch_note})" if rule.dispatch_note else ""
    if rule.dispatch_days:
        amount = plural(rule.dispatch_days, *UNIT_WORDS[rule.dispatch_unit])
        start = f"{amount} vor dem Zugang {short_date(receipt)}{note}"
    else:
        start = f"am Tag des Zugangs {short_date(receipt)}{note}"
    shown = short_date if day.year == receipt.year else long_date
    text = f"{start}; Versand spätestens {shown(day)}"
    return f"{text}, von {short_date(wanted)} vorgezogen ({reason})" if reason else text
