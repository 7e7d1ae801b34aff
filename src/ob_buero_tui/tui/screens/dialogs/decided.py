"""Who decided, in a dialog that decides: one line that a key changes, and the Votum above it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, Static

from ob_buero_tui.rules.checks.model import Finding
from ob_buero_tui.services.requests.decision import Decision, decider_label, last_decider
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.drafting import Drafting
from ob_buero_tui.tui.screens.dialogs.prompt_line import OneLine
from ob_buero_tui.tui.widgets.check_lines import check_lines

DECIDER_KEY = Binding("f9", "next_decider", "wer entscheidet", priority=True)


class DeciderLine(Static):
    """„entschieden durch OB“; begins with whom this desk named last.

    Args:
        votum: What the office advises, or empty.
    """

    DEFAULT_CSS = """
    DeciderLine { height: auto; width: 100%; color: $foreground; padding: 0; }
    """

    def __init__(self, place: Workplace, votum: str = "") -> None:
        super().__init__("", id="decider")
        self._place = place
        self._votum = votum
        self._checks: tuple[str, ...] = ()
        self._key = last_decider(place)

    def tell(self, findings: Sequence[Finding], without: Collection[str] = ()) -> None:
        """Show above what the checks of the request warn of.

        Args:
            without: Rules that the dialog tells by itself.
        """
        self._checks = check_lines(findings, without)

    @property
    def decision(self) -> Decision:
        """The decision as it stands in the line: today, by this decider."""
        return Decision(decider=self._key)

    def on_mount(self) -> None:
        """Say who decides."""
        self._show()

    def advance(self) -> None:
        """The next of the catalog's deciders."""
        keys = list(self._place.catalog.deciders)
        if keys:
            self._key = keys[(keys.index(self._key) + 1) % len(keys)] if self._key in keys else keys[0]
        self._show()

    def _show(self) -> None:
        lines = [*self._checks, *([""] if self._checks else [])]
        lines += [f"Votum der Büroleitung: {self._votum}"] if self._votum else []
        lines.append(f"entschieden durch {decider_label(self._place, self._key)}  (F9 ändert)")
        self.update(label("\n".join(lines), multiline=True, limit=4000))


class ChooseAndDecide(Choose, Drafting[str | None]):
    """A choice that is a decision: who decided is asked in the same dialog, by one key.

    Args:
        votum: What the office advises, or empty.
        remark: What the line for more words is for; empty for a dialog without one.
        draft: Where the words are kept until whoever carries it out drops them.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        DECIDER_KEY,
        Binding("tab,shift+tab", "switch", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    ChooseAndDecide #remark { margin: 1 0 0 0; }
    ChooseAndDecide #decider { margin: 1 0 0 0; }
    """

    def __init__(
        self,
        place: Workplace,
        title: str,
        choices: Sequence[Choice],
        *,
        current: str | None = None,
        text: str = "",
        votum: str = "",
        remark: str = "",
        draft: tuple[Workplace, str] | None = None,
    ) -> None:
        super().__init__(title, choices, current=current, text=text)
        self.decider_line = DeciderLine(place, votum)
        self._remark = OneLine(
            line(self.keep_at(draft).get("text", "")),
            placeholder=f"{remark} (Tab)",
            max_length=500,
            select_on_focus=False,
            id="remark",
        )
        self._with_remark = bool(remark)

    def body(self) -> list[Widget]:
        """The choice, the line for more words, and who decided."""
        return [*super().body(), *([self._remark] if self._with_remark else []), self.decider_line]

    @property
    def remark(self) -> str:
        """What was added in words."""
        return self._remark.value.strip()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the line takes the entry under the cursor."""
        event.stop()
        self.action_take()

    def to_keep(self) -> dict[str, str]:
        """The words."""
        return {"text": self._remark.value} if self.remark else {}

    def dismiss(self, result: str | None = None) -> AwaitComplete:
        """Keep the words also when it is carried out, which may be refused."""
        self.save_draft()
        return super().dismiss(result)

    def action_cancel(self) -> None:
        """Keep the words and return nothing."""
        Drafting.action_cancel(self)

    def action_switch(self) -> None:
        """Between the choice and the line."""
        if self._with_remark:
            self.set_focus(self._list if self.focused is self._remark else self._remark)

    @property
    def decision(self) -> Decision:
        """Who decided, as the dialog was left."""
        return self.decider_line.decision

    def action_next_decider(self) -> None:
        """F9."""
        self.decider_line.advance()


class ConfirmAndDecide(Confirm):
    """The one look before a batch is decided; who decided is asked in it."""

    BINDINGS: ClassVar[list[BindingType]] = [DECIDER_KEY]

    def __init__(self, place: Workplace, question: str, *, text: str = "", yes: str = "ja") -> None:
        super().__init__(question, text=text, yes=yes)
        self.decider_line = DeciderLine(place)

    def body(self) -> list[Widget]:
        """What happens, and who decided."""
        return [*super().body(), Static(""), self.decider_line]

    @property
    def decision(self) -> Decision:
        """Who decided, as the dialog was left."""
        return self.decider_line.decision

    def action_next_decider(self) -> None:
        """F9."""
        self.decider_line.advance()
