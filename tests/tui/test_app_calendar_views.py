"""The Kalender's views in the app: day and week by digit, walking, turning pages, and the date that rolls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from app_kit import Desk, at_desk

from ob_buero_tui.office import Office
from ob_buero_tui.tui.screens.calendar import CalendarScreen
from office_fixtures import Clock

Make = Callable[..., int]
SIZES = [(80, 24), (120, 36), (200, 60)]


def span(start: str, end: str) -> dict[str, datetime]:
    """Begin and end as columns of an event."""
    return {"dtstart": datetime.fromisoformat(start), "dtend": datetime.fromisoformat(end)}


async def kalender(desk: Desk, *keys: str) -> CalendarScreen:
    """To the Kalender, and some keys there."""
    await desk.press("f3")
    screen = await desk.opened(CalendarScreen)
    await desk.press(*keys)
    return screen


@pytest.fixture
def some(make_event: Make) -> dict[str, int]:
    """A few appointments of the week around Wednesday 25.11.2026, one of them on Sunday."""
    return {
        "jour": make_event(summary="Jour fixe", **span("2026-11-25T10:00", "2026-11-25T11:00")),
        "rück": make_event(summary="Rücksprache", **span("2026-11-25T10:30", "2026-11-25T11:30")),
        "rat": make_event(summary="Ratssitzung", **span("2026-11-26T22:00", "2026-11-27T02:00")),
        "markt": make_event(
            summary="Adventsmarkt", status="TENTATIVE", **span("2026-11-29T11:00", "2026-11-29T12:00")
        ),
    }


@pytest.mark.parametrize("size", SIZES)
async def test_day_and_week_are_drawn(office: Office, some: dict[str, int], size: tuple[int, int]) -> None:
    """What stands on the screen, at each size; the appointment beside the grid where there is room."""
    async with at_desk(office, size=size) as desk:
        await kalender(desk)
        assert "Kalender · KW 48" in desk.text
        assert "Mittwoch, 25.11.2026 · heute" in desk.text
        assert "! 1 Konflikt" in desk.text
        assert "Jour fixe" in desk.text
        await desk.press("2")
        assert "KW 48 · 23.–27.11.2026 · am Wochenende 1 Termin (2 zeigt es)" in desk.text
        heads = next(line for line in desk.text.splitlines() if "Mo 23.11." in line)
        assert "Fr 27.11." in heads
        assert "heute" in heads
        assert "Sa" not in heads
        if size[0] >= 90:
            assert "10:00–11:00" in desk.text, "the panel beside the week"
        await desk.press("2")
        heads = next(line for line in desk.text.splitlines() if "So 29.11." in line)
        assert "am Wochenende" not in desk.text
        if size[0] >= 90:
            assert "1 vorgemerkt" in desk.text
        await desk.press("2", "1")
        assert "Mittwoch, 25.11.2026" in desk.text


async def test_views_keep_appointment_and_day(office: Office, some: dict[str, int]) -> None:
    async with at_desk(office) as desk:
        screen = await kalender(desk, "2", "l", "l", "l")
        assert screen.date == date(2026, 11, 27)
        await desk.press("J", "J")
        moment = screen.grid.moment
        await desk.press("1")
        assert screen.grid.moment.date() == moment.date()
        await desk.press("2", "0")
        assert screen.grid.current is not None
        assert screen.grid.current.event_id == some["jour"]
        await desk.press("l")
        assert screen.grid.current.event_id == some["rück"], "the lane beside comes before the next day"
        await desk.press("1")
        assert screen.grid.current is not None
        assert screen.grid.current.event_id == some["rück"]


async def test_pages_turn_by_day_and_week(office: Office, some: dict[str, int]) -> None:
    async with at_desk(office) as desk:
        screen = await kalender(desk, "2", "L")
        assert (screen.date, "KW 49" in desk.text) == (date(2026, 12, 2), True)
        await desk.press("H", "l", "l", "l", "l")
        assert screen.date == date(2026, 11, 30), "from Friday to Monday"
        await desk.press("h")
        assert screen.date == date(2026, 11, 27)
        await desk.press("2", "l")
        assert screen.date == date(2026, 11, 28), "the weekend is a day on when it is shown"
        await desk.press("2")
        assert screen.date == date(2026, 11, 27), "and left when it is not"
        await desk.press("3")
        assert screen.digit in ("2", "3")


async def test_the_year_ends_in_week_53(office: Office) -> None:
    """2026 has 53 weeks; the last one reaches into the new year."""
    async with at_desk(office) as desk:
        screen = await kalender(desk, "2")
        screen.show_day(date(2026, 12, 31))
        await desk.quiet()
        await desk.shows("Kalender · KW 53")
        await desk.shows("28.12.2026–1.01.2027")
        await desk.press("L")
        assert screen.date == date(2027, 1, 7)
        assert "Kalender · KW 1" in desk.text
        screen.show_day(date.max)
        await desk.quiet()
        await desk.press("1", "2", "L")
        assert screen.date == date(9999, 11, 30)
        await desk.says("Weiter reicht der Kalender nicht")


async def test_an_appointment_over_midnight_is_on_both_days(office: Office, some: dict[str, int]) -> None:
    async with at_desk(office) as desk:
        screen = await kalender(desk, "2")
        nights = [day.date.day for day in screen.grid.days for event in day.events if "Rats" in event.summary]
        assert nights == [26, 27]
        screen.show_day(date(2026, 11, 27))
        await desk.press("1")
        assert "Ratssitzung" in desk.text


async def test_the_night_in_which_the_clock_is_put_back(office: Office, make_event: Make) -> None:
    """25.10.2026, 01:30 to 03:30: two hours on the clock, three in truth."""
    make_event(summary="Wahlnacht", **span("2026-10-25T01:30", "2026-10-25T03:30"))
    async with at_desk(office) as desk:
        screen = await kalender(desk)
        screen.show_day(date(2026, 10, 25))
        await desk.quiet()
        assert "(3 Std., Uhr" in " ".join(desk.text.split())
        await desk.press("2")
        assert "Wahl" in desk.text


async def test_the_week_follows_the_date(office: Office, clock: Clock, some: dict[str, int]) -> None:
    """Over night the mark of today moves; from Sunday to Monday the page turns."""
    async with at_desk(office) as desk:
        screen = await kalender(desk, "2")
        clock.advance(days=1)
        screen.tick()
        await desk.quiet()
        assert screen.date == date(2026, 11, 26)
        heads = next(line for line in desk.text.splitlines() if "Mo 23.11." in line)
        assert heads.index("heute") > heads.index("Mi 25.11.")
        clock.now = datetime(2026, 11, 30, 6, 0, tzinfo=UTC)
        screen.tick()
        await desk.quiet()
        assert screen.date == date(2026, 11, 30)
        assert "KW 49" in desk.text


async def test_an_empty_stretch_has_a_time(office: Office, some: dict[str, int]) -> None:
    async with at_desk(office) as desk:
        screen = await kalender(desk, "2", "J", "J")
        assert screen.grid.current is None
        assert screen.grid.moment == datetime.fromisoformat("2026-11-25T12:00")
        await desk.shows("Kein Termin um 12:00.")
        assert screen.check_action("accept", ()) is False
        await desk.press("K")
        assert screen.grid.current is not None


async def test_the_count_of_conflicts_can_be_clicked(
    office: Office, some: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It leads to the next one, as its key does."""
    pressed: list[str] = []
    monkeypatch.setattr(CalendarScreen, "action_next_conflict", lambda _screen: pressed.append(">"))
    async with at_desk(office) as desk:
        screen = await kalender(desk)
        at = screen.title_line.render_line(0).text.index("1 Konflikt")
        await desk.pilot.click(screen.title_line, offset=(at, 0))
        await desk.until(lambda: pressed)
        await desk.pilot.click(screen.title_line, offset=(2, 0))
        await desk.quiet()
        assert pressed == [">"]


