"""Makes copies while the app runs: after the first paint and every half hour, in a thread, if one is due."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from textual.message import Message

from ob_buero_tui.rules.refusals import Refusal

if TYPE_CHECKING:
    from ob_buero_tui.tui.app import DeskApp

EVERY_SECONDS = 30 * 60.0
GROUP = "backup"
FAILED = "Die Sicherung ist nicht gelungen. Die technische Ursache steht im Protokoll."
LOG = logging.getLogger(__name__)


class BackupTold(Message):
    """A copy was made, or there is something to say of one."""

    def __init__(self, told: tuple[str, ...]) -> None:
        super().__init__()
        self.told = told


def start(app: DeskApp) -> None:
    """Look now and every half hour whether a copy is due."""
    app.set_interval(EVERY_SECONDS, lambda: look(app))
    look(app)


def look(app: DeskApp) -> None:
    """Begin a copy, unless one is under way or nothing may be written here."""
    busy = any(worker.group == GROUP and not worker.is_finished for worker in app.workers)
    if busy or app.place.backups is None or app.place.read_only:
        return
    app.run_worker(
        lambda: _keep(app), name=GROUP, group=GROUP, thread=True, exclusive=True, exit_on_error=False
    )


def _keep(app: DeskApp) -> None:
    """In a thread: touches no widget, ends with a message."""
    from ob_buero_tui.services.backups.keeping import keep_copy

    there = app.patient.backups
    if there is None:
        return
    try:
        kept = keep_copy(there, app.patient.clock())
    except Refusal as refusal:
        app.post_message(BackupTold((str(refusal),)))
    except Exception as error:
        # The next look tries again; nothing of the database depends on it.
        LOG.error("no copy was made: %s", type(error).__name__, exc_info=error)
        app.post_message(BackupTold((FAILED,)))
    else:
        if kept.copy is not None or kept.told:
            app.post_message(BackupTold(kept.told))
