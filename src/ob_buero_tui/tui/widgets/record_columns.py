"""How one request is laid out in a list of a given width: which columns, and the runs of a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ob_buero_tui.rules.german import clock, short_date
from ob_buero_tui.rules.states import is_open, label
from ob_buero_tui.services.views import RowView
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.theme import kind_colour
from ob_buero_tui.tui.widgets.drawing import Run, fit

_FAR_DAYS = 180
_ROOMY = 46
"""Cells of a subject from which a word says what a sign means."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths in cells, 0 for a column that is left out; the subject gets the rest."""

    date: int
    time: int
    subject: int
    requester: int
    number: int
    state: int


def columns(width: int) -> Columns:
    """The columns of a list that is `width` cells wide inside its border."""
    day = 10 if width >= 36 else 7 if width >= 24 else 0
    time = 6 if width >= 96 else 0
    requester = 0 if width < 72 else min(26, width // 4) if width > 84 else width // 5
    number = 11 if width >= 104 else 0
    state = 21 if width >= 140 else 13 if width >= 124 else 0
    # Bar, overdue sign and mark take three cells and a blank, the two letters of the kind three more.
    rest = width - 7 - day - time - requester - number - state
    return Columns(day, time, max(1, rest), requester, number, state)


def draw_request(row: RowView, width: int, marked: bool, today: date | None) -> list[Run]:
    """One request as runs for a width in cells, as `RecordList` asks for it."""
    return row_runs(row, columns(width), marked=marked or row.marked, today=today)


def row_runs(row: RowView, cols: Columns, *, marked: bool, today: date | None) -> list[Run]:
    """One row as runs; its texts are cleaned here.

    Args:
        row: The request.
        cols: From `columns()`.
        marked: Whether the user marked it.
        today: Dates far from it are shown with their year.
    """
    body = "" if is_open(row.state) else "quiet"
    asking = "V? " if row.deputy_open and not cols.state else ""
    told = f"{row.woken}: " if not cols.state and cols.subject >= _ROOMY else ""
    back = f"« {told}" if row.woken else ""
    subject = back + asking + ("» " if row.important else "") + (line(row.subject) or "(ohne Betreff)")
    runs: list[Run] = [
        ("▌", f"kind--{kind_colour(row.sign)}" if row.sign else "bar"),
        ("!", "error") if row.overdue else ("w" if row.wiedervorlage_on else " ", "quiet"),
        ("x " if marked else "  ", "accent"),
    ]
    if cols.date:
        day = fit(day_column(row.wiedervorlage_on or row.due_on, cols.date - 1, today), cols.date)
        runs.append((day, "error" if row.overdue else "quiet"))
    if cols.time:
        at = clock(row.due_time) if row.due_time and row.wiedervorlage_on is None else ""
        runs.append((fit(at, cols.time), "quiet"))
    runs.append((fit(line(row.sign, limit=8), 2) + " ", "quiet"))
    runs.append((fit(subject, cols.subject), "strong" if row.important else body))
    if cols.requester:
        runs.append((" " + fit(line(row.requester), cols.requester - 1), "quiet"))
    if cols.state:
        state = row.woken or line(row.state_label) or label(row.state)
        runs.append((" " + fit(state, cols.state - 1), "accent" if row.woken else "quiet"))
    if cols.number:
        runs.append((" " + fit(line(row.number, limit=40), cols.number - 1), "quiet"))
    return runs


def day_column(day: date | None, width: int, today: date | None) -> str:
    """The date as a column: „Di  1.12.“, „ 1.12.“ when narrow, with its year when far away."""
    if day is None:
        return "ohne" if width >= 9 else "  –"
    if today is not None and abs((day - today).days) > _FAR_DAYS:
        return f"{day.day:2}.{day.month:02}.{day.year % 100:02}"[: max(6, width)]
    text = short_date(day, aligned=True)
    return text if width >= 9 else text[3:]
