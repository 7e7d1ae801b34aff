"""What the tests of the whole app share: a driven desk that waits for what it sees, never for time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from textual import events
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation
from textual.keys import _character_to_key
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, TextArea
from widgets_kit import screen_text

from ob_buero_tui.office import Office
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.views import RecordView
from ob_buero_tui.tui.app import DeskApp
from ob_buero_tui.tui.keys import BurstGuard
from ob_buero_tui.tui.screens.base import DeskScreen
from ob_buero_tui.tui.screens.calendar import CalendarScreen
from ob_buero_tui.tui.screens.inbox import InboxScreen

S = TypeVar("S", bound=Screen[Any])
PATIENCE = 60.0


class Desk:
    """A running app and the hands at its keyboard."""

    def __init__(self, app: DeskApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys as a hand does: none of them belongs to a burst."""
        for key in keys:
            screen = self.app.screen
            if isinstance(screen, DeskScreen):
                screen.gate.guard = BurstGuard()
            self._send(key)
            await self.quiet()

    async def type(self, text: str) -> None:
        """Type a text into a field."""
        assert isinstance(self.app.focused, Input | TextArea)
        self.send(*text)
        await self.quiet()

    def send(self, *keys: str) -> None:
        """Keys faster than the app deals with them: all wait in its queue, as on a busy machine."""
        for key in keys:
            self._send(key)

    def burst(self, text: str) -> None:
        """Letters as a terminal without bracketed paste sends a pasted text: all at once."""
        self.send(*text)

    def _send(self, key: str) -> None:
        """What the driver does with a key."""
        name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
        event = events.Key(name, key if len(key) == 1 else None)
        event.set_sender(self.app)
        assert self.app._driver is not None
        self.app._driver.send_message(event)

    async def quiet(self) -> None:
        """Wait until a key has been to the focused widget and up to the app, twice, and all is laid out."""
        for _ in range(2):
            await self._through(self.app)
            focused = self.app.focused
            for node in [] if focused is None else focused.ancestors_with_self:
                await self._through(node)
            await self._through(self.app.screen)
        await self._through(self.app)

    async def _through(self, node: MessagePump) -> None:
        """Wait until a node has worked off what it has been sent so far, or the app has failed."""
        done = asyncio.Event()
        if node.call_later(done.set):
            waiting = {asyncio.ensure_future(each.wait()) for each in (done, self.app._exception_event)}
            _, late = await asyncio.wait(waiting, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
            for task in late:
                task.cancel()
            assert len(late) < 2, f"{node!r} does not answer"

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until something is so."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if self.app._exception is not None:
                raise self.app._exception
            if time.monotonic() > end:
                raise AssertionError(f"waited in vain; on the screen:\n{self.text}\n{self.toasts}")
            await self.pilot._wait_for_screen(timeout=PATIENCE)

    async def shows(self, text: str) -> None:
        """Wait until a text is on the screen."""
        await self.until(lambda: text in self.text)

    async def says(self, text: str) -> None:
        """Wait until a message says it."""
        await self.until(lambda: any(text in toast for toast in self.toasts))

    async def opened(self, kind: type[S]) -> S:
        """Wait until a screen or dialog of a kind is on top and drawn, and return it."""
        await self.until(lambda: isinstance(self.app.screen, kind) and self.app.screen.is_current)
        await self.quiet()
        screen = self.app.screen
        assert isinstance(screen, kind)
        await self.until(lambda: not screen._callbacks)  # the first record comes after the first rows
        return screen

    async def closed(self) -> None:
        """Wait until no dialog is open."""
        await self.until(lambda: isinstance(self.app.screen, DeskScreen))
        await self.quiet()

    @property
    def text(self) -> str:
        """Everything on the screen."""
        return screen_text(self.app)

    @property
    def toasts(self) -> list[str]:
        """The messages that are shown."""
        return [each.message for each in self.app._notifications]

    @property
    def inbox(self) -> InboxScreen:
        """The Eingang."""
        screen = self.app.desk_screen
        assert isinstance(screen, InboxScreen)
        return screen

    @property
    def calendar(self) -> CalendarScreen:
        """The Kalender."""
        screen = self.app.desk_screen
        assert isinstance(screen, CalendarScreen)
        return screen

    @property
    def cursor(self) -> int | None:
        """The request under the cursor."""
        return self.inbox.list.cursor

    @property
    def ids(self) -> list[int]:
        """The requests in the list."""
        return list(self.inbox.list._ids)

    def record(self, request_id: int) -> RecordView:
        """A request as it stands in the database."""
        return record(self.app.patient, request_id)


def only_when_looked_at(
    compositor: Compositor,
    full: bool = False,
    screen_stack: list[Screen[Any]] | None = None,
    simplify: bool = False,
) -> None:
    """What changed counts as drawn: nobody sits before this screen, and `Desk.text` draws all of it anew."""
    visible_screen_stack.set(screen_stack or [])
    compositor._dirty_regions.clear()


_RULES: dict[tuple[object, ...], list[RuleSet]] = {}
_parse_rules = Stylesheet._parse_rules


def parsed_once(
    sheet: Stylesheet, css: str, read_from: CSSLocation, *args: Any, **named: Any
) -> list[RuleSet]:
    """Rules of a stylesheet as Textual parses them, once for all apps of a run with the same colours."""
    key = (css, read_from, args, tuple(named.items()), tuple(sheet._variables.items()))
    if key not in _RULES:
        _RULES[key] = _parse_rules(sheet, css, read_from, *args, **named)
    return _RULES[key]


Stylesheet._parse_rules = parsed_once  # type: ignore[method-assign]
Compositor.render_update = only_when_looked_at  # type: ignore[method-assign,assignment]


@asynccontextmanager
async def at_desk(
    office: Office, *, size: tuple[int, int] = (120, 36), hold_seconds: float = 0, prepared: bool = True
) -> AsyncIterator[Desk]:
    """The app on an office, started, painted, and (if asked for) with nothing left to prepare."""
    app = DeskApp(office, hold_seconds=hold_seconds)
    async with app.run_test(size=size) as pilot:
        desk = Desk(app, pilot)
        started: list[bool] = []
        app.call_after_refresh(started.append, True)
        await desk.until(lambda: started)
        await desk.until(lambda: not prepared or not any(each.group == "prepare" for each in app.workers))
        yield desk
