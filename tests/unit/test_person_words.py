"""A person's words are found in every spelling, and nobody else's."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ob_buero_tui.rules.person_words import GONE, Known, PersonWords, WordKind

K = WordKind
WORDS = PersonWords(
    [
        Known(
            given="Hülya Maria",
            family="Großmann",
            mails=("h.gross@example.org",),
            phones=("+49 (0)4711 99 88 77",),
            streets=("Lindenstraße 4a",),
        )
    ]
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hülya Großmann", K.NAME),
        ("HUELYA GROSSMANN", K.NAME),
        ("Hu\u0308lya\nDr. Großmanns Antrag", K.NAME),
        ("Großmann, Hülya Maria", K.NAME),
        ("Frau Grossmann rief an", K.FAMILIENNAME),
        ("H.Gross@Example.org.", K.MAIL),
        ("Tel. 04711/998877", K.TELEFON),
        ("0049 4711 998877", K.TELEFON),
        ("+49-4711-99-88-77", K.TELEFON),
        ("Lindenstr. 4a, Lindenau", K.ANSCHRIFT),
        ("lindenstrasse 4A", K.ANSCHRIFT),
    ],
)
def test_spellings(text: str, kind: WordKind) -> None:
    assert kind in WORDS.kinds(text)
    assert not WORDS.kinds(WORDS.replaced(text))
    assert GONE in WORDS.replaced(text)


@pytest.mark.parametrize(
    "text",
    [
        "Großmannshausen",
        "Ungroßmann",
        "xh.gross@example.org",
        "h.gross@example.organic",
        "1047119988770",
        "Lindenstraße 40",
        "Lindenstraße 4",
        "",
    ],
)
def test_what_only_looks_alike_is_somebody_elses(text: str) -> None:
    assert not WORDS.kinds(text)
    assert WORDS.replaced(text) == text


def test_json_is_cleared_in_keys_and_values() -> None:
    value = {"Großmann": ["Hülya Großmann", 3, None], "x": {"mail": "h.gross@example.org"}}
    assert WORDS.replaced_in(value) == {GONE: [GONE, 3, None], "x": {"mail": GONE}}


def test_nobody_is_found_without_a_name() -> None:
    assert not PersonWords([Known(given="Hülya"), Known(family="X"), Known(phones=("12",))])


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüß", min_size=2, max_size=12),
    st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüß", min_size=2, max_size=12),
    st.text(max_size=30),
)
def test_after_replacing_nothing_is_found(given_name: str, family: str, around: str) -> None:
    words = PersonWords([Known(given=given_name, family=family)])
    text = f"{around} {given_name.title()} {family.upper()} {around}"
    assert K.NAME in words.kinds(text) or K.FAMILIENNAME in words.kinds(text)
    assert not words.kinds(words.replaced(text)) or family in GONE
