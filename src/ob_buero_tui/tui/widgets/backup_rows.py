"""How one copy of the database is laid out in the list of the Sicherungen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ob_buero_tui.rules.german import clock, number, short_date
from ob_buero_tui.services.backups.looking import CopyView, size_text
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.drawing import Run, fit
from ob_buero_tui.tui.widgets.record_columns import day_column


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Widths in cells, 0 for a column that is left out."""

    date: int
    requests: int
    events: int
    people: int
    size: int
    label: int


FEWEST = 22
"""Cells for what a copy was made for; before it has these, numbers are left out: the panel has them."""


def columns(width: int) -> Columns:
    """The columns of a list that is `width` cells wide inside its border."""
    day = 10 if width >= 30 else 7
    left = width - 9 - day  # bar, sign and time take nine cells
    there = dict.fromkeys(("requests", "size", "events", "people"), 0)
    for name in there:
        if left - 9 >= FEWEST:
            there[name], left = 9, left - 9
    return Columns(date=day, label=max(1, left), **there)


def backup_heading(width: int) -> list[Run]:
    """The names of the columns."""
    cols = columns(width)
    runs: list[Run] = [(fit("   Gemacht", 9 + cols.date), "quiet"), (fit("Anlass", cols.label), "quiet")]
    for name, room in (
        ("Eingänge", cols.requests),
        ("Termine", cols.events),
        ("Personen", cols.people),
        ("Größe", cols.size),
    ):
        if room:
            runs.append((name.rjust(room), "quiet"))
    return runs


def draw_copy(row: CopyView, width: int, marked: bool, today: date | None) -> list[Run]:  # noqa: ARG001
    """One row as runs for a width in cells, as `RecordList` asks for it."""
    cols = columns(width)
    sign, tone = ("!", "error") if row.fault else ("✓", "success") if row.checked else (" ", "")
    label = f"{row.label}, zweiter Ordner" if row.second else row.label
    if row.kept_until is not None:
        label = f"ersetzt, bis {short_date(row.kept_until.date())}"
    runs: list[Run] = [
        ("▌", "bar"),
        (sign + " ", tone),
        (fit(day_column(row.made.date(), cols.date - 1, today), cols.date), "quiet"),
        (fit(clock(row.made), 6), "strong"),
        (fit(line(label, limit=80), cols.label), "quiet" if row.second else ""),
    ]
    known = row.contents
    counts = ("?", "?", "?")
    if known is not None:
        counts = (number(known.requests), number(known.events), number(known.people))
    for room, count in zip((cols.requests, cols.events, cols.people), counts, strict=True):
        if room:
            runs.append((count.rjust(room), "quiet"))
    if cols.size:
        runs.append((size_text(row.size).rjust(cols.size), "quiet"))
    return runs
