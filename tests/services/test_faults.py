"""What the database throws becomes a sentence; nothing of a failed action stays."""

from __future__ import annotations

import multiprocessing
import resource
import signal
import sqlite3
import time
import weakref
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from datetime import time as time_of_day
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.faults import Busy, Conflict, Gone, NotSaved, translated
from ob_buero_tui.services.requests import verbs
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.requests import Request


def driver_error(text: str, kind: type[DatabaseError] = OperationalError) -> DatabaseError:
    return kind("UPDATE request …", {}, sqlite3.OperationalError(text))


@pytest.mark.parametrize(
    ("error", "refusal", "words"),
    [
        (driver_error("database is locked"), Busy, "anderer Arbeitsplatz schreibt"),
        (sqlite3.OperationalError("database is locked"), Busy, "anderer Arbeitsplatz schreibt"),
        (driver_error("database or disk is full"), NotSaved, "Datenträger ist voll"),
        (driver_error("disk I/O error"), NotSaved, "Datenträger ist voll"),
        (driver_error("unable to open database file"), NotSaved, "nicht erreichbar"),
        (driver_error("attempt to write a readonly database"), NotSaved, "nur zum Lesen"),
        (driver_error("database disk image is malformed", DatabaseError), Refusal, "beschädigt"),
        (driver_error("file is not a database", DatabaseError), Refusal, "beschädigt"),
        (driver_error("FOREIGN KEY constraint failed", IntegrityError), Gone, "gibt es nicht mehr"),
        (StaleDataError("expected to update 1 row(s)"), Conflict, "inzwischen geändert"),
    ],
)
def test_errors_of_the_database_become_refusals(error: Exception, refusal: type[Refusal], words: str) -> None:
    with pytest.raises(refusal) as caught, translated():
        raise error
    assert words in str(caught.value)
    assert caught.value.now


def test_errors_of_the_program_stay_errors() -> None:
    unique = driver_error("UNIQUE constraint failed", IntegrityError)
    for error in (driver_error("no such column: x"), unique):
        with pytest.raises(DatabaseError), translated():
            raise error


@pytest.mark.parametrize("read", [date.fromisoformat, time_of_day.fromisoformat, datetime.fromisoformat])
def test_all_that_python_says_of_no_day_and_no_time_is_one_sentence(read: Callable[[str], Any]) -> None:
    day, clock = "2026-11-30", "T09:42:00"
    whole = {date.fromisoformat: day, time_of_day.fromisoformat: clock[1:]}.get(read, day + clock)
    said = set()
    for text in (one for at in range(len(whole)) for one in _flipped(whole, at)):
        try:
            read(text)
        except ValueError as error:
            said.add(str(error).partition(":")[0].partition(" must")[0])
            with pytest.raises(NotSaved, match="steht unlesbar"), translated():
                raise
    assert len(said) > 1, "another way to be no day is tried as well"


def _flipped(text: str, at: int) -> list[str]:
    """The text with other signs at one place, and cut off there."""
    return [text[:at] + sign + text[at + 1 :] for sign in "0369OZä"] + [text[:at]]


def test_a_value_that_is_wrong_for_another_reason_stays_an_error() -> None:
    with pytest.raises(ValueError, match="invalid literal"), translated():
        int("x")


def test_another_desks_lock_is_waited_for_no_longer_than_asked(
    place: Workplace, database: Path, make_request: Callable[..., int]
) -> None:
    key = make_request()
    impatient = place.with_patience(50)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.perf_counter()
        with pytest.raises(Busy):
            verbs.assign(impatient, [key], "KL")
        assert 0.04 < time.perf_counter() - began < 1
        with impatient.reading() as session:
            assert session.get_one(Request, key).assigned_to == ""
    verbs.assign(impatient, [key], "KL")


def test_a_reader_never_stands_in_for_a_writer(place: Workplace, database: Path) -> None:
    """An exclusive lock also stops readers; they are told the same, also on a connection just made."""
    place.engine.dispose()
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Busy), place.with_patience(50).reading() as session:
            session.get(Request, 1)


