"""Deadlines are counted from their basis and say how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ob_buero_tui.rules.deadlines import Bases, Due, Offset, Unit, due, resolve
from ob_buero_tui.rules.workdays import WorkCalendar

# The office's wall time has no zone.
wall = datetime.fromisoformat
CAL = WorkCalendar(
    holidays={date(2026, 12, 25): "1. Weihnachtstag", date(2026, 12, 26): "2. Weihnachtstag"},
    closed={date(2026, 12, 24): "Heiligabend"},
    first=date(2026, 1, 1),
    last=date(2027, 12, 31),
)
BASES = Bases(
    received=wall("2026-11-18 09:42"),
    event_start=wall("2026-12-15 17:00"),
    decided=wall("2026-11-25 11:00"),
    fields={"redaktionsschluss": "2026-12-14T12:00", "umfang": 1500, "termin_alt": date(2026, 12, 13)},
    labels={"feld:redaktionsschluss": "Redaktionsschluss"},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """A deadline as the catalog has it."""

    key: str
    offset: Offset
    move_to_open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task as the catalog has it: it says nothing about moving."""

    key: str
    offset: Offset


def counted(amount: int, unit: Unit, basis: str, bases: Bases = BASES, *, move: bool = True) -> Due:
    result = due("x", Offset(amount=amount, unit=unit, basis=basis), bases, CAL, {}, move_to_open=move)
    assert result is not None
    return result


@pytest.mark.parametrize(
    ("amount", "unit", "basis", "on", "at", "text"),
    [
        # Grußwort: draft −10, release −5 working days before the Redaktionsschluss (domain facts B1).
        (-10, Unit.ARBEITSTAGE, "feld:redaktionsschluss", date(2026, 11, 30), None,
         "10 Arbeitstage vor Redaktionsschluss Mo 14.12."),
        (-5, Unit.ARBEITSTAGE, "feld:redaktionsschluss", date(2026, 12, 7), None,
         "5 Arbeitstage vor Redaktionsschluss Mo 14.12."),
        # Follow-up tasks around the occasion: Fahrdienst −5, Mappe −2, Dank +3 (domain facts 1.3).
        (-5, Unit.ARBEITSTAGE, "termin", date(2026, 12, 8), None, "5 Arbeitstage vor Termin Di 15.12."),
        (-2, Unit.ARBEITSTAGE, "termin", date(2026, 12, 11), None, "2 Arbeitstage vor Termin Di 15.12."),
        (3, Unit.ARBEITSTAGE, "termin", date(2026, 12, 18), None, "3 Arbeitstage nach Termin Di 15.12."),
        (1, Unit.ARBEITSTAGE, "entscheidung", date(2026, 11, 26), None,
         "1 Arbeitstag nach Entscheidung Mi 25.11."),
        (14, Unit.KALENDERTAGE, "eingang", date(2026, 12, 2), None, "14 Kalendertage nach Eingang Mi 18.11."),
        (14, Unit.WERKTAGE, "eingang", date(2026, 12, 4), None, "14 Werktage nach Eingang Mi 18.11."),
        (4, Unit.STUNDEN, "eingang", date(2026, 11, 18), time(13, 42),
         "4 Stunden nach Eingang Mi 18.11. 09:42"),
        (-1, Unit.STUNDEN, "feld:redaktionsschluss", date(2026, 12, 14), time(11),
         "1 Stunde vor Redaktionsschluss Mo 14.12. 12:00"),
        (0, Unit.KALENDERTAGE, "feld:redaktionsschluss", date(2026, 12, 14), time(12),
         "Redaktionsschluss Mo 14.12. 12:00"),
        (0, Unit.KALENDERTAGE, "feld:termin_alt", date(2026, 12, 11), None, "Termin alt So 13.12."),
    ],
)  # fmt: skip
def test_worked_examples(amount: int, unit: Unit, basis: str, on: date, at: time | None, text: str) -> None:
    result = counted(amount, unit, basis)
    assert (result.on, result.at, result.text) == (on, at, text)


def test_a_date_of_receipt_is_not_due_in_the_minute_it_came_in() -> None:
    result = counted(0, Unit.ARBEITSTAGE, "eingang")
    assert (result.on, result.at) == (date(2026, 11, 18), None)


def test_the_offices_dates_move_to_an_open_day_and_say_so() -> None:
    result = counted(0, Unit.KALENDERTAGE, "feld:termin_alt")
    assert result.moved == "von So 13.12. vorgezogen (Sonntag)"
    christmas = counted(10, Unit.KALENDERTAGE, "termin")
    assert (christmas.on, christmas.moved) == (
        date(2026, 12, 23),
        "von Fr 25.12. vorgezogen (1. Weihnachtstag)",
    )


def test_what_belongs_to_the_day_of_a_sunday_event_stays_on_it() -> None:
    bases = Bases(received=BASES.received, event_start=wall("2026-12-13 11:00"))
    result = counted(0, Unit.ARBEITSTAGE, "termin", bases)
    assert (result.on, result.at, result.moved) == (date(2026, 12, 13), time(11), "")


def test_a_legal_date_stays_where_the_law_puts_it() -> None:
    result = counted(0, Unit.KALENDERTAGE, "feld:termin_alt", move=False)
    assert (result.on, result.moved) == (date(2026, 12, 13), "")


