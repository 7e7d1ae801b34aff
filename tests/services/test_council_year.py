"""A year of sessions by bodies and weeks, and what a session's panel tells of who leads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from council_kit import add_body, write

from ob_buero_tui.services.council.changing import edit_meeting, meeting_values
from ob_buero_tui.services.council.making import NewMeeting, new_meeting
from ob_buero_tui.services.council.meeting import meeting
from ob_buero_tui.services.council.postponing import cancel_meeting, postpone_meeting
from ob_buero_tui.services.council.year import council_year
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Membership, Person

START = datetime.fromisoformat("2026-12-10T17:00")


def make(place: Workplace, start: datetime, *bodies: int) -> int:
    """A session."""
    return new_meeting(place, NewMeeting(organization_ids=bodies, start=start)).ids[0]


def test_a_year_has_whole_weeks_and_a_lane_for_each_body_that_sits(place: Workplace) -> None:
    rat, bau = add_body(place, "Stadtrat"), add_body(place, "Bauausschuss", short_name="Bau")
    alone, joint = make(place, START, rat), make(place, START + timedelta(days=4), bau, rat)
    make(place, START.replace(year=2027, month=6), bau)
    found = council_year(place, 2026)
    assert [(lane.name, [row.id for row in lane.rows]) for lane in found.lanes] == [
        ("Bau", [joint]),
        ("Stadtrat", [alone, joint]),
    ]
    assert (found.weeks[0].monday, found.weeks[-1].monday) == (date(2025, 12, 29), date(2026, 12, 28))
    assert len(found.weeks) == 53
    assert council_year(place, 2028).lanes == ()


def test_the_panel_names_the_own_chair_or_that_of_the_body_and_what_became_of_it(place: Workplace) -> None:
    def fill(work: Any) -> list[int]:
        people = [Person(given_name=name, family_name="Beispiel", extra={}) for name in ("Erika", "Karl")]
        work.session.add_all(people)
        work.session.flush()
        work.session.add(Membership(person_id=people[0].id, organization_id=rat, role="Vorsitz", extra={}))
        return [row.id for row in people]

    rat = add_body(place, "Stadtrat", oparl_id="https://ris.example.org/1")
    _, karl = write(place, fill)
    key = make(place, START, rat)
    facts = meeting(place, key).facts
    assert (facts.chair, facts.clerk, facts.led_by) == ("Erika Beispiel", "", "ris")
    before = meeting_values(place, key)
    assert before is not None
    edit_meeting(place, key, before, replace(before, chair_id=karl))
    postpone_meeting(place, key, START + timedelta(days=7), "Gutachten fehlt")
    cancel_meeting(place, [key], "kein Quorum")
    facts = meeting(place, key).facts
    assert (facts.chair, facts.moved_from) == ("Karl Beispiel", START)
    assert (facts.moved_note, facts.cancelled_note) == ("Gutachten fehlt", "kein Quorum")
