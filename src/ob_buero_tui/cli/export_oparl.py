"""`export oparl`: the council as a folder of files that any web server can give out."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from ob_buero_tui.cli.outfile import STDOUT
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.store.rights import make_folder

FIRST = "system.json"
"""The file by which a folder is known as such an interface."""

NOT_DONE = "Es wurde nichts exportiert."


def refuse_folder(folder: Path, *, force: bool) -> None:
    """Refuse a place where the folder cannot or must not stand, before any work is done.

    Args:
        force: Whether an interface that is there may be replaced; nothing else ever is.
    """
    if folder == STDOUT:
        raise Refusal(NOT_DONE, "OParl sind viele Dateien.", "Nennen Sie hinter -o einen Ordner.")
    if not folder.absolute().parent.is_dir():
        raise Refusal(
            NOT_DONE, f"Den Ordner „{folder.parent}“ gibt es nicht.", "Legen Sie ihn an, oder prüfen Sie -o."
        )
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise Refusal(NOT_DONE, f"„{folder}“ ist kein Ordner.", "Geben Sie hinter -o einen Ordner an.")
    if folder.is_dir() and any(folder.iterdir()):
        if not (folder / FIRST).is_file():
            raise Refusal(
                NOT_DONE, f"In „{folder}“ liegt schon etwas anderes.", "Nehmen Sie einen leeren Ordner."
            )
        if not force:
            raise Refusal(NOT_DONE, f"„{folder}“ gibt es schon.", "Mit --force wird er ersetzt.")


def write_folder(folder: Path, files: Iterable[tuple[str, bytes]], *, force: bool) -> int:
    """Write beside the place, then move there; what goes wrong before leaves no trace.

    Returns:
        How many files it is.

    Raises:
        Refusal: the place was taken meanwhile.
    """
    parent = folder.absolute().parent
    # Made with 0700: what leaves the office is first of all for the one who asked for it.
    unfinished = Path(tempfile.mkdtemp(prefix=f".{folder.name[:40]}.", suffix=".neu", dir=parent))
    try:
        count = 0
        for path, data in files:
            target = unfinished / path
            make_folder(target.parent, 0o600)
            with open(os.open(target, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
                file.write(data)
            count += 1
        refuse_folder(folder, force=force)
        _put(unfinished, folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return count


def _put(unfinished: Path, folder: Path) -> None:
    """Let the new folder take the place of the old one, which goes last."""
    old = unfinished.with_suffix(".alt")
    if folder.is_dir():
        folder.rename(old)
    try:
        unfinished.rename(folder)
    except OSError:
        if old.is_dir():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
