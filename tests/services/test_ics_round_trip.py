"""Calendar files in, out and in again through the store: nothing is new, and nothing is lost."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ob_buero_tui.config import Settings
from ob_buero_tui.exchange.ics_write import write_calendar
from ob_buero_tui.office import Office, open_office
from ob_buero_tui.services.export.calendar import calendar_out
from ob_buero_tui.services.export.wanted import Wanted
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.workplace import Workplace

SAMPLE = (
    "cal_lots_of_timezones", "event_dt_multi_recuid_no_master", "event_rrule_recuid_cancelled", "part1",
    "event_dtr_no_tz_exdatez", "without_uid", "event_dt_floating", "non_dst_error",
)  # fmt: skip
"""One of each kind; `python -m benchmarks.ics_roundtrip` takes all."""

TITLES = ("SUMMARY:Rat\\, Teil 2", "SUMMARY;LANGUAGE=de:Größe", "SUMMARY:")
STATES = ("STATUS:CONFIRMED", "STATUS:TENTATIVE", "STATUS:CANCELLED")
MORE = ("X-WERK;A='x:b", "LOCATION:Saal\\; links", "X-OB-DRIVER:Kurt", "CONTACT:Anna", "PRIORITY:1")
Another = Callable[[], Workplace]


def out(place: Workplace) -> bytes:
    """The office's own calendar file."""
    found = calendar_out(place, Wanted())
    return b"".join(write_calendar(found.events, found.zones))


def taken(place: Workplace, folder: Path, data: bytes) -> int:
    """Import a file as the mayor's calendar; returns how much it changed."""
    path = folder / "ob.ics"
    path.write_bytes(data)
    report = import_files(place, [path])
    return report.totals.new + report.totals.changed


@pytest.fixture
def another(tmp_path: Path, template: Path, catalog: Any, clock: Any) -> Iterator[Another]:
    """Opens a further, empty office."""
    opened: list[Office] = []

    def open_one() -> Workplace:
        folder = tmp_path / f"weiteres-{len(opened)}"
        folder.mkdir(mode=0o700)
        path = Path(shutil.copy2(template, folder / "buero.sqlite"))
        opened.append(open_office(path, Settings(), catalog=catalog, clock=clock, account="x.y"))
        return opened[-1].place

    yield open_one
    for office in opened:
        office.close()


def random_event(draw: random.Random, number: int) -> str:
    """An event with a bit of everything that calendars know."""
    start = datetime.fromisoformat("2026-11-01T00:00") + timedelta(minutes=30 * draw.randrange(5000))
    zone = draw.choice(["Europe/Berlin", "America/New_York", "W. Europe Standard Time", "Asia/Tokyo"])
    all_day = draw.random() < 0.2
    given = ";VALUE=DATE:{:%Y%m%d}" if all_day else f";TZID={zone}:{{:%Y%m%dT%H%M%S}}"
    length = timedelta(days=draw.randrange(1, 4)) if all_day else timedelta(minutes=draw.randrange(0, 600))
    lines = [
        f"UID:{number}@example.org", "DTSTAMP:20261001T080000Z", f"DTSTART{given.format(start)}",
        f"DTEND{given.format(start + length)}", draw.choice(TITLES),
        f"SEQUENCE:{draw.randrange(5)}", draw.choice(STATES),
        draw.choice(MORE),
    ]  # fmt: skip
    events = []
    if draw.random() < 0.4:
        lines.append(draw.choice(["RRULE:FREQ=WEEKLY;COUNT=6", "RRULE:FREQ=DAILY;INTERVAL=2"]))
        if draw.random() < 0.5:
            lines.append(f"EXDATE{given.format(start + timedelta(weeks=2))}")
        moved = start + timedelta(weeks=4)
        events.append(
            [
                *lines[:2],
                f"RECURRENCE-ID{given.format(moved)}",
                f"DTSTART{given.format(moved)}",
                "SUMMARY:Verlegt",
            ]
        )
    events.insert(0, lines)
    return "\r\n".join(line for body in events for line in ("BEGIN:VEVENT", *body, "END:VEVENT"))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_random_events_come_back_from_the_store_as_they_went_in(
    place: Workplace, another: Another, tmp_path: Path, seed: int
) -> None:
    draw = random.Random(seed)  # noqa: S311 a sample, no secret
    events = [random_event(draw, number) for number in range(40)]
    text = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *events, "END:VCALENDAR", ""])
    assert taken(place, tmp_path, text.encode()) >= 40
    gone = out(place)
    for event in events:
        assert event in gone.decode() or "X-OB" in event or event.count("BEGIN:VEVENT") > 1
    assert taken(place, tmp_path, gone) == 0
    second = another()
    taken(second, tmp_path, gone)
    assert out(second) == gone


@pytest.mark.parametrize("name", SAMPLE)
def test_files_of_the_corpus_in_out_and_in_again(
    place: Workplace, another: Another, tmp_path: Path, corpus: Path, name: str
) -> None:
    assert taken(place, tmp_path, (corpus / "ics" / "khal" / f"{name}.ics").read_bytes())
    gone = out(place)
    assert taken(place, tmp_path, gone) == 0
    second = another()
    taken(second, tmp_path, gone)
    assert out(second) == gone
