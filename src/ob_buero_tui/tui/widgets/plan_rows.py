"""How a date of a year's plan, a pair of dates to compare, and a body's habits are laid out in their list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ob_buero_tui.rules.german import clock, plural, short_date
from ob_buero_tui.rules.plan_typed import weekdays_text
from ob_buero_tui.services.council.planning_views import CompareRow, DateView, PatternView
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.drawing import Line, Run, fit

ROUND, DAY, TIME, WORD, FIXED = 4, 11, 6, 13, 6
_ROOM_FROM = 84
"""Cells from which a list names the rooms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRow:
    """A slot in the list; its group, the round or the body, stands out at the `first` of a kind.

    Args:
        draft: Whether its plan is one; in a decided plan all dates are sessions.
    """

    view: DateView
    first: bool = False
    by_body: bool = False
    draft: bool = False


Row = DateRow | CompareRow | PatternView


def light(view: DateView) -> tuple[str, str, str]:
    """Sign, word and tone of a slot; the colour is never alone."""
    if view.left_out:
        return "–", "entfällt", "quiet"
    if view.start is None:
        return "!", "ohne Termin", "error"
    if view.breaks:
        return "!", "geht nicht", "error"
    if view.cost:
        return "•", plural(view.cost, "Punkt", "Punkte"), "warning"
    return "✓", "passt", "success"


def heading(row_kind: str, width: int, plans: tuple[str, str] = ("", "")) -> Line:
    """The names of the columns.

    Args:
        row_kind: `dates`, `compare` or `patterns`.
        plans: What the two plans are called that are compared.
    """
    body, room = _rest(width)
    if row_kind == "compare":
        half = _half(width)
        text = fit("R.", ROUND) + fit("Gremium", width - 3 - ROUND - 2 * half)
        text += fit(line(plans[0], limit=20), half) + f"  {line(plans[1], limit=20)}"
    elif row_kind == "patterns":
        day, more = _pattern(width)
        text = fit("Gremium", width - 3 - day - TIME - more) + fit("Tage", day) + fit("Zeit", TIME)
        text += "Stufe, Runden" if more else ""
    else:
        text = fit("R.", ROUND) + fit("Termin", DAY + TIME) + fit("Gremium", body)
        text += (fit("Raum", room) if room else "") + " " * FIXED + "Stand"
    return ((fit("   " + text, width), "quiet"),)


def draw_row(row: Row, width: int, marked: bool, today: date | None) -> list[Run]:  # noqa: ARG001
    """One row as runs for a width in cells, as `RecordList` asks for it; its texts are cleaned here."""
    if isinstance(row, DateRow):
        return _date(row, width, marked)
    if isinstance(row, CompareRow):
        return _compared(row, width, marked)
    return _habit(row, width, marked)


def _date(row: DateRow, width: int, marked: bool) -> list[Run]:
    view = row.view
    body, room = _rest(width)
    sign, word, tone = light(view)
    # What stands above already stays, but quiet: in the middle of a long list it is needed too.
    group, other = ("strong" if row.first else "quiet"), ""
    number, body_tone = (other, group) if row.by_body else (group, other)
    name = line(view.organization, limit=120)
    when = _day(view.start) + (clock(view.start) if view.start else "")
    runs = [
        *_edge(tone, marked),
        (fit(str(view.round or "–"), ROUND), number),
        (fit(when, DAY + TIME), "" if view.start else "quiet"),
        (fit(name, body - 1) + " ", body_tone),
    ]
    if room:
        runs.append((fit(line(view.room, limit=80), room), "quiet"))
    runs.append(_stays(row))
    runs.append((fit(f"{sign} {word}", WORD), tone))
    return runs


def _stays(row: DateRow) -> Run:
    """Why a date is not planned anew: a person set it, or it is a session."""
    if row.view.fixed and row.view.start:
        return fit("fest", FIXED), "accent"
    return fit("steht" if row.view.held and row.draft else "", FIXED), "quiet"


def _compared(row: CompareRow, width: int, marked: bool) -> list[Run]:
    half = _half(width)
    tone = "warning" if row.differs else "quiet"
    sign = "≠ " if row.differs else "= "
    return [
        *_edge(tone, marked),
        (fit(str(row.round or "–"), ROUND), "quiet"),
        (fit(line(row.organization, limit=120), width - 4 - ROUND - 2 * half) + " ", ""),
        (fit(_moment(row.first, half), half), "" if row.differs else "quiet"),
        (fit(sign + _moment(row.second, half), half), tone),
    ]


def _habit(row: PatternView, width: int, marked: bool) -> list[Run]:
    day, more = _pattern(width)
    known = bool(row.weekdays and row.start)
    tone = "quiet" if not row.planned else "success" if known else "error"
    time = clock(row.start) if row.start else "–"
    runs = [
        *_edge(tone, marked),
        (fit(line(row.organization, limit=120), width - 4 - day - TIME - more) + " ", ""),
        (fit(weekdays_text(row.weekdays) or "kein Tag", day), "" if known else tone),
        (fit(time, TIME), ""),
    ]
    if more:
        rounds = f"Runden {', '.join(map(str, row.rounds))}" if row.rounds else "alle Runden"
        told = f"{row.step} · {rounds}" if row.planned else "nicht geplant"
        runs.append((fit(told, more), "quiet"))
    return runs


def _edge(tone: str, marked: bool) -> list[Run]:
    return [("▌", "bar" if tone in ("quiet", "success") else tone), ("x " if marked else "  ", "accent")]


def _rest(width: int) -> tuple[int, int]:
    """Cells of the body's name and of the room."""
    rest = max(1, width - 3 - ROUND - DAY - TIME - FIXED - WORD)
    room = min(22, rest // 3) if width >= _ROOM_FROM else 0
    return rest - room, room


def _half(width: int) -> int:
    return 18 if width >= 66 else 12


def _pattern(width: int) -> tuple[int, int]:
    return (12, 24) if width >= 70 else (10, 0)


def _day(moment: datetime | None) -> str:
    return f"{short_date(moment.date(), aligned=True)} " if moment else "–"


def _moment(moment: datetime | None, room: int) -> str:
    if moment is None:
        return "ohne Termin" if room > 12 else "–"
    return _day(moment) + (clock(moment) if room >= 18 else "")
