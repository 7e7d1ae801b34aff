"""The other screens: sessions with papers, people, what is to be done; request to data, on two offices."""

from __future__ import annotations

from functools import partial
from random import Random

from benchmarks.in_turn import calls_of, in_turn, line_of
from benchmarks.results import Line
from ob_buero_tui.services.council import sessions
from ob_buero_tui.services.council.meeting import meeting
from ob_buero_tui.services.council.paper import paper
from ob_buero_tui.services.follow_ups import rows, selecting
from ob_buero_tui.services.people import listing
from ob_buero_tui.services.people.contact import contact
from ob_buero_tui.services.workplace import Workplace

SCREENFUL = 40
PEOPLE, TASKS = "personen", selecting.TODAY


def measure(large: Workplace, small: Workplace, rounds: int) -> list[Line]:
    """Lists as the screens read them, and single records."""
    sitting, tenth = partial(_some, Random("meetings")), partial(_some, Random("tenth"))
    cases = {
        "open a session": (
            _session,
            sitting(sessions.meeting_ids(large)),
            tenth(sessions.meeting_ids(small)),
        ),
        "open a paper": (_paper, list(range(100, 140)), list(range(100, 140))),
        "open a person": (_person, list(range(100, 140)), list(range(100, 140))),
        "list of sessions, with their lights": (_sessions, [""], [""]),
        "list of people": (_people, [PEOPLE], [PEOPLE]),
        "list of what is due": (_due, [TASKS], [TASKS]),
    }
    return [
        line_of(
            what,
            in_turn(calls_of(query, large, ours), calls_of(query, small, base), rounds),
            most_p95=15 if what.startswith("open") else None,
            most_ratio=1.5 if what.startswith("open") else None,
        )
        for what, (query, ours, base) in cases.items()
    ]


def _some(rng: Random, keys: list[int]) -> list[int]:
    return rng.choices(keys, k=SCREENFUL)


def _session(place: Workplace, key: int) -> object:
    return meeting(place, key)


def _paper(place: Workplace, key: int) -> object:
    return paper(place, key)


def _person(place: Workplace, key: int) -> object:
    return contact(place, "person", key)


def _sessions(place: Workplace, _split: str) -> object:
    """What the screen reads to draw itself anew, without the record."""
    keys = sessions.meeting_ids(place)
    return sessions.bodies(place), keys, sessions.meeting_rows(place, keys[:SCREENFUL])


def _people(place: Workplace, split: str) -> object:
    keys = listing.contact_ids(place, split)
    return listing.splits(place), keys, listing.contact_rows(place, split, keys[:SCREENFUL])


def _due(place: Workplace, split: str) -> object:
    keys = selecting.ids(place, split)
    return selecting.splits(place), keys, rows.rows(place, split, keys[:SCREENFUL])