@pytest.mark.parametrize(("amount", "unit"), [(1, Unit.KALENDERTAGE), (20, Unit.STUNDEN)])
def test_nothing_moves_to_before_what_it_counts_on_from(amount: int, unit: Unit) -> None:
    saturday = Bases(received=wall("2026-11-28 10:00"))
    result = counted(amount, unit, "eingang", saturday)
    assert (result.on, result.moved) == (date(2026, 11, 29), "")


def test_hours_over_a_weekend_do_not_end_at_the_moment_they_began() -> None:
    friday = Bases(received=wall("2026-11-27 17:00"))
    result = counted(24, Unit.STUNDEN, "eingang", friday)
    assert (result.on, result.at) == (date(2026, 11, 28), time(17))


@pytest.mark.parametrize("basis", ["feld:fehlt", "feld:umfang", "frist:fehlt", "aufgabe:fehlt", "unsinn"])
def test_without_a_basis_there_is_no_date(basis: str) -> None:
    assert due("x", Offset(amount=1, unit=Unit.ARBEITSTAGE, basis=basis), BASES, CAL, {}) is None


@pytest.mark.parametrize("value", ["", "demnächst", "2026-02-30", None, True, b"2026-12-14"])
def test_a_field_that_is_no_date_is_no_basis(value: object) -> None:
    bases = Bases(received=BASES.received, fields={"f": value})
    assert due("x", Offset(amount=1, unit=Unit.STUNDEN, basis="feld:f"), bases, CAL, {}) is None


def test_a_date_at_the_end_of_the_calendar_costs_nothing_else() -> None:
    bases = Bases(received=BASES.received, event_start=wall("9999-12-31 23:00"))
    for unit in Unit:
        assert due("x", Offset(amount=30, unit=unit, basis="termin"), bases, CAL, {}) is None


def test_another_year_and_unknown_holidays_are_named() -> None:
    bases = Bases(received=BASES.received, event_start=wall("2029-05-02 10:00"))
    result = counted(-2, Unit.ARBEITSTAGE, "termin", bases)
    assert result.text == "2 Arbeitstage vor Termin Mi 2.05.2029 (Feiertage nur 2026 bis 2027 bekannt)"


def test_dates_that_build_on_each_other_are_counted_in_any_order() -> None:
    specs = [
        Spec(key="freigabe", offset=Offset(amount=-2, unit=Unit.ARBEITSTAGE, basis="frist:abgabe")),
        Spec(key="abgabe", offset=Offset(amount=-1, unit=Unit.ARBEITSTAGE, basis="frist:schluss")),
        Spec(key="schluss", offset=Offset(amount=0, unit=Unit.KALENDERTAGE, basis="feld:redaktionsschluss")),
        Spec(key="offen", offset=Offset(amount=0, unit=Unit.KALENDERTAGE, basis="feld:fehlt")),
        Spec(key="haengt", offset=Offset(amount=1, unit=Unit.KALENDERTAGE, basis="frist:offen")),
    ]
    result = resolve(specs, BASES, CAL)
    assert list(result) == ["freigabe", "abgabe", "schluss"]
    assert [d.on.day for d in result.values()] == [9, 11, 14]
    assert result["freigabe"].text == "2 Arbeitstage vor Abgabe Fr 11.12."


def test_a_cycle_ends_without_a_date() -> None:
    specs = [
        Spec(key="a", offset=Offset(amount=1, unit=Unit.KALENDERTAGE, basis="frist:b")),
        Spec(key="b", offset=Offset(amount=1, unit=Unit.KALENDERTAGE, basis="frist:a")),
    ]
    assert resolve(specs, BASES, CAL) == {}


def test_a_spec_may_forbid_moving() -> None:
    offset = Offset(amount=0, unit=Unit.KALENDERTAGE, basis="feld:termin_alt")
    result = resolve([Spec(key="zugang", offset=offset, move_to_open=False)], BASES, CAL)
    assert result["zugang"].on == date(2026, 12, 13)


def test_tasks_reach_deadlines_and_each_other_by_their_own_names() -> None:
    deadlines = resolve(
        [Spec(key="antwort", offset=Offset(amount=2, unit=Unit.ARBEITSTAGE, basis="eingang"))], BASES, CAL
    )
    tasks = [
        Task(key="antwort", offset=Offset(amount=-1, unit=Unit.ARBEITSTAGE, basis="frist:antwort")),
        Task(key="pruefen", offset=Offset(amount=-1, unit=Unit.ARBEITSTAGE, basis="aufgabe:antwort")),
    ]
    result = resolve(tasks, BASES, CAL, known=deadlines)
    assert deadlines["antwort"].on == date(2026, 11, 20)
    assert result["antwort"].on == date(2026, 11, 19)
    assert result["pruefen"].on == date(2026, 11, 18)


@given(
    st.integers(-400, 400),
    st.sampled_from(Unit),
    st.datetimes(wall("2026-01-01 00:00"), wall("2027-12-01 00:00")),
)
def test_a_moved_date_is_earlier_open_and_not_before_its_basis(
    amount: int, unit: Unit, received: datetime
) -> None:
    bases = Bases(received=received)
    free = counted(amount, unit, "eingang", bases, move=False)
    moved = counted(amount, unit, "eingang", bases)
    assert moved.on <= free.on
    if moved.moved:
        assert CAL.is_open(moved.on)
        assert not CAL.is_open(free.on)
    if amount > 0:
        assert moved.on >= received.date()
        if unit is Unit.STUNDEN:
            assert moved.at is not None
            assert datetime.combine(moved.on, moved.at) > received
