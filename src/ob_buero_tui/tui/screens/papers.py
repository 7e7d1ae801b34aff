"""Vorlagen: papers with their numbers, their way through the bodies, and what they lack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council import papers
from ob_buero_tui.services.council.paper_views import PaperRecord, PaperRow
from ob_buero_tui.services.faults import Busy
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.views import SplitView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.commands import VORLAGEN, bindings_for
from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.flows import papers as flows
from ob_buero_tui.tui.screens.verb_list import VerbList
from ob_buero_tui.tui.widgets.column_head import ColumnHead
from ob_buero_tui.tui.widgets.paper_panel import PaperPanel
from ob_buero_tui.tui.widgets.paper_rows import draw_paper, heading

EMPTY = {
    papers.IN_WORK: "Keine eigene Vorlage ist in Arbeit. + legt eine an; 2 zeigt, was ansteht.",
    papers.COMING: "Keine Vorlage steht für eine Sitzung an. + legt eine an.",
    papers.WAITING: "Jede Vorlage hat ihre Sitzung.",
    papers.EVERY: "Noch keine Vorlagen. + legt eine an; aus dem Ratsinformationssystem holt sie "
    "Strg+P „Ratsdaten“ unter Sitzungen (F4).",
}


class PaperScreen(VerbList):
    """What is put before the bodies."""

    screen_key = VORLAGEN
    title_text = "Vorlagen"
    many = "Vorlagen"
    first_split: ClassVar[str] = papers.COMING
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for(VORLAGEN)]

    def __init__(self) -> None:
        self.panel = PaperPanel(id="record", classes="pane")
        super().__init__(self.panel, draw_paper)

    def list_side(self) -> ComposeResult:
        """The list below the names of its columns."""
        yield self.headed_list(ColumnHead(heading))

    # Reading

    def read_splits(self) -> Sequence[SplitView]:
        """In work, coming up, without a session, all."""
        return papers.splits(self.place)

    def read_ids(self, place: Workplace, split: str) -> Sequence[int]:
        """The ordered papers of a split."""
        return papers.paper_ids(place, split)

    def read_rows(self, ids: Sequence[int]) -> Mapping[int, PaperRow]:
        """The rows of some papers."""
        return papers.paper_rows(self.place, ids)

    def placeholder(self, id: int) -> PaperRow:
        """The row to draw while the database does not answer."""
        return PaperRow(id=id, reference="…")

    def table_of(self, split: str) -> str:  # noqa: ARG002
        """Papers, in every split."""
        return "paper"

    def empty_text(self, split: str, views: Sequence[SplitView]) -> str:  # noqa: ARG002
        """What an empty list says."""
        return EMPTY.get(split, "")

    def name_of_record(self, id: int) -> str:
        """Number or title of a paper."""
        row = papers.paper_rows(self.place, [id]).get(id)
        return flows.name_of(row) if row is not None else ""

    def show_record(self) -> None:
        """Draw the paper under the cursor."""
        self.panel.show_paper(self.current_paper(), empty="Keine Vorlage ausgewählt.")
        self.refresh_bindings()

    def current_paper(self) -> PaperRecord | None:
        """The paper under the cursor, read now: the panel may be a moment behind.

        Raises:
            Busy: another desk holds the file just now.
        """
        if self.list.cursor is None:
            return None
        try:
            return papers.paper_record(self.place, self.list.cursor)
        except Busy:
            raise
        except Refusal:
            return None

    def show_by_id(self, table: str, row_id: int) -> None:  # noqa: ARG002
        """Put the cursor on a paper.

        Raises:
            Refusal: it is gone, or another desk holds the file just now.
        """
        papers.paper_record(self.place, row_id)
        self.go_to(row_id, papers.EVERY)

    # Verbs

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Verbs need a paper."""
        if action in _VERBS and self.list.cursor is None:
            return False
        return super().check_action(action, parameters)

    def action_paper_edit(self) -> None:
        """Edit all fields."""
        self.run_flow(flows.edit, advance=False)

    def action_paper_state(self) -> None:
        """Say how far it is."""
        self.run_flow(flows.state, advance=False)

    def action_paper_note(self) -> None:
        """Add a remark."""
        self.run_flow(flows.note, advance=False)

    def action_paper_document(self) -> None:
        """Name its document."""
        self.run_flow(flows.document, advance=False)

    def action_paper_place(self) -> None:
        """Put it on an agenda."""
        self.run_flow(flows.place, advance=False)

    @asking()
    async def action_paper_new(self) -> None:
        """Make a paper, and go to it."""
        await self._go_to_new(await flows.create(self))

    @asking()
    async def action_paper_supplement(self) -> None:
        """Make a supplement, and go to it."""
        view = self.current_paper()
        if view is not None:
            await self._go_to_new(await flows.supplement(self, view))

    @asking()
    async def action_paper_copy(self) -> None:
        """Copy number, title or way."""
        view = self.current_paper()
        if view is not None:
            await flows.copy(self, view)

    @asking()
    async def action_paper_way(self) -> None:
        """Edit the Beratungsfolge, or go from it to one of its sessions."""
        view = self.current_paper()
        if view is not None:
            await self._open(await flows.way(self, view))

    @on(PaperPanel.Opened)
    @asking()
    async def choose_link(self) -> None:
        """To one of its sessions, or to a paper that belongs to it."""
        view = self.current_paper()
        if view is not None:
            await self._open(await flows.choose_link(self, view))

    async def _open(self, chosen: tuple[str, int] | None) -> None:
        if chosen is not None:
            await self.desk.open_record(*chosen)

    async def _go_to_new(self, done: Done | None) -> None:
        if done is not None:
            self.notify(f"{done.text} · u nimmt es zurück")
            self.desk.data_changed()
            self.read(lambda: self._stand_on(done.ids[0]))

    def _stand_on(self, paper_id: int) -> None:
        """The new paper under the cursor, the keys still in the list."""
        self.go_to(paper_id, papers.EVERY)
        self._to_read = None
        self.arrive()


_VERBS = frozenset(
    (
        *("paper_edit", "paper_state", "paper_note", "paper_place", "paper_supplement", "paper_copy"),
        *("paper_way", "paper_document", "mark", "repeat"),
    )
)
