"""A session that does not take place stands in nobody's way, whether the office said so or the RIS."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from council_kit import write
from plan_kit import BAU, HAUPT, RAT, council

from ob_buero_tui.rules.called_off import says_called_off
from ob_buero_tui.rules.year_plan import SchoolDays
from ob_buero_tui.services.calendar.day import day
from ob_buero_tui.services.council.breaks import breaks_of
from ob_buero_tui.services.council.making import NewMeeting, new_meeting
from ob_buero_tui.services.council.plan_problem import read_problem
from ob_buero_tui.services.council.postponing import cancel_meeting, reinstate_meeting
from ob_buero_tui.services.work import Work
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Consultation, Meeting, Paper

at = datetime.fromisoformat
TUESDAY = at("2027-02-02T17:00")


@pytest.fixture
def keys(place: Workplace) -> dict[str, int]:
    """Rat and Hauptausschuss at the same time in the same room, a paper of the Bauausschuss on both."""
    bodies = council(place)
    days = {RAT: TUESDAY, HAUPT: TUESDAY, BAU: TUESDAY - timedelta(days=7)}
    made = {
        name: new_meeting(place, NewMeeting(organization_ids=(bodies[name],), start=start, room="Ratssaal"))
        for name, start in days.items()
    }
    return {name: done.ids[0] for name, done in made.items()}


def by_office(place: Workplace, key: int) -> None:
    cancel_meeting(place, [key], "zu wenig Punkte")


def by_state(place: Workplace, key: int) -> None:
    write(place, lambda work: setattr(work.get(Meeting, key), "meeting_state", "abgesagt"))


def by_name(place: Workplace, key: int) -> None:
    write(place, lambda work: setattr(work.get(Meeting, key), "name", "3. Sitzung - entfällt"))


@pytest.mark.parametrize("off", [by_office, by_state, by_name])
def test_its_room_people_and_papers_are_free(
    place: Workplace, keys: dict[str, int], off: Callable[[Workplace, int], None]
) -> None:
    put_before(place, keys)
    told = breaks_of(place, keys[HAUPT], TUESDAY)
    assert any("derselbe Raum (Ratssaal)" in one for one in told), told
    assert any("Rat am Di 2.02." in one for one in told if one.startswith("Beratungsfolge")), told
    assert len(taken(place)) == 3
    off(place, keys[RAT])
    assert breaks_of(place, keys[HAUPT], TUESDAY) == ()
    assert [one.start for one in taken(place)] == [TUESDAY - timedelta(days=7), TUESDAY]


def test_no_clash_in_the_calendar_until_it_takes_place_after_all(
    place: Workplace, keys: dict[str, int]
) -> None:
    def clashes() -> int:
        return sum(bool(one.conflicts) for one in day(place, TUESDAY.date()).events)

    assert clashes() == 2
    cancel_meeting(place, [keys[RAT]], "")
    assert clashes() == 0
    reinstate_meeting(place, keys[RAT])
    assert clashes() == 2


def put_before(place: Workplace, keys: dict[str, int]) -> None:
    """A paper that the Hauptausschuss deals with before the Rat."""

    def fill(work: Work) -> None:
        row = Paper(name="Radweg", reference="BV 1", extra={})
        work.session.add(row)
        work.session.flush()
        for position, name in enumerate((HAUPT, RAT), 1):
            step = Consultation(paper_id=row.id, meeting_id=keys[name], position=position, extra={})
            work.session.add(step)

    write(place, fill)


def taken(place: Workplace) -> tuple[Any, ...]:
    """What takes up rooms and people in the planner's year."""
    with place.reading() as session:
        problem = read_problem(session, place, year=2027, rounds=(), school=SchoolDays.NIE)
    return tuple(one for one in problem.taken if one.start.date() > date(2027, 1, 1))


@pytest.mark.parametrize("text", ["abgesagt", "Sitzung fällt aus", "ENTFÄLLT", "Stadtrat (entfallen)"])
def test_words_that_call_a_session_off(text: str) -> None:
    assert says_called_off("12. Sitzung", text)
    assert not says_called_off("terminiert", "Sitzung des Ausfallausschusses", "")
