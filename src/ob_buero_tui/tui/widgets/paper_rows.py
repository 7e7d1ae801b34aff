"""Papers in a list: number, title, where they come up next, and what they lack as a sign with its count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ob_buero_tui.rules.german import short_date
from ob_buero_tui.services.council.paper_views import PaperRow
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.drawing import Run, fit

_LEAD = 4
_FAR_DAYS = 180


@dataclass(frozen=True, slots=True)
class PaperColumns:
    """Widths in cells, 0 for a column that is left out; the title gets the rest."""

    number: int
    title: int
    day: int
    body: int
    state: int


def paper_columns(width: int) -> PaperColumns:
    """The columns of a list that is `width` cells wide inside its border."""
    number = 15 if width >= 40 else 0
    day = 11 if width >= 46 else 0
    body = 18 if width >= 76 else 0
    state = 14 if width >= 96 else 0
    return PaperColumns(number, max(1, width - _LEAD - number - day - body - state), day, body, state)


def heading(width: int) -> list[Run]:
    """The names of the columns."""
    cols = paper_columns(width)
    text = fit("Nummer", cols.number) + fit("Betreff", cols.title) + fit("Sitzung", cols.day)
    return [(" " * _LEAD + text + fit("Gremium", cols.body) + fit("Stand", cols.state), "quiet")]


def draw_paper(row: PaperRow, width: int, marked: bool, today: date | None) -> list[Run]:
    """One paper as runs for a width in cells, as `RecordList` asks for it."""
    cols = paper_columns(width)
    body = "quiet" if row.over else ""
    runs: list[Run] = [
        ("▌", "bar"),
        ("!", "error") if row.lacks else (" ", "quiet"),
        ("x " if marked else "  ", "accent"),
    ]
    if cols.number:
        runs.append((fit(line(row.reference, limit=40) or "ohne Nummer", cols.number - 1) + " ", "quiet"))
    runs.append((fit(line(row.name) or "(ohne Betreff)", cols.title - 1) + " ", body))
    if cols.day:
        runs.append((fit(_day(row, today), cols.day), "quiet"))
    if cols.body:
        runs.append((fit(line(row.next_body), cols.body - 1) + " ", "quiet"))
    if cols.state:
        runs.append((fit(line(row.state_label), cols.state), "quiet"))
    return runs


def _day(row: PaperRow, today: date | None) -> str:
    if row.next_on is None:
        return "–"
    if today is not None and abs((row.next_on - today).days) > _FAR_DAYS:
        return f"{row.next_on.day:2}.{row.next_on.month:02}.{row.next_on.year}"
    return short_date(row.next_on, aligned=True)
