"""Words of results and the quorum of each Land are the office's data; a mistake costs only its own entry."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ob_buero_tui.catalog.load import load_catalog
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.catalog.results import quorum_rule, result_words
from ob_buero_tui.rules.quorum import QuorumShare
from ob_buero_tui.rules.votes import VoteKind

OWN = """\
[[results]]
key = "ja"
label = "zugestimmt"
letter = "j"
votes = "mehr_ja"

[[results]]
key = "spaeter"
label = "auf später verschoben"
letter = "s"
"""


def office(folder: Path, text: str) -> Catalog:
    """The catalog of an office with words of its own."""
    path = folder / "catalog" / "results.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return load_catalog(folder)


def test_the_shipped_words_are_those_of_minutes(catalog: Catalog) -> None:
    labels = {one.label for one in result_words(catalog)}
    for word in (
        "einstimmig beschlossen",
        "mehrheitlich beschlossen",
        "ungeändert beschlossen",
        "geändert beschlossen",
        "abgelehnt",
        "zur Kenntnis genommen",
        "vertagt",
        "verwiesen",
        "abgesetzt",
        "Nichtbefassung",
    ):
        assert word in labels


@pytest.mark.parametrize(
    ("land", "share"),
    [
        ("NW", QuorumShare.MEHR_ALS_HAELFTE),
        ("BW", QuorumShare.HAELFTE),
        ("BY", QuorumShare.MEHR_ALS_HAELFTE),
        ("TH", QuorumShare.MEHR_ALS_HAELFTE),
    ],
)
def test_each_land_has_a_quorum_that_nobody_has_confirmed(
    catalog: Catalog, land: str, share: QuorumShare
) -> None:
    rule = quorum_rule(replace(catalog, region=land))
    assert rule is not None
    assert (rule.share, rule.unconfirmed) == (share, True)
    assert rule.assumed == (land == "NW")


def test_an_office_has_its_own_words_and_keeps_the_quorum(tmp_path: Path) -> None:
    catalog = office(tmp_path, OWN)
    assert catalog.problems == ()
    assert [(one.key, one.votes) for one in result_words(catalog)] == [
        ("ja", VoteKind.BESCHLOSSEN),
        ("spaeter", VoteKind.OHNE),
    ]
    assert quorum_rule(catalog) is not None


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('letter = "s"', 'letter = "j"', "results[1].letter: Erwartet wird jeder Wert nur einmal"),
        ('letter = "s"', 'letter = "S"', "results[1].letter: Erwartet wird ein kleiner Buchstabe"),
        ('key = "spaeter"', "key = 3", "results[1].key"),
    ],
)
def test_a_wrong_word_is_named_and_costs_only_itself(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    catalog = office(tmp_path, OWN.replace(old, new))
    assert [one.key for one in result_words(catalog)] == ["ja"]
    assert any(sentence in one.sentence for one in catalog.problems)
