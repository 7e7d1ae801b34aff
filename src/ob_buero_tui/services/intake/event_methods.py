"""What the messages of a calendar file ask for (METHOD, RFC 5546): taken over, noted, or named and left."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ob_buero_tui.exchange.ics_records import EventRecord
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.german import clock, long_date

_LEFT = {
    "COUNTER": "schlägt einen anderen Termin vor ({when}); übernommen ist das nicht",
    "DECLINECOUNTER": "lehnt einen Terminvorschlag ab; am Termin ändert das nichts",
    "REFRESH": "bittet um die neueste Fassung der Einladung; gesandt ist nichts",
    "ADD": "fügt einer Serie Termine hinzu; übernommen ist das nicht",
}


class SortedOut(NamedTuple):
    """The records of a file by what becomes of them.

    Args:
        events: Appointments to take over or to call off.
        answers: Answers to invitations.
        left: German sentences on what is only named.
    """

    events: tuple[EventRecord, ...]
    answers: tuple[EventRecord, ...]
    left: tuple[str, ...]


def by_method(records: Iterable[EventRecord]) -> SortedOut:
    """Sort the records of a file by the METHOD of their calendar; an unknown one asks for nothing special."""
    events, answers, left = [], [], []
    for record in records:
        if record.method == "REPLY":
            answers.append(record)
        elif record.method in _LEFT:
            left.append(_named(record))
        else:
            events.append(record)
    return SortedOut(tuple(events), tuple(answers), tuple(left))


def _named(record: EventRecord) -> str:
    when = long_date(record.dtstart) + ("" if record.all_day else f" {clock(record.dtstart)}")
    said = _LEFT[record.method].format(when=when)
    title = shorten(record.summary, 60) or "ohne Titel"
    return f"Eine Nachricht zu „{title}“ {said}."
