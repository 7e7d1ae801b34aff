"""Foreign text in every field of every widget, at every size: read, never acted on."""

from __future__ import annotations

from textual.containers import Horizontal
from widgets_kit import TODAY, Bare, assert_harmless, event, record, row

from hostile_texts import HOSTILE
from ob_buero_tui.services.views import DayEvent, DayView, EventView, SplitView
from ob_buero_tui.tui.widgets.day_grid import DayGrid
from ob_buero_tui.tui.widgets.event_panel import EventPanel
from ob_buero_tui.tui.widgets.finding_list import FindingList
from ob_buero_tui.tui.widgets.footer_line import FooterLine
from ob_buero_tui.tui.widgets.record_list import RecordList
from ob_buero_tui.tui.widgets.record_panel import RecordPanel
from ob_buero_tui.tui.widgets.record_sections import Section
from ob_buero_tui.tui.widgets.split_bar import SplitBar
from ob_buero_tui.tui.widgets.title_line import Piece, TitleLine


async def test_the_desk_shows_hostile_text_and_does_nothing() -> None:
    """Title, splits, list, panel with all sections, and footer survive every payload."""
    title, bar, the_list, panel, footer = (
        TitleLine("Eingang"),
        SplitBar(),
        RecordList(),
        RecordPanel(),
        FooterLine(),
    )
    app = Bare(title, bar, Horizontal(the_list, panel), footer)
    async with app.run_test(size=(120, 36)) as pilot:
        app.query_one(FindingList).focus()
        for payload in HOSTILE:
            title.rename(payload)
            title.show(middle=[Piece(text=payload)], right=[Piece(text=payload)])
            bar.show([SplitView(key="a", label=payload, count=1)], "a")
            data = {1: row(1, number=payload, subject=payload, sign=payload, requester=payload)}
            the_list.show(
                [1, 2], data.get and (lambda ids, d=data: {i: d[i] for i in ids if i in d}), empty=payload
            )
            footer.show_hint(payload)
            panel.show(record(payload))
            for section in Section:
                panel.show_section(section)
                await pilot.pause()
                assert_harmless(app)
            the_list.show([], lambda _: {}, empty=payload)
            panel.show(None, empty=payload)
            await pilot.pause()
            assert_harmless(app)
        assert app.is_running


def event_view(text: str, day: DayEvent) -> EventView:
    """An event with `text` in every field that can hold a text."""
    full = record(text)
    return EventView(
        day=day,
        kind_label=text,
        organizer=text,
        description=text,
        series=text,
        cancel_reason=text,
        conflicts=(text,),
        requests=((1, text),),
        tasks=full.tasks,
        notes=(text,),
        history=full.history,
    )


async def test_the_calendar_shows_hostile_text_and_does_nothing() -> None:
    """Grid and panel survive every payload in title, place, attendee, notes and conflicts."""
    grid, panel = DayGrid(), EventPanel()
    app = Bare(Horizontal(grid, panel))
    async with app.run_test(size=(120, 36)) as pilot:
        for payload in HOSTILE:
            changes = {
                "location": payload,
                "attendee": payload,
                "kind_sign": payload,
                "conflicts": (payload,),
            }
            events = (
                event("a", "00:00", "23:00", payload, all_day=True, **changes),
                event("b", "09:00", "10:00", payload, **changes),
                event("c", "09:30", "12:00", payload, **changes),
            )
            grid.show((DayView(date=TODAY, notes=(payload,), events=events),))
            panel.show_record(event_view(payload, events[1]))
            await pilot.pause()
            assert_harmless(app)
        assert app.is_running
