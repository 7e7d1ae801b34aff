"""Copies that leave the machine encrypted (age): brought to the second folder, and opened again."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from ob_buero_tui.exchange.age_files import decrypt_file, encrypt_file
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.system_errors import system_reason
from ob_buero_tui.services.backups.places import BackupPlace
from ob_buero_tui.store.attachments import AttachmentFolder
from ob_buero_tui.store.backup.contents import Contents, from_json, to_json
from ob_buero_tui.store.backup.copying import sound_contents, without
from ob_buero_tui.store.backup.erased import carry_list, lists_for
from ob_buero_tui.store.backup.listing import checksum_fault, checksum_of, contents_of, file_hash, stem_of
from ob_buero_tui.store.backup.pool import SEALED, is_whole, pool_of, sealed_pools
from ob_buero_tui.store.rights import make_folder
from ob_buero_tui.store.settling import (
    make_file,
    make_settled_folder,
    settle_file,
    settle_folder,
    write_file,
)
from ob_buero_tui.store.unclean import probe_prefix, process_token

ENDING: Final = SEALED


def sealed_pool(folder: Path, database: Path, recipient: str, mode: int = 0o600) -> AttachmentFolder:
    """The attachments that the encrypted copies in a folder name, encrypted to a public key.

    Each key has a pool of its own: after a change of the key all of them are encrypted anew.
    """
    key = hashlib.sha256(recipient.encode()).hexdigest()[:8]
    return AttachmentFolder(folder / f"{database.name}{SEALED}-{key}", mode)


def mirror_sealed(copy: Path, there: BackupPlace, folder: Path, recipient: str) -> Path:
    """Bring a copy with its attachments into another folder, each file encrypted to a public key.

    Raises:
        Refusal: it could not be written there, the key is none, or the extra is missing.
    """
    target = folder / (copy.name + ENDING)
    contents, _ = sound_contents(copy)
    mode = there.file_mode
    try:
        make_settled_folder(folder, mode)
        pool, plain = sealed_pool(folder, there.path, recipient, mode), pool_of(copy.parent, there.path)
        contents = without(contents, _bring_sealed(plain, pool, contents.attachments, recipient))
        partial = folder / f"{copy.stem}.teil-{process_token()}"
        _encrypt(copy, partial, recipient, mode)
        write_file(contents_of(target), to_json(replace(contents, size=partial.stat().st_size)), mode)
        write_file(checksum_of(target), f"{file_hash(partial)}  {target.name}\n", mode)
        partial.replace(target)
        settle_folder(folder)
    except OSError as error:
        raise Refusal(
            "Die zweite Sicherung ist nicht gelungen.",
            f"Der Ordner „{folder}“ ließ sich nicht beschreiben ({system_reason(error)}).",
            "Prüfen Sie freien Platz und Schreibrecht.",
        ) from error
    return target


def _bring_sealed(
    plain: AttachmentFolder, pool: AttachmentFolder, wanted: tuple[str, ...], recipient: str
) -> frozenset[str]:
    """Encrypt the attachments that the second folder has not, and name those that cannot be had."""
    missing, brought = set(), set()
    for sha256 in wanted:
        place = pool.path(sha256)
        if place.is_file() and place.stat().st_size:
            continue
        if not is_whole(plain, sha256):
            missing.add(sha256)
            continue
        make_settled_folder(place.parent, pool.file_mode)
        partial = place.with_name(f"{sha256}.teil-{process_token()}")
        _encrypt(plain.path(sha256), partial, recipient, pool.file_mode)
        partial.replace(place)
        brought.add(place.parent)
    for folder in sorted(brought):
        settle_folder(folder)
    return frozenset(missing)


@contextmanager
def opened_copy(copy: Path, there: BackupPlace, identity: str) -> Iterator[Path]:
    """Open an encrypted copy with its attachments in a private folder beside the database, for the block.

    Raises:
        Refusal: it is damaged, another identity is needed, or there is no room.
    """
    fault = checksum_fault(copy)
    if fault:
        raise Refusal(f"„{copy.name}“ taugt nicht zur Rückkehr.", f"Mit ihr stimmt etwas nicht: {fault}.")
    try:
        make_folder(there.path.parent, there.file_mode)
        with tempfile.TemporaryDirectory(dir=there.path.parent, prefix=probe_prefix(there.path)) as folder:
            yield _decrypted(copy, there, Path(folder), identity)
    except OSError as error:
        raise Refusal(
            f"„{copy.name}“ ließ sich nicht öffnen.",
            f"Neben der Datenbank war kein Platz, oder sie war nicht zu lesen ({system_reason(error)}).",
            "Prüfen Sie freien Platz und Rechte; die Datenbank ist unverändert.",
        ) from error


def _decrypted(copy: Path, there: BackupPlace, folder: Path, identity: str) -> Path:
    plain = folder / copy.name.removesuffix(ENDING)
    decrypt_file(copy, plain, identity)
    contents = from_json(contents_of(copy)) or Contents()
    write_file(contents_of(plain), to_json(replace(contents, size=plain.stat().st_size)), 0o600)
    write_file(checksum_of(plain), f"{file_hash(plain)}  {plain.name}\n", 0o600)
    pools = sealed_pools(stem_of(copy) or there.path.stem, copy.parent)
    target = pool_of(folder, there.path)
    for sha256 in contents.attachments:
        target.path(sha256).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        for pool in pools:  # what is in none is counted and told by going back
            with suppress(FileNotFoundError, Refusal):
                decrypt_file(pool.path(sha256), target.path(sha256), identity)
                break
    for beside in lists_for(plain, there.path, (copy.parent,)):
        carry_list(beside, folder / there.path.name, 0o600)
    return plain


def _encrypt(source: Path, partial: Path, recipient: str, mode: int) -> None:
    """Encrypt into a new file of these permissions, and bring it to the disk; nothing half-written stays."""
    try:
        make_file(partial, mode)
        encrypt_file(source, partial, recipient)
        settle_file(partial)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
