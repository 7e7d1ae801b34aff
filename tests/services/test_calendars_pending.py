"""Who leads a calendar, and what of ours is not seen there yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from test_catalog_example import office as catalog_of
from test_catalog_lists import CALENDARS

from calendars_kit import touch
from ob_buero_tui.catalog.leading import EVERY_MIN, Leader
from ob_buero_tui.rules.visibility import Audience
from ob_buero_tui.services.calendar.date_verbs import trash_dates
from ob_buero_tui.services.calendar.scopes import Scope
from ob_buero_tui.services.calendar.verbs import restore_event
from ob_buero_tui.services.calendars.pending import note_seen, pending_count
from ob_buero_tui.services.requests.accepting import accept, propose
from ob_buero_tui.services.requests.declining import decline
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.requests import RequestEvent
from office_fixtures import Clock

Make = Callable[..., int]
LED = CALENDARS.replace(
    'role = "ob"', 'role = "ob"\nleads = "outlook"\nsource = "/srv/outlook/ob.ics"\nevery_min = 2'
)


def see(place: Workplace, event_id: int) -> None:
    """The other side shows our state."""
    with transaction(place, "note_event") as work:
        note_seen(work, work.get(Event, event_id))


@pytest.fixture
def led(place: Workplace) -> Workplace:
    """The office whose mayor's calendar Outlook leads."""
    calendars = dict(place.catalog.calendars)
    calendars["ob"] = replace(calendars["ob"], leads=Leader.OUTLOOK, source="ob.ics")
    return replace(place, catalog=replace(place.catalog, calendars=calendars))


def of(place: Workplace, event_id: int) -> Event:
    with place.reading() as session:
        found = session.get(Event, event_id)
        assert found is not None
        return found


def test_who_leads_stands_in_the_catalog(tmp_path: Path) -> None:
    found = catalog_of(tmp_path, LED, "representation.toml")
    assert not [one for one in found.problems if "mitgeliefert" not in one.file]
    spec = found.calendars["ob"]
    assert (spec.leads, spec.source, spec.every_min) == (Leader.OUTLOOK, "/srv/outlook/ob.ics", 2)
    assert found.calendars["erste"].leads is Leader.WIR
    assert found.calendars["erste"].publish_audience is Audience.INTERN


