"""On which day something put off comes back: an open day, and so many days before its appointment."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum

from ob_buero_tui.rules.german import long_date, plural
from ob_buero_tui.rules.when_words import fold, number_of
from ob_buero_tui.rules.workdays import DayKind, Moved, WorkCalendar, move_back, shift

_MOST_DAYS = 730
_BOUND = re.compile(
    r"(?:am )?(?:(\w+) (tage?n?|wochen?) |(tag) )?(vor|nach) (?:dem |der |den )?"
    r"(?:termin|termins|anlass|veranstaltung)"
)


class WokenBy(StrEnum):
    """What ended a Wiedervorlage before its day."""

    ANTWORT = "antwort"
    TERMIN = "termin"


def on_open_day(wanted: date, today: date, cal: WorkCalendar, *, exact: bool) -> Moved:
    """Move a counted day back to the Arbeitstag before it; a day that was written stays.

    Where the Arbeitstag before is not after today, it is the one after it.

    Args:
        exact: The day itself was written, not counted.
    """
    if exact:
        return Moved(day=wanted, wanted=wanted, reason="")
    found = move_back(cal, wanted)
    if found.day <= today < wanted:
        return Moved(day=shift(cal, wanted, 1, DayKind.ARBEITSTAGE), wanted=wanted, reason=found.reason)
    return found


def before_event(start: date, days: int, cal: WorkCalendar) -> Moved:
    """The open day so many days before an appointment; with a negative count after it.

    Before it a closed day moves back, after it forward, so that it never passes the appointment.
    """
    wanted = start - timedelta(days=days)
    reason = cal.open_reason(wanted)
    if days >= 0 or reason is None:
        return move_back(cal, wanted)
    return Moved(day=shift(cal, wanted, 1, DayKind.ARBEITSTAGE), wanted=wanted, reason=reason)


def read_binding(text: str) -> int | None:
    """Read „7 Tage vor dem Termin“, „am Tag nach dem Termin“ as days before it; None when it is neither.

    „vor dem Termin“ alone is the day before.
    """
    match = _BOUND.fullmatch(fold(text))
    if match is None:
        return None
    count = number_of(match[1]) if match[1] else 1
    if count is None:
        return None
    days = count * (7 if (match[2] or "").startswith("woche") else 1)
    return None if days > _MOST_DAYS else days if match[4] == "vor" else -days


def binding_text(days: int) -> str:
    """Return „7 Tage vor dem Termin“."""
    return f"{plural(abs(days), 'Tag', 'Tage')} {'vor' if days >= 0 else 'nach'} dem Termin"


def moved_text(moved: Moved) -> str:
    """Return the day in full, and from where it was moved: „Fr 27.11.2026 (statt Sa 28.11.2026: Samstag)“."""
    if moved.day == moved.wanted:
        return long_date(moved.day)
    return f"{long_date(moved.day)} (statt {long_date(moved.wanted)}: {moved.reason})"


def woken_word(by: str) -> str:
    """The same in two words, for a column; empty when it did not."""
    return {WokenBy.ANTWORT.value: "Antwort da", WokenBy.TERMIN.value: "Termin anders"}.get(by, "")


def woken_text(by: str) -> str:
    """Say why something came back before its day; empty when it did not."""
    return {
        WokenBy.ANTWORT.value: "zurück: Antwort eingegangen",
        WokenBy.TERMIN.value: "zurück: Termin verlegt oder abgesagt",
    }.get(by, "")
