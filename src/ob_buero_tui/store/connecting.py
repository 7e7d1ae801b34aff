"""The one door to a database file: plain, or opened with the password that this process was told for it."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from types import ModuleType
from typing import cast
from urllib.parse import quote

_KEYS: dict[Path, str] = {}
"""Passwords by file, for as long as this process runs; they are written nowhere."""


def file_uri(path: Path, mode: str) -> str:
    """An SQLite URI that never creates a file: `mode` is `rw` or `ro`."""
    return f"file:{quote(str(path.absolute()))}?mode={mode}"


def connect(
    path: Path,
    mode: str,
    *,
    timeout: float = 5.0,
    isolation_level: str | None = "DEFERRED",
    check_same_thread: bool = True,
) -> sqlite3.Connection:
    """Open a database file that is there, with its password where one was told.

    Args:
        mode: `rw` or `ro`.
        timeout: How long to wait for another process's lock, in seconds.
        isolation_level: Python's own beginning of transactions; None for none.

    Raises:
        ImportError: the file has a password and the extra `tresor` is not installed.
    """
    key = password_of(path)
    module = dbapi(path)
    connection = module.connect(
        file_uri(path, mode),
        uri=True,
        timeout=timeout,
        isolation_level=isolation_level,
        check_same_thread=check_same_thread,
    )
    if key is not None:
        connection.execute("PRAGMA cipher_log_level=NONE")  # it would write to the terminal
        connection.execute("PRAGMA key = '{}'".format(key.replace("'", "''")))
    return cast("sqlite3.Connection", connection)


def dbapi(path: Path) -> ModuleType:
    """The module that opens a file: Python's own, or the encrypting one."""
    if password_of(path) is None:
        return sqlite3
    import sqlcipher3.dbapi2

    return cast("ModuleType", sqlcipher3.dbapi2)


def tell_password(path: Path, password: str) -> None:
    """Keep the password of a file for this process."""
    _KEYS[path.resolve()] = password


def forget_password(path: Path) -> None:
    """Forget the password of a file, if one was told."""
    _KEYS.pop(path.resolve(), None)


def password_of(path: Path) -> str | None:
    """The password that was told for a file; None for a plain one."""
    return _KEYS.get(path.resolve()) if _KEYS else None


def share_password(path: Path, of: Path) -> None:
    """Let a copy be opened with the password of the file it is a copy of."""
    password = password_of(of)
    if password is not None:
        tell_password(path, password)


def operational_errors() -> tuple[type[Exception], ...]:
    """What SQLite's driver raises for a lock or a failing disk, whichever drivers are in use."""
    return (sqlite3.OperationalError, *_of_tresor("OperationalError"))


def database_errors() -> tuple[type[Exception], ...]:
    """What SQLite's driver raises for damage and, as their base, for a lock or a failing disk."""
    return (sqlite3.DatabaseError, *_of_tresor("DatabaseError"))


def driver_errors() -> tuple[type[Exception], ...]:
    """All that SQLite's driver raises, whichever drivers are in use."""
    return (sqlite3.Error, *_of_tresor("Error"))


def error_code(error: Exception) -> int:
    """SQLite's own number for what a driver raised; 0 where it tells none."""
    return int(getattr(error, "sqlite_errorcode", 0))


def _of_tresor(name: str) -> tuple[type[Exception], ...]:
    """The encrypting driver has exceptions of its own; they exist only where a password was told."""
    if not _KEYS:
        return ()
    import sqlcipher3.dbapi2

    return (getattr(sqlcipher3.dbapi2, name),)