MISTAKES = {
    "outlook without a source": ('leads = "outlook"', "calendars[0].source: Erwartet wird der Pfad"),
    "a source that nobody leads": ('source = "a.ics"', "calendars[0].leads: Erwartet wird „outlook“"),
    "both": (
        'leads = "outlook"\nsource = "a.ics"\npublish = "raus"',
        "calendars[0].publish: Erwartet wird kein Ordner",
    ),
    "an address": ('address = "ob"', "calendars[0].address: Erwartet wird eine E-Mail-Adresse"),
    "an interval": ("every_min = 0", "calendars[0].every_min: Erwartet wird eine ganze Zahl von 1 bis 1440"),
    "a word": ('leads = "exchange"', "calendars[0].leads: Erwartet wird eines von wir, outlook"),
    "blocking": ("blocks = true", "calendars[0].blocks: Erwartet wird ein Kalender mit role = „extern“"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_contradiction_is_named_and_the_office_leads_until_it_is_mended(name: str, tmp_path: Path) -> None:
    line, sentence = MISTAKES[name]
    found = catalog_of(
        tmp_path, CALENDARS.replace('role = "ob"', f'role = "ob"\n{line}'), "representation.toml"
    )
    problem = next(one for one in found.problems if one.file == "representation.toml")
    assert sentence in problem.sentence
    assert problem.effect
    assert set(found.calendars) >= {"ob", "rat"}
    assert found.calendars["ob"].leads is (Leader.OUTLOOK if name == "both" else Leader.WIR)


@pytest.mark.parametrize("wrong", ["every_min = 0", "evry_min = 2", "publish_audience = 3", "match = 5"])
def test_a_wrong_value_costs_only_itself(wrong: str, tmp_path: Path) -> None:
    """The office's other calendars, and what is right of this one, stay as they are."""
    found = catalog_of(tmp_path, LED.replace("every_min = 2", wrong), "representation.toml")
    (problem,) = [one for one in found.problems if one.file == "representation.toml"]
    assert f"calendars[0].{wrong.split()[0]}" in problem.sentence
    assert "Diese Angabe zählt nicht" in problem.effect
    spec = found.calendars["ob"]
    assert (spec.leads, spec.source, spec.every_min) == (Leader.OUTLOOK, "/srv/outlook/ob.ics", EVERY_MIN)
    assert [one.label for one in found.calendars.values()][:2] == ["Bürgermeister", "Gemeinderat"]


def test_without_a_leader_its_source_is_no_second_mistake(tmp_path: Path) -> None:
    found = catalog_of(tmp_path, LED.replace('"outlook"', '"exchange"'), "representation.toml")
    (problem,) = [one for one in found.problems if one.file == "representation.toml"]
    assert problem.key == "calendars[0].leads"
    assert found.calendars["ob"].leads is Leader.WIR


def test_a_calendar_that_cannot_be_read_costs_no_other(tmp_path: Path) -> None:
    found = catalog_of(tmp_path, LED.replace('label = "Gemeinderat"\n', ""), "representation.toml")
    wrong = [one for one in found.problems if one.file == "representation.toml"]
    assert [one.key for one in wrong] == ["calendars[1].label", "calendars"]
    assert "mitgelieferte" in wrong[1].effect
    assert found.calendars["ob"].leads is Leader.OUTLOOK
    assert set(found.calendars) == {"ob", "rat", "erste"}


def test_a_change_of_a_calendar_that_outlook_leads_waits_until_it_is_seen(
    led: Workplace, make_event: Make, clock: Clock
) -> None:
    mine, other = make_event(summary="Empfang"), make_event(summary="Messe", calendar="bm1")
    for event_id in (mine, other):
        touch(led, event_id, {"location": "Rathaus"})
    assert pending_count(led) == 1
    assert of(led, other).pending_since is None
    since = of(led, mine).pending_since
    clock.advance(minutes=5)
    touch(led, mine, {"location": "Ratssaal"})
    assert of(led, mine).pending_since == since, "it waits since the first change"
    see(led, mine)
    assert pending_count(led) == 0


def test_where_we_lead_nothing_waits(place: Workplace, make_event: Make) -> None:
    touch(place, make_event(), {"location": "Rathaus"})
    assert pending_count(place) == 0


def test_our_own_that_never_was_there_needs_no_cancellation(led: Workplace, make_event: Make) -> None:
    mine = make_event()
    touch(led, mine, {"location": "Rathaus"})
    touch(led, mine, {"trashed_at": led.clock()})
    assert pending_count(led) == 0


def test_what_a_request_decides_about_its_appointment_waits_too(
    led: Workplace, make_request: Make, clock: Clock
) -> None:
    start = datetime.fromisoformat("2026-12-01T10:00")
    key = make_request(kind="grusswort", event_start=start, event_end=start + timedelta(hours=1))
    accept(led, [propose(led, key).plan])
    assert pending_count(led) == 1
    with led.reading() as session:
        event_id = session.scalars(select(RequestEvent.event_id)).one()
    see(led, event_id)
    before = of(led, event_id)
    clock.advance(minutes=5)
    decline(led, [key], "Terminkollision")
    after = of(led, event_id)
    assert (pending_count(led), after.status, after.sequence) == (1, "CANCELLED", before.sequence + 1)
    assert after.dtstamp > before.dtstamp


def test_what_comes_out_of_the_trash_waits_too(led: Workplace, make_event: Make) -> None:
    mine = make_event()
    trash_dates(led, str(mine), Scope.SERIE)
    assert pending_count(led) == 0
    restore_event(led, [mine])
    assert pending_count(led) == 1
    assert of(led, mine).sequence == 2
