"""Ausfall: an absence of the mayor in one line, and what becomes of every appointment that it hits."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType

from ob_buero_tui.rules.ausfall_line import Absence, parse_change
from ob_buero_tui.rules.german import long_date, plural
from ob_buero_tui.services.ausfall.beginning import begin_ausfall, change_ausfall, close_ausfall
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.tui.commands import AUSFALL, bindings_for
from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.ausfall_view import AusfallSheet
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.flows import ausfall as flows
from ob_buero_tui.tui.widgets.absence_line import AbsenceLine

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done


class AusfallScreen(AusfallSheet):
    """One absence at a time: its line, its appointments, its calls."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for(AUSFALL)]

    def __init__(self) -> None:
        super().__init__()
        self._changing = False
        self._on: date | None = None

    # The line at the top

    def begin(self, on_day: date) -> None:
        """Show the Ausfall of a day; where there is none, ask for one."""
        self._on = on_day
        self.read_splits()
        fitting = [one for one in self.views.values() if one.start.date() <= on_day < one.end.date()]
        fitting = fitting or [
            one for one in self.views.values() if one.start.date() <= on_day <= one.end.date()
        ]
        if fitting:
            self.split = str(fitting[0].id)
            self.read(self.reload)
            self.arrive()
        elif self.views and on_day == self.place.today:
            self.arrive()
        else:
            today = on_day <= self.place.today
            self._ask("krank heute" if today else f"abwesend {long_date(on_day)}", changing=False)

    def arrive(self) -> None:
        """Into the list; the line stays while it is typed."""
        if not self.absence.typing:
            super().arrive()

    def _ask(self, value: str, *, changing: bool) -> None:
        self._changing = changing
        present = self._present() if changing else None
        title = "Wie lange? (wieder da ab do · bis mo)" if changing else "Ausfall: warum und wie lange?"
        self.absence.ask(value, flows.understand(self.place, present, self._on), title)

    def _present(self) -> Absence | None:
        view = self.view
        return Absence(reason=view.reason, start=view.start, end=view.end) if view is not None else None

    @on(AbsenceLine.Left)
    def _left(self) -> None:
        self.list.focus()

    @on(AbsenceLine.Taken)
    def _taken(self, message: AbsenceLine.Taken) -> None:
        self._enter(message.text)

    @asking("verb")
    async def _enter(self, text: str) -> None:
        now, calendar, present = self.place.now, office_calendar(self.place), self._present()
        key = self.ausfall_id
        if self._changing and present is not None:
            changed = parse_change(text, now, calendar, present)
            done = await self.desk.act(lambda place: change_ausfall(place, key, changed))
        else:
            made = flows.parse_new(text, self.place, self._on or now.date())
            done = await self.desk.act(lambda place: begin_ausfall(place, made))
        if done is None:
            return
        self.absence.done()
        self.split = str(done.ids[0])
        self._say(done)
        self.list.focus()

    def _say(self, done: Done) -> None:
        self.app.clear_notifications()
        self.notify(f"{done.text} · u nimmt es zurück")
        self.desk.data_changed()

    # Verbs

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Verbs on appointments need one; in the call list only its own verb acts."""
        if action in _ITEMS and (self.list.cursor is None or self.calls.has_focus):
            return False
        if action == "ausfall_tick" and not (self.calls.has_focus and self.calls.cursor is not None):
            return False
        if action in _WHOLE and self.view is None:
            return False
        return super().check_action(action, parameters)

    def action_ausfall_deputy(self) -> None:
        """Ask a deputy."""
        self.run_flow(flows.deputy)

    def action_ausfall_promised(self) -> None:
        """The deputy has said yes."""
        self.run_flow(flows.promised)

    def action_ausfall_cancel(self) -> None:
        """Call off, or the deputy has said no."""
        self.run_flow(flows.cancel)

    def action_ausfall_move(self) -> None:
        """Move to a typed day."""
        self.run_flow(flows.move)

    def action_ausfall_keep(self) -> None:
        """It stays."""
        self.run_flow(flows.keep)

    @asking("verb")
    async def action_ausfall_tick(self) -> None:
        """The call was made."""
        call, place = self.current_call, self.calls.ids
        at = place.index(call.id) if call is not None and call.id in place else 0
        done = await flows.tick(self, call) if call is not None else None
        if done is None:
            return
        self._say(done)
        # What is done sinks to the end of the list: the cursor stays with what is to be called.
        left = [one.id for one in self.view.calls if not one.done] if self.view is not None else []
        if left and not (call is not None and call.done):
            self.calls.select(left[min(at, len(left) - 1)])
        self.calls.focus()

    def action_ausfall_new(self) -> None:
        """Another absence."""
        self._on = None
        self._ask("krank heute", changing=False)

    def action_ausfall_change(self) -> None:
        """Longer or shorter."""
        self._ask("wieder da ab ", changing=True)

    @asking("verb")
    async def action_ausfall_close(self) -> None:
        """Put it away; what is open is said before."""
        view, key = self.view, self.ausfall_id
        if view is None:
            return
        left = [f"{view.open} offen"] if view.open else []
        left += [f"{view.waiting} angefragt"] if view.waiting else []
        left += [f"noch {plural(view.to_call, 'Anruf', 'Anrufe')}"] if view.to_call else []
        if left:
            text = f"Noch ist nicht alles geregelt: {', '.join(left)}. Die Termine bleiben, wie sie sind."
            question = Confirm(
                "Ausfall trotzdem abschließen?", text=text, yes="abschließen", enter_is_yes=False
            )
            if not await self.app.push_screen_wait(question):
                return
        done = await self.desk.act(lambda place: close_ausfall(place, key))
        if done is not None:
            self._say(done)


_ITEMS = frozenset(
    (
        *("ausfall_deputy", "ausfall_promised", "ausfall_cancel", "ausfall_move", "ausfall_keep"),
        *("mark", "repeat"),
    )
)
_WHOLE = frozenset(("ausfall_change", "ausfall_close"))
