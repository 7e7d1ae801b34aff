"""Sitzungen: making, changing, postponing and calling off sessions by keys, and the year in weeks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from app_kit import Desk, at_desk
from textual.widgets import Input

from ob_buero_tui.office import Office
from ob_buero_tui.services.council.leading import leader_choice
from ob_buero_tui.services.council.meeting import meeting
from ob_buero_tui.services.council.sessions import coming
from ob_buero_tui.services.work import transaction
from ob_buero_tui.store.people import Organization
from ob_buero_tui.tui.screens.council import CouncilScreen
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.meeting_form import MeetingFormDialog
from ob_buero_tui.tui.screens.dialogs.postpone import PostponeDialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine

Make = Callable[..., int]


def add_body(office: Office, name: str, **values: Any) -> int:
    """A body that sits."""
    with transaction(office.place, "note") as work:
        row = Organization(name=name, extra={}, categories=[], **values)
        work.session.add(row)
        work.session.flush()
        return row.id


async def at_council(desk: Desk) -> CouncilScreen:
    """Go to the Sitzungen."""
    await desk.press("f4")
    return await desk.opened(CouncilScreen)


async def test_a_joint_session_is_made_changed_and_undone(office: Office, make_meeting: Make) -> None:
    add_body(office, "Hauptausschuss", short_name="HA", organization_type="Gremium")
    make_meeting(body="Stadtrat")
    async with at_desk(office, size=(120, 36)) as desk:
        screen = await at_council(desk)
        await desk.press("+")
        form = await desk.opened(MeetingFormDialog)
        for name, text in (
            ("bodies", "HA, Stadtrat"),
            ("day", "16.12."),
            ("start", "17:30"),
            ("room", "Aula"),
        ):
            form.query_one(f"#{name}", Input).value = text
        await desk.press("ctrl+s")
        await desk.says("angelegt")
        made = next(row for row in coming(office.place) if row.organization == "HA")
        assert meeting(office.place, made.id).organizations == ("Hauptausschuss", "Stadtrat")
        await desk.until(lambda: screen.list.cursor == made.id)
        await desk.press("b")
        form = await desk.opened(MeetingFormDialog)
        assert form.query_one("#room", Input).value == "Aula"
        form.query_one("#start", Input).value = "abends"
        await desk.press("ctrl+s")
        await desk.shows("Beginn")
        form.query_one("#start", Input).value = "18:00"
        await desk.press("ctrl+s")
        await desk.says("geändert")
        start = meeting(office.place, made.id).row.start
        assert start == datetime.fromisoformat("2026-12-16T18:00")
        await desk.press("u")
        await desk.until(lambda: meeting(office.place, made.id).row.start.hour == 17)  # type: ignore[union-attr]


async def test_a_session_is_postponed_called_off_and_takes_place_after_all(
    office: Office, make_meeting: Make
) -> None:
    key = make_meeting(body="Stadtrat")
    async with at_desk(office, size=(120, 36)) as desk:
        await at_council(desk)
        await desk.press("m")
        await desk.opened(PostponeDialog)
        await desk.press("enter")
        await desk.says("Es fehlt, auf welchen Tag")
        await desk.press("pageup")
        await desk.shows("→ Do 17.12.2026")
        await desk.press("home", "shift+end")
        await desk.type("+1w")
        await desk.shows("Do 17.12.2026 · 1 Woche nach Do 10.12.")
        await desk.shows("Do 17.12.2026")
        await desk.shows("Zugang bis")
        await desk.press("tab")
        await desk.type("Gutachten fehlt")
        await desk.press("enter")
        await desk.until(lambda: meeting(office.place, key).facts.moved_note == "Gutachten fehlt")
        await desk.shows("verschoben vom Do 10.12.2026")
        await desk.press("n")
        await desk.opened(PromptLine)
        await desk.type("kein Quorum")
        await desk.press("enter")
        await desk.until(lambda: meeting(office.place, key).row.cancelled)
        await desk.press("n")
        await desk.opened(Confirm)
        await desk.press("j")
        await desk.until(lambda: not meeting(office.place, key).row.cancelled)


async def test_a_key_says_who_leads_the_agenda(office: Office, make_meeting: Make) -> None:
    body = add_body(office, "Stadtrat", oparl_id="https://ris.example.org/1")
    make_meeting(body=body)
    async with at_desk(office, size=(120, 36)) as desk:
        await at_council(desk)
        await desk.shows("Tagesordnung im RIS")
        await desk.press("S")
        await desk.shows("Wer führt")
        await desk.press("1")
        await desk.until(lambda: leader_choice(office.place, body) == ("wir", "ris"))


async def test_the_year_hangs_in_weeks_and_verbs_act_on_the_day_under_the_cursor(
    office: Office, make_meeting: Make
) -> None:
    moment = datetime.fromisoformat
    first = make_meeting(body="Stadtrat")
    second = make_meeting(body=1, start=moment("2026-12-17T17:00"))
    make_meeting(body="Bauausschuss", start=moment("2027-02-03T17:00"))
    async with at_desk(office, size=(200, 60)) as desk:
        screen = await at_council(desk)
        assert "Diese Woche fällig" in desk.text
        await desk.press("W")
        await desk.shows("Sitzungen 2026")
        await desk.shows("KW")
        assert screen.weeks.cursor == first
        await desk.press("l")
        await desk.until(lambda: screen.list.cursor == second)
        await desk.press("n")
        await desk.opened(PromptLine)
        await desk.press("enter")
        await desk.until(lambda: meeting(office.place, second).row.cancelled)
        await desk.until(lambda: screen.shows_weeks and screen.weeks.cursor == second)
        await desk.press("L")
        await desk.shows("Bauausschuss")
        await desk.press("W")
        await desk.until(lambda: screen.list.has_focus)
