"""Makes a copy of the database by SQLite's own means, checks it in full, and renames it into place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path
from sqlite3 import Connection

from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.system_errors import system_reason
from ob_buero_tui.store.attachments import AttachmentFolder
from ob_buero_tui.store.backup.contents import (
    KEPT,
    Contents,
    from_json,
    named_files,
    read_contents,
    to_json,
)
from ob_buero_tui.store.backup.listing import (
    CHANGED,
    checksum_fault,
    checksum_of,
    contents_of,
    copy_name,
    file_hash,
    told_hash,
)
from ob_buero_tui.store.backup.pool import bring, pool_of
from ob_buero_tui.store.connecting import connect, driver_errors, operational_errors, share_password
from ob_buero_tui.store.rights import set_rights
from ob_buero_tui.store.settling import (
    make_file,
    make_settled_folder,
    settle_file,
    settle_folder,
    settle_stream,
    write_file,
)
from ob_buero_tui.store.soundness import integrity_problems

LOCK_SECONDS = 5.0
"""How long to wait for a desk that writes; SQLite's own copying would wait for ever."""


def make_backup(
    path: Path,
    folder: Path,
    now: datetime,
    *,
    label: str = "",
    mode: int = 0o600,
    attachments: bool = True,
) -> Path:
    """Copy a database, check the copy in full, and rename it into place with its checksum beside it.

    Args:
        folder: Where copies are kept; created if missing.
        now: The time for the copy's name, aware.
        label: What the copy was made for, part of its name.
        mode: Permissions of the copy and of what stands beside it.
        attachments: Whether the attachments go along now; otherwise the next copy brings them.

    Raises:
        Refusal: the copy could not be written, or it is damaged.
    """
    with _told(folder):
        make_settled_folder(folder, mode)
        partial = folder / f"{copy_name(path.stem, now, label)}.teil-{_process()}"
        share_password(partial, path)
        with _removed_after(partial):
            make_file(partial, mode)
            _copy(path, partial)
            _refuse_damaged(partial)
            pool = pool_of(folder, path, mode) if attachments else None
            contents = _with_files(read_contents(partial), path, partial, pool)
            names = (copy_name(path.stem, now, label, number) + ".sqlite" for number in count(1))
            return _put(partial, names, contents, mode)


def mirror(copy: Path, path: Path, folder: Path, mode: int = 0o600) -> Path:
    """Bring a copy with its attachments into another folder, by plain bytes, and read them again there.

    A network share holds no SQLite lock that could be trusted; plain files it holds.

    Args:
        path: The database the copy is of.
        folder: The second folder; created if missing.

    Raises:
        Refusal: it is no more what was checked, could not be written there, or came out changed.
    """
    target = folder / copy.name
    contents, digest = sound_contents(copy)
    with _told(folder):
        make_settled_folder(folder, mode)
        partial = folder / f"{copy.stem}.teil-{_process()}"
        with _removed_after(partial):
            make_file(partial, mode)
            copy_bytes(copy, partial)
            if file_hash(partial) != digest:
                raise Refusal(
                    "Die zweite Sicherung wurde verworfen.",
                    f"Im Ordner „{folder}“ kam sie verändert an.",
                    "Bitte lassen Sie den Datenträger prüfen.",
                )
            pool = pool_of(folder, path, mode)
            missing = bring(pool_of(copy.parent, path), pool, contents.attachments)
            write_file(contents_of(target), to_json(without(contents, missing)), mode)
            write_file(checksum_of(target), f"{digest}  {target.name}\n", mode)
            partial.replace(target)
            settle_folder(folder)
            return target


def sound_contents(copy: Path) -> tuple[Contents, str]:
    """What is in a copy that is still what was checked, and its SHA-256; a changed one is marked as no good.

    Raises:
        Refusal: it changed, or cannot be read; what is brought elsewhere now would look whole there.
    """
    contents = from_json(contents_of(copy)) or Contents()
    fault, digest = checksum_fault(copy), told_hash(copy)
    if not fault and digest:
        return contents, digest
    if fault == CHANGED:
        with suppress(OSError):
            write_contents(copy, replace(contents, fault=fault))
    raise Refusal(
        "Die zweite Sicherung fehlt.",
        f"Mit der ersten, „{copy}“, stimmt etwas nicht: {fault}.",
        "Sobald etwas Neues gesichert ist, gibt es wieder zwei; lassen Sie den Datenträger prüfen.",
    )


def without(contents: Contents, missing: frozenset[str]) -> Contents:
    """What is in a copy that some attachments could not be brought to."""
    if not missing:
        return contents
    one, many = "Anlage fehlte schon im ersten Ordner", "Anlagen fehlten schon im ersten Ordner"
    left = tuple(sha256 for sha256 in contents.attachments if sha256 not in missing)
    return replace(contents, attachments=left, lack=plural(len(missing), one, many))


