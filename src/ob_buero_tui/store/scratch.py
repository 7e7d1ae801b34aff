"""Folders for a while: beside the database, for this account alone, named by the process that needs them."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from ob_buero_tui.store.unclean import process_token, token_lives


def scratch_folder(path: Path) -> Path:
    """A new folder with rights 0700 beside a database, or among the system's where that may not be written.

    What an earlier process left there when it was killed is removed.

    Raises:
        OSError: there is no room anywhere.
    """
    _clear(path)
    where = path.parent if os.access(path.parent, os.W_OK) else None
    return Path(tempfile.mkdtemp(prefix=f"{_prefix(path)}{process_token()}-", dir=where))


def _clear(path: Path) -> None:
    prefix = _prefix(path)
    for folder in {path.parent, Path(tempfile.gettempdir())}:
        for item in folder.glob(f"{_literal(prefix)}*"):
            token = item.name.removeprefix(prefix).rpartition("-")[0]
            if not token_lives(token):
                shutil.rmtree(item, ignore_errors=True)


def _prefix(path: Path) -> str:
    return f".{path.name}-gerettet-"


def _literal(text: str) -> str:
    import glob

    return glob.escape(text)
