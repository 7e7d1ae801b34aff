"""Wiedervorlage and Zuständigkeit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from ob_buero_tui.rules.german import short_date
from ob_buero_tui.rules.workdays import DayKind, shift
from ob_buero_tui.services.desks import known_initials
from ob_buero_tui.services.requests import verbs
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.flows.batch import Look
from ob_buero_tui.tui.screens.flows.dates import ask_day, day_examples

if TYPE_CHECKING:
    from ob_buero_tui.tui.screens.base import DeskScreen
    from ob_buero_tui.tui.screens.flows.batch import Batch
    from ob_buero_tui.tui.screens.inbox import InboxScreen

OTHER = "andere"


async def resubmit(screen: InboxScreen, batch: Batch) -> Done | None:
    """Ask until when; the record comes back by itself then."""
    day = await ask_until(screen, f"{batch.name} auf Wiedervorlage")
    if day is None:
        return None
    return await screen.carry_out(lambda place, ids: verbs.defer(place, ids, day), batch)


async def ask_until(screen: DeskScreen, title: str) -> date | None:
    """Choose a later day: a preset by its digit, or typed."""
    today, calendar = screen.place.today, office_calendar(screen.place)
    monday = today + timedelta(days=7 - today.weekday())
    presets = {
        "nächster Arbeitstag": shift(calendar, today, 1, DayKind.ARBEITSTAGE),
        "in 3 Arbeitstagen": shift(calendar, today, 3, DayKind.ARBEITSTAGE),
        "nächste Woche": monday
        if calendar.is_open(monday)
        else shift(calendar, monday, 1, DayKind.ARBEITSTAGE),
        "in 2 Wochen": today + timedelta(days=14),
    }
    choices = [
        Choice(key=label, label=label, hint=short_date(day, aligned=True)) for label, day in presets.items()
    ]
    choices.append(Choice(key=OTHER, label="anderer Tag …", hint=", ".join(day_examples(today))))
    chosen = await screen.app.push_screen_wait(
        Choose(f"{title}: bis wann?", choices, current="in 3 Arbeitstagen")
    )
    if chosen is None:
        return None
    return presets.get(chosen) or await ask_day(screen, title, future=True)


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
