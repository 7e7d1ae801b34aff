"""The steps of going back to a copy: taken beside the database, judged there, renamed into its place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.store import unclean
from ob_buero_tui.store.backup.copying import copy_bytes
from ob_buero_tui.store.backup.labels import BEFORE
from ob_buero_tui.store.backup.listing import CHANGED, checksum_fault, checksum_of, copy_name, file_hash
from ob_buero_tui.store.connecting import (
    connect,
    database_errors,
    forget_password,
    operational_errors,
    password_of,
    share_password,
)
from ob_buero_tui.store.rights import set_rights, share_group
from ob_buero_tui.store.schema import APPLICATION_ID, SCHEMA
from ob_buero_tui.store.sealed import looks_sealed
from ob_buero_tui.store.settling import make_file, settle_folder
from ob_buero_tui.store.soundness import integrity_problems

_FRESH = ".rueckkehr-"
LOCK_SECONDS = 2.0
"""How long to wait for the lock of somebody who is not to be there."""


class Unfit(Refusal):
    """A copy that nobody should go back to here and now.

    Args:
        why: What is wrong, a German clause.
        damaged: Whether the copy itself is spoilt; another program or password may take one that is not.
    """

    def __init__(self, copy: Path, why: str, *, damaged: bool = False) -> None:
        super().__init__(
            f"Zu der Sicherung „{copy.name}“ wird nicht zurückgekehrt.",
            f"Mit ihr stimmt etwas nicht: {why}.",
            "Wählen Sie eine andere; die Datenbank ist unverändert.",
        )
        self.clause = why
        self.damaged = damaged


@contextmanager
def taken_beside(copy: Path, path: Path, mode: int, *, of: Path) -> Iterator[Path]:
    """Take a copy beside the database, byte by byte, and look at it there; what is left of it goes.

    Args:
        path: The place beside which it is taken.
        of: The database it is a copy of, whose password opens it unless one was told for the copy.

    Raises:
        Refusal: the copy is damaged, changed, foreign or newer.
        OSError: it cannot be read, or there is no room for it.
    """
    if copy.suffix == ".age":
        raise Unfit(copy, "sie ist verschlüsselt; „ob-buero restore“ öffnet sie mit --schluessel")
    clear_broken_off(path)
    if checksum_of(copy).exists():
        fault = checksum_fault(copy)
        if fault:
            raise Unfit(copy, fault, damaged=fault == CHANGED)
    fresh = path.with_name(f"{path.name}{_FRESH}{unclean.process_token()}")
    try:
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_RDWR, mode))
        share_group(fresh, path)
        set_rights(fresh, mode)  # whatever the umask says
        copy_bytes(copy, fresh)
        if file_hash(fresh) != file_hash(copy):
            raise Unfit(copy, "sie kam beim Kopieren verändert an")
        share_password(fresh, of if password_of(copy) is None else copy)
        if unclean.has_journal(copy):  # a file that a return replaced, with half a step in it
            make_file(unclean.journal_of(fresh), mode)
            copy_bytes(unclean.journal_of(copy), unclean.journal_of(fresh))
            _end_step(fresh, unclean.journal_of(fresh))
        judge(fresh, copy)
        yield fresh
    finally:
        forget_password(fresh)
        for item in (fresh, unclean.journal_of(fresh)):
            with suppress(OSError):
                item.unlink(missing_ok=True)


def judge(fresh: Path, copy: Path) -> None:
    """Refuse what is not ours, not whole, or from a newer program.

    Args:
        fresh: The file to look at.
        copy: What it is called.
    """
    try:
        with closing(connect(fresh, "ro")) as connection:
            (mark,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
    except database_errors() as error:
        if looks_sealed(fresh):
            closed = "das jetzige Kennwort öffnet sie nicht; „ob-buero restore“ fragt nach ihrem eigenen"
            raise Unfit(copy, closed) from error
        raise Unfit(copy, "sie ist keine lesbare Datenbank", damaged=True) from error
    if mark != APPLICATION_ID:
        raise Unfit(copy, "sie ist keine Datenbank von OB-Büro", damaged=True)
    if version > SCHEMA:
        raise Unfit(copy, "sie stammt von einer neueren Fassung von OB-Büro")
    problems = integrity_problems(fresh)
    if problems:
        raise Unfit(copy, f"sie ist beschädigt ({problems[0].rstrip('.')})", damaged=True)


def is_older(fresh: Path) -> bool:
    """Whether a file has to be brought to the present state first."""
    with closing(connect(fresh, "ro")) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version) < SCHEMA


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the database's lock, so that nobody writes while it is replaced; a broken one has no lock.

    A file with a step broken off is not locked: SQLite would roll the step back first, and the file is to be
    kept as it was found.

    Raises:
        Refusal: somebody holds it.
    """
    if not path.exists() or unclean.broke_off(path):
        yield
        return
    try:
        connection = connect(path, "rw", isolation_level=None, timeout=LOCK_SECONDS)
    except operational_errors() as error:
        raise _in_use() from error
    with closing(connection):
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except operational_errors() as error:
            raise _in_use() from error
        except database_errors():
            pass  # damaged: nobody can write to it either
        yield