def _hold_lock(path: str, ready: Any) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        ready.set()
        time.sleep(0.3)
        connection.execute("COMMIT")


def test_a_worker_waits_out_a_lock_also_on_its_first_connection(
    place: Workplace, database: Path, make_request: Callable[..., int]
) -> None:
    key = make_request()
    place.engine.dispose()
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    other = context.Process(target=_hold_lock, args=(str(database), ready))
    other.start()
    assert ready.wait(30)
    verbs.assign(place, [key], "KL")
    other.join(30)
    assert other.exitcode == 0


def _fill_up(database: str, result: Any) -> None:
    """In a process of its own: the file may not grow any more, until it may again."""
    from datetime import UTC, datetime

    from ob_buero_tui.catalog.load import load_catalog
    from ob_buero_tui.config import Settings
    from ob_buero_tui.office import open_office

    office = open_office(
        Path(database),
        Settings(),
        catalog=load_catalog(),
        clock=lambda: datetime(2026, 11, 25, 8, 42, tzinfo=UTC),
        account="petra.sander",
    )
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (Path(database).stat().st_size + 50_000, hard))
    kept, refusal = 0, ""
    try:
        for _ in range(100):
            verbs.note(office.place, [1], "Eine Notiz, die Platz braucht. " * 200)
            kept += 1
    except NotSaved as error:
        refusal = str(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    verbs.note(office.place, [1], "wieder Platz")
    office.close()
    result.put((kept, refusal))


def test_a_full_disk_costs_nothing_that_was_saved(
    place: Workplace, database: Path, make_request: Callable[..., int]
) -> None:
    make_request()
    context = multiprocessing.get_context("spawn")
    result = context.Queue()
    process = context.Process(target=_fill_up, args=(str(database), result))
    process.start()
    kept, refusal = result.get(timeout=60)
    process.join(30)
    assert "nicht gespeichert" in refusal
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT count(*) FROM note").fetchone() == (kept + 1,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def _fail_midway(place: Workplace, key: int) -> None:
    with transaction(place, "assign") as work:
        work.get(Request, key).assigned_to = "KL"
        work.session.flush()
        raise ZeroDivisionError


def test_leaving_by_an_exception_rolls_everything_back(
    place: Workplace, make_request: Callable[..., int], dump: Callable[[Workplace], object]
) -> None:
    key = make_request()
    before = dump(place)
    with pytest.raises(ZeroDivisionError):
        _fail_midway(place, key)
    assert dump(place) == before
    verbs.assign(place, [key], "KL")


def test_a_failing_commit_rolls_everything_back(
    place: Workplace, make_request: Callable[..., int], dump: Callable[[Workplace], object], database: Path
) -> None:
    """A reader of another desk keeps the commit from going through, not the statements before it."""
    key = make_request()
    before = dump(place)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM request").fetchone()
        with pytest.raises(Busy):
            verbs.assign(place.with_patience(50), [key], "KL")
    assert dump(place) == before
    verbs.assign(place, [key], "KL")


def test_a_read_only_office_refuses_to_write(place: Workplace, database: Path) -> None:
    from dataclasses import replace

    from ob_buero_tui.store.engine import make_engine

    reader = replace(place, engine=make_engine(database, read_only=True), read_only=True)
    with pytest.raises(NotSaved) as caught:
        verbs.assign(reader, [1], "KL")
    assert "nur zum Lesen" in str(caught.value)
    reader.engine.dispose()


def test_an_error_holds_no_rows_half_read() -> None:
    # A cursor that the frames of an error hold keeps its lock on the file after the rollback.
    class Rows(list[int]):
        pass

    seen: list[weakref.ref[Rows]] = []

    def fail_amid() -> None:
        rows = Rows((1, 2))
        seen.append(weakref.ref(rows))
        for _ in rows:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError) as held, translated():
        fail_amid()
    assert held.value.__traceback__ is not None
    assert seen[0]() is None
