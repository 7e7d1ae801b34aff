"""The week: days side by side, bars across them, walking about, ghosts, and what is drawn at each size."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from widgets_kit import Bare, at, event, messages, shown

from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.services.views import DayEvent, DayView
from ob_buero_tui.tui.widgets.calendar_sheet import CalendarSheet
from ob_buero_tui.tui.widgets.day_grid import DayGrid
from ob_buero_tui.tui.widgets.ghost import Ghost
from ob_buero_tui.tui.widgets.week_grid import WeekGrid

MONDAY = date(2026, 11, 23)
NOW = at("2026-11-25T09:42")


def timed(id: str, start: str, end: str, summary: str = "Termin", **changes: Any) -> DayEvent:
    """An event with its own dates; start and end as „24T22:00“, in November 2026."""
    begun = event(id, "00:00", "00:00", summary, **changes)
    return replace(begun, start=at(f"2026-11-{start}"), end=at(f"2026-11-{end}"))


def week(*events: DayEvent, days: int = 5, **on: Any) -> tuple[DayView, ...]:
    """Days from Monday, each with the events that touch it; `notes` by day of the month."""
    found = []
    for number in range(days):
        day = MONDAY + timedelta(days=number)
        start = datetime.combine(day, datetime.min.time())
        here = tuple(one for one in events if one.start < start + timedelta(days=1) and one.end > start)
        found.append(DayView(date=day, events=here, **on.get(f"d{day.day}", {})))
    return tuple(found)


# 14 appointments on one day, of which 5 overlap; one comes from the night before, one goes into the next.
HOSTILE = (
    timed("nacht", "24T22:00", "25T02:00", "Katastrophenschutzübung"),
    timed("jour", "25T08:00", "25T08:30", "Jour fixe"),
    timed("a", "25T09:00", "25T12:00", "Haushaltsklausur", conflicts=("b",)),
    timed("b", "25T09:15", "25T10:00", "Richtfest Kita Nord", travel_before_min=15, conflicts=("a",)),
    timed("c", "25T09:30", "25T10:30", "Pressegespräch", conflicts=("a",)),
    timed("d", "25T09:30", "25T11:00", "Rücksprache", status=EventStatus.TENTATIVE, conflicts=("a",)),
    timed("e", "25T09:45", "25T10:15", "Telefonat Ministerium", conflicts=("a",)),
    timed("f", "25T12:00", "25T12:30", "Mittag"),
    timed("g", "25T13:00", "25T13:15", "Unterschriften"),
    timed("h", "25T13:15", "25T13:30", "Zweite Unterschriften"),
    timed("i", "25T14:00", "25T15:00", "Fahnenaktion", status=EventStatus.CANCELLED),
    timed("k", "25T16:00", "25T17:00", "Bürgersprechstunde"),
    timed("l", "25T18:00", "25T19:00", "Empfang", travel_before_min=20, travel_after_min=20),
    timed("m", "25T22:00", "26T02:00", "Ratssitzung mit Nachberatung"),
)
BARS = (
    timed("urlaub", "23T00:00", "25T00:00", "Urlaub Kämmerin", all_day=True),
    timed("reise", "25T14:00", "27T12:00", "Delegationsreise Lorient"),
    timed("flagge", "25T00:00", "26T00:00", "Beflaggung", all_day=True),
)


def columns(line: str, grid: WeekGrid) -> list[str]:
    """One line cut into the cells of its days."""
    edges = [grid._edges(number, number + 1) for number in range(len(grid.days))]
    return [line[left:right] for left, right in edges]


def drawn(grid: WeekGrid, column: int, id: str) -> str:
    """The letters that stand in the block of an event, from the rows in sight."""
    block = next(one for one in grid._blocks[column] if one.event.id == id)
    cells = grid._lanes_of(column, block).cells(block.lane, block.span)
    assert cells is not None, "the block under the cursor always has room"
    left, _ = grid._edges(column, column + 1)
    first = block.start - grid.scroll_offset.y + grid._top_height()
    rows = shown(grid)[max(first, grid._top_height()) : first + block.end - block.start]
    return "".join(
        letter for row in rows for letter in row[left + cells[0] : left + cells[1]] if letter.isalpha()
    )


@pytest.mark.parametrize(("width", "height"), [(78, 20), (80, 24), (118, 34), (200, 60)])
@pytest.mark.parametrize("days", [5, 7])
async def test_a_hostile_week_can_be_walked_at_every_size(width: int, height: int, days: int) -> None:
    """Each of 14 appointments, five of them at once, is reached by j and then stands on the screen."""
    grid = WeekGrid()
    async with Bare(grid).run_test(size=(width, height)) as pilot:
        grid.show(week(*HOSTILE, days=days), now=NOW, moment=at("2026-11-25T09:42"))
        grid.first()
        seen: list[str] = []
        while True:
            await pilot.pause()
            assert grid.current is not None
            seen.append(grid.current.id)
            name = "".join(letter for letter in grid.current.summary if letter.isalpha())
            assert drawn(grid, 2, grid.current.id).removeprefix("abgesagt").startswith(name[:2])
            assert {len(line) for line in shown(grid)} == {grid.scrollable_content_region.width}
            if not grid.step_event(1):
                break
        assert sorted(seen) == sorted(one.id for one in HOSTILE)
        assert grid.moment.date() == date(2026, 11, 25)


async def test_what_a_week_says() -> None:
    """Heads with today, one column of hours, travel, a mark on what conflicts, and the line of now."""
    grid = WeekGrid()
    async with Bare(grid).run_test(size=(120, 60)):
        grid.show(week(*HOSTILE[1:-1]), now=NOW)
        lines = shown(grid)
        assert [text.strip() for text in columns(lines[0], grid)] == [
            "Mo 23.11.", "Di 24.11.", "Mi 25.11. heute", "Do 26.11.", "Fr 27.11.",
        ]  # fmt: skip
        at_hour = {text[:5]: number for number, text in enumerate(lines) if text[2:3] == ":"}
        assert at_hour["11:00"] - at_hour["10:00"] == 4
        assert "09:42" in at_hour
        assert "Jourfixe" in columns(lines[at_hour["08:00"]], grid)[2].replace(" ", "")
        assert "┆" in columns(lines[at_hour["18:00"] - 1], grid)[2]
        assert "!" in columns(lines[at_hour["09:00"]], grid)[2]
        assert "+" in "".join(lines), "five at once have no room in 22 cells"
        assert not any("heute" in columns(lines[0], grid)[number] for number in (0, 1, 3, 4))


async def test_bars_run_over_their_days_and_each_name_stands_once() -> None:
    """All-day and longer events lie above the hours, in as few lines as they need."""
    named = {"notes": ("Herbstferien",), "school": True}
    grid = WeekGrid()
    async with Bare(grid).run_test(size=(120, 40)):
        grid.show(week(*BARS, d23=named, d24=named, d26={"notes": ("Buß- und Bettag",), "free": True}))
        lines = shown(grid)
        assert lines[1].count("Herbstferien") == 1
        assert columns(lines[1], grid)[1].strip("─ │") == "", "the rule runs on over the second day"
        assert "Buß- und Bettag" in columns(lines[1], grid)[3]
        assert "Urlaub Kämmerin" in lines[2]
        assert "Delegationsreise" in lines[2], "it begins where the other one has ended"
        assert "14:00" in lines[2]
        assert "12:00" in lines[2]
        assert "Beflaggung" in columns(lines[3], grid)[2]
        assert lines[4].startswith("07:00")
        assert grid._grounds == ["school", "school", "", "free", ""]
        assert grid.select("reise")
        assert grid.step(1)
        assert grid.current is not None
        assert grid.current.id == "reise"
        assert grid.moment.date() == date(2026, 11, 26)


async def test_an_appointment_over_midnight_stands_on_both_days() -> None:
    """From 22:00 to 02:00: at the foot of one day and at the head of the next."""
    grid = WeekGrid()
    async with Bare(grid).run_test(size=(120, 60)):
        grid.show(week(HOSTILE[0]))
        rows = {
            number: (block.start, block.end) for number, found in enumerate(grid._blocks) for block in found
        }
        slots = 60 // grid._slot
        assert rows == {1: (22 * slots, 24 * slots), 2: (0, 2 * slots)}
        assert grid.select("nacht")
        assert grid.step(1)
        assert grid.current is not None
        assert (grid.current.id, grid.moment) == ("nacht", at("2026-11-25T00:00"))


async def test_walking_in_time() -> None:
    """J and K go by hours onto empty paper, j and k from there by slots, up to an appointment."""
    grid = WeekGrid()
    found, hook = messages(CalendarSheet.Selected)
    async with Bare(grid).run_test(size=(120, 36), message_hook=hook) as pilot:
        grid.show(week(*HOSTILE[1:2]), moment=at("2026-11-25T08:00"))
        assert grid.current is not None
        assert grid.step_minutes(60)
        assert (grid.current, grid.moment) == (None, at("2026-11-25T09:00"))
        assert "+ 09:00" in "".join(shown(grid))
        assert grid.step_event(1)
        assert grid.moment == at("2026-11-25T09:30")
        assert grid.step_event(-1)
        assert grid.step_event(-1)
        assert grid.step_event(-1)
        assert grid.current is not None, "back on the appointment"
        assert grid.step(1)
        assert (grid.current, grid.moment) == (None, at("2026-11-26T08:00"))
        for _ in range(30):
            grid.step_minutes(60)
        assert grid.moment == at("2026-11-26T23:30"), "the day ends there, and the grid reaches so far"
        assert not grid.step_minutes(60)
        await pilot.pause()
        assert "+ 23:30" in "".join(shown(grid))
        assert grid.step(1)
        assert not grid.step(1)
        assert grid.beyond(1) == date(2026, 11, 30), "from Friday to Monday"
        assert grid.beyond(7) == date(2026, 12, 4)
    assert found[-1].event is None


async def test_from_an_appointment_one_comes_to_the_one_beside() -> None:
    """Into the lane beside first, then to the next day: to what is near at that time."""
    grid = WeekGrid()
    late = timed("spät", "26T09:30", "26T10:30", "Kämmerei")
    async with Bare(grid).run_test(size=(200, 60)):
        grid.show(week(*HOSTILE, late), cursor="a")
        lanes = []
        while grid.moment.date() == date(2026, 11, 25):
            assert grid.current is not None
            lanes.append(grid.current.id)
            assert grid.step(1)
        assert lanes[0] == "a"
        assert len(lanes) > 3
        assert grid.current is not None
        assert grid.current.id == "spät"


async def test_the_same_days_shown_again_keep_the_cursor_and_another_moment_moves_it() -> None:
    grid = WeekGrid()
    async with Bare(grid).run_test(size=(120, 36)):
        grid.show(week(*HOSTILE), cursor="k")
        grid.show(week(*HOSTILE))
        assert grid.current is not None
        assert grid.current.id == "k"
        grid.show(week(*HOSTILE), moment=at("2026-11-27T11:00"))
        assert (grid.current, grid.moment) == (None, at("2026-11-27T11:00"))
        grid.show(week(*(one for one in HOSTILE if one.id != "k")), moment=at("2026-11-25T16:00"))
        assert (grid.current, grid.moment) == (None, at("2026-11-25T16:00"))


async def test_a_ghost_lies_over_everything_and_its_appointment_grows_faint() -> None:
    """It is scrolled to, also at night; what it would hit is said in it."""
    grid = WeekGrid()
    ghost = Ghost(
        id="k",
        summary="Bürgersprechstunde",
        start=at("2026-11-26T22:30"),
        end=at("2026-11-27T00:30"),
        conflicts=("Ratssitzung bis 02:00",),
    )
    async with Bare(grid).run_test(size=(120, 24)) as pilot:
        grid.show(week(*HOSTILE[:-1]), cursor="k")
        grid.preview(ghost)
        await pilot.pause()
        text = [columns(line, grid) for line in shown(grid)]
        thursday = "".join(line[3] for line in text)
        assert "22:30–00:30" in thursday
        assert "! " in thursday
        assert "┃" in thursday
        grid.preview(replace(ghost, start=at("2026-11-26T09:00"), end=at("2026-11-26T10:00")))
        await pilot.pause()
        assert "09:00–10:00" in "".join(shown(grid))
        whole = replace(ghost, all_day=True, start=at("2026-11-25T00:00"), end=at("2026-11-27T00:00"))
        grid.preview(whole)
        assert "Bürgersprechstunde" in shown(grid)[1]
        grid.preview(None)
        assert "┃" not in "".join(shown(grid))


async def test_a_night_in_which_the_clock_is_put_back() -> None:
    """What begins in the first and ends in the second of two equal hours fills the hour it has seen."""
    start = datetime(2026, 10, 25, 2, 30)  # noqa: DTZ001 wall time
    twice = replace(
        event("x", "00:00", "00:00", "Bereitschaft"), start=start, end=start.replace(minute=15, fold=1)
    )
    grid = DayGrid()
    async with Bare(grid).run_test(size=(80, 60)):
        grid.show((DayView(date=start.date(), events=(twice,)),))
        (block,) = grid._blocks[0]
        assert (block.start * grid._slot, block.end * grid._slot) == (
            150 - 60 * grid._first_hour,
            180 - 60 * grid._first_hour,
        )
        assert "Bereitschaft" in "".join(shown(grid))


async def test_the_mouse_finds_days_slots_and_hidden_lanes() -> None:
    grid = WeekGrid()
    async with Bare(grid).run_test(size=(80, 40)) as pilot:
        grid.show(week(*HOSTILE[1:-1]), now=NOW)
        await pilot.pause()
        left, right = grid._edges(4, 5)
        line = next(number for number, text in enumerate(shown(grid)) if text.startswith("11:00"))
        await pilot.click(grid, offset=(left + 2, line))
        assert (grid.current, grid.moment) == (None, at("2026-11-27T11:00"))
        await pilot.click(grid, offset=(grid._edges(1, 2)[0] + 1, 0))
        assert grid.moment.date() == date(2026, 11, 24)
        more = next(number for number, text in enumerate(shown(grid)) if "+" in columns(text, grid)[2])
        _, right = grid._edges(2, 3)
        await pilot.click(grid, offset=(right - 3, more))
        assert grid.current is not None
        assert grid._lanes_of(2, next(b for b in grid._blocks[2] if b.event.id == grid.current.id)).cells(
            next(b.lane for b in grid._blocks[2] if b.event.id == grid.current.id)
        ), "a lane that had no room has it under the cursor"
