"""Refuses a database on a network share, and knows the folders that other programs copy about."""

from __future__ import annotations

import os
import re
from pathlib import Path, PureWindowsPath

from ob_buero_tui.rules.refusals import Refusal

MOUNTS = Path("/proc/self/mounts")
NETWORK_SYSTEMS = frozenset(
    {"cifs", "smb3", "smbfs", "nfs", "nfs4", "fuse.sshfs", "9p", "afs", "fuse.davfs2", "davfs"}
)


SYNCED_BY_NAME = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "google drive": "Google Drive",
    "icloud drive": "iCloud",
    "mobile documents": "iCloud",
    "syncthing": "Syncthing",
    "seafile": "Seafile",
}
"""How the folders begin that these services make, in lower case."""

SYNCED_BY_FILE = {
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".owncloudsync.log": "ownCloud",
    ".nextcloudsync.log": "Nextcloud",
    ".sync_*.db": "Nextcloud",
    "._sync_*.db": "Nextcloud",
}
"""What these services lay into the topmost folder that they copy."""


def synced_by(path: Path) -> str:
    """The service that copies the folder of a file to other machines, "" where none is known.

    Such a service copies a database in the middle of a write and brings old states back; told by the names
    of folders and by the files that the services lay there.
    """
    for folder in path.resolve().parents:
        name = folder.name.casefold()
        # „OneDrive - Stadt“ and „Nextcloud2“ are such folders, „dropboxen“ is none.
        found = next(
            (word for start, word in SYNCED_BY_NAME.items() if re.match(rf"{start}(?![^\W\d_])", name)), ""
        )
        if not found:
            found = next((known for mark, known in SYNCED_BY_FILE.items() if _has(folder, mark)), "")
        if found:
            return found
    return ""


def _has(folder: Path, mark: str) -> bool:
    try:
        return any(folder.glob(mark))
    except OSError:
        return False


def on_windows_share(path: PureWindowsPath) -> bool:
    """Whether a path names another machine, as `\\\\server\\amt\\buero.sqlite` does."""
    return path.drive.startswith("\\\\")


def refuse_network(path: Path, mounts: Path = MOUNTS) -> None:
    """Refuse a path on a network share, where SQLite's locks lose data (reliability.md 2).

    Args:
        mounts: The system's table of mounts; where there is none, nothing can be said.

    Raises:
        Refusal: the path, or what it points to, lies on a network share.
    """
    kind = file_system(path.resolve(), mounts)
    if os.name == "nt" and on_windows_share(PureWindowsPath(path.resolve())):
        kind = "smb3"
    if kind in NETWORK_SYSTEMS:
        raise Refusal(
            f"„{path}“ liegt auf einem Netzlaufwerk ({kind}) und wird nicht geöffnet.",
            "Dort sperren sich die Arbeitsplätze nicht zuverlässig; Daten könnten verloren gehen.",
            "Legen Sie die Datenbank auf eine Platte dieses Rechners.",
        )


def file_system(path: Path, mounts: Path = MOUNTS) -> str:
    """The kind of file system an absolute path lies on; empty where that is not known."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    place, kind = Path("/"), ""
    for line in lines:
        parts = line.split(" ")
        if len(parts) > 2:
            point = Path(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), parts[1]))
            if path.is_relative_to(point) and len(point.parts) >= len(place.parts):
                place, kind = point, parts[2]
    return kind
