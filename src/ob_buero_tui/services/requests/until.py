"""Until when something is put off, as typed: a preset's digit, a day, or days before the appointment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ob_buero_tui.rules.german import long_date, short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.waiting import before_event, binding_text, moved_text, on_open_day, read_binding
from ob_buero_tui.rules.when import When, parse_when
from ob_buero_tui.services.requests.verbs import refuse_hidden
from ob_buero_tui.services.requests.waiting import Bound, bound
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.requests import Request

TYPED = ("+1t", "+3t", "nächste Woche", "in 2 Wochen")
"""The presets as they would be typed."""
LABELS = ("nächster Arbeitstag", "in 3 Arbeitstagen", "nächste Woche", "in 2 Wochen")
BEFORE_EVENT = "7 Tage vor dem Termin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Until:
    """A day to come back on.

    Args:
        when: As it was understood, already moved to an open day.
        before: Days before the appointment it is bound to; None for a day of its own.
    """

    when: When
    before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """One day that a digit stands for: its words, and the day in short where it is the same for all."""

    label: str
    typed: str
    day: str = ""


class UntilReader:
    """Reads what is typed for a day to come back on.

    Args:
        ids: The requests that are put off; empty for tasks, which have no appointment to be bound to.
    """

    def __init__(self, place: Workplace, ids: tuple[int, ...] = ()) -> None:
        self._place = place
        self._calendar = office_calendar(place)
        self._bindable = bool(ids)
        self._many = len(ids) > 1
        self._event = _event_of(place, ids[0]) if len(ids) == 1 else None
        self.presets = tuple(self._presets())

    def _presets(self) -> list[Preset]:
        found = [Preset(label=words, typed=typed) for words, typed in zip(LABELS, TYPED, strict=True)]
        if self._many or self._event is not None:
            found.append(Preset(label=BEFORE_EVENT, typed=BEFORE_EVENT))
        return [
            Preset(label=one.label, typed=one.typed, day=day)
            for one in found
            if (day := self._day_of(one.typed)) is not None
        ]

    def _day_of(self, typed: str) -> str | None:
        """The day of a preset in short; None where it has passed already."""
        try:
            until = self.read(typed)
        except Refusal:
            return None
        return "" if until.before is not None and self._many else short_date(until.when.day, aligned=True)

    def read(self, typed: str) -> Until:
        """Read a digit, a day or a binding.

        Raises:
            Ambiguous: it can mean several days.
            Refusal: it is no later day, or there is no appointment.
        """
        text = typed.strip()
        if len(text) == 1 and text.isascii() and text.isdigit():
            text = self._preset(int(text))
        days = read_binding(text)
        return self._bound(days) if days is not None else self._day(text)

    def _preset(self, digit: int) -> str:
        if not 1 <= digit <= len(self.presets):
            raise Refusal(f"Eine {digit} gibt es hier nicht.", "", "Wählen Sie eine Ziffer der Liste.")
        return self.presets[digit - 1].typed

    def _day(self, text: str) -> Until:
        found = parse_when(text, self._place.now, self._calendar)
        if found.start is not None:
            raise Refusal("Hier zählt nur der Tag.", "", "Lassen Sie die Uhrzeit weg.")
        today = self._place.today
        if found.day <= today:
            raise Refusal(f"{found.text} liegt nicht in der Zukunft.", "", "Nennen Sie einen späteren Tag.")
        moved = on_open_day(found.day, today, self._calendar, exact=found.exact)
        if moved.day == moved.wanted:
            return Until(when=found)
        text = f"{long_date(moved.day)} statt {found.text}"
        return Until(when=When(day=moved.day, exact=True, text=text))

    def _bound(self, days: int) -> Until:
        if not self._bindable:
            raise Refusal("Eine Aufgabe wird an keinen Termin gebunden.", "", "Nennen Sie einen Tag.")
        today, words = self._place.today, binding_text(days)
        if self._many:
            return Until(when=When(day=today, text=f"{words}, jeder zu seinem eigenen"), before=days)
        if self._event is None:
            raise Refusal("Der Eingang hat keinen Termin.", "", "Nennen Sie einen Tag.")
        moved = before_event(self._event.on, days, self._calendar)
        if moved.day <= today:
            why = f"{moved_text(moved)} liegt nicht in der Zukunft."
            raise Refusal(f"„{words}“ geht nicht mehr.", why, "Nennen Sie weniger Tage oder ein Datum.")
        text = f"{moved_text(moved)} · {words} am {long_date(self._event.on)}"
        return Until(when=When(day=moved.day, text=text), before=days)


def _event_of(place: Workplace, key: int) -> Bound | None:
    with place.reading() as session:
        row = session.get(Request, key)
        if row is None:
            return None
        refuse_hidden(place, row)
        return bound(session, place, row)


def day_or_none(until: Until) -> date | None:
    """The day to store; None where each one's appointment gives its own."""
    return until.when.day if until.before is None else None
