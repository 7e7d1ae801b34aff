"""The machine's clock jumps, its zone changes, a year ends: the running app follows, and nothing shifts."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from app_kit import Desk, at_desk

from ob_buero_tui.office import Office
from ob_buero_tui.services.backups.keeping import keep_copy
from ob_buero_tui.services.calendar.day import day
from ob_buero_tui.services.drafts import load_draft
from ob_buero_tui.services.work import USE_CASES
from ob_buero_tui.services.workcalendar import holidays_missing
from ob_buero_tui.store import occurrences
from ob_buero_tui.tui.screens.dialogs.note import NoteDialog
from office_fixtures import Clock

DRAFT = "note:request:1"


async def tick(desk: Desk) -> None:
    """The quarter of a minute after which the app looks at the clock again."""
    desk.app._tick()
    await desk.quiet()
    await desk.until(lambda: not any(each.group == "prepare" for each in desk.app.workers))
    await desk.quiet()


def line_of(desk: Desk, subject: str) -> str:
    return next((line for line in desk.text.splitlines() if subject in line), "")


async def test_the_day_turns_in_the_list_and_back_with_a_clock_set_back(
    office: Office, clock: Clock, five: list[int], make_request: Callable[..., int]
) -> None:
    back = make_request(subject="Zurückgestellt", kind="grusswort", wiedervorlage_on=date(2026, 11, 26))
    async with at_desk(office) as desk:
        await desk.press("c")
        dialog = await desk.opened(NoteDialog)
        dialog._area.insert("mitten im Satz")
        for days, on_the_desk in ((1, True), (-2, False)):
            clock.advance(days=days)
            dialog._area.insert("!")
            assert dialog.save_draft()
            await tick(desk)
            assert (back in desk.ids) is on_the_desk, "what was put off to this day is here on this day"
        assert load_draft(office.place, DRAFT) == {"text": "mitten im Satz!!"}
        await desk.press("escape")
        await desk.closed()
        await desk.press("f3")
        clock.advance(days=4)
        await tick(desk)
        await desk.press("f2")
        await desk.shows("Sa 28.11.2026")
        await desk.shows("1 überfällig")
        assert "!" in line_of(desk, "100 Jahre TSV").split("Fr")[0], "hidden over midnight, it is read anew"
        await desk.press("c")
        assert (await desk.opened(NoteDialog))._area.text == "mitten im Satz!!"


@pytest.mark.skipif(sys.platform == "win32", reason="the zone of a process is not to be set there")
async def test_another_zone_and_another_year_shift_no_appointment_and_lose_no_copy(
    office: Office, clock: Clock, make_event: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = datetime.fromisoformat("2026-11-25T10:00")
    make_event(summary="Jour fixe", dtstart=at, dtend=at + timedelta(hours=1), rrule="FREQ=WEEKLY")
    there = office.place.backups
    assert there is not None

    def shown() -> list[tuple[datetime, datetime]]:
        weeks = (date(2026, 11, 25) + timedelta(weeks=week) for week in range(0, 52, 3))
        return [(one.start, one.end) for on in weeks for one in day(office.place, on).events]

    before, kept = shown(), {keep_copy(there, clock.now, forced=True).copy}
    assert len(before) == 18
    async with at_desk(office) as desk:
        for zone, now in (
            ("Pacific/Kiritimati", datetime(2027, 12, 31, 22, 59, 50, tzinfo=UTC)),
            ("America/Los_Angeles", datetime(2027, 12, 31, 23, 0, 5, tzinfo=UTC)),
            ("Asia/Kathmandu", datetime(2027, 12, 30, 8, 0, tzinfo=UTC)),
        ):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            clock.now = now
            await tick(desk)
            today = office.place.today
            await desk.shows(f"{today.day}.{today:%m.%Y}")
            assert shown() == before
            key = USE_CASES["test_create_request"].run(office.place, {"kind": "grusswort"})
            assert desk.record(key).number.startswith(f"{today.year}-")
            kept.add(keep_copy(there, clock.now, forced=True).copy)
            assert all(copy is not None and copy.exists() for copy in kept), "no clock makes a copy go"
            assert not holidays_missing(office.place), "open days are known for the years around this one"
            with office.place.reading() as session:
                assert not occurrences.needs_window(session.connection(), today)
    monkeypatch.undo()
    time.tzset()
