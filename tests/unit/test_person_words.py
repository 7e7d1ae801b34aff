"""A person's words are found in every spelling, and nobody else's."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ob_buero_tui.rules.person_patterns import Known, WordKind
from ob_buero_tui.rules.person_words import GONE, PersonWords

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


@pytest.mark.parametrize(
    "text",
    [
        "Brief_Großmann_2026.pdf",
        "brief_grossmann.pdf",
        "DESCRIPTION:Anruf\\nGroßmann kommt",
        "x\\nh.gross@example.org",
    ],
)
def test_a_name_between_signs_is_one(text: str) -> None:
    """In the name of a file an underscore parts words, in a calendar the two signs of a line break."""
    assert WORDS.kinds(text)
    assert not WORDS.kinds(WORDS.replaced(text))


@pytest.mark.parametrize(
    ("field", "texts"),
    [
        ("04711 998877, 0170 1234567", ["Tel. 04711/998877", "0170-1234567"]),
        ("04711 998877 oder +49 170 1234567", ["04711 998877", "0170 1234567"]),
        ("034774 / 998877", ["034774 998877"]),
    ],
)
def test_a_field_with_two_numbers_is_two(field: str, texts: list[str]) -> None:
    words = PersonWords([Known(phones=(field,))])
    assert [words.replaced(text)[-len(GONE) :] for text in texts] == [GONE] * len(texts)


def test_a_family_name_that_is_a_word_needs_its_capital() -> None:
    words = PersonWords([Known(given="Hülya", family="Lang")], others=("Otto", "Hülya"))
    text = "Wie lang dauert das? Otto Lang und Lang, Otto fragen; auch Frau LANG und hülya lang."
    assert words.replaced(text) == (
        f"Wie lang dauert das? Otto Lang und Lang, Otto fragen; auch Frau {GONE} und {GONE}."
    )
    assert not words.kinds("lang; Otto Lang")


EVERYDAY = frozenset(("lang", "klein", "ander", "offen"))
RARE = PersonWords(
    [Known(given="Ida", family="von Dornieden")], ordinary=("Gut Quittenbaum", "Lindenau"), everyday=EVERYDAY
)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("wenn frau dornieden anruft, dorniedens bank", f"wenn frau {GONE} anruft, {GONE} bank"),
        ("frau dr. dornieden; von dornieden kommt", f"frau dr. {GONE}; {GONE} kommt"),
        ("anruf dornieden (Ida Dornieden)\n\ndornieden kommt", f"anruf {GONE} ({GONE})\n\n{GONE} kommt"),
        ("Der Herr meint dornieden. frau dornieden", f"Der Herr meint dornieden. frau {GONE}"),
        ("Alle sind\ndornieden\n\nbei dornieden", f"Alle sind\ndornieden\n\nbei {GONE}"),
        (
            "dorniedenstraße, adornieden, dornieder, dornied",
            "dorniedenstraße, adornieden, dornieder, dornied",
        ),
    ],
)
def test_a_family_name_that_is_no_word_needs_no_capital(text: str, left: str) -> None:
    assert RARE.replaced(text) == left


@pytest.mark.parametrize("family", ["Lange", "Kleiner", "Quittenbaum", "Lindenau", "Ode", "Ander"])
def test_a_name_that_may_mean_something_else_needs_one_or_a_salutation(family: str) -> None:
    words = PersonWords(
        [Known(given="Ida", family=family)], ordinary=("Gut Quittenbaum", "Lindenau"), everyday=EVERYDAY
    )
    small = family.lower()
    assert words.replaced(f"sehr {small} oder {small}s; familie {small}") == (
        f"sehr {small} oder {small}s; familie {GONE}"
    )


def test_where_names_have_their_capitals_one_in_small_letters_is_a_word() -> None:
    """Such a text tells what is a word here, whatever a list knows."""
    words = PersonWords([Known(given="Ute", family="Teuer")])
    texts = ["Das ist zu teuer.", "Das ist\nzu teuer"]
    assert [set(words.as_words(text)) for text in texts] == [{"teuer"}] * 2
    others = [
        "frau teuer kommt",
        "teuer anrufen",
        "Die Akte: Frau teuer",
        "Frau Teuer",
        "Ute Teuer mag teuer",
        "Steuer",
    ]
    assert [list(words.as_words(text)) for text in others] == [[]] * len(others)


_COMMON = (
    *("wie", "lang", "dauert", "das", "frau", "ida", "klein", "aus", "dornhausen"),
    *("und", "der", "weiße", "müller", "am", "dornigen", "weg"),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*_COMMON, "dornieden"]), max_size=12))
def test_other_words_stay(picked: list[str]) -> None:
    """Around the name in small letters every word stays as it is."""
    words = PersonWords([Known(given="Ute", family="Dornieden")], others=("Ida",))
    after_ida = [left == "ida" for left in ["", *picked]]
    expected = [
        GONE if one == "dornieden" and not others else one
        for one, others in zip(picked, after_ida, strict=False)
    ]
    assert words.replaced(" ".join(picked)) == " ".join(expected)


@pytest.mark.parametrize(
    ("known", "text"),
    [
        (("Uwe", "Mueller"), "Herr Müller"),
        (("Uwe", "Müller"), "Herr Mu\u0308ller"),
        (("Anna-Maria", "Meyer-Schulze"), "Anna Maria Meyer\u2011Schulze"),
        (("Anna-Maria", "Meyer-Schulze"), "Frau Meyer Schulze"),
        (("André", "Celik-Šimić"), "ANDRE CELIK-SIMIC"),
        (("André", "Simic"), "Andre\u0301 Šimić"),
        (("Sean", "O'Neill"), "Sean O’Neill"),
        (("Ines", "İnan"), "Ines İnan"),
        (("Karl", "von der Linde"), "Karl v. d. Linde"),
        (("Karl", "von der Linde"), "Herr Linde"),
        (("Karl", "von der Linde"), "Herr von der Linde"),
        (("Ida", "Quittenbaum"), "Quitten\u00adbaum’s"),
    ],
)
def test_names_are_written_in_many_ways(known: tuple[str, str], text: str) -> None:
    words = PersonWords([Known(given=known[0], family=known[1])])
    assert words.replaced(text).removeprefix("Herr ").removeprefix("Frau ") == GONE


@pytest.mark.parametrize(
    "text", ["Hauptstraße 3", "HAUPTSTR. 3", "Hauptstr.3", "Hauptstr 3", "Hauptstrasse 3"]
)
@pytest.mark.parametrize("street", ["Hauptstr. 3", "Hauptstraße 3"])
def test_a_street_is_short_or_long(street: str, text: str) -> None:
    assert PersonWords([Known(streets=(street,))]).replaced(text) == GONE


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
