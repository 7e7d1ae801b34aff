"""Looks for a person's words in the names and bytes of kept files, the drop folder and the outbox."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.person_words import SURE, PersonWords
from ob_buero_tui.services.erasing.searching import around
from ob_buero_tui.services.erasing.views import FileHit
from ob_buero_tui.services.workplace import Workplace

LARGEST: Final = 50_000_000
"""Bytes up to which a file is searched; a larger one is judged by its name and by what leads to it."""
KEPT: Final = "Anhänge"


def folders_of(place: Workplace) -> list[tuple[str, Path]]:
    """The folders beside the database that hold files of people, each with its German name."""
    found = [("Ausgangskorb", place.out_folder)]
    if place.drop_folder is not None:
        found.append(("Eingangskorb", place.drop_folder))
    return found


def files_in(folder: Path) -> Iterator[Path]:
    """All plain files below a folder; links are not followed."""
    for root, _, names in os.walk(folder):
        for name in sorted(names):
            path = Path(root) / name
            if path.is_file() and not path.is_symlink():
                yield path


def search_files(place: Workplace, words: PersonWords, linked: Collection[str]) -> Iterator[FileHit]:
    """Every file with the words in its name or bytes.

    Args:
        linked: Hashes of files that go with their record; they are not asked for.
    """
    for digest in sorted(place.attachments.known() - set(linked)):
        found = _look(place.attachments.path(digest), words, named=False)
        if found is not None:
            yield FileHit(digest=digest, place=KEPT, name=digest[:12], context=found)
    for label, folder in folders_of(place):
        for path in files_in(folder):
            digest = _digest(path)
            found = None if digest in linked else _look(path, words, named=True)
            if found is not None:
                where = "/".join((label, *path.relative_to(folder).parts[:-1]))
                yield FileHit(digest=digest, place=where, name=clean(path.name, limit=200), context=found)


def remove_beside(place: Workplace, digests: Collection[str]) -> int:
    """Remove the files of these hashes from drop folder and outbox, with the note that stands beside one.

    Raises:
        OSError: one cannot be removed.
    """
    gone = 0
    if not digests:
        return gone
    for _, folder in folders_of(place):
        for path in list(files_in(folder)):
            if path.exists() and _digest(path) in digests:
                path.unlink()
                gone += 1
                path.with_name(f"{path.name}.txt").unlink(missing_ok=True)
    return gone


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:  # moved meanwhile
        return ""


def _look(path: Path, words: PersonWords, *, named: bool) -> str | None:
    """What stands around the words; None where they do not stand, or only a family name does."""
    name = path.name if named else ""
    if words.kinds(name):
        return clean(name, limit=200)
    try:
        if path.stat().st_size > LARGEST:
            return None
        data = path.read_bytes()
    except OSError:
        return None
    for encoding in ("utf-8", "cp1252"):
        text = data.decode(encoding, "replace")
        if words.kinds(text) & SURE:
            return around(text, words)
    return None
