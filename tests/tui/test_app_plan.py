"""Jahresplan: a plan in its views, changing dates, computing with progress, comparing, printing."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from app_kit import Desk, at_desk

from ob_buero_tui.office import Office
from ob_buero_tui.rules.year_plan import Round
from ob_buero_tui.services.council import plan_paper, planning, planning_batches, planning_verbs
from ob_buero_tui.services.council.plan_progress import Stopped, Tell
from ob_buero_tui.services.council.planning_views import (
    CompareRow,
    CompareView,
    PatternView,
    PlanLine,
    Planned,
    PlanView,
)
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Organization
from ob_buero_tui.tui.screens import plan_sheet
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.plan_preview import PlanPreview
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.plan import PlanScreen
from plan_view_kit import DEAR, plan_of, slot

HOSTILE = "Bau\x1b]0;weg\x07 [red]ausschuss[/red]"


class Years:
    """Plans without a solver: what the screen asks of the services, and what it was asked for."""

    def __init__(self, bodies: tuple[int, int]) -> None:
        rat, bau = bodies
        dates = (
            slot(1, bau, 1, "2027-01-12T17:00", name=HOSTILE, step=1),
            slot(2, rat, 1, "2027-02-11T17:00", name="Rat", step=2, compromises=(DEAR,), meeting_id=9),
            slot(3, bau, 2, None, name=HOSTILE, step=1),
            slot(4, rat, 2, "2027-05-20T17:00", name="Rat", step=2, fixed=True, breaks=("Feiertag.",)),
        )
        self.bodies = bodies
        self.views = {1: plan_of(*dates), 2: plan_of(*dates[:2], id=2, variant="B", cost=0)}
        self.asked: list[tuple[Any, ...]] = []
        self.go_on = Event()

    def plans(self, _place: Workplace, _year: int | None = None) -> tuple[PlanLine, ...]:
        return tuple(
            PlanLine(
                id=one.id,
                year=one.year,
                variant=one.variant,
                name="",
                state=one.state,
                state_label=one.state_label,
                dates=len(one.dates),
                open=sum(date.start is None for date in one.dates),
                fixed=0,
                cost=one.cost,
                collides=bool(one.contradiction),
            )
            for one in self.views.values()
        )

    def plan_view(self, _place: Workplace, key: int) -> PlanView | None:
        return self.views.get(key)

    def compare(self, _place: Workplace, first: int, second: int) -> CompareView:
        there = {(one.organization_id, one.round): one.start for one in self.views[second].dates}
        rows = tuple(
            CompareRow(
                organization_id=one.organization_id,
                organization=one.organization,
                round=one.round,
                first=one.start,
                second=there.get((one.organization_id, one.round)),
            )
            for one in self.views[first].dates
        )
        differing = sum(one.differs for one in rows)
        costs = (("Wochentag", 20, 0),)
        return CompareView(
            first="2027 A", second="2027 B", rows=rows, differing=differing, percent=25, costs=costs
        )

    def patterns(self, _place: Workplace) -> tuple[PatternView, ...]:
        return tuple(
            PatternView(
                organization_id=key,
                organization=name,
                weekdays=(1, 3),
                start=time(17),
                duration_min=120,
                room="Ratssaal",
                step=1,
                rounds=(),
                gap_days=7,
                pause_days=14,
                planned=True,
                derived=True,
                seen=4,
                members=3,
            )
            for key, name in zip(self.bodies, ("Rat", HOSTILE), strict=True)
        )

    def done(self, *asked: Any) -> Done:
        self.asked.append(asked)
        return Done(ids=(1,), text="Gemacht")

    def breaks(self, start: datetime, *_more: Any) -> planning.Judged:
        there = start.date() == date(2027, 1, 14)
        return (("Frau Beispiel sitzt auch im Rat.",), ("Donnerstag (20 Punkte)",)) if there else ((), ())

    def compute(self, _place: Workplace, *asked: Any, tell: Tell, stopped: Stopped, **more: Any) -> Planned:
        assert not stopped()
        self.asked.append(("compute", *asked, *more.values()))
        tell("sucht Variante A")
        self.go_on.wait(60)
        tell("schreibt")
        return Planned(plan_ids=(2, 1), text="2027 geplant: 4 Termine")


@pytest.fixture
def years(place: Workplace, monkeypatch: pytest.MonkeyPatch) -> Years:
    """Two variants of 2027 that stand instead of what the services know."""
    given: dict[str, Any] = {"extra": {}, "categories": [], "confidentiality": "oeffentlich"}
    with transaction(place, "note") as work:
        rows = [Organization(name=name, **given) for name in ("Rat", "Bauausschuss")]
        work.session.add_all(rows)
        work.session.flush()
    found = Years((rows[0].id, rows[1].id))
    for name in ("plans", "plan_view", "compare"):
        monkeypatch.setattr(planning, name, getattr(found, name))
    monkeypatch.setattr(planning, "slot_breaks", lambda *_: found.breaks)
    monkeypatch.setattr(planning, "likely_day", lambda *_: date(2027, 1, 12))
    monkeypatch.setattr(planning, "propose", found.compute)
    monkeypatch.setattr(planning, "replan", found.compute)
    rounds = (Round(number=1, first=date(2027, 1, 11), last=date(2027, 2, 19)),)
    monkeypatch.setattr(planning, "proposed_rounds", lambda *_: rounds)
    monkeypatch.setattr(plan_sheet, "patterns", found.patterns)
    monkeypatch.setattr(plan_paper, "plan_view", found.plan_view)
    for name in ("move_date", "fix_dates", "free_dates", "leave_out_dates"):
        monkeypatch.setattr(planning_batches, name, lambda _place, *asked, n=name: found.done(n, *asked))
    for name in ("accept", "discard", "set_rounds"):
        monkeypatch.setattr(planning_verbs, name, lambda _place, *asked, n=name: found.done(n, *asked))
    return found


async def at_plan(desk: Desk) -> PlanScreen:
    """Go to the Jahresplan."""
    await desk.press("g", "j")
    return await desk.opened(PlanScreen)


async def test_the_views_of_a_plan(office: Office, years: Years) -> None:
    async with at_desk(office, size=(140, 40)) as desk:
        screen = await at_plan(desk)
        await desk.shows("Di 12.01. 17:00")
        assert list(screen.list.ids) == [1, 2, 3, 4]
        for text in (
            "• 20 Punkte",
            "! ohne Termin",
            "fest",
            "steht",
            "! geht nicht",
            "Der ganze Plan: 20 Punkte",
        ):
            assert text in desk.text, text
        assert "\x1b" not in desk.text
        assert "1 schon angesetzt, 1 fest" in desk.text
        await desk.press("2")
        assert list(screen.list.ids) == [1, 3, 2, 4]
        await desk.press("4")
        assert list(screen.list.ids) == [4, 3, 2]
        await desk.press("5")
        await desk.shows("2027 A und 2027 B unterscheiden sich in 1 Termin")
        assert "≠ " in desk.text
        await desk.press("6")
        await desk.shows("Dienstag, sonst Donnerstag")
        await desk.press("L", "1")
        assert screen.plan is not None
        assert screen.plan.variant == "B"
        await desk.press("H")
        assert screen.plan_id == 1


async def test_the_weeks_move_the_cursor_that_verbs_act_on(office: Office, years: Years) -> None:
    async with at_desk(office, size=(120, 36)) as desk:
        screen = await at_plan(desk)
        await desk.press("3")
        await desk.shows("Februar")
        assert screen.weeks.has_focus
        assert "\x1b" not in desk.text
        assert "[red]" in desk.text
        assert "12 " in desk.text
        await desk.press("j", "l")
        await desk.until(lambda: screen.list.cursor == 4)
        await desk.press("a")
        await desk.until(lambda: years.asked == [("free_dates", (4,))])
        await desk.press("h", "n")
        await desk.until(lambda: years.asked[-1] == ("leave_out_dates", (2,)))
        await desk.press("escape")
        await desk.says("nichts mehr zu schließen")


async def test_a_typed_day_says_what_it_breaks_and_is_fixed(office: Office, years: Years) -> None:
    async with at_desk(office, size=(120, 36)) as desk:
        await at_plan(desk)
        await desk.press("m")
        await desk.opened(PromptLine)
        await desk.shows("→ Di 12.01.2027 17:00–19:00")
        await desk.type("14.1.")
        await desk.shows("! Frau Beispiel sitzt auch im Rat.")
        await desk.shows("• Donnerstag (20 Punkte)")
        await desk.press("down")
        await desk.shows("✓ Das geht, und es kostet nichts.")
        await desk.press("enter")
        await desk.closed()
        start, end = datetime.fromisoformat("2027-01-13T17:00"), datetime.fromisoformat("2027-01-13T19:00")
        assert years.asked == [("move_date", 1, start, end)]
        await desk.says("Gemacht")
        await desk.press("space", "x", "a")
        await desk.until(lambda: years.asked[-1] == ("fix_dates", (1, 2)))


async def test_computing_tells_how_far_it_is_and_is_broken_off(office: Office, years: Years) -> None:
    async with at_desk(office, size=(120, 36)) as desk:
        screen = await at_plan(desk)
        await desk.press("R")
        await desk.shows("2027 A: sucht Variante A")
        await desk.press("j", "m")
        assert screen.list.cursor == 2
        assert desk.app.screen is screen, "dates stay as they are while they are computed"
        await desk.press("escape")
        await desk.shows("2027 A wird abgebrochen")
        years.go_on.set()
        await desk.says("Das Rechnen wurde abgebrochen. Es ist nichts geändert.")
        assert screen.computing is None
        await desk.press("R")
        await desk.says("2027 geplant: 4 Termine · u nimmt es zurück")


async def test_a_new_year_is_asked_step_by_step(office: Office, years: Years) -> None:
    years.go_on.set()
    async with at_desk(office, size=(120, 36)) as desk:
        await at_plan(desk)
        await desk.press("plus")
        await desk.opened(PromptLine)
        await desk.type("2027, 1 Runde")
        await desk.press("enter")
        await desk.shows("Runde 1: 11.01.–19.02.2027, 6 Wochen")
        await desk.press("enter")
        await desk.opened(Choose)
        await desk.press("2")
        await desk.closed()
        await desk.says("2027 geplant")
        assert years.asked[0][:2] == ("compute", 2027)
        assert years.asked[0][-1] == "ungern"


async def test_a_plan_is_decided_discarded_and_printed(office: Office, years: Years, tmp_path: Path) -> None:
    async with at_desk(office, size=(120, 36)) as desk:
        screen = await at_plan(desk)
        await desk.press("E")
        await desk.opened(Confirm)
        assert "2 Sitzungen werden angelegt" in desk.text
        assert "1 Termin ist schon eine Sitzung" in desk.text
        assert "1 Gremium bleibt in einer Runde ohne Termin" in desk.text
        await desk.press("enter")
        await desk.closed()
        assert years.asked == [], "with a date missing Enter decides nothing"
        broken = [one for one in screen.plan.dates if one.fixed and one.breaks] if screen.plan else []
        seen = [(one.id, text) for one in broken for text in one.breaks]
        assert seen
        await desk.press("E")
        await desk.opened(Confirm)
        await desk.press("j")
        await desk.until(lambda: years.asked == [("accept", 1, seen)])
        await desk.press("D")
        await desk.until(lambda: years.asked[-1] == ("discard", 1))
        await desk.press("p")
        await desk.opened(PlanPreview)
        await desk.shows("Sitzungsplan 2027 · Variante A")
        await desk.press("enter")
        await desk.press("P")
        await desk.opened(Choose)
        await desk.press("3")
        await desk.opened(PromptLine)
        await desk.type(str(tmp_path))
        await desk.press("enter")
        await desk.says("Geschrieben nach")
        told = (tmp_path / "sitzungsplan-2027-a.txt").read_text(encoding="utf-8")
        assert "Do 11.02.2027" in told
        assert "Punkte" not in told
