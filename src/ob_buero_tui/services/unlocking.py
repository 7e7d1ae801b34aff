"""Unlocking an encrypted database: is a password needed, and does this one fit?"""

from __future__ import annotations

import importlib.util
from pathlib import Path

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.store import cipher, sealed
from ob_buero_tui.store.connecting import tell_password


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


def unlock(path: Path, password: str) -> None:
    """Keep a password for this process after trying it on the first page; the file is only read.

    Raises:
        WrongPassword: it does not fit.
        Refusal: the extra `tresor` is not installed.
    """
    require_extra()
    if not cipher.fits(path, password):
        raise WrongPassword(path)
    tell_password(path, password)


def installed() -> bool:
    """Whether the library that encrypts is there."""
    return importlib.util.find_spec("sqlcipher3") is not None


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
