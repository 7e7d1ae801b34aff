"""A line for a day: the full date while one types, a digit for what is ambiguous, arrows for the next day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from textual.widgets import Input
from widgets_kit import Bare, screen_text

from ob_buero_tui.rules.when import When, parse_day, parse_when
from ob_buero_tui.rules.workdays import WorkCalendar
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.widgets.date_input import DateInput, understood_day

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
CAL = WorkCalendar(holidays={}, closed={}, first=date(2026, 1, 1), last=date(2027, 12, 31))


def read(text: str) -> When:
    """As the office reads on Wednesday 18 November 2026."""
    return parse_when(text, NOW, CAL)


async def typed(field: DateInput, text: str, *keys: str) -> str:
    """Type into a field, press keys, and return what the screen shows."""
    app = Bare(field)
    async with app.run_test(size=(100, 12)) as pilot:
        field.focus()
        await pilot.press(*text, *keys)
        await pilot.pause()
        return screen_text(app)


async def test_the_full_date_stands_below() -> None:
    field = DateInput(read)
    assert "→ Fr 20.11.2026, 14:30 Uhr" in await typed(field, "fr halb drei")
    assert field.when is not None
    assert field.when.start == time(14, 30)


async def test_what_is_refused_is_said_only_once_something_is_typed() -> None:
    assert "! „31.2.“ gibt es nicht" in await typed(DateInput(read), "31.2.")
    assert "fr, +3t" in await typed(DateInput(read, examples="fr, +3t"), "")


async def test_an_ambiguous_day_is_chosen_by_its_digit() -> None:
    field = DateInput(read)
    shown = await typed(field, "nächsten Dienstag 14-15")
    assert "1 Di 24.11.2026" in shown
    assert "2 Di 1.12.2026" in shown
    assert field.when is None
    shown = await typed(field := DateInput(read), "nächsten Dienstag 14-15", "enter", "2")
    assert "→ Di 1.12.2026, 14:00–15:00 Uhr" in shown
    assert field.when is not None
    assert field.when.day == date(2026, 12, 1)


async def test_a_digit_is_a_letter_until_enter_asks() -> None:
    field = DateInput(read)
    await typed(field, "mi 14")
    assert field.value == "mi 14"
    await typed(field := DateInput(read), "mi", "enter", "x")
    assert field.value == "mix"


async def test_a_single_reading_is_confirmed_by_enter() -> None:
    field = DateInput(read)
    await typed(field, "24.6.", "enter")
    assert field.when is not None
    assert field.when.day == date(2027, 6, 24)


async def test_the_arrows_move_an_understood_day_and_keep_its_time() -> None:
    field = DateInput(read)
    await typed(field, "fr 14", "up", "up", "pagedown")
    assert field.when is None  # 15 November lies in the past: said, not taken
    await typed(field := DateInput(read), "fr 14", "up", "pageup", "down")
    assert field.when is not None
    assert (field.when.day, field.when.start) == (date(2026, 11, 27), time(14))


async def test_the_form_hears_of_a_change_by_the_fields_own_name() -> None:
    heard: list[str] = []

    class Form(Bare):
        def on_input_changed(self, event: Input.Changed) -> None:
            heard.append(f"{event.input.id}={event.value}")

    app = Form(DateInput(read, id="tag"))
    async with app.run_test() as pilot:
        app.query_one("#tag", Input).focus()
        await pilot.press("f", "r")
        await pilot.pause()
    assert heard[-1] == "tag=fr"


async def test_the_line_of_a_dialog_asks_the_same_way() -> None:
    found: list[Any] = []
    understand = understood_day(lambda text: parse_day(text, NOW.date(), CAL))
    app = Bare()
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(PromptLine("Bis wann?", understand=understand), found.append)
        await pilot.pause()
        await pilot.press(*"pfingsten", "enter", "enter")
        await pilot.pause()
        assert "Ziffer wählt" in screen_text(app)
        assert not found
        await pilot.press("2", "enter")
        await pilot.pause()
    assert found == ["Mo 17.05.2027"]
