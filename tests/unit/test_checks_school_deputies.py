"""The check rules about school holidays and deputies."""

# Wall times of the office have no zone.
# ruff: noqa: DTZ001

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from ob_buero_tui.rules.checks import RULES, CheckFacts, Deputy, Level
from ob_buero_tui.rules.workdays import SchoolHolidays, WorkCalendar

HERBST = {date(2026, 10, 17) + timedelta(days=n): "Herbstferien" for n in range(15)}
WINTER = {date(2026, 12, 23) + timedelta(days=n): "Weihnachtsferien" for n in range(15)}
CALENDAR = WorkCalendar(
    holidays={},
    closed={},
    first=date(2026, 1, 1),
    last=date(2027, 12, 31),
    school=HERBST | WINTER,
    school_last=max(WINTER),
)
FACTS = CheckFacts(
    received=date(2026, 9, 1),
    today=date(2026, 9, 2),
    event_start=datetime(2026, 10, 20, 18),
    event_end=None,
    fields={"bis": "2026-12-31"},
    text="",
    calendar=CALENDAR,
)


def run(rule: str, facts: CheckFacts = FACTS, **params: object) -> tuple[Level, str]:
    return RULES[rule].run(facts, params)


def on(day: date) -> CheckFacts:
    return replace(FACTS, event_start=datetime(day.year, day.month, day.day, 18))


@pytest.mark.parametrize(
    ("day", "level", "text"),
    [
        (date(2026, 10, 17), Level.INFO, "in den Herbstferien (17.–31.10.)"),
        (date(2026, 10, 31), Level.INFO, "in den Herbstferien (17.–31.10.)"),
        (date(2027, 1, 2), Level.INFO, "in den Weihnachtsferien (23.12.–6.01.)"),
        (date(2026, 10, 16), Level.OK, "Fr 16.10.2026 liegt nicht in den Schulferien"),
        (
            date(2027, 1, 7),
            Level.OPEN,
            "keine Daten zu den Schulferien am Do 7.01.2027; bekannt bis Mi 6.01.2027",
        ),
    ],
)
def test_school_holidays_are_named_and_what_is_not_known_is_no_no(day: date, level: Level, text: str) -> None:
    assert run("schulferien", on(day)) == (level, text)


def test_school_holidays_of_a_field_and_without_a_date() -> None:
    assert run("schulferien", feld="bis") == (Level.INFO, "in den Weihnachtsferien (23.12.–6.01.)")
    assert run("schulferien", replace(FACTS, event_start=None))[0] is Level.OPEN
    bare = replace(FACTS, calendar=replace(CALENDAR, school={}, school_last=date.min))
    assert run("schulferien", bare) == (Level.OPEN, "keine Daten zu den Schulferien am Di 20.10.2026")


def test_the_office_is_open_in_the_school_holidays() -> None:
    assert CALENDAR.is_open(date(2026, 10, 20))
    assert CALENDAR.school_holidays(date(2026, 10, 20)) == SchoolHolidays(
        name="Herbstferien", first=date(2026, 10, 17), last=date(2026, 10, 31)
    )
    assert CALENDAR.school_holidays(date(2026, 11, 1)) is None


def test_each_deputy_is_named_and_the_first_free_one_is_next() -> None:
    chain = (
        Deputy(label="1. stellvertretende Bürgermeisterin", busy=("„Messe“ 17:00–19:00", "Fahrt")),
        Deputy(label="2. stellvertretender Bürgermeister"),
        Deputy(label="3. stellvertretender Bürgermeister", known=False),
    )
    facts = replace(FACTS, deputies={"repraesentation": chain})
    assert run("vertretung", facts) == (
        Level.INFO,
        "1. stellvertretende Bürgermeisterin: nicht frei, „Messe“ 17:00–19:00 und 1 weitere; "
        "2. stellvertretender Bürgermeister: frei, an der Reihe; "
        "3. stellvertretender Bürgermeister: frei (kein Kalender eingelesen)",
    )
    busy = replace(FACTS, deputies={"verwaltung": chain[:1]})
    assert run("vertretung", busy, kette="verwaltung")[1].startswith("niemand frei: 1. stellvertretende")


def test_without_a_date_or_a_chain_deputies_stay_open() -> None:
    assert run("vertretung") == (Level.OPEN, "es ist keine Vertretung hinterlegt (representation.toml)")
    assert run("vertretung", replace(FACTS, event_start=None)) == (Level.OPEN, "Datum des Anlasses fehlt")
