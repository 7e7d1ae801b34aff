"""Aussonderung: what is to be destroyed or offered to the archive; a human decides, one by one or marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from ob_buero_tui.services.disposing import proposing
from ob_buero_tui.services.disposing.views import Proposal, key_of
from ob_buero_tui.services.views import SplitView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.retention import DisposalState
from ob_buero_tui.tui.commands import AUSSONDERUNG, bindings_for
from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.flows import disposal as flows
from ob_buero_tui.tui.screens.verb_list import VerbList
from ob_buero_tui.tui.widgets.column_head import ColumnHead
from ob_buero_tui.tui.widgets.disposal_rows import DisposalPanel, draw_proposal, heading

EMPTY = {
    proposing.DUE: "Keine Aufbewahrung ist abgelaufen. Hier ist nichts zu tun.",
    proposing.OFFERED: "Dem Archiv ist nichts angeboten. Unter Fällig bietet Z an.",
    proposing.KEPT: "Nichts wird länger behalten. Unter Fällig hält w etwas länger.",
    proposing.GONE: "Noch ist nichts vernichtet.",
    proposing.FILED: "Kein Vorgang wartet darauf, dass die E-Akte ihn übernimmt. Im Eingang gibt P aus.",
}


class DisposalScreen(VerbList):
    """What is to be done with records whose retention is over."""

    screen_key = AUSSONDERUNG
    title_text = "Aussonderung"
    many = "Vorgänge"
    first_split: ClassVar[str] = proposing.DUE
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for(AUSSONDERUNG)]
    DEFAULT_CSS = """
    DisposalScreen {
        & #side { width: 60%; }
        &.-narrow #side { width: 100%; }
    }
    """

    def __init__(self) -> None:
        self.panel = DisposalPanel(id="record", classes="pane")
        super().__init__(self.panel, draw_proposal)

    def list_side(self) -> ComposeResult:
        """The list below the names of its columns."""
        yield self.headed_list(ColumnHead(heading))

    # Reading

    def read_splits(self) -> Sequence[SplitView]:
        """Due, at the archive, kept on, destroyed."""
        return proposing.splits(self.place)

    def read_ids(self, place: Workplace, split: str) -> Sequence[int]:
        """The numbers of a split's records."""
        return proposing.ids(place, split)

    def read_rows(self, ids: Sequence[int]) -> Mapping[int, Proposal]:
        """The rows of some records."""
        return proposing.rows(self.place, ids)

    def placeholder(self, id: int) -> Proposal:
        """The row to draw while the database does not answer."""
        table, row_id = key_of(id)
        return Proposal(
            table=table, row_id=row_id, name="…", begun_on=self.place.today, until=None, kept_as=None
        )

    def table_of(self, split: str) -> str:  # noqa: ARG002
        """Proposals are of several tables; they have numbers of their own."""
        return "disposal"

    def empty_text(self, split: str, views: Sequence[SplitView]) -> str:  # noqa: ARG002
        """What an empty list says."""
        return EMPTY.get(split, "")

    def name_of_record(self, id: int) -> str:
        """What a record is called."""
        row = proposing.rows(self.place, [id]).get(id)
        return row.name if row is not None else ""

    def show_record(self) -> None:
        """Draw the proposal under the cursor."""
        self.panel.show_proposal(self.current(), empty="Nichts ausgewählt.")
        self.refresh_bindings()

    def current(self) -> Proposal | None:
        """The proposal under the cursor, read now: the panel may be a moment behind.

        Raises:
            Busy: another desk holds the file just now.
        """
        cursor = self.list.cursor
        return None if cursor is None else proposing.rows(self.place, [cursor]).get(cursor)

    def show_by_id(self, table: str, row_id: int) -> None:  # noqa: ARG002
        """Put the cursor on a proposal."""
        self.go_to(row_id, self.split)

    async def action_open(self) -> None:
        """From the panel to the record itself."""
        row = self.current() if self.panel.has_focus else None
        if row is not None and not row.hidden:
            await self.desk.open_record(row.table, row.row_id)

    # Verbs

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Verbs need a record that is not destroyed yet; the archive answers to what it was offered."""
        if action in _VERBS and (self.list.cursor is None or self.split == proposing.GONE):
            return False
        if action in _ANSWERS and self.split not in (proposing.OFFERED, proposing.FILED):
            return False
        if action in _OWN and self.split == proposing.FILED:
            return False
        return super().check_action(action, parameters)

    def action_disposal_keep(self) -> None:
        """Keep it longer."""
        self.run_flow(flows.keep)

    def action_disposal_offer(self) -> None:
        """Offer it to the archive."""
        self.run_flow(flows.offer)

    def action_disposal_taken(self) -> None:
        """The archive takes it, or the E-Akte has it."""
        self._answer(DisposalState.UEBERNOMMEN)

    def action_disposal_refused(self) -> None:
        """The archive does not want it, or the E-Akte has not got it."""
        self._answer(DisposalState.ABGELEHNT)

    def _answer(self, said: DisposalState) -> None:
        filed = self.split == proposing.FILED
        self.run_flow(partial(flows.taken_over if filed else flows.answer, said))

    @asking("verb")
    async def action_disposal_destroy(self) -> None:
        """Destroy it for good, after a question that says how many."""
        batch = self.chosen()
        done = await flows.destroy_after_question(self, batch) if batch is not None else None
        if done is not None:
            self.notify(done.text)
            self.list.unmark_all()
            self.desk.data_changed()


_ANSWERS = frozenset(("disposal_taken", "disposal_refused"))
_OWN = frozenset(("disposal_keep", "disposal_offer"))
_VERBS = _ANSWERS | {"disposal_keep", "disposal_offer", "disposal_destroy", "mark", "repeat"}
