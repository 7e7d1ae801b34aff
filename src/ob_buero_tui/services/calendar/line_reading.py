"""A new appointment as it is typed in one line: what of it is understood, and what it can mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ob_buero_tui.rules import german
from ob_buero_tui.rules.event_line import AmbiguousLine, EventLine, parse_event_line
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.series_text import series_sentence
from ob_buero_tui.rules.span_text import span_text
from ob_buero_tui.services.calendar.forms import EventForm, new_form
from ob_buero_tui.services.calendar.writing import skipped_hour
from ob_buero_tui.services.suggesting import known_places
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.services.workplace import Workplace


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChoice:
    """One meaning of an ambiguous line: the line written out, and how it is offered."""

    text: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine:
    """A line as it is understood; `form` is None while it is refused or can mean several things."""

    told: str
    form: EventForm | None = None
    choices: tuple[LineChoice, ...] = ()


class LineReader:
    """Reads the line of a new appointment; what it needs of the office is read once.

    Args:
        at: Where the cursor stands, wall time; midnight where a view has no hours.
    """

    def __init__(self, place: Workplace, at: datetime) -> None:
        self._place, self._at = place, at
        self._calendar = office_calendar(place)
        self._places = known_places(place)
        self._chosen: dict[str, EventLine] = {}

    def read(self, typed: str) -> ReadLine:
        """How a line is understood: in full, or what it can mean, or why it is refused."""
        if not typed.strip():
            return ReadLine(told="")
        try:
            line = self._chosen.get(typed) or parse_event_line(
                typed,
                self._place.now,
                self._at,
                self._calendar,
                places=self._places,
                tzid=self._place.zone,
            )
        except AmbiguousLine as asked:
            written = [_written(one) for one in asked.lines]
            self._chosen |= dict(zip(written, asked.lines, strict=True))
            choices = tuple(
                LineChoice(text=text, label=one.text) for text, one in zip(written, asked.lines, strict=True)
            )
            return ReadLine(told=f"{asked.what} {asked.why}".strip(), choices=choices)
        except Refusal as refusal:
            return ReadLine(told=str(refusal))
        form = new_form(self._place, line, self._at)
        return ReadLine(told=_told(self._place, line, form), form=form)


def _told(place: Workplace, line: EventLine, form: EventForm) -> str:
    """The line in full: what, when and where; then series, kind, way, and where the length comes from."""
    kind = place.catalog.event_kinds.get(form.kind)
    when = span_text(form.start, form.end, all_day=form.all_day)
    if not form.all_day and not line.end_said:
        when += " üblich"
    more = [f"Art {kind.label}"] if kind is not None else []
    if form.travel_before_min:
        more.append(f"Fahrt hin und zurück je {german.duration(form.travel_before_min)}")
    told = [f"→ {' · '.join(part for part in (when, form.summary, form.location) if part)}", " · ".join(more)]
    if form.rrule:
        sentence = series_sentence(form.rrule, form.start, all_day=form.all_day, tzid=place.zone)
        told.append(f"Serie: {sentence}")
    if hint := skipped_hour(form, place.zone):
        told.append(f"? {hint}")
    return "\n".join(part for part in told if part)


def _written(line: EventLine) -> str:
    """An ambiguous line with its meaning written out."""
    day = f"{line.start:%d.%m.%Y}"
    if line.all_day:
        last = (line.end - timedelta(days=1)).date()
        day += f"-{last:%d.%m.%Y}" if last > line.start.date() else ""
    else:
        day += f" {line.start:%H:%M}-{line.end:%H:%M}"
    return ", ".join(part for part in (f"{day} {line.summary}", line.location) if part)
