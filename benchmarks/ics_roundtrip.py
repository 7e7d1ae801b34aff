"""`python -m benchmarks.ics_roundtrip [FOLDER]`: calendar files in, out and in again, dates beside an oracle.

Each file comes into an office of its own. What goes out for the office must be the components it came as,
byte by byte but for line ends and folds; read into the same office it must be nothing new, and into a
second one it must go out the same. The dates of 2000 to 2035, as the store expands them, must be those that
recurring-ical-events gives for the file; where they are not, the cause is found and printed.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.big_office import empty_office, open_desk
from ob_buero_tui.exchange.ics_raw import decode, split_file
from ob_buero_tui.exchange.ics_write import write_calendar
from ob_buero_tui.services.export.calendar import calendar_out
from ob_buero_tui.services.export.wanted import Wanted
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.intake.report import ImportReport
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.occurrences import expand_between

FIRST, END = date(2000, 1, 1), date(2036, 1, 1)
BERLIN = ZoneInfo("Europe/Berlin")
Starts = set[tuple[datetime, bool]]
_FOLD = re.compile(r"\r?\n[ \t]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What became of one file.

    Args:
        kept: How many components left as they came, of how many that were not left out.
        again: What the second import changed; nothing when all is well.
        dates, missing, more: Dates of ours, and how many of the oracle's are missing or too many.
        cause: Why dates differ, or "".
    """

    name: str
    events: int
    kept: int
    again: int
    same: bool
    dates: int
    missing: int
    more: int
    cause: str
    seconds: float


def once_round(path: Path, folder: Path) -> Round:
    """Take one file in, out, and in again."""
    begun = perf_counter()
    source = folder / "ob.ics"
    source.write_bytes(path.read_bytes())
    office = open_desk(empty_office(folder))
    try:
        first = import_files(office.place, [source])
        out = _out(office.place)
        ours = _dates(office.place)
        source.write_bytes(out)
        again = import_files(office.place, [source])
        changed = again.totals.new + again.totals.changed
    finally:
        office.close()
    theirs, problem = oracle(path.read_bytes())
    return Round(
        name=path.name,
        events=first.totals.events + first.totals.overrides,
        kept=_kept(path.read_bytes(), out),
        again=changed,
        same=_second(folder, source) == out,
        dates=len(ours),
        missing=len(theirs - ours),
        more=len(ours - theirs) if not problem else 0,
        cause=problem or _cause(path.read_bytes(), ours, theirs, first),
        seconds=perf_counter() - begun,
    )


def _second(folder: Path, source: Path) -> bytes:
    office = open_desk(empty_office(folder))
    try:
        import_files(office.place, [source])
        return _out(office.place)
    finally:
        office.close()


def _out(place: Workplace) -> bytes:
    found = calendar_out(place, Wanted())
    return b"".join(write_calendar(found.events, found.zones))


def _dates(place: Workplace) -> Starts:
    """The dates of all appointments, timed ones as instants, others as days."""
    with place.reading() as session:
        connection = session.connection()
        all_day = dict(connection.exec_driver_sql("SELECT id, all_day FROM event").all())
        moved = dict(connection.exec_driver_sql("SELECT id, all_day FROM event_override").all())
        found = set()
        for row in expand_between(connection, FIRST, END):
            day = moved[row["override_id"]] if row["override_id"] else all_day[row["event_id"]]
            found.add(_start(row["starts_at"], bool(day)))
        return found


def _start(at: datetime, all_day: bool) -> tuple[datetime, bool]:
    if not all_day:
        return at, False
    local = at.astimezone(BERLIN)
    return datetime(local.year, local.month, local.day, tzinfo=UTC), True


def oracle(data: bytes) -> tuple[Starts, str]:
    """The same by recurring-ical-events, or why it cannot say; times without a zone are the office's."""
    import recurring_ical_events
    from icalendar import Calendar

    text = decode(data)[0].strip()
    if "BEGIN:VCALENDAR" not in text:
        text = f"BEGIN:VCALENDAR\n{text}\nEND:VCALENDAR"
    found: Starts = set()
    begin, end = (datetime(day.year, day.month, day.day, tzinfo=UTC) for day in (FIRST, END))
    try:
        for calendar in Calendar.from_ical(text + "\n", multiple=True):
            for event in recurring_ical_events.of(calendar).between(begin, end):
                start: Any = event.start
                if not isinstance(start, datetime):
                    found.add((datetime(start.year, start.month, start.day, tzinfo=UTC), True))
                    continue
                aware = start if start.tzinfo else start.replace(tzinfo=BERLIN)
                found.add((aware.astimezone(UTC), False))
    except Exception as problem:  # whatever a stranger's file does to it, the others are still compared
        return set(), f"the oracle gives up: {type(problem).__name__}: {str(problem)[:60]}"
    return found, ""


def _kept(came: bytes, out: bytes) -> int:
    """How many components of a file stand in the other as they were."""
    texts = [
        _plain(text or "")
        for calendar in split_file(decode(came)[0]).calendars
        for _, text in calendar.events
    ]
    whole = _plain(out.decode())
    return sum(text in whole for text in texts)


def _plain(text: str) -> str:
    return _FOLD.sub("", text).replace("\r\n", "\n")


def _cause(data: bytes, ours: Starts, theirs: Starts, report: ImportReport) -> str:
    """Why the dates differ, as far as the file itself says so."""
    if ours == theirs:
        return ""
    text = data.decode("utf-8", errors="replace")
    notes = " ".join(note for line in report.lines for note in line.notes)
    if report.zones:
        return f"unknown zone {report.zones[0]}: the office's, for the oracle a floating time"
    if "mehrfach" in notes or "dieselbe Kennung" in notes:
        return "two events claim one UID; the newest counts here"
    if "STATUS:CANCELLED" in text.upper():
        return "the oracle shows called-off dates"
    if "Standard Time" in text:
        return "the file's own VTIMEZONE contradicts its Windows name; the name counts here"
    return "not explained"


def main() -> int:
    """Print the table; 1 where something was lost or a difference has no cause."""
    corpus = os.environ.get("OB_BUERO_CORPUS", "")
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(corpus) / "ics"
    files = sorted(root.rglob("*.ics"))
    print(f"{'file':42} events  kept again same  dates missing more  cause")
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in files:
            found = once_round(path, Path(folder))
            bad += bool(found.again or not found.same or found.cause == "not explained")
            same = "yes" if found.same else "NO"
            print(
                f"{found.name:42} {found.events:6} {found.kept:5} {found.again:5}"
                f" {same:4} {found.dates:6} {found.missing:7} {found.more:4}  {found.cause}"
            )
    print(f"{len(files)} files, {bad} not as they should be")
    return 1 if bad or not files else 0


if __name__ == "__main__":
    sys.exit(main())
