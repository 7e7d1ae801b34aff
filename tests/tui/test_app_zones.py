"""An unknown time zone of a calendar file is asked about once, when the file has been read in."""

from __future__ import annotations

from pathlib import Path

from app_kit import at_desk
from sqlalchemy import select

from ob_buero_tui.office import Office
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.path_line import PathLine
from ob_buero_tui.tui.screens.dialogs.told import Told

FILE = (
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:{0}@example.org\nDTSTAMP:20261101T080000Z\n"
    "DTSTART;TZID=Werkszeit:20261201T100000\nSUMMARY:Schicht\nEND:VEVENT\nEND:VCALENDAR\n"
)


async def test_the_answer_puts_the_appointment_right_and_is_kept(office: Office, tmp_path: Path) -> None:
    for name in ("eins", "zwei"):
        (tmp_path / f"{name}.ics").write_text(FILE.format(name), encoding="utf-8")
    async with at_desk(office) as desk:
        for name, asked in (("eins", True), ("zwei", False)):
            await desk.press("ctrl+p")
            await desk.type("datei einlesen")
            await desk.press("enter")
            await desk.opened(PathLine)
            await desk.type(str(tmp_path / f"{name}.ics"))
            await desk.press("enter")
            await desk.opened(Told)
            await desk.press("enter")
            if asked:
                await desk.opened(Choose)
                await desk.shows("Was meint die Zeitzone „Werkszeit“?")
                await desk.press("2")
                await desk.says("„Werkszeit“ ist Europe/London; 1 Termin umgerechnet")
            await desk.closed()
    with office.place.reading() as session:
        rows = session.execute(select(Event.tzid, Event.starts_at).order_by(Event.id)).all()
    assert [(row.tzid, row.starts_at.hour) for row in rows] == [("Europe/London", 10)] * 2
