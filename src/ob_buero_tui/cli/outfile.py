"""Files that commands write: whole or not at all, for this account alone, never over another one unasked."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from ob_buero_tui.rules.refusals import Refusal

STDOUT = Path("-")


def refuse_unwritable(path: Path, *, force: bool, database: Path) -> None:
    """Refuse a place where the file cannot or must not stand, before any work is done.

    Args:
        force: Whether a file that is there may be replaced.
        database: Never replaced, whatever was asked for.
    """
    if path == STDOUT:
        return
    folder = path.parent
    what = "Es wurde nichts exportiert."
    if not folder.is_dir():
        raise Refusal(what, f"Den Ordner „{folder}“ gibt es nicht.", "Legen Sie ihn an, oder prüfen Sie -o.")
    if path.is_dir():
        raise Refusal(what, f"„{path}“ ist ein Ordner.", "Geben Sie hinter -o eine Datei an.")
    if path.exists() and database.exists() and path.samefile(database):
        raise Refusal(
            what, f"„{path}“ ist die Datenbank selbst.", "Geben Sie hinter -o eine andere Datei an."
        )
    if os.path.lexists(path) and not force:
        raise _there(path)


def write_whole(path: Path, pieces: Iterable[bytes], *, force: bool) -> None:
    """Write beside the place, then move there; what goes wrong before leaves no trace.

    Raises:
        Refusal: a file is there by now, and may not be replaced.
    """
    if path == STDOUT:
        sys.stdout.flush()
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return
    # Made with 0600: what leaves the office is first of all for the one who asked for it.
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".neu", dir=path.parent)
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        _put(unfinished, path, force=force)
    finally:
        unfinished.unlink(missing_ok=True)


def _put(unfinished: Path, path: Path, *, force: bool) -> None:
    if force:
        unfinished.replace(path)
        return
    try:
        os.link(unfinished, path)  # unlike a move it never replaces what came there meanwhile
    except FileExistsError:
        raise _there(path) from None
    except OSError:
        # A USB stick knows no links.
        if os.path.lexists(path):
            raise _there(path) from None
        unfinished.replace(path)


def _there(path: Path) -> Refusal:
    return Refusal(
        "Es wurde nichts exportiert.",
        f"Die Datei „{path}“ gibt es schon.",
        "Mit --force wird sie ersetzt.",
    )
