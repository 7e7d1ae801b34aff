"""The search language: what a line is taken apart into, and what is said about a wrong one."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ob_buero_tui.rules.query import Mistake, Query, Term, parse_query
from ob_buero_tui.rules.query_keys import BY_NAME, KEYS, NEAR, STATES, choose
from ob_buero_tui.rules.refusals import Refusal

PIECES = st.sampled_from(
    [
        *("art:", "status:", "frist:", "von:", "zuständig:", "zustaendig:", "prio:", "http://", "14:30"),
        *("offen", "<", "<=", ">", "=", "kw48", "-", '"', "„", "“", " ", "  ", ",", ":"),
        *("Grußwort", "É", "\n", "\x00"),
    ]
)  # fmt: skip
LINES = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join))


def parsed(text: str) -> tuple[Term, ...]:
    """The terms of a line."""
    return parse_query(text).terms


@given(LINES)
def test_no_line_does_more_than_refuse_and_what_is_understood_is_read_again(text: str) -> None:
    with suppress(Refusal):
        query = parse_query(text)
        try:
            again = parse_query(str(query))
        except Refusal as refusal:
            raise AssertionError(str(query)) from refusal
        assert again == query


def test_the_example_of_the_issue() -> None:
    assert parsed("art:grusswort status:offen von:tsv frist:<kw48 zuständig:ich -wort") == (
        Term(key="art", values=("grusswort",)),
        Term(key="status", values=("offen",)),
        Term(key="von", values=("tsv",)),
        Term(key="frist", values=("kw48",), compared="<"),
        Term(key="zuständig", values=("ich",)),
        Term(values=("wort",), negated=True),
    )


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("status: offen", Term(key="status", values=("offen",))),
        ("STAND:offen,neu", Term(key="status", values=("offen", "neu"))),
        ("zustaendig:kl", Term(key="zuständig", values=("kl",))),
        ('von:"TSV Süd"', Term(key="von", values=("TSV Süd",))),
        ("von:„TSV Süd“", Term(key="von", values=("TSV Süd",))),
        ('"zwei  Wörter"', Term(values=("zwei Wörter",))),
        ('"noch offen', Term(values=("noch offen",))),
        ('-"zwei Wörter"', Term(values=("zwei Wörter",), negated=True)),
        ("-art:einladung", Term(key="art", values=("einladung",), negated=True)),
        ("eingang:>= 1.11.", Term(key="eingang", values=("1.11.",), compared=">=")),
        ('"-0"', Term(values=("-0",))),
        ('"wort:heute"', Term(values=("wort:heute",))),
        ("14:30", Term(values=("14:30",))),
        ("https://example.org", Term(values=("https://example.org",))),
    ],
)
def test_spellings(typed: str, term: Term) -> None:
    assert parsed(typed) == (term,)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "art:grusswort prio:1",
            "Stelle 15: „prio:“ gibt es nicht. Gemeint ist vielleicht „wichtig:“, etwa wichtig:ja.",
        ),
        ("statsu:offen", "Gemeint ist vielleicht „status:“, etwa status:offen."),
        ("xyzzy:1", "Es gibt art: status: von:"),
        ("frist:", "Stelle 7: Hinter „frist:“ fehlt eine Angabe. Zum Beispiel: frist:<kw48"),
        ("frist: von:tsv", "Hinter „frist:“ fehlt eine Angabe."),
        ("art:<grusswort", "Stelle 5: „art:“ kennt kein „<“. Zum Beispiel: art:grusswort"),
        (" ".join(["-wort"] * 50), "Mehr als 40 Angaben gehen nicht."),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_an_example(typed: str, said: str) -> None:
    with pytest.raises(Mistake) as caught:
        parse_query(typed)

    assert said in str(caught.value)


def test_words_alone_search_everything() -> None:
    assert not parse_query("radweg hafen").keyed
    assert not parse_query("").keyed
    assert all(parse_query(text).keyed for text in ("status:offen", "-wort", '"zwei Wörter"'))


def test_every_example_can_be_read_and_every_key_has_one_meaning() -> None:
    for key in KEYS:
        assert parse_query(key.example).terms[0].key == key.name
    names = [name for key in KEYS for name in key.others]
    assert len(names) == len(set(names))
    assert set(NEAR.values()) <= set(BY_NAME)
    assert not set(NEAR) & set(BY_NAME)


@pytest.mark.parametrize(
    ("word", "choice"),
    [
        *(("offen", "offen"), ("Zurueckgezogen", "zurückgezogen"), ("uberfallig", "überfällig")),
        *(("zuges", "zugesagt"), ("ver", ""), ("x", ""), ("", "")),
    ],
)
def test_a_value_may_be_written_without_umlauts_or_begun(word: str, choice: str) -> None:
    assert choose(word, STATES) == choice


def test_an_empty_line_asks_for_nothing() -> None:
    assert parse_query("  ") == Query()


@pytest.mark.parametrize("typed", ["%", '"', "-", '""', "- -"])
def test_what_has_no_word_is_refused_and_does_not_match_everything(typed: str) -> None:
    with pytest.raises(Mistake, match="Da steht kein Wort"):
        parse_query(typed)


@pytest.mark.parametrize("typed", ["betreff:" + "x" * 60_000, "x" * 60_000])
def test_a_value_of_any_length_is_refused_in_words(typed: str) -> None:
    with pytest.raises(Mistake, match="zu lang"):
        parse_query(typed)


@pytest.mark.parametrize("prefix", ["Re", "AW", "wg", "FWD"])
def test_a_pasted_subject_has_no_unknown_key(prefix: str) -> None:
    assert [term.values for term in parse_query(f"{prefix}: Sommerfest").terms] == [
        (prefix,), ("Sommerfest",)
    ]  # fmt: skip
