"""The form of an appointment and the appointment as another desk left it meanwhile, put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from ob_buero_tui.services.calendar.form_specs import LINKED, all_specs
from ob_buero_tui.services.calendar.form_text import event_text
from ob_buero_tui.services.calendar.forms import EventForm, form_of
from ob_buero_tui.services.calendar.series_reading import SeriesReader
from ob_buero_tui.services.conflicts import Merged, merge_typed, with_authors
from ob_buero_tui.services.workplace import Workplace

_COLUMNS: Final[Mapping[str, str]] = {
    "day": "dtstart",
    "start": "dtstart",
    "end": "dtend",
    "last_day": "dtend",
    "series": "rrule",
}


def merge_event(
    place: Workplace, key: str, reader: SeriesReader, before: Mapping[str, str], mine: Mapping[str, str]
) -> tuple[EventForm, Merged]:
    """The appointment as it is now, and the form with what the other desk changed.

    Args:
        key: As `DayEvent.id`.
        before: The texts the form was filled with.
        mine: What stands in it.

    Raises:
        Refusal: it is gone, or the database could not be read.
    """
    now = form_of(place, key)
    sentence = reader.sentence(now.rrule, now.start, all_day=now.all_day)
    labels = {name: spec.label for name, spec in all_specs(place.catalog).items()}
    merged = merge_typed(before, mine, event_text(place.catalog, now, sentence), labels)
    # Which names are known people is asked of nobody.
    clashes = tuple(one for one in merged.clashes if one.name != LINKED)
    event_id = now.event_id or 0
    columns = {name: _COLUMNS.get(name, name) for name in labels}
    return now, replace(merged, clashes=with_authors(place, "event", event_id, clashes, columns))
