"""The Beratungsfolge of a paper: each key does one step at once, and the list shows what it comes to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from ob_buero_tui.rules.beratungsfolge import ENTSCHEIDUNG, KENNTNISNAHME, ROLES, VORBERATUNG
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.german import clock, long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.consultations import (
    add_consultation,
    change_consultation,
    drop_consultation,
    move_consultation,
)
from ob_buero_tui.services.council.paper_choices import bodies_to_consult, sessions_of
from ob_buero_tui.services.council.papers import paper_record
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.frame import Dialog
from ob_buero_tui.tui.widgets.choice_list import Choice, ChoiceList
from ob_buero_tui.tui.widgets.paper_panel import station_text

if TYPE_CHECKING:
    from ob_buero_tui.services.council.paper_views import PaperRecord, SessionChoice, StationLine
    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.tui.app import DeskApp

KEYS = "+ Station · m Sitzung · z Zuständigkeit · J K umstellen · D heraus · Enter hin · Esc fertig"
LATER = "ohne"


class WayDialog(Dialog[tuple[str, int] | None]):
    """Returns the session to go to, or None.

    Args:
        paper_id: The paper; this office leads it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", show=False),
        Binding("up,k", "move(-1)", show=False),
        Binding("enter", "open", "zur Sitzung"),
        Binding("escape,q", "cancel", "fertig"),
    ]
    DEFAULT_CSS = """
    WayDialog {
        & > .dialog-box { width: 100; }
        & ChoiceList { max-height: 40vh; }
        & #about { height: auto; min-height: 3; padding: 1 0 0 0; color: $error; }
    }
    """
    reads_ahead = False

    def __init__(self, desk: DeskApp, paper_id: int) -> None:
        super().__init__("Beratungsfolge", keys=KEYS)
        self._desk, self._paper_id = desk, paper_id
        self._list = ChoiceList(empty="Noch keine Station. + nimmt die erste auf.")
        self._view: PaperRecord | None = None

    def body(self) -> list[Widget]:
        """The steps, and what is wrong with them."""
        return [self._list, Static(id="about")]

    def on_mount(self) -> None:
        """Begin in the list."""
        self._read()
        self._list.focus()

    def on_key(self, event: events.Key) -> None:
        """Each verb has its letter."""
        verbs: dict[str, Callable[[], object]] = {
            "+": self._add,
            "m": self._choose_session,
            "z": self._choose_role,
            "J": lambda: self._shift(1),
            "K": lambda: self._shift(-1),
            "D": self._drop,
            "u": self._undo,
        }
        verb = verbs.get(event.character or "")
        if verb is not None:
            event.stop()
            verb()

    def action_move(self, entries: int) -> None:
        """Move the cursor."""
        self._list.move(entries)

    def action_open(self) -> None:
        """To the session of the step under the cursor."""
        one = self._station()
        if one is not None and one.meeting_id is not None:
            self.dismiss(("meeting", one.meeting_id))

    def action_cancel(self) -> None:
        """Everything is done already."""
        self.dismiss(None)

    # Reading

    def _read(self, current: int | None = None) -> None:
        try:
            view = self._view = paper_record(self._desk.place, self._paper_id)
        except Refusal as refusal:
            self._desk.refuse(refusal)
            return
        self.query_one(".dialog-box").border_title = label(f"{view.reference}: Beratungsfolge")
        choices = [
            Choice(
                key=str(one.id),
                label=f"{'!' if one.problems else ' '} {number:2}  {station_text(one)}",
                hint="entscheidet" if one.decides else "",
            )
            for number, one in enumerate(view.stations, start=1)
        ]
        here = str(current) if current is not None else self._list.current.key if self._list.current else None
        self._list.show(choices, current=here)
        self._tell()

    def _tell(self) -> None:
        stations = self._view.stations if self._view else ()
        texts = [text for one in stations for text in (*one.problems, *one.remarks)]
        texts += [text for text in (self._view.lacks if self._view else ()) if "entscheide" in text]
        self.query_one("#about", Static).update(
            label("\n".join(f"! {text}" for text in texts), multiline=True)
        )

    def _station(self) -> StationLine | None:
        here = self._list.current
        stations = self._view.stations if self._view else ()
        return next((one for one in stations if here is not None and str(one.id) == here.key), None)

    # Verbs

    async def _do(self, step: Callable[[Workplace], Done], current: int | None = None) -> None:
        done = await self._desk.act(step)
        if done is not None:
            self._desk.data_changed()
            self._read(current)

    @work(exclusive=True, group="step")
    async def _shift(self, by: int) -> None:
        one = self._station()
        if one is not None:
            await self._do(lambda place: move_consultation(place, one.id, by), one.id)

    @work(exclusive=True, group="step")
    async def _drop(self) -> None:
        one = self._station()
        if one is not None:
            await self._do(lambda place: drop_consultation(place, one.id))

    @work(exclusive=True, group="step")
    async def _undo(self) -> None:
        from ob_buero_tui.services.undo import size_of_undo, undo

        await self._desk.revert(undo, "Zurückgenommen", size_of_undo)
        self._read()

    @work(exclusive=True, group="step")
    async def _add(self) -> None:
        bodies = {str(key): name for key, name in bodies_to_consult(self._desk.place)}
        choices = [Choice(key=key, label=shorten(name, 70)) for key, name in bodies.items()]
        chosen = await self.app.push_screen_wait(Choose("Welches Gremium?", choices))
        if chosen is None:
            return
        role = await self._asked_role(self._usual_role())
        if role is None:
            return
        meeting = await self._asked_session([int(chosen)])
        if meeting is not None:
            await self._do(
                lambda place: add_consultation(
                    place,
                    self._paper_id,
                    int(chosen),
                    role,
                    meeting_id=None if meeting == LATER else int(meeting),
                )
            )
            if self._view is not None and self._view.stations:
                self._read(self._view.stations[-1].id)

    @work(exclusive=True, group="step")
    async def _choose_role(self) -> None:
        one = self._station()
        role = await self._asked_role(one.role) if one is not None else None
        if one is not None and role is not None:
            await self._do(lambda place: change_consultation(place, one.id, role), one.id)

    @work(exclusive=True, group="step")
    async def _choose_session(self) -> None:
        one = self._station()
        chosen = await self._asked_session(one.organization_ids, one.meeting_id) if one is not None else None
        if one is None or chosen is None:
            return
        if chosen == LATER:
            await self._do(lambda place: change_consultation(place, one.id, unset_meeting=True), one.id)
        else:
            await self._do(lambda place: change_consultation(place, one.id, meeting_id=int(chosen)), one.id)

    def _usual_role(self) -> str:
        """Preparing bodies first; who decides comes after them."""
        stations = self._view.stations if self._view else ()
        kind = self._view.kind if self._view else ""
        if kind in ("mitteilung", "bericht", "anfrage"):
            return KENNTNISNAHME
        return ENTSCHEIDUNG if stations and not any(one.decides for one in stations) else VORBERATUNG

    async def _asked_role(self, current: str) -> str | None:
        choices = [Choice(key=role, label=role) for role in ROLES]
        return await self.app.push_screen_wait(
            Choose("Wozu liegt sie dem Gremium vor?", choices, current=current)
        )

    async def _asked_session(
        self, bodies: tuple[int, ...] | list[int], current: int | None = None
    ) -> str | None:
        """A session of these bodies; the first one after the last step is proposed."""
        offered = sessions_of(self._desk.place, list(bodies))
        starts = [one.start for one in (self._view.stations if self._view else ()) if one.start is not None]
        if current is None and starts:
            current = next((one.meeting_id for one in offered if one.start > max(starts)), None)
        choices = [*map(session_choice, offered), Choice(key=LATER, label="noch keine Sitzung")]
        return await self.app.push_screen_wait(
            Choose("In welcher Sitzung?", choices, current=str(current) if current is not None else None)
        )


def session_choice(one: SessionChoice) -> Choice:
    """A coming session to choose, with the last day of its dispatch."""
    last = f"Versand bis {one.dispatch.day}.{one.dispatch.month:02}." if one.dispatch else ""
    return Choice(
        key=str(one.meeting_id),
        label=f"{long_date(one.start.date())} {clock(one.start)} {shorten(one.body, 40)}",
        hint=last if one.reached else f"{last} vorbei: Nachtrag",
    )
