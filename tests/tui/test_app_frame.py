"""The frame: splits, search, palette, help, the prefix key, cover, look, and the ways between the screens."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from datetime import datetime

import pytest
from app_kit import at_desk

from ob_buero_tui.office import Office
from ob_buero_tui.services.requests import accepting
from ob_buero_tui.services.requests.verbs import assign, trash
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.help import Help, live_commands
from ob_buero_tui.tui.palette import Palette
from ob_buero_tui.tui.screens.calendar import CalendarScreen
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.dialogs.search import Search
from ob_buero_tui.tui.screens.inbox import InboxScreen


async def test_splits_by_digit(office: Office, five: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out: list[bool] = []
    shown = InboxScreen.show_record

    def show_record(screen: InboxScreen) -> None:
        laid_out.append(not screen._layout_required and not screen.app._batch_count)
        shown(screen)

    monkeypatch.setattr(InboxScreen, "show_record", show_record)
    async with at_desk(office) as desk:
        assert laid_out[0], "the first rows are painted before a record is read"
        expected = {
            "2": [five[3]],
            "3": five[:2],
            "4": [],
            "5": [five[2]],
            "6": [],
            "7": [],
            "8": [],
            "1": five,
        }
        for digit, ids in expected.items():
            await desk.press(digit)
            assert desk.ids == ids, digit
        await desk.press("4")
        await desk.shows("Hier ist nichts offen.")
        await desk.press("8")
        await desk.shows("Nichts wartet.")
        await desk.press("9")
        assert sorted(desk.ids) == five


async def test_search_opens_the_record(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("2", "/")
        dialog = await desk.opened(Search)
        await desk.type("hafenstr")
        await desk.until(lambda: len(dialog._list.choices) == 1)
        await desk.shows("Radweg Hafenstraße")
        await desk.press("enter")
        await desk.closed()
        assert desk.cursor == five[4]
        assert desk.inbox.split == "alle"
        assert desk.inbox.panel.has_focus_within
        await desk.press("escape")
        assert desk.inbox.list.has_focus
        await desk.press("/")
        dialog = await desk.opened(Search)
        await desk.type("gibtesnicht")
        assert dialog._list.choices == ()
        await desk.press("enter", "escape")
        await desk.closed()


async def test_palette_runs_a_command_by_its_name(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("ctrl+p")
        await desk.opened(Palette)
        await desk.type("vertraulichkeit")
        await desk.press("enter")
        await desk.opened(Choose)
        await desk.shows("Wie vertraulich ist 2026-0001?")
        await desk.press("3")
        await desk.closed()
        await desk.says("jetzt vertraulich")
        await desk.press("ctrl+p")
        await desk.opened(Palette)
        await desk.type("hell")
        look = desk.app.theme
        await desk.press("enter")
        await desk.closed()
        await desk.until(lambda: desk.app.theme != look)


async def test_help_lists_the_keys_that_work_now(office: Office, five: list[int]) -> None:
    async with at_desk(office, size=(120, 130)) as desk:
        await desk.press("?")
        await desk.opened(Help)
        for sentence in ("Mit einem Grund absagen.", "Zu einem Tag gehen", "g k", "Strg+P", "überfällig"):
            await desk.shows(sentence)
        await desk.press("escape")
        await desk.closed()
        for _ in five:
            await desk.press("e")
        await desk.until(lambda: desk.cursor is None)
        assert not {"accept", "decline", "edit"} & {each.id for each in live_commands(desk.inbox)}
        await desk.press("f1")
        await desk.opened(Help)
        assert "Mit einem Grund absagen." not in desk.text


async def test_the_prefix_key(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("G")
        assert desk.cursor == five[4]
        await desk.press("g")
        await desk.shows("g … k Kal.")
        await desk.press("g")
        assert desk.cursor == five[0]
        assert "g …" not in desk.text
        await desk.press("g", "k")
        await desk.opened(CalendarScreen)
        await desk.press("g", "e")
        await desk.opened(InboxScreen)
        assert len(desk.ids) == 5, "e behind g finishes nothing"
        await desk.press("g", "d")
        await desk.opened(PromptLine)
        await desk.type("kw50")
        await desk.press("enter")
        await desk.opened(CalendarScreen)
        await desk.shows("Montag, 7.12.2026")
        await desk.press("g", "escape", "f2")
        await desk.opened(InboxScreen)
        await desk.press("g", "n")
        assert desk.app.screen is desk.inbox, "a letter without a meaning behind g is no verb"
        await desk.press("f3")
        await desk.opened(CalendarScreen)
        await desk.press("escape")
        await desk.says("F2 führt zum Eingang")
        assert isinstance(desk.app.screen, CalendarScreen), "with nothing open Esc leads nowhere else"


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_both_looks_draw_every_screen(office: Office, five: list[int], size: tuple[int, int]) -> None:
    async with at_desk(office, size=size) as desk:
        looks = set()
        for _ in range(2):
            desk.inbox.action_switch_theme()
            await desk.quiet()
            looks.add((desk.app.theme, str(desk.inbox.styles.background)))
            await desk.press("f3", "f2")
        assert len({background for _, background in looks}) == 2


async def test_request_and_appointment_open_each_other(
    office: Office, place: Workplace, five: list[int]
) -> None:
    plan = accepting.propose(place, five[2]).plan
    accepting.accept(place, [plan])
    async with at_desk(office) as desk:
        await desk.press("/")
        dialog = await desk.opened(Search)
        await desk.type("richtfest")
        await desk.until(lambda: len(dialog._list.choices) > 1)
        keys = [choice.key.partition("-")[0] for choice in dialog._list.choices]
        await desk.press(*["down"] * keys.index("event"), "enter")
        calendar = await desk.opened(CalendarScreen)
        await desk.shows("Samstag, 12.12.2026")
        await desk.shows("Richtfest Grundschule")
        assert calendar.grid.current is not None
        await desk.press("enter")
        assert calendar.panel.has_focus
        await desk.shows("Vorgang (Enter öffnet ihn)")
        await desk.press("enter")
        await desk.opened(InboxScreen)
        assert desk.cursor == five[2]


async def test_a_request_in_the_trash_is_not_mistaken_for_another(
    office: Office, place: Workplace, five: list[int]
) -> None:
    accepting.accept(place, [accepting.propose(place, five[2]).plan])
    trash(place, five[2:3])
    async with at_desk(office) as desk:
        before = desk.cursor
        await desk.app.open_record("request", five[2])
        await desk.says("liegt im Papierkorb")
        assert desk.cursor == before
        await desk.app.open_record("request", 4711)
        await desk.says("gibt es nicht mehr")
        await desk.app.open_record("event", 4711)
        await desk.says("Diesen Termin gibt es nicht mehr")


async def test_empty_office(office: Office) -> None:
    # Another window of the same account, as its marker says.
    other = office.path.with_name(f"{office.path.name}.offen-{platform.node()}-{os.getppid()}")
    other.write_text(f"\n{office.place.desk.account!a}", encoding="ascii")
    async with at_desk(office, size=(80, 24)) as desk:
        await desk.says("Ein zweites Fenster ist offen; beide sind ein Platz: u gilt für beide.")
        await desk.shows("Noch keine Eingänge. E-Mails holt Strg+P „einlesen“ herein")
        await desk.press("8")
        await desk.shows("Nichts wartet.")
        await desk.press("9")
        await desk.shows("Strg+P „einlesen“")
        await desk.press("enter", "tab", "tab", "j", "k", "G", " ", "*", "-", "u")
        await desk.says("Es gibt nichts zurückzunehmen")
        await desk.press("f3")
        await desk.opened(CalendarScreen)
        await desk.shows("heute · kein Termin")
        await desk.press("enter", "j", "k", "a", "n", "D", "!", "c", "tab", "G", "L", "H", "0", "l", "h")
        await desk.shows("heute")


async def test_another_desks_change_appears(
    office: Office, other_place: Workplace, five: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ob_buero_tui.tui.background.WATCH_SECONDS", 0.05)
    async with at_desk(office) as desk:
        await desk.press("j")
        trash(other_place, five[:1])
        await desk.until(lambda: desk.ids == five[1:])
        assert desk.cursor == five[1], "the cursor stays on its request"
        await desk.press("c")
        await desk.until(lambda: desk.app.screen is not desk.inbox)
        await desk.type("halb getippt")
        assign(other_place, five[1:2], "KL")
        await desk.until(
            lambda: desk.inbox.panel.record is not None and desk.inbox.panel.record.assigned_to == "KL"
        )
        assert "halb getippt" in desk.text


async def test_a_request_deleted_meanwhile(
    office: Office, make_request: Callable[..., int], place: Workplace
) -> None:
    from ob_buero_tui.services.undo import undo

    gone = make_request(subject="Nur kurz da")
    async with at_desk(office) as desk:
        assert desk.cursor == gone
        undo(place)
        for verb in "e!D":
            desk.app.clear_notifications()
            await desk.press(verb)
            await desk.until(lambda: desk.toasts)
        await desk.press("a")
        await desk.says("gibt es nicht mehr")
        await desk.press("b", "y", "enter", "escape")
        desk.app.data_changed()
        await desk.shows("Noch keine Eingänge.")


async def test_the_day_rolls_over_at_midnight(office: Office, clock: object, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3")
        await desk.opened(CalendarScreen)
        await desk.shows("Mittwoch, 25.11.2026")
        clock.now = datetime.fromisoformat("2026-11-25T23:00:30+00:00")  # type: ignore[attr-defined]
        desk.app._tick()
        await desk.shows("Donnerstag, 26.11.2026")
        await desk.press("f2")
        await desk.shows("Do 26.11.2026")
