"""Every connection is set up as the design says; the option of a transaction chooses its lock."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import IntegrityError, OperationalError

from ob_buero_tui.store.connecting import connect
from ob_buero_tui.store.engine import make_engine


@pytest.fixture
def engine(database: Path) -> Iterator[Engine]:
    made = make_engine(database)
    yield made
    made.dispose()


def test_a_path_whose_bytes_are_no_text_is_opened(database: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(database.parent) + b"/\xe4mter.sqlite"))
    database.rename(odd)
    with closing(connect(odd, "ro")) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "delete"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("secure_delete", 1),
        ("cache_spill", 0),
    ],
)
def test_settings_hold_on_every_connection(engine: Engine, pragma: str, value: object) -> None:
    with engine.connect() as first, engine.connect() as second:
        for connection in (first, second):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_a_database_left_in_wal_mode_is_brought_back(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    engine = make_engine(database)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
    engine.dispose()
    assert [item.name for item in database.parent.iterdir()] == ["buero.sqlite"]


def test_a_missing_file_is_not_created(tmp_path: Path) -> None:
    path = tmp_path / "fehlt 100%?.sqlite"
    engine = make_engine(path)
    with pytest.raises(OperationalError), engine.connect():
        pass
    assert not path.exists()


def test_a_path_may_hold_any_character(database: Path) -> None:
    odd = database.with_name("büro #1 100%?mode=memory.sqlite")
    database.rename(odd)
    engine = make_engine(odd)
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.exec_driver_sql("INSERT INTO desk(account, initials) VALUES ('a', 'A')")
    engine.dispose()
    with closing(sqlite3.connect(odd)) as check:
        assert check.execute("SELECT count(*) FROM desk").fetchone() == (1,)


def test_a_writing_transaction_locks_at_once_a_query_does_not(engine: Engine) -> None:
    with engine.connect() as reading, reading.begin():
        with engine.connect().execution_options(writing=True) as writing, writing.begin():
            waiting = engine.connect().execution_options(writing=True, patience=60)
            began = time.perf_counter()
            with waiting, pytest.raises(OperationalError, match="locked"):
                waiting.begin()
            assert 0.05 < time.perf_counter() - began < 2
        assert reading.exec_driver_sql("SELECT count(*) FROM desk").scalar() == 0


def test_a_connection_that_read_may_write_afterwards_and_the_other_way_round(engine: Engine) -> None:
    insert = "INSERT INTO desk(account, initials) VALUES ('a', 'A')"
    for _ in range(2):
        refused = pytest.raises(OperationalError, match="readonly")
        with engine.connect() as connection, connection.begin(), refused:
            connection.exec_driver_sql(insert)
        with engine.connect().execution_options(writing=True) as connection, connection.begin() as begun:
            connection.exec_driver_sql(insert)
            begun.rollback()


def test_what_a_connection_may_is_said_only_when_it_changes(engine: Engine) -> None:
    """SQLite forgets all compiled statements each time."""
    said: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _k, statement, *_: said.append(statement))
    for writing in (False, False, True, True, False):
        with engine.connect().execution_options(writing=writing) as connection, connection.begin():
            assert connection.exec_driver_sql("PRAGMA query_only").scalar() == (not writing)
    changed = [each for each in said if each.startswith("PRAGMA query_only=")]
    assert changed == [f"PRAGMA query_only={value}" for value in ("ON", "OFF", "ON")]


def test_references_are_enforced(engine: Engine) -> None:
    statement = "INSERT INTO draft(desk_id, form, \"values\", saved_at) VALUES (7, 'x', '{}', '')"
    connection = engine.connect().execution_options(writing=True)
    with connection, connection.begin(), pytest.raises(IntegrityError):
        connection.exec_driver_sql(statement)


def test_reading_only_never_writes(database: Path) -> None:
    before = database.read_bytes()
    engine = make_engine(database, read_only=True)
    for options in ({}, {"writing": True}):
        with pytest.raises(OperationalError, match="readonly"):
            _insert(engine, options)
    engine.dispose()
    assert database.read_bytes() == before


def _insert(engine: Engine, options: dict[str, bool]) -> None:
    with engine.connect().execution_options(**options) as connection, connection.begin():
        connection.exec_driver_sql("INSERT INTO desk(account, initials) VALUES ('a', 'A')")
