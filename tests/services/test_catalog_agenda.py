"""Standard items and general terms are the office's data; a mistake costs only its own entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from ob_buero_tui.catalog.agenda import DEFAULT_TERM, AgendaRules, agenda_rules
from ob_buero_tui.catalog.load import load_catalog

OWN = """\
default_term = "Vertrauliches"

[[standard]]
key = "begruessung"
title = "Begrüßung"

[[standard]]
key = "begruessung"
title = "Begrüßung noch einmal"

[[standard]]
key = "schluss"
titel = "Schluss"

[[general_terms]]
label = "Kulturangelegenheit"
words = ["Theater*"]
"""


@pytest.fixture(scope="module")
def shipped() -> AgendaRules:
    """What comes with the program."""
    return agenda_rules(load_catalog())


def test_the_shipped_items_open_and_close_an_agenda(shipped: AgendaRules) -> None:
    """The council has its Einwohnerfragestunde, a committee has none; keys and titles are told apart."""
    council = [one.key for one in shipped.standard_for("Rat der Stadt Lindenau", "Parlament")]
    committee = [one.key for one in shipped.standard_for("Hauptausschuss", "Ausschuss")]
    assert council[:3] == ["eroeffnung", "tagesordnung", "niederschrift"]
    assert "einwohnerfragen" in council
    assert "einwohnerfragen" not in committee
    assert shipped.closing("anfragen")
    assert not shipped.closing("eroeffnung")
    titles = [one.title for one in shipped.standard]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(
    ("title", "term"),
    [
        ("Grundstücksverkauf Am Hafen 3", "Grundstücksangelegenheit"),
        ("Besetzung der Stelle: Ernennung einer Amtsleiterin", "Personalangelegenheit"),
        ("Auftragsvergabe Neubau Kita Nord", "Vergabeangelegenheit"),
        ("Mietvertrag Alte Post", "Vertragsangelegenheit"),
        ("Etwas ganz anderes", DEFAULT_TERM),
    ],
)
def test_a_title_proposes_its_general_term(shipped: AgendaRules, title: str, term: str) -> None:
    """By the words of the catalog; without one the general word for all."""
    assert shipped.term_for(title) == term


def test_an_offices_file_replaces_the_lists_and_names_what_is_wrong(tmp_path: Path) -> None:
    """A double key and an unknown one are named; the rest counts."""
    path = tmp_path / "catalog" / "agenda.toml"
    path.parent.mkdir()
    path.write_text(OWN, encoding="utf-8")
    catalog = load_catalog(tmp_path)
    rules = agenda_rules(catalog)
    assert [one.title for one in rules.standard] == ["Begrüßung"]
    assert rules.term_for("Theaterförderung") == "Kulturangelegenheit"
    assert rules.term_for("Grundstück") == "Vertrauliches"
    assert [(one.file, one.key) for one in catalog.problems] == [
        ("agenda.toml", "standard[2].title"),
        ("agenda.toml", "standard[2].titel"),
        ("agenda.toml", "standard"),
    ]
