"""The form of an appointment: everything of it, the series in words and by choice, scopes, two desks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app_kit import Desk, at_desk
from calendar_kit import MOMENT, events_of, form, kalender, times
from people_kit import add
from textual.widgets import Input

from ob_buero_tui.office import Office
from ob_buero_tui.services.calendar.changing import change_event
from ob_buero_tui.services.calendar.forms import form_of
from ob_buero_tui.services.calendar.scopes import Scope
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.screens.dialogs.both_values import BothValuesDialog
from ob_buero_tui.tui.screens.dialogs.event_form import EventFormDialog
from ob_buero_tui.tui.screens.dialogs.scope import ScopeDialog
from ob_buero_tui.tui.screens.dialogs.series import SeriesDialog


async def field(desk: Desk, name: str, text: str) -> None:
    """Write into a field of the form."""
    desk.app.screen.query_one(f"#{name}", Input).focus()
    await desk.press("home", "shift+end", "delete")
    await desk.type(text)


async def test_all_fields_are_saved_without_a_mouse(office: Office, make_event: Callable[..., int]) -> None:
    key = make_event(summary="Empfang", driver="Kay Fromm")
    other = make_event(dtstart=MOMENT("2026-12-20T10:00"), dtend=MOMENT("2026-12-20T11:00"), car="LW-OB 1")
    person = add(office.place, "Beispiel", "Erika", mobile="0170 1")
    assert other != key
    async with at_desk(office, size=(80, 24)) as desk:
        await kalender(desk, "2026-12-01", "Empfang")
        await desk.press("b")
        dialog = await desk.opened(EventFormDialog)
        for name, text in (
            ("start", "14"),
            ("end", "15:30"),
            ("speech_min", "5"),
            ("dress", "dunkler Anzug"),
        ):
            await field(desk, name, text)
        await field(desk, "location", "Hafenstr. 3")
        assert dialog.form.values["travel_before_min"] == "20", "travel follows the place"
        await field(desk, "companions", "Bei")
        await desk.shows("Erika Beispiel")
        await desk.press("down", "down", "enter")
        await field(desk, "car", "LW")
        await desk.press("down", "down", "enter")
        assert dialog.form.values["car"] == "LW-OB 1", "a car entered before is offered"
        await field(desk, "contact_name", "Erika")
        await desk.press("down", "down", "enter")
        await desk.press("ctrl+s")
        await desk.closed()
        saved = form(desk, str(key))
        assert (saved.start, saved.end) == (MOMENT("2026-12-01T14:00"), MOMENT("2026-12-01T15:30"))
        assert (saved.driver, saved.car, saved.speech_min) == ("Kay Fromm", "LW-OB 1", 5)
        assert [(one.name, one.person_id, one.part) for one in saved.people] == [
            ("Erika Beispiel", person, "begleitung")
        ]
        assert (saved.contact_name, saved.contact_phone) == ("Erika Beispiel", "0170 1")
        assert (saved.travel_before_min, saved.travel_after_min) == (20, 20)


async def test_a_series_by_words_and_by_choice(office: Office, make_event: Callable[..., int]) -> None:
    key = make_event(summary="Jour fixe")
    async with at_desk(office, size=(80, 24)) as desk:
        await kalender(desk, "2026-12-01", "Jour fixe")
        await desk.press("b")
        dialog = await desk.opened(EventFormDialog)
        await field(desk, "series", "jeden 2. di im monat bis 30.6.")
        await desk.press("ctrl+r")
        await desk.opened(SeriesDialog)
        await desk.shows("jeden 2. Dienstag im Monat bis 30.06.2027")
        await desk.shows("Di 8.12.2026 · Di 12.01.2027 · Di 9.02. · Di 9.03. · Di 13.04. …")
        desk.app.screen.query_one("#freq").focus()
        await desk.press("w")
        await desk.shows("→ jeden Dienstag bis 30.06.2027")
        await desk.press("ctrl+s")
        await desk.opened(EventFormDialog)
        assert dialog.form.values["series"].startswith("jeden Dienstag bis 30.06.2027")
        await desk.press("ctrl+s")
        await desk.closed()
        assert form(desk, f"{key}@2026-12-08T10:00").rrule.startswith("FREQ=WEEKLY;BYDAY=TU;UNTIL=")
        assert times(desk, "2027-06-29") == [("Jour fixe", "10:00–11:00")]


async def test_wrong_fields_are_named_and_the_draft_survives(
    office: Office, make_event: Callable[..., int]
) -> None:
    make_event(summary="Empfang")
    async with at_desk(office, size=(80, 24)) as desk:
        await kalender(desk, "2026-12-01", "Empfang")
        await desk.press("b")
        await desk.opened(EventFormDialog)
        await field(desk, "summary", "")
        await field(desk, "series", "jeden Blaumontag")
        await desk.press("ctrl+s")
        await desk.shows("2 Stellen sind zu prüfen.")
        await desk.shows("Ein Termin braucht einen Titel.")
        await desk.press("escape")
        await desk.closed()
        await desk.press("b")
        dialog = await desk.opened(EventFormDialog)
        assert dialog.form.values["series"] == "jeden Blaumontag"
        await desk.press("ctrl+d")
        await desk.closed()
        assert events_of(desk, "2026-12-01")[0].summary == "Empfang"


async def test_one_date_of_a_series_this_and_following_all(
    office: Office, make_event: Callable[..., int]
) -> None:
    make_event(summary="Jour fixe", rrule="FREQ=WEEKLY;COUNT=4")

    def rooms() -> list[str]:
        days = [f"2026-12-{day}" for day in ("01", "08", "15", "22")]
        return [form(desk, events_of(desk, day)[0].id).room for day in days]

    async with at_desk(office, size=(80, 24)) as desk:
        await kalender(desk, "2026-12-08", "Jour fixe")
        for keys, text, wanted in (
            (("enter",), "A", ["", "A", "", ""]),
            (("5", "5"), "B", ["", "B", "B", "B"]),
            (("9", "enter"), "C", ["", "C", "C", "C"]),
        ):
            await desk.press("b")
            await desk.opened(EventFormDialog)
            await field(desk, "room", text)
            await desk.press("ctrl+s")
            await desk.opened(ScopeDialog)
            await desk.press(*keys)
            await desk.closed()
            await desk.until(lambda wanted=wanted: rooms() == wanted)
            assert len(events_of(desk, "2026-12-22")) == 1
        for before in (["", "B", "B", "B"], ["", "A", "", ""], ["", "", "", ""]):
            await desk.press("u")
            await desk.until(lambda before=before: rooms() == before)
        assert desk.toasts[-1].startswith("Zurückgenommen")


async def test_two_desks_at_one_form_are_asked_with_both_values(
    office: Office, other_place: Workplace, make_event: Callable[..., int]
) -> None:
    key = str(make_event(summary="Empfang"))
    async with at_desk(office, size=(80, 24)) as desk:
        await kalender(desk, "2026-12-01", "Empfang")
        await desk.press("b")
        await desk.opened(EventFormDialog)
        await field(desk, "gift", "Stadtbuch")
        theirs = replace(form_of(other_place, key), gift="Blumen", driver="Kay Fromm")
        change_event(other_place, theirs, Scope.SERIE)
        await desk.press("ctrl+s")
        await desk.opened(BothValuesDialog)
        await desk.shows("Blumen")
        await desk.press("h", "enter")
        await desk.closed()
        saved = form(desk, key)
        assert (saved.gift, saved.driver) == ("Stadtbuch", "Kay Fromm")