def put_in_place(fresh: Path, path: Path, now: datetime, mode: int) -> Path | None:
    """Put a file in the database's place; the present one stays beside it under another name.

    At every moment a whole file stands in the place: the old one or the new one.

    Args:
        now: The time for the kept file's name, aware.

    Returns:
        Where the present file is kept; None where there was none.

    Raises:
        OSError: the folder cannot be written; the present file stands as it was.
    """
    kept = None
    if path.exists():
        journal = unclean.journal_of(path)
        kept = _keep(path, now, mode, linked=not journal.exists())
        if journal.exists():
            _keep_journal(journal, kept, mode)
            _end_step(path, journal)
    fresh.replace(path)
    with suppress(OSError):  # it stands there by now, and no sentence may deny that
        settle_folder(path.parent)
    return kept


def clear_broken_off(path: Path) -> None:
    """Remove what a return that was broken off left beside the database."""
    prefix = path.name + _FRESH
    for item in list(path.parent.iterdir()) if path.parent.is_dir() else []:
        token = item.name.removeprefix(prefix).removesuffix("-journal").removesuffix(".loeschliste")
        if item.name.startswith(prefix) and not unclean.token_lives(token):
            with suppress(OSError):
                item.unlink()


def _keep_journal(journal: Path, kept: Path, mode: int) -> None:
    """What is kept is kept as it was found, with its step broken off."""
    target = unclean.journal_of(kept)
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
    copy_bytes(journal, target)


def _end_step(path: Path, journal: Path) -> None:
    """Take back a step that broke off, before another file comes into the place.

    Its journal must not be played into the new file, and without its journal the old one would hold half a
    step, if this process died in between.
    """
    with suppress(*database_errors()), closing(connect(path, "rw", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")  # SQLite rolls back what the journal tells
    journal.unlink(missing_ok=True)  # it stands only where the file is too damaged for that


def _keep(path: Path, now: datetime, mode: int, *, linked: bool) -> Path:
    """A second name for the present file; a copy where the file system knows no second names.

    Args:
        linked: Whether a second name will do; otherwise the file is still changed, and copied.
    """
    for number in range(1, 1000):
        kept = path.with_name(f"{copy_name(path.stem, now, BEFORE, number)}.sqlite")
        try:
            if linked and _link(path, kept):
                return kept
            os.close(os.open(kept, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
        except FileExistsError:
            continue
        copy_bytes(path, kept)
        return kept
    raise FileExistsError(path)


def _link(path: Path, kept: Path) -> bool:
    try:
        os.link(path, kept)
    except FileExistsError:
        raise
    except OSError:
        return False
    return True


def _in_use() -> Refusal:
    return Refusal(
        "Es wurde nicht zur Sicherung zurückgekehrt.",
        "Die Datenbank wird gerade benutzt.",
        "Beenden Sie OB-Büro an allen Arbeitsplätzen, und versuchen Sie es noch einmal.",
    )
