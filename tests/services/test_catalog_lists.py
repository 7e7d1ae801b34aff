"""The office's lists: event kinds with their tasks, calendars and deputies, own words, text modules."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_catalog_example import office

from ob_buero_tui.catalog.everyday import everyday_words
from ob_buero_tui.catalog.load import load_catalog
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.catalog.representation import calendar_named
from ob_buero_tui.catalog.words import BEGRIFFE
from ob_buero_tui.rules.placeholders import PLACEHOLDERS, fill_in, unknown_placeholders

EMPFANG = """\
[[event_kinds]]
key = "empfang"
label = "Empfang"
sign = "Em"
minutes = 90
"""
TASK = """\
tasks_source = "Hausregel"

[[tasks]]
key = "stehtische"
label = "Stehtische bestellen"
amount = "raum"
kinds = ["empfang"]
"""
CALENDARS = """\
[[calendars]]
key = "ob"
label = "Bürgermeister"
short = "BM"
role = "ob"

[[calendars]]
key = "rat"
label = "Gemeinderat"
short = "GR"
role = "rat"

[[calendars]]
key = "erste"
label = "Erste Beigeordnete"
short = "1. Bgo"
role = "stellvertretung"
match = ["Erste Beigeordnete"]
"""
CHAIN = '\n[[chains]]\nkey = "repraesentation"\nlabel = "Vertretung"\ncalendars = ["erste"]\n'
MODULE = """\
[[text_modules]]
key = "gruss"
label = "Gruß"
states = ["zugesagt"]
kinds = ["grusswort"]
text = \"\"\"
{anrede},

