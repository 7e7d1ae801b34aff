"""Proposals of the Aussonderung: a list's row, and the panel beside it."""

from __future__ import annotations

from datetime import date
from functools import partial

from ob_buero_tui.rules.german import long_date
from ob_buero_tui.services.disposing.views import Proposal
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.widgets.drawing import Line, Run, fit, wrap
from ob_buero_tui.tui.widgets.lines_view import LinesView
from ob_buero_tui.tui.widgets.panel_lines import pair

_LEAD = 3
_STEP = 24
_DAY = 11
KINDS = {"request": "Eingang", "event": "Termin", "person": "Kontakt"}


def heading(width: int) -> list[Run]:
    """The names of the columns."""
    return [
        (" " * _LEAD + fit("Was", _room(width)) + fit("Frist bis", _DAY) + fit("Vorschlag", _STEP), "quiet")
    ]


def draw_proposal(row: Proposal, width: int, marked: bool, today: date | None) -> list[Run]:  # noqa: ARG001
    """One proposal as runs for a width in cells, as `RecordList` asks for it; its texts are cleaned here."""
    until = f"{row.until.day:2}.{row.until.month:02}.{row.until.year}" if row.until is not None else ""
    final = row.step.startswith("vernichte")
    return [
        ("▌", "bar"),
        ("x " if marked else "  ", "accent"),
        (fit(line(row.name) or "(ohne Namen)", _room(width) - 1) + " ", "quiet" if row.hidden else ""),
        (fit(until, _DAY), "quiet"),
        (fit(f"! {row.step}" if final else row.step, _STEP), "error" if final else ""),
    ]


def _room(width: int) -> int:
    return max(1, width - _LEAD - _DAY - _STEP)


def proposal_lines(row: Proposal, width: int) -> list[Line]:
    """A proposal as lines for a width in cells."""
    kept_as = row.kept_as
    lines: list[Line] = [((text, "strong"),) for text in wrap(line(row.name), width)]
    lines.append(())
    lines += pair("Vorschlag", row.step, width, "strong")
    lines += pair("Beginn", long_date(row.begun_on), width)
    lines += pair("Frist bis", long_date(row.until) if row.until is not None else "dauernd", width)
    lines += pair("Stand", f"{row.state_label}, {row.decided}" if row.state is not None else "", width)
    lines += pair("E-Akte", _filed(row), width)
    lines += pair("Bemerkung", line(row.note, limit=500), width)
    if kept_as is not None:
        lines += [(), (("Aufbewahrung", "strong"),)]
        lines += pair("Klasse", line(kept_as.label), width)
        lines += pair("Jahre", "dauernd" if kept_as.permanent else str(kept_as.years), width)
        lines += pair("Grund", line(kept_as.ground, limit=300), width)
        lines += pair("Quelle", line(kept_as.source, limit=300), width)
        if kept_as.unconfirmed:
            said = "! Vom Büro noch nicht bestätigt: erst den Aktenplan fragen, dann entscheiden."
            lines += [((text, "warning"),) for text in wrap(said, width)]
    return lines


def _filed(row: Proposal) -> str:
    """How far it is with the E-Akte."""
    return f"übernommen am {long_date(row.taken_over_on)}" if row.taken_over_on else row.filed


class DisposalPanel(LinesView):
    """The panel beside the proposals."""

    DEFAULT_CSS = """
    DisposalPanel {
        border: solid $line;
        border-title-color: $strong;
        border-title-style: bold;
        padding: 0 0 0 1;
        &:focus { border: solid $line-focus; }
    }
    """

    def show_proposal(self, row: Proposal | None, *, empty: str = "Nichts ausgewählt.") -> None:
        """Show a proposal, or a calm sentence when there is none."""
        if row is None:
            self.border_title = ""
            self.show(lambda width: [(), *(((text, "quiet"),) for text in wrap(line(empty), width))])
            return
        self.border_title = label(KINDS.get(row.table, ""))
        self.show(partial(proposal_lines, row))
