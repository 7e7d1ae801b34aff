"""Whatever gives a coming session another beginning undoes the invitation to the old one, and its urgency."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from council_kit import add_body, add_file

from ob_buero_tui.services.council.changing import edit_meeting, meeting_values
from ob_buero_tui.services.council.ladungsfrist import shorten_ladungsfrist, urgent_note
from ob_buero_tui.services.council.meeting import meeting
from ob_buero_tui.services.council.move_reading import MeetingMover
from ob_buero_tui.services.council.postponing import postpone_meeting
from ob_buero_tui.services.council.sessions import meeting_rows
from ob_buero_tui.services.council.verbs import tick_step
from ob_buero_tui.services.council.views import DeadlineView, Light
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace
from office_fixtures import Clock, contents

Make = Callable[..., int]
at = datetime.fromisoformat
START = at("2026-12-10T17:00")
WEEK = timedelta(days=7)
AGAIN = " · Versand und Bekanntmachung stehen wieder aus"
FULL = " · die Ladungsfrist gilt wieder ungekürzt"


def by_form(place: Workplace, key: int, start: datetime) -> str:
    """Another beginning typed into the form of the session."""
    before = meeting_values(place, key)
    assert before is not None
    return edit_meeting(place, key, before, replace(before, start=start)).text


def postponed(place: Workplace, key: int, start: datetime) -> str:
    return postpone_meeting(place, key, start).text


def steps(place: Workplace, key: int) -> dict[str, DeadlineView]:
    return {one.kind: one for one in meeting_rows(place, [key])[key].deadlines}


def done(place: Workplace, key: int) -> set[str]:
    """The steps with a green light."""
    return {kind for kind, one in steps(place, key).items() if one.light is Light.DONE}


def moved_from(place: Workplace, key: int) -> datetime | None:
    return meeting(place, key).facts.moved_from


@pytest.mark.parametrize("verb", [by_form, postponed])
@pytest.mark.parametrize("how", ["ticked", "state", "file"])
def test_who_was_invited_to_the_old_day_is_invited_anew(
    place: Workplace, make_meeting: Make, verb: Callable[..., str], how: str
) -> None:
    key = make_meeting(body="Stadtrat", meeting_state="eingeladen" if how == "state" else "terminiert")
    if how == "ticked":
        for kind in ("vorlagenschluss", "versand", "zugang", "bekanntmachung"):
            tick_step(place, [key], kind)
    if how == "file":
        add_file(place, "invitation", "Einladung", meeting_id=key)
    assert "versand" in done(place, key)
    start = contents(place)
    assert verb(place, key, START + WEEK).endswith(AGAIN)
    assert done(place, key) == ({"vorlagenschluss"} if how == "ticked" else set())
    assert moved_from(place, key) == START
    undo(place)
    assert contents(place) == start


def test_a_day_that_nobody_knew_is_only_corrected_and_so_is_one_that_is_over(
    place: Workplace, make_meeting: Make, clock: Clock
) -> None:
    key = make_meeting(body="Stadtrat")
    assert by_form(place, key, START + WEEK) == "„Stadtrat“ am Do 17.12.2026 geändert"
    assert moved_from(place, key) is None
    tick_step(place, [key], "versand")
    clock.advance(days=30)
    by_form(place, key, START + WEEK + timedelta(minutes=30))
    assert moved_from(place, key) is None
    assert done(place, key) == {"versand"}


@pytest.mark.parametrize("verb", [by_form, postponed])
def test_the_first_day_stays_known_until_the_session_is_back_on_it(
    place: Workplace, make_meeting: Make, verb: Callable[..., str]
) -> None:
    key = make_meeting(body="Stadtrat")
    postpone_meeting(place, key, START + WEEK, "Saal gesperrt")
    verb(place, key, START + 5 * WEEK)
    facts = meeting(place, key).facts
    assert (facts.moved_from, facts.moved_note) == (START, "Saal gesperrt")
    postpone_meeting(place, key, START + WEEK, "krank")
    facts = meeting(place, key).facts
    assert (facts.moved_from, facts.moved_note) == (START, "krank")
    verb(place, key, START)
    facts = meeting(place, key).facts
    assert (facts.moved_from, facts.moved_note) == (None, "")


@pytest.mark.parametrize("verb", [by_form, postponed])
def test_the_urgency_of_the_old_day_ends_with_it(
    place: Workplace, make_meeting: Make, verb: Callable[..., str]
) -> None:
    key = make_meeting(body=add_body(place, "Stadtrat", ladungsfrist="th"), start=at("2026-12-03T17:00"))
    shorten_ladungsfrist(place, [key], "Dammbruch")
    assert steps(place, key)["zugang"].on == date(2026, 12, 1)
    later = at("2027-02-18T17:00")
    mover = MeetingMover(place, meeting_rows(place, [key])[key], at("2026-12-03T17:00"))
    shown = {one.kind: one for one in mover.chain(later)}
    assert verb(place, key, later).endswith(FULL)
    assert urgent_note(place, key) == ""
    now = steps(place, key)
    assert now["zugang"].on == date(2027, 2, 13)
    assert {kind: one.on for kind, one in shown.items()} == {kind: now[kind].on for kind in shown}
    assert "verkürzt" not in shown["zugang"].text
