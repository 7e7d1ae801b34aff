"""Test 1: writers are killed at random moments; what they had acknowledged is there, and all of it is sound.

Each writer is a fork of this process with an office of its own open. It takes steps of several kinds, undo
and redo among them, and writes the number of each action into a pipe once the use case has returned.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

from benchmarks.trust.rows import Row
from ob_buero_tui.catalog.load import load_catalog
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.config import Settings
from ob_buero_tui.office import create_office, open_office
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.checking import check_database
from ob_buero_tui.services.requests import creating, verbs
from ob_buero_tui.services.undo import redo, undo
from ob_buero_tui.services.workplace import Workplace

NOW = datetime(2026, 11, 25, 8, 42, tzinfo=UTC)
KILLS, COMMITS = 200, 5_000
SEED = 20261125
_STRANGERS = """
SELECT count(*) FROM note WHERE NOT EXISTS (
    SELECT 1 FROM change JOIN action ON action.id = change.action_id
    WHERE table_name = 'note' AND row_id = note.id AND json_extract(after, '$.text') = note.text)
"""
"""Notes that no step of the journal wrote."""
WRITERS = ("petra.sander", "karl.lorenz")
_DESKS = """
SELECT account FROM desk JOIN action ON desk_id = desk.id
WHERE account IN (?, ?) AND verb NOT IN ('undo', 'redo') AND undone_by_id IS NULL
GROUP BY account ORDER BY max(action.id) DESC
"""
_LATER = """
SELECT count(*) FROM change AS own JOIN change AS other USING (table_name, row_id)
JOIN action ON action.id = other.action_id
WHERE desk_id <> :desk AND other.action_id > own.action_id AND own.action_id = (
    SELECT max(id) FROM action
    WHERE desk_id = :desk AND verb NOT IN ('undo', 'redo') AND undone_by_id IS NULL)
"""


@dataclass(slots=True)
class Tally:
    """What came of all kills so far."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    undone: int = 0
    refused: int = 0
    unsound: list[str] = field(default_factory=list)


