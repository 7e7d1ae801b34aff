"""Settings and folders: what one desk may choose, and where its files lie.

Nothing is created or read on import. A wrong setting never stops the start: its default holds, and
a refusal names the file, the key and what was expected.
"""

from __future__ import annotations

from ob_buero_tui.config.folders import Folders, account_initials, database_file, folders, settings_file
from ob_buero_tui.config.reading import load_settings
from ob_buero_tui.config.settings import AfterVerb, LoadedSettings, Mode, Settings, ThemeName

__all__ = [
    "AfterVerb",
    "Folders",
    "LoadedSettings",
    "Mode",
    "Settings",
    "ThemeName",
    "account_initials",
    "database_file",
    "folders",
    "load_settings",
    "settings_file",
]
