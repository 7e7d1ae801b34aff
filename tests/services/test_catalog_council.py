"""Ladungsfristen and the chain of dates are the office's data; a mistake costs only its own entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ob_buero_tui.catalog.council import is_session, ladungsfrist_for, mayor_attends, steps_for
from ob_buero_tui.catalog.load import load_catalog
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.rules.ladungsfrist import FristUnit, ladung
from ob_buero_tui.rules.workdays import WorkCalendar

PLAIN = WorkCalendar(holidays={}, closed={}, first=date(2026, 1, 1), last=date(2027, 12, 31))
THURSDAY = date(2026, 12, 10)

OWN = """\
[[ladungsfristen]]
key = "lindenau"
label = "Lindenau: 12 volle Tage"
land = "NW"
default = true
n = 12
text = "{n} volle Tage"
norm = "§ 1 GO Rat Lindenau"
source = "Geschäftsordnung vom 1.11.2025"
"""


def office(folder: Path, name: str, text: str) -> Catalog:
    """The catalog of an office with one file of its own."""
    path = folder / "catalog" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return load_catalog(folder)


@pytest.mark.parametrize(
    ("key", "receipt", "sentence"),
    [
        (
            "rp",
            "2026-12-05",
            "4 volle Kalendertage: So 6. bis Mi 9.12.; Zugang spätestens Sa 5.12. (§ 34 Abs. 3 GemO RP)",
        ),
        (
            "th",
            "2026-12-05",
            "4 volle Kalendertage: So 6. bis Mi 9.12.; Zugang spätestens Sa 5.12. (§ 35 Abs. 2 ThürKO)",
        ),
        (
            "he",
            "2026-12-06",
            "3 Tage zwischen Zugang und Sitzungstag: Mo 7. bis Mi 9.12.; Zugang spätestens So 6.12."
            " (§ 58 Abs. 1 HGO)",
        ),
        (
            "sh",
            "2026-12-02",
            "eine volle Woche: Do 3. bis Mi 9.12.; Zugang spätestens Mi 2.12. (§ 34 Abs. 3 GO SH)",
        ),
        (
            "ni",
            "2026-12-02",
            "eine volle Woche: Do 3. bis Mi 9.12.; Zugang spätestens Mi 2.12."
            " (§ 59 NKomVG, Geschäftsordnung)",
        ),
        (
            "nw_hilden",
            "2026-12-02",
            "9 Tage einschließlich Sitzungstag: Mi 2. bis Do 10.12.; Zugang spätestens Mi 2.12., dem 1. Tag"
            " (Muster GO Rat Hilden)",
        ),
        (
            "nw_mettmann",
            "2026-11-29",
            "10 volle Tage: Mo 30.11. bis Mi 9.12.; Zugang spätestens So 29.11. (Muster GO Rat Mettmann)",
        ),
        (
            "nw_duesseldorf",
            "2026-12-02",
            "mindestens 7 Tage: Do 3. bis Mi 9.12.; Zugang spätestens Mi 2.12. (Muster GO Rat Düsseldorf)",
        ),
    ],
)
def test_the_shipped_rules_give_the_worked_examples(
    catalog: Catalog, key: str, receipt: str, sentence: str
) -> None:
    counted = ladung(catalog.ladungsfristen[key], THURSDAY, PLAIN)
    assert (counted.receipt.isoformat(), counted.receipt_text) == (receipt, sentence)


@pytest.mark.parametrize("land", ["NW", "RP", "NI", "HE", "TH", "SH"])
def test_each_land_has_its_own_default(catalog: Catalog, land: str) -> None:
    rule = ladungsfrist_for(replace(catalog, region=land))
    assert rule is not None
    assert (rule.land, rule.default) == (land, True)


def test_every_rule_and_step_has_a_source_and_the_unsure_ones_say_so(catalog: Catalog) -> None:
    assert all(rule.norm and rule.source for rule in catalog.ladungsfristen.values())
    unsure = {key for key, rule in catalog.ladungsfristen.items() if rule.unconfirmed}
    assert set(catalog.ladungsfristen) - unsure == {"rp", "th", "nw_hilden", "nw_mettmann"}
    assert all(catalog.ladungsfristen[key].hint for key in unsure)
    assert all(step.source for step in catalog.council.steps if step.offset)


def test_an_unknown_key_falls_back_and_an_unknown_land_has_none(catalog: Catalog) -> None:
    assert ladungsfrist_for(catalog, "rp") is catalog.ladungsfristen["rp"]
    assert ladungsfrist_for(catalog, "gibt_es_nicht") is catalog.ladungsfristen["nw"]
    assert ladungsfrist_for(replace(catalog, region="XX")) is None


def test_an_office_enters_its_own_rule_and_keeps_the_others(tmp_path: Path) -> None:
    catalog = office(tmp_path, "ladungsfristen.toml", OWN)
    assert catalog.problems == ()
    assert "rp" in catalog.ladungsfristen
    rule = ladungsfrist_for(catalog)
    assert rule is not None
    assert (rule.key, rule.n, rule.unconfirmed) == ("lindenau", 12, False)


def test_an_office_confirms_a_shipped_rule_under_its_key(tmp_path: Path) -> None:
    catalog = office(tmp_path, "ladungsfristen.toml", OWN.replace('"lindenau"', '"nw"'))
    rule = ladungsfrist_for(catalog)
    assert rule is not None
    assert (rule.key, rule.n) == ("nw", 12)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "n = 12",
            'n = "zwölf"',
            "ladungsfristen[0].n: Erwartet wird eine ganze Zahl von 1 bis 60, gefunden wurde „zwölf“.",
        ),
        (
            "n = 12",
            'n = 12\nunit = "stunden"',
            "ladungsfristen[0].unit: Erwartet wird eines von kalendertage, werktage, arbeitstage, wochen,"
            " gefunden wurde „stunden“.",
        ),
        (
            "n = 12",
            "n = 1\ncount_receipt_day = true",
            "ladungsfristen[0].n: Erwartet wird eine Frist, die vor dem Sitzungstag beginnt (n ab 2),"
            " gefunden wurde 1.",
        ),
        (
            'land = "NW"\n',
            "",
            "ladungsfristen[0].land: Erwartet wird das Kürzel des Landes, für das die Regel gilt,"
            " gefunden wurde nichts.",
        ),
        (
            'land = "NW"',
            'land = "XX"',
            "ladungsfristen[0].land: Erwartet wird das Kürzel eines Landes",
        ),
        (
            "n = 12",
            'n = 12\nurgent.n = "bald"',
            "ladungsfristen[0].urgent.n: Erwartet wird eine ganze Zahl von 0 bis 200, gefunden wurde „bald“.",
        ),
        (
            "n = 12",
            "n = 12\nweekdays = { dienstag = 10 }",
            "ladungsfristen[0].weekdays.dienstag: Erwartet wird eines von mo, di, mi, do, fr, sa, so,"
            " gefunden wurde „dienstag“.",
        ),
        (
            "n = 12",
            'n = 12\nsteps = [{ key = "antragsschluss", n = 14, at = "25:00" }]',
            "ladungsfristen[0].steps[0].at: Erwartet wird eine Uhrzeit wie 10:00, gefunden wurde „25:00“.",
        ),
        (
            "n = 12",
            'n = 12\nclosures = { mode = "kein_versand", '
            'periods = [{ name = "Pause", first = "31.2.", last = "1.3." }] }',
            "periods[0].first: Erwartet wird ein Tag im Jahr wie 24.12., gefunden wurde „31.2.“.",
        ),
        (
            'norm = "§ 1 GO Rat Lindenau"\n',
            "",
            "ladungsfristen[0].norm: Erwartet wird ein Text, gefunden wurde nichts.",
        ),
        (
            "n = 12",
            "n = 12\ncount_recept_day = true",
            "Gemeint ist vielleicht „count_receipt_day“.",
        ),
    ],
)
def test_a_wrong_rule_is_named_and_costs_only_itself(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    good = OWN.replace('"lindenau"', '"gut"').replace("default = true\n", "")
    catalog = office(tmp_path, "ladungsfristen.toml", OWN.replace(old, new) + "\n" + good)
    assert "lindenau" not in catalog.ladungsfristen
    assert {"gut", "nw", "rp"} <= set(catalog.ladungsfristen)
    (problem,) = catalog.problems
    assert sentence in problem.sentence
    assert problem.sentence.endswith("Dieser Eintrag bleibt weg, alle anderen gelten.")


def test_the_second_of_two_rules_with_a_key_or_a_default_is_named(tmp_path: Path) -> None:
    twice = office(tmp_path, "ladungsfristen.toml", OWN + OWN)
    assert "jede Kennung nur einmal" in twice.problems[0].sentence
    other = OWN.replace('"lindenau"', '"zweite"')
    both = office(tmp_path, "ladungsfristen.toml", OWN + other)
    assert "ladungsfristen[1].default: Erwartet wird je Land nur eine Regel" in both.problems[0].sentence


def test_the_chain_of_a_land_takes_its_own_step_in_place_of_the_general_one(catalog: Catalog) -> None:
    general = steps_for(catalog)
    assert [step.key for step in general] == [
        "antragsschluss",
        "vorlagenschluss",
        "bekanntmachung",
        "versand",
        "zugang",
        "niederschrift",
    ]
    bavaria = steps_for(replace(catalog, region="BY"))
    assert [step.key for step in bavaria] == [step.key for step in general]
    assert next(step for step in bavaria if step.key == "bekanntmachung").laender == ("BY",)


STEPS = """\
no_session = "Sommerpause"
soon = 5

