"""A line that makes an appointment: forty ways to say it, and nothing that breaks it."""

# Wall times are naive by design.
# ruff: noqa: DTZ001

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ob_buero_tui.rules.event_line import AmbiguousLine, EventLine, parse_event_line
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when_values import Ambiguous
from ob_buero_tui.rules.workdays import WorkCalendar

NOW = datetime(2026, 11, 25, 9, 42)
AT = datetime(2026, 11, 26, 14, 0)
CAL = WorkCalendar(holidays={}, closed={}, first=date(2026, 1, 1), last=date(2027, 12, 31))
PLACES = ("Kulturscheune", "Alte Mühle")

TABLE = [
    # Time alone: the day under the cursor.
    ("14-15 Uhr Spatenstich Kita, Hafenstr. 3", "26.11. 14:00-15:00", "Spatenstich Kita", "Hafenstr. 3"),
    ("14:30 Jour fixe", "26.11. 14:30", "Jour fixe", ""),
    ("14.30 Uhr Jour fixe", "26.11. 14:30", "Jour fixe", ""),
    ("9:15-10 Rücksprache Amt 61", "26.11. 09:15-10:00", "Rücksprache Amt 61", ""),
    ("halb drei Fototermin", "26.11. 14:30", "Fototermin", ""),
    ("um 8 Uhr Lage", "26.11. 08:00", "Lage", ""),
    # Day and time.
    ("do 9:30 Jour fixe 45 min", "26.11. 09:30-10:15", "Jour fixe", ""),
    ("do 14 Presse", "26.11. 14:00", "Presse", ""),
    ("kw50 di 9 Uhr Haushalt, Ratssaal", "8.12. 09:00", "Haushalt", "Ratssaal"),
    ("morgen 8 Uhr Lage", "26.11. 08:00", "Lage", ""),
    ("Fr 27.11., 14 Uhr Richtfest, Hafenstr. 3, 1. OG", "27.11. 14:00", "Richtfest", "Hafenstr. 3, 1. OG"),
    ("2.12. 10-11:30 Uhr Delegation Lorient, Rathaus", "2.12. 10:00-11:30", "Delegation Lorient", "Rathaus"),
    ("2. Dezember 10 Uhr Ehrung", "2.12. 10:00", "Ehrung", ""),
    ("nächste woche di 9 Uhr Klausur", "1.12. 09:00", "Klausur", ""),
    ("fr 22-2 Uhr Ball, Stadthalle", "27.11. 22:00-28.11. 02:00", "Ball", "Stadthalle"),
    ("do 9:30 45 min Jour fixe", "26.11. 09:30-10:15", "Jour fixe", ""),
    ("do 9:30 Klausur 1,5 Std., Stadthalle", "26.11. 09:30-11:00", "Klausur", "Stadthalle"),
    ("do 9 Uhr Klausur (90 min)", "26.11. 09:00-10:30", "Klausur", ""),
    # „morgen“ is the day, not a time of day, wherever the cursor stands.
    ("morgen 14 Telefonat", "26.11. 14:00", "Telefonat", ""),
    ("morgen 14 Uhr Telefonat", "26.11. 14:00", "Telefonat", ""),
    ("morgen 12-13 Telefonat", "26.11. 12:00-13:00", "Telefonat", ""),
    ("morgen um 14 Uhr Telefonat", "26.11. 14:00", "Telefonat", ""),
    ("um 14 Uhr morgen Telefonat", "26.11. 14:00", "Telefonat", ""),
    ("morgen nachmittag um 3 Telefonat", "26.11. 15:00", "Telefonat", ""),
    ("morgen früh 8 Uhr Lage", "26.11. 08:00", "Lage", ""),
    ("morgen Lage", "26.11. ganztägig", "Lage", ""),
    ("Telefonat morgen 14 Uhr", "26.11. 14:00", "Telefonat", ""),
    ("fr morgen 8 Uhr Lage", "27.11. 08:00", "Lage", ""),
    # Over midnight, also on a feast.
    ("23-1 Uhr Silvester", "31.12. 23:00-1.1.27 01:00", "Silvester", ""),
    ("23-1 Uhr Nachtschicht", "26.11. 23:00-27.11. 01:00", "Nachtschicht", ""),
    ("20 Uhr Silvester", "31.12. 20:00", "Silvester", ""),
    # No time: all day; nothing at all: where the cursor stands.
    ("24.12. Heiligabend", "24.12. ganztägig", "Heiligabend", ""),
    ("fr Betriebsausflug", "27.11. ganztägig", "Betriebsausflug", ""),
    ("ganztägig Klausur, Stadthalle", "26.11. ganztägig", "Klausur", "Stadthalle"),
    ("Spatenstich Kita Nord", "26.11. 14:00", "Spatenstich Kita Nord", ""),
    ("Jour fixe 30 min", "26.11. 14:00-14:30", "Jour fixe", ""),
    ("Karfreitag", "26.3.27 ganztägig", "Karfreitag", ""),
    # Several days.
    ("21.-23.12. Urlaub", "21.12.-23.12. ganztägig", "Urlaub", ""),
    ("21. bis 23.12. Urlaub", "21.12.-23.12. ganztägig", "Urlaub", ""),
    ("mo-mi Klausur in der Stadthalle", "30.11.-2.12. ganztägig", "Klausur", "Stadthalle"),
    ("30.11.-2.12. Messe", "30.11.-2.12. ganztägig", "Messe", ""),
    ("21.12. 14 Uhr - 23.12. 12 Uhr Klausur", "21.12. 14:00-23.12. 12:00", "Klausur", ""),
    # The day at the end.
    ("Spatenstich Kita Nord do 14 Uhr, Hafenstr. 3", "26.11. 14:00", "Spatenstich Kita Nord", "Hafenstr. 3"),
    ("Haushalt fr 9-10 Uhr", "27.11. 09:00-10:00", "Haushalt", ""),
    ("Betriebsausflug am 4.12.", "4.12. ganztägig", "Betriebsausflug", ""),
    # What looks like a time and is none.
    ("10 Jahre Kita Nord", "26.11. 14:00", "10 Jahre Kita Nord", ""),
    ("15-jähriges Jubiläum TSV", "26.11. 14:00", "15-jähriges Jubiläum TSV", ""),
    ("fr 10 Jahre Kita Nord", "27.11. ganztägig", "10 Jahre Kita Nord", ""),
    ("Drei Könige empfangen", "26.11. 14:00", "Drei Könige empfangen", ""),
    ("100 Jahre TSV, Stadion", "26.11. 14:00", "100 Jahre TSV", "Stadion"),
    # Places, carefully.
    ("14 Uhr Empfang im Ratssaal", "26.11. 14:00", "Empfang", "Ratssaal"),
    ("14 Uhr Rede im Dezember", "26.11. 14:00", "Rede im Dezember", ""),
    ("14 Uhr Grußwort im Namen der Stadt", "26.11. 14:00", "Grußwort im Namen der Stadt", ""),
    ("14 Uhr Lesung in der Kulturscheune", "26.11. 14:00", "Lesung", "Kulturscheune"),
    ("14 Uhr Besuch Alte Mühle", "26.11. 14:00", "Besuch Alte Mühle", ""),
    ("14 Uhr Treffen Frau Müller, Herrn Meier", "26.11. 14:00", "Treffen Frau Müller, Herrn Meier", ""),
    ("14 Uhr Richtfest, anschließend Imbiss", "26.11. 14:00", "Richtfest, anschließend Imbiss", ""),
    ("14 Uhr Empfang Müller, Meier, Ratssaal", "26.11. 14:00", "Empfang Müller, Meier", "Ratssaal"),
    ("14 Uhr Lesung, in der Stadtbibliothek", "26.11. 14:00", "Lesung", "Stadtbibliothek"),
    ("14 Uhr Markt auf dem Marktplatz", "26.11. 14:00", "Markt", "Marktplatz"),
]  # fmt: skip


