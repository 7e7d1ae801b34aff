"""Gremien: bodies, fractions and offices with their people on a day, and who is responsible for what."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import BindingType

from ob_buero_tui.rules.body_kinds import BodyKind
from ob_buero_tui.services.council.body_view import RESPONSIBLE
from ob_buero_tui.services.council.responsibilities import ResponsibilityLine
from ob_buero_tui.tui.commands import GREMIEN, bindings_for
from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.bodies_view import BodiesSheet
from ob_buero_tui.tui.screens.flows import bodies as flows
from ob_buero_tui.tui.screens.flows import members as member_flows
from ob_buero_tui.tui.screens.flows.dates import ask_day
from ob_buero_tui.tui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done


class BodiesScreen(BodiesSheet):
    """Bodies at the left, at the right what the one under the cursor is and who sits in it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for(GREMIEN)]

    @on(RecordList.Opened, "#members")
    async def open_member(self) -> None:
        """To the person."""
        member = self.member
        if member is not None:
            await self.desk.open_record("person", member.line.person_id)

    @asking()
    async def action_go_date(self) -> None:
        """Show another day."""
        day = await ask_day(self, "Gremien und Mitglieder an welchem Tag?")
        if day is not None:
            self._show_day(day)

    def action_body_today(self) -> None:
        """Show today."""
        self._show_day(None)

    def _show_day(self, day: date | None) -> None:
        self._day = None if day == self.place.today else day
        self.read(self.reload)
        self.show_title()

    # Verbs

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Verbs on members need one; those on a body or a responsibility that it is under the cursor."""
        if action in _ON_MEMBERS and self.member is None:
            return False
        if action in _ON_ANY and self.list.cursor is None:
            return False
        if action == "copy" and self.view is None:
            return False
        return super().check_action(action, parameters)

    def action_body_new(self) -> None:
        """A new member, body or responsibility, by the pane."""
        view = self.view
        if self.split == RESPONSIBLE:
            self._carry_out(lambda: flows.new_responsibility(self), follow=True)
        elif self.members.has_focus and view is not None:
            self._carry_out(lambda: member_flows.new(self, view))
        else:
            self._carry_out(lambda: flows.new_body(self, BodyKind(self.split)), follow=True)

    def action_body_edit(self) -> None:
        """Edit what is under the cursor."""
        view, member, row = self.view, self.member, self._responsibility()
        if row is not None:
            self._carry_out(lambda: flows.correct_responsibility(self, row))
        elif view is not None and member is not None:
            self._carry_out(lambda: member_flows.change(self, view, member))
        elif view is not None:
            self._carry_out(lambda: flows.edit(self, view))

    def action_body_end(self) -> None:
        """Enter the last day of what is under the cursor."""
        view, member, row = self.view, self.member, self._responsibility()
        if row is not None:
            self._carry_out(lambda: flows.close_responsibility(self, row))
        elif view is not None and member is not None:
            self._carry_out(lambda: member_flows.end(self, view, member))
        elif view is not None:
            self._carry_out(lambda: flows.end(self, view))

    def action_body_substitute(self) -> None:
        """Somebody stands in for the member."""
        view, member = self.view, self.member
        if view is not None and member is not None:
            self._carry_out(lambda: member_flows.substitute(self, view, member))

    def action_body_drop(self) -> None:
        """Take out a place that was entered by mistake."""
        member = self.member
        if member is not None:
            self._carry_out(lambda: member_flows.drop(self, member))

    def action_body_fraction(self) -> None:
        """Another fraction in all bodies."""
        member = self.member
        if member is not None:
            self._carry_out(lambda: member_flows.change_fractions(self, member))

    @asking()
    async def action_places_at(self) -> None:
        """Where the member was on a day."""
        member = self.member
        if member is not None:
            await member_flows.places_at(self, member.line.person_id)

    def action_copy(self) -> None:
        """Copy the members as a list."""
        if self.view is not None:
            self.app.copy_to_clipboard(member_flows.members_text(self.view, self.day))
            self.notify("Mitglieder kopiert")

    def _responsibility(self) -> ResponsibilityLine | None:
        return self.current_responsibility() if self.split == RESPONSIBLE else None

    @asking("verb")
    async def _carry_out(
        self, flow: Callable[[], Coroutine[Any, Any, Done | None]], *, follow: bool = False
    ) -> None:
        """Ask and do; the cursor stays, or goes to what is new."""
        before = self.members.cursor
        done = await flow()
        if done is None:
            return
        self.app.clear_notifications()
        self.notify(f"{done.text} · u nimmt es zurück")
        self.desk.data_changed()
        if follow and self.list.select(done.ids[0]):
            self.read(self.show_record)
        if before is not None:
            self.members.select(before)


_ON_MEMBERS = frozenset(("body_substitute", "body_drop", "body_fraction", "places_at"))
_ON_ANY = frozenset(("body_edit", "body_end", "copy"))
