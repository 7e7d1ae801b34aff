"""What an unclean exit leaves behind: markers of dead processes, and a journal that SQLite rolls back."""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ob_buero_tui.store.connecting import forget_password, operational_errors, share_password, wants_rollback
from ob_buero_tui.store.soundness import integrity_problems, schema_problems


def marker(path: Path) -> Path:
    """The file that stands beside a database while this process has it open."""
    return path.with_name(f"{path.name}.offen-{platform.node()}-{os.getpid()}")


def leave_marker(path: Path, mode: int, account: str = "") -> None:
    """Put this process's marker beside a database it has open.

    The process's start time stands in it, as the system gives the number of a dead process to another one,
    and below it the account, as two windows of one account are one desk.

    Args:
        mode: Permissions of the office's files.
    """
    own = marker(path)
    handle = os.open(own, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, mode)
    with open(handle, "w", encoding="ascii") as file:
        file.write(f"{_started(os.getpid())}\n{account!a}")
    with suppress(OSError):  # a foreign owner's left-over: its rights are not ours to change
        own.chmod(mode)


def process_token() -> str:
    """A name for this process that no other has: machine, number, start time."""
    return f"{platform.node()}-{os.getpid()}-{_started(os.getpid())}"


def probe_prefix(path: Path) -> str:
    """How a private folder beside a database is called in which a copy is looked at; `sweeping` knows it."""
    return f".{path.name}-probe-{process_token()}-"


def token_lives(token: str) -> bool:
    """Whether the process of a token runs; one of another machine counts as running."""
    node, _, rest = token.rpartition("-")
    node, _, number = node.rpartition("-")
    if node != platform.node() or not number.isdigit():
        return True
    return _alive(int(number), rest)


def left_open(path: Path) -> bool:
    """Whether a process of this machine is gone and left its marker behind, or one found damage."""
    return _suspicion(path).exists() or any(_dead_markers(path))


def open_elsewhere(path: Path) -> tuple[Path, ...]:
    """The markers of other processes that have a database open; one of another machine counts as open."""
    prefix, own = f"{path.name}.offen-", marker(path)
    dead = set(_dead_markers(path))
    found = (item for item in path.parent.iterdir() if item.name.startswith(prefix))
    return tuple(sorted(item for item in found if item != own and item not in dead))


def opened_by(path: Path, account: str) -> bool:
    """Whether another process of this account has a database open."""
    return any(_told(item)[1:] == [ascii(account)] for item in open_elsewhere(path))


def clear_markers(path: Path) -> None:
    """Remove the markers of processes that are gone, after the full check went well."""
    for item in (*_dead_markers(path), _suspicion(path)):
        with suppress(OSError):  # another account's marker in a folder that only lets owners delete
            item.unlink(missing_ok=True)


def suspect(path: Path, mode: int) -> None:
    """Say beside a database that the next opening has to check every page: damage was found while it ran.

    Args:
        mode: Permissions of the office's files.
    """
    with suppress(OSError):  # a folder that may not be written; then this start has told it at least
        os.close(os.open(_suspicion(path), os.O_CREAT | os.O_WRONLY, mode))


def _suspicion(path: Path) -> Path:
    return path.with_name(f"{path.name}.zu-pruefen")


def has_journal(path: Path) -> bool:
    """Whether a rollback journal stands beside a database: somebody writes, or broke off writing."""
    journal = journal_of(path)
    return journal.exists() and journal.stat().st_size > 0


def broke_off(path: Path) -> bool:
    """Whether a step was broken off: a journal stands, and nobody holds the lock of the one who writes.

    SQLite itself tells the two apart: only for a journal without a writer would it have to write first. A
    file that does not answer counts as one that is written; the check after this says what is wrong.
    """
    if not has_journal(path):
        return False
    try:
        schema_problems(path)
    except operational_errors() as error:
        return wants_rollback(error)
    return False


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
    except operational_errors() as error:
        if not wants_rollback(error):
            raise
    with copied_with_journal(path) as copy:
        return integrity_problems(copy, mode="rw")


@contextmanager
def copied_with_journal(path: Path) -> Iterator[Path]:
    """A copy of a database with the step that was broken off, for as long as the block runs.

    Raises:
        OSError: there is no room or right for the copy.
    """
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=probe_prefix(path)) as folder:
        copy = Path(folder) / path.name
        share_password(copy, path)
        shutil.copyfile(path, copy)
        if has_journal(path):
            shutil.copyfile(journal_of(path), journal_of(copy))
        try:
            yield copy
        finally:
            forget_password(copy)


def _dead_markers(path: Path) -> Iterator[Path]:
    prefix = f"{path.name}.offen-{platform.node()}-"
    for item in list(path.parent.iterdir()):
        number = item.name.removeprefix(prefix)
        if item.name.startswith(prefix) and number.isdigit() and not _alive(int(number), _told_start(item)):
            yield item


def _told_start(item: Path) -> str:
    """The start time that a marker names; "" where it names none or cannot be read."""
    return next(iter(_told(item)), "").strip()


def _told(item: Path) -> list[str]:
    """The lines of a marker: the start of its process, and its account."""
    try:
        return item.read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        return []


def _alive(process: int, started: str) -> bool:
    """Whether a process runs that started then; without a start time any process of this number counts."""
    if os.name != "posix":
        return True  # signal 0 is no harmless question elsewhere
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass  # it runs under another account
    now = _started(process)
    return not (started and now) or started == now


def _started(process: int) -> str:
    """When a process started, in the system's ticks since its own start; "" where it does not tell.

    Source: proc(5), /proc/PID/stat, field 22; the name in field 2 may hold blanks and brackets.
    """
    try:
        told = Path(f"/proc/{process}/stat").read_bytes()
    except OSError:
        return ""
    fields = told.rpartition(b")")[2].split()
    return fields[19].decode("ascii", "replace") if len(fields) > 19 else ""
