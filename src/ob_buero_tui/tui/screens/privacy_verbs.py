"""Report and erasure of a person, on the screen of the Personen; what they ask stands in the flows."""

from __future__ import annotations

from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.verb_list import VerbList


class PrivacyVerbs(VerbList):
    """A list of people of whom one may ask what is held of them, and who may be erased."""

    @asking()
    async def action_person_report(self) -> None:
        """What is held of the person."""
        from ob_buero_tui.tui.screens.flows.privacy import report

        if self.list.cursor is not None:
            await report(self, self.list.cursor)

    @asking("verb")
    async def action_erase_person(self) -> None:
        """Erase the person everywhere, after the preview."""
        from ob_buero_tui.tui.screens.flows.privacy import erase_after_preview

        done = await erase_after_preview(self, self.list.cursor) if self.list.cursor is not None else None
        if done is not None:
            self.notify(done.text)
            self.desk.data_changed()
