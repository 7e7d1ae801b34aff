"""Sichtschutz: with `#` nothing on any screen names anybody or anything, and `#` again shows it all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from app_kit import Desk, at_desk
from sqlalchemy import Text, text

from ob_buero_tui.office import Office
from ob_buero_tui.services.people.editing import create_contact
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.requests.verbs import note
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import AgendaItem
from ob_buero_tui.store.requests import Message
from ob_buero_tui.store.tables import METADATA
from ob_buero_tui.store.tasks import Task
from ob_buero_tui.store.veil import KEYS, SHOWN_TABLES
from ob_buero_tui.tui.palette import Palette
from ob_buero_tui.tui.screens.base import DeskScreen
from ob_buero_tui.tui.screens.calendar import CalendarScreen
from ob_buero_tui.tui.screens.dialogs.note import NoteDialog
from ob_buero_tui.tui.screens.dialogs.search import Search
from ob_buero_tui.tui.shield import covered

Make = Callable[..., int]
SECRET = "Geheimsache"
AT = datetime.fromisoformat


@pytest.fixture
def secrets(place: Workplace, five: list[int], make_event: Make, make_meeting: Make) -> list[int]:
    """Records of many kinds; then the secret stands in every column that a person may have filled."""
    make_event(summary="x", dtstart=AT("2026-11-25T10:00"), dtend=AT("2026-11-25T11:00"), location="x",
               description="x", driver="x", room="x", contact_name="x")  # fmt: skip
    make_event(summary="x", dtstart=AT("2026-11-25T10:30"), dtend=AT("2026-11-25T11:30"), rrule="FREQ=WEEKLY")
    meeting = make_meeting(body="x", confidentiality="intern")
    create_contact(place, "person", {"family_name": "x", "given_name": "x", "tel": "x", "job_title": "x"})
    note(place, five[:1], "x")
    with transaction(place, "note") as work:
        work.session.add(AgendaItem(meeting_id=meeting, number="1", name="x", public=False, extra={}))
        work.session.add(Task(request_id=five[0], label="x", due_on=work.today))
        work.session.add(Message(request_id=five[0], subject="x", body="x", sender_name="x"))
    plant(place)
    return five


def plant(place: Workplace) -> None:
    """The secret into every text that is no key, of every row that is there."""
    with place.engine.connect().execution_options(writing=True) as connection, connection.begin():
        for table in METADATA.sorted_tables:
            checked = {str(one.name) for one in table.constraints}
            for column in table.columns:
                if table.name in SHOWN_TABLES or column.name in KEYS | checked | {"template", "attendee"}:
                    continue
                if isinstance(column.type, Text):
                    statement = (
                        f'UPDATE "{table.name}" SET "{column.name}" = :secret WHERE "{column.name}" <> \'\''  # noqa: S608
                    )
                    connection.execute(text(statement), {"secret": SECRET})


async def every_screen(desk: Desk) -> list[str]:
    """What each screen and each view of the Kalender shows, and the record or panel beside it."""
    seen = []
    for key in ("f2", "f4", "f5", "f6", "f7", "f3"):
        await desk.press(key)
        await desk.until(lambda: isinstance(desk.app.screen, DeskScreen))
        await desk.press("9" if key == "f2" else "home")
        seen.append(desk.text)
        await desk.press("enter")
        seen.append(desk.text)
        await desk.press("escape") if key == "f2" else None
    for digit in "12345":
        await desk.press(digit, "J")
        seen.append(desk.text)
    return seen


async def test_no_screen_names_anything(office: Office, secrets: list[int]) -> None:
    async with at_desk(office, size=(160, 50)) as desk:
        assert any(SECRET in one for one in await every_screen(desk)), "it is there without Sichtschutz"
        await desk.press("#")
        await desk.shows("Sichtschutz · # zeigt wieder")
        for shown in await every_screen(desk):
            assert SECRET not in shown
            assert "Sichtschutz" in shown
        await desk.press("#")
        assert "Sichtschutz ·" not in desk.text
        assert any(SECRET in one for one in await every_screen(desk)), "and it is back"


async def test_search_palette_dialogs_and_history_name_nothing(office: Office, secrets: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("9", "#", "/")
        dialog = await desk.opened(Search)
        await desk.type("hafenstr")
        await desk.until(lambda: dialog._list.choices)
        assert SECRET not in desk.text
        await desk.press("escape")
        await desk.closed()
        await desk.press("ctrl+p")
        await desk.opened(Palette)
        assert SECRET not in desk.text
        await desk.press("escape")
        await desk.closed()
        for key in ("a", "n", "v", "r", "w", "o", "d", "c"):
            await desk.press(key)
            assert SECRET not in desk.text, key
            while not isinstance(desk.app.screen, DeskScreen):
                await desk.press("escape")
        await desk.press("f3")
        await desk.opened(CalendarScreen)
        for key in ("n", "m", "c", "B", "F", "plus"):
            await desk.press(key)
            assert SECRET not in desk.text, key
            while not isinstance(desk.app.screen, DeskScreen):
                await desk.press("escape")


async def test_verbs_go_on_and_their_messages_name_nothing(office: Office, secrets: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("9", "home", "#")
        first = desk.cursor
        assert first is not None
        await desk.press("!")
        await desk.says("wichtig")
        assert record(office.place, first).important
        await desk.press("f3")
        await desk.opened(CalendarScreen)
        await desk.press("!")
        await desk.says("„•••••“")
        assert not any(SECRET in toast for toast in desk.toasts)
        await desk.press("u")
        await desk.says("Zurückgenommen")
        assert not any(SECRET in toast for toast in desk.toasts)
        await desk.press("b")
        await desk.says("# zeigt sie wieder")
        assert isinstance(desk.app.screen, CalendarScreen)
        await desk.press("c")
        await desk.opened(NoteDialog)
        await desk.type("Blumen mitnehmen")
        await desk.press("ctrl+s")
        await desk.closed()
        await desk.press("#")
        await desk.shows("Blumen mitnehmen")


async def test_nothing_covered_is_ever_stored(office: Office, secrets: list[int]) -> None:
    """What a dialog would write back of what it was shown is refused in words."""
    async with at_desk(office) as desk:
        await desk.press("f3")
        await desk.opened(CalendarScreen)
        desk.calendar.show_day(AT("2026-12-02T00:00").date())
        await desk.press("#")
        for answer in ("!", "enter"):
            await desk.press(answer)
        await desk.says("Sichtschutz")
        assert isinstance(desk.app.screen, CalendarScreen)
        with office.place.reading() as session:
            stored = (
                session.connection().exec_driver_sql("SELECT DISTINCT summary FROM event").scalars().all()
            )
        assert stored == [SECRET]


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("2026-0001: wichtig · u nimmt es zurück", "2026-0001: wichtig · u nimmt es zurück"),
        ("„Richtfest Kita Nord“: abgesagt · u nimmt es zurück", "„•••••“: abgesagt · u nimmt es zurück"),
        ("Anna Ährenfeld: Notiz gespeichert", "•••••: Notiz gespeichert"),
        ("„nie zu Ende", "„•••••“"),
        ("karl@example.org kopiert.", "••••• kopiert."),
    ],
)
def test_messages_say_what_was_done_not_to_whom(message: str, shown: str) -> None:
    assert covered(message) == shown
