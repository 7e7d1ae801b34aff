"""Month, list and year in the app: walking, turning, opening, clicking, and coming back to the view."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from app_kit import Desk, at_desk

from ob_buero_tui.office import Office
from ob_buero_tui.tui.screens.calendar import CalendarScreen
from ob_buero_tui.tui.screens.council import CouncilScreen
from ob_buero_tui.tui.screens.dialogs.event_line import EventLineDialog
from ob_buero_tui.tui.widgets.ghost import Ghost
from office_fixtures import Clock

Make = Callable[..., int]
AT = datetime.fromisoformat
SIZES = [(80, 24), (120, 36), (200, 60)]


def span(start: str, end: str) -> dict[str, datetime]:
    return {"dtstart": AT(start), "dtend": AT(end)}


async def kalender(desk: Desk, *keys: str) -> CalendarScreen:
    """To the Kalender, and some keys there."""
    await desk.press("f3")
    screen = await desk.opened(CalendarScreen)
    await desk.press(*keys)
    return screen


@pytest.fixture
def some(make_event: Make, make_meeting: Make) -> dict[str, int]:
    """Appointments around Wednesday 25.11.2026, a holiday across a weekend, and a session."""
    entry = make_event(summary="Ratssitzung", calendar="rat", **span("2026-12-10T17:00", "2026-12-10T20:00"))
    make_meeting(body="Stadtrat", event_id=entry)
    return {
        "jour": make_event(summary="Jour fixe", **span("2026-11-25T10:00", "2026-11-25T11:00")),
        "rück": make_event(summary="Rücksprache", **span("2026-11-25T10:30", "2026-11-25T11:30")),
        "reise": make_event(summary="Reise", all_day=True, **span("2026-11-27T00:00", "2026-12-01T00:00")),
        "rat": entry,
    }


@pytest.mark.parametrize("size", SIZES)
async def test_they_are_drawn_at_each_size(
    office: Office, some: dict[str, int], size: tuple[int, int]
) -> None:
    async with at_desk(office, size=size) as desk:
        await kalender(desk, "3")
        assert "Kalender · November 2026" in desk.text
        row = next(line for line in desk.text.splitlines() if line.startswith("│48"))
        assert "25 he" in row
        assert any("Jour" in line and "!" in line for line in desk.text.splitlines())
        bar = next(line for line in desk.text.splitlines() if "Reise" in line and "▌Reise" in line)
        assert bar.index("Reise") > size[0] // 3
        await desk.press("4")
        assert "Mi 25.11.2026 · KW 48 · heute" in desk.text
        assert "10:00–11:00" in desk.text
        await desk.press("5")
        assert "Kalender · 2026" in desk.text
        assert "10S11" in desk.text
        assert "25F" in desk.text
        if size == (200, 60):
            assert "10.12. Stadtrat" in desk.text
        if size == (120, 36):  # all of it, the name of each month before its weekdays
            assert "Jan Mo Di" in desk.text
            assert "Dez Mo Di" in desk.text
        assert "S Sitzung" in desk.text, "what the signs mean"


async def test_walking_a_month(office: Office, some: dict[str, int]) -> None:
    async with at_desk(office) as desk:
        screen = await kalender(desk, "3")
        await desk.press("l", "j")
        assert screen.date == date(2026, 12, 3), "a week on lies in the next month, which is turned to"
        assert "Kalender · Dezember 2026" in desk.text
        await desk.press("k", "h", "h")
        assert screen.date == date(2026, 11, 24)
        await desk.press("L")
        assert screen.date == date(2026, 12, 24)
        await desk.press("pagedown", "pagedown", "H", "H", "H", "0")
        assert screen.date == date(2026, 11, 25)
        assert screen.grid.current is None
        await desk.shows("Enter öffnet den Tag")
        await desk.press("J", "J")
        assert screen.grid.current is not None
        assert screen.grid.current.summary == "Rücksprache"
        await desk.press("!")
        await desk.says("wichtig")
        await desk.press("K", "K")
        assert screen.grid.current is None
        await desk.press("home")
        assert screen.date == date(2026, 11, 1)
        await desk.press("end", "L", "L", "L")
        assert screen.date == date(2027, 2, 28), "the last day of a shorter month"


async def test_enter_opens_the_day_and_the_view_is_kept(office: Office, some: dict[str, int]) -> None:
    async with at_desk(office) as desk:
        screen = await kalender(desk, "3", "L", "enter")
        assert screen.digit == "1"
        assert screen.date == date(2026, 12, 25)
        await desk.press("3", "f2", "f3")
        await desk.opened(CalendarScreen)
        assert screen.digit == "3"
        assert screen.date == date(2026, 12, 25)
        screen.show_by_id("event", some["jour"])
        await desk.quiet()
        assert screen.grid.current is not None
        assert screen.grid.current.event_id == some["jour"]


async def test_the_year_leads_to_the_session(office: Office, some: dict[str, int]) -> None:
    async with at_desk(office) as desk:
        screen = await kalender(desk, "5")
        screen.show_day(date(2026, 12, 10))
        await desk.quiet()
        assert "Stadtrat" in desk.text
        await desk.press("J", "enter", "enter")
        await desk.opened(CouncilScreen)
        await desk.press("f3", "K", "L")
        assert screen.date == date(2027, 12, 10)
        assert "Kalender · 2027" in desk.text
        await desk.press("enter")
        assert screen.digit == "1"


async def test_the_list_reads_on_in_both_directions(office: Office, make_event: Make) -> None:
    """A daily appointment of three years: one walks past every end of what was read."""
    make_event(summary="Jour fixe", rrule="FREQ=DAILY", **span("2026-01-01T08:00", "2026-01-01T08:30"))
    async with at_desk(office) as desk:
        screen = await kalender(desk, "4")
        days = [screen.date]
        for _ in range(100):
            screen.action_move_down()
            days.append(screen.date)
        await desk.quiet()
        assert [day.toordinal() - date(2026, 11, 25).toordinal() for day in days if day] in (
            list(range(101)),
            list(range(1, 102)),
        )
        for _ in range(200):
            screen.action_move_up()
        await desk.quiet()
        assert screen.date == date.fromordinal(days[0].toordinal() - 100)  # type: ignore[union-attr]
        await desk.press("home")
        assert screen.date == date(2026, 1, 1)
        await desk.press("G")
        assert screen.date is not None
        assert screen.date.year == 2029
        await desk.press("pageup", "0")
        assert screen.date in (date(2026, 11, 25), date(2026, 11, 26))


async def test_empty_days_are_calm(office: Office) -> None:
    async with at_desk(office) as desk:
        screen = await kalender(desk, "3")
        assert "Kein Termin an diesem Tag." in desk.text
        await desk.press("4")
        assert "kein Termin" in desk.text
        await desk.press("j", "k", "G", "enter", "5", "J", "h")
        assert "Keine Sitzung an diesem Tag." in desk.text
        assert screen.date == date(2026, 11, 24)


@pytest.mark.parametrize("digit", ["3", "4", "5"])
async def test_plus_and_ghost_stand_on_the_cursor(office: Office, some: dict[str, int], digit: str) -> None:
    async with at_desk(office) as desk:
        screen = await kalender(desk, digit)
        screen.show_day(date(2026, 12, 11))
        await desk.quiet()
        if digit != "4":
            assert screen.grid.moment.date() == date(2026, 12, 11)
        start = AT("2026-12-10T14:00")
        screen.draw_ghost(Ghost(id="", summary="Probe", start=start, end=start.replace(hour=15)))
        await desk.quiet()
        assert "Probe" in desk.text or digit == "5"
        screen.draw_ghost(None)
        await desk.press("plus")
        await desk.opened(EventLineDialog)
        await desk.type("Spatenstich")
        await desk.press("enter")
        await desk.closed()
        await desk.says("Spatenstich")


async def test_clicks(office: Office, some: dict[str, int]) -> None:
    async with at_desk(office) as desk:
        screen = await kalender(desk, "3")
        lines = desk.text.splitlines()
        y = next(n for n, line in enumerate(lines) if "!Rücksp" in line)
        await desk.pilot.click(offset=(lines[y].index("!Rücksp"), y))
        await desk.quiet()
        assert screen.grid.current is not None
        assert screen.grid.current.summary == "Rücksprache"
        await desk.press("4")
        lines = desk.text.splitlines()
        y = next(n for n, line in enumerate(lines) if "Jour fixe" in line)
        await desk.pilot.click(offset=(20, y))
        await desk.quiet()
        assert screen.grid.current.summary == "Jour fixe"
        await desk.press("5")
        lines = desk.text.splitlines()
        y = next(n for n, line in enumerate(lines) if "10S11" in line)
        await desk.pilot.click(offset=(lines[y].index("10S11"), y))
        await desk.quiet()
        assert screen.date == date(2026, 12, 10)


@pytest.mark.parametrize("digit", ["3", "4", "5"])
async def test_the_date_rolls_over(office: Office, clock: Clock, digit: str) -> None:
    async with at_desk(office) as desk:
        screen = await kalender(desk, digit)
        clock.now = datetime(2026, 11, 30, 23, 0, 30, tzinfo=UTC)
        desk.app._tick()
        await desk.quiet()
        assert screen.date == date(2026, 12, 1)
