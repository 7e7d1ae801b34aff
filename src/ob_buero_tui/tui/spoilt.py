"""What a screen says where nothing is read of a damaged file: never that there is nothing to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ob_buero_tui.services.views import SplitView
from ob_buero_tui.tui.widgets.split_bar import BROKEN

if TYPE_CHECKING:
    from ob_buero_tui.services.workplace import Workplace

UNREADABLE = (
    "Hier ist in der beschädigten Datei nichts zu lesen. Das heißt nicht, dass nichts da war:"
    " Gehen Sie zu einer Sicherung zurück."
)
NO_EVENT, NO_EVENT_READ = "kein Termin", "kein lesbarer Termin"


def told_empty(place: Workplace, text: str, *, stored: bool = True) -> str:
    """What stands where nothing is: the text itself only where the file is sound.

    Args:
        stored: Whether what is shown there is stored in that file at all.
    """
    return UNREADABLE if place.damaged and stored else text


def told_heading(place: Workplace, heading: str) -> str:
    """The heading of days; in a damaged file no day is free because nothing is read of it."""
    return heading.replace(NO_EVENT, NO_EVENT_READ) if place.damaged else heading


def told_counts(place: Workplace, views: Sequence[SplitView], *, stored: bool = True) -> Sequence[SplitView]:
    """The splits as they are drawn: in a damaged file a count of 0 is none.

    Args:
        stored: As with `told_empty`.
    """
    if not (place.damaged and stored):
        return views
    return tuple(view if view.count else replace(view, count=BROKEN) for view in views)
