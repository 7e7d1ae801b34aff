"""What the year planner needs of the office's own: points, fairs and Karneval, who consults when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from ob_buero_tui.catalog.layers import Layer, exists, read_file
from ob_buero_tui.catalog.reading import Key, Reader
from ob_buero_tui.catalog.values import integer, numbers, tables, text, texts
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.year_plan import Costs, Occasion, Wish

if TYPE_CHECKING:
    from ob_buero_tui.catalog.model import Catalog, Problem

FILE = "planning.toml"
MOST_POINTS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class OccasionRule:
    """Days on which a town does other things, every year or once.

    Args:
        easter: Days from Easter Sunday to the first day; None: it begins on `month` and `day`.
        days: How many days it lasts.
        year: The only year it counts for; 0: every year.
    """

    label: str
    easter: int | None = None
    month: int = 0
    day: int = 0
    days: int = 1
    year: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRule:
    """The place in the Beratungsfolge of bodies whose name or classification matches a pattern."""

    patterns: tuple[str, ...]
    step: int
    gap_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningRules:
    """The content of planning.toml; the file says what each key means."""

    rounds: int = 6
    between_minutes: int = 0
    differ_percent: int = 30
    other_weekday_percent: int = 25
    spread_days: int = 14
    december_from: int = 10
    history_months: int = 24
    weights: Mapping[Wish, int] = field(default_factory=dict)
    occasions: tuple[OccasionRule, ...] = ()
    steps: tuple[StepRule, ...] = ()

    @property
    def costs(self) -> Costs:
        """What the planner counts with."""
        return Costs(
            weights=self.weights,
            other_weekday=self.other_weekday_percent,
            december_from=self.december_from,
            spread_days=self.spread_days,
            differ_percent=self.differ_percent,
        )


class LatePlanning:
    """The file, read when a year is planned: no start needs it."""

    __slots__ = ("_found", "_layers")

    def __init__(self, layers: Sequence[Layer], problems: list[Problem]) -> None:
        self._layers = tuple(layers)
        self._found: PlanningRules | None = None
        if any(exists(layer.folder / FILE) for layer in layers if not layer.shipped):
            self._found = load_planning(self._layers, problems)  # a mistake is named at the start

    def __call__(self) -> PlanningRules:
        """What is in the file; what is wrong in it is left out."""
        if self._found is None:
            self._found = load_planning(self._layers, [])
        return self._found


def planning_rules(catalog: Catalog) -> PlanningRules:
    """Return what the office has laid down for the planner."""
    return catalog.planning() if catalog.planning is not None else PlanningRules()


def step_of(rules: PlanningRules, *names: str) -> StepRule:
    """Return the place in the Beratungsfolge of a body by its name, short name or classification."""
    folded = [fold(name) for name in names if name]
    for rule in rules.steps:
        if any(fnmatchcase(name, fold(pattern)) for pattern in rule.patterns for name in folded):
            return rule
    return StepRule(patterns=(), step=1)


def occasions_of(rules: Iterable[OccasionRule], year: int) -> Iterator[Occasion]:
    """Yield the occasions of a year; what has no such day in it is left out."""
    from dateutil.easter import easter  # needed by few files only

    for rule in rules:
        if rule.year not in (0, year):
            continue
        try:
            first = (
                easter(year) + timedelta(days=rule.easter)
                if rule.easter is not None
                else date(year, rule.month, rule.day)
            )
        except ValueError:
            continue
        yield Occasion(label=rule.label, first=first, last=first + timedelta(days=rule.days - 1))


OCCASION = (
    Key("label", text(60)),
    Key("easter", integer(-120, 250), None),
    Key("month", integer(1, 12), 0),
    Key("day", integer(1, 31), 0),
    Key("days", integer(1, 60), 1),
    Key("year", integer(1900, 2999), 0),
)
STEP = (
    Key("patterns", texts()),
    Key("step", integer(0, 9)),
    Key("gap_days", integer(0, 90), 0),
)
_PLAIN = {
    "rounds": integer(1, 24),
    "between_minutes": integer(0, 480),
    "differ_percent": integer(1, 100),
    "other_weekday_percent": integer(0, 100),
    "spread_days": integer(1, 180),
    "december_from": integer(1, 31),
    "history_months": integer(1, 120),
}


def load_planning(layers: Sequence[Layer], problems: list[Problem]) -> PlanningRules:
    """Read the file; each key of an office stands in place of the shipped one, weights one by one."""
    values: dict[str, Any] = {}
    weights: dict[Wish, int] = {}
    for layer in layers:
        found = read_file(layer, FILE, read_planning, problems) or {}
        weights |= found.pop("weights", {})
        values |= found
    return PlanningRules(**values, weights=weights)


def read_planning(data: Mapping[str, Any], reader: Reader) -> dict[str, Any]:
    """Read planning.toml; a key or an entry that is wrong is left out, the others count."""
    reader.only(data, [*_PLAIN, "weights", "occasions", "steps"])
    found: dict[str, Any] = {}
    for name, value in _PLAIN.items():
        read = value(data[name], reader.at(name)) if name in data else None
        if read is not None:
            found[name] = read
    if "weights" in data:
        found["weights"] = _weights(data["weights"], reader.at("weights"))
    if "occasions" in data:
        at = reader.at("occasions")
        rules = tables(OCCASION, OccasionRule)(data["occasions"], at)
        found["occasions"] = tuple(one for one in rules if _dated(one, at))
    if "steps" in data:
        found["steps"] = tables(STEP, StepRule)(data["steps"], reader.at("steps"))
    return found


def _weights(value: object, at: Reader) -> dict[Wish, int]:
    given = numbers(value, at) or {}
    known = {wish.value: wish for wish in Wish}
    at.only(given, list(known))
    found: dict[Wish, int] = {}
    for name, points in given.items():
        if name in known:
            read = integer(0, MOST_POINTS)(points, at.at(name))
            found |= {known[name]: read} if read is not None else {}
    return found


def _dated(rule: OccasionRule, at: Reader) -> bool:
    """Tell whether an occasion says when it is; a day that no year has is wrong."""
    try:
        fine = rule.easter is not None or bool(date(2000, rule.month, rule.day))
    except ValueError:
        fine = False
    if not fine:
        at.wrong("easter, oder month und day eines Tages, den es gibt", rule.label)
    return fine
