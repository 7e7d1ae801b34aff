"""Sessions in a list: body, day, and the lights of the chain, each a sign with its date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ob_buero_tui.rules.german import clock, short_date
from ob_buero_tui.services.council.views import DeadlineView, Light, MeetingRow
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.drawing import Run, fit

SIGNS: Final = {
    Light.DONE: ("✓", "success"),
    Light.DUE: ("•", "warning"),
    Light.LATE: ("!", "error"),
    Light.COMING: ("·", "quiet"),
}
"""A light as a sign with its colour; the word stands in the panel. „!“ is late here as in every list."""
WORDS: Final = {
    Light.DONE: "erledigt",
    Light.DUE: "jetzt fällig",
    Light.LATE: "überschritten",
    Light.COMING: "",
}
SHOWN: Final = (
    ("vorlagenschluss", "Vorlagen"),
    ("versand", "Versand"),
    ("zugang", "Zugang"),
    ("bekanntmachung", "Bekanntm."),
)
"""The steps that have a column, most needed first; the panel shows all of them."""
_DAY = 11
_LIGHT = 10
_FAR_DAYS = 180


@dataclass(frozen=True, slots=True)
class MeetingColumns:
    """Widths in cells: the body gets what is left; `lights` is how many steps are shown."""

    body: int
    time: int
    lights: int


def meeting_columns(width: int) -> MeetingColumns:
    """The columns of a list that is `width` cells wide inside its border."""
    room = width - 4 - _DAY - 18
    lights = max(0, min(len(SHOWN), room // _LIGHT))
    time = 7 if room - lights * _LIGHT >= 14 else 0
    return MeetingColumns(body=max(8, width - 4 - _DAY - time - lights * _LIGHT), time=time, lights=lights)


def heading(width: int) -> list[Run]:
    """The names of the columns."""
    cols = meeting_columns(width)
    steps = "".join(fit(name, _LIGHT) for _, name in SHOWN[: cols.lights])
    return [("    " + fit("Gremium", cols.body) + fit("Sitzung", _DAY + cols.time) + steps, "quiet")]


def draw_meeting(row: MeetingRow, width: int, marked: bool, today: date | None) -> list[Run]:
    """One session as runs for a width in cells, as `RecordList` asks for it."""
    cols = meeting_columns(width)
    worst, tone = _worst(row.deadlines)
    body = "struck" if row.cancelled else "quiet" if _is_over(row, today) else ""
    runs: list[Run] = [
        ("▌", "bar"),
        (worst, tone),
        ("x " if marked else "  ", "accent"),
        (fit(_name(row, cols.body), cols.body - 1) + " ", body),
        (fit(_day(row, today), _DAY), body or "quiet"),
    ]
    if cols.time:
        runs.append((fit(clock(row.start) if row.start else "", cols.time), "quiet"))
    if row.cancelled:
        return [*runs, ("abgesagt", "quiet")]
    steps = {one.kind: one for one in row.deadlines}
    for kind, _ in SHOWN[: cols.lights]:
        runs += _light(steps.get(kind))
    return runs


def _light(step: DeadlineView | None) -> list[Run]:
    if step is None:
        return [(fit(" –", _LIGHT), "quiet")]
    sign, tone = SIGNS[step.light]
    return [(sign, tone), (fit(f" {step.on.day:2}.{step.on.month:02}.", _LIGHT - 1), tone)]


def _worst(steps: Sequence[DeadlineView]) -> Run:
    """The sign at the edge: late before due, nothing where all is well."""
    lights = {one.light for one in steps}
    for light in (Light.LATE, Light.DUE):
        if light in lights:
            return SIGNS[light]
    return " ", "quiet"


def _name(row: MeetingRow, width: int) -> str:
    """The leading body, and what the session is called where that says more and there is room."""
    body, name = line(row.organization), line(row.name)
    if not body:
        return name or "(ohne Namen)"
    extra = f"{body} · {name}" if name and body.casefold() not in name.casefold() else body
    return extra if len(extra) <= width - 1 else body


def _day(row: MeetingRow, today: date | None) -> str:
    if row.start is None:
        return "ohne Tag"
    day = row.start.date()
    if today is not None and abs((day - today).days) > _FAR_DAYS:
        return f"{day.day:2}.{day.month:02}.{day.year}"
    return short_date(day, aligned=True) + (">" if row.moved else "")


def _is_over(row: MeetingRow, today: date | None) -> bool:
    return row.start is not None and today is not None and row.start.date() < today
