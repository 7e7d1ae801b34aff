"""What is typed for a day or a time is understood, or refused in German, but never guessed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import parse_clock, parse_day, parse_moved, parse_span, parse_when, written
from ob_buero_tui.rules.when_values import end_on
from ob_buero_tui.rules.workdays import WorkCalendar

NOW = datetime(2026, 11, 25, 9, 42)  # noqa: DTZ001 a wall time
TODAY = date(2026, 11, 25)  # a Wednesday in KW 48
CAL = WorkCalendar(
    holidays={date(2026, 12, 25): "1. Weihnachtstag"},
    closed={date(2026, 12, 24): "Heiligabend"},
    first=date(2026, 1, 1),
    last=date(2027, 12, 31),
)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("heute", TODAY),
        ("Morgen", date(2026, 11, 26)),
        ("übermorgen", date(2026, 11, 27)),
        ("uebermorgen", date(2026, 11, 27)),
        ("fr", date(2026, 11, 27)),
        ("Fr.", date(2026, 11, 27)),
        ("am Freitag", date(2026, 11, 27)),
        ("mo", date(2026, 11, 30)),
        ("Die", date(2026, 12, 1)),
        ("sonnabend", date(2026, 11, 28)),
        ("+3t", date(2026, 11, 30)),
        ("+ 3 T", date(2026, 11, 30)),
        ("+0t", TODAY),
        ("+2w", date(2026, 12, 9)),
        ("27.11.", date(2026, 11, 27)),
        ("27.11", date(2026, 11, 27)),
        ("25.11.", TODAY),
        ("24.12.26", date(2026, 12, 24)),
        ("1.12.2027", date(2027, 12, 1)),
        ("7.1.", date(2027, 1, 7)),
        ("kw49", date(2026, 11, 30)),
        ("KW 2", date(2027, 1, 11)),
        ("kw48", date(2026, 11, 25)),
        ("kw48 2027", date(2027, 11, 29)),
        ("2026-12-14", date(2026, 12, 14)),
        ("  2026-12-14 ", date(2026, 12, 14)),
    ],
)
def test_understood(typed: str, day: date) -> None:
    assert parse_day(typed, TODAY, CAL).day == day


def test_the_reading_is_shown_with_its_count_and_a_closed_day() -> None:
    assert parse_day("+3t", TODAY, CAL).text == "Mo 30.11.2026 · 3 Arbeitstage nach heute"
    assert parse_day("24.12.", TODAY, CAL).text == "Do 24.12.2026 · kein Arbeitstag: Heiligabend"
    assert parse_day("kw49", TODAY, CAL).text == "Mo 30.11.2026 · Montag der KW 49"
    assert parse_day("uebermorgen", TODAY, CAL).text == "Fr 27.11.2026 · übermorgen"


def test_working_days_skip_what_the_office_closes() -> None:
    assert parse_day("+2t", date(2026, 12, 23), CAL).day == date(2026, 12, 29)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "kein Tag"),
        ("demnächst", "demnächst"),
        ("24.11.", "Vergangenheit"),
        ("24.11.26", "Vergangenheit"),
        ("2026-11-24", "Vergangenheit"),
        ("kw40", "Vergangenheit"),
        ("mi", "Heute ist Mittwoch"),
        ("nächsten Freitag", "Fr 27.11. oder Fr 4.12."),
        ("+3", "m für Monate"),
        ("+3x", "m für Monate"),
        ("+99999t", "So weit"),
        ("31.2.", "gibt es nicht"),
        ("29.2.", "mit Jahr"),
        ("2026-13-01", "gibt es nicht"),
        ("kw54", "hat keine KW 54"),
        ("kw53 2027", "hat keine KW 53"),
        ("24.", "Der Monat fehlt"),
        ("2962-11-24", "Jahreszahl"),
        ("heute morgen", "nicht als Tag verstanden"),
        ("tag", "nicht als Tag verstanden"),
    ],
)
def test_refused(typed: str, why: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_day(typed, TODAY, CAL)
    assert why in str(refused.value)
    assert refused.value.now
    assert not typed or typed in refused.value.what


def test_what_was_typed_is_shown_harmless_and_short() -> None:
    with pytest.raises(Refusal) as refused:
        parse_day("\x1b[2J" + "x" * 500, TODAY, CAL)
    assert "\x1b" not in str(refused.value)
    assert len(refused.value.what) < 100


def test_going_to_a_date_may_go_back() -> None:
    assert parse_day("24.11.", TODAY, CAL, allow_past=True).day == date(2026, 11, 24)
    assert parse_day("kw40", TODAY, CAL, allow_past=True).day == date(2026, 9, 28)
    assert parse_day("mi", TODAY, CAL, allow_past=True).day == TODAY


@given(st.dates(date(2026, 1, 1), date(2035, 12, 31)), st.dates(date(2026, 1, 1), date(2035, 12, 31)))
def test_a_full_date_is_itself_or_refused_as_past(today: date, day: date) -> None:
    for typed in (day.isoformat(), f"{day.day}.{day.month}.{day.year}", f"{day:%d.%m.%y}"):
        if day >= today:
            assert parse_day(typed, today, CAL).day == day
        else:
            with pytest.raises(Refusal):
                parse_day(typed, today, CAL)


@given(
    st.text(max_size=12) | st.from_regex(r"[+\d. kwKWtmo/-]{1,10}", fullmatch=True),
    st.dates(date(2000, 1, 1)),
)
def test_any_text_gives_a_coming_day_or_a_refusal(typed: str, today: date) -> None:
    try:
        understood = parse_day(typed, min(today, date(9900, 1, 1)), CAL)
    except Refusal:
        return
    assert timedelta(0) <= understood.day - min(today, date(9900, 1, 1)) <= timedelta(days=366 * 11)


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("14", time(14)),
        ("14:30", time(14, 30)),
        ("14.30", time(14, 30)),
        ("14 Uhr", time(14)),
        ("14uhr", time(14)),
        ("14 Uhr 30", time(14, 30)),
        ("9:05 Uhr", time(9, 5)),
        ("0", time(0)),
    ],
)
def test_clock(typed: str, at: time) -> None:
    assert parse_clock(typed) == at


@pytest.mark.parametrize(
    "typed", ["", "24:00", "25", "9:5", "14:60", "1430", "nachmittags", "7 Uhr abends 3", "-3"]
)
def test_no_clock(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_clock(typed)
    assert "Uhrzeit" in refused.value.what


@pytest.mark.parametrize(
    ("typed", "span"),
    [
        ("14-15:30", (time(14), time(15, 30))),
        ("9:30 bis 11 Uhr", (time(9, 30), time(11))),
        ("14.30–15", (time(14, 30), time(15))),
    ],
)
def test_span(typed: str, span: tuple[time, time]) -> None:
    assert parse_span(typed) == span


@pytest.mark.parametrize("typed", ["", "14", "14-", "-15", "15-14", "14-14", "14-15-16", "14-25"])
def test_no_span(typed: str) -> None:
    with pytest.raises(Refusal):
        parse_span(typed)


@pytest.mark.parametrize(
    ("typed", "start", "told"),
    [
        ("fr 23-24 Uhr", time(23), "Fr 27.11.2026, 23:00–24:00 Uhr"),
        ("fr 19 bis 24:00", time(19), "Fr 27.11.2026, 19:00–24:00 Uhr"),
        ("fr 20 Uhr bis Mitternacht", time(20), "Fr 27.11.2026, 20:00–24:00 Uhr"),
    ],
)
def test_24_uhr_is_the_end_of_the_day(typed: str, start: time, told: str) -> None:
    found = parse_when(typed, NOW, CAL)
    assert (found.start, found.end, found.text) == (start, time(0), told)
    assert parse_when(written(found), NOW, CAL).text == told


def test_24_uhr_ends_and_never_begins() -> None:
    assert parse_clock("24 Uhr", end=True) == time(0)
    assert parse_span("18-24") == (time(18), time(0))
    assert end_on(date(2026, 12, 31), time(0)) == datetime(2027, 1, 1)  # noqa: DTZ001 a wall time
    for typed in ("24 Uhr", "24-25 Uhr", "24-24 Uhr"):
        with pytest.raises(Refusal):
            parse_when(f"fr {typed}", NOW, CAL)


@pytest.mark.parametrize(
    ("typed", "day", "how"),
    [
        ("+1w", date(2027, 1, 19), "1 Woche nach Di 12.01."),
        ("+3t 18 Uhr", date(2027, 1, 15), "3 Arbeitstage nach Di 12.01."),
        ("fr", date(2026, 11, 27), ""),
        ("heute", TODAY, ""),
    ],
)
def test_what_is_moved_counts_from_its_own_day(typed: str, day: date, how: str) -> None:
    found = parse_moved(typed, date(2027, 1, 12), NOW, CAL)
    assert found.day == day
    assert how in found.text
