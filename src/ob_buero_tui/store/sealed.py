"""An encrypted database as a file: the mark beside it, and its header, which only the password shows."""

from __future__ import annotations

import os
import struct
from contextlib import closing
from pathlib import Path
from typing import Final

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.store.cipher import MAGIC, PAGE_BYTES, first_bytes
from ob_buero_tui.store.connecting import (
    connect,
    database_errors,
    operational_errors,
    password_of,
    wants_rollback,
)
from ob_buero_tui.store.settling import settle_stream

MARK_TEXT: Final = "Diese Datenbank ist verschluesselt (SQLCipher 4). Hier steht kein Kennwort.\n"
HEADER: Final = struct.Struct(">16sH10xI28xI4xI28x")
"""SQLite's header, of which we read page size, pages, user_version, application_id (file format, 1.3)."""


class Locked(Refusal):
    """An encrypted database for which no password was told."""


def mark_of(path: Path) -> Path:
    """The file beside an encrypted database that says so; no secret stands in it."""
    return path.with_name(path.name + ".tresor")


def leave_mark(path: Path, mode: int) -> None:
    """Say beside a database that it is encrypted.

    Args:
        mode: Permissions of the office's files.
    """
    handle = os.open(mark_of(path), os.O_CREAT | os.O_TRUNC | os.O_WRONLY, mode)
    with open(handle, "w", encoding="ascii") as file:
        file.write(MARK_TEXT)
        settle_stream(file)
    mark_of(path).chmod(mode)


def is_sealed(path: Path) -> bool:
    """Whether a database is encrypted; a mark that a broken-off step left beside a plain one says nothing."""
    return mark_of(path).exists() and bool(start := first_bytes(path)) and start != MAGIC


def is_locked(path: Path) -> bool:
    """Whether a database is encrypted and this process was told no password for it."""
    return is_sealed(path) and password_of(path) is None


def looks_sealed(path: Path) -> bool:
    """Whether a file without a mark may be an encrypted database: whole pages, and no known beginning."""
    size = path.stat().st_size
    start = first_bytes(path)
    return size > 0 and size % PAGE_BYTES == 0 and start != MAGIC and len(set(start)) > 8


def inner_header(path: Path) -> bytes:
    """The header of an encrypted database as a plain one would have it, a broken-off step rolled back.

    Raises:
        Locked: no password was told.
        sqlite3.OperationalError: another process holds the lock, or the disk fails.
        sqlite3.DatabaseError: the password does not fit, or the first page is damaged.
    """
    if is_locked(path):
        raise Locked(
            f"Die Datenbank „{path}“ ist verschlüsselt und wird nicht geöffnet.",
            "Es wurde kein Kennwort genannt.",
            "Öffnen Sie sie an einem Terminal, oder nennen Sie das Kennwort mit --password-fd.",
        )
    try:
        return _told_header(path, "ro")
    except operational_errors() as error:
        if not wants_rollback(error):
            raise
    from ob_buero_tui.store.unclean import copied_with_journal

    with copied_with_journal(path) as copy:
        return _told_header(copy, "rw")


def _told_header(path: Path, mode: str) -> bytes:
    with closing(connect(path, mode)) as connection:
        names = ("page_size", "page_count", "user_version", "application_id")
        told = {name: int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in names}
    return HEADER.pack(MAGIC, told["page_size"] % 65536, *(told[name] for name in names[1:]))


def header_or_finding(path: Path) -> bytes | str:
    """The header of an encrypted database, or what SQLite says instead.

    Raises:
        Locked: no password was told.
        sqlite3.OperationalError: a lock or the disk kept it from looking, which is no finding.
    """
    try:
        return inner_header(path)
    except operational_errors():
        raise
    except database_errors() as error:
        return str(error)
