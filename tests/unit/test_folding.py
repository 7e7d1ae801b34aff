"""Searching finds a name however it is spelled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ob_buero_tui.rules.folding import fold, fold_document, query_words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Müller", "mueller"),
        ("MÜLLER", "mueller"),
        ("Mu\u0308ller", "mueller"),
        ("Große Straße", "grosse strasse"),
        ("GROẞE", "grosse"),
        ("Łódź", "lodz"),
        ("Søren Ægir", "soren aegir"),
        ("Diyarbakır İzmir", "diyarbakir izmir"),
        ("Café Élysée", "cafe elysee"),
        ("„Ö“ – …", '"oe" - ...'),
        ("ǿ №", "o no"),
        ("plain ASCII", "plain ascii"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.sampled_from("aoußäöüÄÖÜéłøı1 -_„“u\u0308"), max_size=40))
def test_german_text_becomes_ascii(text: str) -> None:
    assert fold(text).isascii()


@pytest.mark.parametrize(
    ("text", "found_by"),
    [
        ("Gespräch mit Frau Müller", ["mueller", "Müller", "MULLER", "gespräch", "gesprach", "gespraech"]),
        ("Öztürk, Łukasz", ["ozturk", "oeztuerk", "Öztürk", "lukasz"]),
        ("Großer Empfang", ["gross", "groß"]),
    ],
)
def test_a_document_is_found_by_each_spelling(text: str, found_by: list[str]) -> None:
    words = query_words(fold_document(text))
    for query in found_by:
        (wanted,) = query_words(query)
        assert any(word.startswith(wanted) for word in words), query


def test_the_second_spelling_comes_after_the_text_and_only_once() -> None:
    assert fold_document("Müller trifft Müller") == "mueller trifft mueller muller"
    assert fold_document("Straße") == "strasse"
    assert fold_document("ASCII only") == "ascii only"


def test_query_words_split_like_the_index_and_carry_no_syntax() -> None:
    assert query_words('2026-0147 "Müller* OR_x') == ("2026", "0147", "mueller", "or", "x")
    assert query_words("müller Mueller") == ("mueller",)
    assert query_words(" *- ") == ()
