"""Encrypts a database, takes that away, or changes the password: each time into a new file, checked."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.system_errors import system_reason
from ob_buero_tui.services.unlocking import require_extra
from ob_buero_tui.store import opening, sealed, unclean
from ob_buero_tui.store.backup import integrity_problems, make_backup
from ob_buero_tui.store.backup.listing import checksum_of, contents_of, copies
from ob_buero_tui.store.cipher import MAGIC, first_bytes, one_spelling
from ob_buero_tui.store.connecting import (
    attach_vault,
    connect,
    connect_vault,
    driver_errors,
    forget_password,
    operational_errors,
    password_of,
    tell_password,
)
from ob_buero_tui.store.opening import FileState
from ob_buero_tui.store.pouring import difference, pour
from ob_buero_tui.store.rights import share_group
from ob_buero_tui.store.settling import settle_file, settle_folder
from ob_buero_tui.store.unclean import process_token

SHORTEST: Final = 12
"""Characters of a password: whoever has the file may try as often as the machine is fast (BSI ORP.4.A22)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What came of it.

    Args:
        copy: The checked copy of the new file; None where none could be made.
        told: Why there is none.
        before: The copy of before; it is kept only where there is none of the new file.
        plain: Older copies that anybody can read, which the office should remove.
    """

    copy: Path | None
    told: str = ""
    before: Path | None = None
    plain: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where it happens.

    Args:
        path: The database, its password told where it has one.
        backup_folder: Where its copies are kept.
        mode: Permissions of the office's files.
        now: The time for the names of copies.
    """

    path: Path
    backup_folder: Path
    mode: int
    now: datetime


def seal(place: Place, password: str) -> Sealed:
    """Encrypt a plain database.

    Raises:
        Refusal: it is encrypted, in use, or the password is too short; the file is as it was.
    """
    if password_of(place.path) is not None:
        raise Refusal(
            "Die Datenbank ist schon verschlüsselt.", "", "Ein neues Kennwort gibt „tresor aendern“."
        )
    refuse_weak(password)
    return _replace(place, password)


def reseal(place: Place, password: str) -> Sealed:
    """Give an encrypted database another password.

    Raises:
        Refusal: as `seal`.
    """
    _refuse_plain(place.path)
    refuse_weak(password)
    return _replace(place, password)


def unseal(place: Place) -> Sealed:
    """Take the encryption away.

    Raises:
        Refusal: it is plain already or in use; the file is as it was.
    """
    _refuse_plain(place.path)
    return _replace(place, None)


def plain_copies(path: Path, folder: Path) -> tuple[Path, ...]:
    """The copies of a database that anybody can read, oldest first; those kept beside it come last."""
    found = (*reversed(copies(path, folder)), *reversed(copies(path, path.parent)))
    return tuple(copy.path for copy in found if first_bytes(copy.path) == MAGIC)


def _refuse_plain(path: Path) -> None:
    if password_of(path) is None:
        raise Refusal("Die Datenbank ist nicht verschlüsselt.", "", "Verschlüsselt wird mit „tresor ein“.")


def refuse_weak(password: str) -> None:
    """Refuse a password that is quickly guessed, or that not every keyboard types.

    Raises:
        Refusal: with what a good one is.
    """
    typed = one_spelling(password)
    if len(typed) < SHORTEST:
        raise Refusal(
            "Das Kennwort ist zu kurz.",
            f"Wer die Datei hat, kann beliebig oft raten; es braucht mindestens {SHORTEST} Zeichen.",
            "Leicht zu merken und lang ist ein Satz aus vier oder fünf Wörtern.",
        )

    if clean(typed, limit=len(typed)) != typed:
        raise Refusal(
            "Das Kennwort lässt sich nicht überall tippen.",
            "Es enthält Steuerzeichen oder unsichtbare Zeichen.",
            "Nehmen Sie Buchstaben, Ziffern, Satzzeichen und Leerzeichen.",
        )


