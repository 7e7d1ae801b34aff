"""Ladungsfristen with tables of weekdays, Ferien, own steps, and the shortened one of urgent sessions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ob_buero_tui.rules.deadlines import Offset, Unit
from ob_buero_tui.rules.ladungsfrist import (
    ClosureMode,
    Closures,
    FristUnit,
    LadungsfristRule,
    Period,
    RuleStep,
    Urgent,
    ladung,
)
from ob_buero_tui.rules.ladungsfrist_urgent import never_shortened, shortened, urgent_ladung
from ob_buero_tui.rules.session_chain import TERMIN, ChainStep, chain
from ob_buero_tui.rules.workdays import WorkCalendar

FIRST, LAST = date(2025, 1, 1), date(2029, 12, 31)
SUMMER = {date(2027, 7, 19) + timedelta(days=n): "Sommerferien" for n in range(44)}
CAL = WorkCalendar(
    holidays={date(2026, 12, 25): "Erster Weihnachtstag"},
    closed={},
    first=FIRST,
    last=LAST,
    school=SUMMER,
    school_last=date(2029, 8, 31),
)
NOTTULN = LadungsfristRule(
    key="nottuln",
    label="Nottuln",
    text="{n} Kalendertage zwischen Versand und Sitzung",
    norm="GO",
    source="GO",
    n=10,
    weekdays=((1, 10), (2, 11), (3, 12)),
    to_dispatch=True,
    urgent=Urgent(n=3, hint_required=True, reasons_required=True),
    steps=(
        RuleStep(key="antragsschluss", n=14, weekdays=((1, 14), (2, 15), (3, 16)), at=time(10)),
        RuleStep(key="niederschrift", n=-3, unit=FristUnit.WOCHEN),
    ),
)
PLAIN = replace(NOTTULN, text="{n} volle Tage", weekdays=(), to_dispatch=False, steps=(), n=7)
STEPS = (
    ChainStep(
        key="antragsschluss",
        label="Antragsschluss",
        offset=Offset(amount=-5, unit=Unit.ARBEITSTAGE, basis="frist:versand"),
    ),
    ChainStep(key="versand", label="Versand"),
    ChainStep(key="zugang", label="Zugang"),
    ChainStep(
        key="niederschrift",
        label="Niederschrift",
        offset=Offset(amount=14, unit=Unit.KALENDERTAGE, basis=TERMIN),
    ),
)


@pytest.mark.parametrize(
    ("session", "dispatch", "motions"),
    [
        (date(2026, 12, 8), date(2026, 11, 27), date(2026, 11, 24)),
        (date(2026, 12, 9), date(2026, 11, 27), date(2026, 11, 24)),
        (date(2026, 12, 10), date(2026, 11, 27), date(2026, 11, 24)),
    ],
)
def test_whatever_the_weekday_nottuln_sends_on_friday(session: date, dispatch: date, motions: date) -> None:
    counted = ladung(NOTTULN, session, CAL)
    assert counted.dispatch == dispatch
    assert (session - dispatch).days - 1 == NOTTULN.n_on(session)
    start = datetime.combine(session, time(18))
    found = {one.step.key: one for one in chain(STEPS, NOTTULN, start, CAL)}
    assert (found["antragsschluss"].on, found["antragsschluss"].at) == (motions, time(10))
    assert found["antragsschluss"].text.endswith(", bis 10:00")
    assert found["niederschrift"].on == session + timedelta(days=21)


def test_a_table_of_weekdays_says_its_numbers() -> None:
    assert NOTTULN.spoken == (
        "10 (Di), 11 (Mi), 12 (Do) oder sonst 10 Kalendertage zwischen Versand und Sitzung"
    )
    counted = ladung(NOTTULN, date(2026, 12, 9), CAL)
    assert counted.dispatch_text == (
        "11 Kalendertage zwischen Versand und Sitzung: Sa 28.11. bis Di 8.12.;"
        " Versand spätestens Fr 27.11. (GO)"
    )
    assert counted.receipt_text == "die Frist zählt ab Versand; Zugang spätestens Fr 27.11. (GO)"


def test_ferien_that_do_not_count_make_the_way_longer() -> None:
    shut = Closures(mode=ClosureMode.ZAEHLT_NICHT, school=True)
    session = date(2027, 9, 3)
    counted = ladung(replace(PLAIN, closures=shut), session, CAL)
    assert counted.last == date(2027, 9, 2)
    assert counted.first == date(2027, 7, 14), "1. and 2.9. and five days before the 19.7."
    assert "ohne die Ferien" in counted.receipt_text
    assert "Schulferien nicht bekannt" not in counted.receipt_text


def test_in_ferien_nothing_is_sent() -> None:
    rest = Period(name="Weihnachtspause", first=(12, 20), last=(1, 6))
    shut = Closures(mode=ClosureMode.KEIN_VERSAND, periods=(rest,))
    counted = ladung(replace(PLAIN, closures=shut), date(2027, 1, 12), CAL)
    assert counted.dispatch_wanted == date(2027, 1, 4)
    assert counted.dispatch == date(2026, 12, 18)
    assert "vorgezogen (Weihnachtspause)" in counted.dispatch_text


@pytest.mark.parametrize(
    ("urgent", "receipt", "at", "said"),
    [
        (Urgent(n=3, reasons_required=True), date(2026, 12, 6), None, "die Gründe stehen in der Einladung"),
        (Urgent(n=0), date(2026, 12, 9), None, "verkürzt (Sturmschaden)"),
        (Urgent(n=24, unit=FristUnit.STUNDEN), date(2026, 12, 9), time(17), "17:00"),
        (
            Urgent(without_frist=True, case="im Eilfall"),
            date(2026, 12, 10),
            time(17),
            "verkürzt (Sturmschaden)",
        ),
        (
            Urgent(objection="ein Drittel"),
            date(2026, 12, 10),
            time(17),
            "nicht, wenn ein Drittel der Mitglieder widerspricht",
        ),
    ],
)
def test_an_urgent_session_has_its_own_dates(
    urgent: Urgent, receipt: date, at: time | None, said: str
) -> None:
    rule = replace(PLAIN, urgent=urgent)
    start = datetime.fromisoformat("2026-12-10T17:00")
    counted = urgent_ladung(rule, start, CAL, "Sturmschaden")
    assert (counted.receipt, counted.receipt_at) == (receipt, at)
    assert said in counted.receipt_text
    dates = {one.step.key: one for one in chain(STEPS, rule, start, CAL, "Sturmschaden")}
    assert (dates["zugang"].on, dates["zugang"].at) == (receipt, at)
    assert dates["zugang"].urgent == ""
    assert {one.step.key: one for one in chain(STEPS, rule, start, CAL)}["zugang"].on < receipt


def test_a_rule_without_an_urgent_form_is_never_shortened() -> None:
    rule = replace(PLAIN, urgent=None)
    start = datetime.fromisoformat("2026-12-10T17:00")
    assert chain(STEPS, rule, start, CAL, "eilt") == chain(STEPS, rule, start, CAL)


def test_without_a_frist_the_case_is_named() -> None:
    rule = replace(PLAIN, urgent=Urgent(without_frist=True, case="im Eilfall", unconfirmed=True))
    found = shortened(rule, datetime.fromisoformat("2026-12-10T17:00"), CAL)
    assert found is not None
    assert (found.on, found.text) == (None, "im Eilfall ohne Frist; unbestätigt")


def test_elections_and_the_hauptsatzung_are_never_shortened() -> None:
    rule = replace(PLAIN, always_full_words=("wahl", "wahlen", "*hauptsatzung*"))
    titles = ("Wahl der Schiedsperson", "Auswahl der Entwürfe", "3. Änderung der Hauptsatzung", "Haushalt")
    assert never_shortened(rule, titles) == (titles[0], titles[2])


@settings(max_examples=60)
@given(
    st.builds(
        replace,
        st.just(PLAIN),
        n=st.integers(1, 12),
        weekdays=st.lists(st.tuples(st.integers(0, 6), st.integers(1, 14)), unique_by=lambda one: one[0]).map(
            tuple
        ),
        to_dispatch=st.booleans(),
        closures=st.sampled_from(
            [
                None,
                Closures(mode=ClosureMode.ZAEHLT_NICHT, school=True),
                Closures(mode=ClosureMode.KEIN_VERSAND, school=True),
            ]
        ),
    ),
    st.dates(date(2026, 1, 1), date(2028, 12, 31)),
)
def test_so_many_counting_days_always_lie_before_the_session(rule: LadungsfristRule, session: date) -> None:
    counted = ladung(rule, session, CAL)
    legal = counted.dispatch_wanted if rule.to_dispatch else counted.receipt
    days = [legal + timedelta(days=n) for n in range(1, (session - legal).days)]
    shut = rule.closures
    if shut is not None and shut.mode is ClosureMode.ZAEHLT_NICHT:
        days = [day for day in days if not shut.reason(day, CAL)]
    assert len(days) == rule.n_on(session)
    assert counted.dispatch <= counted.dispatch_wanted
    assert CAL.is_open(counted.dispatch)
    if shut is not None and shut.mode is ClosureMode.KEIN_VERSAND:
        assert not shut.reason(counted.dispatch, CAL)
