"""The Wiedervorlage's dialog: presets by digit, typed days, bound to the appointment, next step, waking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from app_kit import at_desk
from textual.widgets import Input

from ob_buero_tui.office import Office
from ob_buero_tui.services.requests.verbs import defer
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.requests import Request
from ob_buero_tui.tui.screens.dialogs.accept import AcceptDialog
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.defer import DeferDialog

Make = Callable[..., int]


def stored(office: Office, key: int) -> Request:
    """A request as it is stored now."""
    with office.place.reading() as session:
        return session.get_one(Request, key)


async def test_all_is_shown_and_one_enter_takes_it(office: Office, make_request: Make) -> None:
    key = make_request(kind="grusswort", event_start=datetime.fromisoformat("2026-12-16T18:00"))
    async with at_desk(office) as desk:
        await desk.press("w")
        dialog = await desk.opened(DeferDialog)
        for words in ("1  nächster Arbeitstag", "Do 26.11.", "5  7 Tage vor dem Termin", "Mi  9.12."):
            assert words in desk.text
        assert dialog.query_one("#step", Input).value == "Stichworte da?"
        await desk.press("5")
        await desk.shows("→ Mi 9.12.2026 · 7 Tage vor dem Termin am Mi 16.12.2026")
        await desk.press("enter")
        await desk.closed()
    row = stored(office, key)
    assert (row.wiedervorlage_days, row.wiedervorlage_note, row.wiedervorlage_wakes) == (
        7,
        "Stichworte da?",
        True,
    )


async def test_the_next_step_is_required_and_an_answer_may_not_count(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("w")
        dialog = await desk.opened(DeferDialog)
        await desk.type("kw50")
        await desk.press("tab", "backspace")
        step = dialog.query_one("#step", Input)
        step.value = ""
        await desk.press("enter")
        await desk.shows("! Es fehlt, was dann zu tun ist.")
        await desk.press("down")
        assert step.value
        await desk.press("ctrl+r")
        await desk.shows("kommt nicht zurück")
        await desk.press("enter")
        await desk.closed()
    assert not stored(office, five[0]).wiedervorlage_wakes


async def test_a_counted_day_is_moved_and_says_so_a_written_one_is_not(
    office: Office, five: list[int]
) -> None:
    async with at_desk(office) as desk:
        for place, (typed, said, day) in enumerate(
            [("in 3 Tagen", "Fr 27.11.2026 statt Sa 28.11.2026", 27), ("28.11.", "→ Sa 28.11.2026", 28)]
        ):
            await desk.press("w")
            await desk.opened(DeferDialog)
            await desk.type(typed)
            await desk.shows(said)
            await desk.press("enter")
            await desk.closed()
            assert stored(office, five[place]).wiedervorlage_on == date(2026, 11, day)


async def test_an_ambiguous_day_is_asked_in_the_dialog(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("w")
        await desk.opened(DeferDialog)
        await desk.type("nächsten Dienstag")
        await desk.press("enter")
        await desk.shows("Ziffer wählt")
        await desk.press("2", "enter")
        await desk.closed()
        await desk.says("auf Wiedervorlage Di 8.12.2026")


async def test_a_batch_bound_to_appointments_names_its_exceptions(office: Office, make_request: Make) -> None:
    start = datetime.fromisoformat("2026-12-16T18:00")
    keys = [make_request(event_start=start + timedelta(days=plus)) for plus in (0, 1)]
    without = make_request()
    async with at_desk(office) as desk:
        await desk.press("*", "w")
        await desk.opened(DeferDialog)
        await desk.press("5")
        await desk.shows("7 Tage vor dem Termin, jeder zu seinem eigenen")
        await desk.press("enter")
        await desk.opened(Confirm)
        await desk.shows("2026-0003 hat keinen Termin.")
        await desk.press("enter")
        await desk.closed()
        await desk.says("2 Eingänge: auf Wiedervorlage 7 Tage vor dem Termin")
        assert stored(office, without).wiedervorlage_on is None
        await desk.press("u")
        await desk.says("Zurückgenommen")
    assert [stored(office, key).wiedervorlage_on for key in keys] == [None, None]


async def test_put_off_again_begins_with_the_noted_step(
    office: Office, five: list[int], place: Workplace
) -> None:
    defer(place, [five[0]], place.today + timedelta(days=1), "Gutachten lesen")
    async with at_desk(office) as desk:
        await desk.press("8")
        await desk.press("w")
        dialog = await desk.opened(DeferDialog)
        assert dialog.query_one("#step", Input).value == "Gutachten lesen"


async def test_accepting_asks_for_an_ambiguous_day_and_takes_its_times(
    office: Office, make_request: Make
) -> None:
    make_request(kind="einladung")
    async with at_desk(office, size=(100, 36)) as desk:
        await desk.press("a")
        dialog = await desk.opened(AcceptDialog)
        await desk.type("nächsten Dienstag 14-16 Uhr")
        await desk.shows("2 Di 8.12.2026, 14:00–16:00 Uhr")
        await desk.press("enter")
        await desk.shows("Ziffer wählt")
        await desk.press("2")
        await desk.shows("Termin   Di 8.12.2026 14:00–16:00")
        assert dialog.query_one("#date", Input).value == "Di 8.12.2026 14:00-16:00"
        await desk.press("enter")
        await desk.closed()
