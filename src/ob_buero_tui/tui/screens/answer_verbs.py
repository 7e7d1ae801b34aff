"""The key for answering in the Eingang: what left is said as out, not as something u takes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.rules.states import DECIDED, RequestState
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.verb_list import VerbList

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.tui.screens.flows.batch import Batch


WANTING_ANSWER = DECIDED | {RequestState.WARTET, RequestState.VERTAGT, RequestState.VERSCHOBEN}
"""States into which a verb brings a request and which the sender should hear of."""


class AnswerVerbs(VerbList, inherit_bindings=False):
    """What the Eingang does with answers."""

    def what_next(self, batch: Batch) -> str:
        """The cursor has gone on, and what was decided wants an answer."""
        ids = self.last_batch.ids if self.last_batch is not None else batch.ids
        found = inbox.rows(self.place, ids).values()
        return " · Strg+T antwortet" if any(row.state in WANTING_ANSWER for row in found) else ""

    def action_answer(self) -> None:
        """Answer what is marked or under the cursor."""
        self._reply(None)

    def action_answer_last(self) -> None:
        """Answer what the last verb was done to, though the cursor has gone on."""
        self._reply(self.last_batch)

    @asking("verb")
    async def _reply(self, wanted: Batch | None) -> None:
        """From a text module to what leaves the house."""
        from ob_buero_tui.tui.screens.flows.answer import answer

        batch = wanted or self.chosen()
        done = await answer(self, batch) if batch is not None else None
        if batch is not None and done is not None:
            self._answered(batch, done)

    def _answered(self, batch: Batch, done: Done) -> None:
        out = "hinaus" in done.text
        self.app.clear_notifications()
        self.notify(f"{done.text} · u {'bietet eine Richtigstellung an' if out else 'nimmt es zurück'}")
        self.list.unmark_all()
        self._go_on(batch, advance=out)
