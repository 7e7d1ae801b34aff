"""Asking for a day in words, with the understood date in full while one types."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import parse_day
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine, Understood

if TYPE_CHECKING:
    from ob_buero_tui.tui.screens.base import DeskScreen


async def ask_day(
    screen: DeskScreen, title: str, *, value: str = "", text: str = "", future: bool = False
) -> date | None:
    """Ask for a day.

    Args:
        value: The prefilled words.
        text: A sentence above the line.
        future: Refuse today and the past.
    """
    today, calendar = screen.place.today, office_calendar(screen.place)

    def understand(typed: str) -> Understood:
        try:
            found = parse_day(typed, today, calendar, allow_past=not future)
        except Refusal as refusal:
            return Understood(str(refusal), ok=False)
        if future and found.day <= today:
            return Understood(f"{found.text} liegt nicht in der Zukunft.", ok=False)
        return Understood(f"→ {found.text}")

    typed = await screen.app.push_screen_wait(
        PromptLine(title, value=value, understand=understand, text=text)
    )
    return parse_day(typed, today, calendar, allow_past=not future).day if typed is not None else None
