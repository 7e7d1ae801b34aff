"""Call-backs: a call in vain is counted by one key, one that was made is closed with what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.services.follow_ups.calls import count_attempt, finish_call
from ob_buero_tui.services.follow_ups.views import FollowUpView
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.flows import tasks

if TYPE_CHECKING:
    from ob_buero_tui.tui.screens.flows.batch import Batch
    from ob_buero_tui.tui.screens.follow_ups import FollowUpScreen


async def attempt(screen: FollowUpScreen, batch: Batch) -> Done | None:
    """Count a call that nobody took; nothing is asked."""
    return await screen.carry_out(count_attempt, batch)


async def finish(screen: FollowUpScreen, batch: Batch) -> Done | None:
    """Ask what came of it, and close."""
    form = f"call:{batch.ids[0]}"
    asked = PromptLine(
        f"{batch.name}: zurückgerufen",
        text="Was kam heraus? Ein Satz für die Akte; er darf fehlen.",
        max_length=500,
        draft=(screen.place, form),
    )
    result = await screen.app.push_screen_wait(asked)
    if result is None:
        return None
    done = await screen.carry_out(lambda place, ids: finish_call(place, ids, result), batch)
    if done is not None:
        drop_draft(screen.desk.patient, form)
    return done


async def copy_number(screen: FollowUpScreen, view: FollowUpView) -> None:
    """Copy the number to call; without one, choose what to copy."""
    number = dict(view.copies).get("Telefon", "")
    if not number:
        await tasks.copy(screen, view)
        return
    screen.app.copy_to_clipboard(clean(number, limit=100))
    screen.notify(f"{clean(number, limit=100)} kopiert.")
