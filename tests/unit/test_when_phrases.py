"""The table of phrases: what a clerk types on Wednesday 18 November 2026 at 10:00, and what is understood."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ob_buero_tui.rules.german import letter_date, long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import Ambiguous, parse_clock, parse_day, parse_when
from ob_buero_tui.rules.workdays import WorkCalendar

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
CAL = WorkCalendar(
    holidays={date(2026, 12, 25): "1. Weihnachtstag", date(2026, 12, 26): "2. Weihnachtstag"},
    closed={
        date(2026, 12, 24): "Heiligabend",
        date(2026, 12, 31): "Silvester",
        date(2027, 6, 7): "Kirmesmontag",
    },
    first=date(2026, 1, 1),
    last=date(2027, 12, 31),
)

PHRASES = """
heute                         | 2026-11-18
morgen 14 Uhr                 | 2026-11-19 14:00
übermorgen                    | 2026-11-20
uebermorgen 9.15 Uhr          | 2026-11-20 09:15
fr                            | 2026-11-20
Fr.                           | 2026-11-20
Sonnabend                     | 2026-11-21
am Freitag um 10              | 2026-11-20 10:00
Donnerstag 15 Uhr 30          | 2026-11-19 15:30
Do 15.30 Uhr                  | 2026-11-19 15:30
kommenden Dienstag            | 2026-11-24
diesen Freitag                | 2026-11-20
in 2 Wochen                   | 2026-12-02
in drei Tagen                 | 2026-11-21
in 3 Arbeitstagen             | 2026-11-23
in einem Monat                | 2026-12-18
in einem halben Jahr          | 2027-05-18
heute in 14 Tagen             | 2026-12-02
morgen in drei Wochen         | 2026-12-10
Freitag in einer Woche        | 2026-11-27
+3t                           | 2026-11-23
+2w                           | 2026-12-02
+1m                           | 2026-12-18
+1j                           | 2027-11-18
+2w 14:30                     | 2026-12-02 14:30
kw48                          | 2026-11-23
kw47 fr                       | 2026-11-20
kw50 di 9:30                  | 2026-12-08 09:30
KW 2 Montag                   | 2027-01-11
Montag der KW 50              | 2026-12-07
kw 2/27                       | 2027-01-11
nächste Woche                 | 2026-11-23
nächste Woche Freitag         | 2026-11-27
Freitag nächster Woche 11 Uhr | 2026-11-27 11:00
24.12.                        | 2026-12-24
24.12                         | 2026-12-24
24. 12. 2026                  | 2026-12-24
24.12.26 halb drei            | 2026-12-24 14:30
24.12. 14                     | 2026-12-24 14:00
7.1.                          | 2027-01-07
24. Dezember                  | 2026-12-24
24. Dez. 2026 um 16 Uhr       | 2026-12-24 16:00
1. März                       | 2027-03-01
2026-12-14                    | 2026-12-14
2026-12-14 14:30              | 2026-12-14 14:30
Mi 25.11.2026                 | 2026-11-25
Mittwoch, 25. November 2026   | 2026-11-25
bis zum 24.12.                | 2026-12-24
14-16 Uhr                     | 2026-11-18 14:00 16:00
14 bis 16 Uhr morgen          | 2026-11-19 14:00 16:00
Freitag von 9:30 bis 11 Uhr   | 2026-11-20 09:30 11:00
24.12. 14.30–15               | 2026-12-24 14:30 15:00
fr 9-3                        | 2026-11-20 09:00 15:00
fr halb drei bis vier         | 2026-11-20 14:30 16:00
fr halb acht                  | 2026-11-20 07:30
fr halb sieben                | 2026-11-20 18:30
fr Viertel nach drei          | 2026-11-20 15:15
fr Viertel vor neun           | 2026-11-20 08:45
fr drei viertel vier          | 2026-11-20 15:45
fr dreiviertel acht           | 2026-11-20 07:45
fr viertel drei               | 2026-11-20 14:15
fr fünf vor halb drei         | 2026-11-20 14:25
fr zehn nach neun             | 2026-11-20 09:10
fr acht                       | 2026-11-20 08:00
um 3                          | 2026-11-18 15:00
Mittag                        | 2026-11-18 12:00
morgen Mittag                 | 2026-11-19 12:00
morgen früh 8 Uhr             | 2026-11-19 08:00
heute morgen um 11            | 2026-11-18 11:00
Freitag vormittags halb zehn  | 2026-11-20 09:30
Freitag nachmittag um 3       | 2026-11-20 15:00
heute abend halb acht         | 2026-11-18 19:30
8 Uhr abends                  | 2026-11-18 20:00
Ende des Monats               | 2026-11-30
Monatsende                    | 2026-11-30
Ende nächsten Monats          | 2026-12-31
Anfang Dezember               | 2026-12-01
Mitte Dezember                | 2026-12-15
Ende Februar                  | 2027-02-28
Ende der Woche                | 2026-11-20
Ende nächster Woche           | 2026-11-27
Anfang nächster Woche         | 2026-11-23
Ende der KW 49                | 2026-12-04
Ende des Quartals             | 2026-12-31
Jahresende                    | 2026-12-31
Mitte Januar 2027             | 2027-01-15
1. Advent                     | 2026-11-29
2. Advent                     | 2026-12-06
vierter Advent 17 Uhr         | 2026-12-20 17:00
Totensonntag                  | 2026-11-22
Buß- und Bettag               | 2026-11-18
Volkstrauertag                | 2027-11-14
Nikolaus                      | 2026-12-06
Heiligabend                   | 2026-12-24
2. Weihnachtsfeiertag         | 2026-12-26
Neujahr                       | 2027-01-01
Rosenmontag                   | 2027-02-08
Aschermittwoch                | 2027-02-10
Karfreitag                    | 2027-03-26
Ostermontag                   | 2027-03-29
Ostersonntag 2028             | 2028-04-16
Christi Himmelfahrt           | 2027-05-06
Pfingstmontag                 | 2027-05-17
Fronleichnam                  | 2027-05-27
Muttertag                     | 2027-05-09
Kirmesmontag                  | 2027-06-07
vor dem 1.3.                  | 2027-02-26
vor Heiligabend               | 2026-12-23
vor Weihnachten               | 2026-12-23
nach Weihnachten              | 2026-12-28
nach dem 24.12.               | 2026-12-28
nach Ostern                   | 2027-03-30
3 Tage vor Heiligabend        | 2026-12-21
2 Arbeitstage vor dem 24.12.  | 2026-12-22
eine Woche nach dem 1. Advent | 2026-12-06
""".strip().splitlines()

ASKED = """
nächsten Dienstag             | 2026-11-24 | 2026-12-01
nächsten Dienstag 14 Uhr      | 2026-11-24 14:00 | 2026-12-01 14:00
übernächsten Freitag          | 2026-11-27 | 2026-12-04
Mittwoch                      | 2026-11-18 | 2026-11-25
Montag in 2 Wochen            | 2026-12-07 | 2026-11-30
in 8 Tagen                    | 2026-11-25 | 2026-11-26
Wochenende                    | 2026-11-21 | 2026-11-22
Ostern                        | 2027-03-28 | 2027-03-29
Pfingsten                     | 2027-05-16 | 2027-05-17
Weihnachten                   | 2026-12-25 | 2026-12-26
fr sieben Uhr                 | 2026-11-20 07:00 | 2026-11-20 19:00
10.12                         | 2026-12-10 | 2026-11-18 10:12
24.                           | 2026-11-24 | 2026-12-24
Mo 25.11.2026                 | 2026-11-25 | 2026-11-23
24.6.                         | 2027-06-24
kw30                          | 2027-07-26
Mitte Oktober                 | 2027-10-15
Anfang des Monats             | 2026-12-01
8 Uhr                         | 2026-11-19 08:00
""".strip().splitlines()

REFUSED = """
demnächst                     | nicht als Tag verstanden
31.2.                         | gibt es nicht
29.2.                         | mit Jahr
kw54                          | keine KW 54
gestern                       | Vergangenheit
letzten Freitag               | Vergangenheit
17.11.26                      | Vergangenheit
25 Uhr                        | keine Uhrzeit
morgen früh                   | fehlt die Stunde
fr vormittags 15 Uhr          | passen nicht zusammen
fr 16-14 Uhr                  | Ende liegt nicht nach dem Beginn
vor dem Termin                | nicht als Tag verstanden
+3x                           | m für Monate
24.12.2062                    | Jahreszahl
""".strip().splitlines()


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def _written(day: date, start: time | None, end: time | None) -> str:
    clocks = "".join(f" {at:%H:%M}" for at in (start, end) if at)
    return f"{day.isoformat()}{clocks}"


@pytest.mark.parametrize("line", PHRASES)
def test_understood(line: str) -> None:
    typed, expected = _cells(line)
    found = parse_when(typed, NOW, CAL)
    assert _written(found.day, found.start, found.end) == expected
    assert found.text.startswith(long_date(found.day))


@pytest.mark.parametrize("line", ASKED)
def test_asked(line: str) -> None:
    typed, *expected = _cells(line)
    with pytest.raises(Ambiguous) as asked:
        parse_when(typed, NOW, CAL)
    assert [_written(one.day, one.start, one.end) for one in asked.value.choices] == expected
    assert all(one.text.startswith(long_date(one.day)) for one in asked.value.choices)
    assert asked.value.now


@pytest.mark.parametrize("line", REFUSED)
def test_refused(line: str) -> None:
    typed, why = _cells(line)
    with pytest.raises(Refusal) as refused:
        parse_when(typed, NOW, CAL)
    assert why in str(refused.value)
    assert not isinstance(refused.value, Ambiguous)


def test_the_table_is_long_enough() -> None:
    assert len({_cells(line)[0] for line in (*PHRASES, *ASKED)}) >= 80


def test_what_was_decided_is_said() -> None:
    assert "nicht 02:30: gelesen zwischen 7 und 19 Uhr" in parse_when("fr halb drei", NOW, CAL).text
    assert "letzter Arbeitstag vor Mo 1.03.2027" in parse_when("vor dem 1.3.", NOW, CAL).text
    assert "schon vorbei" in parse_when("heute 9 Uhr", NOW, CAL).text
    assert "kein Arbeitstag: Silvester" in parse_when("Jahresende", NOW, CAL).text


def test_only_a_written_day_is_exact() -> None:
    assert parse_when("28.11.", NOW, CAL).exact
    assert parse_when("Heiligabend", NOW, CAL).exact
    assert not parse_when("sa", NOW, CAL).exact
    assert not parse_when("+1m", NOW, CAL).exact


def test_the_past_is_taken_where_it_is_allowed() -> None:
    for typed, day in (
        ("gestern", 17),
        ("letzten Freitag", 13),
        ("vor 3 Tagen", 15),
        ("letzten Mittwoch", 11),
    ):
        assert parse_when(typed, NOW, CAL, allow_past=True).day == date(2026, 11, day)


def test_a_day_alone_has_no_time() -> None:
    with pytest.raises(Refusal):
        parse_day("morgen 14 Uhr", NOW.date(), CAL)


def test_spoken_times_alone() -> None:
    assert parse_clock("halb drei") == time(14, 30)
    with pytest.raises(Refusal, match="07:00 oder 19:00"):
        parse_clock("sieben Uhr")


_days = st.dates(date(2026, 1, 1), date(2034, 12, 31))
_moments = st.builds(datetime.combine, _days, st.times(), st.just(UTC))


@given(_moments, st.integers(0, 3600), st.times())
def test_every_written_date_comes_back(now: datetime, later: int, at: time) -> None:
    day = now.date() + timedelta(days=later)
    clock = f"{at:%H:%M}"
    for typed in (long_date(day), letter_date(day), day.isoformat(), f"{day:%d.%m.%y}"):
        assert parse_when(typed, now, CAL).day == day
        found = parse_when(f"{typed} {clock}", now, CAL)
        assert (found.day, found.start) == (day, at.replace(second=0, microsecond=0))
        assert parse_when(found.text.split(" · ")[0].replace(" Uhr", ""), now, CAL).day == day


_words = sorted({word for line in PHRASES for word in _cells(line)[0].split()})


@given(
    st.text(max_size=16)
    | st.from_regex(r"[+\d. kwKWtmo/-]{1,12}", fullmatch=True)
    | st.lists(st.sampled_from(_words), max_size=5).map(" ".join),
    _moments,
    st.booleans(),
)
def test_any_text_is_understood_asked_or_refused(typed: str, now: datetime, past: bool) -> None:
    try:
        found = parse_when(typed, now, CAL, allow_past=past)
    except Ambiguous as asked:
        readings = asked.choices
        assert readings
    except Refusal:
        return
    else:
        readings = (found,)
    for one in readings:
        assert one.text.startswith(long_date(one.day))
        assert past or one.day >= now.date()
        assert one.end is None or (one.start is not None and one.start < one.end)


@given(_days, st.sampled_from(["Ostermontag", "Heiligabend", "2. Advent", "Rosenmontag", "Totensonntag"]))
def test_a_feast_is_the_coming_one(today: date, name: str) -> None:
    found = parse_day(name, today, CAL)
    assert timedelta(0) <= found.day - today <= timedelta(days=390)
    assert parse_day(f"{name} {found.day.year}", today, CAL).day == found.day
