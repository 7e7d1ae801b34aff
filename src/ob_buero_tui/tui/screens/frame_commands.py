"""The commands that every screen has: to the other screens, undo, search, help and the rest of the frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.screen import Screen

from ob_buero_tui.tui.commands import (
    AUSSONDERUNG,
    EINGANG,
    GREMIEN,
    JAHRESPLAN,
    KALENDER,
    OB_VORLAGE,
    PERSONEN,
    SICHERUNGEN,
    SITZUNGEN,
    THEMEN,
    VORLAGEN,
    WIEDERVORLAGEN,
    Command,
    chords_for,
)
from ob_buero_tui.tui.keys import KeyGate
from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.widgets.footer_line import FooterLine

if TYPE_CHECKING:
    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.tui.app import DeskApp
    from ob_buero_tui.tui.screens.base import DeskScreen


class FrameCommands(Screen[None], inherit_bindings=False):
    """Actions under the names that the bindings of every desk screen look for."""

    screen_key: ClassVar[str] = ""
    title_text: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__()
        self.footer = FooterLine(id="footer")
        self.gate = KeyGate(chords_for(self.screen_key))

    @property
    def desk(self) -> DeskApp:
        """The app, as what it is."""
        return cast("DeskApp", self.app)

    @property
    def place(self) -> Workplace:
        """What queries are called with."""
        return self.desk.place

    def run_command(self, command: Command) -> None:
        """Run a command chosen by a chord or from the palette."""
        raise NotImplementedError

    def action_undo(self) -> None:
        """Take back the newest action of this desk."""
        self.desk.action_undo()

    def action_redo(self) -> None:
        """Bring back what was taken back last."""
        self.desk.action_redo()

    async def action_show_inbox(self) -> None:
        """To the Eingang."""
        await self.desk.show_screen(EINGANG)

    async def action_show_calendar(self) -> None:
        """To the Kalender."""
        await self.desk.show_screen(KALENDER)

    async def action_show_meetings(self) -> None:
        """To the Sitzungen."""
        await self.desk.show_screen(SITZUNGEN)

    async def action_show_topics(self) -> None:
        """To the Themenspeicher."""
        await self.desk.show_screen(THEMEN)

    async def action_show_follow_ups(self) -> None:
        """To the Wiedervorlagen."""
        await self.desk.show_screen(WIEDERVORLAGEN)

    async def action_show_people(self) -> None:
        """To the Personen."""
        await self.desk.show_screen(PERSONEN)

    async def action_show_vorlage(self) -> None:
        """To the OB-Vorlage."""
        await self.desk.show_screen(OB_VORLAGE)

    async def action_show_ausfall(self) -> None:
        """To the Ausfall, or begin one."""
        from ob_buero_tui.tui.screens.flows.ausfall_day import show_ausfall

        await show_ausfall(self.desk, self.place.today)

    async def action_show_year_plan(self) -> None:
        """To the Jahresplan."""
        await self.desk.show_screen(JAHRESPLAN)

    async def action_show_bodies(self) -> None:
        """To the Gremien."""
        await self.desk.show_screen(GREMIEN)

    async def action_show_papers(self) -> None:
        """To the Vorlagen."""
        await self.desk.show_screen(VORLAGEN)

    async def action_show_disposal(self) -> None:
        """To the Aussonderung."""
        await self.desk.show_screen(AUSSONDERUNG)

    async def action_show_backups(self) -> None:
        """To the Sicherungen."""
        await self.desk.show_screen(SICHERUNGEN)

    @asking()
    async def action_go_date(self) -> None:
        """To a day of the calendar, in words."""
        from ob_buero_tui.tui.screens.flows.dates import ask_day

        day = await ask_day(cast("DeskScreen", self), "Zu welchem Tag?")
        if day is not None:
            await self.desk.show_day(day)

    async def action_show_trash(self) -> None:
        """To the trash."""
        await self.desk.show_trash()

    @asking()
    async def action_show_history(self) -> None:
        """All steps of all desks; one of them may be taken back."""
        from ob_buero_tui.tui.screens.flows.history import take_back

        await take_back(cast("DeskScreen", self))

    def action_repair(self) -> None:
        """Build anew what is derived from the records, after a question."""
        self.desk.action_repair()

    def action_switch_theme(self) -> None:
        """From light to dark and back."""
        self.desk.action_switch_theme()

    def action_quit(self) -> None:
        """Leave; everything is saved."""
        self.desk.exit(0)

    # Commands of the frame

    def action_go(self) -> None:
        """Wait for the letter that says where to."""
        self.gate.prefix.start()
        self.footer.show_hint(self.gate.prefix.hint(self.size.width - 1))

    def action_help(self) -> None:
        """Show the keys that work now."""
        from ob_buero_tui.tui.help import Help

        self.app.push_screen(Help(self, title=self.title_text))

    @asking()
    async def action_palette(self) -> None:
        """Choose any command by its name."""
        from ob_buero_tui.tui.palette import Palette, available

        chosen = await self.app.push_screen_wait(Palette(available(self), key=self.screen_key))
        if chosen is not None:
            self.run_command(chosen)

    @asking()
    async def action_search(self) -> None:
        """Search everything and open what was found."""
        from ob_buero_tui.tui.screens.flows.searching import search

        await search(cast("DeskScreen", self))

    @asking()
    async def action_show_numbers(self) -> None:
        """The office's numbers of this year and the last."""
        from ob_buero_tui.tui.screens.dialogs.numbers import NumbersDialog

        await self.app.push_screen_wait(NumbersDialog(self.place))

    @asking()
    async def action_take_call(self) -> None:
        """Take down a call, whatever is on the screen; it stays there."""
        from ob_buero_tui.tui.screens.flows.capture import take_call

        done = await take_call(self)
        if done is not None:
            self.notify(f"{done.text} · u nimmt es zurück")
            self.desk.data_changed()

    @asking()
    async def action_show_drop_folder(self) -> None:
        """What waits in the drop folder, and what was refused."""
        from ob_buero_tui.tui.screens.flows.drop_folder import show_drop_folder

        await show_drop_folder(self)

    @asking()
    async def action_read_in(self) -> None:
        """Read a file or folder in, whatever is on the screen."""
        from ob_buero_tui.tui.screens.flows.reading_in import read_in

        await read_in(self)

    @asking()
    async def action_take_text(self) -> None:
        """Make a request of pasted text, whatever is on the screen; it stays there."""
        from ob_buero_tui.tui.screens.flows.reading_in import take_text

        done = await take_text(self)
        if done is not None:
            self.notify(f"{done.text} · u nimmt es zurück")
            self.desk.data_changed((("request", done.ids[0]),))

    def action_privacy(self) -> None:
        """Cover names and texts, or show them again; an aid against looks, no access control."""
        self.desk.switch_shield()
