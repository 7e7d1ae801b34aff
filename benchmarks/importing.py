"""The import of a calendar against icalendar's bare parse, of a council's objects against the JSON parser."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter

from benchmarks.big_office import empty_office, open_desk
from benchmarks.calendar_file import calendar_file
from benchmarks.council_file import council_file
from benchmarks.results import Line
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.intake.report import ImportReport, Status
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace


def measure(folder: Path, events: int, rounds: int) -> list[Line]:
    """Bare parse, import, the same file again, and the calendar exported anew, in turn."""
    from icalendar import Calendar

    first, later = folder / "kalender.ics", folder / "kalender-neu.ics"
    first.write_bytes(calendar_file(events))
    later.write_bytes(calendar_file(events, stamp="20261120T080000Z"))
    data = first.read_bytes()
    Calendar.from_ical(calendar_file(50))  # what is imported and compiled on the way is not measured
    bare: list[float] = []
    ours: dict[str, list[float]] = {"new": [], "same": [], "anew": []}
    for _ in range(rounds):
        bare.append(_seconds(lambda: Calendar.from_ical(data)))
        office = open_desk(empty_office(folder))
        try:
            ours["new"].append(_seconds(partial(_import, office.place, first, Status.NEW)))
            ours["same"].append(_seconds(partial(_import, office.place, first, Status.KNOWN)))
            ours["anew"].append(_seconds(partial(_import, office.place, later, Status.UNCHANGED)))
        finally:
            office.close()
    named = f"import of {events:,} events"
    return [
        _line(named, ours["new"], bare, 1.3),
        _line("  the same file again", ours["same"], bare, 0.2),
        _line("  the same calendar exported again", ours["anew"], bare, None),
    ]


def measure_council(folder: Path, meetings: int, rounds: int) -> list[Line]:
    """The council's objects in one file: import, the same file again, and the import taken back."""
    file = folder / "rat.json"
    file.write_bytes(council_file(meetings))
    data = file.read_bytes()
    bare: list[float] = []
    ours: dict[str, list[float]] = {"new": [], "same": [], "undo": []}
    for _ in range(rounds):
        bare.append(_seconds(lambda: json.loads(data)))
        office = open_desk(empty_office(folder))
        try:
            ours["new"].append(_seconds(partial(_import, office.place, file, Status.NEW)))
            ours["same"].append(_seconds(partial(_import, office.place, file, Status.KNOWN)))
            ours["undo"].append(_seconds(partial(undo, office.place)))
        finally:
            office.close()
    named = f"import of {meetings:,} meetings with {meetings * 14 // 3:,} papers"
    return [
        _line(named, ours["new"], bare, None),
        _line("  the same file again", ours["same"], bare, None),
        _line("  the import taken back", ours["undo"], bare, None),
    ]


def _import(place: Workplace, path: Path, status: Status) -> ImportReport:
    report = import_files(place, [path])
    assert [line.status for line in report.lines] == [status], report.lines
    return report


def _line(what: str, ours: list[float], bare: list[float], budget: float | None) -> Line:
    return Line(what=what, ours=ours, base=bare, against="bare parse", unit="s", most_ratio=budget)


def _seconds(call: Callable[[], object]) -> float:
    gc.collect()
    start = perf_counter()
    kept = call()
    taken = perf_counter() - start
    del kept
    return taken