def run(options: argparse.Namespace) -> list[Row]:
    """Kill writers until there were enough kills and enough commits."""
    kills, commits = (KILLS // 10, COMMITS // 10) if options.small else (KILLS, COMMITS)
    began, tally, catalog = time.perf_counter(), Tally(), load_catalog()
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "büro" / "buero.sqlite"
        _furnish(path, catalog)
        while tally.kills < kills or tally.acknowledged < commits:
            acknowledged = _kill_one(path, catalog, chance)
            tally.kills += 1
            tally.acknowledged += len(acknowledged)
            _look(path, catalog, acknowledged, tally)
            if tally.kills % 10 == 0:
                _undo_goes_on(path, catalog, tally)
                told = f"{tally.kills} kills, {tally.acknowledged} commits, {tally.lost} lost {tally.unsound}"
                print(f"{time.perf_counter() - began:.0f} s: {told}", file=sys.stderr, flush=True)
    reached = (
        f"{tally.kills} kills, {tally.acknowledged} acknowledged commits, {tally.lost} lost, "
        f"{tally.kills - len(tally.unsound)}/{tally.kills} sound; afterwards {tally.undone} steps taken back "
        f"and brought back, {tally.refused} rightly refused to a desk whose record another had changed"
    )
    return [
        Row(
            test="1",
            name="kill -9 at random moments",
            target=f"≥ {kills} kills, ≥ {commits} commits, 0 lost, all sound",
            reached="; ".join((reached, *tally.unsound[:3])),
            seconds=time.perf_counter() - began,
            ok=not tally.lost and not tally.unsound,
        )
    ]


def _furnish(path: Path, catalog: Catalog) -> None:
    create_office(path, Settings())
    office = open_office(path, Settings(), catalog=catalog, clock=lambda: NOW, account="petra.sander")
    channel = next(iter(creating.CHANNELS))
    for number in range(20):
        creating.create_request(
            office.place, creating.Captured(kind="grusswort", channel=channel, subject=f"Sache {number}")
        )
    office.close()


def _kill_one(path: Path, catalog: Catalog, chance: random.Random) -> list[int]:
    """Let a writer live for a moment; returns the actions that it acknowledged."""
    reading, writing = os.pipe()
    seed, moment = chance.random(), chance.uniform(0.02, 1.6)
    child = os.fork()
    if not child:
        os.close(reading)
        _write_for_ever(path, catalog, writing, random.Random(seed))
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        first = pipe.readline()  # it is at work
        time.sleep(moment)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        told = (first + pipe.read()).split(b"\n")
    return [int(line) for line in told[:-1]]  # what follows the last end of line was cut off


def _write_for_ever(path: Path, catalog: Catalog, pipe: int, chance: random.Random) -> NoReturn:
    """In the fork: step after step, each acknowledged once it is through."""
    try:
        account = chance.choice(WRITERS)
        office = open_office(path, Settings(), catalog=catalog, clock=lambda: NOW, account=account)
        while True:
            with suppress(Refusal):  # nothing left to take back
                _step(office.place, chance)
            for action in sorted(office.place.written):
                os.write(pipe, b"%d\n" % action)
            office.place.written.clear()
    finally:
        os._exit(1)


def _step(place: Workplace, chance: random.Random) -> None:
    keys = chance.sample(range(1, 21), chance.randrange(1, 6))
    kind = chance.random()
    if kind < 0.5:
        verbs.note(place, keys, "Vermerk " + "x" * chance.randrange(2000))
    elif kind < 0.65:
        verbs.defer(place, keys, place.today + timedelta(days=chance.randrange(1, 30)), "", None, False)
    elif kind < 0.8:
        verbs.assign(place, keys, chance.choice(("PS", "KL")))
    elif kind < 0.95:
        undo(place)
    else:
        redo(place) if chance.random() < 0.5 else undo(place)


def _look(path: Path, catalog: Catalog, acknowledged: list[int], tally: Tally) -> None:
    """Open the office again as the next start does, and look for what was acknowledged."""
    office = open_office(path, Settings(), catalog=catalog, clock=lambda: NOW, account="nachher")
    report = check_database(path, office.place)
    office.close()
    with closing(sqlite3.connect(path)) as connection:
        known = {row[0] for row in connection.execute("SELECT id FROM action")}
        ((strangers,),) = connection.execute(_STRANGERS).fetchall()
    lost = len(set(acknowledged) - known)
    tally.lost += lost
    if not report.sound or strangers or lost:
        tally.unsound.append(f"kill {tally.kills}: {' '.join(report.lines)} {strangers} notes, {lost} lost")


def _undo_goes_on(path: Path, catalog: Catalog, tally: Tally) -> None:
    """What a desk did last is taken back and brought back; the desk whose step is the newest comes first.

    A refusal is a right answer where the other desk changed the same records afterwards, and only there.
    """
    for account in _newest_first(path):
        office = open_office(path, Settings(), catalog=catalog, clock=lambda: NOW, account=account)
        try:
            undone, redone = undo(office.place), redo(office.place)
        except Refusal as refusal:
            tally.refused += 1
            if not _changed_since(path, office.place.desk.id):
                tally.unsound.append(f"kill {tally.kills}: {account}: {refusal}")
        else:
            tally.undone += 1
            if undone.action_id != redone.action_id:
                tally.unsound.append(f"kill {tally.kills}: undo and redo differ")
            return
        finally:
            office.close()
    tally.unsound.append(f"kill {tally.kills}: no desk can take anything back")


def _newest_first(path: Path) -> list[str]:
    """The accounts of the writers, the one with the newest step that stands first."""
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute(_DESKS, WRITERS)]


def _changed_since(path: Path, desk: int) -> bool:
    """Whether another desk wrote on a record of this desk's newest step after it."""
    with closing(sqlite3.connect(path)) as connection:
        return bool(connection.execute(_LATER, {"desk": desk}).fetchone()[0])