async def test_the_views_stand_by_name_and_can_be_clicked(office: Office, some: dict[str, int]) -> None:
    async with at_desk(office, size=(80, 24)) as desk:
        screen = await kalender(desk)
        shown = " 1 Tag  2 Woche  3 Monat  4 Liste  5 Jahr"
        assert desk.text.splitlines()[1].rstrip() == shown
        await desk.pilot.click(screen.bar, offset=(shown.index("Monat"), 0))
        await desk.until(lambda: screen.digit == "3")
        await desk.pilot.click(screen.bar, offset=(70, 0))
        await desk.quiet()
        assert screen.digit == "3"


async def test_a_time_is_gone_to_on_a_full_day_too(office: Office, some: dict[str, int]) -> None:
    async with at_desk(office) as desk:
        screen = await kalender(desk)
        for wanted in ("2026-11-26T14:00", "2026-11-27T08:30", "2026-12-02T16:00"):
            screen.show_moment(datetime.fromisoformat(wanted))
            await desk.quiet()
            assert screen.grid.moment == datetime.fromisoformat(wanted)


async def test_the_week_is_said_once(office: Office) -> None:
    async with at_desk(office, size=(200, 60)) as desk:
        screen = await kalender(desk)
        assert screen.title_line.render_line(0).text.count("KW 48") == 1
        await desk.press("L")
        await desk.quiet()
        text = screen.title_line.render_line(0).text
        assert text.index("KW 49") < text.index("KW 48")


async def test_esc_with_nothing_open_stays(office: Office, some: dict[str, int]) -> None:
    async with at_desk(office) as desk:
        screen = await kalender(desk, "enter", "escape")
        await desk.press("escape")
        await desk.says("F2 führt zum Eingang")
        await desk.press("q")
        await desk.quiet()
        assert desk.app.screen is screen
