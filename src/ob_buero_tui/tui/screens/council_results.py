"""What comes of a session, for every screen that has one: attendance, minutes, Ladungsfrist."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.base import DeskScreen

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done

RESULTS = frozenset(("attendance", "minutes", "ladungsfrist"))
"""The verbs here; they need a session."""


class CouncilResults(DeskScreen):
    """The keys of attendance, minutes and Ladungsfrist; the screen says whose."""

    def meeting_at_hand(self) -> int | None:
        """The session that the keys are about: the one under the cursor, or the one that is open."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """They need a session."""
        if action in RESULTS and self.meeting_at_hand() is None:
            return False
        return super().check_action(action, parameters)

    def action_attendance(self) -> None:
        """Who is there."""
        from ob_buero_tui.tui.screens.flows.attendance import enter_attendance

        self._on_meeting(lambda key: enter_attendance(self, key))

    def action_minutes(self) -> None:
        """The minutes, and what is still missing in them."""
        from ob_buero_tui.tui.screens.flows.minutes import minutes_of

        self._on_meeting(lambda key: minutes_of(self, key))

    def action_ladungsfrist(self) -> None:
        """Which Ladungsfrist counts."""
        from ob_buero_tui.tui.screens.flows.ladungsfrist import ladungsfrist_of

        self._on_meeting(lambda key: ladungsfrist_of(self, key))

    @asking("verb")
    async def _on_meeting(self, flow: Callable[[int], Awaitable[Done | None]]) -> None:
        """Run a flow on the session, and say what it did."""
        meeting_id = self.meeting_at_hand()
        done = await flow(meeting_id) if meeting_id is not None else None
        if done is None or meeting_id is None:
            return
        self.app.clear_notifications()
        self.notify(f"{done.text} · u nimmt es zurück")
        self.desk.data_changed((("meeting", meeting_id),))
