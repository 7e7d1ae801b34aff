"""What can stand at the end of a query that is being typed."""

from __future__ import annotations

import re

from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.query_keys import BY_NAME, KEYS, Sort

_LAST = re.compile(r"(?:^|\s)-?([^\W\d_]+):([^\s:]*)$")
DATES = "heute fr kw48 november 1.11. <kw48 >=1.11. ja nein"


def hint(typed: str) -> str:
    """Say which keys there are before anything is typed, and which values behind a key; else nothing."""
    if not typed.strip():
        return "Auch: " + " ".join(f"{key.name}:" for key in KEYS[:7]) + " … -ohne "
    found = _LAST.search(typed)
    key = BY_NAME.get(fold(found[1])) if found else None
    if found is None or key is None:
        return ""
    begun = fold(found[2].rpartition(",")[2])
    if key.sort is Sort.DATE:
        return "" if begun else f"{key.name}: {key.help} — {DATES}"
    fitting = [choice for choice in key.choices if fold(choice).startswith(begun)]
    if fold(found[2]) in map(fold, key.choices):
        return ""
    if not key.choices:
        return "" if begun else f"{key.name}: {key.help}, etwa {key.example}"
    return f"{key.name}: {' '.join(fitting)}" if fitting else ""
