"""Loads the lists beside the kinds of requests: event kinds, calendars, words, text modules."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ob_buero_tui.catalog.event_tasks import LaidDown, laid_down, linked_tasks, read_event_kinds
from ob_buero_tui.catalog.layers import ENTRY_LEFT_OUT, SHIPPED_COUNTS, Layer, read_file, with_effect
from ob_buero_tui.catalog.model import EventKind, Problem
from ob_buero_tui.catalog.reading import Reader, meant
from ob_buero_tui.catalog.representation import (
    COUNCIL,
    MAYOR,
    CalendarSpec,
    DeputyChain,
    linked_chains,
    read_representation,
)
from ob_buero_tui.catalog.values import tables
from ob_buero_tui.catalog.words import BEGRIFFE, TEXT_MODULE, TextModule, read_words


def load_event_kinds(
    layers: Sequence[Layer], problems: list[Problem], figures: Mapping[str, int]
) -> dict[str, EventKind]:
    """The kinds of calendar entries and their preparation tasks; an office's count by their keys."""
    kinds: dict[str, EventKind] = {}
    tasks: dict[str, list[LaidDown]] = {}
    for layer in layers:
        file = read_file(layer, "event_kinds.toml", read_event_kinds, problems, figures)
        if file is None:
            continue
        own: list[Problem] = []
        top = Reader.of(layer.name("event_kinds.toml"), own, figures)
        kinds |= _once(file.kinds, top.at("event_kinds"))
        tasks |= laid_down(file, top.at("tasks"))
        problems += with_effect(own, ENTRY_LEFT_OUT)
    wrong: list[Problem] = []
    kinds = linked_tasks(kinds, [one for same in tasks.values() for one in same], wrong)
    problems += with_effect(wrong, ENTRY_LEFT_OUT)
    return kinds


def load_representation(
    layers: Sequence[Layer], problems: list[Problem]
) -> tuple[dict[str, CalendarSpec], dict[str, DeputyChain]]:
    """The calendars and the chains of deputies; each list of an office replaces the shipped one."""
    calendars: dict[str, CalendarSpec] = {}
    chains: dict[str, DeputyChain] = {}
    for layer in layers:
        found = read_file(layer, "representation.toml", read_representation, problems)
        if found is None:
            continue
        own: list[Problem] = []
        if found.calendars is not None:
            always = {key: calendars[key] for key in (MAYOR, COUNCIL) if key in calendars}
            own_ones = {one.key: one for one in found.calendars}
            calendars = own_ones | {key: one for key, one in always.items() if key not in own_ones}
            chains = {key: kept for key, one in chains.items() if (kept := _shortened(one, calendars))}
        if found.chains is not None:
            top = Reader.of(layer.name("representation.toml"), own)
            chains |= linked_chains(found.chains, calendars, top)
        problems += with_effect(own, ENTRY_LEFT_OUT if layer.shipped else SHIPPED_COUNTS)
    return calendars, chains


def _shortened(chain: DeputyChain, calendars: Collection[str]) -> DeputyChain | None:
    """A shipped chain must not lead to a calendar that the office no longer has."""
    left = tuple(key for key in chain.calendars if key in calendars)
    return replace(chain, calendars=left) if left else None


def load_words(layers: Sequence[Layer], problems: list[Problem]) -> dict[str, str]:
    """The office's own words, key by key."""
    words = dict(BEGRIFFE)
    for layer in layers:
        words |= read_file(layer, "begriffe.toml", read_words, problems) or {}
    return words


def load_text_modules(
    layers: Sequence[Layer], problems: list[Problem], kinds: Collection[str]
) -> tuple[TextModule, ...]:
    """The text modules in the order of the files; an office's count by their keys."""
    merged: dict[str, TextModule] = {}
    for layer in layers:

        def read(data: Mapping[str, Any], reader: Reader) -> dict[str, TextModule] | None:
            reader.only(data, ["text_modules"])
            place = reader.at("text_modules")
            if not isinstance(data.get("text_modules"), list):
                place.wrong("eine Liste von Tabellen", *([data["text_modules"]] if data else []))
                return None
            found = _once(tables(TEXT_MODULE, TextModule)(data["text_modules"], place), place)
            return {key: one for key, one in found.items() if _kinds_known(one, kinds, place)}

        merged |= read_file(layer, "text_modules.toml", read, problems) or {}
    return tuple(merged.values())


def _kinds_known(module: TextModule, kinds: Collection[str], place: Reader) -> bool:
    unknown = [kind for kind in module.kinds if kind not in kinds]
    for kind in unknown:
        expected = f"für „{module.key}“ die Kennung einer Art"
        place.wrong(expected, kind, hint=meant(kind, kinds))
    return not unknown


def _once(found: Sequence[Any], place: Reader) -> dict[str, Any]:
    """Entries by their key; the second of two with the same one is named and left out."""
    kept: dict[str, Any] = {}
    for index, one in enumerate(found):
        if one.key in kept:
            place.item(index).at("key").wrong("jede Kennung nur einmal", one.key)
        kept.setdefault(one.key, one)
    return kept
