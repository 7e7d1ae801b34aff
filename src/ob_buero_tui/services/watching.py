"""Notices that another desk wrote to the database."""

from __future__ import annotations

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.faults import translated
from ob_buero_tui.services.workplace import Workplace


class Watcher:
    """Polls SQLite's `data_version` on one connection of its own, for the value is per connection.

    It also changes by this desk's own writes on other connections of the pool; then the screens draw once
    more than needed, which nobody sees.
    """

    def __init__(self, place: Workplace) -> None:
        self._connection = place.engine.raw_connection()
        # Asking takes the lock for an instant, and the screen must not wait for it.
        self._connection.cursor().execute("PRAGMA busy_timeout=0")
        self._last: int | None = None
        self.changed()

    def changed(self) -> bool:
        """Whether anybody wrote since the last call; a database that is busy or gone counts as unchanged."""
        try:
            version = self._version()
        except Refusal:
            return False
        changed, self._last = version != self._last, version
        return changed

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def _version(self) -> int:
        with translated():
            cursor = self._connection.cursor()
            cursor.execute("PRAGMA data_version")
            row = cursor.fetchone()
            return int(row[0]) if row else 0
