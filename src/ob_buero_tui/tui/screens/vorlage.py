"""OB-Vorlage: the list of the weekly talk; a key says what the mayor said, one more makes outcomes of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.faults import Busy
from ob_buero_tui.services.views import SplitView
from ob_buero_tui.services.vorlage import selecting, verbs
from ob_buero_tui.services.vorlage.card import card
from ob_buero_tui.services.vorlage.views import VorlageCard, VorlageDecision, VorlageRow
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.commands import OB_VORLAGE, bindings_for
from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.flows import vorlage as flows
from ob_buero_tui.tui.screens.flows import vorlage_paper as printing
from ob_buero_tui.tui.screens.verb_list import VerbList
from ob_buero_tui.tui.widgets.column_head import ColumnHead
from ob_buero_tui.tui.widgets.vorlage_panel import VorlagePanel
from ob_buero_tui.tui.widgets.vorlage_rows import draw_vorlage, heading

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done

EMPTY = {
    selecting.NEXT: "Auf der Liste für das nächste Gespräch steht nichts. "
    "Im Eingang (F2) setzt o einen Eingang darauf.",
    selecting.REST: "Aus früheren Gesprächen ist nichts offen.",
    selecting.DONE: "Noch ist nichts entschieden. Was die Liste ergibt, macht e zu Zusagen und Absagen.",
}


class VorlageScreen(VerbList):
    """What the mayor decides, in the order of the talk."""

    screen_key = OB_VORLAGE
    title_text = "OB-Vorlage"
    many = "Punkte"
    first_split: ClassVar[str] = selecting.NEXT
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for(OB_VORLAGE)]
    DEFAULT_CSS = """
    VorlageScreen {
        & #side { width: 58%; }
        &.-narrow #side { width: 100%; }
    }
    """

    def __init__(self) -> None:
        self.panel = VorlagePanel(id="record", classes="pane")
        super().__init__(self.panel, draw_vorlage)

    def list_side(self) -> ComposeResult:
        """The list below the names of its columns."""
        yield self.headed_list(ColumnHead(heading))

    # Reading

    def read_splits(self) -> Sequence[SplitView]:
        """The next talk, what is left of earlier ones, what was decided."""
        return selecting.splits(self.place)

    def read_ids(self, place: Workplace, split: str) -> Sequence[int]:
        """The ordered items of a split."""
        return selecting.ids(place, split)

    def read_rows(self, ids: Sequence[int]) -> Mapping[int, VorlageRow]:
        """The rows of some items."""
        return selecting.rows(self.place, ids)

    def placeholder(self, id: int) -> VorlageRow:
        """The row to draw while the database does not answer."""
        return VorlageRow(
            id=id, request_id=0, position=0, talk_on=self.place.today, number="", subject="…", hidden=True
        )

    def table_of(self, split: str) -> str:  # noqa: ARG002
        """Items, in every split."""
        return "vorlage_item"

    def empty_text(self, split: str, views: Sequence[SplitView]) -> str:
        """What an empty list says; that something is left over is not kept silent."""
        left = self.count_of(selecting.REST, views)
        if split == selecting.NEXT and left:
            return f"{EMPTY[split]} 2 zeigt, was aus früheren Gesprächen offen ist: {left}."
        return EMPTY[split]

    def name_of_record(self, id: int) -> str:
        """Number on the list and number of the request."""
        row = selecting.rows(self.place, [id]).get(id)
        return f"{row.position} · {row.number}" if row is not None else ""

    def show_record(self) -> None:
        """Draw the item under the cursor."""
        self.panel.show_card(self.current_card(), empty="Kein Punkt ausgewählt.")
        self.refresh_bindings()

    def current_card(self) -> VorlageCard | None:
        """The item under the cursor, read now: the panel may be a moment behind.

        Raises:
            Busy: another desk holds the file just now.
        """
        if self.list.cursor is None:
            return None
        try:
            return card(self.place, self.list.cursor)
        except Busy:
            raise
        except Refusal:
            return None

    def show_by_id(self, table: str, row_id: int) -> None:  # noqa: ARG002
        """Put the cursor on an item, in the present split or in the one that has it.

        Raises:
            Refusal: it is gone, or another desk holds the file just now.
        """
        wanted = (self.split, *selecting.SPLITS)
        found = next((split for split in wanted if selecting.contains(self.place, split, row_id)), None)
        if found is None:
            raise Refusal("Dieser Punkt steht auf keiner Liste mehr.", "", "Wählen Sie einen anderen.")
        self.go_to(row_id, found)

    # Moving

    async def action_open(self) -> None:
        """From the panel to the request itself."""
        row = self._row() if self.panel.has_focus else None
        if row is not None and not row.hidden:
            await self.desk.open_record("request", row.request_id)

    def _row(self) -> VorlageRow | None:
        cursor = self.list.cursor
        return None if cursor is None else selecting.rows(self.place, [cursor]).get(cursor)

    # Verbs

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Verbs need an item that is not carried out yet."""
        if action in _VERBS and self.list.cursor is None:
            return False
        if action in _UNDECIDED and self.split == selecting.DONE:
            return False
        return super().check_action(action, parameters)

    def action_vorlage(self) -> None:
        """Off the list."""
        self.run_flow(flows.take_off)

    def action_vorlage_yes(self) -> None:
        """The mayor says yes."""
        self.run_flow(partial(flows.say, VorlageDecision.JA))

    def action_vorlage_no(self) -> None:
        """The mayor says no."""
        self.run_flow(partial(flows.say, VorlageDecision.NEIN))

    def action_vorlage_deputy(self) -> None:
        """Somebody stands in."""
        self.run_flow(flows.deputy)

    def action_vorlage_talk(self) -> None:
        """The mayor wants to talk about it."""
        self.run_flow(partial(flows.say, VorlageDecision.RUECKSPRACHE))

    def action_vorlage_remark(self) -> None:
        """What the mayor says besides."""
        self.run_flow(flows.remark)

    def action_vorlage_later(self) -> None:
        """To the list after this one."""
        self.run_flow(partial(flows.say, VorlageDecision.SPAETER))

    def action_vorlage_down(self) -> None:
        """Change places with the next item."""
        self._move(1)

    def action_vorlage_up(self) -> None:
        """Change places with the item before."""
        self._move(-1)

    @asking("verb")
    async def _move(self, by: int) -> None:
        cursor = self.list.cursor
        if cursor is None:
            return
        done = await self.desk.act(lambda place: verbs.move(place, cursor, by))
        if done is not None:
            self.desk.data_changed((("vorlage_item", cursor),))

    def action_vorlage_transfer(self) -> None:
        """Type the printed list in."""
        cursor = self.list.cursor
        if cursor is not None:
            self._whole(lambda: flows.transfer(self, cursor))

    def action_vorlage_carry_out(self) -> None:
        """Make outcomes of what was said."""
        self._whole(lambda: flows.carry_out(self, self.split))

    @asking()
    async def _whole(self, flow: Callable[[], Awaitable[Done | None]]) -> None:
        """A step on the whole list, said when it is done."""
        done = await flow()
        if done is not None:
            self.notify(f"{done.text} · u nimmt es zurück")
            self.desk.data_changed()

    @asking()
    async def action_vorlage_preview(self) -> None:
        """The list as text."""
        await self._paper(printing.preview)

    @asking()
    async def action_vorlage_print(self) -> None:
        """The list as a PDF file."""
        await self._paper(printing.to_pdf)

    async def _paper(self, flow: Callable[[VorlageScreen, int], Awaitable[None]]) -> None:
        cursor = self.list.cursor
        if cursor is not None:
            await flow(self, cursor)


_UNDECIDED = frozenset(
    (
        "vorlage",
        "vorlage_yes",
        "vorlage_no",
        "vorlage_deputy",
        "vorlage_talk",
        "vorlage_later",
        "vorlage_remark",
        "vorlage_down",
        "vorlage_up",
        "vorlage_transfer",
        "vorlage_carry_out",
    )
)
_VERBS = _UNDECIDED | {"vorlage_preview", "vorlage_print", "mark", "repeat"}
