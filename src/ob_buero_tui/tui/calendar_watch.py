"""Rereads the calendars that others lead and publishes ours while the app runs: in a thread, never twice."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message
from textual.worker import get_current_worker

from ob_buero_tui.services.calendars.publishing import Publisher
from ob_buero_tui.services.calendars.rereading import FeedNews, Rereading, led_calendars

if TYPE_CHECKING:
    from ob_buero_tui.tui.app import DeskApp

LOOK_SECONDS = 3.0
GROUP = "calendars"
LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Watched:
    """What rereads and what publishes; both are used by one thread at a time."""

    rereading: Rereading
    publisher: Publisher


class CalendarsTold(Message):
    """A calendar is another one now, or there is something to say of it.

    Args:
        asked: Whether somebody waits for an answer.
    """

    def __init__(self, news: FeedNews, failed: tuple[str, ...], *, asked: bool) -> None:
        super().__init__()
        self.news = news
        self.failed = failed
        self.asked = asked


def start(app: DeskApp) -> None:
    """Watch the calendars, where one is led by somebody else or is published."""
    watched = Watched(Rereading(app.patient), Publisher(app.patient))
    if app.place.read_only or not (led_calendars(app.place.catalog) or watched.publisher.needed):
        return
    app.calendars = watched
    app.set_interval(LOOK_SECONDS, lambda: look(app))
    look(app)


def look(app: DeskApp, *, at_once: bool = False) -> bool:
    """Begin a look, unless one is under way or nothing can be due; says whether it began.

    Args:
        at_once: Whether somebody asked for it and waits for an answer.
    """
    watched = app.calendars
    if watched is None or any(worker.group == GROUP and not worker.is_finished for worker in app.workers):
        return False
    app.run_worker(
        lambda: _look(app, watched, at_once=at_once),
        name=GROUP,
        group=GROUP,
        thread=True,
        exclusive=True,
        exit_on_error=False,
    )
    return True


def _look(app: DeskApp, watched: Watched, *, at_once: bool) -> None:
    """In a thread: touches no widget, ends with a message."""
    worker = get_current_worker()

    def stop() -> bool:
        return worker.is_cancelled

    try:
        news = watched.rereading.poll(app.place.now, stop, at_once=at_once)
        failed = watched.publisher.poll(stop, at_once=at_once)
    except Exception as error:
        # The next look begins from what lies there; nothing was removed that was not read.
        LOG.error("the calendars were not read: %s", type(error).__name__, exc_info=error)
        return
    if news.changed or news.sentence or failed or at_once:
        app.post_message(CalendarsTold(news, failed, asked=at_once))
