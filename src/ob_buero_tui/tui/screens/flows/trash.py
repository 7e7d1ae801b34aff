"""Out of the trash again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.services.requests import verbs
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.tui.screens.flows.batch import Look

if TYPE_CHECKING:
    from ob_buero_tui.tui.screens.flows.batch import Batch
    from ob_buero_tui.tui.screens.inbox import InboxScreen


async def restore(screen: InboxScreen, batch: Batch) -> Done | None:
    """Take a request or a marked batch out of the trash, as one step."""
    look = Look(verb="restore_request", doing="zurückholen", always=False)
    return await screen.carry_out(verbs.restore, batch, look)
