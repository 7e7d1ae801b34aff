"""How one task, waiting request or deadline is laid out in the list of the Wiedervorlagen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ob_buero_tui.rules.german import clock
from ob_buero_tui.services.follow_ups.views import FollowUpRow
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.theme import kind_colour
from ob_buero_tui.tui.widgets.drawing import Run, fit
from ob_buero_tui.tui.widgets.record_columns import day_column


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths in cells, 0 for a column that is left out."""

    date: int
    time: int
    what: int
    about: int
    number: int
    who: int


def columns(width: int) -> Columns:
    """The columns of a list that is `width` cells wide inside its border."""
    day = 10 if width >= 36 else 7 if width >= 24 else 0
    time = 6 if width >= 96 else 0
    number = 11 if width >= 84 else 0
    who = 0 if width < 48 else 4 if width < 60 else 5
    # Bar, overdue sign and mark take four cells, the two letters of the kind three more.
    rest = max(1, width - 7 - day - time - number - who)
    about = rest * 45 // 100 if rest >= 30 else 0
    return Columns(day, time, rest - about, about, number, who)


def draw_follow_up(row: FollowUpRow, width: int, marked: bool, today: date | None) -> list[Run]:
    """One row as runs for a width in cells, as `RecordList` asks for it; its texts are cleaned here."""
    cols = columns(width)
    done = row.done_on is not None
    sign = "✓" if done else "!" if row.overdue else " "
    runs: list[Run] = [
        ("▌", f"kind--{kind_colour(row.sign)}" if row.sign else "bar"),
        (sign, "success" if done else "error"),
        ("x " if marked else "  ", "accent"),
    ]
    if cols.date:
        day = day_column(row.done_on or row.on, cols.date - 1, today)
        runs.append((fit(day, cols.date), "error" if row.overdue else "quiet"))
    if cols.time:
        runs.append((fit(clock(row.at) if row.at and not done else "", cols.time), "quiet"))
    runs.append((fit(line(row.sign, limit=8), 2) + " ", "quiet"))
    what = ("» " if row.important else "") + (line(row.what) or "(ohne Betreff)")
    # What belongs to no record has the room of its name too.
    room = cols.what if row.about else cols.what + cols.about
    runs.append((fit(what, room), "quiet" if done else "strong" if row.important else ""))
    if cols.about and row.about:
        runs.append((" " + fit(line(row.about), cols.about - 1), "quiet"))
    if cols.number:
        runs.append((" " + fit(line(row.number, limit=40), cols.number - 1), "quiet"))
    if cols.who:
        runs.append((" " + fit(line(row.who, limit=12), cols.who - 1), "quiet"))
    return runs
