"""What a killed process left beside a database goes at the next opening: it may be the plain text of all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from ob_buero_tui.store.unclean import journal_of, token_lives

KEPT_LABEL = "vor-rueckkehr"
KEPT_DAYS = 2
"""How long the file that a return replaced stays beside the database, as any copy does."""


def kept_until(made: datetime) -> datetime:
    """Until when a file that a return replaced stays for certain; the next opening after it removes it.

    Args:
        made: When it was replaced, aware or naive.
    """
    return made + timedelta(days=KEPT_DAYS)


def sweep(path: Path, folders: Sequence[Path], now: datetime) -> None:
    """Remove the unfinished files and private folders of processes that are gone, and kept files of old.

    Args:
        folders: Where copies lie: the file that a return replaced goes only when there is a newer good one.
        now: The present instant, aware.
    """
    fresh, private = f"{path.name}.neu-", (f".{path.name}-probe-", f".{path.name}-gerettet-")
    kept = False
    try:
        names = os.listdir(path.parent)
    except OSError:
        return
    for name in names:
        kept = kept or (name.startswith(f"{path.stem}-") and KEPT_LABEL in name)
        if name.startswith(fresh) and not token_lives(name.removeprefix(fresh).removesuffix("-journal")):
            with suppress(OSError):
                path.with_name(name).unlink()
        for prefix in private:
            if name.startswith(prefix) and not token_lives(name.removeprefix(prefix).rpartition("-")[0]):
                shutil.rmtree(path.with_name(name), ignore_errors=True)
    if kept:
        _thin_kept(path, folders, now)


def _thin_kept(path: Path, folders: Sequence[Path], now: datetime) -> None:
    from ob_buero_tui.store.backup.listing import copies, latest_good

    good = latest_good(path, folders, now)
    for copy in copies(path, path.parent):
        old = copy.label == KEPT_LABEL and kept_until(copy.made) < now
        if old and good is not None and copy.made < good.made <= now:
            for item in (copy.path, journal_of(copy.path)):
                with suppress(OSError):  # the next opening tries again
                    item.unlink(missing_ok=True)
