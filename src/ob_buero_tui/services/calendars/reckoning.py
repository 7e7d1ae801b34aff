"""The days of a year by other reckonings: Easter of both churches, the Jewish and the Islamic calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from ob_buero_tui.catalog.observances import Feast, PartnerCity, Reckoning

EXPECTED = " (voraussichtlich)"
_ESTIMATED = (" (estimated)", " (estimated, observed)")
_OBSERVED = " (observed)"
_ONE_DAY = timedelta(days=1)


def feast_days(feasts: Iterable[Feast], year: int) -> dict[date, str]:
    """The days of some feasts that lie in a year, by name; a year that cannot be reckoned has none.

    Islamic months begin when the moon is seen: their days are marked as expected.

    Args:
        year: Of the common calendar.
    """
    found: dict[date, str] = {}
    for feast in feasts:
        for first in _beginnings(feast, year):
            for day in (first + n * _ONE_DAY for n in range(feast.days)):
                if day.year == year:
                    name = feast.label + (EXPECTED if feast.reckoning is Reckoning.ISLAMISCH else "")
                    found[day] = f"{found[day]}, {name}" if day in found else name
    return found


def _beginnings(feast: Feast, year: int) -> list[date]:
    """When a feast begins in a year or at the end of the one before; an Islamic one may come twice."""
    if feast.reckoning in (Reckoning.OSTERN, Reckoning.OSTERN_ORTHODOX):
        from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

        orthodox = feast.reckoning is Reckoning.OSTERN_ORTHODOX
        sunday = easter(year, EASTER_ORTHODOX) if orthodox else easter(year, EASTER_WESTERN)
        return [sunday + timedelta(days=feast.offset)]
    if feast.reckoning is Reckoning.JUEDISCH:
        return _jewish(feast, year)
    if feast.reckoning is Reckoning.ISLAMISCH:
        return _islamic(feast, year)
    return [day for one in (year - 1, year) if (day := _common(one, feast)) is not None]


def _common(year: int, feast: Feast) -> date | None:
    try:
        return date(year, feast.month, feast.day)
    except ValueError:  # 29.2.
        return None


def _jewish(feast: Feast, year: int) -> list[date]:
    from pyluach.dates import HebrewDate

    found = []
    for jewish in range(year + 3759, year + 3762):
        try:
            found.append(HebrewDate(jewish, feast.month, feast.day).to_pydate())
        except ValueError:  # no such day in this year
            continue
    return found


def _islamic(feast: Feast, year: int) -> list[date]:
    from hijridate import Hijri

    found = []
    about = (year - 622) * 33 // 32
    for islamic in range(about - 1, about + 4):
        try:
            there = Hijri(islamic, feast.month, feast.day).to_gregorian()
        except (ValueError, OverflowError):  # beyond the tables of the library
            continue
        found.append(date(there.year, there.month, there.day))
    return found


def city_days(city: PartnerCity, year: int, names: Mapping[str, str]) -> dict[date, str]:
    """The holidays of a partner city's country in a year, in German where there is a name for them.

    Args:
        names: German names by English ones.

    Raises:
        KeyError: the library does not know the country or the part of it.
    """
    import holidays

    known = _languages(city.country)
    language = "de" if "de" in known else "en_US" if "en_US" in known else None
    try:
        days = holidays.country_holidays(
            city.country, subdiv=city.subdivision or None, years=year, language=language
        )
    except NotImplementedError as error:
        raise KeyError(city.region) from error
    return {day: _german(name, names) for day, name in sorted(days.items())}


def _languages(country: str) -> tuple[str, ...]:
    import holidays

    try:
        return tuple(holidays.country_holidays(country).supported_languages)
    except NotImplementedError as error:
        raise KeyError(country) from error


def _german(name: str, names: Mapping[str, str]) -> str:
    """A name in German; several of one day are translated one by one."""
    return ", ".join(_one(part, names) for part in name.split("; "))


def _one(name: str, names: Mapping[str, str]) -> str:
    bare, behind = name, ""
    for ending in _ESTIMATED:
        if bare.endswith(ending):
            bare, behind = bare.removesuffix(ending), EXPECTED
    if bare.endswith(_OBSERVED):
        bare, behind = bare.removesuffix(_OBSERVED), behind + " (nachgeholt)"
    return names.get(bare, bare) + behind
