"""Saves what is readable of a damaged database: a whole copy, and every table as CSV and JSON."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from ob_buero_tui.exchange import csv_out
from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import join, number, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.system_errors import system_reason
from ob_buero_tui.services.faults import translated
from ob_buero_tui.services.naming import KINDS, record_name
from ob_buero_tui.services.spoilt import spoilt_records
from ob_buero_tui.store import (
    rescue,
    rescue_ground,
    rescue_journal,
    rescue_sealed,
    rescue_values,
    schema,
    sealed,
    search,
    unclean,
)
from ob_buero_tui.store.connecting import connect, forget_password, password_of
from ob_buero_tui.store.engine import make_engine
from ob_buero_tui.store.rescue import TableRead
from ob_buero_tui.store.schema import SCHEMA
from ob_buero_tui.store.unreadable import unreadable_moments

LOG = logging.getLogger(__name__)
COPY = "gerettet.sqlite"
REPORT = "bericht.txt"
_ONE_EMPTIED, _MANY_EMPTIED = "Angabe war unlesbar und ist", "Angaben waren unlesbar und sind"
NAMED = 12
"""How many lost records of a table are named; the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescued:
    """What was saved.

    Args:
        copy: The whole database that was made of it.
        rows: How many rows it holds, besides what is derived.
        losses: What is missing, one German sentence for each table.
        brought_back: What the journal gave back, likewise.
    """

    copy: Path
    rows: int
    losses: tuple[str, ...]
    brought_back: tuple[str, ...]


def rescue_copy(path: Path, folder: Path, file_mode: int = 0o600, *, good: Path | None = None) -> Rescued:
    """Make a whole database of what is readable of a damaged one; that one stays as it is.

    Args:
        folder: An existing folder for the copy.
        good: A good copy that lends its list of tables where that of the file is destroyed.
        file_mode: Permissions of the copy.

    Raises:
        Refusal: nothing is readable, another desk writes, or there is no room.
    """
    copy = folder / COPY
    with translated(), _told(folder):
        os.close(os.open(copy, os.O_CREAT | os.O_TRUNC | os.O_RDWR, file_mode))
        copy.chmod(file_mode)
        found, bad = _rescue(path, copy, folder, good)
        if not any(each.read for each in found):
            copy.unlink()
            raise _nothing_readable(path)
        back = rescue_journal.bring_back(copy, found)
        emptied: dict[str, int] = {}
        moments: tuple[str, ...] = ()
        if _is_of_today(copy):
            emptied = rescue_values.empty_unreadable(copy)
            moments = _moments(copy)
            _index(copy)
    losses, brought = _sentences(copy, found, back)
    losses += moments
    if bad:
        pages = plural(bad, "Seite der Datei war verändert", "Seiten der Datei waren verändert")
        losses += (f"{pages}: Was darauf stand, kann auch falsch gelesen sein.",)
    losses += tuple(
        f"{_kind(table)}: {plural(count, _ONE_EMPTIED, _MANY_EMPTIED)} leer."
        for table, count in emptied.items()
    )
    rows = sum(each.read for each in found) + sum(map(len, back.values()))
    return Rescued(copy=copy, rows=rows, losses=losses, brought_back=brought)


def _nothing_readable(path: Path) -> Refusal:
    return Refusal(
        f"Aus „{path}“ lässt sich nichts mehr lesen.",
        "Das Verzeichnis der Tabellen am Anfang der Datei ist zerstört.",
        "Gehen Sie zur letzten unversehrten Sicherung zurück; „ob-buero backup --list“ nennt alle.",
    )


