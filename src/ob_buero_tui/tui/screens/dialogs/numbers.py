"""„Zahlen“: per kind what came in and what became of it, both years side by side, with bars."""

from __future__ import annotations

import logging
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from ob_buero_tui.rules.bars import bar
from ob_buero_tui.rules.german import number
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.stats import KindNumbers, Numbers, Stats, stats
from ob_buero_tui.services.workplace import WORKER_PATIENCE_MS, Workplace
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.screens.dialogs.frame import Dialog
from ob_buero_tui.tui.widgets.drawing import fit

BAR = 5
_NAMES = 16
_BARE = 80
"""Columns of a window in which the names have no more cells than `_NAMES`."""
HEADS = ("kam", "zuges.", "Vertr.", "abges.", "Tage", "zu spät", "überf.")
_CELLS = (5, 6, 6, 6, 4, 7, 6)
FIRST_YEAR = 1990
"""Before it no office kept anything that could be counted."""
FAULT = "Die Zahlen ließen sich nicht zählen. Der Grund steht im Protokoll für die IT."
_LOG = logging.getLogger(__name__)
BELOW = "Tage: Median bis zur Antwort · zu spät: nach der Frist · überf.: noch offen"


class NumbersDialog(Dialog[None]):
    """Shows the numbers; they are counted in a thread."""

    class Counted(Message):
        """The numbers, or why there are none."""

        def __init__(self, found: Stats | None, problem: str = "") -> None:
            super().__init__()
            self.found = found
            self.problem = problem

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,q", "close", "schließen"),
        Binding("left", "year(-1)", show=False),
        Binding("right", "year(1)", show=False),
    ]
    DEFAULT_CSS = """
    NumbersDialog {
        & > .dialog-box { width: 110; height: 100%; max-height: 50; }
        & #heads { height: 1; }
        & VerticalScroll { height: 1fr; }
        & #rows { height: auto; }
    }
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__("Zahlen", keys="↑ ↓ blättern · ← → anderes Jahr · Esc schließen")
        self._patient = place.with_patience(WORKER_PATIENCE_MS)
        self._year = place.today.year

    def body(self) -> list[Widget]:
        """Heads that stay, rows that scroll, and what the words mean."""
        return [
            Static(id="heads"),
            VerticalScroll(Static(label("Wird gezählt …"), id="rows")),
            Static(label(BELOW), classes="dialog-keys"),
        ]

    def on_mount(self) -> None:
        """Begin counting."""
        heads = Content.styled(_heads(self._names), "$quiet")
        self.query_one("#heads", Static).update(heads)
        self.query_one(VerticalScroll).focus()
        self._count(self._year)

    def action_year(self, step: int) -> None:
        """Another year, and the one before it."""
        year = min(max(self._year + step, FIRST_YEAR), self._patient.today.year)
        if year != self._year:
            self._count(year)

    def action_close(self) -> None:
        """Go on."""
        self.dismiss(None)

    @work(thread=True, exclusive=True, group="numbers", exit_on_error=False)
    def _count(self, year: int) -> None:
        try:
            self.post_message(self.Counted(stats(self._patient, year)))
        except Refusal as refusal:
            self.post_message(self.Counted(None, str(refusal)))
        except Exception:  # whatever it was, nobody waits for a number that does not come
            _LOG.exception("the numbers of %d were not counted", year)
            self.post_message(self.Counted(None, FAULT))

    def on_numbers_dialog_counted(self, message: Counted) -> None:
        """Show them."""
        message.stop()
        rows = self.query_one("#rows", Static)
        if message.found is None:
            rows.update(label(message.problem))
            return
        self._year = message.found.year
        rows.update(Content.assemble(_rows(message.found, self._names)))

    @property
    def _names(self) -> int:
        """Cells for the names of the kinds."""
        return _NAMES + min(30, max(0, self.app.size.width - _BARE))


def _heads(names: int) -> str:
    cells = "".join(head.rjust(width + 1) for head, width in zip(HEADS, _CELLS, strict=True))
    return f"{'':{names}} Jahr {'':{BAR}}{cells}"


def _rows(found: Stats, names: int) -> Content:
    if not found.kinds:
        return label(f"In den Jahren {found.year - 1} und {found.year} kam nichts.")
    most = max(max(each.this.received, each.last.received) for each in found.kinds)
    pieces: list[Content] = []
    for each in (found.total, *found.kinds):
        longest = max(each.this.received, each.last.received) if each is found.total else most
        pieces += _two(each, found.year, longest, names)
    return Content("\n").join(pieces)


def _two(each: KindNumbers, year: int, most: int, names: int) -> list[Content]:
    """The two lines of a kind."""
    name = fit(line(each.label, limit=200), names)
    return [_one(name, year, each.this, most), _one(" " * names, year - 1, each.last, most, quiet=True)]


def _one(name: str, year: int, numbers: Numbers, most: int, *, quiet: bool = False) -> Content:
    days = "–" if numbers.median_days is None else number(numbers.median_days)
    values = (
        *(number(each) for each in (numbers.received, numbers.accepted, numbers.by_deputy, numbers.declined)),
        days,
        *(number(each) for each in (numbers.answered_late, numbers.overdue)),
    )
    cells = "".join(value.rjust(width + 1) for value, width in zip(values, _CELLS, strict=True))
    tone = "$quiet" if quiet else "$foreground"
    return Content.assemble(
        (name, "bold"),
        (f" {year} ", tone),
        (bar(numbers.received, most, BAR), "$quiet" if quiet else "$accent"),
        (cells, tone),
    )
