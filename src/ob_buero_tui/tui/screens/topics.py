"""Themenspeicher: what waits for a session, typed as lines and placed by a key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council import topic_list
from ob_buero_tui.services.council.topic_list import TopicRow
from ob_buero_tui.services.views import SplitView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.commands import THEMEN, bindings_for
from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.flows import topics as flows
from ob_buero_tui.tui.screens.verb_list import VerbList
from ob_buero_tui.tui.widgets.agenda_panel import AgendaPanel
from ob_buero_tui.tui.widgets.agenda_rows import draw_topic, topic_heading
from ob_buero_tui.tui.widgets.column_head import ColumnHead

EMPTY = {
    topic_list.WAITING: "Nichts wartet. + tippt ein Thema: Titel @Gremium (wer) ab Tag bis Tag.",
    topic_list.ON_AGENDA: "Kein Thema steht auf einer Tagesordnung.",
    topic_list.SETTLED: "Noch nichts ist erledigt oder entfallen.",
}
CALM = "Für dieses Gremium wartet nichts."


class TopicScreen(VerbList):
    """What waits, with body, days, paper and who brings it in."""

    screen_key = THEMEN
    title_text = "Themenspeicher"
    many = "Themen"
    first_split: ClassVar[str] = topic_list.WAITING
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for(THEMEN)]
    DEFAULT_CSS = """
    TopicScreen {
        & #side { width: 64%; }
        &.-narrow #side { width: 100%; }
    }
    """

    def __init__(self) -> None:
        self.panel = AgendaPanel(id="record", classes="pane")
        super().__init__(self.panel, draw_topic)

    def list_side(self) -> ComposeResult:
        """The list below the names of its columns."""
        yield self.headed_list(ColumnHead(topic_heading))

    # Reading

    def read_splits(self) -> Sequence[SplitView]:
        """What waits, what stands on an agenda, what is settled, and the bodies."""
        return topic_list.splits(self.place)

    def read_ids(self, place: Workplace, split: str) -> Sequence[int]:
        """The ordered topics of a split."""
        return topic_list.ids(place, split)

    def read_rows(self, ids: Sequence[int]) -> Mapping[int, TopicRow]:
        """The rows of some topics."""
        return topic_list.rows(self.place, ids)

    def placeholder(self, id: int) -> TopicRow:
        """The row to draw while the database does not answer."""
        return TopicRow(id=id, title="…")

    def table_of(self, split: str) -> str:  # noqa: ARG002
        """Topics, in every split."""
        return "topic"

    def empty_text(self, split: str, views: Sequence[SplitView]) -> str:  # noqa: ARG002
        """What an empty list says."""
        return EMPTY.get(split, CALM)

    def name_of_record(self, id: int) -> str:
        """The title of a topic."""
        row = topic_list.rows(self.place, [id]).get(id)
        return f"„{shorten(row.title, 40)}“" if row is not None else "Thema"

    def current_topic(self) -> TopicRow | None:
        """The topic under the cursor, read now.

        Raises:
            Busy: another desk holds the file just now.
        """
        cursor = self.list.cursor
        return None if cursor is None else topic_list.rows(self.place, [cursor]).get(cursor)

    def show_record(self) -> None:
        """Draw the topic under the cursor."""
        row = self.current_topic()
        history = topic_list.topic_history(self.place, row.id) if row is not None else ()
        self.panel.show_topic(row, history, empty="Kein Thema ausgewählt.")
        self.refresh_bindings()

    def show_by_id(self, table: str, row_id: int) -> None:  # noqa: ARG002
        """Put the cursor on a topic, in the split that has it.

        Raises:
            Refusal: it is gone, or another desk holds the file just now.
        """
        wanted = (self.split, topic_list.WAITING, topic_list.ON_AGENDA, topic_list.SETTLED)
        found = next((one for one in wanted if row_id in topic_list.ids(self.place, one)), None)
        if found is None:
            raise Refusal("Dieses Thema gibt es nicht mehr.", "", "Wählen Sie ein anderes.")
        self.go_to(row_id, found)

    # Moving

    async def action_open(self) -> None:
        """From the panel to where the topic stands."""
        await self.open_place()

    @on(AgendaPanel.Opened)
    async def open_place(self) -> None:
        """To the item on the agenda, else to the paper."""
        row = self.current_topic()
        if row is not None and row.item_id is not None:
            await self.desk.open_record("agenda_item", row.item_id)
        elif row is not None and row.paper_id is not None:
            await self.desk.open_record("paper", row.paper_id)
        else:
            self.notify("Dieses Thema steht auf keiner Tagesordnung. a setzt es auf eine.")

    async def action_show_agenda(self) -> None:
        """To the agenda the topic stands on, else to the next one."""
        row = self.current_topic()
        if row is not None and row.item_id is not None:
            await self.desk.open_record("agenda_item", row.item_id)
        else:
            await self.desk.show_screen("tagesordnung")

    # Verbs

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Verbs need a topic."""
        if action in _VERBS and self.list.cursor is None:
            return False
        return super().check_action(action, parameters)

    @asking()
    async def action_topic_add(self) -> None:
        """Type topics, one line each."""
        await flows.type_topics(self)

    def action_topic_place(self) -> None:
        """On an agenda."""
        self.run_flow(flows.place)

    @asking("verb")
    async def action_topic_edit(self) -> None:
        """Change the line."""
        cursor = self.list.cursor
        done = await flows.edit(self, cursor) if cursor is not None else None
        if done is not None:
            self.notify(f"{done.text} · u nimmt es zurück")
            self.desk.data_changed((("topic", done.ids[0]),))

    def action_topic_finish(self) -> None:
        """Needs no session any more."""
        self.run_flow(flows.finish)

    def action_topic_drop(self) -> None:
        """Nobody wants it any more."""
        self.run_flow(flows.drop)

    def action_topic_note(self) -> None:
        """Add a remark."""
        self.run_flow(flows.note, advance=False)


_VERBS = frozenset(
    ("topic_place", "topic_edit", "topic_finish", "topic_drop", "topic_note", "mark", "repeat")
)