def rescue_all(path: Path, folder: Path, file_mode: int = 0o600, *, good: Path | None = None) -> Rescued:
    """Save what is readable into a new folder: the copy, each table as CSV and JSON, and a report.

    All of it is there, what is vertraulich or persönlich too: it is for those who repair the office.

    Args:
        folder: A folder that does not exist yet or is empty.
        file_mode: Permissions of the files.
        good: As with `rescue_copy`.

    Raises:
        Refusal: the folder holds something, nothing is readable, or there is no room.
    """
    _refuse_full(folder)
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    saved = rescue_copy(path, folder, file_mode, good=good)
    with translated(), _told(folder):
        if password_of(saved.copy) is not None:
            sealed.leave_mark(saved.copy, file_mode)  # without it nobody would be asked for the password
        for table in _tables(saved.copy):
            _write(folder / f"{table}.csv", _as_csv(saved.copy, table), file_mode)
            _write(folder / f"{table}.json", _as_json(saved.copy, table), file_mode)
        _write(folder / REPORT, _report(path, saved), file_mode)
    return saved


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Say in German when the folder does not take what is written."""
    try:
        yield
    except OSError as error:
        raise Refusal(
            "Es wurde nicht alles gerettet.",
            f"Der Ordner „{folder}“ ließ sich nicht beschreiben ({system_reason(error)}).",
            "Wählen Sie einen anderen Ordner mit genug Platz.",
        ) from error


def _rescue(path: Path, copy: Path, folder: Path, good: Path | None) -> tuple[list[TableRead], int]:
    """From the file itself, or from a working copy where SQLite would not even begin to read it.

    Returns:
        What was read, and how many pages of an encrypted file were not as they had been written.
    """
    bad = 0
    working = folder / f".{path.name}-arbeit"
    if unclean.broke_off(path):
        with unclean.copied_with_journal(path) as rolled_back:
            return rescue.rescue(rolled_back, copy, mode="rw"), 0
    try:
        password = password_of(path)
        if password is not None:
            bad = rescue_sealed.reseal(path, working, password, good)
            found = rescue.rescue(working, copy)
        elif rescue_ground.is_cut(path):
            rescue_ground.fill_up(path, working)
            found = rescue.rescue(working, copy)
        else:
            found = rescue.rescue(path, copy)
        if not any(each.read for each in found) and good is not None:
            copy.write_bytes(b"")
            if rescue_ground.with_list_of_tables(path, working, good):
                found = rescue.rescue(working, copy)
    finally:
        forget_password(working)
        working.unlink(missing_ok=True)
    return found, bad


def _is_of_today(copy: Path) -> bool:
    """Bring an older copy up to date, if it can be: one with broken references is left as it is."""
    with closing(connect(copy, "ro")) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version < SCHEMA:
        try:
            schema.upgrade(copy)
        except Exception:  # whatever a migration meets in what is left of an office
            LOG.warning("a rescued copy of schema %s could not be upgraded", version)
            return False
    return True


def _moments(copy: Path) -> tuple[str, ...]:
    """Days and times that are none any more; they stay as they were read, for whoever can guess them."""
    engine = make_engine(copy, read_only=True)
    try:
        with engine.connect() as connection:
            found = unreadable_moments(connection.exec_driver_sql)
            return spoilt_records(connection, found, None)
    finally:
        engine.dispose()


def _index(copy: Path) -> None:
    """Build the search anew, so that the copy can be read like any office."""
    engine = make_engine(copy)
    try:
        with engine.connect().execution_options(writing=True) as connection, connection.begin() as begun:
            try:
                search.rebuild(connection)
            except (DatabaseError, ValueError):  # what was read is there without it
                begun.rollback()
    finally:
        engine.dispose()


def _refuse_full(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refusal(
            "Es wurde nichts gerettet.",
            f"„{folder}“ gibt es schon, und es ist kein leerer Ordner.",
            "Nennen Sie einen neuen Ordner.",
        )


def _sentences(
    copy: Path, found: Iterable[TableRead], back: dict[str, set[int]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is lost and what came back, each table in one sentence with the names a clerk knows."""
    losses, brought = [], []
    engine = make_engine(copy, read_only=True)
    try:
        with engine.connect() as connection:
            for each in found:
                again = back.get(each.table, set())
                if again:
                    names = _names(connection, each.table, sorted(again))
                    brought.append(f"{_kind(each.table)}: aus dem Verlauf wiederhergestellt: {names}.")
                if not each.complete:
                    losses.append(_loss(connection, each, again))
                if each.spoilt:
                    names = _names(connection, each.table, list(each.spoilt))
                    losses.append(f"{_kind(each.table)}: unlesbare Zeichen, an ihrer Stelle „�“: {names}.")
    finally:
        engine.dispose()
    return tuple(filter(None, losses)), tuple(brought)


