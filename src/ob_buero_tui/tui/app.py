"""The app: the screens, the commands that work on all of them, and how a key becomes an action."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual import events
from textual.binding import BindingType
from textual.screen import Screen

from ob_buero_tui.config import ThemeName
from ob_buero_tui.office import Office
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.faults import Busy
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui import background, keyboard, shield
from ob_buero_tui.tui.command import key_name
from ob_buero_tui.tui.commands import EINGANG, KALENDER
from ob_buero_tui.tui.ending import ended
from ob_buero_tui.tui.hearing import Hearing
from ob_buero_tui.tui.places import HOME_OF, SCREENS
from ob_buero_tui.tui.screens.base import DeskScreen, records_at_stake
from ob_buero_tui.tui.theme import DARK, LIGHT, THEMES, other_theme, variable_defaults
from ob_buero_tui.tui.type_ahead import TypeAhead
from ob_buero_tui.tui.widgets.too_small import HORIZONTAL_BREAKPOINTS, VERTICAL_BREAKPOINTS

if TYPE_CHECKING:
    from ob_buero_tui.services.intake.drop_folder import DropFolder
    from ob_buero_tui.services.undo import Reverted
    from ob_buero_tui.services.watching import Watcher
    from ob_buero_tui.tui.calendar_watch import Watched
    from ob_buero_tui.tui.mending import RepairDue
    from ob_buero_tui.tui.screens.calendar import CalendarScreen
    from ob_buero_tui.tui.screens.inbox import InboxScreen

R = TypeVar("R")
CLOCK_SECONDS = 15
WAITING = "Ein anderer Arbeitsplatz speichert gerade; Ihr Schritt folgt gleich …"
RUNNING = "läuft … einen Augenblick; bis dahin geht nur Bewegen"
MEANWHILE = ("Es läuft noch ein Schritt.", "Drücken Sie die Taste danach noch einmal.")
TWO_WINDOWS = "Ein zweites Fenster ist offen; beide sind ein Platz: u gilt für beide."
FEW_RECORDS = 20
FEW_CHANGES = 200
"""Up to so many a step is through before the eye notices; a larger one runs in a thread."""


class DeskApp(Hearing, inherit_bindings=False):
    """The desk.

    Args:
        office: The open office.
        hold_seconds: How long a verb's key waits for a second one that would make it a burst; 0 in tests.
    """

    CSS_PATH = "app.tcss"
    TITLE = "OB-Büro"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []
    HORIZONTAL_BREAKPOINTS = HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = VERTICAL_BREAKPOINTS
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {**SCREENS}
    DEFAULT_MODE = EINGANG

    def __init__(self, office: Office, *, hold_seconds: float = 0.03) -> None:
        super().__init__(office)
        self.hold_seconds = hold_seconds
        for theme in THEMES:
            self.register_theme(theme)
        # Before the first paint: a look put on later is a second parsing of all styles and a second paint.
        self.theme = DARK if office.settings.theme is ThemeName.DUNKEL else LIGHT
        self.watcher: Watcher | None = None
        self.drop: DropFolder | None = None
        self.calendars: Watched | None = None
        self.ahead = TypeAhead()
        self.waiting = False
        """Whether a use case runs in a thread or waits for another desk's lock; no verb starts meanwhile."""
        self._told_waiting = False

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colour names, so that stylesheets are parsed before a theme is set."""
        return variable_defaults()

    def on_mount(self) -> None:
        """Begin what runs beside the screens after the first paint."""
        self._follow_signals()
        self.set_interval(CLOCK_SECONDS, self._tick)
        self.call_after_refresh(self._after_first_paint)

    def _after_first_paint(self) -> None:
        for notice in self.office.notices:
            self.notify(notice, severity="warning", timeout=20)
        if self.office.open_twice:
            self.notify(TWO_WINDOWS, timeout=12)
        background.start(self)

    def on_unmount(self) -> None:
        """Give the watcher's connection back before the office closes its engine."""
        watcher, self.watcher = self.watcher, None
        if watcher is not None:
            watcher.close()
        self._save_unsaved()

    def _tick(self) -> None:
        self._save_unsaved()
        background.follow_day(self)
        screen = self.desk_screen
        if screen is not None:
            screen.tick()

    def _save_unsaved(self) -> None:
        """Drafts that a full disk or a lock kept out are tried again."""
        if self.place.unsaved:
            from ob_buero_tui.services.drafts import save_unsaved

            save_unsaved(self.place)

    # How a key becomes an action

    async def on_event(self, event: events.Event) -> None:
        """A letter for a field that has not got the letters before it yet waits behind them."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            keeps = getattr(self.screen, "keeps", None)
            if keeps is not None and keeps(event):
                return
        await super().on_event(event)

    @property
    def desk_screen(self) -> DeskScreen | None:
        """The screen of the present mode, also while a dialog lies over it."""
        return next((screen for screen in self.screen_stack if isinstance(screen, DeskScreen)), None)

    async def act(self, call: Callable[[Workplace], R], *, long: bool = False) -> R | None:
        """Run a use case: at once, and once more with patience when another desk holds the lock.

        Args:
            long: Whether to run it in a thread from the start; a large batch is in any case.

        Returns:
            Its result, or None after a refusal, which was shown.
        """
        try:
            return await self.patiently(call, long=long or records_at_stake.get() > FEW_RECORDS)
        except Refusal as refusal:
            self.refuse(refusal)
            return None

    async def patiently(self, call: Callable[[Workplace], R], *, long: bool = False) -> R:
        """Run a use case like `act`, but leave a refusal to a dialog that shows it itself.

        Raises:
            Refusal: the use case refused, or another desk held the lock for too long.
        """
        hint = RUNNING
        try:
            if not long:
                try:
                    return call(self.place)
                except Busy:
                    hint = WAITING
            self._wait(hint)
            # Nothing ends a thread: who asked may be called off, the step is under way until it is through.
            step = asyncio.ensure_future(asyncio.to_thread(call, self.patient))
            step.add_done_callback(self._waited)
            return await asyncio.shield(step)
        except Refusal as refusal:
            if self.shielded:
                shield.cover_refusal(refusal)
            raise

    def _waited(self, step: asyncio.Future[R]) -> None:
        """A step has come to its end, whether somebody still asks for it or not."""
        _ = step.cancelled() or step.exception()  # whoever still asks gets it; nobody else is to be told
        if self.is_running:
            self._wait("")

    def _wait(self, hint: str) -> None:
        """Say that a step is under way, and that no other begins until it is through; empty ends it."""
        self.waiting, self._told_waiting = bool(hint), False
        screen = self.desk_screen
        if screen is not None:
            screen.footer.show_hint(hint)
            screen.refresh_bindings()

    def refuse_meanwhile(self, key: str) -> None:
        """Say once of a step that takes its time that no other key counts until it is through."""
        if not self._told_waiting:
            self._told_waiting = True
            self.refuse(Refusal(f"„{key_name(key)}“ wurde nicht ausgeführt.", *MEANWHILE))

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal: what, why, what to do now."""
        self.notify(str(refusal), severity="warning", timeout=12)

    def data_changed(self, focus: tuple[tuple[str, int], ...] = ()) -> None:
        """Let every screen read anew, the hidden ones when they are shown.

        Args:
            focus: Records to put the cursor on if a list has them, as table and key.
        """
        for mode in SCREENS:
            for screen in self._screen_stacks.get(mode, ()):
                if isinstance(screen, DeskScreen):
                    screen.data_changed(focus)

    # Commands that work on every screen

    def action_undo(self) -> None:
        """Take back the newest action of this desk."""
        from ob_buero_tui.services.undo import size_of_undo, undo

        if not self.waiting:
            self.run_worker(self.revert(undo, "Zurückgenommen", size_of_undo), group="revert")

    def action_redo(self) -> None:
        """Bring back what was taken back last."""
        from ob_buero_tui.services.undo import redo, size_of_redo

        if not self.waiting:
            self.run_worker(self.revert(redo, "Wiederhergestellt", size_of_redo), group="revert")

    async def revert(
        self, step: Callable[[Workplace], Reverted], word: str, size: Callable[[Workplace], int]
    ) -> None:
        """Take a step back or bring it back, say so, and show its records.

        Args:
            step: The use case.
            word: How the message begins.
            size: Counts the changes that it will write.
        """
        from ob_buero_tui.tui.screens.flows.correction import offer_correction

        try:
            done = await self.patiently(step, long=self._is_long(size))
        except Refusal as refusal:
            offer_correction(self, refusal)
            return
        self.clear_notifications()
        self.notify(f"{word}: {done.sentence}")
        self.data_changed(done.records)

    def _is_long(self, size: Callable[[Workplace], int]) -> bool:
        try:
            return size(self.place) > FEW_CHANGES
        except Busy:
            return True  # then it has to wait anyway, and better not here

    async def show_screen(self, key: str) -> None:
        """Go to a screen, into its list or grid."""
        await self._there(key, lambda screen: screen.arrive())

    async def show_trash(self) -> None:
        """Show the Eingang's trash."""
        await self._there(EINGANG, lambda screen: cast("InboxScreen", screen).choose_split(inbox.TRASH))

    async def show_pile(self, key: str) -> None:
        """Show a pile of the Eingang: one of the office, one's own, or what a search finds."""
        await self._there(EINGANG, lambda screen: cast("InboxScreen", screen).choose_split(key))

    async def open_record(self, table: str, row_id: int) -> None:
        """Show a record in its place: a request in the Eingang, an appointment on its day."""
        await self._there(HOME_OF[table], lambda screen: screen.show_by_id(table, row_id))

    async def show_day(self, wanted: date) -> None:
        """Show a day of the calendar."""
        await self._there(KALENDER, lambda screen: cast("CalendarScreen", screen).show_day(wanted))

    async def _there(self, key: str, step: Callable[[DeskScreen], object]) -> None:
        """Go to a screen and take a step there, once the screen stands: a new one is composed first."""
        await self.switch_mode(key)
        # Not what is on top: a dialog that was asked for a moment ago may have come to lie over it.
        screen = cast("DeskScreen", self.desk_screen)

        def take() -> None:
            try:
                step(screen)
            except Refusal as refusal:
                self.refuse(refusal)

        screen.call_later(take)

    def action_switch_theme(self) -> None:
        """From light to dark and back."""
        self.theme = other_theme(self.theme)

    def action_repair(self) -> None:
        """Build anew what is derived from the records, after a question."""
        from ob_buero_tui.tui.mending import ask_and_repair

        self.run_worker(ask_and_repair(self), group="repair", exclusive=True)

    # Messages of what runs beside the screens

    def on_repair_due(self, message: RepairDue) -> None:
        """Something derived is wrong; say what mends it, and leave the moment to whoever works."""
        self.notify(message.sentence, title="Prüfung", severity="warning", timeout=60)


def run_app(office: Office) -> int:
    """Run the desk until it is left.

    Returns:
        The exit status: 0, or 1 after a fault, which was said on stderr.
    """
    import sys

    keyboard.install()
    app = DeskApp(office)
    app.keeps_copies = True
    status = app.run()
    ended()
    if app.crashed or status is None:
        sys.stderr.write(
            "OB-Büro musste sich beenden. Alles Gespeicherte ist sicher; getippter Text liegt als Entwurf "
            "bereit. Bitte starten Sie neu. Der Fehler steht im Protokoll für die IT.\n"
        )
        return 1
    return status
