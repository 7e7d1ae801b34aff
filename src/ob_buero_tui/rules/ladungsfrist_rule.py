"""What a rule of how long before a session its invitation must have arrived is made of: the office's data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from ob_buero_tui.rules.german import WEEKDAYS, join
from ob_buero_tui.rules.workdays import WorkCalendar


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


class ClosureMode(StrEnum):
    """What becomes of days in the Ferien: they count no day, or nothing is sent on them."""

    ZAEHLT_NICHT = "zaehlt_nicht"
    KEIN_VERSAND = "kein_versand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A time of every year in which a body rests; it may run over New Year.

    Args:
        name: What it is called: „Sommerpause“.
        first, last: Month and day of its first and last day.
    """

    name: str
    first: tuple[int, int]
    last: tuple[int, int]

    def covers(self, day: date) -> bool:
        """Whether a day lies in it."""
        at = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Closures:
    """The Ferien as a rule sees them.

    Args:
        mode: What becomes of their days.
        school: Whether the school holidays of the Land are among them.
        periods: The body's own.
    """

    mode: ClosureMode
    school: bool = False
    periods: tuple[Period, ...] = ()

    def reason(self, day: date, cal: WorkCalendar) -> str:
        """What a day lies in; empty where it lies in none."""
        if self.school and (found := cal.school_holidays(day)) is not None:
            return found.name
        return next((one.name for one in self.periods if one.covers(day)), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleStep:
    """A step of the chain of dates as this rule counts it, in place of council.toml: „Anträge bis 10 Uhr“.

    Args:
        key: The step, such as `antragsschluss`.
        n: How many days before the session, the day of the session not counted; after it where negative.
        unit: What they are counted in.
        weekdays: Other numbers by the weekday of the session, 0 for Monday.
        at: Until which time of day; None: the whole day.
    """

    key: str
    n: int
    unit: FristUnit = FristUnit.KALENDERTAGE
    weekdays: tuple[tuple[int, int], ...] = ()
    at: time | None = None

    def n_on(self, session: date) -> int:
        """How many days before the session of this day."""
        return dict(self.weekdays).get(session.weekday(), self.n)


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgent:
    """How a Ladungsfrist may be shortened.

    Args:
        n: What is left of it, counted as the rule counts; hours run on the wall clock. None: no least time.
        unit: What n is counted in.
        without_frist: Whether there is none at all then.
        case: When that is allowed, in German; empty: in urgent cases.
        dispatch_days: Days from dispatch to receipt then.
        hint_required: Whether the invitation must say that it was shortened.
        reasons_required: Whether it must say why.
        council_determines: Whether the body must find that it is urgent before it enters the agenda.
        objection: The part of the members whose objection prevents it: „ein Drittel“; empty for none.
        note: What else is asked, in German; may be empty.
        unconfirmed: True while nobody has confirmed it, though the rule itself is.
    """

    n: int | None = None
    unit: FristUnit = FristUnit.KALENDERTAGE
    without_frist: bool = False
    case: str = ""
    dispatch_days: int = 0
    hint_required: bool = False
    reasons_required: bool = False
    council_determines: bool = False
    objection: str = ""
    note: str = ""
    unconfirmed: bool = False


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
        weekdays: Other numbers by the weekday of the session, 0 for Monday.
        to_dispatch: Whether the days lie between dispatch and session instead of receipt and session.
        count_receipt_day: Whether the day of receipt (of dispatch) is the first of them.
        count_session_day: Whether the session's day is the last of them.
        dispatch_days: Days from dispatch to receipt: what the law presumes, or the office's own margin.
        dispatch_unit: What they are counted in.
        dispatch_note: What they are, in German.
        urgent: How it may be shortened; None where nothing is known.
        always_full_for: What it may never be shortened for.
        always_full_words: Patterns of words in the titles of such items: „neuwahl*“.
        closures: The Ferien, where they matter.
        steps: Steps of the chain that this rule counts itself.
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
    weekdays: tuple[tuple[int, int], ...] = ()
    to_dispatch: bool = False
    count_receipt_day: bool = False
    count_session_day: bool = False
    dispatch_days: int = 0
    dispatch_unit: FristUnit = FristUnit.KALENDERTAGE
    dispatch_note: str = ""
    urgent: Urgent | None = None
    always_full_for: tuple[str, ...] = ()
    always_full_words: tuple[str, ...] = ()
    closures: Closures | None = None
    steps: tuple[RuleStep, ...] = ()
    unconfirmed: bool = False
    hint: str = ""

    @property
    def spoken(self) -> str:
        """The count without dates: „4 volle Kalendertage“, „10 (Di) oder 11 (Mi) Kalendertage“."""
        if not self.weekdays:
            return self.text.replace("{n}", str(self.n))
        table = [f"{n} ({WEEKDAYS[day][:2]})" for day, n in self.weekdays]
        if len(self.weekdays) < len(WEEKDAYS):
            table.append(f"sonst {self.n}")
        return self.text.replace("{n}", join(table, "oder"))

    def n_on(self, session: date) -> int:
        """How many days count for a session on this day."""
        return dict(self.weekdays).get(session.weekday(), self.n)

    def spoken_on(self, session: date) -> str:
        """The count for a session on this day."""
        return self.text.replace("{n}", str(self.n_on(session)))
