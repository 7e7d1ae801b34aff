"""Copies of the database by SQLite's own means, each checked before it counts."""

from __future__ import annotations

import glob
import hashlib
import os
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.system_errors import system_reason
from ob_buero_tui.store.connecting import (
    connect,
    database_errors,
    driver_errors,
    operational_errors,
    share_password,
)


def make_backup(path: Path, folder: Path, now: datetime, *, label: str = "", mode: int = 0o600) -> Path:
    """Copy a database, check the copy in full, and rename it into place with its checksum beside it.

    Args:
        folder: Where copies are kept; created if missing.
        now: The time for the copy's name.
        label: What the copy was made for, part of its name.
        mode: Permissions of the copy and its checksum.

    Raises:
        Refusal: the copy could not be written, or it is damaged.
    """
    name = "-".join(part for part in (path.stem, now.strftime("%Y-%m-%d-%H%M%S"), label) if part)
    target = folder / f"{name}.sqlite"
    partial = folder / f"{name}.teil-{os.getpid()}"
    share_password(partial, path)
    try:
        make_folder(folder, mode)
        os.close(os.open(partial, os.O_CREAT | os.O_TRUNC | os.O_RDWR, mode))
        partial.chmod(mode)  # whatever the umask says
        _copy(path, partial)
        problems = integrity_problems(partial)
        if problems:
            raise Refusal(
                "Die Sicherung wurde verworfen.",
                f"Die Kopie ist beschädigt: {problems[0]}.",
                "Bitte prüfen Sie die Datenbank mit „ob-buero check“ und rufen Sie die IT.",
            )
        _write_checksum(target, partial, mode)
        partial.replace(target)
    except (OSError, *driver_errors()) as error:  # type: ignore[misc]  # mypy knows no tuple made here
        reason = system_reason(error) if isinstance(error, OSError) else f"SQLite meldet: {error}"
        raise Refusal(
            "Die Sicherung ist nicht gelungen.",
            f"Der Ordner „{folder}“ ließ sich nicht beschreiben ({reason}).",
            "Prüfen Sie freien Platz und Schreibrecht.",
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return target


def latest_backup(path: Path, folder: Path) -> Path | None:
    """The newest copy of this database, if there is one."""
    copies = sorted(folder.glob(f"{glob.escape(path.stem)}-[0-9]*.sqlite"))
    return copies[-1] if copies else None


def integrity_problems(path: Path, *, mode: str = "ro") -> list[str]:
    """What SQLite's full check finds in a file; empty when it is sound.

    Args:
        mode: `ro`, or `rw` for a file whose broken-off step may be rolled back.

    Raises:
        sqlite3.OperationalError: a lock or the disk kept it from looking, which is no finding.
    """
    with closing(connect(path, mode)) as connection:
        try:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check(20)")]
            broken = connection.execute("PRAGMA foreign_key_check").fetchmany(20) if found == ["ok"] else []
        except operational_errors():
            raise
        except database_errors() as error:
            return [str(error)]
    if found != ["ok"]:
        return [str(item).replace("*** in database main ***\n", "") for item in found]
    return [f"Verweis von {table} Nr. {row} auf {parent} fehlt" for table, row, parent, _ in broken]


def schema_problems(path: Path) -> list[str]:
    """What reading the schema alone shows: quick, and enough for a file that was closed well.

    Raises:
        sqlite3.OperationalError: a lock or the disk kept it from looking, which is no finding.
    """
    with closing(connect(path, "ro")) as connection:
        try:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except operational_errors():
            raise
        except database_errors() as error:
            return [str(error)]
    return []


def _copy(source: Path, target: Path) -> None:
    with (
        closing(connect(source, "ro")) as reading,
        closing(connect(target, "rw")) as writing,
    ):
        reading.backup(writing)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _write_checksum(target: Path, copy: Path, mode: int) -> None:
    with copy.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    checksum = target.with_suffix(".sqlite.sha256")
    os.close(os.open(checksum, os.O_CREAT | os.O_WRONLY, mode))
    checksum.chmod(mode)
    checksum.write_text(f"{digest}  {target.name}\n", encoding="utf-8")


def make_folder(folder: Path, mode: int) -> None:
    """Create a folder for files of these permissions; one that is there keeps its own.

    Args:
        mode: Permissions of the files; who may read one may also look into the folder.
    """
    if folder.is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(mode | (mode & 0o444) >> 2)
