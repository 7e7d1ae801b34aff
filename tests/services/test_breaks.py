"""What moving a session breaks is said while its day is typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from council_kit import write
from plan_kit import BAU, HAUPT, KULTUR, RAT, council

from ob_buero_tui.services.council.breaks import breaks_of
from ob_buero_tui.services.council.patterns import edit_pattern
from ob_buero_tui.services.council.planning_views import PatternForm
from ob_buero_tui.services.council.sittings import seats_of
from ob_buero_tui.services.work import Work
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Consultation, Location, Paper

at = datetime.fromisoformat
TUESDAY = at("2027-02-02T17:00")
HOURS = timedelta(hours=2)


@pytest.fixture
def keys(place: Workplace, make_meeting: Callable[..., int]) -> dict[str, int]:
    """Sessions of the four bodies by name, each on its day, all but one in the Ratssaal."""
    bodies = council(place)

    def room(work: Work) -> Location:
        row = Location(room="Ratssaal", extra={})
        work.session.add(row)
        return row

    saal = write(place, room).id
    starts = {
        BAU: TUESDAY,
        KULTUR: at("2027-02-03T17:00"),
        HAUPT: at("2027-02-09T17:00"),
        RAT: at("2027-02-18T17:00"),
    }
    return {
        name: make_meeting(
            body=bodies[name],
            name=name,
            start=start,
            end=start + HOURS,
            location_id=saal if name != KULTUR else None,
        )
        for name, start in starts.items()
    }


def test_where_nothing_stands_against_it_nothing_is_said(place: Workplace, keys: dict[str, int]) -> None:
    for name in keys:
        start = {BAU: "2027-02-24T17:00", KULTUR: "2027-02-25T17:00"}.get(name, "2027-02-23T17:00")
        assert breaks_of(place, keys[name], at(start)) == ()
    assert breaks_of(place, 4711, TUESDAY) == ()


def test_people_rooms_and_the_mayor_are_in_one_place_at_a_time(
    place: Workplace, keys: dict[str, int]
) -> None:
    assert breaks_of(place, keys[KULTUR], TUESDAY) == (
        "gleichzeitig mit Bau am Di 2.02. um 17:00: Cem Demir, Gerd Holz müssten in beiden sein",
    )
    assert breaks_of(place, keys[HAUPT], at("2027-02-18T18:00")) == (
        "gleichzeitig mit Rat am Do 18.02. um 17:00: "
        "Anna Berg müsste in beiden sein; OB ist in beiden; derselbe Raum (Ratssaal)",
    )
    assert breaks_of(place, keys[KULTUR], TUESDAY + HOURS) == ()
    moved = breaks_of(place, keys[KULTUR], TUESDAY, TUESDAY + HOURS, "ratssaal")
    assert moved[0].endswith("derselbe Raum (ratssaal)")


def test_days_without_sessions_and_the_ladungsfrist(place: Workplace, keys: dict[str, int]) -> None:
    (holiday,) = [one for one in breaks_of(place, keys[RAT], at("2027-05-06T17:00")) if "Himmelfahrt" in one]
    assert holiday == "Do 6.05. ist Christi Himmelfahrt"
    assert any("Schulferien" in one for one in breaks_of(place, keys[RAT], at("2027-03-25T17:00")))
    soon = breaks_of(place, keys[RAT], datetime.combine(place.today + timedelta(days=2), TUESDAY.time()))
    assert any(one.startswith("die Ladungsfrist") and "nicht mehr zu halten" in one for one in soon)


def test_the_order_and_distance_of_the_papers_bodies(place: Workplace, keys: dict[str, int]) -> None:
    def paper(work: Work) -> None:
        row = Paper(name="Radweg", reference="BV 2027 0012", extra={})
        work.session.add(row)
        work.session.flush()
        for position, name in enumerate((BAU, HAUPT, RAT), 1):
            work.session.add(
                Consultation(paper_id=row.id, meeting_id=keys[name], position=position, extra={})
            )

    write(place, paper)
    assert breaks_of(place, keys[HAUPT], at("2027-02-16T17:00")) == (
        "Beratungsfolge von BV 2027 0012: nur 2 Tage Abstand zu Rat am Do 18.02. (mindestens 7 Tage)",
    )
    assert breaks_of(place, keys[HAUPT], at("2027-02-01T17:00")) == (
        "Beratungsfolge von BV 2027 0012: Bau am Di 2.02. berät vorher",
    )
    assert breaks_of(place, keys[HAUPT], at("2027-02-24T17:00")) == (
        "Beratungsfolge von BV 2027 0012: Rat am Do 18.02. berät erst danach",
    )


def test_the_pause_of_a_body_is_kept_however_long_it_is(
    place: Workplace, keys: dict[str, int], make_meeting: Callable[..., int]
) -> None:
    with place.reading() as session:
        rat = seats_of(session, [keys[RAT]])[keys[RAT]][0].id
    edit_pattern(place, rat, PatternForm(start=TUESDAY.time(), weekdays=(3,), pause_days=40))
    make_meeting(body=rat, name=RAT, start=at("2027-01-14T17:00"), end=at("2027-01-14T19:00"))
    (told,) = breaks_of(place, keys[RAT], at("2027-02-22T17:00"))
    assert told == "nur 39 Tage bis zur Sitzung Rat am Do 14.01. um 17:00 (mindestens 40)"
    assert breaks_of(place, keys[RAT], at("2027-02-23T17:00")) == ()
