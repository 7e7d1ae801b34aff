"""The office as commands use it: opened, prepared, its notices on stderr, and closed again."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from ob_buero_tui.cli.logbook import keep_log
from ob_buero_tui.cli.printing import complain
from ob_buero_tui.cli.unlocking import unlocked_file
from ob_buero_tui.config import load_settings
from ob_buero_tui.office import Office, open_office
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Audience
from ob_buero_tui.services.calendar.day import ensure_occurrences
from ob_buero_tui.services.workcalendar import fill_holidays, holidays_missing


@contextmanager
def opened(options: Namespace) -> Iterator[Office]:
    """Open the office that the command line means; what is wrong with settings or catalog is told on stderr.

    Raises:
        Refusal: there is no database, or it may not be opened.
    """
    keep_log()
    loaded = load_settings()
    for problem in loaded.problems:
        complain(str(problem))
    office = open_office(unlocked_file(options), loaded.settings)
    try:
        for notice in office.notices:
            complain(notice)
        _prepare(office)
        yield office
    finally:
        office.close()


def audience_of(options: Namespace, office: Office) -> Audience:
    """For whom a list is made: as asked for, else as in the settings."""
    return Audience(options.audience) if options.audience else office.settings.audience


def _prepare(office: Office) -> None:
    """Fill the public holidays and the window of occurrences where they are missing, as the app does."""
    place = office.place
    if place.read_only:
        return
    try:
        if holidays_missing(place):
            fill_holidays(place)
        ensure_occurrences(place)
    except Refusal:
        # Another desk writes just now, or the disk is full: a list does without, a writing command says so.
        return