def read(text: str, at: datetime = AT) -> EventLine:
    return parse_event_line(text, NOW, at, CAL, places=PLACES)


def span(line: EventLine) -> str:
    """When a line says, as the table writes it; the end only where the line says it."""

    def day(one: date) -> str:
        return f"{one.day}.{one.month}." + ("" if one.year == 2026 else f"{one.year % 100}")

    first = day(line.start.date())
    if line.all_day:
        last = (line.end - timedelta(days=1)).date()
        return f"{first}{'' if last == line.start.date() else '-' + day(last)} ganztägig"
    text = f"{first} {line.start:%H:%M}"
    if not line.end_said:
        assert line.end - line.start == timedelta(hours=1)
        return text
    same = line.end.date() == line.start.date()
    return f"{text}-{'' if same else day(line.end.date()) + ' '}{line.end:%H:%M}"


@pytest.mark.parametrize(("text", "when", "summary", "location"), TABLE)
def test_a_line_is_read(text: str, when: str, summary: str, location: str) -> None:
    line = read(text)
    assert (span(line), line.summary, line.location) == (when, summary, location)


SERIES = [
    ("jeden mo 8 Uhr Jour fixe", "30.11. 08:00", "FREQ=WEEKLY;BYDAY=MO", "Jour fixe"),
    ("jeden mo und do 8 Uhr Jour fixe", "26.11. 08:00", "FREQ=WEEKLY;BYDAY=MO,TH", "Jour fixe"),
    ("werktags 8 Uhr Lage 30 min", "26.11. 08:00-08:30", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Lage"),
    (
        "jeden 2. di im monat 17 Uhr bis 30.6. Bauausschuss",
        "8.12. 17:00",
        "FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270630T215959Z",
        "Bauausschuss",
    ),
    ("alle 2 wochen di 9-10 Uhr Runde", "1.12. 09:00-10:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "Runde"),
    ("jeden mo ab 7.12. 8 Uhr 6-mal Kurs", "7.12. 08:00", "FREQ=WEEKLY;BYDAY=MO;COUNT=6", "Kurs"),
    ("jährlich am 24.12. Heilig", "24.12. ganztägig", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24", "Heilig"),
    ("monatlich am 15. 10 Uhr Kasse", "15.12. 10:00", "FREQ=MONTHLY;BYMONTHDAY=15", "Kasse"),
    ("täglich 7:30 Presseschau", "26.11. 07:30", "FREQ=DAILY", "Presseschau"),
    # The rhythm at the end.
    (
        "di 14 Uhr Rücksprache, jeden di bis 30.6.",
        "1.12. 14:00",
        "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270630T215959Z",
        "Rücksprache",
    ),
    ("14 Uhr Jour fixe jede Woche, Rathaus", "26.11. 14:00", "FREQ=WEEKLY;BYDAY=TH", "Jour fixe"),
    (
        "do 9 Uhr Jour fixe, Rathaus, alle 2 wochen, 6-mal",
        "26.11. 09:00",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;COUNT=6",
        "Jour fixe",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "when", "rrule", "summary"), SERIES)
def test_a_line_makes_a_series(text: str, when: str, rrule: str, summary: str) -> None:
    line = read(text)
    assert (span(line), line.rrule, line.summary) == (when, rrule, summary)


def test_it_says_what_it_understood() -> None:
    assert read("do 14-15 Uhr Spatenstich, Hafenstr. 3").text == (
        "Do 26.11.2026, 14:00–15:00 Uhr · Spatenstich · Hafenstr. 3"
    )
    assert read("jeden mo 8 Uhr Lage").text == "jeden Montag, ab Mo 30.11.2026, 08:00–09:00 Uhr · Lage"


def test_morgen_is_tomorrow_wherever_the_cursor_stands() -> None:
    far = datetime(2026, 12, 9, 9, 45)
    assert {
        read(text, far).start for text in ("morgen 8 Uhr Lage", "8 Uhr morgen Lage", "morgen 8 Lage")
    } == {datetime(2026, 11, 26, 8)}


@pytest.mark.parametrize("text", ["Fest für alle", "Ehrung für jeden Bürger", "Treffen, alle Ämter"])
def test_a_title_is_no_series(text: str) -> None:
    assert read(text).rrule == ""


def test_midnight_stands_for_no_time() -> None:
    line = read("Betriebsausflug", datetime(2026, 12, 3))
    assert (line.all_day, line.start) == (True, datetime(2026, 12, 3))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Die Zeile ist leer."),
        ("x" * 301, "Die Zeile hat mehr als 300 Zeichen."),
        ("do 14 Uhr", "Es fehlt, worum es geht."),
        ("32.12. Empfang", "Der Kalender hat diesen Tag nicht."),
        ("do 25 Uhr Empfang", "Der Tag geht von 0:00 bis 23:59 Uhr."),
        ("15-14 Uhr Empfang", "Das Ende liegt nicht nach dem Beginn."),
        ("jeden 2. di Rat", "Gemeint sein kann „jeden 2. di im monat“ oder „alle 2 wochen di“."),
        ("23.-21.12. Urlaub", "Das Ende liegt nicht nach dem Beginn."),
    ],
)
def test_a_line_is_refused(text: str, why: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(text)
    assert why in f"{refused.value.what} {refused.value.why}"
    assert refused.value.now


def test_two_meanings_are_asked_with_the_line_of_each() -> None:
    with pytest.raises(AmbiguousLine) as asked:
        read("10.12 Empfang, Rathaus")
    assert [(line.start, line.all_day) for line in asked.value.lines] == [
        (datetime(2026, 12, 10), True),
        (datetime(2026, 11, 25, 10, 12), False),
    ]
    assert {(line.summary, line.location) for line in asked.value.lines} == {("Empfang", "Rathaus")}
    assert len(asked.value.choices) == 2


TYPED = (
    "do fr mo heute morgen kw50 24.12. 10.12 21.-23.12. 14 14-15 9:30 Uhr 22-2 halb drei bis - jeden alle 2"
    " 2. wochen monat im in der Ratssaal Hafenstr. 3, Spatenstich 45 min 1,5 Std ganztägig ab 6-mal"
    " werktags jährlich am letzten Ende Mitte Ostern 32.13. 25 , – 15-jähriges"
)
WORDS = st.sampled_from(TYPED.split(" "))
LINES = st.one_of(st.text(max_size=40), st.lists(WORDS, min_size=1, max_size=9).map(" ".join))
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2060, 12, 31)).map(lambda at: at.replace(microsecond=0))


@given(text=LINES, now=MOMENTS, at=MOMENTS)
def test_any_line_is_read_asked_or_refused(text: str, now: datetime, at: datetime) -> None:
    try:
        line = parse_event_line(text, now, at, CAL)
    except Refusal as refused:
        assert refused.what  # noqa: PT017 any line may be refused, none may break
        assert not isinstance(refused, Ambiguous) or refused.choices  # noqa: PT017
        return
    assert line.summary
    assert line.end > line.start
    assert not line.all_day or (line.start.time(), line.end.time()) == (time(0), time(0))
    assert line.start.tzinfo is None
    assert line.summary == line.summary.strip()


@given(at=MOMENTS, start=st.integers(7, 18), days=st.integers(0, 300))
def test_a_time_never_lies_before_the_day_that_is_said(at: datetime, start: int, days: int) -> None:
    day = NOW.date() + timedelta(days=days)
    line = parse_event_line(f"{day:%d.%m.%Y} {start}-{start + 1} Uhr Runde", NOW, at, CAL)
    assert (line.start.date(), line.start.hour, line.end.hour) == (day, start, start + 1)
