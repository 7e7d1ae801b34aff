"""The key for the E-Akte in the Eingang: what was filed has left, and u does not take it back."""

from __future__ import annotations

from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.verb_list import VerbList


class CaseVerbs(VerbList, inherit_bindings=False):
    """What the Eingang hands over for good."""

    @asking("verb")
    async def action_file_case(self) -> None:
        """Write what is marked or under the cursor for the E-Akte."""
        from ob_buero_tui.tui.screens.flows.case_file import file_case

        batch = self.chosen()
        if batch is not None and await file_case(self, batch):
            self.list.unmark_all()
            self._go_on(batch, advance=False)
