"""The line of an absence: what the office may type, and how it is understood in full."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ob_buero_tui.rules.ausfall_line import (
    Absence,
    Unclear,
    parse_absence,
    parse_change,
    span_text,
    written_absence,
)
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.workdays import WorkCalendar

NOW: Final = datetime.fromisoformat("2026-11-25T09:42")
CAL: Final = WorkCalendar(
    holidays={date(2026, 12, 25): "1. Weihnachtstag"},
    closed={date(2026, 12, 24): "Heiligabend"},
    first=date(2025, 1, 1),
    last=date(2030, 12, 31),
)

UNDERSTOOD: Final = {
    "krank": "Krank: Mi 25.11.2026, ganztägig",
    "krank heute": "Krank: Mi 25.11.2026, ganztägig",
    "krank bis fr": "Krank: Mi 25.11.2026 bis Fr 27.11.2026, 3 Tage",
    "Krank bis einschließlich Freitag": "Krank: Mi 25.11.2026 bis Fr 27.11.2026, 3 Tage",
    "urlaub 21.-23.12.": "Urlaub: Mo 21.12.2026 bis Mi 23.12.2026, 3 Tage",
    "Urlaub vom 21. bis 23. Dezember": "Urlaub: Mo 21.12.2026 bis Mi 23.12.2026, 3 Tage",
    "urlaub 21.12. bis 4.1.": "Urlaub: Mo 21.12.2026 bis Mo 4.01.2027, 15 Tage",
    "urlaub 21.12.2026-4.1.2027": "Urlaub: Mo 21.12.2026 bis Mo 4.01.2027, 15 Tage",
    "ab morgen 2 tage krank": "Krank: Do 26.11.2026 bis Fr 27.11.2026, 2 Tage",
    "2 tage krank ab morgen": "Krank: Do 26.11.2026 bis Fr 27.11.2026, 2 Tage",
    "krank für drei Tage": "Krank: Mi 25.11.2026 bis Fr 27.11.2026, 3 Tage",
    "krank 3 arbeitstage ab fr": "Krank: Fr 27.11.2026 bis Di 1.12.2026, 5 Tage",
    "kur 3 wochen ab 7.12.": "Kur: Mo 7.12.2026 bis So 27.12.2026, 21 Tage",
    "dienstreise do 10-16 Uhr": "Dienstreise: Do 26.11.2026, 10:00–16:00 Uhr",
    "dienstreise do 10 bis 16 uhr": "Dienstreise: Do 26.11.2026, 10:00–16:00 Uhr",
    "Dienstreise Berlin 3.-4.12.": "Dienstreise Berlin: Do 3.12.2026 bis Fr 4.12.2026, 2 Tage",
    "dienstreise do 10 uhr bis fr 12 uhr": "Dienstreise: Do 26.11.2026 10:00 Uhr bis Fr 27.11.2026 12:00 Uhr",
    "krank ab 14 uhr": "Krank: Mi 25.11.2026, 14:00–24:00 Uhr",
    "krank bis 14 uhr": "Krank: Mi 25.11.2026, bis 14:00 Uhr",
    "krank bis fr 14 uhr": "Krank: Mi 25.11.2026 bis Fr 27.11.2026 14:00 Uhr",
    "heute nachmittag krank": "Krank: Mi 25.11.2026, 12:00–18:00 Uhr",
    "krank do vormittags": "Krank: Do 26.11.2026, bis 12:00 Uhr",
    "krank diese woche": "Krank: Mi 25.11.2026 bis So 29.11.2026, 5 Tage",
    "urlaub nächste woche": "Urlaub: Mo 30.11.2026 bis So 6.12.2026, 7 Tage",
    "urlaub kw50": "Urlaub: Mo 7.12.2026 bis So 13.12.2026, 7 Tage",
    "Urlaub übers Wochenende": "Urlaub: Sa 28.11.2026 bis So 29.11.2026, 2 Tage",
    "krank seit mo bis fr": "Krank: Mo 23.11.2026 bis Fr 27.11.2026, 5 Tage",
    "mo bis mi krank": "Krank: Mo 30.11.2026 bis Mi 2.12.2026, 3 Tage",
    "krank fr-mo": "Krank: Fr 27.11.2026 bis Mo 30.11.2026, 4 Tage",
    "krank heute und morgen": "Krank: Mi 25.11.2026 bis Do 26.11.2026, 2 Tage",
    "OP am Freitag": "OP: Fr 27.11.2026, ganztägig",
    "fällt aus bis morgen": "Abwesend: Mi 25.11.2026 bis Do 26.11.2026, 2 Tage",
    "erkrankt, voraussichtlich bis Dienstag": "Erkrankt: Mi 25.11.2026 bis Di 1.12.2026, 7 Tage",
    "krank 2026-12-01": "Krank: Di 1.12.2026, ganztägig",
}


@pytest.mark.parametrize("typed", UNDERSTOOD)
def test_a_line_is_understood_in_full(typed: str) -> None:
    assert parse_absence(typed, NOW, CAL).text == UNDERSTOOD[typed]


REFUSED: Final = {
    "": "keine Abwesenheit angegeben",
    "urlaub": "Es fehlt, wann",
    "quatsch": "nicht als Abwesenheit verstanden",
    "krank ab mo": "bis wann",
    "krank gestern": "liegt in der Vergangenheit",
    "krank mo und mi": "zwei einzelne Tage",
    "krank do 16 uhr bis do 10 uhr": "endet, bevor sie beginnt",
    "krank bis 1.4.2029": "länger als ein Jahr",
    "krank bis 31.2.": "31.2.",
    "krank " * 40: "zu lang",
}


@pytest.mark.parametrize("typed", REFUSED)
def test_what_is_unclear_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_absence(typed, NOW, CAL)
    assert REFUSED[typed] in str(refused.value)


def test_a_weekday_of_today_is_asked() -> None:
    with pytest.raises(Unclear) as asked:
        parse_absence("krank bis mi", NOW, CAL)
    assert [one.text for one in asked.value.choices] == [
        "Krank: Mi 25.11.2026, ganztägig",
        "Krank: Mi 25.11.2026 bis Mi 2.12.2026, 8 Tage",
    ]


PRESENT: Final = parse_absence("krank bis fr", NOW, CAL)
CHANGED: Final = {
    "wieder da ab do": "Krank: Mi 25.11.2026, ganztägig",
    "ab fr wieder im Dienst": "Krank: Mi 25.11.2026 bis Do 26.11.2026, 2 Tage",
    "heute ab 14 uhr wieder da": "Krank: Mi 25.11.2026, bis 14:00 Uhr",
    "wieder da ab di": "Krank: Mi 25.11.2026 bis Mo 30.11.2026, 6 Tage",
    "bis mo": "Krank: Mi 25.11.2026 bis Mo 30.11.2026, 6 Tage",
    "urlaub 21.-23.12.": "Urlaub: Mo 21.12.2026 bis Mi 23.12.2026, 3 Tage",
}


@pytest.mark.parametrize("typed", CHANGED)
def test_an_absence_is_shortened_and_lengthened(typed: str) -> None:
    assert parse_change(typed, NOW, CAL, PRESENT).text == CHANGED[typed]


def test_what_begins_earlier_keeps_its_beginning() -> None:
    present = parse_absence("krank seit mo bis do", NOW, CAL)
    assert parse_change("bis fr", NOW, CAL, present).start == datetime.fromisoformat("2026-11-23")


@pytest.mark.parametrize("typed", ["wieder da", "wieder da ab mi"])
def test_a_return_before_the_beginning_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match="bliebe nichts übrig"):
        parse_change(typed, NOW, CAL, PRESENT)


@given(
    start=st.datetimes(NOW, NOW + timedelta(days=300)).map(lambda at: at.replace(second=0, microsecond=0)),
    minutes=st.integers(1, 300 * 24 * 60),
    whole=st.booleans(),
)
def test_what_is_written_is_read_as_the_same(start: datetime, minutes: int, whole: bool) -> None:
    end = start + timedelta(minutes=minutes)
    if whole:
        start = start.replace(hour=0, minute=0)
        end = end.replace(hour=0, minute=0) + timedelta(days=1)
    absence = Absence(reason="krank", start=start, end=end)
    found = parse_absence(written_absence(absence), NOW, CAL)
    assert (found.start, found.end, found.reason) == (start, end, "krank")
    assert span_text(start, end)
