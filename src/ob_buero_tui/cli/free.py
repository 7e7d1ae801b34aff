"""`free`: free times for an appointment, asked for in one line."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from ob_buero_tui.cli.opened import opened
from ob_buero_tui.cli.parser import wrong_use
from ob_buero_tui.cli.printing import print_json, say
from ob_buero_tui.cli.shapes import instant
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import clock, long_date, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.calendar.free import FreeTimes, free_times, read_wish


def run_free(options: Namespace) -> int:
    """Print when an appointment fits."""
    with opened(options) as office:
        try:
            wish = read_wish(office.place, " ".join(options.text))
        except Refusal as refusal:
            wrong_use(str(refusal))
        found = free_times(office.place, wish)
        if options.json:
            print_json(_shape(found, office.place.zone))
        else:
            _print(found)
    return 0


def _print(found: FreeTimes) -> None:
    say(found.wish.text)
    for note in found.notes:
        say(note)
    for slot in found.times:
        until = f", Beginn bis {clock(slot.last_start)}" if slot.last_start > slot.start else ""
        say(f"  {long_date(slot.start.date())} {clock(slot.start)}–{clock(slot.end)}{until}")
    if not found.times:
        say("Nichts frei.")
    elif found.more:
        say(f"und {plural(found.more, 'weitere freie Zeit', 'weitere freie Zeiten')}")


def _shape(found: FreeTimes, tzid: str) -> dict[str, Any]:
    wish = found.wish
    return {
        "minutes": wish.minutes,
        "first": wish.first.isoformat(),
        "last": wish.last.isoformat(),
        "travel_min": wish.travel_min,
        "room": clean(wish.room),
        "people": [
            {
                "name": clean(person.name),
                "calendar": person.calendar,
                "person_ids": [str(key) for key in person.person_ids],
            }
            for person in found.people
        ],
        "times": [
            {
                "start": instant(slot.start, tzid),
                "end": instant(slot.end, tzid),
                "last_start": instant(slot.last_start, tzid),
            }
            for slot in found.times
        ],
        "more": found.more,
        "notes": [clean(note) for note in found.notes],
    }
