"""To which day a session goes and why; below it stands, while one types, what that means for its dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, Static

from ob_buero_tui.rules.german import short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import When
from ob_buero_tui.services.council.move_reading import MeetingMover
from ob_buero_tui.services.council.views import DeadlineView, Light
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.screens.dialogs.drafting import Drafting
from ob_buero_tui.tui.widgets.asked_line import OneLine
from ob_buero_tui.tui.widgets.date_input import DateInput
from ob_buero_tui.tui.widgets.meeting_rows import SIGNS, WORDS

LEADS = (
    "Dieses Gremium führt das Ratsinformationssystem: Verschieben Sie die Sitzung auch dort. Sonst weicht sie"
    " ab, oder der alte Tag kommt beim nächsten Holen wieder."
)
KEYS = "Enter verschiebt · Tab Bemerkung · ↑↓ Tag · Bild↑↓ Woche · Esc abbrechen"
_MOST_BREAKS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Postponed:
    """The new beginning, wall time, and the remark."""

    start: datetime
    note: str


class PostponeDialog(Drafting[Postponed | None]):
    """Returns where the session goes, or None; then the remark stays as a draft.

    Args:
        title: Which session.
        mover: Reads the day, and tells what the session meets there.
        draft: Where the remark is kept; whoever carries it out drops it.
        led_elsewhere: Whether the council information system leads the session.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "abbrechen"),
        Binding("tab", "app.focus_next", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    PostponeDialog {
        & > .dialog-box { width: 92; }
        & Horizontal { height: auto; }
        & .name { width: 12; color: $quiet; }
        & Input { width: 1fr; }
        & #chain { height: auto; padding: 1 0 0 0; }
        & #breaks { height: auto; color: $error; padding: 1 0 0 0; }
        & #leads { height: auto; color: $warning; padding: 1 0 0 0; }
    }
    """

    def __init__(
        self, title: str, mover: MeetingMover, draft: tuple[Workplace, str], *, led_elsewhere: bool = False
    ) -> None:
        super().__init__(title, keys=KEYS)
        self._mover, self._led_elsewhere = mover, led_elsewhere
        self._told_of: datetime | None = None
        kept = self.keep_at(draft)
        self._day = DateInput(
            mover.read,
            line(kept.get("day", "")) or mover.proposed,
            examples="Zum Beispiel: do, 17.12., kw51 di, 17.12. 18 Uhr, +1w",
            id="day",
        )
        self._note = OneLine(line(kept.get("note", "")), max_length=500, id="note")

    def body(self) -> list[Widget]:
        """The day, the remark, what the session meets there, and what it breaks."""
        rows: list[Widget] = [
            Horizontal(Static("Auf", classes="name"), self._day),
            Horizontal(Static("Bemerkung", classes="name"), self._note),
            Static(id="chain"),
            Static(id="breaks"),
        ]
        if self._led_elsewhere:
            rows.append(Static(label(LEADS), id="leads"))
        return rows

    def on_mount(self) -> None:
        """Begin with the day."""
        self._day.focus()
        for id in ("#chain", "#breaks"):
            self._show(id, ())
        self._tell()

    def to_keep(self) -> dict[str, str]:
        """The day and the remark as far as they are typed."""
        day = self._day.value if self._day.value != self._mover.proposed else ""
        typed = {"day": day, "note": self._note.value}
        return {name: text for name, text in typed.items() if text.strip()}

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Say what the day means."""
        self._tell()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in either line takes both."""
        event.stop()
        if self._day.ask():
            return
        when = self._when()
        if when is None:
            try:
                self._mover.read(self._day.value)
            except Refusal as refusal:
                self.notify(str(refusal), severity="warning")
            else:
                self.notify("Es fehlt, auf welchen Tag.", severity="warning")
            self.set_focus(self._day.line)
            return
        self.save_draft()
        self.dismiss(Postponed(start=self._mover.there(when), note=self._note.value.strip()))

    def _when(self) -> When | None:
        """The day it goes to; None while that is unclear or the one it has."""
        when = self._day.when
        return when if when is not None and self._mover.leaves(when) else None

    def _tell(self) -> None:
        when = self._when()
        start = self._mover.there(when) if when is not None else None
        if start == self._told_of:
            return
        self._told_of = start
        steps: Sequence[DeadlineView] = ()
        broken: Sequence[str] = ()
        if start is not None:
            try:
                steps, broken = self._mover.chain(start), self._mover.breaks(start)
            except Refusal:  # while another desk writes, the next key asks again
                self._told_of = None
        self._show("#chain", [_step(one) for one in steps if one.kind in _TOLD])
        more = len(broken) - _MOST_BREAKS
        told = [f"! {line(text, limit=300)}" for text in broken[:_MOST_BREAKS]]
        self._show("#breaks", [*told, f"  … und {more} weitere"] if more > 0 else told)

    def _show(self, id: str, lines: Sequence[str]) -> None:
        static = self.query_one(id, Static)
        static.update(label("\n".join(lines), multiline=True))
        static.display = bool(lines)


_TOLD = ("vorlagenschluss", "bekanntmachung", "versand", "zugang")


def _step(step: DeadlineView) -> str:
    sign = SIGNS[step.light][0]
    word = f" · {WORDS[step.light]}" if step.light in (Light.LATE, Light.DUE) else ""
    return f"{sign} {line(step.label)} bis {short_date(step.on)}{word}"
