"""Sicherungen: the copies of the database, what is in them, and going back to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.backups.looking import CopyView, list_copies
from ob_buero_tui.services.backups.places import BackupPlace
from ob_buero_tui.services.views import SplitView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.commands import SICHERUNGEN, bindings_for
from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.flows import backups as flows
from ob_buero_tui.tui.screens.list_view import ListView
from ob_buero_tui.tui.widgets.backup_panel import BackupPanel
from ob_buero_tui.tui.widgets.backup_rows import backup_heading, draw_copy
from ob_buero_tui.tui.widgets.column_head import ColumnHead

EVERY, FIRST, SECOND = "alle", "erster", "zweiter"
EMPTY = "Hier liegt noch keine Sicherung. + legt eine an."
READING = "Die Ordner werden gelesen …"
NOT_HERE = Refusal("Für diese Datenbank gibt es keinen Ordner mit Sicherungen.")


class BackupScreen(ListView):
    """The copies of the database; their folders are read in a thread, as a drive may be slow or away."""

    of_database = False
    screen_key = SICHERUNGEN
    title_text = "Sicherungen"
    first_split: ClassVar[str] = EVERY
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for(SICHERUNGEN)]

    def __init__(self) -> None:
        self.panel = BackupPanel(id="record", classes="pane")
        super().__init__(self.panel, draw_copy)
        self._views: dict[int, CopyView] = {}
        self._keys: dict[Path, int] = {}
        self._known = False
        self._new: Path | None = None

    def list_side(self) -> ComposeResult:
        """The list below the names of its columns."""
        yield self.headed_list(ColumnHead(backup_heading))

    @property
    def there(self) -> BackupPlace:
        """Where the copies lie.

        Raises:
            Refusal: this office keeps none.
        """
        if self.place.backups is None:
            raise NOT_HERE
        return self.place.backups

    # Reading

    def reload(self, focus: tuple[tuple[str, int], ...] = ()) -> None:
        """Show what is known, and look into the folders anew."""
        super().reload(focus)
        self._look(self.there)

    @work(thread=True, exclusive=True, group="copies", exit_on_error=False)
    def _look(self, there: BackupPlace) -> None:
        self.app.call_from_thread(self._looked, list_copies(there))

    def _looked(self, views: Sequence[CopyView]) -> None:
        for view in reversed(views):
            self._keys.setdefault(view.path, len(self._keys) + 1)
        self._views, self._known = {self._keys[view.path]: view for view in views}, True
        new, self._new = self._new, None
        focus = ((self.table_of(self.split), self._keys[new]),) if new in self._keys else ()
        self.read(partial(super().reload, focus))

    def read_splits(self) -> Sequence[SplitView]:
        """All, and where there is a second folder each of both."""
        views = self._views.values()
        every = SplitView(key=EVERY, label="alle", count=len(views))
        if self.there.second is None:
            return (every,)
        second = sum(view.second for view in views)
        return (
            every,
            SplitView(key=FIRST, label="neben der Datenbank", count=len(views) - second),
            SplitView(key=SECOND, label="zweiter Ordner", count=second),
        )

    def read_ids(self, place: Workplace, split: str) -> Sequence[int]:  # noqa: ARG002
        """The copies of a split, the newest first."""
        return [
            key for key, view in self._views.items() if split == EVERY or view.second == (split == SECOND)
        ]

    def read_rows(self, ids: Sequence[int]) -> Mapping[int, CopyView]:
        """The rows of some copies."""
        return {id: self._views[id] for id in ids if id in self._views}

    def placeholder(self, id: int) -> CopyView:
        """What is known of a copy; the database is not asked for it."""
        return self._views[id]

    def table_of(self, split: str) -> str:  # noqa: ARG002
        """A copy is no record of the database."""
        return "backup"

    def empty_text(self, split: str, views: Sequence[SplitView]) -> str:  # noqa: ARG002
        """What an empty list says."""
        return EMPTY if self._known else READING

    def show_record(self) -> None:
        """Draw the copy under the cursor."""
        self.panel.show_copy(self.current_copy(), empty="Keine Sicherung ausgewählt.")
        self.refresh_bindings()

    def current_copy(self) -> CopyView | None:
        """The copy under the cursor."""
        return None if self.list.cursor is None else self._views.get(self.list.cursor)

    # Verbs

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Trying out and going back need a copy."""
        if action in ("backup_try", "backup_return") and self.list.cursor is None:
            return False
        return super().check_action(action, parameters)

    @asking()
    async def action_backup_now(self) -> None:
        """Make a copy."""
        self._new = await flows.copy_now(self, self.there)
        if self._new is not None:
            self.reload()

    @asking()
    async def action_backup_try(self) -> None:
        """Try the copy out."""
        view = self.current_copy()
        if view is not None:
            await flows.try_out(self, view, self.there)
            self.reload()

    @asking()
    async def action_backup_return(self) -> None:
        """Go back to the copy, after a question."""
        view = self.current_copy()
        if view is not None:
            await flows.go_back(self, view, self.there)
