"""The last resort: an unexpected error becomes one German sentence, and a log entry for the IT."""

from __future__ import annotations

import errno
import logging

from ob_buero_tui.cli.logbook import keep_log, log_file

LOG = logging.getLogger(__name__)
_DENIED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def explain(error: Exception) -> str:
    """Log an unexpected error without personal data, and say in German what happened."""
    keep_log()
    LOG.error("a command ended by %s", type(error).__name__, exc_info=error)
    path = log_file()
    if not path.exists():
        return f"{_reason(error)} Es ließ sich auch kein Protokoll schreiben."
    return f"{_reason(error)} Einzelheiten für die IT stehen in „{path}“."


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno in _DENIED:
        return f"Diesem Konto fehlt das Recht auf „{error.filename or 'eine Datei'}“."
    if isinstance(error, OSError) and error.errno in _FULL:
        return "Der Datenträger ist voll; was zuvor gespeichert war, ist sicher."
    return "Es ist ein unerwarteter Fehler aufgetreten; alles zuvor Gespeicherte ist sicher."
