"""Sitzungen: the keys that make, change, postpone and call off sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.flows import meetings as flows
from ob_buero_tui.tui.screens.verb_list import VerbList

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done

EDITING = frozenset(("edit", "postpone_meeting", "cancel_meeting", "choose_leader"))
"""The verbs here that need a session."""


class CouncilEditing(VerbList):
    """The verbs on sessions themselves, for `CouncilScreen`."""

    def body_of_split(self) -> int | None:
        """The body whose sessions are listed; None where those of all are."""
        return None

    def made(self, done: Done) -> None:
        """Show a session that has been made."""
        raise NotImplementedError

    @asking("verb")
    async def action_new_meeting(self) -> None:
        """A new session; the cursor goes to it."""
        done = await flows.new(self, self.body_of_split())
        if done is not None:
            self.app.clear_notifications()
            self.notify(f"{done.text} · u nimmt es zurück")
            self.made(done)

    def action_edit(self) -> None:
        """The form of the session under the cursor."""
        self.run_flow(flows.edit, advance=False)

    def action_postpone_meeting(self) -> None:
        """To another day."""
        self.run_flow(flows.postpone, advance=False)

    def action_cancel_meeting(self) -> None:
        """It does not take place, or does after all."""
        self.run_flow(flows.cancel, advance=False)

    def action_choose_leader(self) -> None:
        """Who leads agendas and papers of its body."""
        self.run_flow(flows.choose_leader, advance=False)
