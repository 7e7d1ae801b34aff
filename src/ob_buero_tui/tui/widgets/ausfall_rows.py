"""How an appointment that is hit, and a call, are laid out in their lists."""

from __future__ import annotations

from datetime import date

from ob_buero_tui.rules.german import clock, short_date
from ob_buero_tui.services.ausfall.views import AusfallLine, AusfallOutcome, CallLine, CallRole
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.theme import kind_colour
from ob_buero_tui.tui.widgets.drawing import Line, Run, fit

SIGNS = {
    AusfallOutcome.OFFEN: ("·", "warning"),
    AusfallOutcome.VERTRETUNG: ("V", "accent"),
    AusfallOutcome.ABSAGEN: ("✗", "error"),
    AusfallOutcome.VERSCHIEBEN: ("»", "accent"),
    AusfallOutcome.BLEIBT: ("✓", "success"),
}
"""The sign of what was decided, which is never told by its colour alone."""
ROLES = {
    CallRole.VERANSTALTER: "Veranst.",
    CallRole.FAHRER: "Fahrer",
    CallRole.VERTRETUNG: "Vertretung",
    CallRole.PRESSE: "Presse",
}


def widths(width: int, *, dated: bool) -> tuple[int, int, int, int]:
    """The cells of time, title, what was decided and contact; 0 for a column that is left out."""
    at = 16 if dated else 6
    rest = max(1, width - 5 - at)
    contact = max(14, rest * 22 // 100) if rest >= 44 else 0
    said = max(14, (rest - contact) * 46 // 100) if rest >= 34 else 2
    return at, max(1, rest - contact - said), said, contact


def heading(width: int, *, dated: bool) -> Line:
    """The names of the columns."""
    at, title, said, contact = widths(width, dated=dated)
    text = " " * 3 + fit("Zeit", at) + fit("Termin", title + 2)
    text += fit(" Was wird" if said > 2 else "", said) + (fit(" Kontakt", contact) if contact else "")
    return ((fit(text, width), "quiet"),)


def draw_line(row: AusfallLine, width: int, marked: bool, *, dated: bool) -> list[Run]:
    """One appointment as runs for a width in cells; its texts are cleaned here."""
    at, title, said, contact = widths(width, dated=dated)
    sign, tone = ("", "quiet") if row.hidden else SIGNS[row.outcome]
    if row.asked:
        tone = "warning"
    name = line(row.summary) + (" (neu)" if row.new else "")
    runs: list[Run] = [
        ("▌", f"kind--{kind_colour(row.sign)}" if row.sign else "bar"),
        ("x " if marked else "  ", "accent"),
        (fit(_when(row, dated), at), "strong" if row.open else ""),
        (fit(name, title), "quiet" if row.hidden or row.outside else ""),
        (" ", ""),
    ]
    words = f"{sign} {line(row.said) or 'offen'}" if said > 2 else sign
    runs.append((" " + fit("" if row.hidden else words, said - 1) + " ", tone))
    if contact:
        who = row.contact.phone or row.contact.name
        runs.append((fit(line(who), contact), "quiet"))
    return runs


def _when(row: AusfallLine, dated: bool) -> str:
    at = "ganzt." if row.all_day else clock(row.start)
    return f"{short_date(row.start.date(), aligned=True)} {at}" if dated else at


def draw_call(row: CallLine, width: int, marked: bool, today: date | None) -> list[Run]:  # noqa: ARG001
    """One call as runs for a width in cells; its texts are cleaned here."""
    sign, tone = ("✓", "success") if row.done else ("!", "warning") if row.again else ("·", "")
    phone = 20 if width >= 56 else 15 if width >= 36 else 0
    rest = max(1, width - 14 - phone)
    who = min(34, rest // 2) if width >= 80 else rest
    runs: list[Run] = [
        (f" {sign} ", tone),
        (fit(ROLES[row.role], 11), "quiet"),
        (fit(line(row.who.name), who), "quiet" if row.done else ""),
    ]
    if phone:
        runs.append((" " + fit(line(row.who.phone), phone - 1), "strong" if not row.done else "quiet"))
    if width >= 80:
        told = row.result if row.done else "; ".join(row.what)
        runs.append((fit(line(told), rest - who), "quiet"))
    return runs
