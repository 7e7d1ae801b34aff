"""Makes copies when something has changed, brings them to the second folder, and thins both."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.backups.places import BackupPlace
from ob_buero_tui.services.faults import translated
from ob_buero_tui.store import unclean
from ob_buero_tui.store.backup.contents import newest_step
from ob_buero_tui.store.backup.copying import make_backup, mirror
from ob_buero_tui.store.backup.listing import BackupCopy, copies
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


def keep_copy(there: BackupPlace, now: datetime, *, label: str = "", forced: bool = False) -> Kept:
    """Make a copy when one is due, let the second folder have it too, and thin both.

    Whatever is wrong with the second folder is told and stops nothing.

    Args:
        now: The present instant, aware.
        label: What the copy is made for.
        forced: Make one even where nothing has changed.

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
    if there.second is not None:
        try:
            second = _second(there, there.second, now, label, failed=failed is not None)
        except Refusal as refusal:
            told.append(str(refusal))
        else:
            copy = copy or second
    if failed is not None:
        if copy is None:
            raise failed
        told.append(str(failed))
    for folder in there.folders:
        with suppress(OSError):  # thinning is due again with the next copy
            thin(there.path, folder, now, there.tz)
    return Kept(copy=copy, told=tuple(told))


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


def _second(there: BackupPlace, folder: Path, now: datetime, label: str, *, failed: bool) -> Path | None:
    """Let the second folder have the newest copy; or a copy of its own where the first one took none."""
    if not folder.is_dir():
        raise Refusal(
            "Die zweite Sicherung fehlt.",
            f"Der Ordner „{folder}“ ist nicht zu finden; vielleicht ist das Laufwerk nicht angeschlossen.",
            "Schließen Sie es an, oder ändern Sie „backup_folder“ in den Einstellungen.",
        )
    if there.recipient:
        _second_sealed(there, folder, failed=failed)
        return None
    if failed:
        return make_backup(there.path, folder, now, label=label, mode=there.file_mode)
    newest = _newest(copies(there.path, there.folder))
    if newest is None or (folder / newest.path.name).exists():
        return None
    mirror(newest.path, there.path, folder, there.file_mode)
    return None


def _second_sealed(there: BackupPlace, folder: Path, *, failed: bool) -> None:
    """Let the second folder have the newest copy encrypted; never a plain one."""
    from ob_buero_tui.services.backups.age_copies import ENDING, mirror_sealed

    if failed:
        raise Refusal(
            "Die zweite Sicherung fehlt.",
            "Verschlüsselt wird eine Kopie, die im ersten Ordner gelungen ist.",
            "Sorgen Sie zuerst dort für Platz.",
        )
    newest = _newest([copy for copy in copies(there.path, there.folder) if copy.path.suffix != ENDING])
    if newest is not None and not (folder / (newest.path.name + ENDING)).exists():
        mirror_sealed(newest.path, there, folder, there.recipient)


def _newest(found: list[BackupCopy]) -> BackupCopy | None:
    """The newest copy that brought its attachments along."""
    whole = (copy for copy in found if copy.believed_whole)
    return next((copy for copy in whole if copy.contents is not None and not copy.contents.left_out), None)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