def write_contents(copy: Path, contents: Contents) -> None:
    """Write anew what is in a copy, after it was tried out; OSError where the folder cannot be written."""
    mode = copy.stat().st_mode & 0o777
    fresh = contents_of(copy).with_name(f"{copy.stem}.teil-{_process()}")
    with _removed_after(fresh):
        write_file(fresh, to_json(contents), mode)
        fresh.replace(contents_of(copy))


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Turn what the system or SQLite raises into a sentence about the folder."""
    try:
        yield
    except (OSError, *driver_errors()) as error:  # type: ignore[misc]  # mypy knows no tuple made here
        reason = system_reason(error) if isinstance(error, OSError) else f"SQLite meldet: {error}"
        raise Refusal(
            "Die Sicherung ist nicht gelungen.",
            f"Der Ordner „{folder}“ ließ sich nicht beschreiben ({reason}).",
            "Prüfen Sie freien Platz und Schreibrecht.",
        ) from error


@contextmanager
def _removed_after(partial: Path) -> Iterator[None]:
    try:
        yield
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _refuse_damaged(partial: Path) -> None:
    problems = integrity_problems(partial)
    if problems:
        raise Refusal(
            "Die Sicherung wurde verworfen.",
            f"Die Kopie ist beschädigt: {problems[0]}.",
            "Bitte prüfen Sie die Datenbank mit „ob-buero check“ und rufen Sie die IT.",
        )


def _with_files(contents: Contents, path: Path, partial: Path, pool: AttachmentFolder | None) -> Contents:
    wanted = named_files(partial)
    if pool is None:
        return replace(contents, attachments=tuple(sorted(wanted)), left_out=True)
    missing = bring(AttachmentFolder(path), pool, wanted)
    lost = missing & named_files(partial, only=KEPT)
    return replace(contents, attachments=tuple(sorted(wanted - missing)), missing=tuple(sorted(lost)))


def _put(partial: Path, names: Iterator[str], contents: Contents, mode: int) -> Path:
    """Rename a copy into place; whoever makes the file with the checksum first has the name."""
    digest = file_hash(partial)
    for name in names:
        target = partial.with_name(name)
        try:
            handle = os.open(checksum_of(target), os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
        except FileExistsError:
            continue
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape") as file:
            file.write(f"{digest}  {target.name}\n")
            settle_stream(file)
        set_rights(checksum_of(target), mode)  # whatever the umask says
        write_file(contents_of(target), to_json(contents), mode)
        partial.replace(target)
        settle_folder(target.parent)
        return target
    raise AssertionError("numbers do not end")


def _copy(source: Path, target: Path) -> None:
    with (
        closing(_readable(source)) as reading,
        closing(connect(target, "rw")) as writing,
    ):
        reading.backup(writing)
    settle_file(target)


def _readable(source: Path) -> Connection:
    """A connection that reads the database already; a step that broke off is taken back first.

    SQLite does that by itself for whoever may write, and refuses whoever may only read.

    Raises:
        Refusal: another desk holds the lock, or the database cannot be read.
    """
    from ob_buero_tui.store.unclean import broke_off

    look = "SELECT count(*) FROM sqlite_schema"
    try:
        if broke_off(source):
            with closing(connect(source, "rw", timeout=LOCK_SECONDS)) as ending:
                ending.execute(look).fetchone()
        reading = connect(source, "ro", timeout=LOCK_SECONDS, isolation_level=None)
        try:
            reading.execute("BEGIN")
            reading.execute(look).fetchone()
        except BaseException:
            reading.close()
            raise
    except driver_errors() as error:
        raise _unread(source, error) from error
    return reading


def _unread(source: Path, error: Exception) -> Refusal:
    if isinstance(error, operational_errors()) and "locked" in str(error):
        return Refusal(
            "Die Sicherung ist nicht gelungen.",
            "Ein anderer Arbeitsplatz schreibt gerade.",
            "Bitte versuchen Sie es in einigen Sekunden noch einmal.",
        )
    return Refusal(
        "Die Sicherung ist nicht gelungen.",
        f"Die Datenbank „{source}“ ließ sich nicht lesen (SQLite meldet: {error}).",
        "Prüfen Sie sie mit „ob-buero check“, und rufen Sie die IT.",
    )


def copy_bytes(source: Path, target: Path) -> None:
    """Copy a file into one that is there, and bring it to the disk."""
    with source.open("rb") as reading, target.open("wb") as writing:
        shutil.copyfileobj(reading, writing, 1 << 20)
    settle_file(target)


def _process() -> str:
    from ob_buero_tui.store.unclean import process_token

    return process_token()
