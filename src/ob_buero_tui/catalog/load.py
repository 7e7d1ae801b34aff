"""Loads the catalog: the shipped files, and over them those of the office."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from ob_buero_tui.catalog.agenda import LateAgenda
from ob_buero_tui.catalog.council_reading import load_council
from ob_buero_tui.catalog.decisions import load_deciders, load_departments
from ob_buero_tui.catalog.everyday import LateEveryday
from ob_buero_tui.catalog.files import read_toml
from ob_buero_tui.catalog.folders import data_folder
from ob_buero_tui.catalog.kinds import read_kind
from ob_buero_tui.catalog.late import late_kind
from ob_buero_tui.catalog.layers import (
    ENTRY_LEFT_OUT,
    SHIPPED_COUNTS,
    Layer,
    newest,
    read_file,
    with_effect,
)
from ob_buero_tui.catalog.letterhead_reading import load_letterhead
from ob_buero_tui.catalog.lists import (
    read_closed_days,
    read_districts,
    read_elections,
    read_office,
    read_places,
)
from ob_buero_tui.catalog.load_lists import (
    load_event_kinds,
    load_representation,
    load_text_modules,
    load_words,
)
from ob_buero_tui.catalog.model import Catalog, EventKind, Problem, RequestKind
from ob_buero_tui.catalog.observances import LateObservances
from ob_buero_tui.catalog.papers import LatePapers
from ob_buero_tui.catalog.piles import MOST, piles
from ob_buero_tui.catalog.planning import LatePlanning
from ob_buero_tui.catalog.reading import Reader
from ob_buero_tui.catalog.results import LateResults
from ob_buero_tui.catalog.retention import LateRetention
from ob_buero_tui.catalog.salutations import load_salutations
from ob_buero_tui.catalog.states import load_states
from ob_buero_tui.catalog.switches import known_switches
from ob_buero_tui.catalog.templates import load_templates
from ob_buero_tui.rules.clean import clean

T = TypeVar("T")

_KIND_LEFT_OUT = "Diese Art bleibt weg, alle anderen arbeiten weiter."


@dataclass(frozen=True, slots=True)
class _Found:
    """A kind of request with the file it comes from."""

    kind: RequestKind
    layer: Layer
    file: str


def load_catalog(
    office_folder: Path | None = None, base: Path | None = None, *, whole: bool = False
) -> Catalog:
    """Load all catalog files; whatever is wrong becomes a problem and stops nothing else.

    Args:
        office_folder: The office's own folder, laid out like `data/`: what lies in its `catalog/` overrides
            the shipped files. Kinds of requests and of events are overridden by their key, office.toml key by
            key; the other lists are replaced as a whole.
        base: The shipped folder, when it is not the one that belongs to the program.
        whole: Read the shipped kinds to the end at once, to have their problems told.

    Raises:
        Refusal: The program's own data folder is missing.
    """
    layers = [Layer((base or data_folder()) / "catalog", shipped=True)]
    if office_folder is not None:
        layers.append(Layer(office_folder / "catalog", shipped=False))
    problems: list[Problem] = []
    office = _office(layers, problems)
    figures = office.pop("figures", {})
    event_kinds = load_event_kinds(layers, problems, figures)
    kinds = _kinds(layers, problems, figures, event_kinds, office.pop("kinds", {}), whole=whole)
    lists = _lists(layers, problems, kinds)
    return Catalog(
        kinds=kinds,
        event_kinds=event_kinds,
        figures=figures,
        problems=tuple(problems),
        **lists,
        **office,
    )


def _lists(layers: list[Layer], problems: list[Problem], kinds: Collection[str]) -> dict[str, Any]:
    """Everything beside the kinds, by the names of the catalog's fields."""
    calendars, chains = load_representation(layers, problems)
    ladungsfristen, council = load_council(layers, problems)
    return {
        "places": newest(layers, "places.toml", read_places, problems),
        "districts": newest(layers, "districts.toml", read_districts, problems),
        "closed_days": newest(layers, "closed_days.toml", read_closed_days, problems),
        "elections": dict(sorted(newest(layers, "elections.toml", read_elections, problems))),
        "calendars": calendars,
        "chains": chains,
        "ladungsfristen": ladungsfristen,
        "council": council,
        "agenda": LateAgenda(layers, problems),
        "begriffe": load_words(layers, problems),
        "text_modules": load_text_modules(layers, problems, kinds),
        "salutations": load_salutations(layers, problems),
        "deciders": load_deciders(layers, problems),
        "departments": load_departments(layers, problems),
        "observances": LateObservances(layers, problems),
        "papers": LatePapers(layers, problems),
        "planning": LatePlanning(layers, problems),
        "results": LateResults(layers, problems),
        "retention": LateRetention(layers, problems),
        "everyday": LateEveryday(layers, problems),
        "states": load_states(layers, problems),
        "templates": load_templates(layers, problems),
        "letterhead": load_letterhead(layers, problems),
    }


