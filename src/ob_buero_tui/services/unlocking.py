"""Unlocking an encrypted database: is a password needed, and does this one fit?"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.store import cipher, sealed
from ob_buero_tui.store.connecting import password_of, tell_password

TRIED: Final = 3
"""How many copies a password is tried on at most: each costs tenths of a second."""


class WrongPassword(Refusal):
    """The password does not open the file, which was only read."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            "Das Kennwort passt nicht.",
            f"„{path.name}“ ist unverändert.",
            "Bitte noch einmal versuchen; Groß- und Kleinschreibung zählt.",
        )


def is_locked(path: Path) -> bool:
    """Whether a database is encrypted and no password for it was told; a missing one is not."""
    return sealed.is_locked(path)


def unlock(path: Path, password: str, copies: Iterable[Path] = ()) -> None:
    """Keep a password for this process after trying it on the first page; the file is only read.

    Args:
        copies: Copies of it, newest first: where the password fits one of them, the file is damaged, and what
            opens it says so and can go back to a copy.

    Raises:
        WrongPassword: it does not fit.
        Refusal: the extra `tresor` is not installed.
    """
    require_extra()
    if not cipher.fits(path, password) and not any(map(partial(_fits_copy, password), islice(copies, TRIED))):
        raise WrongPassword(path)
    tell_password(path, password)


def looks_sealed(copy: Path) -> bool:
    """Whether a copy may be an encrypted database."""
    return sealed.looks_sealed(copy)


def is_unlocked(path: Path) -> bool:
    """Whether a database is encrypted and its password was told."""
    return password_of(path) is not None


def other_password(copy: Path, path: Path) -> bool:
    """Whether a copy of a database is encrypted with another password than that has now."""
    present = password_of(path)
    return looks_sealed(copy) and (present is None or not cipher.fits(copy, present))


def unlock_copy(copy: Path, path: Path, password: str) -> None:
    """Keep the password of an encrypted copy for the database that it will become.

    Raises:
        WrongPassword: it does not fit.
        Refusal: the extra `tresor` is not installed.
    """
    require_extra()
    if not cipher.fits(copy, password):
        raise WrongPassword(copy)
    tell_password(path, password)


def _fits_copy(password: str, copy: Path) -> bool:
    return cipher.first_bytes(copy) != cipher.MAGIC and cipher.fits(copy, password)


def installed() -> bool:
    """Whether the library that encrypts is there."""
    from importlib.util import find_spec

    return find_spec("sqlcipher3") is not None


def require_extra() -> None:
    """Refuse where the library that encrypts is missing.

    Raises:
        Refusal: with what the IT must install.
    """
    if not installed():
        raise Refusal(
            "Verschlüsselte Datenbanken lassen sich hier nicht öffnen oder anlegen.",
            "Auf diesem Rechner fehlt dafür der Zusatz „tresor“.",
            "Bitten Sie die IT, OB-Büro mit diesem Zusatz zu installieren (requirements-tresor.lock).",
        )
