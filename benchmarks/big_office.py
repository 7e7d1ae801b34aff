"""Generates an office of any size, always the same, through the product's own ways of inserting rows."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert

from benchmarks import office_rows
from benchmarks.council_file import council_file
from ob_buero_tui.config import Settings
from ob_buero_tui.office import Office, create_office, open_office
from ob_buero_tui.services.calendar.day import ensure_occurrences
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workcalendar import fill_holidays
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.journal import Action, Change
from ob_buero_tui.store.requests import RequestNumber
from ob_buero_tui.store.tables import JOURNALED

NOW = datetime(2026, 11, 25, 8, 42, tzinfo=UTC)
ACCOUNT = "petra.sander"
BATCH = 5_000
VERSION = 2
"""Raised when the generator changes, so that no old file is measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How many records an office has. Days are equally full at every size: a smaller one is a younger one."""

    requests: int

    @property
    def events(self) -> int:
        """Appointments, series included."""
        return self.requests // 2

    @property
    def series(self) -> int:
        """Appointments that repeat."""
        return self.requests // 200

    @property
    def people(self) -> int:
        """Persons; organizations are a tenth of it."""
        return self.requests // 5

    @property
    def meetings(self) -> int:
        """Sessions of the council; papers are 14 for 3 of them."""
        return self.requests * 3 // 100


def office_of(size: Size, folder: Path, say: Callable[[str], None]) -> Path:
    """The database of this size; made when it is not there yet, which takes minutes for a large one."""
    path = folder / f"buero-{size.requests}-v{VERSION}-{_schema_mark()}.sqlite"
    if path.exists():
        return path
    say(f"An office of {size.requests:,} requests is made in {folder} …")
    unfinished = folder / f"unfinished-{size.requests}.sqlite"
    unfinished.unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    create_office(unfinished, Settings())
    office = open_desk(unfinished)
    try:
        fill_holidays(office.place)
        ensure_occurrences(office.place)
        _fill(office.place, size)
        _import_council(office.place, folder, size)
    finally:
        office.close()
    shutil.move(unfinished, path)
    return path


def open_desk(path: Path) -> Office:
    """An office opened by the desk of the benchmark, on a fixed morning."""
    return open_office(path, Settings(), clock=lambda: NOW, account=ACCOUNT)


def empty_office(folder: Path) -> Path:
    """A new office with nothing but holidays and an empty calendar."""
    path = folder / "leer.sqlite"
    path.unlink(missing_ok=True)
    create_office(path, Settings())
    office = open_desk(path)
    fill_holidays(office.place)
    ensure_occurrences(office.place)
    office.close()
    return path


def _schema_mark() -> str:
    """Changes whenever the first schema does."""
    import hashlib

    from ob_buero_tui.store import migrations

    folder = Path(str(migrations.__file__)).parent / "versions"
    text = b"".join(file.read_bytes() for file in sorted(folder.glob("*.sql")))
    return hashlib.sha256(text).hexdigest()[:8]


def _fill(place: Workplace, size: Size) -> None:
    rng = Random(f"ob-buero {size.requests}")
    bodies = _insert(place, "organization", office_rows.organizations(size.people // 10, rng))
    people = _insert(place, "person", office_rows.people(size.people, rng))
    kinds = [kind.key for kind in place.catalog.active_kinds]
    rows = list(office_rows.requests(size.requests, kinds, people, bodies, NOW, rng))
    requests = _insert(place, "request", rows)
    _insert(place, "message", office_rows.messages(requests, rows, rng))
    _insert(place, "task", office_rows.tasks(requests, rows, rng))
    _register(place, rows, requests)
    _decide(place, rows, requests)
    series = list(office_rows.series(size.series, NOW, size.events, rng))
    singles = list(office_rows.events(size.events - size.series, NOW, rng))
    _insert(place, "event", series)
    events = _insert(place, "event", singles)
    _insert(place, "request_event", office_rows.links(requests, rows, events, singles, rng))


def _import_council(place: Workplace, folder: Path, size: Size) -> None:
    """The council comes as it does in an office: from the files of its information system."""
    file = folder / f"rat-{size.meetings}.json"
    file.write_bytes(council_file(size.meetings))
    report = import_files(place, [file])
    file.unlink()
    if report.problems:
        raise RuntimeError(report.problems[0])


def _insert(
    place: Workplace, table: str, rows: Iterator[dict[str, Any]] | Sequence[dict[str, Any]]
) -> list[int]:
    """Journaled, found by the search and in the calendar, as after an import."""
    keys: list[int] = []
    pending = list(rows)
    for start in range(0, len(pending), BATCH):
        with transaction(place, "import_mail") as work:
            # The texts of letters belong to requests that are indexed already: those are indexed anew.
            work.fresh_rows = table != "message"
            keys += work.insert_rows(JOURNALED[table], pending[start : start + BATCH])
    return keys


def _register(place: Workplace, rows: Sequence[Mapping[str, Any]], keys: Sequence[int]) -> None:
    """Enter the numbers as given out; the register stands outside the journal."""
    given = []
    for row, key in zip(rows, keys, strict=True):
        year, serial = row["number"].split("-")
        given.append({"year": int(year), "serial": int(serial), "request_id": key, "state": "vergeben"})
    with place.engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.execute(insert(RequestNumber), given)


def _decide(place: Workplace, rows: Sequence[Mapping[str, Any]], keys: Sequence[int]) -> None:
    """Every closed request has a step of its own in the journal, as if somebody had decided it."""
    closed = [(key, row) for key, row in zip(keys, rows, strict=True) if row["closed"]]
    with place.engine.connect().execution_options(writing=True) as connection, connection.begin():
        first = connection.exec_driver_sql("SELECT max(id) FROM action").scalar() or 0
        actions = [
            {
                "id": first + number,
                "verb": "finish",
                "at": row["received_at"],
                "desk_id": place.desk.id,
                "params": {"table": "request", "ids": [key]},
                "left_house": "",
            }
            for number, (key, row) in enumerate(closed, 1)
        ]
        changes = [
            {
                "action_id": first + number,
                "table_name": "request",
                "row_id": key,
                "operation": "update",
                "row_version": 2,
                "before": {"closed": 0, "state": "neu"},
                "after": {"closed": 1, "state": row["state"]},
            }
            for number, (key, row) in enumerate(closed, 1)
        ]
        connection.execute(insert(Action), actions)
        connection.execute(insert(Change), changes)
