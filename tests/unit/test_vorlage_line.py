"""The line of a printed list: every mark is understood, or named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ob_buero_tui.rules.vorlage_line import LETTERS, parse_marks, spoken

TEN = range(1, 11)


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("1a 2n 3v 5-8a 9w", "Ja: 1, 5–8 · Nein: 2 · Vertretung: 3 · später: 9"),
        ("1j", "Ja: 1"),
        ("1a,2n;3r", "Ja: 1 · Nein: 2 · Rücksprache: 3"),
        ("  4 a   5 - 6 n ", "Ja: 4 · Nein: 5–6"),
        ("1A 2N", "Ja: 1 · Nein: 2"),
        ("1a2n3v", "Ja: 1 · Nein: 2 · Vertretung: 3"),
        ("3a 3a", "Ja: 3"),
    ],
)
def test_what_is_on_the_paper_is_understood(text: str, understood: str) -> None:
    marks = parse_marks(text, TEN)
    assert marks.ok, marks.mistakes
    assert spoken(marks) == understood


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("11a", "Eine Nummer 11 hat die Liste nicht."),
        ("9-12a", "Eine Nummer 12 hat die Liste nicht."),
        ("1x", "„1x“ ist nicht zu verstehen"),
        ("a", "„a“ ist nicht zu verstehen"),
        ("1", "„1“ ist nicht zu verstehen"),
        ("8-5a", "„8-5a“ läuft rückwärts"),
        ("1a 1n", "Zu Nummer 1 steht zweierlei da."),
    ],
)
def test_what_is_wrong_is_named(text: str, mistake: str) -> None:
    marks = parse_marks(text, TEN)
    assert not marks.ok
    assert mistake in " ".join(marks.mistakes)


def test_a_mistake_takes_nothing_else_with_it() -> None:
    marks = parse_marks("1a quatsch 2n", TEN)
    assert marks.decisions == {1: "ja", 2: "nein"}
    assert len(marks.mistakes) == 1


def test_a_span_passes_over_numbers_that_were_taken_off() -> None:
    assert parse_marks("1-4a", [1, 2, 4]).decisions == {1: "ja", 2: "ja", 4: "ja"}


def test_nothing_typed_is_nothing_to_take_over() -> None:
    marks = parse_marks("  ", TEN)
    assert not marks.ok
    assert not marks.mistakes


@given(st.dictionaries(st.integers(1, 60), st.sampled_from(sorted(LETTERS))), st.randoms())
def test_whatever_is_marked_comes_back(marked: dict[int, str], random: st.random.Random) -> None:  # type: ignore[name-defined]
    pieces = [f"{number}{letter}" for number, letter in marked.items()]
    random.shuffle(pieces)
    marks = parse_marks(" ".join(pieces), range(1, 61))
    assert marks.decisions == {number: LETTERS[letter] for number, letter in marked.items()}
    assert list(marks.decisions) == sorted(marked)


@given(st.text(max_size=60))
def test_any_text_is_answered(text: str) -> None:
    marks = parse_marks(text, TEN)
    assert set(marks.decisions) <= set(TEN)
