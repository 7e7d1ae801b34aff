"""Asking for a day in words, with the understood date in full while one types."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from ob_buero_tui.rules.german import WEEKDAYS, iso_week
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import When, parse_day, parse_when
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.widgets.date_input import understood_day

if TYPE_CHECKING:
    from collections.abc import Callable

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
    today, calendar = screen.place.today, office_calendar(screen.place)

    def read(typed: str) -> When:
        found = parse_day(typed, today, calendar, allow_past=not future)
        if future and found.day <= today:
            raise Refusal(f"{found.text} liegt nicht in der Zukunft.")
        return found

    found = await _ask(screen, title, read, value=value, text=text)
    return found.day if found is not None else None


async def ask_when(
    screen: DeskScreen, title: str, *, value: str = "", text: str = "", allow_past: bool = False
) -> When | None:
    """Ask for a day with or without a time of day: „Freitag halb drei“.

    Args:
        value: The prefilled words.
        text: A sentence above the line.
    """
    place, calendar = screen.place, office_calendar(screen.place)
    return await _ask(
        screen,
        title,
        lambda typed: parse_when(typed, place.now, calendar, allow_past=allow_past),
        value=value,
        text=text,
    )


async def _ask(
    screen: DeskScreen, title: str, read: Callable[[str], When], *, value: str, text: str
) -> When | None:
    examples = f"Zum Beispiel: {', '.join(day_examples(screen.place.today))}"
    typed = await screen.app.push_screen_wait(
        PromptLine(title, value=value, understand=understood_day(read, examples), text=text)
    )
    return read(typed) if typed is not None else None
