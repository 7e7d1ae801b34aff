"""Moving in the grid: arrows, lengths, typing, conflicts on the way, Enter and Esc; and no verb meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from app_kit import at_desk
from calendar_kit import MOMENT, events_of, kalender, times

from ob_buero_tui.office import Office
from ob_buero_tui.tui.screens.dialogs.clashes import ClashDialog
from ob_buero_tui.tui.screens.dialogs.move_mode import MoveMode
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.dialogs.scope import ScopeDialog


def make(make_event: Callable[..., int], title: str = "Empfang", **more: object) -> int:
    """An appointment on Tuesday 1.12.2026 from 10 to 11."""
    return make_event(summary=title, **more)


async def test_arrows_move_lengthen_and_enter_commits(office: Office, make_event: Callable[..., int]) -> None:
    make(make_event)
    async with at_desk(office, size=(80, 24)) as desk:
        await kalender(desk, "2026-12-01", "Empfang")
        await desk.press("m")
        await desk.opened(MoveMode)
        await desk.shows("→ Di 1.12.2026, 10:00–11:00 (1 Std.)")
        await desk.press("down", "down", "J", "plus", "right")
        await desk.shows("→ Mi 2.12.2026, 11:30–12:45 (1 Std. 15 Min.)")
        await desk.shows("✓ kein Konflikt")
        assert times(desk, "2026-12-01") == [("Empfang", "10:00–11:00")], "nothing is stored yet"
        await desk.press("up", "minus", "enter")
        await desk.closed()
        await desk.says("verschoben auf Mi 2.12.2026 11:15")
        assert times(desk, "2026-12-02") == [("Empfang", "11:15–12:15")]
        current = desk.calendar.grid.current
        assert current is not None
        assert current.start == MOMENT("2026-12-02T11:15"), "the cursor went with it"
        await desk.press("u")
        await desk.says("Zurückgenommen")
        assert times(desk, "2026-12-01") == [("Empfang", "10:00–11:00")]


async def test_esc_restores_and_the_day_that_was_shown(
    office: Office, make_event: Callable[..., int]
) -> None:
    make(make_event)
    async with at_desk(office) as desk:
        await kalender(desk, "2026-12-01", "Empfang")
        await desk.press("m")
        await desk.opened(MoveMode)
        await desk.press("right", "right", "down", "escape")
        await desk.closed()
        assert times(desk, "2026-12-01") == [("Empfang", "10:00–11:00")]
        assert [one.date.isoformat() for one in desk.calendar.grid.days] == ["2026-12-01"]
        current = desk.calendar.grid.current
        assert current is not None
        assert current.summary == "Empfang"
        assert desk.toasts == []


async def test_across_midnight_and_shortened_no_further_than_a_quarter(
    office: Office, make_event: Callable[..., int]
) -> None:
    make(make_event, dtstart=MOMENT("2026-12-01T23:00"), dtend=MOMENT("2026-12-01T23:30"))
    async with at_desk(office) as desk:
        await kalender(desk, "2026-12-01", "Empfang")
        await desk.press("m")
        await desk.opened(MoveMode)
        await desk.press("minus", "minus", "minus")
        await desk.shows("→ Di 1.12.2026, 23:00–23:15 (15 Min.)")
        await desk.press("plus", "plus", "plus", "J")
        await desk.shows("→ Mi 2.12.2026, 00:00–01:00 (1 Std.)")
        await desk.press("up")
        await desk.shows("→ Di 1.12.2026 23:45 bis Mi 2.12.2026 00:45")
        await desk.press("enter")
        await desk.closed()
        assert times(desk, "2026-12-02") == [("Empfang", "23:45–00:45")]


async def test_typing_moves_and_shows_what_is_understood(
    office: Office, make_event: Callable[..., int]
) -> None:
    make(make_event)
    async with at_desk(office, size=(80, 24)) as desk:
        await kalender(desk, "2026-12-01", "Empfang")
        await desk.press("m")
        await desk.opened(MoveMode)
        for letter in "kw50 di 9:30":
            desk._send(letter)
        await desk.quiet()
        await desk.shows("→ Di 8.12.2026, 09:30–10:30 (1 Std.)")
        await desk.press("escape")
        for letter in "28.3.2027 2:30":
            desk._send(letter)
        await desk.quiet()
        await desk.shows("→ So 28.03.2027, 03:30–04:30 (1 Std.)")
        await desk.shows("02:30 Uhr gibt es am So 28.03.2027 nicht (Sommerzeit)")
        await desk.press("escape")
        await desk.shows("→ Di 1.12.2026, 10:00–11:00")
        await desk.press("1", "5", "enter")
        await desk.closed()
        await desk.says("verschoben auf Di 1.12.2026 15:00")
        assert times(desk, "2026-12-01") == [("Empfang", "15:00–16:00")]


async def test_no_verb_and_no_undo_fires_while_it_is_moved(
    office: Office, make_event: Callable[..., int]
) -> None:
    key = make(make_event)
    async with at_desk(office) as desk:
        await kalender(desk, "2026-12-01", "Empfang")
        await desk.press("m")
        await desk.opened(MoveMode)
        await desk.press("D", "escape", "u", "escape", "exclamation_mark", "ctrl+z", "full_stop", "f2")
        assert isinstance(desk.app.screen, MoveMode)
        assert [one.event_id for one in events_of(desk, "2026-12-01")] == [key]
        assert desk.toasts == []


async def test_conflicts_are_shown_on_the_way_and_need_a_reason(
    office: Office, make_event: Callable[..., int]
) -> None:
    make(make_event)
    make(make_event, "Klausur", dtstart=MOMENT("2026-12-02T10:00"), dtend=MOMENT("2026-12-02T12:00"))
    async with at_desk(office, size=(80, 24)) as desk:
        await kalender(desk, "2026-12-01", "Empfang")
        await desk.press("m")
        await desk.opened(MoveMode)
        await desk.press("right")
        await desk.shows("! ")
        await desk.shows("Klausur")
        await desk.press("enter")
        await desk.opened(ClashDialog)
        await desk.press("escape")
        await desk.closed()
        assert times(desk, "2026-12-01") == [("Empfang", "10:00–11:00")]
        await desk.press("m", "right", "enter")
        await desk.opened(ClashDialog)
        await desk.type("Klausur endet früher")
        await desk.press("enter")
        await desk.closed()
        assert ("Empfang", "10:00–11:00") in times(desk, "2026-12-02")


async def test_one_date_of_a_series_moves_alone_unless_said_otherwise(
    office: Office, make_event: Callable[..., int]
) -> None:
    make(make_event, "Jour fixe", rrule="FREQ=WEEKLY;COUNT=4")
    async with at_desk(office, size=(80, 24)) as desk:
        await kalender(desk, "2026-12-08", "Jour fixe")
        await desk.press("m", "down", "enter")
        await desk.opened(ScopeDialog)
        await desk.shows("nur dieser")
        await desk.press("5")
        await desk.shows("3 Termine, Di 8.12.2026 bis Di 22.12.2026")
        await desk.press("1", "enter")
        await desk.closed()
        starts = [times(desk, f"2026-12-{day}")[0][1][:5] for day in ("01", "08", "15", "22")]
        assert starts == ["10:00", "10:15", "10:00", "10:00"]
        await desk.press("m", "down", "enter")
        await desk.opened(ScopeDialog)
        await desk.press("5", "5")
        await desk.closed()
        starts = [times(desk, f"2026-12-{day}")[0][1][:5] for day in ("01", "08", "15", "22")]
        assert starts == ["10:00", "10:30", "10:30", "10:30"]


async def test_a_copy_is_proposed_a_week_later(office: Office, make_event: Callable[..., int]) -> None:
    make(make_event)
    async with at_desk(office, size=(80, 24)) as desk:
        await kalender(desk, "2026-12-01", "Empfang")
        await desk.press("i")
        await desk.opened(PromptLine)
        await desk.shows("→ Di 8.12.2026, 10:00 Uhr")
        await desk.press("enter")
        await desk.closed()
        await desk.says("kopiert auf Di 8.12.2026 10:00")
        assert times(desk, "2026-12-08") == [("Empfang", "10:00–11:00")]
        assert times(desk, "2026-12-01") == [("Empfang", "10:00–11:00")]
