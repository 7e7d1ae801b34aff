"""What is typed for a year's plan: years, rounds, weekdays, numbers of rounds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ob_buero_tui.rules.plan_typed import (
    parse_numbers,
    parse_rounds,
    parse_weekdays,
    parse_year,
    rounds_text,
    weekdays_text,
    weekdays_words,
)
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.year_plan import Round


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2027", (2027, 0)),
        (" 2027, 5 Runden ", (2027, 5)),
        ("2028 6", (2028, 6)),
        ("2027 1 Runde", (2027, 1)),
    ],
)
def test_a_year_with_its_rounds(text: str, meant: tuple[int, int]) -> None:
    assert parse_year(text) == meant


@pytest.mark.parametrize("text", ["", "27", "1066", "2027, 0", "2027, 40 Runden", "zwei"])
def test_what_is_no_year(text: str) -> None:
    with pytest.raises(Refusal):
        parse_year(text)


@st.composite
def rounds_of_a_year(draw: st.DrawFn) -> tuple[Round, ...]:
    days = sorted(draw(st.sets(st.integers(0, 364), min_size=2, max_size=16)))
    first = date(2027, 1, 1)
    pairs = list(zip(days[::2], days[1::2], strict=False))
    return tuple(
        Round(number=n, first=first + timedelta(days=a), last=first + timedelta(days=b))
        for n, (a, b) in enumerate(pairs, start=1)
    )


@settings(max_examples=40)
@given(rounds_of_a_year())
def test_rounds_are_read_as_they_are_written(rounds: tuple[Round, ...]) -> None:
    assert parse_rounds(rounds_text(rounds), 2027) == rounds


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "fehlt"),
        ("11.1.", "keine Spanne"),
        ("30.2.–1.3.", "gibt es 2027 nicht"),
        ("19.2.–11.1.", "liegt nach"),
        ("11.1.–19.2., 19.2.-1.3.", "Runde 2 beginnt vor dem Ende von Runde 1"),
        (",".join(["1.1.–2.1."] * 13), "zu viele"),
    ],
)
def test_rounds_that_cannot_be(text: str, says: str) -> None:
    with pytest.raises(Refusal, match=says):
        parse_rounds(text, 2027)


def test_weekdays_keep_their_order() -> None:
    assert parse_weekdays("do, Di") == (3, 1)
    assert parse_weekdays("Mittwoch oder mo") == (2, 0)
    assert parse_weekdays("  ") == ()
    assert weekdays_text((3, 1)) == "Do, Di"
    assert weekdays_words((3, 1, 0)) == "Donnerstag, sonst Dienstag oder Montag"
    for text in ("m", "dx", "di di"):
        with pytest.raises(Refusal):
            parse_weekdays(text)


def test_numbers_of_rounds() -> None:
    assert parse_numbers("") == parse_numbers("alle") == ()
    assert parse_numbers("1, 3 5") == (1, 3, 5)
    assert parse_numbers("5, 1 - 3") == (1, 2, 3, 5)
    for text in ("0", "3-1", "x", "13"):
        with pytest.raises(Refusal):
            parse_numbers(text)