[[steps]]
key = "zugang"
label = "Zugang"
{zugang}

[[steps]]
key = "aushang"
label = "Aushang"
amount = -4
basis = "{basis}"
source = "Hausregel"

[[steps]]
key = "kreis"
label = "Kreis"
amount = {amount}
basis = "kreis"
"""


def test_wrong_steps_are_named_and_the_others_count(tmp_path: Path) -> None:
    text = STEPS.format(zugang='amount = 2\nbasis = "sitzung"', basis="sitzung", amount=1)
    catalog = office(tmp_path, "council.toml", text)
    assert [step.key for step in catalog.council.steps] == ["aushang"]
    assert catalog.council.soon == 5
    assert "Sommerpause*" in catalog.council.no_session, "the shipped list counts where the own one is wrong"
    sentences = [problem.sentence for problem in catalog.problems]
    assert [sentence.split(": Erwartet")[0] for sentence in sentences] == [
        "council.toml, no_session",
        "council.toml, steps[0].amount",
        "council.toml, steps[2].basis",
    ]
    assert "nichts, denn es rechnet die Ladungsfrist, gefunden wurde 2" in sentences[1]


def test_a_step_needs_a_count_and_a_basis_that_is_there(tmp_path: Path) -> None:
    no_amount = STEPS.format(zugang="", basis="druck", amount=1).replace("amount = -4\n", "")
    catalog = office(tmp_path, "council.toml", no_amount)
    assert [step.key for step in catalog.council.steps] == ["zugang"]
    assert "steps[1].amount: Erwartet wird eine ganze Zahl" in catalog.problems[1].sentence
    unknown = office(tmp_path, "council.toml", STEPS.format(zugang="", basis="druck", amount=1))
    assert "gefunden wurde „druck“" in unknown.problems[1].sentence


@pytest.mark.parametrize(
    ("name", "classification", "attends"),
    [
        ("Stadtrat", "Parlament", True),
        ("Haupt- und Finanzausschuss", "Ausschuss", True),
        ("Ortschaftsrat Ostheim (öffentlich/nicht öffentlich)", "", False),
        ("ORTSCHAFTSRAT OSTHEIM", "", False),
        ("Bezirksvertretung 3", "", False),
        ("Gestaltungsbeirat", "", False),
        ("Rat der Bäume", "Beirat und Stiftung", False),
        ("Fraktion Wehrlinge", "", False),
        ("Ausschuss für Ortschaftsräte", "", True),
        ("", "", True),
    ],
)
def test_bodies_whose_sessions_leave_the_mayor_free(
    catalog: Catalog, name: str, classification: str, attends: bool
) -> None:
    assert mayor_attends(catalog, name, classification) is attends


def test_what_is_no_session(catalog: Catalog) -> None:
    assert not is_session(catalog, "Sommerpause 2026")
    assert not is_session(catalog, "sitzungsfreie Woche")
    assert is_session(catalog, "Gemeinderat (öffentlich/nicht öffentlich)")


def test_the_units_have_one_word_each() -> None:
    assert {unit.value for unit in FristUnit} == {
        "kalendertage",
        "werktage",
        "arbeitstage",
        "wochen",
        "stunden",
    }
