"""`sessions`: the council's sessions with their chain of dates, as text or as JSON for programs."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence

from ob_buero_tui.cli.opened import audience_of, opened
from ob_buero_tui.cli.printing import print_json, print_table, say
from ob_buero_tui.cli.shapes import sessions_shape
from ob_buero_tui.rules import german
from ob_buero_tui.rules.visibility import OUTSIDE, Audience
from ob_buero_tui.services.council.sessions import coming
from ob_buero_tui.services.council.views import DeadlineView, Light, MeetingRow

SIGNS = {Light.DONE: "✓", Light.DUE: "•", Light.LATE: "!", Light.COMING: "·"}
WORDS = {Light.DONE: "erledigt", Light.DUE: "jetzt fällig", Light.LATE: "überschritten", Light.COMING: ""}
HEADERS = ("Sitzung", "Gremium", "Ort", "Stand", "", "Frist", "am", "", "Regel")

Cells = tuple[str, str, str, str]


def run_sessions(options: Namespace) -> int:
    """Print the coming sessions, or all there are, with the dates that lead to them."""
    if options.laender is not None:
        from ob_buero_tui.cli.laender import run_laender

        return run_laender(options)
    with opened(options) as office:
        audience = audience_of(options, office)
        rows = coming(office.place, every=options.all, audience=audience)
        if options.json:
            print_json(sessions_shape(rows, office.place.zone))
        elif not rows:
            say("Keine Sitzungen." if options.all else "Es steht keine Sitzung an.")
        else:
            print_table(HEADERS, [cells for row in rows for cells in _lines(row, audience)])
    return 0


def _lines(row: MeetingRow, audience: Audience) -> Iterator[Sequence[str]]:
    """One line for each date of the chain; the first of them tells of the session itself."""
    head: Cells = (_when(row), row.organization or row.name, row.place, row.state_label)
    if not row.deadlines:
        yield *head, "", row.remark, "", "", ""
    for deadline in row.deadlines:
        yield *head, *_step(deadline, told=audience not in OUTSIDE)
        head = ("", "", "", "")


def _step(deadline: DeadlineView, *, told: bool) -> tuple[str, str, str, str, str]:
    """A date of the chain.

    Args:
        told: Whether to say how far the office is; that is its own affair.
    """
    at = f" {german.clock(deadline.at)}" if deadline.at else ""
    sign, word = (SIGNS[deadline.light], WORDS[deadline.light]) if told else ("", "")
    rule = f"{deadline.rule} (unbestätigt)" if deadline.unconfirmed else deadline.rule
    return sign, deadline.label, f"{german.long_date(deadline.on)}{at}", word, rule


def _when(row: MeetingRow) -> str:
    if row.start is None:
        return "ohne Termin"
    return f"{german.long_date(row.start.date())} {german.clock(row.start)}"
