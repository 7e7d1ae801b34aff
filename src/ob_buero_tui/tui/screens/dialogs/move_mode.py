"""Moving an appointment in the grid: the arrows move it, a typed time moves it, Enter sets it down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from ob_buero_tui.rules.german import clock, short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.span_text import span_text
from ob_buero_tui.services.calendar.move_reading import QUARTER, Mover, Span
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.screens.dialogs.frame import Dialog
from ob_buero_tui.tui.widgets.asked_line import AskedLine, Understood, shown
from ob_buero_tui.tui.widgets.date_input import understood_day
from ob_buero_tui.tui.widgets.too_small import TooSmall

HEIGHT: Final = 6
"""Rows at the foot of the screen, the footer's own included."""
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
MOVES: Final = {
    "up": -QUARTER, "down": QUARTER, "shift+up": -HOUR, "shift+down": HOUR, "pageup": -HOUR,
    "pagedown": HOUR, "K": -HOUR, "J": HOUR, "left": -DAY, "right": DAY, "shift+left": -WEEK,
    "shift+right": WEEK, "H": -WEEK, "L": WEEK,
}  # fmt: skip
LENGTHS: Final = {"plus": QUARTER, "minus": -QUARTER}
KEYS: Final = "↑↓ 15 Min · ←→ Tag · J K Std. · + - Dauer · tippen: do 14 · Enter setzt · Esc"
TYPING: Final = "Zum Beispiel do 14, kw50 di 9:30, 15:30 · Enter setzt · Esc zu den Pfeilen"

Show = Callable[[Span, tuple[str, ...]], None]
"""Draws the appointment where it would stand, with what it would clash with."""


class MoveMode(Dialog[Span | None]):
    """Returns where it shall stand, or None. It lies over the screen, so that no verb and no undo fires.

    Args:
        mover: The appointment.
        show: Draws it in the grid below.
        title: What is moved.
        verb: What is done with it: „Verschieben“.
    """

    BINDINGS: ClassVar[list[BindingType]] = []
    AUTO_FOCUS: ClassVar[str | None] = ""
    reads_ahead: ClassVar[bool] = False
    DEFAULT_CSS = """
    MoveMode {
        align: center bottom;
        background: transparent;
        & > .dialog-box {
            width: 100%;
            height: 6;
            border: none;
            border-top: solid $line-focus;
            border-title-color: $strong;
            padding: 0 1;
        }
        & #when { height: 1; color: $strong; text-style: bold; }
        & #clashes { height: 1fr; min-height: 2; color: $success; }
        & #clashes.-some { color: $error; }
        & #typed { height: 1; display: none; border: none; padding: 0; background: $cursor-row; }
        & #typed.-open { display: block; }
        & .dialog-keys { height: 1; padding: 0; }
    }
    """

    def __init__(self, mover: Mover, show: Show, title: str, verb: str = "Verschieben") -> None:
        super().__init__(f"{verb} · {title}", keys=KEYS)
        self._mover, self._show = mover, show
        self._begun = self._span = mover.span
        self._before_typing = self._span
        self._line = AskedLine(understand=self._understand, max_length=80, select_on_focus=False, id="typed")

    def compose(self) -> ComposeResult:
        """The lines at the foot of the screen."""
        with Vertical(classes="dialog-box") as box:
            box.border_title = label(self._title)
            yield Static(id="when")
            yield Static(id="clashes")
            yield self._line
            yield Static(label(self._keys), classes="dialog-keys")
        yield TooSmall()

    def on_mount(self) -> None:
        """Begin where it stands."""
        self._draw()

    # Keys

    def on_key(self, event: events.Key) -> None:
        """Move, lengthen, set down, restore; a letter or digit begins to type."""
        key = event.key
        if self._line.has_focus and key != "escape":
            return  # the line's own, its Enter too
        event.stop()
        if key == "escape" and self._typing:
            self._end_typing()
            return
        if key == "escape":
            self.dismiss(None)
        elif key == "enter" and not self._typing:
            self.dismiss(self._span)
        elif key in MOVES and not self._typing:
            self._to(self._span.moved, MOVES[key])
        elif key in LENGTHS and not self._typing:
            self._to(self._span.lengthened, LENGTHS[key])
        elif key == "tab" or (event.is_printable and (self._typing or (event.character or "").isalnum())):
            self._type("" if key == "tab" else event.character)

    def _to(self, step: Callable[[timedelta], Span], by: timedelta) -> None:
        try:
            self._span = step(by)
        except OverflowError:
            self.notify("Weiter reicht der Kalender nicht.")
        self._draw()

    @property
    def _typing(self) -> bool:
        return self._line.has_class("-open")

    def _type(self, text: str | None) -> None:
        """Open the line; what is typed before it has the focus goes in too."""
        if not self._typing:
            self._before_typing = self._span
            self._line.value = ""
            self._line.add_class("-open")
            self._line.focus()
            self._say_keys(TYPING)
        self._line.insert_text_at_cursor(text or "")

    def _end_typing(self) -> None:
        """Back to the arrows, and back to where it stood before."""
        self._line.remove_class("-open")
        self.set_focus(None)
        self._span = self._before_typing
        self._say_keys(KEYS)
        self._draw()

    def on_input_changed(self, event: Input.Changed) -> None:
        """It follows what is typed."""
        event.stop()
        if self._typing:
            self._follow_line()

    def on_asked_line_asking(self, event: AskedLine.Asking) -> None:
        """Say that a digit chooses now."""
        event.stop()
        self._draw()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Set it down where the line says, once that is understood."""
        event.stop()
        if self._line.answer.ok:
            self._follow_line()
            self.dismiss(self._span)

    def _follow_line(self) -> None:
        self._span = self._before_typing
        if self._line.answer.ok:
            try:
                when = self._mover.read(self._line.value, self._before_typing)
                self._span = self._mover.there(when, self._before_typing)
            except (Refusal, OverflowError):
                pass  # the line itself says so
        self._draw()

    def _understand(self, typed: str) -> Understood:
        return understood_day(lambda text: self._mover.read(text, self._before_typing))(typed)

    # What is shown

    def _draw(self) -> None:
        held, gap = self._mover.held(self._span), self._mover.gap(self._span)
        try:
            clashes = self._mover.clashes(held)
        except Refusal as refusal:
            clashes = (str(refusal),)
        self._show(held, clashes)
        self.query_one("#when", Static).update(label(self._told(held)))
        below = self.query_one("#clashes", Static)
        told, some = _clash_text(clashes, gap), bool(clashes)
        if self._typing and not self._line.answer.ok and self._line.value.strip():
            told, some = shown(self._line)[0].replace("\n", "  "), not self._line.answer.options
        below.update(label(told, multiline=True))
        below.set_class(some, "-some")

    def _told(self, span: Span) -> str:
        begun = self._begun
        told = f"→ {span_text(span.start, span.end, all_day=span.all_day)}"
        if span == begun:
            return told
        before = short_date(begun.start.date()) + ("" if begun.all_day else f" {clock(begun.start)}")
        return f"{told} · bisher {before}"

    def _say_keys(self, keys: str) -> None:
        self.query_one(".dialog-keys", Static).update(label(keys))


def _clash_text(clashes: tuple[str, ...], gap: str) -> str:
    """Two lines: the first is what the clock says, where it skips the time."""
    room = 1 if gap else 2
    shown_ones = [f"! {line(one)}" for one in clashes[:room]] or ["✓ kein Konflikt"]
    if len(clashes) > room:
        shown_ones[-1] += f" · und {len(clashes) - room} weitere"
    return "\n".join([gap, *shown_ones] if gap else shown_ones)
