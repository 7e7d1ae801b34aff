"""Looks for a person's words in the names and bytes of kept files, the drop folder and the outbox."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from ob_buero_tui.exchange.legible import PdfWords, Reading
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.person_words import SURE, PersonWords
from ob_buero_tui.services.erasing.searching import around
from ob_buero_tui.services.erasing.views import FileHit
from ob_buero_tui.services.workplace import Workplace

KEPT: Final = "Anhänge"
CASES: Final = "e-akte"
"""Below it each folder is the copy of one request; it is looked at, and goes, as a whole."""
REPORTS: Final = "auskunft"
UNREAD: Final = "nicht lesbar, bitte prüfen"
SCAN: Final = "ein Bild oder Scan ohne Text"
_OWN: Final = frozenset((CASES, REPORTS, "erledigt", "fehler"))
"""Folders of the program itself; an empty one of another name may be called after a person."""


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


def search_files(
    place: Workplace, words: PersonWords, linked: Collection[str], numbers: Collection[str] = ()
) -> Iterator[FileHit]:
    """Every file with the words in its name, in the names of its folders or in what can be read of it.

    What cannot be read is found too, with `UNREAD` or `SCAN` in place of the words.

    Args:
        linked: Hashes of files that go with their record; they are not asked for.
        numbers: Of the person's own requests, of which a copy for the E-Akte may lie in the outbox.
    """
    kept = [place.attachments.path(digest) for digest in sorted(place.attachments.known() - set(linked))]
    pdfs = PdfWords()
    for path in (*kept, *(path for _, folder in folders_of(place) for path in files_in(folder))):
        _look_ahead(path, pdfs)
    for path in kept:
        digest, found = path.name, _in_bytes(path, words, pdfs)
        if found is not None:
            yield FileHit(digest=digest, place=KEPT, name=digest[:12], context=found)
    for label, folder in folders_of(place):
        for path in files_in(folder):
            parts = path.relative_to(folder).parts
            digest = "" if parts[0] == CASES and len(parts) > 1 else _digest(path)
            found = None if not digest or digest in linked else _look(path, parts, words, pdfs)
            if found is not None:
                where = "/".join((label, *parts[:-1]))
                yield FileHit(
                    digest=digest, place=clean(where), name=clean(path.name, limit=200), context=found
                )
    yield from _cases(place.out_folder / CASES, words, numbers, pdfs)


def _look_ahead(path: Path, pdfs: PdfWords) -> None:
    """Have the PDF files in a file read with others, as each alone would take long."""
    try:
        if path.stat().st_size <= limits.LEGIBLE_BYTES:
            Reading(path.read_bytes(), path.suffix.casefold(), pdfs).look_ahead()
    except OSError:
        return


def _cases(folder: Path, words: PersonWords, numbers: Collection[str], pdfs: PdfWords) -> Iterator[FileHit]:
    """The copies for the E-Akte that are the person's or may name the person."""
    for path in _case_folders(folder):
        number = path.name.split(" ")[0]
        own = number in numbers
        found = f"die Kopie von {number}, das zur Person gehört" if own else _in_case(path, words, pdfs)
        if found is not None:
            yield FileHit(
                digest=digest_of_folder(path),
                place=f"Ausgangskorb/{CASES}",
                name=clean(path.name, limit=200),
                context=found,
                ticked=own,
            )


def _in_case(folder: Path, words: PersonWords, pdfs: PdfWords) -> str | None:
    """What stands around the words in a folder for the E-Akte, or that not all of it can be read."""
    looked = [_look(path, path.relative_to(folder.parent).parts, words, pdfs) for path in files_in(folder)]
    found = [one for one in looked if one is not None]
    hits = [one for one in found if one not in (UNREAD, SCAN)]
    return hits[0] if hits else UNREAD if found else None


def _case_folders(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_dir() and not path.is_symlink())


def waiting_case(place: Workplace, number: str) -> str:
    """The folder of a request for the E-Akte that still waits in the outbox, as a path, or ""."""
    names = [path.name for path in _case_folders(place.out_folder / CASES)]
    return next((f"{CASES}/{clean(name, limit=80)}" for name in names if name.split(" ")[0] == number), "")


def digest_of_folder(folder: Path) -> str:
    """Names a folder for the E-Akte in the list of what was erased, which must not name a person."""
    return hashlib.sha256(f"{CASES}/{folder.name}".encode(errors="surrogateescape")).hexdigest()


def remove_beside(place: Workplace, digests: Collection[str]) -> int:
    """Remove the files of these hashes from drop folder and outbox, with the note that stands beside one.

    Raises:
        OSError: one cannot be removed.
    """
    gone = 0
    if not digests:
        return gone
    for path in _case_folders(place.out_folder / CASES):
        if digest_of_folder(path) in digests:
            shutil.rmtree(path)
            gone += 1
    for _, folder in folders_of(place):
        for path in list(files_in(folder)):
            if path.exists() and _digest(path) in digests:
                path.unlink()
                gone += 1
                path.with_name(f"{path.name}.txt").unlink(missing_ok=True)
                _remove_empty(path.parent, folder)
    return gone


def _remove_empty(folder: Path, top: Path) -> None:
    """Remove a folder that a person's file left empty, as its name may be the person's."""
    while folder != top and folder.name not in _OWN and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:  # moved meanwhile
        return ""


def _look(path: Path, parts: tuple[str, ...], words: PersonWords, pdfs: PdfWords) -> str | None:
    """What stands around the words; None where they do not stand.

    Args:
        parts: The names of its folders below the one that is searched, and its own.
    """
    for name in parts:
        # In names blanks are often underscores, and capitals small.
        if words.kinds(name) or words.kinds(f"_{name.replace(' ', '_')}_"):
            return clean("/".join(parts), limit=200)
    found = _in_bytes(path, words, pdfs)
    return UNREAD if found == SCAN and parts[0] == REPORTS else found


def _in_bytes(path: Path, words: PersonWords, pdfs: PdfWords) -> str | None:
    """What stands around the words in a file; None where only a family name does.

    Where they do not stand in what can be read, it is said that more could not be read.
    """
    try:
        if path.stat().st_size > limits.LEGIBLE_BYTES:
            return UNREAD
        data = path.read_bytes()
    except OSError:
        return None
    reading = Reading(data, path.suffix.casefold(), pdfs)
    for text in reading.texts():
        if words.kinds(text) & SURE:
            return around(text, words)
    return UNREAD if reading.closed else SCAN if reading.picture else None
