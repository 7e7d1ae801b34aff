"""Bodies, members and responsibilities in lists: seats taken, who presides, who has which place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from ob_buero_tui.services.council.body_members import MemberView
from ob_buero_tui.services.council.body_view import BodyRow
from ob_buero_tui.services.council.responsibilities import ResponsibilityLine
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.drawing import Run, fit

_LEAD: Final = 2
_SEATS: Final = 8
_TERM: Final = 15


def body_heading(width: int, *, responsible: bool) -> list[Run]:
    """The names of the columns of bodies, or of responsibilities."""
    name, seats, other = _body_widths(width)
    if responsible:
        subject = _subject_width(width)
        texts = [fit("Wofür", subject), fit("Zuständig", max(0, width - _LEAD - subject))]
    else:
        texts = [fit("Name", name), fit("Sitze", seats), fit("Vorsitz", other)]
    return [(" " * _LEAD + "".join(texts), "quiet")]


def draw_body(row: BodyRow, width: int, _marked: bool, today: date | None) -> list[Run]:
    """One body: its name, seats taken of all, and who presides."""
    name, seats, other = _body_widths(width)
    taken = f"{row.filled}/{row.seats}" if row.seats is not None else str(row.filled or "")
    tone = "warning" if row.seats is not None and row.filled != row.seats else "quiet"
    term = ""
    if row.start is not None and today is not None and row.start > today:
        term = f"ab {_day(row.start)}"
    elif row.end is not None:
        term = f"bis {_day(row.end)}"
    shown = line(row.short_name or row.name)
    return [
        ("▌", "bar"),
        (" ", ""),
        (fit(shown, name - 1) + " ", ""),
        # With a sign, so that an open seat is told without colour too.
        (fit(f"! {taken}" if tone == "warning" else taken, seats), tone),
        (fit(term or line(row.chair), other), "accent" if term else "quiet"),
    ]


def draw_responsibility(row: ResponsibilityLine, width: int, _marked: bool, _today: date | None) -> list[Run]:
    """One responsibility: what for, and who."""
    subject = _subject_width(width)
    return [
        ("▌", "bar"),
        (" ", ""),
        (_cell(row.subject, subject), ""),
        (fit(line(row.who), max(0, width - _LEAD - subject)), "quiet"),
    ]


def member_heading(width: int) -> list[Run]:
    """The names of the columns of members."""
    name, fraction, role, term = _member_widths(width)
    texts = (fit("Name", name), fit("Fraktion", fraction), fit("Rolle", role), fit("Zeit", term))
    return [(" " * _LEAD + "".join(texts), "quiet")]


def draw_member(row: MemberView, width: int, _marked: bool, _today: date | None) -> list[Run]:
    """One place in a body: who, for which fraction, as what, and since when or from when on."""
    name, fraction, role, term = _member_widths(width)
    said = line(row.line.role)
    if row.line.substitute_for_id is not None:
        said = f"für {line(row.stands_for)}"
    elif not row.line.voting:
        said = f"{said} (o. St.)" if said else "o. St."
    when = f"ab {_day(row.start)}" if row.coming and row.start else ""
    if not when and row.end is not None:
        when = f"bis {_day(row.end)}"
    if not when and row.start is not None:
        when = f"seit {_day(row.start)}"
    if not term and (row.coming or row.end is not None):  # what does not go on is told in any room
        said, when = f"{when} {said}".strip(), ""
    tone = "quiet" if row.coming or row.line.substitute_for_id is not None else ""
    shown = f"↳ {line(row.line.name)}" if row.line.substitute_for_id is not None else line(row.line.name)
    return [
        ("▌", "bar"),
        (" ", ""),
        (fit(shown, name - 1) + " ", tone),
        (_cell(row.line.fraction, fraction), "quiet"),
        (_cell(said, role), tone),
        (fit(when, term), "accent" if row.coming else "quiet"),
    ]


def draw_listed(row: Any, width: int, marked: bool, today: date | None) -> Sequence[Run]:
    """A body or a responsibility."""
    if isinstance(row, ResponsibilityLine):
        return draw_responsibility(row, width, marked, today)
    return draw_body(row, width, marked, today)


def _body_widths(width: int) -> tuple[int, int, int]:
    """Cells of name, seats, and who presides, which goes first where room is short."""
    room = max(8, width - _LEAD)
    if room < _SEATS + 14:
        return room, 0, 0
    other = (room - _SEATS) * 2 // 5 if room >= 42 else 0
    return room - _SEATS - other, _SEATS, other


def _subject_width(width: int) -> int:
    return max(8, (width - _LEAD) * 2 // 5)


def _member_widths(width: int) -> tuple[int, int, int, int]:
    """Cells of name, fraction, role and time."""
    room = max(8, width - _LEAD)
    term = _TERM if room >= 62 else 0
    fraction = min(18, room // 4) if room >= 40 else 0
    role = (room - term - fraction) * 9 // 20
    return room - term - fraction - role, fraction, role, term


def _cell(text: str, width: int) -> str:
    return fit(line(text), width - 1) + " " if width > 1 else ""


def _day(day: date) -> str:
    """„6.11.2025“: the year always, as terms span years."""
    return f"{day.day}.{day.month:02}.{day.year}"
