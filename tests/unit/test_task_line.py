"""A task as one line: the day at its end, and what is refused instead of guessed."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.task_line import AmbiguousTask, parse_task
from ob_buero_tui.rules.workdays import WorkCalendar

WEDNESDAY = date(2026, 11, 25)
CALENDAR = WorkCalendar(holidays={}, closed={}, first=date(2026, 1, 1), last=date(2027, 12, 31))


@pytest.mark.parametrize(
    ("typed", "label", "day", "at"),
    [
        ("Blumen bestellen fr", "Blumen bestellen", date(2026, 11, 27), None),
        ("Blumen bestellen bis Fr.", "Blumen bestellen", date(2026, 11, 27), None),
        ("Rede am 24.12.", "Rede", date(2026, 12, 24), None),
        ("Rede bis zum 24. 12.", "Rede", date(2026, 12, 24), None),
        ("Saal prüfen +3t", "Saal prüfen", date(2026, 11, 30), None),
        ("Rückruf morgen 14:30", "Rückruf", date(2026, 11, 26), time(14, 30)),
        ("Rückruf um 14:30 Uhr", "Rückruf", WEDNESDAY, time(14, 30)),
        ("Kranz kw50", "Kranz", date(2026, 12, 7), None),
        ("Schlüssel holen", "Schlüssel holen", None, None),
        ("Deko für Ostern", "Deko für Ostern", None, None),
        ("Karten vor dem 1.3.", "Karten", date(2027, 2, 26), None),
        ("Abrechnung bis Ende des Monats", "Abrechnung", date(2026, 11, 30), None),
        ("Rückruf in 2 Wochen 14:30", "Rückruf", date(2026, 12, 9), time(14, 30)),
        ("Plätzchen 2. Advent", "Plätzchen", date(2026, 12, 6), None),
        ("Raum 204", "Raum 204", None, None),
        ("Gäste am Mittag", "Gäste am Mittag", None, None),
        ("Anruf 8.15", "Anruf 8.15", None, None),
    ],
)
def test_the_last_words_are_the_day(typed: str, label: str, day: date | None, at: time | None) -> None:
    found = parse_task(typed, WEDNESDAY, CALENDAR)
    assert (found.label, found.due_on, found.due_time) == (label, day, at)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "was zu tun ist"),
        ("fr", "was zu tun ist"),
        ("am fr", "was zu tun ist"),
        ("Blumen mi", "nicht eindeutig"),
        ("Blumen nächsten Freitag", "nicht eindeutig"),
        ("Blumen 31.2.", "gibt es nicht"),
        ("Blumen 24.11.2026", "Vergangenheit"),
        ("Blumen +3", "nicht als Tag verstanden"),
    ],
)
def test_what_is_unclear_is_refused(typed: str, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        parse_task(typed, WEDNESDAY, CALENDAR)


def test_an_ambiguous_day_is_offered_as_whole_lines() -> None:
    with pytest.raises(AmbiguousTask) as asked:
        parse_task("Blumen holen am nächsten Freitag", WEDNESDAY, CALENDAR)
    days = [parse_task(line, WEDNESDAY, CALENDAR) for line in asked.value.lines]
    assert [(one.label, one.due_on) for one in days] == [
        ("Blumen holen", date(2026, 11, 27)),
        ("Blumen holen", date(2026, 12, 4)),
    ]


@given(st.text(max_size=60))
def test_any_text_is_a_task_or_refused_and_never_loses_its_beginning(typed: str) -> None:
    try:
        found = parse_task(typed, WEDNESDAY, CALENDAR)
    except Refusal:
        return
    assert found.label
    assert " ".join(typed.split()).startswith(found.label)
    assert found.due_on is None or found.due_on >= WEDNESDAY
