"""Refuses a database on a network share."""

from __future__ import annotations

import re
from pathlib import Path

from ob_buero_tui.rules.refusals import Refusal

MOUNTS = Path("/proc/self/mounts")
NETWORK_SYSTEMS = frozenset(
    {"cifs", "smb3", "smbfs", "nfs", "nfs4", "fuse.sshfs", "9p", "afs", "fuse.davfs2", "davfs"}
)


def refuse_network(path: Path, mounts: Path = MOUNTS) -> None:
    """Refuse a path on a network share, where SQLite's locks lose data (reliability.md 2).

    Args:
        mounts: The system's table of mounts; where there is none, nothing can be said.

    Raises:
        Refusal: the path, or what it points to, lies on a network share.
    """
    kind = file_system(path.resolve(), mounts)
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
