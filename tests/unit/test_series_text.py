"""How a series is told in words, and how it is typed."""

# Wall times are naive by design.
# ruff: noqa: DTZ001

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recurrence_kit import rules

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.series_text import series_sentence
from ob_buero_tui.rules.series_words import parse_series
from ob_buero_tui.rules.workdays import WorkCalendar

START = datetime(2026, 12, 1, 10, 0)
CAL = WorkCalendar(holidays={}, closed={}, first=date(2026, 1, 1), last=date(2027, 12, 31))


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("", ""),
        ("FREQ=DAILY", "täglich"),
        ("FREQ=DAILY;INTERVAL=2", "alle 2 Tage"),
        ("FREQ=WEEKLY", "jeden Dienstag"),
        ("FREQ=WEEKLY;BYDAY=MO", "jeden Montag"),
        ("FREQ=WEEKLY;BYDAY=TH,MO", "jeden Montag und Donnerstag"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "werktags (Mo–Fr)"),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "werktags (Mo–Fr)"),
        ("FREQ=WEEKLY;INTERVAL=2;UNTIL=20270331", "alle 2 Wochen am Dienstag bis 31.03.2027"),
        ("FREQ=WEEKLY;UNTIL=20270330T230000Z", "jeden Dienstag bis 31.03.2027"),
        ("FREQ=WEEKLY;COUNT=6", "jeden Dienstag, 6-mal"),
        ("FREQ=MONTHLY", "monatlich am 1."),
        ("FREQ=MONTHLY;INTERVAL=3;COUNT=4", "alle 3 Monate am 1., 4-mal"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", "monatlich am 1. und 15."),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "monatlich am letzten Tag des Monats"),
        ("FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270630T215959Z", "jeden 2. Dienstag im Monat bis 30.06.2027"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "jeden letzten Freitag im Monat"),
        ("FREQ=MONTHLY;BYDAY=1MO,3MO", "jeden 1. Montag und 3. Montag im Monat"),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2", "jeden 2. Dienstag im Monat"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "jeden letzten Arbeitstag (Mo–Fr) im Monat"),
        ("FREQ=YEARLY", "jährlich am 1.12."),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24", "jährlich am 24.12."),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=11;BYDAY=2SU", "alle 2 Jahre am 2. Sonntag im November"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "jährlich in KW 20 am Montag"),
        ("FREQ=YEARLY;BYYEARDAY=100", "jährlich am 100. Tag des Jahres"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "monatlich am Freitag (wenn es der 13. des Monats ist)"),
        ("FREQ=WEEKLY;BYDAY=MO;BYMONTH=6,7", "jeden Montag im Juni und Juli"),
        ("FREQ=DAILY;BYHOUR=8,14;BYMINUTE=0", "täglich um 08:00 und 14:00 Uhr"),
        ("FREQ=WEEKLY;UNTIL=bald", "wiederkehrend nach einer Regel, die nicht unterstützt wird"),
        ("FREQ=HOURLY;INTERVAL=2", "wiederkehrend nach einer Regel, die nicht unterstützt wird"),
    ],
)
def test_a_series_in_words(rule: str, told: str) -> None:
    assert series_sentence(rule, START) == told


def test_exceptions_are_named_and_many_are_counted() -> None:
    days = [date(2026, 12, 8), datetime(2026, 12, 22, 10)]
    assert series_sentence("FREQ=WEEKLY", START, exdates=days) == "jeden Dienstag, außer 8.12. und 22.12."
    assert (
        series_sentence("FREQ=WEEKLY", START, exdates=[date(2027, 1, 5)]) == "jeden Dienstag, außer 5.01.2027"
    )
    many = [date(2026, 12, n) for n in range(1, 8)]
    assert series_sentence("FREQ=WEEKLY", START, exdates=many).endswith("außer an 7 Tagen")
    assert series_sentence("", START, rdates=[date(2026, 12, 3)]) == "zusätzlich 3.12."
    assert series_sentence("FREQ=WEEKLY", START, rdates=[date(2026, 12, 3)]) == "jeden Dienstag, auch 3.12."


@given(rules(), st.booleans())
def test_every_rule_that_is_expanded_has_a_sentence_without_english(rule: str, all_day: bool) -> None:
    told = series_sentence(rule, START, all_day=all_day)
    assert told
    assert "nicht unterstützt" not in told
    assert not any(word in told for word in ("FREQ", "BY", "None", "weekday", "  "))


TYPED = [
    ("", ""),
    ("täglich", "FREQ=DAILY"),
    ("jeden Tag", "FREQ=DAILY"),
    ("alle 3 Tage", "FREQ=DAILY;INTERVAL=3"),
    ("jeden zweiten Tag", "FREQ=DAILY;INTERVAL=2"),
    ("werktags", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
    ("jeden mo-fr", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
    ("wöchentlich", "FREQ=WEEKLY;BYDAY=TU"),
    ("jede Woche am Mittwoch", "FREQ=WEEKLY;BYDAY=WE"),
    ("jeden mo, mi und fr", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
    ("montags und donnerstags", "FREQ=WEEKLY;BYDAY=MO,TH"),
    ("alle 2 wochen, 6-mal", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=6"),
    ("alle zwei Wochen di", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
    ("jede zweite Woche do", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
    ("jeden 2. di im monat bis 30.6.", "FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270630T215959Z"),
    ("am letzten Freitag des Monats", "FREQ=MONTHLY;BYDAY=-1FR"),
    ("jeden ersten Werktag im Monat", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"),
    ("jeden 15. im Monat", "FREQ=MONTHLY;BYMONTHDAY=15"),
    ("monatlich am 15.", "FREQ=MONTHLY;BYMONTHDAY=15"),
    ("monatlich am letzten Tag", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("vierteljährlich", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1"),
    ("alle 2 Monate am 2. di", "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU"),
    ("jährlich am 24.12.", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24"),
    ("jedes Jahr am 24. Dezember", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24"),
    ("jedes Jahr am 2. Sonntag im November", "FREQ=YEARLY;BYMONTH=11;BYDAY=2SU"),
    ("jährlich", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1"),
    ("jeden mo bis 24.12.2026", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20261224T225959Z"),
]


@pytest.mark.parametrize(("typed", "rule"), TYPED)
def test_a_series_is_typed(typed: str, rule: str) -> None:
    assert parse_series(typed, START, CAL) == rule


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("manchmal", "wurde nicht als Wiederholung verstanden"),
        ("jeden 2. di", "„jeden 2. di im monat“ oder „alle 2 wochen di“"),
        ("jeden mo, 0-mal", "Eine Serie hat zwischen 1 und 10.000 Terminen."),
        ("jeden mo bis 1.11.2026", "liegt in der Vergangenheit"),
        ("jährlich am 30.2.", "wurde nicht als Wiederholung verstanden"),
        ("jeden mo bis 2.12.2026", "Sie ergibt keinen einzigen Termin."),
    ],
)
def test_a_series_is_refused(typed: str, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_series(typed, START, CAL)
    assert said in str(refused.value)


@given(st.text(max_size=60), st.booleans())
def test_any_words_are_a_series_or_refused(typed: str, all_day: bool) -> None:
    try:
        assert isinstance(parse_series(typed, START, CAL, all_day=all_day), str)
    except Refusal as refused:
        assert refused.what  # noqa: PT017 any words may be refused, none may break
