"""The list of requests: only visible rows are fetched, the cursor is an id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from textual.widgets import Static
from widgets_kit import TODAY, Bare, messages, row, rows, shown

from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.services.views import RowView
from ob_buero_tui.tui.widgets.record_list import RecordList


async def test_a_hundred_thousand_requests_fetch_only_screenfuls() -> None:
    """Showing, jumping to the end and paging back never asks for more than what is near the screen."""
    asked: list[int] = []

    def fetch(ids: Sequence[int]) -> Mapping[int, RowView]:
        asked.extend(ids)
        return rows(ids)

    the_list = RecordList()
    async with Bare(the_list).run_test(size=(80, 24)) as pilot:
        the_list.show(range(1, 100_001), fetch, today=TODAY)
        the_list.focus()
        await pilot.press("G")
        assert the_list.cursor == 100_000
        assert "Sache 100000" in shown(the_list)[-1]
        await pilot.press("home")
        assert the_list.cursor == 1
        assert len(asked) < 200


async def test_keys_move_and_report() -> None:
    """j, k, arrows and paging move the cursor, stop at the ends, and each move is one message."""
    found, hook = messages(RecordList.Highlighted)
    the_list = RecordList()
    async with Bare(the_list).run_test(size=(80, 12), message_hook=hook) as pilot:
        the_list.show(range(1, 31), rows)
        the_list.focus()
        await pilot.press("j", "down", "k", "up", "up", "pagedown", "end", "j")
        assert [message.id for message in found] == [1, 2, 3, 2, 1, 12, 30]
        assert the_list.scroll_offset.y == 18


async def test_enter_and_double_click_open() -> None:
    """Enter opens what is under the cursor; a click selects, a double click opens."""
    found, hook = messages(RecordList.Opened)
    the_list = RecordList()
    async with Bare(the_list).run_test(size=(80, 12), message_hook=hook) as pilot:
        the_list.show(range(1, 31), rows)
        the_list.focus()
        await pilot.press("enter")
        await pilot.click(the_list, offset=(10, 4))
        assert the_list.cursor == 5
        await pilot.click(the_list, offset=(10, 2), times=2)
        assert [message.id for message in found] == [1, 3]


async def test_the_cursor_stays_on_its_request() -> None:
    """New ids keep the cursor on its id; when that has gone it keeps its place."""
    the_list = RecordList()
    async with Bare(the_list).run_test(size=(80, 12)):
        the_list.show([10, 20, 30, 40], rows, cursor=30)
        assert (the_list.preceding(), the_list.following()) == (20, 40)
        the_list.show([5, 10, 20, 30, 40], rows)
        assert the_list.cursor == 30
        the_list.show([5, 10, 20, 40], rows)
        assert the_list.cursor == 40
        assert (the_list.preceding(), the_list.following()) == (20, None)
        the_list.show([5], rows)
        assert the_list.cursor == 5
        assert (the_list.preceding(), the_list.following()) == (None, None)
        the_list.show([], rows, empty="Alles erledigt.")
        assert the_list.cursor is None


async def test_marks() -> None:
    """Marks are kept by id, reported in the order of the list, and lost with their request."""
    found, hook = messages(RecordList.MarksChanged)
    the_list = RecordList()
    async with Bare(the_list).run_test(size=(80, 12), message_hook=hook) as pilot:
        the_list.show([3, 1, 2], rows)
        the_list.toggle_mark()
        the_list.toggle_mark()
        assert the_list.marked == (3, 1)
        assert the_list.cursor == 2
        assert shown(the_list)[0].startswith("▌ x ")
        the_list.show([1, 2], rows)
        assert the_list.marked == (1,)
        the_list.mark_all()
        the_list.unmark_all()
        await pilot.pause()
        assert [message.ids for message in found] == [(3,), (3, 1), (1, 2), ()]


async def test_signs_and_columns() -> None:
    """Overdue, important and far dates are told by signs; wide lists have more columns."""
    the_list = RecordList()
    app = Bare(the_list)
    async with app.run_test(size=(50, 8)) as pilot:
        data = {
            1: row(1, overdue=True, important=True, due_on=TODAY - timedelta(days=1)),
            2: row(2, due_on=None),
            3: row(3, due_on=TODAY + timedelta(days=400), state=RequestState.ERLEDIGT),
        }
        the_list.show([1, 2, 3, 4], lambda ids: {id: data[id] for id in ids if id in data}, today=TODAY)
        first, second, third, fourth = (text.rstrip() for text in shown(the_list)[:4])
        assert first == "▌!  Di 24.11. Gw » Sache 1"
        assert second == "▌   ohne      Gw Sache 2"
        assert third == "▌   30.12.27  Gw Sache 3"
        assert fourth == "   nicht mehr vorhanden"
        assert "TSV" not in first
        await pilot.resize_terminal(130, 8)
        await pilot.pause()
        wide = shown(the_list)[2]
        assert "TSV Beispielstadt" in wide
        assert "erledigt" in wide
        assert wide.rstrip().endswith("2026-0003")


async def test_the_empty_list_says_what_to_do() -> None:
    """An empty list shows its sentence and ignores keys."""
    found, hook = messages(RecordList.Opened)
    the_list = RecordList()
    async with Bare(the_list, Static("x")).run_test(size=(40, 10), message_hook=hook) as pilot:
        the_list.show([], rows, empty="Nichts Neues. / durchsucht alles.")
        the_list.focus()
        await pilot.press("j", "enter", "G", "pageup")
        assert "Nichts Neues. / durchsucht alles." in shown(the_list)[1]
        assert found == []
