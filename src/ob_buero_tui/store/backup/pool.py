"""The attachments of all copies: one file for each content, kept as long as a copy names it."""

from __future__ import annotations

import glob
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ob_buero_tui.store.attachments import AttachmentFolder
from ob_buero_tui.store.backup.listing import stem_of
from ob_buero_tui.store.settling import make_file, make_settled_folder, settle_folder, settle_stream

SPARED_SECONDS = 86_400
"""For so long a file stays that was brought and that no copy names yet."""
SEALED = ".age"
"""What the name of a pool of encrypted files has behind that of the database."""


def pool_of(folder: Path, database: Path, mode: int = 0o600) -> AttachmentFolder:
    """The attachments that the copies of a database in a folder name."""
    return AttachmentFolder(folder / database.name, mode)


def pools_for(copy: Path, database: Path, folder: Path, mode: int = 0o600) -> tuple[AttachmentFolder, ...]:
    """Where in a folder the attachments lie that a copy names, the likeliest place first.

    Args:
        database: Where the copy goes; it may bear another name than the one it was made of.
    """
    stem = stem_of(copy) or database.stem
    own = AttachmentFolder(Path(f"{glob.escape(stem)}.*")).folder.name
    found = [item.with_suffix("") for item in sorted(folder.glob(own)) if SEALED not in item.name]
    names = dict.fromkeys([folder / f"{stem}.sqlite", *found, folder / database.name])
    pools = [AttachmentFolder(name, mode) for name in names]
    return tuple(sorted(pools, key=lambda pool: not pool.folder.is_dir()))


def sealed_pools(stem: str, folder: Path) -> tuple[AttachmentFolder, ...]:
    """The pools of encrypted attachments in a folder: one for each public key there ever was."""
    own = AttachmentFolder(Path(f"{glob.escape(stem)}.*{SEALED}*")).folder.name
    return tuple(AttachmentFolder(item.with_suffix("")) for item in sorted(folder.glob(own)))


def bring(source: AttachmentFolder, target: AttachmentFolder, wanted: Iterable[str]) -> frozenset[str]:
    """Copy the wanted files that the target lacks or has only a part of; others are not read again.

    Returns:
        The SHA-256 of those that the source lacks or has only damaged, and the target has not.

    Raises:
        OSError: the target could not be written.
    """
    missing, brought = set(), set()
    for sha256 in sorted(wanted):
        if _looks_whole(target, sha256, source):
            with suppress(OSError):  # a colleague's file; then it is spared for having been made lately
                os.utime(target.path(sha256))  # so that no other desk's thinning takes it meanwhile
            continue
        if is_whole(source, sha256):
            brought.add(_copy_file(source.path(sha256), target, sha256))
        elif not is_whole(target, sha256):
            missing.add(sha256)
    for folder in sorted(brought):
        settle_folder(folder)
    return frozenset(missing)


def mend(source: AttachmentFolder, target: AttachmentFolder, wanted: Iterable[str]) -> frozenset[str]:
    """Bring the wanted files that the target lacks or has only damaged; each is read in full.

    Returns:
        The SHA-256 of those that neither has whole.

    Raises:
        OSError: the target could not be written.
    """
    missing, brought = set(), set()
    for sha256 in sorted(wanted):
        if is_whole(target, sha256):
            continue
        if is_whole(source, sha256):
            brought.add(_copy_file(source.path(sha256), target, sha256))
        else:
            missing.add(sha256)
    for folder in sorted(brought):
        settle_folder(folder)
    return frozenset(missing)


def is_whole(folder: AttachmentFolder, sha256: str) -> bool:
    """Whether a file is there and holds what its name says."""
    try:
        with folder.path(sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def _looks_whole(target: AttachmentFolder, sha256: str, source: AttachmentFolder) -> bool:
    """Whether a file is there in its full length; a power loss or a full drive leaves a shorter one."""
    try:
        return target.path(sha256).stat().st_size == source.path(sha256).stat().st_size
    except OSError:
        return False


def drop(pool: AttachmentFolder, named: Iterable[str]) -> int:
    """Remove the files that no copy names any more, and say how many went.

    What was brought or needed lately stays: another desk may be about to make the copy that names it. The
    clock is that of the drive, as all desks see the same there.
    """
    from ob_buero_tui.store.unclean import token_lives

    for partial in pool.folder.glob("*/*.teil-*"):
        if not token_lives(partial.name.partition(".teil-")[2]):
            with suppress(OSError):
                partial.unlink()
    gone = 0
    unnamed = pool.known() - set(named)
    if not unnamed:
        return 0
    with tempfile.TemporaryFile(dir=pool.folder) as file:
        present = os.fstat(file.fileno()).st_mtime
    for sha256 in unnamed:
        with suppress(OSError):  # the next thinning tries again
            if present - pool.path(sha256).stat().st_mtime >= SPARED_SECONDS:
                pool.path(sha256).unlink()
                gone += 1
    return gone


def _copy_file(source: Path, target: AttachmentFolder, sha256: str) -> Path:
    """Write beside its place, bring it to the disk, and rename it into place; returns its folder."""
    from ob_buero_tui.store.unclean import process_token

    place = target.path(sha256)
    make_settled_folder(place.parent, target.file_mode)
    partial = place.with_name(f"{sha256}.teil-{process_token()}")
    try:
        make_file(partial, target.file_mode)
        with source.open("rb") as reading, partial.open("wb") as writing:
            shutil.copyfileobj(reading, writing, 1 << 20)
            settle_stream(writing)
        partial.replace(place)
        return place.parent
    finally:
        partial.unlink(missing_ok=True)
