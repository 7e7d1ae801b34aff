"""Asking for a day in words, with the understood date in full while one types."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from ob_buero_tui.rules.german import WEEKDAYS, iso_week
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import parse_day
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine, Understood

if TYPE_CHECKING:
    from ob_buero_tui.tui.screens.base import DeskScreen


def day_examples(today: date) -> tuple[str, ...]:
    """What may be typed for a day: a weekday, Arbeitstage, a date and a week, all of them after today."""
    day = today + timedelta(days=10)
    return (
        WEEKDAYS[(today.weekday() + 2) % 7][:2].lower(),
        "+3t",
        f"{day.day}.{day.month}.",
        f"kw{iso_week(today + timedelta(days=14))}",
    )


async def ask_day(
    screen: DeskScreen, title: str, *, value: str = "", text: str = "", future: bool = False
) -> date | None:
    """Ask for a day.

    Args:
        value: The prefilled words.
        text: A sentence above the line.
        future: Refuse today and the past.
    """
    today = screen.place.today
    try:
        calendar = office_calendar(screen.place)
    except Refusal as refusal:
        screen.desk.refuse(refusal)
        return None

    def understand(typed: str) -> Understood:
        if not typed.strip():
            return Understood(f"Zum Beispiel: {', '.join(day_examples(today))}", ok=False)
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
