"""What an unclean exit leaves behind: markers of dead processes, and a journal that SQLite rolls back."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ob_buero_tui.store.backup import integrity_problems, schema_problems


def marker(path: Path) -> Path:
    """The file that stands beside a database while this process has it open."""
    return path.with_name(f"{path.name}.offen-{platform.node()}-{os.getpid()}")


def left_open(path: Path) -> bool:
    """Whether a process of this machine that is no longer alive left its marker behind."""
    return any(_dead_markers(path))


def clear_markers(path: Path) -> None:
    """Remove the markers of processes that are gone, after the full check went well."""
    for item in _dead_markers(path):
        item.unlink(missing_ok=True)


def has_journal(path: Path) -> bool:
    """Whether a rollback journal stands beside a database: somebody writes, or broke off writing."""
    journal = journal_of(path)
    return journal.exists() and journal.stat().st_size > 0


def journal_of(path: Path) -> Path:
    """Where SQLite keeps the rollback journal of a database."""
    return path.with_name(path.name + "-journal")


def problems(path: Path, *, full: bool) -> list[str]:
    """What a check finds, as a step that was broken off leaves the file once it is rolled back.

    The rollback is tried on a copy, so that a file that will be refused stays as it is.

    Args:
        full: Every page instead of the schema alone; a file with a step broken off gets it in any case.

    Raises:
        OSError: there is no room or right for the copy.
        sqlite3.OperationalError: another process holds the lock, or the disk fails.
    """
    try:
        return integrity_problems(path) if full else schema_problems(path)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_READONLY_ROLLBACK:
            raise
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}-probe-") as folder:
        copy = Path(folder) / path.name
        shutil.copyfile(path, copy)
        if has_journal(path):
            shutil.copyfile(journal_of(path), journal_of(copy))
        return integrity_problems(copy, mode="rw")


def _dead_markers(path: Path) -> Iterator[Path]:
    prefix = f"{path.name}.offen-{platform.node()}-"
    for item in list(path.parent.iterdir()):
        number = item.name.removeprefix(prefix)
        if item.name.startswith(prefix) and number.isdigit() and not _alive(int(number)):
            yield item


def _alive(process: int) -> bool:
    if os.name != "posix":
        return True  # signal 0 is no harmless question elsewhere
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
