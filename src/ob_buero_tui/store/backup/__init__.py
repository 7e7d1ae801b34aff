"""Copies of the database: made by SQLite's own means, checked, listed, thinned out, and brought back."""

from ob_buero_tui.store.backup.copying import make_backup
from ob_buero_tui.store.backup.listing import latest_good
from ob_buero_tui.store.soundness import integrity_problems, schema_problems

__all__ = [
    "integrity_problems",
    "latest_good",
    "make_backup",
    "schema_problems",
]
