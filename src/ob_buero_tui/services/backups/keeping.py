"""Makes copies when something has changed, brings them to the second folder, and thins both."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.system_errors import system_reason
from ob_buero_tui.services.backups.places import BackupPlace
from ob_buero_tui.services.faults import translated
from ob_buero_tui.store import unclean
from ob_buero_tui.store.backup.contents import from_json, newest_step
from ob_buero_tui.store.backup.copying import make_backup, mirror
from ob_buero_tui.store.backup.erased import carry_list
from ob_buero_tui.store.backup.listing import BackupCopy, contents_of, copies
from ob_buero_tui.store.backup.thinning import thin
from ob_buero_tui.store.connecting import database_errors

MANY_FILES, MUCH = 50, 10_000_000
"""From so many files, or so many bytes, an import is a large one and is preceded by a copy."""
BEFORE_IMPORT, BEFORE_RESTORE, BY_HAND = "vor-import", "vor-rueckkehr", "von-hand"
"""What such a copy is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of a copy.

    Args:
        copy: The new copy; None where nothing has changed since the last one.
        told: German sentences about what did not go well beside it.
    """

    copy: Path | None = None
    told: tuple[str, ...] = ()


def is_due(there: BackupPlace) -> bool:
    """Whether something was done that no copy holds.

    Number and time of the newest step tell; a copy whose attachments were left out does not count.

    Raises:
        Refusal: another desk holds the lock, or the disk fails.
    """
    if unclean.broke_off(there.path):
        return True  # making the copy takes the step back
    try:
        with translated():
            step = newest_step(there.path)
    except database_errors():
        return True  # damaged: making the copy says so
    return not any(
        (copy.contents.step, copy.contents.step_at) == step and not copy.contents.left_out
        for copy in copies(there.path, there.folder)
        if copy.contents is not None and copy.believed_whole
    )


def keep_copy(
    there: BackupPlace, now: datetime, *, label: str = "", forced: bool = False, thinned: bool = True
) -> Kept:
    """Make a copy when one is due, let the second folder have it too, and thin where one was added.

    Whatever is wrong with the second folder is told and stops nothing.

    Args:
        now: The present instant, aware.
        label: What the copy is made for.
        forced: Make one even where nothing has changed.
        thinned: Whether older ones may go; not in a folder that somebody named for once.

    Raises:
        Refusal: a copy was due and came to lie in no folder.
    """
    told: list[str] = []
    copy: Path | None = None
    failed: Refusal | None = None
    if forced or is_due(there):
        try:
            copy = make_backup(there.path, there.folder, now, label=label, mode=there.file_mode)
        except Refusal as refusal:
            failed = refusal
    added = [there.folder] if copy else []
    try:
        second = _second(there, now, label, made=copy, failed=failed is not None)
    except Refusal as refusal:
        second = None
        told.append(str(refusal))
    if second is not None:
        added.append(second.parent)
        told += _lack(second)
    if failed is not None:
        copy = second
        told.append(str(failed))
        if copy is None:
            raise failed
    told += _settle(there, added, now, thinned=thinned)
    return Kept(copy=copy, told=tuple(told))


def _settle(there: BackupPlace, added: list[Path], now: datetime, *, thinned: bool) -> list[str]:
    """Let the list of what was erased lie beside new copies too, thin the folders, say what did not go."""
    told = []
    for folder in added:
        try:
            carry_list(there.path, folder / there.path.name, there.file_mode)
        except OSError as error:
            told.append(f"Die Löschliste ließ sich nicht in „{folder}“ ablegen ({system_reason(error)}).")
        if thinned:
            with suppress(OSError):  # due again with the next copy
                thin(there.path, folder, now, there.tz)
    return told


def _lack(second: Path) -> list[str]:
    """What the second copy was not given."""
    contents = from_json(contents_of(second))
    return [f"Zweite Sicherung: {contents.lack}."] if contents and contents.lack else []


def before_import(there: BackupPlace | None, files: list[Path], now: datetime) -> Kept:
    """Make a copy before a large import, unless the newest one holds everything.

    Raises:
        Refusal: the copy failed; then nothing is imported.
    """
    if there is None or (len(files) < MANY_FILES and sum(map(_size, files)) < MUCH):
        return Kept()
    with translated():
        if not newest_step(there.path)[0]:
            return Kept()  # a new office, in which nothing was ever done
    try:
        return keep_copy(there, now, label=BEFORE_IMPORT)
    except Refusal as refusal:
        raise Refusal(
            "Es wurde nichts importiert: Vor einem großen Import wird gesichert, und das ging nicht.",
            f"{refusal.what} {refusal.why}",
            refusal.now,
        ) from refusal


def _second(there: BackupPlace, now: datetime, label: str, *, made: Path | None, failed: bool) -> Path | None:
    """Let the second folder have the copy just made, or the newest if it has not; and say which came there.

    Where the first folder took none, it gets a copy of its own.
    """
    folder = there.second
    if folder is None:
        return None
    if not folder.is_dir():
        raise Refusal(
            "Die zweite Sicherung fehlt.",
            f"Der Ordner „{folder}“ ist nicht zu finden; vielleicht ist das Laufwerk nicht angeschlossen.",
            "Schließen Sie es an, oder ändern Sie „backup_folder“ in den Einstellungen.",
        )
    if failed and not there.recipient:
        return make_backup(there.path, folder, now, label=label, mode=there.file_mode)
    if failed:
        raise Refusal(
            "Die zweite Sicherung fehlt.",
            "Verschlüsselt wird eine Kopie, die im ersten Ordner gelungen ist.",
            "Sorgen Sie zuerst dort für Platz.",
        )
    newest = made or _newest(copies(there.path, there.folder), now)
    if newest is None:
        return None
    if there.recipient:
        return _sealed(newest, there, folder)
    if (folder / newest.name).exists():
        return None
    return mirror(newest, there.path, folder, there.file_mode)


def _sealed(newest: Path, there: BackupPlace, folder: Path) -> Path | None:
    """Let the second folder have a copy encrypted; never a plain one."""
    from ob_buero_tui.services.backups.age_copies import ENDING, mirror_sealed

    if (folder / (newest.name + ENDING)).exists():
        return None
    return mirror_sealed(newest, there, folder, there.recipient)


def _newest(found: list[BackupCopy], now: datetime) -> Path | None:
    """The newest plain copy that brought its attachments along; one of the future is newer by name alone."""
    fit = (copy for copy in found if copy.believed_whole and not copy.of_the_future(now))
    plain = (copy for copy in fit if copy.path.suffix != ".age" and copy.contents is not None)
    return next((copy.path for copy in plain if copy.contents and not copy.contents.left_out), None)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
