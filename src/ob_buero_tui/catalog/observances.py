"""Days that others keep: holidays of partner cities and feasts of the religions, read when asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ob_buero_tui.catalog.layers import Layer, exists, newest, read_file
from ob_buero_tui.catalog.model import Problem
from ob_buero_tui.catalog.reading import Key, Reader
from ob_buero_tui.catalog.values import integer, matching, one_of, tables, text

CITIES, FEASTS, NAMES = "partner_cities.toml", "feasts.toml", "holiday_names.toml"


class Religion(StrEnum):
    """Whose feasts are shown, each a group that is switched on and off by itself."""

    CHRISTENTUM = "christentum"
    ORTHODOXIE = "orthodoxie"
    JUDENTUM = "judentum"
    ISLAM = "islam"


class Reckoning(StrEnum):
    """How the day of a feast is found."""

    FEST = "fest"
    OSTERN = "ostern"
    OSTERN_ORTHODOX = "ostern_orthodox"
    JUEDISCH = "juedisch"
    ISLAMISCH = "islamisch"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerCity:
    """A partner city.

    Args:
        country: Two letters (ISO 3166) by which the holidays library knows the country.
        country_name: What the country is called in German.
        subdivision: Region within the country that has holidays of its own; "" for none.
    """

    name: str
    country: str
    country_name: str
    subdivision: str = ""

    @property
    def region(self) -> str:
        """The key under which its holidays are kept."""
        return f"{self.country}-{self.subdivision}" if self.subdivision else self.country


@dataclass(frozen=True, slots=True, kw_only=True)
class Feast:
    """A feast.

    Args:
        month, day: By its own reckoning; a Jewish year is counted from Nisan, an Islamic one from Muharram.
        offset: Days from Easter Sunday, for the two reckonings by Easter.
        days: How many days it lasts.
    """

    religion: Religion
    label: str
    reckoning: Reckoning
    month: int = 0
    day: int = 0
    offset: int = 0
    days: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Observances:
    """The content of the three files.

    Args:
        names: German names of foreign holidays by their English ones.
    """

    cities: tuple[PartnerCity, ...] = ()
    feasts: tuple[Feast, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


class LateObservances:
    """The three files, read when a calendar first shows such a day: no start needs them."""

    __slots__ = ("_found", "_layers")

    def __init__(self, layers: Sequence[Layer], problems: list[Problem]) -> None:
        self._layers = tuple(layers)
        self._found: Observances | None = None
        own = [
            layer.folder / name for layer in layers if not layer.shipped for name in (CITIES, FEASTS, NAMES)
        ]
        if any(exists(path) for path in own):
            self._found = load_observances(self._layers, problems)  # a mistake is named at the start

    def __call__(self) -> Observances:
        """What is in the files; a wrong entry is left out."""
        if self._found is None:
            self._found = load_observances(self._layers, [])
        return self._found


CITY = (
    Key("name", text(80)),
    Key("country", matching("[A-Z]{2}", "zwei Buchstaben eines Staates wie FR")),
    Key("country_name", text(60)),
    Key("subdivision", matching("[A-Z0-9]{0,4}", "das Kürzel eines Landesteils"), ""),
)
FEAST = (
    Key("religion", one_of(Religion)),
    Key("label", text(80)),
    Key("reckoning", one_of(Reckoning)),
    Key("month", integer(1, 13), 0),
    Key("day", integer(1, 31), 0),
    Key("offset", integer(-120, 120), 0),
    Key("days", integer(1, 10), 1),
)
_BY_EASTER = (Reckoning.OSTERN, Reckoning.OSTERN_ORTHODOX)


def load_observances(layers: Sequence[Layer], problems: list[Problem]) -> Observances:
    """Read the three files; lists of an office replace the shipped ones, names are added to them."""
    names: dict[str, str] = {}
    for layer in layers:
        names |= read_file(layer, NAMES, _names, problems) or {}
    return Observances(
        cities=newest(layers, CITIES, _cities, problems),
        feasts=newest(layers, FEASTS, _feasts, problems),
        names=names,
    )


def _cities(data: Mapping[str, Any], reader: Reader) -> tuple[PartnerCity, ...] | None:
    reader.only(data, ["partner_cities"])
    place, given = reader.at("partner_cities"), data.get("partner_cities")
    if not isinstance(given, list):
        place.wrong("eine Liste von Tabellen", *([given] if given is not None else []))
        return None
    found: tuple[PartnerCity, ...] = tables(CITY, PartnerCity)(given, place)
    return found


def _feasts(data: Mapping[str, Any], reader: Reader) -> tuple[Feast, ...] | None:
    reader.only(data, ["feasts"])
    place, given = reader.at("feasts"), data.get("feasts")
    if not isinstance(given, list):
        place.wrong("eine Liste von Tabellen", *([given] if given is not None else []))
        return None
    found = []
    for index, entry in enumerate(given):
        one = place.item(index).table(entry, FEAST, Feast)
        if one is not None and _dated(one, place.item(index)):
            found.append(one)
    return tuple(found)


def _dated(one: Feast, place: Reader) -> bool:
    """Whether a feast says when it is."""
    dated = one.month > 0 and one.day > 0
    if one.reckoning in _BY_EASTER and (one.month or one.day):
        place.wrong(f"für „{one.label}“ offset in Tagen ab Ostersonntag", "month und day")
        return False
    if one.reckoning not in _BY_EASTER and not dated:
        place.wrong(f"für „{one.label}“ month und day")
        return False
    return True


def _names(data: Mapping[str, Any], reader: Reader) -> dict[str, str]:
    reader.only(data, ["names"])
    given = data.get("names")
    if not isinstance(given, dict):
        reader.at("names").wrong("eine Tabelle", *([given] if given is not None else []))
        return {}
    value = text(100)
    read = {str(key): value(one, reader.at("names").at(str(key))) for key, one in given.items()}
    return {key: one for key, one in read.items() if one is not None}
