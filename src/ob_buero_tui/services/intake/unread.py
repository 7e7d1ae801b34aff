"""Files of a folder that the import does not read, and what to do with them, in German."""

from __future__ import annotations

from ob_buero_tui.rules.german import plural

_OUTLOOK = "Bitte in Outlook als .eml speichern."
_PAPER = "Bitte als PDF speichern oder den Vorgang von Hand erfassen."
_ARCHIVE = "Bitte auspacken und den Ordner importieren."
_TABLE = "Bitte als .xlsx oder .csv speichern."
_INSTEAD = {
    ".oft": _OUTLOOK, ".pst": _OUTLOOK, ".zip": _ARCHIVE, ".7z": _ARCHIVE,
    ".doc": _PAPER, ".odt": _PAPER, ".rtf": _PAPER, ".heic": _PAPER, ".txt": _PAPER,
    ".xls": _TABLE, ".xlsm": _TABLE, ".numbers": _TABLE,
}  # fmt: skip
"""What to do with a file that the import does not read, by its ending."""


def not_read(ending: str, count: int) -> str:
    """One sentence on files of one ending: „3 Dateien .msg nicht gelesen: …“.

    Args:
        ending: With its dot, in lower case; "" for files without one.
    """
    found = plural(count, "Datei", "Dateien")
    instead = _INSTEAD.get(ending, "Dieses Format liest der Import nicht.")
    return f"{found} {ending or 'ohne Endung'} nicht gelesen: {instead}"
