"""The Wiedervorlagen, pressed as a clerk does: splits, verbs on tasks and requests, the record behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from app_kit import Desk, at_desk

from ob_buero_tui.office import Office
from ob_buero_tui.services.follow_ups.card import card
from ob_buero_tui.services.follow_ups.verbs import add_task, tick_tasks
from ob_buero_tui.services.follow_ups.views import FollowUpView
from ob_buero_tui.services.requests.verbs import defer
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.screens.calendar import CalendarScreen
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.defer import DeferDialog
from ob_buero_tui.tui.screens.dialogs.note import NoteDialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.dialogs.search import Search
from ob_buero_tui.tui.screens.follow_ups import FollowUpScreen
from ob_buero_tui.tui.screens.inbox import InboxScreen

TODAY = date(2026, 11, 25)


@pytest.fixture
def tasks(place: Workplace, five: list[int], make_event: Callable[..., int]) -> list[int]:
    """Four tasks in the order of „Alle“: two of today, one of an appointment, a free one without a date."""
    event = make_event(summary="Empfang der Vereine")
    return [
        add_task(place, "Blumen bestellen", TODAY, request_id=five[0]).ids[0],
        add_task(place, "Rückruf", TODAY, request_id=five[1]).ids[0],
        add_task(place, "Saal prüfen", TODAY + timedelta(days=1), event_id=event).ids[0],
        add_task(place, "Schlüssel holen").ids[0],
    ]


async def at_follow_ups(desk: Desk) -> FollowUpScreen:
    """Go there and wait until the list is drawn."""
    await desk.press("f5")
    return await desk.opened(FollowUpScreen)


def listed(screen: FollowUpScreen) -> list[int]:
    """The keys in the list."""
    return list(screen.list._ids)


def seen(desk: Desk, key: int) -> FollowUpView:
    """A task as it stands in the database."""
    return card(desk.app.patient, "task", key)


async def test_the_splits_and_what_the_panel_says(office: Office, tasks: list[int], place: Workplace) -> None:
    async with at_desk(office, size=(140, 36)) as desk:
        screen = await at_follow_ups(desk)
        assert listed(screen) == tasks[:2]
        assert desk.text.startswith(" OB-Büro · Wiedervorlagen")
        for text in ("Blumen bestellen", "2026-0001 · Grußwort", "Zu tun bis", "Mi 25.11.2026"):
            await desk.shows(text)
        for digit, expected in (("2", tasks[:3]), ("3", tasks), ("7", []), ("1", tasks[:2])):
            await desk.press(digit)
            assert listed(screen) == expected, digit
        await desk.press("4")
        await desk.shows("Nichts liegt auf Wiedervorlage.")
        await desk.press("6")
        await desk.shows("keine Frist der Sitzungen")


async def test_abhaken_goes_on_and_is_taken_back(office: Office, tasks: list[int]) -> None:
    async with at_desk(office) as desk:
        screen = await at_follow_ups(desk)
        await desk.press("e")
        await desk.says("„Blumen bestellen“: erledigt")
        assert (listed(screen), screen.list.cursor) == (tasks[1:2], tasks[1])
        await desk.press("e")
        await desk.shows("Für heute steht keine Aufgabe und keine Wiedervorlage an.")
        await desk.press("7")
        assert listed(screen) == [tasks[1], tasks[0]]
        await desk.shows("wieder öffnen")
        await desk.press("e")
        await desk.says("„Rückruf“: wieder offen")
        await desk.press("u", "u", "u")
        await desk.until(lambda: listed(screen) == [])
        await desk.press("1")
        assert listed(screen) == tasks[:2]


async def test_a_marked_batch_is_one_step(office: Office, tasks: list[int]) -> None:
    async with at_desk(office) as desk:
        screen = await at_follow_ups(desk)
        await desk.press("3", "*", "e")
        await desk.says("4 Aufgaben: erledigt")
        assert listed(screen) == []
        await desk.press("u")
        await desk.until(lambda: listed(screen) == tasks)


async def test_verschieben_and_the_same_again(office: Office, tasks: list[int]) -> None:
    async with at_desk(office) as desk:
        screen = await at_follow_ups(desk)
        await desk.press("w")
        await desk.opened(DeferDialog)
        await desk.shows("„Blumen bestellen“ verschieben: bis wann?")
        assert "Nächstes" not in desk.text
        await desk.type("+3t")
        await desk.press("enter")
        await desk.closed()
        await desk.says("auf Mo 30.11.2026 verschoben")
        assert dict(seen(desk, tasks[0]).facts)["Zu tun bis"] == "Mo 30.11.2026"
        assert screen.list.cursor == tasks[1]
        await desk.press(".")
        await desk.until(lambda: listed(screen) == [])
        assert dict(seen(desk, tasks[1]).facts)["Zu tun bis"] == "Mo 30.11.2026"


async def test_zuständig_and_a_note_to_the_request(office: Office, tasks: list[int], five: list[int]) -> None:
    async with at_desk(office) as desk:
        await at_follow_ups(desk)
        await desk.press("z")
        dialog = await desk.opened(Choose)
        await desk.press(str(len(dialog._list.choices)))
        await desk.closed()
        await desk.says("niemandem zugewiesen")
        assert "Zuständig" not in dict(seen(desk, tasks[0]).facts)
        await desk.press("c")
        await desk.opened(NoteDialog)
        await desk.type("Bestellt.")
        await desk.press("ctrl+s")
        await desk.closed()
        await desk.says("Notiz gespeichert")
        assert "Bestellt." in desk.record(five[1]).notes[-1]
        await desk.press("3", "G", "c")
        await desk.says("gehört zu keinem Eingang oder Termin")


async def test_a_new_task_in_one_line(office: Office, tasks: list[int], five: list[int]) -> None:
    async with at_desk(office) as desk:
        screen = await at_follow_ups(desk)
        await desk.press("+")
        await desk.opened(PromptLine)
        await desk.type("Band schneiden fr")
        await desk.shows("„Band schneiden“ · Fr 27.11.2026")
        await desk.press("enter")
        await desk.opened(Choose)
        await desk.press("2")
        await desk.closed()
        await desk.says("„Band schneiden“: angelegt, bis Fr 27.11.2026")
        assert "Band schneiden" in [task.label for task in desk.record(five[0]).tasks]
        await desk.press("2", "+")
        await desk.opened(PromptLine)
        await desk.type("Kaffee heute")
        await desk.press("enter")
        await desk.opened(Choose)
        await desk.press("1")
        await desk.closed()
        await desk.says("„Kaffee“: angelegt")
        await desk.until(lambda: screen.record is not None and screen.record.title == "Kaffee")
        assert seen(desk, screen.list.cursor or 0).opens is None


async def test_enter_opens_the_panel_and_then_the_record(
    office: Office, tasks: list[int], five: list[int]
) -> None:
    async with at_desk(office, size=(80, 24)) as desk:
        screen = await at_follow_ups(desk)
        await desk.press("j", "enter")
        assert screen.panel.has_focus
        await desk.shows("Benefizlauf")
        await desk.press("enter")
        await desk.opened(InboxScreen)
        assert desk.cursor == five[1]
        await desk.press("g", "w")
        await desk.opened(FollowUpScreen)
        assert screen.list.has_focus
        await desk.press("2", "G", "enter", "enter")
        await desk.opened(CalendarScreen)
        await desk.shows("Empfang der Vereine")


async def test_verbs_on_a_request_are_those_of_the_eingang(
    office: Office, tasks: list[int], five: list[int], place: Workplace
) -> None:
    defer(place, [five[2]], TODAY + timedelta(days=2), "Gutachten lesen")
    async with at_desk(office, size=(140, 36)) as desk:
        screen = await at_follow_ups(desk)
        await desk.press("space", "4")
        assert screen.list.marked == (), "a mark on a task is none on the request of the same number"
        assert listed(screen) == [five[2]]
        await desk.shows("Gutachten lesen")
        assert not screen.check_action("repeat", ())
        await desk.press("w")
        await desk.opened(DeferDialog)
        await desk.shows("2026-0003 auf Wiedervorlage")
        await desk.press("1", "enter")
        await desk.closed()
        await desk.says("auf Wiedervorlage Do 26.11.2026")
        await desk.press("e")
        await desk.says("2026-0003: erledigt")
        assert listed(screen) == []
        await desk.press("5")
        assert listed(screen) == [five[0], five[1], five[3]]
        await desk.press("enter", "enter")
        await desk.opened(InboxScreen)
        assert desk.cursor == five[0]


async def test_search_leads_to_a_task_wherever_it_is(
    office: Office, tasks: list[int], place: Workplace
) -> None:
    tick_tasks(place, [tasks[2]])
    async with at_desk(office) as desk:
        for word, key, split in (("schlüssel", tasks[3], "alle"), ("saal", tasks[2], "erledigt")):
            await desk.press("/")
            dialog = await desk.opened(Search)
            await desk.type(word)
            await desk.until(lambda found=dialog: len(found._list.choices) == 1)
            await desk.press("enter")
            screen = await desk.opened(FollowUpScreen)
            assert (screen.split, screen.list.cursor) == (split, key)


async def test_copying_a_value(office: Office, tasks: list[int]) -> None:
    async with at_desk(office) as desk:
        await at_follow_ups(desk)
        await desk.press("y")
        await desk.opened(Choose)
        await desk.press("1")
        await desk.closed()
        await desk.says("Nummer kopiert.")
        assert desk.app.clipboard == "2026-0001"


async def test_the_day_rolls_over(office: Office, tasks: list[int], clock: object) -> None:
    async with at_desk(office) as desk:
        screen = await at_follow_ups(desk)
        clock.advance(days=1)  # type: ignore[attr-defined]
        screen.tick()
        await desk.until(lambda: listed(screen) == tasks[:3])