def _loss(connection: Connection, each: TableRead, again: set[int]) -> str:
    lost = [key for key in each.lost if key not in again]
    read = f"{_kind(each.table)}: {plural(each.read + len(again), 'Zeile', 'Zeilen')} gerettet"
    unfit = f"{plural(each.unfit, 'Zeile war', 'Zeilen waren')} unbrauchbar" if each.unfit else ""
    if lost:
        known = f"{number(len(lost))} verloren: {_names(connection, each.table, lost)}"
        return "; ".join(filter(None, (read, unfit, known))) + "."
    if each.lost or not each.read:  # all that was missing is there again, or there was nothing to lose
        rest = "" if each.read or each.lost else "ob sie Zeilen hatte, ist nicht zu erkennen"
        return "; ".join(filter(None, (read, unfit, rest))) + "." if unfit or rest else ""
    return "; ".join(filter(None, (read, unfit, "ob Zeilen fehlen, ist nicht zu erkennen"))) + "."


def _names(connection: Connection, table: str, keys: list[int]) -> str:
    named = [shorten(_name(connection, table, key), 60) for key in keys[:NAMED]]
    rest = len(keys) - NAMED
    if rest > 0:
        named.append(plural(rest, "weitere", "weitere"))
    return join(named)


def _name(connection: Connection, table: str, key: int) -> str:
    try:
        name = record_name(connection, table, key, None) if table in KINDS else ""
    except ValueError:  # what names it is damaged as well
        name = ""
    return name if name and name != KINDS.get(table) else f"Nr. {key}"


def _kind(table: str) -> str:
    return f"{KINDS[table]} ({table})" if table in KINDS else f"Tabelle „{clean(table)}“"


def _tables(copy: Path) -> list[str]:
    query = (
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        " ORDER BY name"
    )
    with closing(connect(copy, "ro")) as connection:
        names = [str(row[0]) for row in connection.execute(query)]
    ours = (name for name in names if name not in rescue.DERIVED and not name.startswith("search_fts_"))
    return [name for name in ours if name.isidentifier()]


def _rows(copy: Path, table: str) -> Iterator[tuple[Any, ...]]:
    """The heading, then the rows."""
    with closing(connect(copy, "ro")) as connection:
        cursor = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 an identifier
        yield tuple(column[0] for column in cursor.description)
        yield from cursor


def _as_csv(copy: Path, table: str) -> Iterator[bytes]:
    rows = _rows(copy, table)
    heading = next(rows)
    return csv_out.write_table(heading, (tuple(map(_cell, row)) for row in rows))


def _cell(value: Any) -> str:
    return "" if value is None else clean(str(value), multiline=True, limit=30_000)


def _as_json(copy: Path, table: str) -> Iterator[bytes]:
    rows = _rows(copy, table)
    heading = next(rows)
    before = "["
    for row in rows:
        record = dict(zip(heading, row, strict=True))
        text = json.dumps(
            record, ensure_ascii=False, default=bytes.hex
        )  # a damaged value may be one of bytes
        yield f"{before}\n{text}".encode(errors="replace")
        before = ","
    yield b"[]\n" if before == "[" else b"\n]\n"


def _report(path: Path, saved: Rescued) -> Iterator[bytes]:
    lines = (
        f"Gerettet aus „{path}“: {plural(saved.rows, 'Zeile', 'Zeilen')}.",
        *(saved.losses or ("Nichts ist verloren.",)),
        *saved.brought_back,
    )
    yield "".join(f"{clean(line)}\n" for line in lines).encode()


def _write(path: Path, pieces: Iterable[bytes], file_mode: int) -> None:
    with open(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, file_mode), "wb") as file:
        for piece in pieces:
            file.write(piece)
    path.chmod(file_mode)
