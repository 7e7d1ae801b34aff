"""Empties the drop folder while the app runs: a look every few seconds, in a thread, never two at once."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from textual.message import Message
from textual.worker import get_current_worker

from ob_buero_tui.services.intake.drop_folder import DropFolder, DropNews

if TYPE_CHECKING:
    from ob_buero_tui.tui.app import DeskApp

LOOK_SECONDS = 3.0
GROUP = "drop"
LOG = logging.getLogger(__name__)


class DropTold(Message):
    """The drop folder brought something, or there is something to say of it."""

    def __init__(self, news: DropNews) -> None:
        super().__init__()
        self.news = news


def start(app: DeskApp) -> None:
    """Watch the drop folder, where there is one."""
    folder = app.place.drop_folder
    if folder is not None:
        app.drop = DropFolder(app.patient, folder)
        app.set_interval(LOOK_SECONDS, lambda: look(app))


def look(app: DeskApp) -> None:
    """Begin a look, unless one is under way."""
    drop = app.drop
    if drop is None or any(worker.group == GROUP and not worker.is_finished for worker in app.workers):
        return
    app.run_worker(
        lambda: _look(app, drop), name=GROUP, group=GROUP, thread=True, exclusive=True, exit_on_error=False
    )


def _look(app: DeskApp, drop: DropFolder) -> None:
    """In a thread: touches no widget, ends with a message."""
    worker = get_current_worker()
    try:
        news = drop.poll(app.place.now, lambda: worker.is_cancelled)
    except Exception as error:
        # The next look begins from what is on the disk; nothing was moved that was not taken in.
        LOG.error("the drop folder was not emptied: %s", type(error).__name__, exc_info=error)
        return
    if news:
        app.post_message(DropTold(news))
