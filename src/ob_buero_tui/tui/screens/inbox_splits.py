"""Piles of the Eingang beyond the office's: a desk's own, and a search looked at as one; their orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual import work
from textual.worker import get_current_worker

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.faults import Busy
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.requests.own_splits import (
    OWN,
    SEARCHED,
    OwnSplit,
    count_split,
    is_searched,
    own_splits,
    searched,
)
from ob_buero_tui.services.requests.sorting import SORTINGS, sorting
from ob_buero_tui.services.views import SplitView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.list_view import MANY, ListView
from ob_buero_tui.tui.spoilt import told_counts
from ob_buero_tui.tui.widgets.split_bar import BROKEN, UNKNOWN

_OWN_ONLY = frozenset(("rename_split", "remove_split"))


class InboxSplits(ListView):
    """What the Eingang does with piles; what stands in them is said by `InboxView`."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.sorts: dict[str, str] = {}
        """The order chosen for each split; kept while the program runs."""
        self._own: dict[str, OwnSplit] = {}
        self._counts: dict[str, int] = {}
        self._views: tuple[SplitView, ...] = ()
        self._problems: dict[str, str] = {}
        self._before = ""

    # Reading

    def read_splits(self) -> Sequence[SplitView]:
        """The office's piles with their counts, and behind them this desk's own with the last ones known."""
        self._own = {each.key: each for each in own_splits(self.place)}
        own = [
            SplitView(key=each.key, label=each.label, count=self._counts.get(each.key, UNKNOWN))
            for each in self._own.values()
        ]
        self._views = (*inbox.splits(self.place), *own)
        return self._views

    def reload(self, focus: tuple[tuple[str, int], ...] = ()) -> None:
        """Read anew; own piles are counted beside the screen, as a query may look at every request."""
        super().reload(focus)
        if self._own:
            self._count_own(tuple(self._own))

    @work(thread=True, exclusive=True, group="own-counts", exit_on_error=False)
    def _count_own(self, keys: tuple[str, ...]) -> None:
        worker = get_current_worker()
        found: dict[str, int] = {}
        for key in keys:
            if worker.is_cancelled:
                return
            try:
                count = count_split(self.desk.patient, key)
            except Busy:  # the next change counts again
                continue
            found[key] = BROKEN if count is None else count
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show_counts, found)

    def _show_counts(self, found: dict[str, int]) -> None:
        self._counts |= found
        self._views = tuple(
            replace(view, count=self._counts.get(view.key, view.count)) for view in self._views
        )
        self.splits.show(told_counts(self.place, self._views), self.split)

    def read_ids(self, place: Workplace, split: str) -> Sequence[int]:
        """The ordered requests of a split; a query that makes no sense any more finds none and is told."""
        try:
            found = inbox.ids(place, split, self.sort_of(split))
        except Busy:
            raise
        except Refusal as refusal:
            self._problems[split] = str(refusal)
            return ()
        self._problems.pop(split, None)
        return found

    def count_of(self, split: str, views: Sequence[SplitView]) -> int:
        """How many requests a split has; what a query finds is always read in a thread."""
        if is_searched(split):
            return MANY + 1
        return inbox.trashed(self.place) if split == inbox.TRASH else super().count_of(split, views)

    def sort_of(self, split: str) -> str:
        """The order of a split: chosen now, or saved with an own pile."""
        own = self._own.get(split)
        return self.sorts.get(split, own.sort if own is not None else "")

    def name_of(self, split: str, views: Sequence[SplitView]) -> str:
        """What stands above the list: the pile or the search, and its order where it is not the usual one."""
        name = super().name_of(split, views)
        if split == inbox.TRASH:
            name = "Papierkorb"
        elif split.startswith(SEARCHED):
            name = f"Suche: {split.removeprefix(SEARCHED)}"
        sort = self.sort_of(split)
        return f"{name} · nach {sorting(sort).label}" if sort else name

    def problem_text(self, split: str) -> str:
        """What an own pile says whose query makes no sense any more; empty for any other."""
        problem = self._problems.get(split, "")
        if not problem:
            return "" if not is_searched(split) else "Nichts gefunden. Esc führt zurück."
        return f"Diese Suche ist nicht mehr zu verstehen. {problem}"

    # Going there and back

    def show_query(self, text: str) -> None:
        """Show what a query finds as a pile, for all verbs; Esc leaves it."""
        self.choose_split(searched(text))

    def choose_split(self, key: str) -> None:
        """Show another split; from a search one comes back to the one before."""
        before = self._before or self.split
        super().choose_split(key)
        self._before = before if key.startswith(SEARCHED) else ""

    def go_to(self, id: int, split: str) -> None:
        """Put the cursor on a record and open it; out of another split one comes back with Esc."""
        before = self.split
        super().go_to(id, split)
        if self.split != before and not self._before:
            self._before = before

    def go_back(self) -> bool:
        """From a search, or from where a search led, to the split before; False where there is none."""
        if not self._before:
            return False
        self.choose_split(self._before)
        return True

    # What can be done with piles

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only an own pile has another name."""
        if action in _OWN_ONLY and not self.split.startswith(OWN):
            return False
        return super().check_action(action, parameters)

    @asking()
    async def action_sort(self) -> None:
        """Choose the order of this list."""
        from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose

        choices = [Choice(key=each.key, label=each.label) for each in SORTINGS]
        chosen = await self.app.push_screen_wait(
            Choose("Wonach sortieren?", choices, current=self.sort_of(self.split))
        )
        if chosen is not None:
            self.sorts[self.split] = chosen
            self.read(self.reload)

    @asking()
    async def action_choose_pile(self) -> None:
        """Choose any pile by its name."""
        from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose

        choices = [Choice(key=each.key, label=each.label) for each in self._views]
        chosen = await self.app.push_screen_wait(Choose("Welcher Stapel?", choices, current=self.split))
        if chosen is not None:
            self.choose_split(chosen)

    @asking()
    async def action_rename_split(self) -> None:
        """Call this own pile something else."""
        from ob_buero_tui.tui.screens.flows.searching import rename

        if (own := self._own.get(self.split)) is not None:
            await rename(self, own)

    @asking()
    async def action_remove_split(self) -> None:
        """Remove this own pile; its requests stay."""
        from ob_buero_tui.tui.screens.flows.searching import remove

        own = self._own.get(self.split)
        if own is not None and await remove(self, own):
            self.choose_split(self.first_split)
