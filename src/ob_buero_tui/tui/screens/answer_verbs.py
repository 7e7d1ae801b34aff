"""The key for answering in the Eingang: what left is said as out, not as something u takes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.tui.screens.verb_list import VerbList

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.tui.screens.flows.batch import Batch


class AnswerVerbs(VerbList, inherit_bindings=False):
    """What the Eingang does with answers."""

    @work(exclusive=True, group="verb")
    async def action_answer(self) -> None:
        """Answer: from a text module to what leaves the house."""
        from ob_buero_tui.tui.screens.flows.answer import answer

        try:
            batch = self.chosen()
            done = await answer(self, batch) if batch is not None else None
        except Refusal as refusal:
            self.desk.refuse(refusal)
            return
        if batch is not None and done is not None:
            self._answered(batch, done)

    def _answered(self, batch: Batch, done: Done) -> None:
        out = "hinaus" in done.text
        self.app.clear_notifications()
        self.notify(f"{done.text} · u {'bietet eine Richtigstellung an' if out else 'nimmt es zurück'}")
        self.list.unmark_all()
        self._go_on(batch, advance=out)
