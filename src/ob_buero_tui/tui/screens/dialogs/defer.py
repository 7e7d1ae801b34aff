"""Until when, what then, and whether an answer brings it back: one dialog, one Enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import When
from ob_buero_tui.services.requests.until import Until, UntilReader
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.screens.dialogs.drafting import Drafting
from ob_buero_tui.tui.widgets.asked_line import OneLine
from ob_buero_tui.tui.widgets.date_input import DateInput

STEP_MISSING = "Es fehlt, was dann zu tun ist."
_START = "+3t"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferred:
    """What was chosen: until when, the next step, and whether an answer ends it early."""

    until: Until
    step: str = ""
    wakes: bool = True


class StepLine(OneLine):
    """The next step; the arrows go through the proposals."""

    def __init__(self, steps: Sequence[str], *, id: str) -> None:
        super().__init__(line(steps[0]) if steps else "", max_length=200, select_on_focus=True, id=id)
        self._steps = steps
        self._place = 0

    async def _on_key(self, event: events.Key) -> None:
        if event.key in ("up", "down") and self._steps:
            self._place = (self._place + (1 if event.key == "down" else -1)) % len(self._steps)
            self.value = line(self._steps[self._place])
            event.prevent_default()
            event.stop()


class DeferDialog(Drafting[Deferred | None]):
    """Returns what was chosen, or None. A lone digit stands for one of the presets, everything else is a day.

    Args:
        reader: Reads the day; its presets are offered.
        steps: Proposals for the next step; None asks for a day alone.
        draft: Where the words are kept until whoever carries it out drops them.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "abbrechen"),
        Binding("tab", "app.focus_next", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", show=False, priority=True),
        Binding("ctrl+r", "turn", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    DeferDialog {
        & #presets { height: auto; color: $foreground; padding: 0 0 1 0; }
        & Horizontal { height: auto; }
        & .name { width: 10; color: $quiet; }
        & Input { width: 1fr; }
        & #wakes { height: auto; padding: 1 0 0 0; }
        & #missing { height: auto; color: $error; padding: 0 0 0 10; }
        & #missing.-none { display: none; }
    }
    """

    def __init__(
        self,
        title: str,
        reader: UntilReader,
        steps: Sequence[str] | None = None,
        *,
        draft: tuple[Workplace, str] | None = None,
    ) -> None:
        more = " · Tab Nächstes" if steps is not None else ""
        super().__init__(title, keys=f"Ziffer oder Tag · Enter übernehmen{more} · Esc abbrechen")
        self._reader = reader
        self._asks_step = steps is not None
        self._wakes = True
        self._day = DateInput(
            self._read, _START, examples="Zum Beispiel: 2, fr, +3t, 24.12., kw50, Ende des Monats", id="until"
        )
        self._step = StepLine(steps or (), id="step")
        self._proposed = {line(one) for one in steps or ()}
        if typed := self.keep_at(draft).get("step"):
            self._step.value = line(typed)

    def body(self) -> list[Widget]:
        """Presets, the day, the next step, and what else brings it back."""
        rows: list[Widget] = [
            Static(Content.assemble(*self._offered()), id="presets"),
            Horizontal(Static("Bis", classes="name"), self._day),
        ]
        if self._asks_step:
            rows += [
                Horizontal(Static("Nächstes", classes="name"), self._step),
                Static(id="missing", classes="-none"),
                Static(id="wakes"),
            ]
        return rows

    def on_mount(self) -> None:
        """Begin in the day."""
        self._day.focus()
        self._show_wakes()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in either line takes all."""
        event.stop()
        self._take()

    def action_turn(self) -> None:
        """Ctrl+R: whether an answer or a change of the appointment brings it back."""
        self._wakes = not self._wakes
        self._show_wakes()

    def to_keep(self) -> dict[str, str]:
        """The next step in one's own words."""
        typed = self._step.value
        return {"step": typed} if typed.strip() and typed not in self._proposed else {}

    def _read(self, text: str) -> When:
        return self._reader.read(text).when

    def _offered(self) -> list[Content]:
        width = max(len(one.label) for one in self._reader.presets)
        return [
            Content.assemble(
                "\n" if place > 1 else "",
                (f" {place}  ", "bold $accent"),
                f"{line(one.label):<{width}}  {one.day}".rstrip(),
            )
            for place, one in enumerate(self._reader.presets, start=1)
        ]

    def _show_wakes(self) -> None:
        if not self._asks_step:
            return
        sign, word = ("✓", "auch") if self._wakes else ("·", "nicht")
        text = f"{sign} kommt {word} zurück, wenn eine Antwort eingeht oder der Termin sich ändert (Strg+R)"
        self.query_one("#wakes", Static).update(label(text))

    def _take(self) -> None:
        if self._day.ask():
            return
        try:
            until = self._reader.read(self._day.value)
        except Refusal as refusal:
            self.notify(str(refusal), severity="warning")
            self.set_focus(self._day.line)
            return
        step = self._step.value.strip()
        if self._asks_step and not step:
            missing = self.query_one("#missing", Static)
            missing.update(label(f"! {STEP_MISSING}"))
            missing.remove_class("-none")
            self.set_focus(self._step)
            return
        self.save_draft()
        self.dismiss(Deferred(until=until, step=step, wakes=self._wakes))
