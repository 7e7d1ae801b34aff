"""Encrypted copies of the tests' databases; their keys are quick to derive."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

pytest.importorskip("sqlcipher3", reason="the extra tresor is not installed")

from ob_buero_tui.services.sealing import Place, seal
from ob_buero_tui.store import cipher, connecting, sealed

PASSWORD: Final = "vier Wörter im Tresor"
OTHER: Final = "fünf andere Wörter im Safe"
QUICK_ROUNDS: Final = 1000
NOW: Final = datetime(2026, 11, 25, 8, 42, tzinfo=UTC)
AS_IN_A_CHILD: Final = f"""
import sys
from pathlib import Path
from ob_buero_tui.store import cipher, connecting
cipher.KEY_ROUNDS = {QUICK_ROUNDS}
connecting.tell_password(Path(sys.argv[1]), {PASSWORD!r})
"""
"""What a process of its own begins with."""


@pytest.fixture(autouse=True)
def no_password_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test begins with no password told, and with keys that cost no time."""
    monkeypatch.setattr(cipher, "KEY_ROUNDS", QUICK_ROUNDS)
    monkeypatch.setattr(connecting, "_KEYS", {})


def place_of(path: Path) -> Place:
    """The place of a database, its copies beside it."""
    return Place(path=path, backup_folder=path.parent / "sicherungen", mode=0o600, now=NOW)


def sealed_copy(plain: Path, folder: Path) -> Path:
    """An encrypted copy of a plain database in a folder of its own; its password is told."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = Path(shutil.copy2(plain, folder / plain.name))
    done = seal(place_of(path), PASSWORD)
    shutil.rmtree(done.copy.parent)
    return path


def another_process() -> None:
    """Forget what this process was told, as one that begins has been told nothing."""
    connecting._KEYS.clear()


def same_again(path: Path, folder: Path) -> Path:
    """A copy of an encrypted database with its mark; its password is told."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy = Path(shutil.copy2(path, folder / path.name))
    shutil.copy2(sealed.mark_of(path), sealed.mark_of(copy))
    connecting.tell_password(copy, PASSWORD)
    return copy
