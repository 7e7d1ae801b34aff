"""The app: the screens, the commands that work on all of them, and how a key becomes an action."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar, TypeVar

from textual.app import App
from textual.binding import BindingType
from textual.notifications import SeverityLevel
from textual.screen import Screen

from ob_buero_tui.config import ThemeName
from ob_buero_tui.office import Office
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.faults import Busy
from ob_buero_tui.services.undo import Reverted, redo, undo
from ob_buero_tui.services.workplace import PATIENCE_MS, WORKER_PATIENCE_MS, Workplace
from ob_buero_tui.tui import background, keyboard
from ob_buero_tui.tui.commands import EINGANG, KALENDER
from ob_buero_tui.tui.screens.base import DeskScreen
from ob_buero_tui.tui.screens.calendar import CalendarScreen
from ob_buero_tui.tui.screens.inbox import InboxScreen
from ob_buero_tui.tui.theme import DARK, LIGHT, THEMES, other_theme, variable_defaults
from ob_buero_tui.tui.widgets.too_small import HORIZONTAL_BREAKPOINTS, VERTICAL_BREAKPOINTS

R = TypeVar("R")
LOG = logging.getLogger(__name__)
CLOCK_SECONDS = 15


class DeskApp(App[int], inherit_bindings=False):
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
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        EINGANG: InboxScreen,
        KALENDER: CalendarScreen,
    }
    DEFAULT_MODE = EINGANG

    def __init__(self, office: Office, *, hold_seconds: float = 0.03) -> None:
        super().__init__()
        self.office = office
        self.place: Workplace = office.place.with_patience(PATIENCE_MS)
        self.patient: Workplace = office.place.with_patience(WORKER_PATIENCE_MS)
        self.hold_seconds = hold_seconds
        self.crashed = False

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colour names, so that stylesheets are parsed before a theme is set."""
        return variable_defaults()

    def on_mount(self) -> None:
        """Put on the look, and begin what runs beside the screens after the first paint."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK if self.office.settings.theme is ThemeName.DUNKEL else LIGHT
        self._follow_signals()
        self.set_interval(CLOCK_SECONDS, self._tick)
        self.call_after_refresh(self._after_first_paint)

    def _after_first_paint(self) -> None:
        for notice in self.office.notices:
            self.notify(notice, severity="warning", timeout=20)
        background.start(self)

    def _follow_signals(self) -> None:
        """A closed window or a shutdown ends the app in order: drafts are saved, the terminal is reset."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            try:
                loop.add_signal_handler(number, self._leave)
            except (NotImplementedError, RuntimeError, ValueError):
                return  # no signals here: Windows, or not the main thread (tests)

    def _leave(self) -> None:
        for screen in self.screen_stack:
            save = getattr(screen, "save_draft", None)
            if save is not None:
                save()
        self.exit(0)

    def _tick(self) -> None:
        screen = self.desk_screen
        if screen is not None:
            screen.tick()

    # How a key becomes an action

    @property
    def desk_screen(self) -> DeskScreen | None:
        """The screen of the present mode, also while a dialog lies over it."""
        return next((screen for screen in self.screen_stack if isinstance(screen, DeskScreen)), None)

    async def act(self, call: Callable[[Workplace], R]) -> R | None:
        """Run a use case: at once, and once more with patience when another desk holds the lock.

        Returns:
            Its result, or None after a refusal, which was shown.
        """
        try:
            try:
                return call(self.place)
            except Busy:
                return await asyncio.to_thread(call, self.patient)
        except Refusal as refusal:
            self.refuse(refusal)
            return None

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal: what, why, what to do now."""
        self.notify(str(refusal), severity="warning", timeout=12)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,  # noqa: ARG002 nobody may switch it on
    ) -> None:
        """Show a message; it is cleaned and never read as markup, whoever sends it."""
        super().notify(
            clean(message, multiline=True),
            title=clean(title),
            severity=severity,
            timeout=timeout,
            markup=False,
        )

    def data_changed(self, focus: tuple[tuple[str, int], ...] = ()) -> None:
        """Let every screen read anew, the hidden ones when they are shown.

        Args:
            focus: Records to put the cursor on if a list has them, as table and key.
        """
        for mode in (EINGANG, KALENDER):
            for screen in self._screen_stacks.get(mode, ()):
                if isinstance(screen, DeskScreen):
                    screen.data_changed(focus)

    # Commands that work on every screen

    async def action_undo(self) -> None:
        """Take back the newest action of this desk."""
        await self._revert(undo, "Zurückgenommen")

    async def action_redo(self) -> None:
        """Bring back what was taken back last."""
        await self._revert(redo, "Wiederhergestellt")

    async def _revert(self, step: Callable[[Workplace], Reverted], word: str) -> None:
        from ob_buero_tui.tui.screens.flows.correction import offer_correction

        try:
            try:
                done = step(self.place)
            except Busy:
                done = await asyncio.to_thread(step, self.patient)
        except Refusal as refusal:
            offer_correction(self, refusal)
            return
        self.clear_notifications()
        self.notify(f"{word}: {done.sentence}")
        self.data_changed(done.records)

    def action_show_inbox(self) -> None:
        """To the Eingang."""
        self.switch_mode(EINGANG)

    def action_show_calendar(self) -> None:
        """To the Kalender."""
        self.switch_mode(KALENDER)

    async def open_record(self, table: str, row_id: int) -> None:
        """Show a record in its place: a request in the Eingang, an appointment on its day."""
        await self.switch_mode(EINGANG if table == "request" else KALENDER)
        screen = self.screen
        if isinstance(screen, InboxScreen):
            screen.show_request(row_id)
        elif isinstance(screen, CalendarScreen):
            screen.show_event(row_id)

    async def show_day(self, wanted: date) -> None:
        """Show a day of the calendar."""
        await self.switch_mode(KALENDER)
        screen = self.screen
        if isinstance(screen, CalendarScreen):
            screen.show_day(wanted)

    def action_switch_theme(self) -> None:
        """From light to dark and back."""
        self.theme = other_theme(self.theme)

    # Messages of what runs beside the screens

    def on_derived_ready(self, _message: background.DerivedReady) -> None:
        """Days and deadlines may read differently now."""
        self.data_changed()

    def on_others_changed(self, _message: background.OthersChanged) -> None:
        """Another desk wrote; show it."""
        self.data_changed()

    def on_damage_found(self, message: background.DamageFound) -> None:
        """Say so and keep saying so."""
        self.notify(message.sentence, title="Datenbank beschädigt", severity="error", timeout=3600)

    # The last resort

    def _handle_exception(self, error: Exception) -> None:
        """No traceback reaches a user: it goes to the log, the app ends, `run_app` says one sentence."""
        LOG.error("the app ended by %s", type(error).__name__, exc_info=error)
        self.crashed = True
        if self._exit_renderables or self._driver is None or self.is_headless:
            super()._handle_exception(error)
            return
        self._leave()


def run_app(office: Office) -> int:
    """Run the desk until it is left.

    Returns:
        The exit status: 0, or 1 after a fault, which was said on stderr.
    """
    import sys

    keyboard.install()
    app = DeskApp(office)
    status = app.run()
    if app.crashed or status is None:
        sys.stderr.write(
            "OB-Büro musste sich beenden. Alles Gespeicherte ist sicher; getippter Text liegt als Entwurf "
            "bereit. Bitte starten Sie neu. Der Fehler steht im Protokoll für die IT.\n"
        )
        return 1
    return status
