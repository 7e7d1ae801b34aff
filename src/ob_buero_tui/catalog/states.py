"""The states of a request as data: states.toml, which an office may narrow and rename."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ob_buero_tui.catalog.layers import ENTRY_LEFT_OUT, Layer, read_file
from ob_buero_tui.catalog.model import Problem
from ob_buero_tui.catalog.reading import Key, Reader, Table, expecting
from ob_buero_tui.catalog.values import ident, one_of, tables, text
from ob_buero_tui.rules.states import RequestState, StateTable


@dataclass(frozen=True, slots=True, kw_only=True)
class StateSpec:
    """One state: its word, and what may follow; None where the file does not say."""

    key: RequestState
    label: str | None = None
    next: tuple[RequestState, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    states: tuple[StateSpec, ...]
    reopen: tuple[str, ...] | None


_STATE = one_of(RequestState)


@expecting("eine Liste von Zuständen")
def _next(value: object, at: Reader) -> tuple[RequestState, ...] | None:
    if not isinstance(value, list):
        at.wrong("eine Liste von Zuständen", value)
        return None
    found = (_STATE(one, at.item(index)) for index, one in enumerate(value))
    return tuple(one for one in found if one is not None)


@expecting("eine Liste von Kennungen")
def _keys(value: object, at: Reader) -> tuple[str, ...] | None:
    if not isinstance(value, list):
        at.wrong("eine Liste von Kennungen", value)
        return None
    found = (ident(one, at.item(index)) for index, one in enumerate(value))
    return tuple(one for one in found if one is not None)


STATE: Table = (Key("key", _STATE), Key("label", text(40), None), Key("next", _next, None))


def load_states(layers: Sequence[Layer], problems: list[Problem]) -> StateTable:
    """The shipped states, and over them what an office calls otherwise or does not allow.

    An office may take transitions away, not add any: what follows what is relied upon by the steps
    themselves. A transition it adds is named and left out.
    """
    labels: dict[RequestState, str] = {}
    follows: dict[RequestState, frozenset[RequestState]] = {}
    reopen: tuple[str, ...] = ()
    for layer in layers:
        found = read_file(layer, "states.toml", _read, problems)
        if found is None:
            continue
        place = Reader.of(layer.name("states.toml"), problems).at("states")
        for index, spec in enumerate(found.states):
            at = place.item(index)
            if spec.label is not None and _free(spec, labels, at):
                labels[spec.key] = spec.label
            if spec.next is not None:
                wanted = spec.next if layer.shipped else _narrowed(spec, follows, at)
                follows[spec.key] = frozenset(wanted)
        reopen = reopen if found.reopen is None else found.reopen
    return StateTable(labels=labels, follows=follows, reopen=reopen)


def _read(data: Mapping[str, Any], reader: Reader) -> _File | None:
    reader.only(data, ["states", "reopen"])
    place = reader.at("states")
    if not isinstance(data.get("states", []), list):
        place.wrong("eine Liste von Tabellen", data["states"])
        return None
    kept: dict[RequestState, StateSpec] = {}
    for index, one in enumerate(tables(STATE, StateSpec)(data.get("states", []), place)):
        if one.key in kept:
            place.item(index).at("key").wrong("jeder Zustand nur einmal", one.key.value)
        kept.setdefault(one.key, one)
    reopen = _keys(data["reopen"], reader.at("reopen")) if "reopen" in data else None
    return _File(states=tuple(kept.values()), reopen=reopen)


def _free(spec: StateSpec, labels: Mapping[RequestState, str], at: Reader) -> bool:
    """Whether no other state has this word: two that look the same could not be told apart."""
    taken = any(word == spec.label for key, word in labels.items() if key is not spec.key)
    if taken:
        at.at("label").wrong("ein Wort, das kein anderer Zustand hat", spec.label, effect=ENTRY_LEFT_OUT)
    return not taken


def _narrowed(
    spec: StateSpec, follows: Mapping[RequestState, frozenset[RequestState]], at: Reader
) -> list[RequestState]:
    """What the office leaves of the shipped transitions."""
    allowed = follows.get(spec.key, frozenset())
    for index, one in enumerate(spec.next or ()):
        if one not in allowed:
            names = ", ".join(sorted(allowed)) or "keiner"
            at.at("next").item(index).wrong(
                f"ein Zustand, der auf „{spec.key.value}“ folgen darf ({names})",
                one.value,
                effect=ENTRY_LEFT_OUT,
            )
    return [one for one in spec.next or () if one in allowed]