def _replace(place: Place, password: str | None) -> Sealed:
    """Pour the database into a new file, check that, and put it in the old one's place."""
    require_extra()
    path = place.path
    _refuse_unready(path, place.backup_folder)
    before = make_backup(path, place.backup_folder, place.now, label="vor-tresor", mode=place.mode)
    fresh = path.with_name(f"{path.name}.neu-{process_token()}")
    try:
        with _alone(path) as connection:
            _make(connection, place, fresh, password)
            if password is not None:
                sealed.leave_mark(path, place.mode)
            fresh.replace(path)
            with suppress(OSError):  # the new file stands there by now, and no sentence may deny that
                settle_folder(path.parent)
    except (OSError, *driver_errors()) as error:  # type: ignore[misc]  # mypy knows no tuple made here
        reason = system_reason(error) if isinstance(error, OSError) else clean(str(error), limit=200)
        raise Refusal(
            "Die Datenbank ist unverändert geblieben.",
            f"Die neue Datei ließ sich nicht schreiben ({reason}).",
            "Prüfen Sie freien Platz und Schreibrecht.",
        ) from error
    finally:
        forget_password(fresh)
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    return _settle(place, password, before)


def _make(connection: sqlite3.Connection, place: Place, fresh: Path, password: str | None) -> None:
    os.close(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_RDWR, place.mode))
    share_group(fresh, place.path)
    fresh.chmod(place.mode)  # whatever the umask says
    if password is not None:
        tell_password(fresh, password)
    attach_vault(connection, fresh, "neu")
    connection.execute("BEGIN IMMEDIATE")  # nobody writes until the new file stands in its place
    pour(connection, "neu")
    connection.execute("BEGIN IMMEDIATE")  # what came in between shows as a difference
    with closing(connect_vault(fresh, "ro")) as reading:
        wrong = integrity_problems(fresh) or difference(connection, reading)
    if wrong:
        raise Refusal(
            "Die Datenbank ist unverändert geblieben.",
            f"Die neue Datei ist nicht wie die alte: {clean(wrong[0], limit=200)}.",
            "Bitte prüfen Sie sie mit „ob-buero check“ und rufen Sie die IT.",
        )
    settle_file(fresh)


@contextmanager
def _alone(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the old file by the driver that can write both kinds."""
    try:
        with closing(connect_vault(path, "rw")) as connection:
            yield connection
    except operational_errors() as error:
        if "locked" not in str(error):
            raise
        raise _in_use() from error


def _settle(place: Place, password: str | None, before: Path) -> Sealed:
    """Open the new file from now on, copy it, and remove the copy of before, which opens otherwise."""
    path = place.path
    if password is None:
        forget_password(path)
        sealed.mark_of(path).unlink(missing_ok=True)
    else:
        tell_password(path, password)
    copy, told = None, ""
    try:
        copy = make_backup(path, place.backup_folder, place.now, label="tresor", mode=place.mode)
    except (Refusal, OSError) as error:  # the new file stands in its place already, and that is told first
        told = str(error) if isinstance(error, Refusal) else f"Die Sicherung fehlt: {system_reason(error)}."
    if copy is not None:
        for left in (before, checksum_of(before), contents_of(before)):
            left.unlink(missing_ok=True)
    plain = plain_copies(path, place.backup_folder) if password is not None else ()
    return Sealed(copy=copy, told=told, before=None if copy else before, plain=plain)


def _refuse_unready(path: Path, backup_folder: Path) -> None:
    seen = opening.look(path, backup_folder)
    if seen.state is not FileState.READY:
        older = seen.state is FileState.OLDER
        raise Refusal(
            "Die Datenbank ist unverändert geblieben.",
            "Sie hat einen älteren Stand." if older else "Es gibt sie nicht, oder sie ist schreibgeschützt.",
            "Öffnen Sie sie einmal mit „ob-buero“ und beginnen Sie dann von vorn.",
        )
    unclean.clear_markers(path)
    if any(path.parent.glob(f"{path.name}.offen-*")):
        raise _in_use()
    with closing(connect(path, "rw")) as connection:  # a step that was broken off is rolled back here
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()


def _in_use() -> Refusal:
    return Refusal(
        "Die Datenbank ist unverändert geblieben.",
        "Ein Arbeitsplatz hat sie noch geöffnet.",
        "Schließen Sie OB-Büro an allen Plätzen und beginnen Sie von vorn.",
    )
