"""Test 7 at length: headers zeroed, empty, cut, one random page, twenty bit flips; each file is opened."""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.trust.rows import Row

PAGE = 4096
ROWS = 1500
CAP = 60
"""Seconds that one file may take to be opened and saved."""
Damage = Callable[[bytes, random.Random], bytes]


def run(options: argparse.Namespace) -> list[Row]:
    """Damage a filled office in each way, open it as a start after a crash does, and save what is readable.

    Args:
        options: `small` makes a tenth of the files.
    """
    part = 10 if options.small else 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        good = _filled(folder)
        return [
            _tried(folder, good, what, damage, max(1, count // part))
            for what, damage, count in (
                ("header zeroed", _no_header, 10),
                ("list of tables overwritten", _no_list, 10),
                ("0 bytes", lambda _data, _dice: b"", 1),
                ("cut anywhere", _cut, 50),
                ("one random page", _page, 100),
                ("20 bit flips", _flips, 100),
            )
        ]


def _no_header(data: bytes, _dice: random.Random) -> bytes:
    return bytes(100) + data[100:]


def _no_list(data: bytes, dice: random.Random) -> bytes:
    return data[:100] + dice.randbytes(400) + data[500:]


def _cut(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(1, len(data))]


def _page(data: bytes, dice: random.Random) -> bytes:
    number = dice.randrange(1, len(data) // PAGE)
    return data[: number * PAGE] + dice.randbytes(PAGE) + data[(number + 1) * PAGE :]


def _flips(data: bytes, dice: random.Random) -> bytes:
    bent = bytearray(data)
    for _ in range(20):
        bent[dice.randrange(len(bent))] ^= 1 << dice.randrange(8)
    return bytes(bent)


def _filled(folder: Path) -> Path:
    """An office with some thousand rows, a copy of it, and the marker that a killed process leaves."""
    from ob_buero_tui.store.backup import make_backup
    from ob_buero_tui.store.schema import create_database

    path = folder / "buero.sqlite"
    create_database(path)
    with closing(sqlite3.connect(path)) as connection:
        people = [(f"Vorname {number}", f"Beispiel {number}", "x" * 200) for number in range(ROWS)]
        _insert(connection, "person", ("given_name", "family_name", "note"), people)
        letters = [(f"2026-{number:04}", f"Betreff {number}", "y" * 300) for number in range(ROWS)]
        _insert(connection, "request", ("number", "subject", "reason"), letters)
        connection.commit()
    make_backup(path, folder / "sicherungen", datetime(2026, 11, 25, 8, tzinfo=UTC))
    (folder / "buero.sqlite.zu-pruefen").touch()
    return path


def _insert(
    connection: sqlite3.Connection, table: str, names: tuple[str, ...], rows: Sequence[tuple[str, ...]]
) -> None:
    """Rows with these columns; the others get what their type takes."""
    found: list[tuple[str, object]] = []
    for _, name, kind, needed, default, key in connection.execute(f'PRAGMA table_info("{table}")'):
        if needed and default is None and not key and name not in names:
            found.append((name, _fitting(name, kind)))
    columns = ", ".join(f'"{name}"' for name in (*names, *(name for name, _ in found)))
    marks = ", ".join("?" * (len(names) + len(found)))
    filled = [(*row, *(value for _, value in found)) for row in rows]
    connection.executemany(f'INSERT INTO "{table}"({columns}) VALUES ({marks})', filled)  # noqa: S608


def _fitting(name: str, kind: str) -> object:
    known = {"state": "neu", "confidentiality": "intern", "received_at": "2026-11-25T08:00:00Z"}
    if name in known:
        return known[name]
    if kind == "INTEGER":
        return 0
    return {"fields": "{}", "extra": "{}", "categories": "[]", "intake_notes": "[]", "locks": "[]"}.get(
        name, ""
    )


def _tried(folder: Path, good: Path, what: str, damage: Damage, count: int) -> Row:
    began = time.monotonic()
    data = good.read_bytes()
    found: Counter[str] = Counter()
    saved = lost = 0
    for seed in range(count):
        good.write_bytes(damage(data, random.Random(f"{what} {seed}")))
        before, since, rows = _prints(folder), time.monotonic(), 0
        try:
            with _at_most(CAP):
                found.update(_opened(good))
                found["touched"] += _prints(folder) != before
                rows = _rescued(good, folder / "neu", found)
        except TimeoutError:
            found["too slow"] += 1
        saved, lost = saved + rows, lost + (2 * ROWS - rows)
        found["touched"] += _prints(folder) != before
        told = f"{what} {seed}: {rows} rows, {time.monotonic() - since:.1f} s; {dict(found)}"
        print(told, file=sys.stderr, flush=True)
    good.write_bytes(data)
    bad = sum(found[each] for each in ("traceback", "touched", "no copy named", "missed", "too slow"))
    reached = (
        f"{count} files: {found['refused']} refused with the copy named, {found['sound']} sound, "
        f"{found['missed']} missed, {found['traceback']} tracebacks, {found['touched']} touched, "
        f"{found['too slow']} over {CAP} s; "
        f"{saved} of {saved + lost} records saved"
    )
    target = "0 tracebacks, 0 touched, 0 missed, each refusal names the copy"
    return Row(
        test="7", name=what, target=target, reached=reached, seconds=time.monotonic() - began, ok=not bad
    )


@contextmanager
def _at_most(seconds: int) -> Iterator[None]:
    """Break off after so many seconds."""

    def late(_number: int, _frame: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def _opened(path: Path) -> Iterator[str]:
    """What an opening says, and whether SQLite's own full check agrees."""
    from ob_buero_tui.rules.refusals import Refusal
    from ob_buero_tui.store.opening import Damaged, look
    from ob_buero_tui.store.soundness import integrity_problems

    try:
        look(path, path.parent / "sicherungen")
    except Damaged as damaged:
        yield "refused" if damaged.copy else "no copy named"
    except Refusal:
        yield "refused"  # what has no header of ours is not ours
    except TimeoutError:
        raise
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        yield "traceback"
    else:
        yield "missed" if integrity_problems(path) else "sound"


def _rescued(path: Path, folder: Path, found: Counter[str]) -> int:
    """How many people and requests are saved, with the good copy at hand."""
    from ob_buero_tui.rules.refusals import Refusal
    from ob_buero_tui.services.rescuing import rescue_copy
    from ob_buero_tui.store.backup import latest_good

    copy = latest_good(path, (path.parent / "sicherungen",))
    folder.mkdir()
    try:
        saved = rescue_copy(path, folder, good=copy.path if copy else None)
        with closing(sqlite3.connect(saved.copy)) as connection:
            counts = (connection.execute(f"SELECT count(*) FROM {one}").fetchone()[0] for one in _COUNTED)  # noqa: S608
            return sum(counts)
    except Refusal:
        return 0
    except TimeoutError:
        raise
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        found["traceback"] += 1
        return 0
    finally:
        shutil.rmtree(folder)


_COUNTED = ("person", "request")


def _prints(folder: Path) -> dict[str, str]:
    files = (item for item in folder.rglob("*") if item.is_file())
    return {str(item): hashlib.sha256(item.read_bytes()).hexdigest() for item in files}
