"""Jahresplan with the real planner: planned, two dates fixed, planned anew, decided, all of it undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

import pytest
from app_kit import Desk, at_desk

from ob_buero_tui.office import Office
from ob_buero_tui.services.council.patterns import edit_pattern
from ob_buero_tui.services.council.planning import plan_view, plans
from ob_buero_tui.services.council.planning_views import PatternForm, PlanView
from ob_buero_tui.services.council.sessions import meeting_ids
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.pattern_form import PatternDialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.plan import PlanScreen

ROUNDS = "11.1.-5.3., 12.4.-28.5."


@pytest.fixture
def bodies(make_meeting: Callable[..., int], place: Workplace) -> None:
    """A council and a committee with habits."""
    for name, weekday, step in (("Bauausschuss", 1, 1), ("Stadtrat", 3, 2)):
        make_meeting(body=name, start=datetime.fromisoformat("2026-10-01T17:00"))
        form = PatternForm(weekdays=(weekday,), start=time(17), room="Ratssaal", step=step, gap_days=7)
        edit_pattern(place, step, form)


def shown(place: Workplace, key: int = 0) -> PlanView:
    """A plan as it stands in the database."""
    plan = plan_view(place, key or plans(place)[0].id)
    assert plan is not None
    return plan


async def planned(desk: Desk) -> PlanScreen:
    """Plan 2027 by the keyboard."""
    await desk.press("g", "j")
    screen = await desk.opened(PlanScreen)
    await desk.press("plus")
    await desk.opened(PromptLine)
    await desk.press("enter")
    await desk.shows("Die Sitzungsfolgen 2027")
    await desk.type(ROUNDS)
    await desk.press("enter")
    await desk.opened(Choose)
    await desk.press("enter")
    await desk.says("Jahresplan 2027: 4 Termine")
    return screen


async def test_a_year_by_the_keyboard(office: Office, bodies: None) -> None:
    before = len(meeting_ids(office.place, every=True))
    async with at_desk(office, size=(120, 36)) as desk:
        screen = await planned(desk)
        place = desk.app.patient
        assert [one.variant for one in plans(place)] == ["A", "B"]
        first = shown(place)
        assert [one.start is not None for one in first.dates] == [True] * 4

        await desk.press("m")
        await desk.opened(PromptLine)
        await desk.type("mi 17.2.")
        await desk.press("enter")
        await desk.says("Mi 17.02.2027")
        # Moved behind others, it keeps the cursor; the next one is fixed where it is.
        await desk.press("j", "a")
        await desk.says("festgelegt")
        fixed = {one.id: one.start for one in shown(place).dates if one.fixed}
        assert len(fixed) == 2
        assert date(2027, 2, 17) in {start.date() for start in fixed.values() if start is not None}

        await desk.press("R")
        await desk.says("Jahresplan 2027 A: 4 Termine")
        again = {one.id: one.start for one in shown(place).dates if one.fixed}
        assert again == fixed

        await desk.press("E")
        await desk.opened(Confirm)
        await desk.press("j")
        await desk.until(lambda: shown(place, first.id).state == "beschlossen")
        assert len(meeting_ids(place, every=True)) == before + 4
        await desk.until(lambda: screen.check_action("plan_move", ()) is False)

        for left in range(4, -1, -1):
            await desk.until(lambda: not desk.app.waiting)
            await desk.press("u")
            await desk.until(lambda left=left: steps(desk) == left)
        assert len(meeting_ids(place, every=True)) == before
        assert plans(place) == ()
        await desk.shows("Noch ist kein Jahr geplant.")


def steps(desk: Desk) -> int:
    """How many steps of the plan stand: planned, moved, fixed, planned anew, decided."""
    found = plans(desk.app.patient)
    if not found:
        return 0
    plan = shown(desk.app.patient, min(one.id for one in found))
    fixed = sum(one.fixed for one in plan.dates)
    return 5 if plan.state == "beschlossen" else 1 + fixed + (fixed == 2 and not plan.changed)


async def test_habits_and_a_contradiction_explained(office: Office, bodies: None) -> None:
    async with at_desk(office, size=(140, 40)) as desk:
        screen = await planned(desk)
        await desk.press("6", "b")
        form = await desk.opened(PatternDialog)
        await desk.type("mo, xx")
        await desk.shows("! „xx“ ist kein Wochentag.")
        await desk.press("ctrl+s")
        assert desk.app.screen is form
        await desk.press("home", "shift+end")
        await desk.type("mo")
        for _ in range(6):
            await desk.press("tab")
        await desk.shows("zwischen ihm und der Stufe davor")
        await desk.press("tab")
        await desk.type("180")
        await desk.press("ctrl+s")
        await desk.closed()
        await desk.press("1")
        assert screen.plan is not None
        assert screen.plan.changed
        await desk.press("R")
        await desk.shows("! Diese Regeln gehen nicht zusammen")
        contradiction = screen.plan.contradiction
        assert contradiction
        assert any("Bauausschuss" in text for text in contradiction)
        await desk.shows("! Widerspruch")
