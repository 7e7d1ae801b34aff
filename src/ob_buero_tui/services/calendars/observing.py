"""Days that partner cities and religions keep, cached beside the holidays of the Land."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.catalog.observances import Observances, PartnerCity, Religion
from ob_buero_tui.rules.german import join
from ob_buero_tui.services.calendars.reckoning import city_days, feast_days
from ob_buero_tui.services.faults import translated
from ob_buero_tui.services.workcalendar import YEARS_AHEAD, YEARS_BACK
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.desk import Holiday

FEAST, PARTNER = "feast", "partner"
"""The categories of the cached days; their regions are a religion, or a country with its part."""
NO_DATA = "keine Daten"
_SIGNED, _SIGNED_DAY = "signature", date(1, 1, 1)
RELIGIONS: Mapping[Religion, str] = {
    Religion.CHRISTENTUM: "Christliche Tage",
    Religion.ORTHODOXIE: "Orthodoxe Feste",
    Religion.JUDENTUM: "Jüdische Feste",
    Religion.ISLAM: "Islamische Feste",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Days that are shown or hidden together.

    Args:
        key: `feast:islam`, `partner:FR`.
        label: What the group is called.
        before: What stands before a day's name; "" for nothing.
    """

    key: str
    label: str
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """The cached days of all groups.

    Args:
        days: Group and name of what is kept on each day.
        first_year, last_year: The years that are known; 0 where nothing is.
        years: The years in which a group has days at all, by its key.
    """

    days: Mapping[date, tuple[tuple[str, str], ...]]
    first_year: int = 0
    last_year: int = 0
    years: Mapping[str, frozenset[int]]


def groups(catalog: Catalog) -> tuple[Group, ...]:
    """What may be shown: partner cities by country, then the religions of which there are feasts."""
    lists = _lists(catalog)
    regions: defaultdict[str, list[PartnerCity]] = defaultdict(list)
    for city in lists.cities:
        regions[city.region].append(city)
    found = [
        Group(
            key=f"{PARTNER}:{region}",
            label=f"Feiertage {cities[0].country_name} ({join([city.name for city in cities])})",
            before=cities[0].country_name,
        )
        for region, cities in regions.items()
    ]
    kept = dict.fromkeys(feast.religion for feast in lists.feasts)
    found += [Group(key=f"{FEAST}:{one.value}", label=RELIGIONS[one]) for one in Religion if one in kept]
    return tuple(found)


def observances_missing(place: Workplace) -> bool:
    """Whether the cache is of other lists or of other years than today's."""
    with place.reading() as session:
        stored = session.scalar(select(Holiday.name).where(Holiday.category == _SIGNED))
    return stored != _signature(place)


def fill_observances(place: Workplace) -> None:
    """Cache the days of all groups for the years around today; a worker's job, slow the first time."""
    lists = _lists(place.catalog)
    rows: list[dict[str, object]] = []
    for year in _years(place):
        for religion in dict.fromkeys(feast.religion for feast in lists.feasts):
            own = [feast for feast in lists.feasts if feast.religion is religion]
            rows += _rows(religion.value, FEAST, feast_days(own, year))
        for region, city in {city.region: city for city in lists.cities}.items():
            try:
                days = city_days(city, year, lists.names)
            except KeyError:  # the library does not know the country: it has no data
                continue
            rows += _rows(region, PARTNER, days)
    signed = {"region": "", "category": _SIGNED, "day": _SIGNED_DAY, "name": _signature(place)}
    with translated():
        connection = place.engine.connect().execution_options(writing=True, patience=place.patience_ms)
        with connection, connection.begin():
            connection.execute(delete(Holiday).where(Holiday.category.in_((FEAST, PARTNER, _SIGNED))))
            connection.execute(insert(Holiday), [*rows, signed])
    place.observed.pop(FEAST, None)


def observed(session: Session, place: Workplace) -> Observed:
    """The cached days of all groups, read once."""
    known = place.observed.get(FEAST)
    if not isinstance(known, Observed) or not known.first_year:
        known = place.observed[FEAST] = _read(session)
    return known


def day_texts(place: Workplace, known: Observed, on: date, hidden: Iterable[str]) -> tuple[str, ...]:
    """What is kept on a day, without the groups that are hidden; says where nothing is known.

    Args:
        hidden: Keys of groups.
    """
    unknown = bool(known.first_year) and not known.first_year <= on.year <= known.last_year
    if not unknown and on not in known.days:
        return ()
    wanted = {group.key: group for group in groups(place.catalog) if group.key not in set(hidden)}
    if not wanted:
        return ()
    if unknown:
        return (f"Feste und Partnerstädte: {NO_DATA}",)
    told = [(wanted[key].before, name) for key, name in known.days.get(on, ()) if key in wanted]
    return tuple(f"{before}: {name}" if before else name for before, name in told)


def coverage(known: Observed, key: str) -> str:
    """For which years a group has days, in German."""
    years = sorted(known.years.get(key, ()))
    if not years:
        return NO_DATA
    return f"Daten {years[0]}–{years[-1]}"


def _read(session: Session) -> Observed:
    rows = session.execute(
        select(Holiday.region, Holiday.category, Holiday.day, Holiday.name)
        .where(Holiday.category.in_((FEAST, PARTNER)))
        .order_by(Holiday.day, Holiday.id)
    ).all()
    days: defaultdict[date, list[tuple[str, str]]] = defaultdict(list)
    years: defaultdict[str, set[int]] = defaultdict(set)
    for row in rows:
        key = f"{row.category}:{row.region}"
        days[row.day].append((key, row.name))
        years[key].add(row.day.year)
    all_years = {year for found in years.values() for year in found}
    return Observed(
        days={day: tuple(found) for day, found in days.items()},
        first_year=min(all_years, default=0),
        last_year=max(all_years, default=0),
        years={key: frozenset(found) for key, found in years.items()},
    )


def _rows(region: str, category: str, days: Mapping[date, str]) -> list[dict[str, object]]:
    return [{"region": region, "category": category, "day": day, "name": name} for day, name in days.items()]


def _lists(catalog: Catalog) -> Observances:
    return catalog.observances() if catalog.observances is not None else Observances()


def _years(place: Workplace) -> range:
    return range(place.today.year - YEARS_BACK, place.today.year + YEARS_AHEAD + 1)


def _signature(place: Workplace) -> str:
    lists = _lists(place.catalog)
    said = repr((lists.cities, lists.feasts, sorted(lists.names.items()), _years(place)))
    return sha256(said.encode()).hexdigest()
