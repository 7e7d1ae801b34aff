"""The council with 3,000 sessions and 14,000 papers: its screens request to data, on two offices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from random import Random
from typing import Any

from benchmarks.big_office import NOW
from benchmarks.in_turn import calls_of, in_turn, line_of
from benchmarks.lists import SCREENFUL
from benchmarks.results import Line
from ob_buero_tui.services.council import papers, sessions
from ob_buero_tui.services.council.agenda_page import page
from ob_buero_tui.services.council.breaks import breaks_of
from ob_buero_tui.services.council.meeting_page import meeting_page
from ob_buero_tui.services.council.year import council_year
from ob_buero_tui.services.workplace import Workplace

Query = Callable[[Workplace, Any], object]
COMING, EVERY = "kommende", "alle"
WEEK = timedelta(days=7)
TYPED = "what a session's new day breaks, as it is typed"


def measure(large: Workplace, small: Workplace, rounds: int) -> list[Line]:
    """Single records against their budget, a typed day against that of a search; the rest is only told.

    Each list is read as its screen does to draw itself anew, without the record beside it.
    """
    records: dict[str, tuple[Query, Callable[[Workplace], Sequence[Any]]]] = {
        "open a session, with what its papers lack": (meeting_page, _sittings),
        "open an agenda": (page, _sittings),
        "open a paper, with its Beratungsfolge": (papers.paper_record, _papers),
        TYPED: (_moved, _ahead),
    }
    lists: dict[str, tuple[Query, Sequence[Any]]] = {
        "  list of sessions, coming": (_session_list, [COMING]),
        "  list of sessions, all": (_session_list, [EVERY]),
        "  what is due of the sessions": (_due, [WEEK]),
        "  list of papers, coming": (_paper_list, [papers.COMING]),
        "  list of papers, all": (_paper_list, [papers.EVERY]),
        "  a year of sessions by weeks": (council_year, [NOW.year]),
    }
    lines = []
    for what, (query, some) in records.items():
        found = in_turn(calls_of(query, large, some(large)), calls_of(query, small, some(small)), rounds)
        lines.append(line_of(what, found, most_p95=30 if what == TYPED else 15, most_ratio=1.5))
    for what, (query, on) in lists.items():
        lines.append(line_of(what, in_turn(calls_of(query, large, on), calls_of(query, small, on), rounds)))
    return lines


def _sittings(place: Workplace) -> list[int]:
    """Coming ones, and some of all times."""
    rng, half = Random("sessions"), SCREENFUL // 2
    every = sessions.meeting_ids(place, every=True)
    return [*rng.choices(sessions.meeting_ids(place), k=half), *rng.choices(every, k=half)]


def _ahead(place: Workplace) -> list[int]:
    return Random("ahead").choices(sessions.meeting_ids(place), k=SCREENFUL)


def _papers(place: Workplace) -> list[int]:
    return Random("papers").choices(papers.paper_ids(place, papers.EVERY), k=SCREENFUL)


def _moved(place: Workplace, key: int) -> object:
    """What is said while the new day of a session is typed."""
    row = sessions.meeting_rows(place, [key])[key]
    return breaks_of(place, key, row.start + WEEK) if row.start is not None else ()


def _session_list(place: Workplace, split: str) -> object:
    keys = sessions.meeting_ids(place, every=split == EVERY)
    return sessions.bodies(place), keys, sessions.meeting_rows(place, keys[:SCREENFUL])


def _due(place: Workplace, ahead: timedelta) -> object:
    return sessions.due_steps(place, place.today + ahead)


def _paper_list(place: Workplace, split: str) -> object:
    keys = papers.paper_ids(place, split)
    return papers.splits(place), keys, papers.paper_rows(place, keys[:SCREENFUL])
