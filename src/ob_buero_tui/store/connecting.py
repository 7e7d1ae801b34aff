"""The one door to a database file: plain, or opened with the password that this process was told for it."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from types import ModuleType
from typing import cast
from urllib.parse import quote

from ob_buero_tui.store.cipher import MAGIC, Secret, first_bytes, secret_for

_KEYS: dict[Path, Secret] = {}
"""Passwords by file, for as long as this process runs; they are written nowhere."""


class SpoiltText(str):
    """A text that holds � where bytes of the file are no UTF-8."""

    __slots__ = ()


def readable(raw: bytes) -> str:
    """A text as it is read: one flipped bit must not keep all the other records from being shown."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return SpoiltText(raw.decode(errors="replace"))


def file_uri(path: Path, mode: str) -> str:
    """An SQLite URI that never creates a file: `mode` is `rw` or `ro`."""
    return f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}"


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
    secret = _KEYS.get(path.resolve()) if _KEYS else None
    module = dbapi(path)
    connection = module.connect(
        file_uri(path, mode),
        uri=True,
        timeout=timeout,
        isolation_level=isolation_level,
        check_same_thread=check_same_thread,
    )
    if secret is not None:
        try:
            _unlock(cast("sqlite3.Connection", connection), secret)
        except BaseException:
            connection.close()
            raise
    connection.text_factory = readable
    return cast("sqlite3.Connection", connection)


def connect_vault(path: Path, mode: str) -> sqlite3.Connection:
    """Open a plain or encrypted file by the encrypting driver, without transactions of Python's own.

    Raises:
        ImportError: the extra `tresor` is not installed.
    """
    import sqlcipher3.dbapi2

    opened = sqlcipher3.dbapi2.connect(file_uri(path, mode), uri=True, isolation_level=None)
    connection = cast("sqlite3.Connection", opened)
    secret = _KEYS.get(path.resolve())
    if secret is not None:
        _unlock(connection, secret)
    return connection


def attach_vault(connection: sqlite3.Connection, path: Path, name: str) -> None:
    """Attach a second file to a connection of the encrypting driver, with its own password or with none.

    Args:
        name: What the second file is called in statements; one of ours.
    """
    secret = _KEYS.get(path.resolve())
    clause = secret.clause if secret is not None else ""
    connection.execute(f"ATTACH DATABASE ? AS {name} KEY ?", (file_uri(path, "rw"), clause))


def _unlock(connection: sqlite3.Connection, secret: Secret) -> None:
    connection.execute("PRAGMA cipher_log_level=NONE")  # it would write to the terminal
    connection.execute(f'PRAGMA key = "{secret.clause}"')
    connection.execute("PRAGMA cipher_compatibility=4")  # a later SQLCipher may have other defaults
    connection.execute("PRAGMA temp_store=MEMORY")  # no plain text in a file for sorting


def dbapi(path: Path) -> ModuleType:
    """The module that opens a file: Python's own, or the encrypting one."""
    if password_of(path) is None:
        return sqlite3
    import sqlcipher3.dbapi2

    return cast("ModuleType", sqlcipher3.dbapi2)


def tell_password(path: Path, password: str) -> None:
    """Keep the password of a file for this process; a file that is to be made gets a salt of its own."""
    _KEYS[path.resolve()] = secret_for(path, password)


def forget_password(path: Path) -> None:
    """Forget the password of a file, if one was told."""
    _KEYS.pop(path.resolve(), None)


def password_of(path: Path) -> str | None:
    """The password that was told for a file, as it is spelled here; None for a plain one."""
    secret = _KEYS.get(path.resolve()) if _KEYS else None
    return secret.password if secret else None


def share_password(path: Path, of: Path) -> None:
    """Let a copy be opened with the password of the file it is a copy of; a plain copy needs none.

    Args:
        path: The copy, which nobody has open; where it is not there yet, it gets the salt of its original.
    """
    secret = _KEYS.get(of.resolve()) if _KEYS else None
    if secret is None:
        return
    start = first_bytes(path)
    if start == MAGIC:
        forget_password(path)
    else:
        _KEYS[path.resolve()] = secret_for(path, secret.password) if start else secret


def operational_errors() -> tuple[type[Exception], ...]:
    """What SQLite's driver raises for a lock or a failing disk, whichever drivers are in use."""
    return (sqlite3.OperationalError, *_of_tresor("OperationalError"))


def database_errors() -> tuple[type[Exception], ...]:
    """What SQLite's driver raises for damage and, as their base, for a lock or a failing disk.

    A damaged name of a table in its own message is more than Python's driver can decode.
    """
    return (sqlite3.DatabaseError, UnicodeDecodeError, *_of_tresor("DatabaseError"))


def driver_errors() -> tuple[type[Exception], ...]:
    """All that SQLite's driver raises, whichever drivers are in use."""
    return (sqlite3.Error, UnicodeDecodeError, *_of_tresor("Error"))


def wants_rollback(error: Exception) -> bool:
    """Whether a read-only connection met a broken-off step, which it may not roll back.

    The encrypting driver tells only the first of the two bytes that make up SQLite's number.
    """
    return error_code(error) in (sqlite3.SQLITE_READONLY_ROLLBACK, sqlite3.SQLITE_READONLY)


def says_nothing(error: BaseException | None) -> bool:
    """Whether an error tells of a lock, the disk or an interrupt, and so nothing of the file's contents."""
    if not isinstance(error, operational_errors()):
        return False
    return error_code(error) & 0xFF not in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT)


def error_code(error: BaseException) -> int:
    """SQLite's own number for what a driver raised; 0 where it tells none."""
    return int(getattr(error, "sqlite_errorcode", 0))


def _of_tresor(name: str) -> tuple[type[Exception], ...]:
    """The encrypting driver has exceptions of its own; they exist only where a password was told."""
    if not _KEYS:
        return ()
    import sqlcipher3.dbapi2

    return (getattr(sqlcipher3.dbapi2, name),)
