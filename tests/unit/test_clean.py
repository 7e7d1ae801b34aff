"""Text from outside cannot act on the terminal."""

from __future__ import annotations

import sys
from unicodedata import category, is_normalized

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ob_buero_tui.rules.clean import clean

HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cc", "Cf", "Cs", "Co", "Zl", "Zp", "Mn", "Me"]),
        st.sampled_from(
            "aAuo\r\n\t\u0308\u0301\u0327\u200d\u202e\u1100\u1161\u11a8\u212b\u0344\u0958\U0001d15e"
        ),
    ),
    max_size=60,
)


@given(HOSTILE, st.booleans(), st.integers(0, 40))
def test_cleaning_twice_changes_nothing(text: str, multiline: bool, limit: int) -> None:
    once = clean(text, multiline=multiline, limit=limit)
    assert clean(once, multiline=multiline, limit=limit) == once


@given(HOSTILE, st.booleans(), st.integers(0, 40))
def test_the_result_is_harmless_composed_and_short(text: str, multiline: bool, limit: int) -> None:
    result = clean(text, multiline=multiline, limit=limit)
    kinds = {category(char) for char in result if not (multiline and char == "\n")}
    assert kinds.isdisjoint({"Cc", "Cs", "Cf", "Zl", "Zp", "Co"})
    assert is_normalized("NFC", result)
    assert len(result) <= limit
    marks = 0
    for char in result:
        marks = marks + 1 if category(char).startswith("M") else 0
        assert marks <= 3


def test_every_character_alone_is_treated_by_its_category() -> None:
    dropped = {"Cf", "Zl", "Zp", "Co"}
    bidi = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    # All that is assigned lies in the first planes and among the tags; of the empty ones a sample does.
    empty = (*range(0x3_4000, 0xE_0000, 251), *range(0xE_1000, sys.maxunicode + 1, 251))
    for code in (*range(0x3_4000), *range(0xE_0000, 0xE_1000), *empty):
        char = chr(code)
        result = clean(f"a{char}")
        if char in "\n\t":
            assert result == "a "
        elif char in bidi or category(char) in ("Cc", "Cs"):
            assert result == "a\ufffd", hex(code)
        elif category(char) in dropped:
            assert result == "a", hex(code)
        else:
            assert is_normalized("NFC", result), hex(code)


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("\x1b]0;Titel\x07", "\ufffd]0;Titel\ufffd"),
        ("\x9b2J", "\ufffd2J"),
        ("a\x00b\x7fc", "a\ufffdb\ufffdc"),
        ("Rechnung\u202excod.exe", "Rechnung\ufffdxcod.exe"),
        ("Gruß\u00adwort\u200b", "Grußwort"),
        ("Mu\u0308ller", "Müller"),
        ("u\u200d\u0308", "ü"),
        ("\ud83d", "\ufffd"),
        ("Zeile 1\nZeile 2\tEnde", "Zeile 1 Zeile 2 Ende"),
        ("Zeile 1\r\nZeile 2", "Zeile 1 Zeile 2"),
        ("Z" + "\u0300" * 50, "Z" + "\u0300" * 3),
        ("[@click=app.quit]x[/] \\ [red]", "[@click=app.quit]x[/] \\ [red]"),
        ("„100 Jahre TSV“ – 1.500 €", "„100 Jahre TSV“ – 1.500 €"),
    ],
)
def test_what_is_seen_of_a_dangerous_line(raw: str, seen: str) -> None:
    assert clean(raw) == seen


def test_lines_stay_where_lines_are_wanted() -> None:
    assert clean("a\r\nb\nc\rd", multiline=True) == "a\nb\nc\ufffdd"


def test_plain_text_is_returned_as_it_is_and_cut_at_the_limit() -> None:
    plain = "Schirmherrschaft für den Benefizlauf „Rund um den See“"
    assert clean(plain) is plain
    assert clean("x" * 5000) == "x" * 4000
    assert clean("ä" * 10, limit=3) == "äää"
    assert clean("\U0001d15e" * 5, limit=5).__len__() == 5
