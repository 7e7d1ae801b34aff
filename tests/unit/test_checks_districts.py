"""The check rule about matters of one district alone, and elections with a second ballot."""

# Wall times of the office have no zone.
# ruff: noqa: DTZ001

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import pytest

from ob_buero_tui.catalog.load import load_catalog
from ob_buero_tui.rules.checks import RULES, CheckFacts, Level
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.workdays import WorkCalendar

FACTS = CheckFacts(
    received=date(2026, 11, 20),
    today=date(2026, 11, 25),
    event_start=datetime(2026, 12, 20, 18),
    event_end=None,
    fields={},
    text="",
    calendar=WorkCalendar(holidays={}, closed={}, first=date(2026, 1, 1), last=date(2027, 12, 31)),
    districts={"Ostheim": ("Ostheim", "Gerätehaus Ost*"), "Nordstadt": ("Nordstadt", "Grundschule Nord")},
)
WIDE = ("stadtweit*", "gesamte* Stadt")


@dataclass(frozen=True, kw_only=True)
class YesNo:
    key: str = "nur_bezirk"
    label: str = "Betrifft nur einen Stadtbezirk"
    type: str = "janein"
    unit: str = ""
    required: bool = False
    when: str = ""


def run(place: str, text: str = "", **changes: object) -> tuple[Level, str]:
    facts = replace(FACTS, place=place, text=fold(text), **changes)  # type: ignore[arg-type]
    return RULES["nur_bezirk"].run(facts, {"feld": "nur_bezirk", "stadtweit": WIDE})


@pytest.mark.parametrize(
    ("place", "text", "level", "told"),
    [
        ("Gerätehaus Ostheim", "", Level.WARN, "Ort: nur Ostheim, nichts für die ganze Stadt genannt"),
        ("GRUNDSCHULE NORD, Aula", "", Level.WARN, "Ort: nur Nordstadt"),
        ("", "Sommerfest in Ostheim", Level.WARN, "Text: nur Ostheim"),
        ("Gerätehaus Ostheim", "Ein stadtweites Fest", Level.OK, "„stadtweit“ spricht für die ganze Stadt"),
        ("", "Von der Nordstadt bis Ostheim", Level.OK, "Text: mehrere Stadtbezirke (Ostheim, Nordstadt)"),
        ("Ratssaal", "Konzert", Level.OK, "weder Ort noch Text nennen einen Stadtbezirk"),
        ("Ostheimer Straße 3", "", Level.OK, "weder Ort noch Text"),
    ],
)
def test_what_concerns_one_district_alone_is_for_its_mayor(
    place: str, text: str, level: Level, told: str
) -> None:
    found = run(place, text)
    assert found[0] is level
    assert told in found[1]
    assert ("Bezirksbürgermeister/in" in found[1]) is (level is Level.WARN)


def test_the_place_counts_before_the_text() -> None:
    assert run("Grundschule Nord", "Der Verein aus Ostheim lädt ein")[1].startswith("Ort: nur Nordstadt")


def test_what_somebody_entered_counts_before_what_is_read() -> None:
    assert run("Gerätehaus Ostheim", fields={"nur_bezirk": False}, form=(YesNo(),)) == (
        Level.OK,
        "„Betrifft nur einen Stadtbezirk“: nein",
    )
    assert run("Ratssaal", fields={"nur_bezirk": True}, form=(YesNo(),))[0] is Level.WARN


def test_without_districts_a_person_is_asked() -> None:
    assert run("Ostheim", districts={})[0] is Level.OPEN


@pytest.mark.parametrize("kind", ["einladung", "veranstaltung", "grusswort", "schirmherrschaft"])
def test_the_check_names_its_source_and_that_nobody_confirmed_it(kind: str) -> None:
    check = next(one for one in load_catalog().kinds[kind].checks if one.rule == "nur_bezirk")
    assert "Musterregelung" in check.source
    assert check.unconfirmed
    assert check.level is Level.WARN


def test_a_second_ballot_keeps_the_time_before_it_red(tmp_path: Path) -> None:
    folder = tmp_path / "catalog"
    folder.mkdir()
    text = '[[elections]]\nlabel = "OB-Wahl"\ndate = 2026-12-13\nsecond_ballot = 2026-12-27\n'
    (folder / "elections.toml").write_text(text, encoding="utf-8")
    catalog = load_catalog(folder.parent)
    assert catalog.problems == ()
    assert list(catalog.elections) == [date(2026, 12, 13), date(2026, 12, 27)]
    facts = replace(FACTS, elections=catalog.elections)
    assert RULES["wahlzeit"].run(facts, {"gelb": 6, "rot": 3}) == (
        Level.WARN,
        "Stichwahl zur OB-Wahl So 27.12.2026, 7 Tage danach: rote Zeit von 3 Monaten",
    )
