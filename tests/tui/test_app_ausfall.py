"""The Ausfall at the desk: the line, the list, deputies, cancellations, moves and calls by single keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import cast

import pytest
from app_kit import Desk, at_desk
from sqlalchemy import select

from ob_buero_tui.office import Office
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.decisions import Deputation
from ob_buero_tui.tui.screens.ausfall import AusfallScreen
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.clashes import ClashDialog
from ob_buero_tui.tui.screens.dialogs.deputy import DeputyDialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.widgets.ausfall_rows import widths

Make = Callable[..., int]


@pytest.fixture
def day(make_event: Make) -> list[int]:
    """Four appointments of today that are still to come."""
    at = datetime.fromisoformat
    given = (("11", "Besuch"), ("13", "Richtfest"), ("15", "Empfang"), ("17", "Vortrag"))
    return [
        make_event(
            summary=title,
            dtstart=at(f"2026-11-25T{hour}:00"),
            dtend=at(f"2026-11-25T{int(hour) + 1}:00"),
            contact_name=f"Frau {title}",
            contact_phone=f"0221 {hour}",
        )
        for hour, title in given
    ]


def screen(desk: Desk) -> AusfallScreen:
    return cast("AusfallScreen", desk.app.desk_screen)


async def begin(desk: Desk, *keys: str) -> AusfallScreen:
    """From the Kalender to the list of a new Ausfall."""
    await desk.press("f3")
    await desk.shows("Kalender")
    await desk.press("V")
    await desk.until(lambda: isinstance(desk.app.screen, AusfallScreen))
    await desk.until(lambda: screen(desk).absence.typing)
    await desk.quiet()
    await desk.press(*keys, "enter")
    await desk.until(lambda: screen(desk).list.has_focus and screen(desk).views)
    await desk.quiet()
    return screen(desk)


def said(desk: Desk) -> list[str]:
    view = screen(desk).view
    assert view is not None
    return [one.said for one in view.lines]


def stored(office: Office) -> list[tuple[str, str]]:
    """Beginning and status of the appointments as the database has them; not the absence itself."""
    with office.place.reading() as session:
        rows = session.scalars(select(Event).where(Event.kind.is_(None)).order_by(Event.id)).all()
        return [(f"{row.dtstart:%d.%m. %H}", row.status) for row in rows]


def answers(office: Office) -> list[tuple[str, str]]:
    """Which deputies were asked, and what they said."""
    with office.place.reading() as session:
        return [(row.calendar, row.answer) for row in session.scalars(select(Deputation))]


async def test_a_whole_day_by_keys(office: Office, day: list[int]) -> None:
    async with at_desk(office) as desk:
        shown = await begin(desk)
        assert [one.summary for one in shown.view.lines] == ["Besuch", "Richtfest", "Empfang", "Vortrag"]  # type: ignore[union-attr]
        assert "Krank: Mi 25.11.2026, ganztägig" in desk.text
        await desk.press("v")
        await desk.opened(DeputyDialog)
        await desk.press("1")
        await desk.closed()
        await desk.until(lambda: said(desk)[0] == "1. BM angefragt")
        await desk.press("n")
        await desk.opened(PromptLine)
        assert cast("PromptLine", desk.app.screen).value == "OB verhindert"
        await desk.press("enter")
        await desk.closed()
        await desk.until(lambda: said(desk)[1] == "abgesagt: OB verhindert")
        await desk.press("m")
        await desk.opened(PromptLine)
        await desk.type("do 10")
        await desk.press("enter")
        await desk.closed()
        await desk.until(lambda: said(desk)[2] == "verschoben auf Do 26.11. 10:00")
        await desk.press("e")
        await desk.until(lambda: said(desk)[3] == "bleibt")
        assert shown.view.open == 0  # type: ignore[union-attr]


async def test_the_calls_are_ticked_by_key(office: Office, day: list[int]) -> None:
    async with at_desk(office) as desk:
        shown = await begin(desk)
        await desk.press("v")
        await desk.opened(DeputyDialog)
        await desk.press("2")
        await desk.closed()
        await desk.press("tab")
        await desk.until(lambda: shown.calls.has_focus)
        await desk.press("e")
        await desk.opened(Choose)
        await desk.press("1")
        await desk.closed()
        await desk.until(lambda: said(desk)[0] == "2. BM kommt")
        await desk.until(
            lambda: shown.current_call is not None and shown.current_call.who.name == "Frau Besuch"
        )
        await desk.press("e")
        await desk.opened(PromptLine)
        await desk.press("enter")
        await desk.closed()
        await desk.until(lambda: shown.view is not None and shown.view.to_call == 0)
        assert "alle erledigt" in str(shown.calls.border_title)


async def test_a_refusal_offers_the_next_deputy(office: Office, day: list[int]) -> None:
    async with at_desk(office) as desk:
        await begin(desk)
        await desk.press("v")
        await desk.opened(DeputyDialog)
        await desk.press("1")
        await desk.closed()
        await desk.press("k", "n")
        await desk.opened(Choose)
        await desk.press("1")
        await desk.opened(DeputyDialog)
        assert "hat abgelehnt" in desk.text
        await desk.press("2")
        await desk.closed()
        await desk.until(lambda: said(desk)[0] == "2. BM angefragt")


async def test_several_at_once_and_back(office: Office, day: list[int]) -> None:
    async with at_desk(office) as desk:
        await begin(desk)
        await desk.press("asterisk", "n")
        await desk.opened(PromptLine)
        await desk.press("enter")
        await desk.closed()
        await desk.until(lambda: set(said(desk)) == {"abgesagt: OB verhindert"})
        assert [status for _, status in stored(office)] == ["CANCELLED"] * 4
        await desk.press("u")
        await desk.until(lambda: set(said(desk)) == {""})
        assert [status for _, status in stored(office)] == ["CONFIRMED"] * 4


async def test_a_move_into_a_clash_asks_for_the_reason(
    office: Office, day: list[int], make_event: Make
) -> None:
    at = datetime.fromisoformat
    make_event(summary="Besetzt", dtstart=at("2026-11-26T11:00"), dtend=at("2026-11-26T12:00"))
    async with at_desk(office) as desk:
        await begin(desk)
        await desk.press("m")
        await desk.opened(PromptLine)
        await desk.type("do")
        await desk.press("enter")
        await desk.opened(ClashDialog)
        await desk.type("geht nebenher")
        await desk.press("enter")
        await desk.closed()
        await desk.until(lambda: said(desk)[0] == "verschoben auf Do 26.11. 11:00")
        assert stored(office)[0] == ("26.11. 11", "TENTATIVE")


async def test_the_absence_becomes_shorter(office: Office, day: list[int]) -> None:
    async with at_desk(office) as desk:
        shown = await begin(desk)
        await desk.press("b")
        await desk.until(lambda: shown.absence.typing)
        await desk.type("wieder da ab 14 uhr")
        await desk.press("enter")
        await desk.until(lambda: not shown.absence.typing)
        await desk.until(lambda: shown.view is not None and len(shown.view.lines) == 2)
        assert "bis 14:00 Uhr" in desk.text


async def test_without_an_ausfall_the_line_is_asked(office: Office) -> None:
    async with at_desk(office, size=(80, 24)) as desk:
        await desk.press("g", "a")
        await desk.until(lambda: isinstance(desk.app.screen, AusfallScreen) and screen(desk).absence.typing)
        await desk.quiet()
        await desk.type("krank bis fr")
        await desk.shows("→ Krank: Mi 25.11.2026 bis Fr 27.11.2026, 3 Tage")
        await desk.press("escape")
        await desk.until(lambda: screen(desk).list.has_focus)
        assert "Kein Ausfall ist offen" in desk.text
        with office.place.reading() as session:
            assert session.scalars(select(Event)).all() == []


async def test_v_on_an_appointment_of_the_calendar(office: Office, day: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3")
        await desk.shows("Besuch")
        await desk.until(lambda: desk.calendar.grid.current is not None)
        await desk.press("v")
        await desk.opened(DeputyDialog)
        await desk.press("1")
        await desk.closed()
        await desk.says("1. BM angefragt")
        assert answers(office) == [("bm1", "angefragt")]
        await desk.press("v")
        await desk.opened(Choose)
        await desk.press("1")
        await desk.closed()
        await desk.says("1. BM hat zugesagt")
        assert answers(office) == [("bm1", "zugesagt")]


async def test_a_ticked_call_sinks_and_the_next_one_is_under_the_cursor(
    office: Office, day: list[int]
) -> None:
    async with at_desk(office, size=(80, 24)) as desk:
        shown = await begin(desk)
        await desk.press("asterisk", "n")
        await desk.opened(PromptLine)
        await desk.press("enter")
        await desk.closed()
        await desk.until(lambda: shown.view is not None and shown.view.to_call == 4)
        await desk.press("tab")
        await desk.until(lambda: shown.calls.has_focus)
        order = list(shown.calls.ids)
        for left in (3, 2, 1, 0):
            assert shown.calls.cursor == order[3 - left], "the next one is under the cursor"
            await desk.press("e")
            await desk.opened(PromptLine)
            await desk.press("enter")
            await desk.closed()
            await desk.until(lambda left=left: shown.view is not None and shown.view.to_call == left)
            await desk.quiet()
            done = order[: 4 - left]
            assert set(shown.calls.ids[left:]) == set(done), "what is done has sunk"
        await desk.press("E")
        await desk.says("Ausfall abgeschlossen")


async def test_tab_leads_to_the_calls_where_e_means_a_call(office: Office, day: list[int]) -> None:
    async with at_desk(office) as desk:
        shown = await begin(desk)
        await desk.press("k", "tab")
        await desk.until(lambda: shown.calls.has_focus)
        await desk.press("e")
        await desk.quiet()
        assert not [one for one in said(desk) if one == "bleibt"]
        await desk.press("tab")
        await desk.until(lambda: shown.detail.has_focus)
        await desk.press("tab")
        await desk.until(lambda: shown.list.has_focus)
        await desk.press("shift+tab", "shift+tab")
        await desk.until(lambda: shown.calls.has_focus)


async def test_what_is_typed_behind_v_at_once_is_the_reason(office: Office, day: list[int]) -> None:
    async with at_desk(office, size=(80, 24)) as desk:
        await desk.press("f3")
        await desk.quiet()
        desk.calendar.call_later(desk.calendar.action_begin_ausfall)
        desk.burst("krank bis fr")
        await desk.until(lambda: isinstance(desk.app.screen, AusfallScreen))
        await desk.shows("Krank: Mi 25.11.2026 bis Fr 27.11.2026")
        await desk.press("enter")
        await desk.until(lambda: screen(desk).view is not None)
        view = screen(desk).view
        assert view is not None
        assert view.reason == "Krank"


def test_over_several_days_a_list_of_usual_width_still_names_the_contact() -> None:
    assert widths(67, dated=True)[3] >= 14


async def test_an_absence_is_one_conflict_however_much_it_hits(office: Office, day: list[int]) -> None:
    async with at_desk(office, size=(120, 36)) as desk:
        await begin(desk)
        await desk.press("f3")
        await desk.shows("! 1 Konflikt")
        assert "Konflikte" not in desk.text.splitlines()[0]


async def test_a_promised_deputy_who_cannot_leads_to_the_next(office: Office, make_event: Make) -> None:
    at = datetime.fromisoformat
    make_event(
        summary="Serie", dtstart=at("2026-11-25T14:00"), dtend=at("2026-11-25T15:00"), rrule="FREQ=WEEKLY"
    )
    async with at_desk(office) as desk:
        await begin(desk)
        await desk.press("v")
        await desk.opened(DeputyDialog)
        await desk.press("1")
        await desk.closed()
        await desk.press("a")
        await desk.until(lambda: said(desk)[0] == "1. BM kommt")
        await desk.press("n")
        await desk.opened(Choose)
        await desk.press("1")
        await desk.opened(DeputyDialog)
        await desk.press("escape")
        await desk.closed()
        await desk.until(lambda: said(desk)[0] == "1. BM nicht mehr")


async def test_an_absence_begins_on_the_day_that_is_shown(office: Office) -> None:
    async with at_desk(office, size=(80, 24)) as desk:
        await desk.press("f3", "l", "V")
        await desk.until(lambda: isinstance(desk.app.screen, AusfallScreen) and screen(desk).absence.typing)
        await desk.quiet()
        await desk.type("krank bis fr")
        await desk.shows("→ Krank: Do 26.11.2026 bis Fr 27.11.2026, 2 Tage")
        await desk.press("enter")
        await desk.until(lambda: screen(desk).view is not None)
        assert "Do 26.11.2026 bis Fr 27.11.2026" in desk.text
