"""What runs beside the screens: derived tables, the full check, and a look for other desks' changes."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from textual.message import Message

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.watching import Watcher
from ob_buero_tui.services.workcalendar import fill_holidays, holidays_missing

if TYPE_CHECKING:
    from ob_buero_tui.tui.app import DeskApp

WATCH_SECONDS = 2.0
LATER = (
    "store.tables",
    "services.undo",
    "tui.help",
    "tui.palette",
    "tui.screens.calendar",
    "tui.screens.dialogs.search",
    "tui.screens.flows.decide",
    "tui.screens.flows.deferring",
    "tui.screens.flows.details",
    "tui.screens.flows.remarks",
)
"""What the first paint does not need and the next key may; loaded before it is pressed."""
REPLACED = (
    "An der Stelle der Datenbank steht jetzt eine andere Datei, vermutlich eine Sicherung, zu der jemand"
    " zurückgekehrt ist. Hier wird nichts mehr gespeichert: Notieren Sie, was offen ist, beenden Sie OB-Büro,"
    " und starten Sie es neu."
)
LOG = logging.getLogger(__name__)


class DerivedReady(Message):
    """Occurrences or holidays were filled; days and deadlines may read differently now."""


class DamageFound(Message):
    """The full check after the first paint found damage."""

    def __init__(self, sentence: str, title: str = "Datenbank beschädigt") -> None:
        super().__init__()
        self.sentence = sentence
        self.title = title


class OthersChanged(Message):
    """Another desk wrote to the database."""


def start(app: DeskApp) -> None:
    """Begin after the first paint: fill what is missing in a worker, check the file, and keep watching."""
    if not app.is_headless:
        gc.collect()
        gc.freeze()  # what the start made stays: no later collection looks at it
    _run(app, _prepare)
    app.watcher = watcher = Watcher(app.place)
    app.set_interval(WATCH_SECONDS, lambda: _watch(app, watcher))
    if app.place.drop_folder is not None:
        from ob_buero_tui.tui import drop_watch

        drop_watch.start(app)
    if any(spec.source or spec.publish for spec in app.place.catalog.calendars.values()):
        from ob_buero_tui.tui import calendar_watch

        calendar_watch.start(app)
    if app.keeps_copies:
        from ob_buero_tui.tui import backup_watch

        backup_watch.start(app)


def follow_day(app: DeskApp) -> None:
    """On another day than the last time fill what is missing around it, as a start on this day would."""
    if app.prepared_for not in (None, app.place.today):
        _run(app, _fill)


def _run(app: DeskApp, step: Callable[[DeskApp], object]) -> None:
    app.prepared_for = app.place.today
    app.run_worker(
        lambda: step(app), name="prepare", group="prepare", thread=True, exclusive=True, exit_on_error=False
    )


def _prepare(app: DeskApp) -> None:
    """In a thread: touches no widget, ends with messages."""
    for name in LATER:
        import_module(f"ob_buero_tui.{name}")
    _fill(app)
    from ob_buero_tui.tui import mending

    sentence = mending.damage_of(app) if app.office.needs_full_check else ""
    if sentence:
        app.post_message(DamageFound(sentence))
    else:
        mending.look_for_faults(app)


def _fill(app: DeskApp) -> None:
    """In a thread: occurrences, holidays and feasts around today."""
    from ob_buero_tui.services.calendar.day import ensure_occurrences

    steps: tuple[Callable[[], bool], ...] = (
        lambda: ensure_occurrences(app.patient),
        lambda: _holidays(app),
        lambda: _observances(app),
    )
    wrote = False
    for step in steps:
        try:
            wrote = step() or wrote
        except Refusal as refusal:
            LOG.warning("background step refused", exc_info=refusal)
    if wrote:
        app.post_message(DerivedReady())


def _holidays(app: DeskApp) -> bool:
    if app.place.read_only or not holidays_missing(app.patient):
        return False
    fill_holidays(app.patient)
    return True


def _observances(app: DeskApp) -> bool:
    from ob_buero_tui.services.calendars.observing import fill_observances, observances_missing

    if app.place.read_only or not observances_missing(app.patient):
        return False
    fill_observances(app.patient)
    return True


def _watch(app: DeskApp, watcher: Watcher) -> None:
    if watcher.replaced() and not app.replaced:
        app.replaced = True
        app.post_message(DamageFound(REPLACED, "Datenbank ausgetauscht"))
    if watcher.changed():
        app.post_message(OthersChanged())
