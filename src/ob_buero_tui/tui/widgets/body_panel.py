"""What is known of the body or the responsibility under the cursor, above the list of its members."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.services.council.body_members import term
from ob_buero_tui.services.council.body_view import BodyView
from ob_buero_tui.services.council.responsibilities import ResponsibilityLine
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.widgets.drawing import Line, wrap
from ob_buero_tui.tui.widgets.lines_view import LinesView
from ob_buero_tui.tui.widgets.panel_lines import pair

NOBODY: Final = "! nicht eingetragen"


def body_lines(view: BodyView, width: int) -> list[Line]:
    """A body as lines: what it is, its seats, who presides and takes the minutes, its fractions."""
    row = view.row
    lines: list[Line] = [((text, "strong"),) for text in wrap(line(row.name) or "(ohne Namen)", width)]
    parts = [line(view.type), line(row.classification), term(row.start, row.end)]
    parts += [f"gehört zu {line(view.part_of)}"] if view.part_of else []
    parts += ["aus dem RIS"] if view.from_ris else []
    parts += [] if view.mayor_attends else ["ohne OB"]
    lines += [((text, "quiet"),) for text in wrap(" · ".join(part for part in parts if part), width)]
    seats, tone = _seats(view)
    lines += pair("Sitze", seats, width, tone)
    lines += _people("Vorsitz", view.chairs, width, needed=view.kind.value == "gremium")
    lines += _people("Stellvertr.", view.deputies, width)
    lines += _people("Schriftf.", view.clerks, width, needed=view.kind.value == "gremium")
    strengths = ", ".join(f"{line(name)} {count}" for name, count in view.fractions)
    lines += pair("Fraktionen", strengths, width)
    lines += pair("Zuständig", "; ".join(line(one) for one in view.responsible), width)
    return lines + pair("Notiz", clean(view.note, multiline=False, limit=500), width)


def responsibility_lines(
    row: ResponsibilityLine, others: Sequence[ResponsibilityLine], width: int
) -> list[Line]:
    """A responsibility, and who else was or will be responsible for the same."""
    lines: list[Line] = [((text, "strong"),) for text in wrap(line(row.subject), width)]
    lines += pair("Amt", line(row.office_name), width)
    lines += pair("Person", line(row.person), width)
    lines += pair("Zeit", term(row.start, row.end) or "ohne Grenze", width)
    lines += pair("Notiz", clean(row.note, multiline=False, limit=500), width)
    if others:
        lines += [(), (("Verlauf", "strong"),)]
        for one in others:
            told = f"{term(one.start, one.end) or 'ohne Grenze'}: {line(one.who)}"
            lines += [((f"  {part}", ""),) for part in wrap(told, max(1, width - 2))]
    return lines


def _seats(view: BodyView) -> tuple[str, str]:
    row = view.row
    if row.seats is None:
        return (
            f"{view.members_only} Mitglieder, Sitze nicht eingetragen" if view.members_only else "",
            "quiet",
        )
    votes = "stimmberechtigt, " if view.voting_count is not None else ""
    told = f"{row.seats} {votes}besetzt {row.filled}"
    if view.voting_count is not None and view.member_count not in (None, view.voting_count):
        told = f"{told}; insgesamt {view.member_count}"
    open_seats = row.seats - row.filled
    if open_seats > 0:
        return f"! {told}, {open_seats} frei", "warning"
    return (f"! {told}, {-open_seats} zu viel", "warning") if open_seats < 0 else (told, "")


def _people(name: str, people: Sequence[str], width: int, *, needed: bool = False) -> list[Line]:
    if people:
        return pair(name, ", ".join(line(one) for one in people), width)
    return pair(name, NOBODY, width, "warning") if needed else []


class BodyPanel(LinesView):
    """The panel above the members; as high as what it says, up to half of the screen."""

    can_focus = False
    DEFAULT_CSS = """
    BodyPanel { padding: 0 0 0 1; height: auto; max-height: 60%; }
    """

    def show_body(self, view: BodyView | None, empty: str) -> None:
        """Show a body, or a calm sentence when there is none."""
        if view is None:
            self.border_title = ""
            self.show(lambda width: [((text, "quiet"),) for text in wrap(line(empty), width)])
            return
        self.border_title = label(view.row.short_name or view.row.name, limit=60)
        self.show(partial(body_lines, view))

    def show_responsibility(self, row: ResponsibilityLine, others: Sequence[ResponsibilityLine]) -> None:
        """Show a responsibility."""
        self.border_title = label(row.subject, limit=60)
        self.show(partial(responsibility_lines, row, others))


def day_word(day: date, today: date) -> str:
    """What the title says of another day than today."""
    if day == today:
        return ""
    return f"Stand {day.day}.{day.month}.{day.year} · 0 heute"
