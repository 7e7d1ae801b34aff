"""Removes the copies that the rule no longer needs, and the attachments that then no copy names."""

from __future__ import annotations

import glob
from contextlib import suppress
from datetime import datetime, tzinfo
from pathlib import Path

from ob_buero_tui.rules.backup_rotation import CopyAge, superfluous
from ob_buero_tui.store.backup.contents import Contents, from_json
from ob_buero_tui.store.backup.listing import (
    BackupCopy,
    checksum_fault,
    checksum_of,
    contents_of,
    copies,
    copy_files,
)
from ob_buero_tui.store.backup.pool import drop, pool_of, sealed_pools


def thin(path: Path, folder: Path, now: datetime, zone: tzinfo) -> tuple[Path, ...]:
    """Remove what the rule no longer needs from the folder of a database's copies.

    Nothing goes before one copy has been read in full and found whole; that one stays.

    Args:
        now: The present instant, aware.
        zone: The office's time zone, by which days and weeks are told.

    Returns:
        The copies that went.
    """
    found = copies(path, folder)
    anchor = next((copy for copy in found if copy.believed_whole and not checksum_fault(copy.path)), None)
    if anchor is None:
        return ()
    ages = [_age(copy, zone) for copy in found]
    going = superfluous(ages, now.astimezone(zone).replace(tzinfo=None)) - {anchor.path.name}
    gone = tuple(copy.path for copy in found if copy.path.name in going and _remove(copy.path))
    clear_leftovers(path, folder)
    with suppress(OSError):  # a folder that does not answer; the next thinning tries again
        _empty_pool(path, folder, anchor.path)
    return gone


def clear_leftovers(path: Path, folder: Path) -> None:
    """Remove what a copy that was broken off left behind, once the process that made it is gone."""
    from ob_buero_tui.store.unclean import token_lives

    for item in list(folder.glob(f"{glob.escape(path.stem)}-*.teil-*")):
        if not token_lives(item.name.partition(".teil-")[2].removesuffix("-journal")):
            with suppress(OSError):
                item.unlink()


def _age(copy: BackupCopy, zone: tzinfo) -> CopyAge:
    return CopyAge(
        key=copy.path.name,
        made=copy.made.astimezone(zone).replace(tzinfo=None),
        good=copy.believed_whole,
        step=copy.contents.step if copy.contents else 0,
    )


def _remove(copy: Path) -> bool:
    """The copy first: what is left of one that is broken off here is no copy any more."""
    try:
        copy.unlink(missing_ok=True)
    except OSError:
        return False  # the next thinning tries again
    for beside in (checksum_of(copy), contents_of(copy)):
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    return True


def _empty_pool(path: Path, folder: Path, anchor: Path) -> None:
    """Attachments go only when every copy that is left says which it needs, and the whole one is there.

    Raises:
        OSError: the folder cannot be read: that it names no copy then says nothing.
    """
    left = copy_files(path, folder)
    told = [from_json(contents_of(copy)) for copy in left]
    known: list[Contents] = [contents for contents in told if contents is not None]
    if anchor in left and len(known) == len(told):
        named = {sha256 for contents in known for sha256 in contents.attachments}
        for pool in (pool_of(folder, path), *sealed_pools(path.stem, folder)):
            drop(pool, named)
