"""A new appointment in the Kalender: one line, its meaning while one types, and the way into the form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app_kit import at_desk
from calendar_kit import MOMENT, events_of, form, kalender, times

from ob_buero_tui.office import Office
from ob_buero_tui.tui.screens.dialogs.clashes import ClashDialog
from ob_buero_tui.tui.screens.dialogs.event_form import EventFormDialog
from ob_buero_tui.tui.screens.dialogs.event_line import EventLineDialog


async def test_a_line_is_understood_in_full_and_saved_by_enter(office: Office) -> None:
    async with at_desk(office, size=(80, 24)) as desk:
        await kalender(desk)
        await desk.press("plus")
        await desk.opened(EventLineDialog)
        await desk.type("do 14-15:30 Uhr Spatenstich Kita Nord, Hafenstr. 3")
        await desk.shows("→ Do 26.11.2026, 14:00–15:30 (1 Std. 30 Min.) · Spatenstich Kita Nord")
        await desk.shows("Art Spatenstich · Fahrt hin und zurück je 20 Min.")
        await desk.press("enter")
        await desk.closed()
        await desk.says("eingetragen Do 26.11.2026 14:00")
        assert times(desk, "2026-11-26") == [("Spatenstich Kita Nord", "14:00–15:30")]
        current = desk.calendar.grid.current
        assert current is not None
        assert current.summary == "Spatenstich Kita Nord", "the cursor stands on it"
        await desk.press("u")
        await desk.says("Zurückgenommen")
        assert events_of(desk, "2026-11-26") == []


async def test_the_cursor_says_what_the_line_does_not(office: Office) -> None:
    async with at_desk(office) as desk:
        await kalender(desk, "2026-12-01")
        await desk.press("J")
        at = desk.calendar.grid.moment
        await desk.press("plus")
        await desk.opened(EventLineDialog)
        await desk.type("Rücksprache Bauamt")
        await desk.press("enter")
        await desk.closed()
        await desk.until(lambda: events_of(desk, "2026-12-01"))
        start = events_of(desk, "2026-12-01")[0].start
        assert start.minute % 15 == 0
        assert 0 <= (start - at).total_seconds() < 15 * 60


async def test_a_digit_chooses_what_is_ambiguous(office: Office) -> None:
    async with at_desk(office) as desk:
        await kalender(desk)
        await desk.press("plus")
        await desk.opened(EventLineDialog)
        await desk.type("nächsten do 14 Uhr Empfang")
        await desk.shows("Enter, dann die Ziffer.")
        await desk.press("enter")
        await desk.shows("Ziffer wählt.")
        assert events_of(desk, "2026-12-03") == []
        await desk.press("2")
        await desk.shows("→ Do 3.12.2026, 14:00")
        await desk.press("enter")
        await desk.closed()
        await desk.until(lambda: events_of(desk, "2026-12-03"))


async def test_what_was_typed_survives_esc_and_a_refusal(office: Office) -> None:
    async with at_desk(office) as desk:
        await kalender(desk)
        await desk.press("plus")
        await desk.opened(EventLineDialog)
        await desk.type("do 14 Empf")
        await desk.press("escape")
        await desk.closed()
        await desk.press("plus")
        dialog = await desk.opened(EventLineDialog)
        assert dialog.value == "do 14 Empf"
        await desk.type("ang")
        await desk.press("enter")
        await desk.closed()
        await desk.press("plus")
        assert (await desk.opened(EventLineDialog)).value == "", "what is saved is no draft"


async def test_a_draft_of_another_time_is_replaced_by_typing_and_dropped_by_ctrl_d(office: Office) -> None:
    async with at_desk(office, size=(80, 24)) as desk:
        await kalender(desk)
        await desk.press("plus")
        await desk.opened(EventLineDialog)
        await desk.type("Telefonat morgen um 12")
        await desk.press("escape")
        await desk.closed()
        desk.calendar.show_day(date(2026, 12, 1))
        await desk.quiet()
        await desk.press("plus")
        dialog = await desk.opened(EventLineDialog)
        assert dialog.value == "Telefonat morgen um 12"
        await desk.shows("Strg+D verwirft")
        await desk.type("Abstimmung")
        assert dialog.value == "Abstimmung"
        await desk.press("ctrl+d")
        await desk.closed()
        await desk.press("plus")
        assert (await desk.opened(EventLineDialog)).value == ""


async def test_tab_opens_the_form_with_what_is_understood(office: Office) -> None:
    async with at_desk(office, size=(80, 24)) as desk:
        await kalender(desk)
        await desk.press("plus")
        await desk.opened(EventLineDialog)
        await desk.type("fr 10 Uhr Richtfest, Hafenstr. 3")
        await desk.press("tab")
        dialog = await desk.opened(EventFormDialog)
        values = dialog.form.values
        assert (values["summary"], values["day"], values["start"]) == ("Richtfest", "27.11.2026", "10:00")
        assert (values["kind"], values["travel_before_min"]) == ("Richtfest", "20")
        await desk.press("ctrl+s")
        await desk.closed()
        assert [one.summary for one in events_of(desk, "2026-11-27")] == ["Richtfest"]


async def test_a_conflict_is_told_and_stands_only_with_a_reason(
    office: Office, make_event: Callable[..., int]
) -> None:
    make_event(summary="Klausur", dtstart=MOMENT("2026-12-03T14:00"), dtend=MOMENT("2026-12-03T16:00"))
    async with at_desk(office, size=(80, 24)) as desk:
        await kalender(desk)
        await desk.press("plus")
        await desk.opened(EventLineDialog)
        await desk.type("3.12. 15 Uhr Empfang")
        await desk.press("enter")
        await desk.opened(ClashDialog)
        await desk.shows("Klausur")
        await desk.press("enter")
        await desk.shows("Ohne Grund bleibt der Konflikt nicht stehen")
        await desk.type("nur ein Grußw")
        await desk.press("escape")
        dialog = await desk.opened(EventLineDialog)
        assert dialog.value == "3.12. 15 Uhr Empfang", "back in the line, nothing saved"
        assert len(events_of(desk, "2026-12-03")) == 1
        await desk.press("enter")
        await desk.opened(ClashDialog)
        await desk.type("ort")
        await desk.press("enter")
        await desk.closed()
        await desk.until(lambda: len(events_of(desk, "2026-12-03")) == 2)
        new = next(one for one in events_of(desk, "2026-12-03") if one.summary == "Empfang")
        assert form(desk, new.id).start == MOMENT("2026-12-03T15:00")
        await desk.press("enter")
        await desk.shows("nur ein Grußwort")


async def test_the_view_goes_to_the_first_date_of_a_series(office: Office) -> None:
    async with at_desk(office) as desk:
        await kalender(desk)
        await desk.press("plus")
        await desk.opened(EventLineDialog)
        await desk.type("jeden 2. di im monat 10 Uhr Runde")
        await desk.press("tab")
        await desk.opened(EventFormDialog)
        await desk.press("ctrl+s")
        await desk.closed()
        await desk.until(lambda: desk.calendar.date == date(2026, 12, 8))
        await desk.says("Di 8.12.2026")
