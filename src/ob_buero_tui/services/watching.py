"""Notices that another desk wrote to the database."""

from __future__ import annotations

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.faults import translated
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.engine import standing_file


class Watcher:
    """Polls SQLite's `data_version` on one connection of its own, for the value is per connection.

    The value also changes by this process's own writes on other connections, and by drafts, which are no
    actions. Therefore a change is only news when there is an action that this process did not write.
    """

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._connection = place.engine.raw_connection()
        # Asking takes the lock for an instant, and the screen must not wait for it.
        self._connection.cursor().execute("PRAGMA busy_timeout=0")
        self._version: int | None = None
        self._seen: int | None = None
        self._standing = self._stands()
        self.changed()

    def changed(self) -> bool:
        """Whether another desk or window wrote an action since the last call.

        A database that is busy or gone counts as unchanged; the next call looks again.
        """
        try:
            version = self._number("PRAGMA data_version")
            if version == self._version:
                return False
            news = self._others()
        except Refusal:
            return False
        self._version = version
        return news

    def replaced(self) -> bool:
        """Whether another file has come to stand in the place of the one that is open.

        A file that is gone, for a moment or for good, is none that was replaced; the next step says so.
        """
        now = self._stands()
        return now is not None and now != self._standing

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def _stands(self) -> tuple[int, int] | None:
        there = self._place.backups
        return None if there is None else standing_file(there.path)

    def _others(self) -> bool:
        """Read the actions since the last look."""
        if self._seen is None:
            self._seen = self._number("SELECT coalesce(max(id), 0) FROM action")
            return False
        with translated():
            cursor = self._connection.cursor()
            cursor.execute("SELECT id FROM action WHERE id > ? ORDER BY id", (self._seen,))
            since = [row[0] for row in cursor.fetchall()]
        own = self._place.written
        news = any(action not in own for action in since)
        self._seen = max(since, default=self._seen)
        own.difference_update(action for action in tuple(own) if action <= self._seen)
        return news

    def _number(self, question: str) -> int:
        with translated():
            cursor = self._connection.cursor()
            cursor.execute(question)
            row = cursor.fetchone()
            return int(row[0]) if row else 0
