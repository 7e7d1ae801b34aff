"""The series of a form: a sentence read, a choice made, and in German what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from ob_buero_tui.rules.german import short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.series_make import (
    LAST,
    WEEKDAY_CODES,
    Freq,
    SeriesChoice,
    choice_of,
    completed,
    next_dates,
    rrule_of,
)
from ob_buero_tui.rules.series_text import series_sentence
from ob_buero_tui.rules.series_words import parse_series
from ob_buero_tui.rules.when import parse_any_day
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.services.workplace import Workplace

FREQS: Final[Mapping[str, Freq]] = {
    "täglich": Freq.DAILY,
    "wöchentlich": Freq.WEEKLY,
    "monatlich": Freq.MONTHLY,
    "jährlich": Freq.YEARLY,
}
PLACES: Final[Mapping[str, int]] = {"1.": 1, "2.": 2, "3.": 3, "4.": 4, "5.": 5, "letzter": LAST}
NEXT: Final = 5
MOST: Final = 999


class SeriesReader:
    """Reads how an appointment repeats; sentences it has said itself mean their rule again."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._calendar = office_calendar(place)
        self._said: dict[str, str] = {}

    def sentence(self, rrule: str, start: datetime, *, all_day: bool) -> str:
        """A rule in words; empty for none."""
        if not rrule:
            return ""
        text = series_sentence(rrule, start, all_day=all_day, tzid=self._place.zone)
        self._said[text] = rrule
        return text

    def read(self, typed: str, start: datetime, *, all_day: bool) -> str:
        """The rule of a sentence; empty for none.

        Raises:
            Refusal: it is not understood, can mean several things, or gives no date.
        """
        text = " ".join(typed.split())
        if text in self._said:
            return self._said[text]
        return parse_series(
            text,
            start,
            self._calendar,
            today=self._place.today,
            all_day=all_day,
            tzid=self._place.zone,
        )

    def told(self, rrule: str, start: datetime, *, all_day: bool) -> str:
        """The sentence and the next five dates; the first one may be another day than was typed.

        Raises:
            Refusal: the rule gives no date.
        """
        if not rrule:
            return "findet einmal statt"
        dates = next_dates(rrule, start, self._place.zone, NEXT + 1, all_day=all_day)
        years = [0, *(one.year for one in dates)]
        shown = " · ".join(
            short_date(one.date()) + (str(one.year) if one.year != before else "")
            for one, before in zip(dates[:NEXT], years, strict=False)
        )
        more = " …" if len(dates) > NEXT else ""
        return f"→ {self.sentence(rrule, start, all_day=all_day)}\n   {shown}{more}"

    def values(self, rrule: str, start: datetime, *, all_day: bool) -> dict[str, str] | None:
        """The fields of the dialog for a rule; None for one that it does not offer."""
        if not rrule:
            return dict.fromkeys(("freq", "interval", "weekdays", "nth", "monthday", "until", "count"), "")
        choice = choice_of(rrule, start, all_day=all_day, tzid=self._place.zone)
        if choice is None:
            return None
        whole = completed(choice, start)
        return {
            "freq": next(label for label, one in FREQS.items() if one is whole.freq),
            "interval": str(whole.interval) if whole.interval != 1 else "",
            "weekdays": ",".join(WEEKDAY_CODES[day] for day in whole.weekdays),
            "nth": next((label for label, one in PLACES.items() if one == whole.nth), ""),
            "monthday": "" if whole.monthday is None else str(whole.monthday),
            "until": f"{whole.until:%d.%m.%Y}" if whole.until is not None else "",
            "count": str(whole.count) if whole.count is not None else "",
        }

    def rule(self, values: Mapping[str, str], start: datetime, *, all_day: bool) -> str:
        """The rule of what was chosen in the dialog; empty for a single appointment.

        Raises:
            Refusal: a number or the last day is none, or no date comes of it.
        """
        freq = FREQS.get(values.get("freq", ""))
        if freq is None:
            return ""
        codes = [code for code in values.get("weekdays", "").split(",") if code in WEEKDAY_CODES]
        until = values.get("until", "").strip()
        monthly = freq in (Freq.MONTHLY, Freq.YEARLY)
        nth = PLACES.get(values.get("nth", "")) if monthly else None
        choice = SeriesChoice(
            freq=freq,
            interval=_number(values, "interval", "Abstand") or 1,
            weekdays=tuple(sorted(WEEKDAY_CODES.index(code) for code in codes)),
            nth=nth,
            monthday=_monthday(values) if monthly and nth is None else None,
            until=parse_any_day(until, self._place.today, self._calendar).day if until else None,
            count=_number(values, "count", "Anzahl"),
        )
        rrule = rrule_of(choice, start, all_day=all_day, tzid=self._place.zone)
        next_dates(rrule, start, self._place.zone, 1, all_day=all_day)
        return rrule


def _monthday(values: Mapping[str, str]) -> int | None:
    """The day of the month; „letzter“ is its last."""
    typed = values.get("monthday", "").strip().rstrip(".").casefold()
    if typed in ("letzter", "-1"):
        return LAST
    day = _number(values, "monthday", "Tag im Monat")
    if day is not None and day > 31:
        raise Refusal(
            "Der Tag im Monat wurde nicht übernommen.", "Kein Monat hat so viele Tage.", "1 bis 31."
        )
    return day


def _number(values: Mapping[str, str], name: str, label: str) -> int | None:
    typed = values.get(name, "").strip().rstrip(".")
    if not typed:
        return None
    if not typed.isascii() or not typed.isdecimal() or not 1 <= int(typed) <= MOST:
        raise Refusal(f"„{label}“ wurde nicht übernommen.", f"Gebraucht wird eine Zahl von 1 bis {MOST}.", "")
    return int(typed)
