"""The settings of one desk as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ob_buero_tui.rules.visibility import Audience

if TYPE_CHECKING:
    from pathlib import Path

    from ob_buero_tui.rules.refusals import Refusal

INITIALS_LIMIT: Final = 20
"""The most characters that initials may have: the history keeps a narrow column for them."""


class AfterVerb(StrEnum):
    """Where the cursor goes after a verb: to the next record, nowhere, or to the record before."""

    WEITER = "weiter"
    BLEIBEN = "bleiben"
    ZURUECK = "zurueck"


class ThemeName(StrEnum):
    """The two looks, light and dark."""

    HELL = "hell"
    DUNKEL = "dunkel"


class Mode(StrEnum):
    """Who may read the office's files: this account alone, or its group too."""

    EINZELPLATZ = "einzelplatz"
    GRUPPE = "gruppe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What one desk has chosen; every field is a key of the settings file.

    Args:
        initials: Signs this desk's actions; empty: the name of the account (`account_initials`).
        zone: The office's time zone, a name of the IANA database.
        audience: For whom lists and exports are made when nothing else is said.
        office_folder: The office's own catalog files; `None`: only those that came with the product.
        drop_folder: Where scanner and colleagues put what comes in; `None`: `eingangskorb` beside the
            database, if there is one.
        out_folder: Where letters that leave are written; `None`: `ausgangskorb` beside the database.
        backup_folder: A second folder for copies, best on another drive; `None`: only `sicherungen` beside
            the database. It may be away for a while.
        backup_recipient: A public key of age (`age1…`) that copies in the second folder are encrypted to.
    """

    initials: str = ""
    office_name: str = "OB-Büro"
    zone: str = "Europe/Berlin"
    audience: Audience = Audience.INTERN
    after_verb: AfterVerb = AfterVerb.WEITER
    theme: ThemeName = ThemeName.HELL
    mode: Mode = Mode.EINZELPLATZ
    office_folder: Path | None = None
    drop_folder: Path | None = None
    out_folder: Path | None = None
    backup_folder: Path | None = None
    backup_recipient: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedSettings:
    """The settings that hold, the file they come from, and what in it does not hold."""

    settings: Settings
    file: Path
    problems: tuple[Refusal, ...] = ()
