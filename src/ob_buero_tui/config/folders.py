"""Where the files of this account lie; none of them is created here."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ob_buero_tui.config.settings import INITIALS_LIMIT
from ob_buero_tui.rules.clean import clean

APP: Final = "ob-buero"
SETTINGS_NAME: Final = "einstellungen.toml"
DATABASE_NAME: Final = "buero.sqlite"
DATABASE_VARIABLE: Final = "OB_BUERO_DB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """The folders of this account, none of which need exist."""

    config: Path
    data: Path
    cache: Path
    log: Path


def folders() -> Folders:
    """The folders that the operating system gives a program of this account; none is created."""
    import platformdirs

    found = platformdirs.PlatformDirs(APP, appauthor=False)
    return Folders(
        config=found.user_config_path,
        data=found.user_data_path,
        cache=found.user_cache_path,
        log=found.user_log_path,
    )


def downloads() -> Path:
    """The account's folder for downloads, or its own folder where there is none."""
    import platformdirs

    found = platformdirs.user_downloads_path()
    return found if found.is_dir() else Path.home()


def settings_file() -> Path:
    """The file in which this account keeps its settings; it need not exist."""
    return folders().config / SETTINGS_NAME


def database_file(given: Path | None = None) -> Path:
    """The office database: the one named, else the one in `OB_BUERO_DB`, else the account's own.

    Args:
        given: What the command line named.
    """
    if given is not None:
        return given
    named = os.environ.get(DATABASE_VARIABLE, "").strip()
    return Path(named) if named else folders().data / DATABASE_NAME


def account_initials() -> str:
    """The name of the operating system's account, which stands in for initials not yet chosen."""
    import getpass

    try:
        name = clean(getpass.getuser())
    except (KeyError, OSError):  # an account without an entry, as in some containers
        name = ""
    return "".join(name.split())[:INITIALS_LIMIT] or "Platz"
