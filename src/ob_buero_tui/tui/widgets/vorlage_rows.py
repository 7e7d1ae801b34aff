"""How one item of the OB-Vorlage is laid out in its list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ob_buero_tui.rules.german import short_date
from ob_buero_tui.services.vorlage.views import VorlageDecision, VorlageRow
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.theme import kind_colour
from ob_buero_tui.tui.widgets.drawing import Line, Run, fit

SIGNS = {
    VorlageDecision.OFFEN: ("·", "quiet"),
    VorlageDecision.JA: ("✓", "success"),
    VorlageDecision.NEIN: ("✗", "error"),
    VorlageDecision.VERTRETUNG: ("V", "accent"),
    VorlageDecision.RUECKSPRACHE: ("R", "warning"),
    VorlageDecision.SPAETER: ("»", "quiet"),
}
"""The sign of each decision, which is never told by its colour alone."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths in cells, 0 for a column that is left out."""

    number: int
    day: int
    subject: int
    who: int
    votum: int
    asked: int
    said: int


def columns(width: int) -> Columns:
    """The columns of a list that is `width` cells wide inside its border."""
    number, said = 4, 9 if width >= 56 else 2
    day = 10 if width >= 44 else 0
    votum = 11 if width >= 50 else 0
    asked = 4 if width >= 72 else 0
    # Bar and mark take three cells, the two letters of the kind three more.
    rest = max(1, width - 6 - number - day - votum - asked - said)
    who = rest * 38 // 100 if rest >= 34 else 0
    return Columns(number, day, rest - who, who, votum, asked, said)


def heading(width: int) -> Line:
    """The names of the columns."""
    cols = columns(width)
    text = " " * 3 + fit("Nr.", cols.number) + (fit("Anlass", cols.day) if cols.day else "") + " " * 3
    text += fit("Betreff", cols.subject)
    text += fit(" Wer", cols.who) if cols.who else ""
    text += fit(" Votum", cols.votum) if cols.votum else ""
    text += fit(" St.", cols.asked) if cols.asked else ""
    text += fit(" OB sagt" if cols.said > 2 else "", cols.said)
    return ((fit(text, width), "quiet"),)


def draw_vorlage(row: VorlageRow, width: int, marked: bool, today: date | None) -> list[Run]:  # noqa: ARG001
    """One row as runs for a width in cells, as `RecordList` asks for it; its texts are cleaned here."""
    cols = columns(width)
    sign, tone = SIGNS[row.decision]
    runs: list[Run] = [
        ("▌", f"kind--{kind_colour(row.sign)}" if row.sign else "bar"),
        ("x " if marked else "  ", "accent"),
        (fit(f"{row.position}", cols.number), "strong"),
    ]
    if cols.day:
        day = short_date(row.event_start.date(), aligned=True) if row.event_start else ""
        runs.append((fit(day, cols.day), "quiet"))
    runs.append((fit(line(row.sign, limit=8), 2) + " ", "quiet"))
    runs.append((fit(line(row.subject) or "(ohne Betreff)", cols.subject), "quiet" if row.hidden else ""))
    if cols.who:
        runs.append((" " + fit(line(row.who), cols.who - 1), "quiet"))
    if cols.votum:
        runs.append((" " + fit(line(row.votum, limit=20), cols.votum - 1), ""))
    if cols.asked:
        runs.append((" " + fit(f"{row.answered}/{row.asked}" if row.asked else "", cols.asked - 1), "quiet"))
    runs.append((" " + fit(_said(row, sign) if cols.said > 2 else sign, cols.said - 1), tone))
    return runs


def _said(row: VorlageRow, sign: str) -> str:
    words = {
        VorlageDecision.JA: "ja",
        VorlageDecision.NEIN: "nein",
        VorlageDecision.VERTRETUNG: line(row.deputy, limit=12) or "Vertr.",
        VorlageDecision.RUECKSPRACHE: "Rückspr",
        VorlageDecision.SPAETER: "später",
    }
    word = words.get(row.decision, "")
    return f"{sign} {word}" if sign not in ("V", "R") else word
