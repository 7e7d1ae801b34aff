"""What the operating system reports, in German: its own words are English and mean nothing to a clerk."""

from __future__ import annotations

import errno

_REASONS = {
    errno.EACCES: "das Recht fehlt",
    errno.EPERM: "das Recht fehlt",
    errno.EROFS: "der Datenträger ist schreibgeschützt",
    errno.ENOSPC: "der Datenträger ist voll",
    errno.EDQUOT: "der zugeteilte Platz ist voll",
    errno.ENOENT: "der Ort ist nicht zu finden",
    errno.ENOTDIR: "ein Teil des Pfads ist kein Ordner",
    errno.EISDIR: "dort liegt ein Ordner",
    errno.EEXIST: "dort steht schon etwas",
    errno.EIO: "der Datenträger meldet einen Lesefehler",
    errno.ENAMETOOLONG: "der Name ist zu lang",
    errno.ELOOP: "die Verknüpfungen führen im Kreis",
    errno.EMFILE: "es sind zu viele Dateien geöffnet",
    errno.EBUSY: "die Datei ist in Benutzung",
}


def system_reason(error: OSError) -> str:
    """A German clause for an error of the operating system; its number where we have no words for it."""
    return _REASONS.get(error.errno or 0, f"Fehler {error.errno or 'ohne Nummer'}")
