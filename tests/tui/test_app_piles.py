"""Searching with keys, a search as a pile, own piles, orders of a list; the cursor stays on its record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app_kit import Desk, at_desk

from ob_buero_tui.office import Office
from ob_buero_tui.services.requests import inbox, own_splits, splits, verbs
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.numbers import NumbersDialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.dialogs.search import Search

Make = Callable[..., int]


async def searched(desk: Desk, text: str) -> Search:
    """The search with a text typed into it."""
    await desk.press("slash")
    dialog = await desk.opened(Search)
    await desk.type(text)
    await desk.until(lambda: dialog._shown == text)
    return dialog


async def test_a_query_is_explained_while_it_is_typed(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("slash")
        await desk.opened(Search)
        assert "Auch: art: status: von:" in desk.text
        await desk.type("status:")
        await desk.shows("status: offen neu wartet")
        await desk.type("offen art:gruss")
        await desk.shows("offen · Art Grußwort")
        await desk.shows("100 Jahre TSV")
        await desk.type(" prio:1")
        await desk.shows("! Stelle 24: „prio:“ gibt es nicht. Gemeint ist vielleicht „wichtig:“")


async def test_a_search_is_worked_on_as_a_pile_and_left_by_escape(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("2")
        before = desk.inbox.split
        await searched(desk, "art:grusswort")
        await desk.press("ctrl+l")
        await desk.closed()
        await desk.until(lambda: desk.ids == five[:2])
        assert "Suche: art:grusswort" in desk.text
        await desk.press("asterisk", "exclamation_mark")
        await desk.says("2 Eingänge: wichtig")
        await desk.press("escape")
        await desk.until(lambda: desk.inbox.split == before)


async def test_an_own_pile_is_counted_renamed_and_removed(
    office: Office, five: list[int], make_request: Make
) -> None:
    async with at_desk(office, size=(160, 36)) as desk:
        await searched(desk, "betreff:lauf")
        await desk.press("ctrl+s")
        await desk.opened(PromptLine)
        await desk.type("Läufe")
        await desk.press("enter")
        await desk.closed()
        await desk.until(lambda: desk.ids == [five[1], five[3]])
        await desk.shows("Läufe 2")
        make_request(subject="Volkslauf")
        desk.app.data_changed()
        await desk.shows("Läufe 3")
        await desk.press("1")
        await desk.until(lambda: desk.inbox.split == inbox.NEW)
        assert desk.inbox.check_action("remove_split", ()) is False
    async with at_desk(office) as desk:
        await desk.shows("Läufe 3")
        (own,) = own_splits.own_splits(desk.app.place)
        desk.inbox.choose_split(own.key)
        await desk.until(lambda: len(desk.ids) == 3)
        desk.inbox.action_remove_split()
        await desk.says("entfernt, die Eingänge bleiben")
        await desk.until(lambda: desk.inbox.split == inbox.NEW)


async def test_a_pile_whose_query_makes_no_sense_any_more_says_so(
    office: Office, five: list[int], place: Workplace
) -> None:
    key = splits.save_split(place, "Altes", "art:grusswort").ids[0]
    with place.engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.exec_driver_sql("UPDATE saved_split SET query = 'art:abgeschafft'")
    async with at_desk(office) as desk:
        await desk.shows("Altes !")
        desk.inbox.choose_split(f"{own_splits.OWN}{key}")
        await desk.shows("nicht mehr zu verstehen")


async def test_the_order_is_chosen_for_each_pile_and_named(office: Office, make_request: Make) -> None:
    late = make_request(due_on=date(2026, 12, 24), important=True)
    soon = make_request(due_on=date(2026, 11, 27))
    async with at_desk(office) as desk:
        assert desk.ids == [soon, late]
        await desk.press("s")
        await desk.opened(Choose)
        await desk.press("8")
        await desk.closed()
        await desk.until(lambda: desk.ids == [late, soon])
        assert desk.cursor == soon
        assert "nach Wichtiges zuerst" in desk.text
        await desk.press("9", "1")
        await desk.until(lambda: desk.ids == [late, soon])


async def test_the_cursor_stays_on_its_record_whatever_another_desk_does(
    office: Office, five: list[int], make_request: Make, other_place: Workplace
) -> None:
    async with at_desk(office) as desk:
        await desk.press("j", "j")
        assert desk.cursor == five[2]
        make_request(subject="Eiliges", due_on=date(2026, 11, 25))
        verbs.trash(other_place, [five[0]])
        desk.app.data_changed()
        await desk.until(lambda: five[0] not in desk.ids and len(desk.ids) == 5)
        assert desk.cursor == five[2]


async def test_from_where_a_search_led_one_comes_back(office: Office, make_request: Make) -> None:
    make_request(subject="Neues")
    done = make_request(subject="Längst fertig", state="erledigt", closed=True)
    async with at_desk(office) as desk:
        await searched(desk, "längst")
        await desk.press("enter")
        await desk.closed()
        await desk.until(lambda: desk.cursor == done)
        assert desk.inbox.split == inbox.ALL
        await desk.press("escape", "escape")
        await desk.until(lambda: desk.inbox.split == inbox.NEW)


async def test_the_numbers_are_shown_with_both_years(office: Office, five: list[int]) -> None:
    async with at_desk(office, size=(80, 24)) as desk:
        await desk.press("g", "z")
        await desk.opened(NumbersDialog)
        await desk.shows("Schirmherrschaft")
        assert "2026 █████" in desk.text
        assert "2025" in desk.text
        await desk.press("left")
        await desk.shows("In den Jahren 2024 und 2025 kam nichts.")
        await desk.press("escape")
        await desk.closed()
