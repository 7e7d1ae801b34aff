"""The Tagesordnung as it is read: the items of one session; the digits choose among the sessions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council import agenda_page
from ob_buero_tui.services.council.agenda_page import AgendaPage
from ob_buero_tui.services.council.views import AgendaRow
from ob_buero_tui.services.faults import Busy
from ob_buero_tui.services.views import SplitView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.commands import TAGESORDNUNG
from ob_buero_tui.tui.screens.verb_list import VerbList
from ob_buero_tui.tui.widgets.agenda_panel import AgendaPanel
from ob_buero_tui.tui.widgets.agenda_rows import draw_item, item_heading
from ob_buero_tui.tui.widgets.column_head import ColumnHead
from ob_buero_tui.tui.widgets.title_line import Piece

NO_SESSION = "Keine Sitzung steht bevor. Unter Sitzungen (F4) legt + eine an."
EMPTY = "Noch kein Punkt. I setzt die Standardpunkte ein, a nimmt ein Thema auf, + tippt einen Punkt."


class AgendaSheet(VerbList):
    """What the Tagesordnung shows; `AgendaScreen` adds what can be done."""

    screen_key = TAGESORDNUNG
    title_text = "Tagesordnung"
    many = "Punkte"
    DEFAULT_CSS = """
    AgendaSheet {
        & #side { width: 62%; }
        &.-narrow #side { width: 100%; }
    }
    """

    def __init__(self) -> None:
        self.panel = AgendaPanel(id="record", classes="pane")
        super().__init__(self.panel, draw_item)
        self._page: AgendaPage | None = None

    def list_side(self) -> ComposeResult:
        """The list below the names of its columns."""
        yield self.headed_list(ColumnHead(item_heading))

    # Reading

    @property
    def meeting_id(self) -> int | None:
        """The session whose agenda is shown."""
        return agenda_page.meeting_of(self.split)

    @property
    def public_here(self) -> bool:
        """Whether the item under the cursor stands in the public part."""
        row = self.current_item()
        return row is None or row.public is not False

    def read_splits(self) -> Sequence[SplitView]:
        """The coming sessions; the first one where none was chosen."""
        found = agenda_page.splits(self.place, self.split)
        if not self.split and found:
            self.split = found[0].key
        return found

    def read_ids(self, place: Workplace, split: str) -> Sequence[int]:
        """The items of a session."""
        meeting_id = agenda_page.meeting_of(split)
        return agenda_page.item_ids(place, meeting_id) if meeting_id is not None else ()

    def read_rows(self, ids: Sequence[int]) -> Mapping[int, AgendaRow]:
        """The rows of some items."""
        return agenda_page.item_rows(self.place, ids)

    def placeholder(self, id: int) -> AgendaRow:
        """The row to draw while the database does not answer."""
        return AgendaRow(id=id, number="", name="…")

    def table_of(self, split: str) -> str:  # noqa: ARG002
        """Items, in every split."""
        return "agenda_item"

    def empty_text(self, split: str, views: Sequence[SplitView]) -> str:  # noqa: ARG002
        """What an empty agenda says."""
        meeting_id = agenda_page.meeting_of(split)
        if meeting_id is None:
            return NO_SESSION
        locked = agenda_page.page(self.place, meeting_id).locked
        return f"Noch kein Punkt. {locked}" if locked else EMPTY

    def name_of_record(self, id: int) -> str:
        """The number of an item."""
        row = agenda_page.item_rows(self.place, [id]).get(id)
        return f"TOP {row.number}" if row is not None and row.number else "Punkt"

    def name_of(self, split: str, views: Sequence[SplitView]) -> str:
        """Body and day in full: the bar has room for a word of it."""
        meeting_id = agenda_page.meeting_of(split)
        if meeting_id is None:
            return super().name_of(split, views)
        page = agenda_page.page(self.place, meeting_id)
        return f"{page.title} · {page.when}"

    def current_item(self) -> AgendaRow | None:
        """The item under the cursor, read now.

        Raises:
            Busy: another desk holds the file just now.
        """
        cursor = self.list.cursor
        return None if cursor is None else agenda_page.item_rows(self.place, [cursor]).get(cursor)

    def show_record(self) -> None:
        """Draw the session and the item under the cursor."""
        self._page = None
        if self.meeting_id is not None:
            try:
                self._page = agenda_page.page(self.place, self.meeting_id)
            except Busy:
                raise
            except Refusal:
                self._page = None
        self.panel.show_item(self._page, self.current_item(), empty=NO_SESSION)
        self.refresh_bindings()

    def title_middle(self) -> list[Piece]:
        """What the panel says of the session, as a narrow terminal shows the list alone."""
        page = self._page
        if page is None or not (page.locked or page.late):
            return []
        return [Piece(text="! nur zu lesen" if page.locked else "! nach dem Versand", tone="warning", keep=2)]

    def show_by_id(self, table: str, row_id: int) -> None:
        """Show a session's agenda, or put the cursor on an item.

        Raises:
            Refusal: it is gone, or another desk holds the file just now.
        """
        if table == "agenda_item":
            self.go_to(row_id, agenda_page.split_of(agenda_page.meeting_of_item(self.place, row_id)))
            return
        agenda_page.page(self.place, row_id)
        self.choose_split(agenda_page.split_of(row_id))
