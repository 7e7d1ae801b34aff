"""Wiedervorlage and Zuständigkeit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ob_buero_tui.services.desks import known_initials
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.services.requests import verbs
from ob_buero_tui.services.requests.next_steps import next_steps
from ob_buero_tui.services.requests.until import UntilReader, day_or_none
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.defer import DeferDialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.flows.batch import Look

if TYPE_CHECKING:
    from ob_buero_tui.tui.screens.base import DeskScreen
    from ob_buero_tui.tui.screens.flows.batch import Batch
    from ob_buero_tui.tui.screens.inbox import InboxScreen

OTHER = "andere"


async def resubmit(screen: InboxScreen, batch: Batch) -> Done | None:
    """Ask until when and what then; the record comes back by itself."""
    reader = UntilReader(screen.place, batch.ids)
    steps = next_steps(screen.place, batch.ids)
    form = f"defer:request:{batch.ids[0]}"
    chosen = await screen.app.push_screen_wait(
        DeferDialog(f"{batch.name} auf Wiedervorlage: bis wann?", reader, steps, draft=(screen.place, form))
    )
    if chosen is None:
        return None
    before, day = chosen.until.before, day_or_none(chosen.until)
    verb = "defer" if before is None else "defer_bound"
    done = await screen.carry_out(
        lambda place, ids: verbs.defer(place, ids, day, chosen.step, before, chosen.wakes),
        batch,
        Look(verb=verb, doing="auf Wiedervorlage legen", always=False),
    )
    if done is not None:
        drop_draft(screen.desk.patient, form)
    return done


async def ask_until(screen: DeskScreen, title: str) -> date | None:
    """Ask for a later day: a preset by its digit, or typed."""
    chosen = await screen.app.push_screen_wait(DeferDialog(f"{title}: bis wann?", UntilReader(screen.place)))
    return chosen.until.when.day if chosen is not None else None


async def assign(screen: InboxScreen, batch: Batch) -> Done | None:
    """Ask who deals with it."""
    initials = await ask_initials(screen, batch.name)
    if initials is None:
        return None
    doing = f"{initials} zuweisen" if initials else "niemandem zuweisen"
    look = Look(verb="assign", doing=doing, always=False)
    return await screen.carry_out(lambda place, ids: verbs.assign(place, ids, initials), batch, look)


async def ask_initials(screen: DeskScreen, name: str) -> str | None:
    """Choose the initials by digit or type new ones; empty means nobody.

    Args:
        name: What it is about.
    """
    known = known_initials(screen.place)
    own = screen.place.desk.initials
    choices = [Choice(key=each, label=each, hint="ich" if each == own else "") for each in known[:7]]
    choices += [
        Choice(key=OTHER, label="anderes Kürzel …"),
        Choice(key="", label="niemand"),
    ]
    chosen = await screen.app.push_screen_wait(Choose(f"Wer ist für {name} zuständig?", choices, current=own))
    if chosen == OTHER:
        chosen = await screen.app.push_screen_wait(
            PromptLine(f"Kürzel für {name}", max_length=12, text="Zum Beispiel KL.")
        )
    return chosen
