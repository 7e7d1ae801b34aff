"""The day grid: rows in proportion, lanes, travel, signs, and a cursor over events."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from widgets_kit import TODAY, Bare, at, event, messages, shown

from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.views import DayView, EventView
from ob_buero_tui.tui.widgets.day_grid import DayGrid
from ob_buero_tui.tui.widgets.day_layout import blocks, hours_of
from ob_buero_tui.tui.widgets.day_text import block_lines
from ob_buero_tui.tui.widgets.event_panel import EventPanel

DAY = DayView(
    date=TODAY,
    notes=("Buß- und Bettag",),
    events=(
        event("all", "00:00", "23:59", "Klausur", all_day=True),
        event("jour", "08:00", "08:30", "Jour fixe"),
        event(
            "fest", "10:00", "11:30", "Richtfest", travel_before_min=20, travel_after_min=20, conflicts=("x",)
        ),
        event("rueck", "10:30", "11:00", "Rücksprache", conflicts=("y",)),
        event("opt", "13:00", "14:00", "Bürgergespräch", status=EventStatus.TENTATIVE),
        event("weg", "14:00", "15:00", "Presse", status=EventStatus.CANCELLED),
        event(
            "privat", "16:00", "17:00", "Zahnarzt", view="belegt", confidentiality=Confidentiality.PERSOENLICH
        ),
    ),
)


@pytest.mark.parametrize(("width", "height"), [(30, 12), (80, 24), (150, 60)])
async def test_a_day_is_drawn_at_every_size(width: int, height: int) -> None:
    """Every event can be reached and is then in sight, from 30 columns to 150."""
    grid = DayGrid()
    async with Bare(grid).run_test(size=(width, height)) as pilot:
        grid.show((DAY,))
        grid.first()
        seen = []
        while True:
            await pilot.pause()
            assert grid.current is not None
            seen.append(grid.current.id)
            name = "belegt" if grid.current.id == "privat" else grid.current.summary[:4]
            assert name in "\n".join(shown(grid)), grid.current.id
            if not grid.step_event(1):
                break
        assert seen == ["all", "jour", "fest", "rueck", "opt", "weg", "privat"]


async def test_what_the_rows_say() -> None:
    """Quarter hours when there is room, travel, lanes, signs and words."""
    grid = DayGrid()
    async with Bare(grid).run_test(size=(100, 60)):
        grid.show((DAY,))
        lines = shown(grid)
        assert lines[0].strip() == "Buß- und Bettag"
        assert lines[1].startswith("▌Klausur")
        at = {text[:5]: place for place, text in enumerate(lines) if text[2:3] == ":"}
        assert at["09:00"] - at["08:00"] == 4
        assert lines[at["08:00"]][6:].startswith("▌08:00–08:30 Jour fixe")
        assert "┆ Fahrt 20 Min." in lines[at["10:00"] - 2]
        assert "▌! 10:00–11:30 Richtfest" in lines[at["10:00"]]
        half = lines[at["10:00"] + 2]
        assert half.index("Rücksprache") > 53
        assert "┆ Fahrt 20 Min." in lines[at["11:00"] + 2]
        assert "░ 13:00–14:00 Bürgergespräch" in lines[at["13:00"]]
        assert "vorgemerkt" in lines[at["13:00"] + 1]
        assert "abgesagt" in lines[at["14:00"]]
        text = "\n".join(lines)
        assert "belegt" in text
        assert "Zahnarzt" not in text
        assert "persönlich" not in text


async def test_half_hours_when_low_and_short_meetings_side_by_side() -> None:
    """In half-hour rows two quarter-hour meetings share a row without hiding each other."""
    grid = DayGrid()
    day = DayView(
        date=TODAY, events=(event("a", "09:00", "09:15", "Erste"), event("b", "09:15", "09:30", "Zweite"))
    )
    async with Bare(grid).run_test(size=(80, 20)):
        grid.show((day,))
        together = [text for text in shown(grid) if "Erste" in text]
        assert len(together) == 1
        assert "Zweite" in together[0]
        assert "09:15" in together[0]
        assert grid.step(1)
        assert grid.current is not None
        assert grid.current.id == "b"
        assert not grid.step(1)
        assert grid.step(-1)


async def test_now_line_and_start() -> None:
    """The present is shown on its own day only, and the cursor begins at what comes next."""
    grid = DayGrid()
    found, hook = messages(DayGrid.Selected)
    async with Bare(grid).run_test(size=(80, 24), message_hook=hook) as pilot:
        grid.show((DAY,), now=at("2026-11-25T12:10"))
        await pilot.pause()
        assert [message.event.id for message in found] == ["opt"]
        lines = shown(grid)
        present = next(text for text in lines if text.startswith("12:10"))
        assert present[6:].strip("─").strip() == ""
        grid.tick(at("2026-11-25T12:40"))
        assert any(text.startswith("12:40") for text in shown(grid))
        grid.show((DayView(date=TODAY + timedelta(days=1)),), now=at("2026-11-25T12:10"))
        assert grid.current is None
        assert not any(text.startswith("12:10") for text in shown(grid))


async def test_mouse_and_keeping_the_cursor() -> None:
    """A click selects, a double click opens; the same day shown again keeps the cursor."""
    opened, hook = messages(DayGrid.Opened)
    grid = DayGrid()
    async with Bare(grid).run_test(size=(100, 60), message_hook=hook) as pilot:
        grid.show((DAY,))
        await pilot.pause()
        place = next(y for y, text in enumerate(shown(grid)) if "Rücksprache" in text)
        await pilot.click(grid, offset=(70, place))
        assert grid.current is not None
        assert grid.current.id == "rueck"
        grid.show((DAY,))
        assert grid.current.id == "rueck"
        await pilot.click(grid, offset=(10, 1), times=2)
        assert [message.event.id for message in opened] == ["all"]
        assert not grid.select("gibt es nicht")


def test_hours_widen_for_early_and_late_events() -> None:
    """Travel before an early event and an end late at night are inside the grid."""
    early = event("a", "06:10", "06:30", travel_before_min=30)
    late = event("b", "21:00", "23:30", travel_after_min=45)
    assert hours_of((early, late), TODAY) == (5, 24)
    assert hours_of((), TODAY) == (7, 20)


def test_an_event_over_midnight_is_cut_at_the_day() -> None:
    """What began yesterday or ends tomorrow stays inside the rows; longer than a day, it is no block."""
    night = replace(event("a", "00:00", "00:00"), start=at("2026-11-24T20:00"), end=at("2026-11-25T03:00"))
    (block,) = blocks((night,), TODAY, first_hour=0, slot=30, rows=48)
    assert (block.start, block.end) == (0, 6)
    (block,) = blocks((night,), TODAY - timedelta(days=1), first_hour=0, slot=30, rows=48)
    assert (block.start, block.end) == (40, 48)
    assert blocks((replace(night, end=at("2026-11-26T03:00")),), TODAY, first_hour=0, slot=30, rows=48) == []
    (outside,) = blocks((event("b", "22:00", "23:00"),), TODAY, first_hour=7, slot=30, rows=26)
    assert (outside.start, outside.end) == (25, 26)


async def test_many_all_day_events_leave_room() -> None:
    """All-day events take a third of the height; the others are counted and can be walked to."""
    whole = tuple(event(f"d{n}", "00:00", "23:59", f"Ganztag {n}", all_day=True) for n in range(9))
    grid = DayGrid()
    async with Bare(grid).run_test(size=(60, 12)) as pilot:
        grid.show((DayView(date=TODAY, events=(*whole, event("x", "09:00", "10:00", "Sitzung"))),))
        assert "+6 ganztägig" in "\n".join(shown(grid))
        grid.first()
        for _ in range(8):
            grid.step_event(1)
        await pilot.pause()
        assert grid.current is not None
        assert "Ganztag 8" in "\n".join(shown(grid))


async def test_event_panel() -> None:
    """The panel names time, length, travel and each conflict, and hides what is only belegt."""
    panel = EventPanel()
    async with Bare(panel).run_test(size=(60, 24)):
        panel.show_record(EventView(day=DAY.events[2], conflicts=("Rücksprache 10:30",)))
        text = "\n".join(shown(panel))
        assert "Mi 25.11.2026, 10:00–11:30 (1 Std. 30 Min.)" in " ".join(text.split())
        assert "hin 20 Min. und zurück 20 Min." in " ".join(text.split())
        assert "! Konflikte" in text
        panel.show_record(EventView(day=DAY.events[-1]))
        hidden = "\n".join(shown(panel))
        assert "Zahnarzt" not in hidden
        assert "persönlich" not in hidden
        panel.show_record(None)
        assert "Kein Termin an diesem Tag." in "\n".join(shown(panel))


def test_a_long_word_of_a_title_is_not_torn_by_a_blank() -> None:
    """What is broken at the end of a line goes on in the next one as it was written."""
    long = event("w", "11:15", "12:30", "Gespräch Investorengruppe Hafen")
    for width in range(12, 30):
        lines = block_lines(long, width, 6, 30)
        written = "".join(text.strip() for runs in lines for text, tone in runs if tone == "")
        assert "Investorengruppe" in written, (width, written)


def test_whose_entry_it_is_stands_before_a_long_place() -> None:
    """A deputy's name is not cut away; a place that has no room ends in „…“."""
    talk = event("d", "10:00", "11:00", "Gespräch", location="Rathaus, Zimmer 120", attendee="StD")
    lines = ["".join(text for text, _ in runs).rstrip() for runs in block_lines(talk, 20, 2, 30)]
    assert lines == ["Gespräch", "StD · Rathaus, Zimm…"]
