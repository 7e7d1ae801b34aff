"""Feasts of the religions and holidays of partner cities: reckoned, cached, in German, or not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from test_catalog_example import office as catalog_of

from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.catalog.observances import Feast, PartnerCity, Reckoning, Religion
from ob_buero_tui.services.calendars.choosing import choices, choose, shown_text
from ob_buero_tui.services.calendars.observing import (
    Observed,
    coverage,
    day_texts,
    fill_observances,
    observances_missing,
    observed,
)
from ob_buero_tui.services.calendars.reckoning import city_days, feast_days
from ob_buero_tui.services.workplace import Workplace

CITIES = """\
[[partner_cities]]
name = "Beauchamp-le-Vieux"
country = "FR"
country_name = "Frankreich"

[[partner_cities]]
name = "Nirgendwo"
country = "XX"
country_name = "Nirgendland"
"""

KNOWN = [
    (Reckoning.ISLAMISCH, 9, 1, 0, date(2027, 2, 8)),
    (Reckoning.ISLAMISCH, 10, 1, 0, date(2027, 3, 9)),
    (Reckoning.JUEDISCH, 7, 1, 0, date(2027, 10, 2)),
    (Reckoning.JUEDISCH, 1, 15, 0, date(2027, 4, 22)),
    (Reckoning.JUEDISCH, 9, 25, 0, date(2027, 12, 25)),
    (Reckoning.OSTERN_ORTHODOX, 0, 0, 0, date(2027, 5, 2)),
    (Reckoning.OSTERN, 0, 0, -46, date(2027, 2, 10)),
    (Reckoning.FEST, 12, 6, 0, date(2027, 12, 6)),
]


@pytest.mark.parametrize(("reckoning", "month", "day", "offset", "on"), KNOWN)
def test_feasts_are_on_the_days_that_are_known(
    reckoning: Reckoning, month: int, day: int, offset: int, on: date
) -> None:
    feast = Feast(
        religion=Religion.ISLAM, label="Fest", reckoning=reckoning, month=month, day=day, offset=offset
    )
    found = feast_days([feast], on.year)
    assert list(found) == [on]
    assert ("voraussichtlich" in found[on]) == (reckoning is Reckoning.ISLAMISCH)


def test_a_feast_of_several_days_reaches_over_new_year() -> None:
    chanukka = Feast(
        religion=Religion.JUDENTUM, label="Chanukka", reckoning=Reckoning.JUEDISCH, month=9, day=25, days=8
    )
    days = {**feast_days([chanukka], 2024), **feast_days([chanukka], 2025)}
    assert [date(2024, 12, 26), date(2025, 1, 2)] == [min(days), max(d for d in days if d.month == 1)]


def test_an_islamic_feast_comes_twice_in_a_year_and_not_beyond_the_tables() -> None:
    ramadan = Feast(religion=Religion.ISLAM, label="Ramadan", reckoning=Reckoning.ISLAMISCH, month=9, day=1)
    assert len(feast_days([ramadan], 2030)) == 2
    assert feast_days([ramadan], 2090) == {}


def test_foreign_holidays_have_german_names(catalog: Catalog) -> None:
    assert catalog.observances is not None
    names = catalog.observances().names
    for country in ("FR", "PL", "GB", "BE", "IT", "TR", "CZ", "NL", "AT", "US", "IL"):
        found = city_days(PartnerCity(name="X", country=country, country_name="X"), 2027, names)
        assert found
        english = [name for name in found.values() if " Day" in name or "Easter" in name]
        assert not english, country
    france = city_days(PartnerCity(name="X", country="FR", country_name="X"), 2027, names)
    assert france[date(2027, 7, 14)] == "Nationalfeiertag"
    with pytest.raises(KeyError):
        city_days(PartnerCity(name="X", country="XX", country_name="X"), 2027, names)


@pytest.fixture
def beside(place: Workplace, tmp_path: Path) -> Workplace:
    catalog = catalog_of(tmp_path, CITIES, "partner_cities.toml")
    assert not [one for one in catalog.problems if "mitgeliefert" not in one.file]
    found = replace(place, catalog=catalog, observed={})
    fill_observances(found)
    return found


def kept(place: Workplace) -> Observed:
    with place.reading() as session:
        return observed(session, place)


def test_they_are_cached_and_said_for_each_day(beside: Workplace) -> None:
    assert not observances_missing(beside)
    known = kept(beside)
    assert day_texts(beside, known, date(2027, 7, 14), ()) == ("Frankreich: Nationalfeiertag",)
    assert day_texts(beside, known, date(2027, 3, 9), ()) == ("Ramadanfest (Zuckerfest) (voraussichtlich)",)
    assert day_texts(beside, known, date(2027, 3, 9), ["feast:islam"]) == ()
    assert day_texts(beside, known, date(2040, 3, 9), ()) == ("Feste und Partnerstädte: keine Daten",)
    assert coverage(known, "partner:FR") == "Daten 2024–2029"
    assert coverage(known, "partner:XX") == "keine Daten"


def test_other_lists_are_cached_anew(beside: Workplace, place: Workplace) -> None:
    assert observances_missing(place), "the office has no partner city any more"
    fill_observances(place)
    assert not observances_missing(place)


def test_a_desk_hides_what_it_does_not_want_and_finds_it_so_again(beside: Workplace) -> None:
    assert all(one.shown for one in choices(beside))
    assert shown_text(beside) == ""
    choose(beside, ["rat", "feast:islam"])
    again = replace(beside, observed={})
    assert [one.key for one in choices(again) if not one.shown] == ["rat", "feast:islam"]
    assert shown_text(again) == "ohne Rat"
    choose(again, ["feast:islam"])
    assert shown_text(again) == "ohne einige Feste"


MISTAKES = {
    "country": (
        "partner_cities.toml",
        CITIES.replace('"FR"', '"Frankreich"'),
        "partner_cities[0].country: Erwartet wird zwei Buchstaben eines Staates wie FR",
    ),
    "easter": (
        "feasts.toml",
        '[[feasts]]\nreligion = "islam"\nlabel = "F"\nreckoning = "ostern"\nmonth = 1\nday = 1\n',
        "feasts[0]: Erwartet wird für „F“ offset in Tagen ab Ostersonntag",
    ),
    "no day": (
        "feasts.toml",
        '[[feasts]]\nreligion = "islam"\nlabel = "F"\nreckoning = "islamisch"\nmonth = 1\n',
        "feasts[0]: Erwartet wird für „F“ month und day",
    ),
    "name": ("holiday_names.toml", '[names]\n"Labor Day" = 3\n', "names.Labor Day: Erwartet wird ein Text"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_at_the_start(name: str, tmp_path: Path) -> None:
    file, text, sentence = MISTAKES[name]
    found = catalog_of(tmp_path, text, file)
    (problem,) = [one for one in found.problems if one.file == file]
    assert sentence in problem.sentence
    assert problem.effect