def _office(layers: Iterable[Layer], problems: list[Problem]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for layer in layers:
        found = read_file(layer, "office.toml", read_office, problems) or {}
        both = {name: {**merged.get(name, {}), **found.get(name, {})} for name in ("figures", "kinds")}
        merged |= found | both
    return merged


def _kinds(
    layers: Iterable[Layer],
    problems: list[Problem],
    figures: Mapping[str, int],
    event_kinds: Mapping[str, EventKind],
    switched: Mapping[str, bool],
    *,
    whole: bool,
) -> dict[str, RequestKind]:
    shipped: dict[str, _Found] = {}
    current: dict[str, _Found] = {}
    for layer in layers:
        found = _layer_kinds(layer, problems, figures, event_kinds, shipped, whole=whole)
        current |= found
        if layer.shipped:
            shipped = dict(found)
    office = Reader.of("office.toml", problems)
    for key, on in known_switches(switched, current, office, ENTRY_LEFT_OUT).items():
        for group in (current, shipped):
            if key in group:
                group[key] = replace(group[key], kind=replace(group[key].kind, active=on))
    _without_clashes(current, shipped, problems)
    _piles_with_digits(current.values(), problems)
    ordered = sorted((one.kind for one in current.values()), key=lambda kind: (kind.sort, kind.label))
    return {kind.key: kind for kind in ordered}


def _layer_kinds(
    layer: Layer,
    problems: list[Problem],
    figures: Mapping[str, int],
    event_kinds: Mapping[str, EventKind],
    shipped: Mapping[str, _Found],
    *,
    whole: bool,
) -> dict[str, _Found]:
    found: dict[str, _Found] = {}
    for path in _files(layer, problems):
        file = layer.name(f"requests/{clean(path.name)}")
        own: list[Problem] = []
        late = layer.shipped and not whole
        kind = late_kind(path, file, figures, event_kinds) if late else None
        data: dict[str, Any] | None = None
        if kind is None:
            data = read_toml(path, file, own)
            kind = None if data is None else read_kind(data, Reader.of(file, own, figures), event_kinds)
        key = kind.key if kind is not None else str((data or {}).get("key", path.stem))
        if kind is not None and kind.key in found:
            expected = f"eine Kennung, die {found[kind.key].file} nicht schon trägt"
            Reader.of(file, problems).at("key").wrong(expected, key, effect="Diese Datei bleibt weg.")
        elif kind is not None:
            found[kind.key] = _Found(kind, layer, file)
        else:
            problems += with_effect(own, SHIPPED_COUNTS if key in shipped else _KIND_LEFT_OUT)
    return found


def _files(layer: Layer, problems: list[Problem]) -> list[Path]:
    """Return the files of the kinds of requests by name; editors' hidden and backup files are no kinds."""
    try:
        found = [path for path in (layer.folder / "requests").iterdir() if path.suffix == ".toml"]
    except FileNotFoundError:
        return []
    except OSError:
        Reader.of(layer.name("requests"), problems).wrong("ein lesbarer Ordner", "keiner")
        return []
    return sorted(path for path in found if not path.name.startswith("."))


def _without_clashes(
    current: dict[str, _Found], shipped: Mapping[str, _Found], problems: list[Problem]
) -> None:
    """Leave out kinds whose key to press or sign is taken; an office's file yields before a shipped one."""
    while clash := _clash(current.values()):
        attribute, loser, winner = clash
        value = getattr(loser.kind, attribute)
        fallback = None if loser.layer.shipped else shipped.get(loser.kind.key)
        expected = f"ein Wert, den {winner.file} („{winner.kind.label}“) nicht schon trägt"
        effect = SHIPPED_COUNTS if fallback else _KIND_LEFT_OUT
        Reader.of(loser.file, problems).at(attribute).wrong(expected, value, effect=effect)
        if fallback:
            current[loser.kind.key] = fallback
        else:
            del current[loser.kind.key]


def _piles_with_digits(found: Iterable[_Found], problems: list[Problem]) -> None:
    """Name the kinds whose pile is one too many; they are still in Neu and Alle."""
    kinds = sorted((one for one in found if one.kind.active), key=lambda one: (one.kind.sort, one.kind.label))
    shown = [pile.label for pile in piles(one.kind for one in kinds)]
    for one in kinds:
        if one.kind.split and one.kind.split not in shown:
            expected = f"einer der {MOST} Stapel, für die es Tasten gibt: {', '.join(shown)}"
            effect = "Diese Art hat keinen eigenen Stapel; sie steht unter Neu und Alle."
            Reader.of(one.file, problems).at("split").wrong(expected, one.kind.split, effect=effect)


def _clash(found: Iterable[_Found]) -> tuple[str, _Found, _Found] | None:
    """Return the first attribute that two active kinds share, then who yields and who stays."""
    for attribute in ("picker_key", "sign"):
        seen: dict[str, _Found] = {}
        # Shipped files first, so that the later one of a pair is the one that yields.
        for one in sorted(found, key=lambda one: (not one.layer.shipped, one.file)):
            if one.kind.active:
                winner = seen.setdefault(getattr(one.kind, attribute), one)
                if winner is not one:
                    return attribute, one, winner
    return None