danke für „{betreff}“.
\"\"\"
"""

MISTAKES = {
    "task figure": (
        "event_kinds.toml", TASK.replace('"raum"', '"raumm"'),
        'tasks[0].amount: Erwartet wird eine ganze Zahl von -3650 bis 3650 oder der Name einer Zahl aus '
        "office.toml, gefunden wurde „raumm“. Gemeint ist vielleicht „raum“.",
    ),
    "task basis": (
        "event_kinds.toml", TASK + 'basis = "eingang"\n',
        "tasks[0].basis: Erwartet wird termin, gefunden wurde „eingang“.",
    ),
    "task kind": (
        "event_kinds.toml", TASK.replace('"empfang"', '"empfng"'),
        "tasks: Erwartet wird für „stehtische“ eine Terminart, gefunden wurde „empfng“. "
        "Gemeint ist vielleicht „empfang“.",
    ),
    "task source": (
        "event_kinds.toml", TASK.replace('tasks_source = "Hausregel"\n', ""),
        "tasks_source: Erwartet wird die Quelle der Aufgabenfristen, gefunden wurde nichts.",
    ),
    "task twice": (
        "event_kinds.toml", TASK + TASK.partition("\n\n")[2],
        "tasks[1].key: Erwartet wird jede Kennung je Terminart nur einmal, gefunden wurde „stehtische“.",
    ),
    "words": (
        "event_kinds.toml", EMPFANG + 'words = "Empfang"\n',
        "event_kinds[0].words: Erwartet wird eine Liste von Texten, gefunden wurde „Empfang“.",
    ),
    "unknown word": (
        "begriffe.toml", '[begriffe]\nratt = "Rat"\n',
        f"begriffe.ratt: Erwartet wird einer der Schlüssel {', '.join(BEGRIFFE)}, gefunden wurde „ratt“. "
        "Gemeint ist vielleicht „rat“.",
    ),
    "empty word": (
        "begriffe.toml", '[begriffe]\nrat = ""\n',
        "begriffe.rat: Erwartet wird ein Wort oder mehrere, zusammen höchstens 60 Zeichen, "
        "gefunden wurde „“.",
    ),
    "placeholder": (
        "text_modules.toml", MODULE.replace("{betreff}", "{betref}"),
        f"text_modules[0].text: Erwartet wird einer der Platzhalter "
        f"{', '.join(f'{{{name}}}' for name in PLACEHOLDERS)}, gefunden wurde „{{betref}}“. "
        "Gemeint ist vielleicht „betreff“.",
    ),
    "state": (
        "text_modules.toml", MODULE.replace('"zugesagt"', '"zugesag"'),
        "text_modules[0].states[0]: Erwartet wird eines von neu, wartet, vertagt, verschoben, vorlage, "
        "zugesagt, vertretung, abgesagt, abgegeben, zurueckgezogen, ausgefallen, verfristet, erledigt, "
        "gefunden wurde „zugesag“. "
        "Gemeint ist vielleicht „zugesagt“.",
    ),
    "module kind": (
        "text_modules.toml", MODULE.replace('"grusswort"', '"grußwort"'),
        "text_modules: Erwartet wird für „gruss“ die Kennung einer Art, gefunden wurde „grußwort“. "
        "Gemeint ist vielleicht „grusswort“.",
    ),
    "chain of nobody": (
        "representation.toml", CALENDARS + CHAIN.replace('"erste"', '"erst"'),
        "chains[0].calendars: Erwartet wird ein Kalender mit role = „stellvertretung“, "
        "gefunden wurde „erst“. "
        "Gemeint ist vielleicht „erste“.",
    ),
    "role": (
        "representation.toml", CALENDARS.replace('role = "stellvertretung"', 'role = "vertretung"'),
        "calendars[2].role: Erwartet wird eines von ob, stellvertretung, rat, extern, "
        "gefunden wurde „vertretung“. Gemeint ist vielleicht „stellvertretung“.",
    ),
    "no calendar of the mayor": (
        "representation.toml", CALENDARS.replace('key = "ob"', 'key = "bm"'),
        "calendars: Erwartet wird ein Kalender mit key = „ob“ und role = „ob“, gefunden wurde nichts.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_and_costs_only_its_own_entry(name: str, tmp_path: Path, catalog: Catalog) -> None:
    file, text, sentence = MISTAKES[name]
    found = office(tmp_path, text, file)
    (problem,) = [one for one in found.problems if one.file == file]
    assert problem.sentence.startswith(f"{file}, {sentence} ")
    assert problem.effect
    assert set(found.calendars) >= {"ob", "rat"}
    assert found.event_kinds["empfang"].tasks == catalog.event_kinds["empfang"].tasks or "twice" in name
    assert set(found.begriffe) == set(catalog.begriffe)


def test_what_ships_is_sound_and_complete(catalog: Catalog) -> None:
    assert not [one for one in catalog.problems if "requests/" not in one.file]
    assert catalog.begriffe == BEGRIFFE
    assert list(catalog.calendars) == ["ob", "bm1", "bm2", "stadtdirektor", "rat"]
    assert {key: chain.calendars for key, chain in catalog.chains.items()} == {
        "repraesentation": ("bm1", "bm2"),
        "verwaltung": ("stadtdirektor",),
    }
    assert {"empfang", "festakt", "ehrung", "trauerfeier", "buergerversammlung"} <= {
        key for key, kind in catalog.event_kinds.items() if kind.tasks
    }
    assert all(kind.tasks_source for kind in catalog.event_kinds.values() if kind.tasks)


def test_an_office_adds_replaces_and_drops_preparation_tasks(tmp_path: Path, catalog: Catalog) -> None:
    own = TASK.replace("raum", "fahrdienst") + (
        '\n[[tasks]]\nkey = "rede"\nlabel = "Rede schreiben"\namount = -7\nkinds = ["festakt"]\n'
        '\n[[tasks]]\nkey = "foto"\nlabel = "Foto"\namount = -1\nkinds = []\n'
    )
    found = office(tmp_path, own, "event_kinds.toml")
    assert not [one for one in found.problems if "mitgeliefert" not in one.file]
    keys = [task.key for task in found.event_kinds["empfang"].tasks]
    assert "stehtische" in keys
    assert not {"rede", "foto"} & set(keys)
    (speech,) = [task for task in found.event_kinds["festakt"].tasks if task.key == "rede"]
    assert (speech.label, speech.offset.amount) == ("Rede schreiben", -7)
    assert list(found.event_kinds) == list(catalog.event_kinds)


def test_an_offices_calendars_replace_the_shipped_ones(tmp_path: Path) -> None:
    found = office(tmp_path, CALENDARS + CHAIN, "representation.toml")
    assert not [one for one in found.problems if "mitgeliefert" not in one.file]
    assert list(found.calendars) == ["ob", "rat", "erste"]
    assert found.chains["repraesentation"].calendars == ("erste",)
    assert "verwaltung" not in found.chains, "it would lead to a calendar that is no longer there"


def test_an_offices_words_count_one_by_one(tmp_path: Path, catalog: Catalog) -> None:
    found = office(tmp_path, '[begriffe]\nrat = "Gemeinderat"\nvorlage = "Drucksache"\n', "begriffe.toml")
    assert (found.word("rat"), found.word("vorlage")) == ("Gemeinderat", "Drucksache")
    assert found.word("niederschrift") == catalog.word("niederschrift") == "Niederschrift"


def test_an_office_adds_and_replaces_text_modules(tmp_path: Path, catalog: Catalog) -> None:
    found = office(tmp_path, MODULE + MODULE.replace('"gruss"', '"dank"'), "text_modules.toml")
    assert not [one for one in found.problems if "mitgeliefert" not in one.file]
    by_key = {one.key: one for one in found.text_modules}
    assert by_key["gruss"].text == "{anrede},\n\ndanke für „{betreff}“."
    assert by_key["dank"].label == "Gruß"
    assert len(found.text_modules) == len(catalog.text_modules) + 1


@pytest.mark.parametrize(
    ("name", "file", "calendar"),
    [
        ("", "bm1.ics", "bm1"),
        ("1. stellvertretende Bürgermeisterin", "export.ics", "bm1"),
        ("", "2. Bürgermeister.ics", "bm2"),
        ("Kalender Stadtdirektor", "x.ics", "stadtdirektor"),
        ("", "ordner\\rat.ics", "rat"),
        ("Sitzungskalender 2027", "", "rat"),
        ("Terminkalender Oberbürgermeisterin", "rat.ics", "ob"),
        ("", "Verwaltungsrat.ics", "ob"),
        ("Kalender", "kalender.ics", "ob"),
        ("", "", "ob"),
    ],
)
def test_a_file_belongs_to_a_calendar(catalog: Catalog, name: str, file: str, calendar: str) -> None:
    assert calendar_named(catalog.calendars, name, file) == calendar


def test_what_is_missing_leaves_a_gap_and_foreign_braces_are_only_text() -> None:
    text = "{anrede}, am {termin} in {ort}: {betreff}"
    values = {"anrede": "Guten Tag", "termin": " ", "betreff": "{grund} {x"}
    assert fill_in(text, values) == "Guten Tag, am [Termin] in [Ort]: {grund} {x"
    assert unknown_placeholders("{a} {betreff} { } {") == ("a", " ", "{")


def test_quotation_marks_inside_of_others_are_single_ones() -> None:
    values = {"betreff": "Festschrift „125 Jahre“"}
    assert fill_in("zu „{betreff}“", values) == "zu „Festschrift ‚125 Jahre‘“"
    assert fill_in("zu {betreff}", values) == "zu Festschrift „125 Jahre“"


def test_every_text_module_ends_without_blank_lines(catalog: Catalog) -> None:
    for module in catalog.text_modules:
        assert module.text == module.text.strip("\n")
        assert fill_in(module.text, {}).count("[") == module.text.count("{")


def test_the_loader_needs_no_shipped_lists(tmp_path: Path) -> None:
    (tmp_path / "catalog").mkdir()
    found = load_catalog(base=tmp_path)
    assert (found.calendars, found.text_modules, found.word("rat")) == ({}, (), "Stadtrat")


def test_everyday_words_are_the_shipped_ones_and_the_offices(tmp_path: Path, catalog: Catalog) -> None:
    shipped = everyday_words(catalog)
    assert {"buerger", "offen", "teuer", "fuchs"} <= shipped
    path = tmp_path / "catalog" / "everyday_words.toml"
    path.parent.mkdir()
    path.write_text('words = ["Wehrgang", "zwei Wörter", 7]\nwort = "x"\n', encoding="utf-8")
    found = load_catalog(tmp_path)
    assert everyday_words(found) == shipped | {"wehrgang"}
    told = [problem.sentence for problem in found.problems]
    assert len(told) == 3
    assert all("everyday_words.toml, wor" in one for one in told)
    path.write_text('words = "alle"\n', encoding="utf-8")
    found = load_catalog(tmp_path)
    assert everyday_words(found) == shipped
    assert "eine Liste von Wörtern" in found.problems[0].sentence
