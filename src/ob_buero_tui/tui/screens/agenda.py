"""Tagesordnung: the items of a session, built and changed by keys."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType

from ob_buero_tui.services.council import agenda_moves
from ob_buero_tui.services.council.views import AgendaRow
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.commands import SITZUNGEN, TAGESORDNUNG, bindings_for
from ob_buero_tui.tui.screens.agenda_view import AgendaSheet
from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.council_results import CouncilResults
from ob_buero_tui.tui.screens.flows import agenda as flows
from ob_buero_tui.tui.widgets.agenda_panel import AgendaPanel

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.tui.screens.flows.batch import Batch

_ON_ITEMS = frozenset(
    (
        *("agenda_edit", "agenda_result", "agenda_withdraw", "agenda_return", "agenda_part"),
        *("agenda_remove", "agenda_move_to", "agenda_down", "agenda_up", "agenda_indent", "agenda_outdent"),
        *("mark", "repeat"),
    )
)
_ON_SESSION = frozenset(
    ("agenda_add", "agenda_standard", "agenda_topic", "agenda_preview", "agenda_print", "agenda_copy")
)


class AgendaScreen(AgendaSheet, CouncilResults):
    """One session's agenda, and what is done to it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for(TAGESORDNUNG)]

    def meeting_at_hand(self) -> int | None:
        """The session whose agenda is shown."""
        return self.meeting_id

    # Moving

    async def action_open(self) -> None:
        """From the panel to the paper."""
        await self.open_paper()

    @on(AgendaPanel.Opened)
    async def open_paper(self) -> None:
        """To the paper of the item under the cursor."""
        row = self.current_item()
        if row is not None and row.paper_id is not None:
            await self.desk.open_record("paper", row.paper_id)
        else:
            self.notify("Zu diesem Punkt gibt es keine Vorlage.")

    async def action_back(self) -> None:
        """From the list back to the session."""
        if self.list.has_focus and not self.has_class("-reading") and self.meeting_id is not None:
            await self.desk.open_record("meeting", self.meeting_id)
        elif self.list.has_focus and not self.has_class("-reading"):
            await self.desk.show_screen(SITZUNGEN)
        else:
            self.arrive()

    # Verbs

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Verbs need an item, or at least a session."""
        if action in _ON_ITEMS and self.list.cursor is None:
            return False
        if action in _ON_SESSION and self.meeting_id is None:
            return False
        return super().check_action(action, parameters)

    @asking()
    async def action_agenda_add(self) -> None:
        """Type items, one line each."""
        if self.meeting_id is not None:
            await flows.type_items(self, self.meeting_id)

    def action_agenda_standard(self) -> None:
        """Put the standard items on."""
        self._on_session(flows.add_standard)

    def action_agenda_topic(self) -> None:
        """Put on what waits."""
        self._on_session(flows.take_waiting)

    def action_agenda_edit(self) -> None:
        """Change title and general term."""
        self._on_item(flows.edit)

    @asking("verb")
    async def action_agenda_result(self) -> None:
        """What became of the item."""
        from ob_buero_tui.tui.screens.flows.results import enter_result

        if self.list.cursor is not None:
            self._say(await enter_result(self, self.list.cursor))

    def action_agenda_withdraw(self) -> None:
        """Take off, with the reason."""
        self.run_flow(flows.withdraw, advance=False)

    def action_agenda_return(self) -> None:
        """Back to the Themenspeicher."""
        self.run_flow(flows.give_back)

    def action_agenda_part(self) -> None:
        """Into the other part."""
        self.run_flow(flows.change_part, advance=False)

    def action_agenda_remove(self) -> None:
        """Off the agenda."""
        self.run_flow(flows.strike)

    def action_agenda_move_to(self) -> None:
        """To another session."""
        meeting_id = self.meeting_id

        async def flow(screen: AgendaScreen, batch: Batch) -> Done | None:
            return await flows.to_other_session(screen, batch, meeting_id) if meeting_id is not None else None

        self.run_flow(flow)

    def action_agenda_down(self) -> None:
        """Past the next item."""
        self._place(lambda place, key: agenda_moves.move_item(place, key, 1))

    def action_agenda_up(self) -> None:
        """Past the item before."""
        self._place(lambda place, key: agenda_moves.move_item(place, key, -1))

    def action_agenda_indent(self) -> None:
        """One level deeper."""
        self._place(lambda place, key: agenda_moves.indent_item(place, key, 1))

    def action_agenda_outdent(self) -> None:
        """One level higher."""
        self._place(lambda place, key: agenda_moves.indent_item(place, key, -1))

    @asking("verb")
    async def _place(self, step: Callable[[Workplace, int], Done]) -> None:
        cursor = self.list.cursor
        if cursor is not None and await self.desk.act(lambda place: step(place, cursor)) is not None:
            self.desk.data_changed((("agenda_item", cursor),))

    @asking("verb")
    async def _on_session(self, flow: Callable[[AgendaScreen, int], Awaitable[Done | None]]) -> None:
        if self.meeting_id is not None:
            self._say(await flow(self, self.meeting_id))

    @asking("verb")
    async def _on_item(self, flow: Callable[[AgendaScreen, AgendaRow], Awaitable[Done | None]]) -> None:
        row = self.current_item()
        if row is not None:
            self._say(await flow(self, row))

    def _say(self, done: Done | None) -> None:
        if done is not None:
            self.app.clear_notifications()
            self.notify(f"{done.text} · u nimmt es zurück")
            self.desk.data_changed((("agenda_item", done.ids[0]),) if done.ids else ())

    @asking()
    async def action_agenda_preview(self) -> None:
        """The agenda as text."""
        if self.meeting_id is not None:
            await flows.preview(self, self.meeting_id)

    @asking()
    async def action_agenda_print(self) -> None:
        """The agenda as a PDF file."""
        if self.meeting_id is not None:
            await flows.to_pdf(self, self.meeting_id)

    @asking()
    async def action_agenda_copy(self) -> None:
        """The public agenda into the clipboard."""
        if self.meeting_id is not None:
            flows.copy(self, self.meeting_id)
