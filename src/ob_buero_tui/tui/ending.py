"""How the app ends: in order on a signal; after a fault without a traceback and without losing typed text."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from typing import TYPE_CHECKING

from textual.app import App, ScreenStackError
from textual.css.query import NoMatches
from textual.dom import NoScreen
from textual.worker import WorkerFailed

from ob_buero_tui.rules.refusals import Refusal

if TYPE_CHECKING:
    from rich.console import RenderableType

LOG = logging.getLogger(__name__)


HANGS_SECONDS = 10.0
"""After so long an end that a signal asked for has not come, and nobody is there to wait for it."""


COPIES_SECONDS = 300.0
"""How long the last copy may take once nobody is there to wait for it."""

_TIMERS: list[threading.Timer] = []
"""The clocks that signals have started."""

_NOTHING_THERE = (NoScreen, NoMatches, ScreenStackError)
"""What Textual says to a flow whose screens are closed already."""


def end_for_sure(seconds: float = HANGS_SECONDS) -> threading.Timer:
    """End the process when it has not ended by itself: Textual's writer may wait for a terminal that is gone.

    Drafts are saved by then, and a transaction that is cut off is rolled back at the next opening.
    """
    timer = threading.Timer(seconds, os._exit, args=(0,))
    timer.daemon = True
    timer.start()
    _TIMERS.append(timer)
    return timer


def ended() -> None:
    """The screens have ended: what follows, as the last copy, has its own time, and no signal cuts it off."""
    if not _TIMERS:
        return
    for timer in _TIMERS:
        timer.cancel()
    _TIMERS.clear()
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    end_for_sure(COPIES_SECONDS)


class OrderlyEnd(App[int], inherit_bindings=False):
    """An app that keeps what is typed and resets the terminal, whatever ends it."""

    crashed = False
    """Whether a fault ended it; `run_app` then says one sentence."""

    def _follow_signals(self) -> None:
        """A closed window or a shutdown ends the app in order: drafts are saved, the terminal is reset."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP", "SIGINT"):
            try:
                loop.add_signal_handler(getattr(signal, name), self._leave)
                # The loop hears of a signal in its next turn. Where the terminal takes nothing more there is
                # none: Textual's `write` waits in it. This one comes in the middle of such a wait as well.
                signal.signal(getattr(signal, name), lambda *_: end_for_sure())
            except (AttributeError, NotImplementedError, RuntimeError, ValueError):
                return  # no signals here: Windows, or not the main thread (tests)

    def _leave(self) -> None:
        self.save_drafts()
        self.exit(0)

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal."""
        raise NotImplementedError

    def save_drafts(self) -> None:
        """Keep what is typed in every open form; a form that cannot any more must not stop the others."""
        for screen in [each for stack in self._screen_stacks.values() for each in stack]:
            save = getattr(screen, "save_draft", None)
            if save is not None:
                try:
                    save()
                except Exception as error:  # the app is ending; nobody else could deal with it
                    LOG.error("a draft was not saved: %s", type(error).__name__, exc_info=error)

    # Textual 8.2.8 sends every unhandled error through `_handle_exception`, which sets the exit code and then
    # calls one of the two below; both would print a traceback with the values of variables. A dead keyboard
    # thread calls `panic` alone. What remains here is Textual's own orderly end: it leaves the alternate
    # screen, switches the mouse off and restores the terminal's modes.

    def _handle_exception(self, error: Exception) -> None:
        """No traceback reaches a user: it goes to the log, the app ends, `run_app` says one sentence.

        A refusal that ends a worker ends only what was asked for, as where another desk holds the file.
        """
        if isinstance(error, WorkerFailed) and isinstance(error.error, Refusal):
            self.refuse(error.error)
            return
        gone = isinstance(error, WorkerFailed) and isinstance(error.error, _NOTHING_THERE)
        if gone and not self.is_running:
            # A flow came to its end while the app did: what it did is saved, there is nothing left to draw.
            LOG.info("a flow ended after the screens")
            return
        LOG.error("the app ended by %s", type(error).__name__, exc_info=_cause(error))
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Keep what was typed and end."""
        self._end_after_fault()

    def panic(self, *renderables: RenderableType) -> None:
        """Keep what was typed and end; what Textual wanted to print is not shown."""
        LOG.error("Textual gave up: %s", ", ".join(_told(each) for each in renderables))
        self._end_after_fault()

    def _end_after_fault(self) -> None:
        self._return_code = 1
        if not self.crashed:
            self.crashed = True
            self.save_drafts()
        self._close_messages_no_wait()


def _cause(error: Exception) -> BaseException:
    """What went wrong in a worker, instead of the fact that it failed."""
    return error.error if isinstance(error, WorkerFailed) else error


def _told(renderable: RenderableType) -> str:
    """What a keyboard thread died of, without values."""
    from rich.traceback import Traceback

    if isinstance(renderable, Traceback):
        return ", ".join(stack.exc_type for stack in renderable.trace.stacks)
    return type(renderable).__name__
