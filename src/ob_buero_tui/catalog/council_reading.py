"""The descriptions of ladungsfristen.toml and council.toml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ob_buero_tui.catalog.council import CouncilRules
from ob_buero_tui.catalog.ladungsfrist_reading import read_ladungsfristen
from ob_buero_tui.catalog.layers import Layer, read_file
from ob_buero_tui.catalog.model import Problem
from ob_buero_tui.catalog.reading import Key, Reader
from ob_buero_tui.catalog.values import boolean, ident, integer, matching, one_of, text, texts
from ob_buero_tui.rules.deadlines import Offset, Unit
from ob_buero_tui.rules.ladungsfrist_rule import LadungsfristRule
from ob_buero_tui.rules.session_chain import BY_RULE, SITZUNG, TERMIN, ChainStep

RULES_FILE, COUNCIL_FILE = "ladungsfristen.toml", "council.toml"


def load_council(
    layers: Sequence[Layer], problems: list[Problem]
) -> tuple[dict[str, LadungsfristRule], CouncilRules]:
    """Load the Ladungsfristen, an office's over the shipped ones by key, and the rules about sessions, an
    office's list in place of the shipped one.
    """
    rules: dict[str, LadungsfristRule] = {}
    values: dict[str, Any] = {}
    for layer in layers:
        found = read_file(layer, RULES_FILE, read_ladungsfristen, problems) or {}
        # A key that comes again moves to the end: the last default of a Land is the one that counts.
        rules = {key: one for key, one in rules.items() if key not in found} | found
        values |= read_file(layer, COUNCIL_FILE, read_council, problems) or {}
    return rules, CouncilRules(**values)


STEP = (
    Key("key", ident),
    Key("label", text(40)),
    Key("amount", integer(-365, 365), None),
    Key("unit", one_of(Unit), Unit.KALENDERTAGE),
    Key("basis", ident, ""),
    Key("move_to_open", boolean, True),
    Key("met_by", matching("einladung|niederschrift", "eines von einladung, niederschrift"), ""),
    Key("laender", texts(2), ()),
    Key("source", text(), ""),
    Key("unconfirmed", boolean, False),
)
_OTHERS = {
    "mayor_absent_from": texts(),
    "no_session": texts(),
    "soon": integer(0, 30),
    "minutes_days": integer(0, 3650),
    "led_by": matching("wir|ris|", "eines von wir, ris, oder leer"),
}


def read_council(data: Mapping[str, Any], reader: Reader) -> dict[str, Any]:
    """Read council.toml; a key or a step that is wrong is left out, the others count."""
    reader.only(data, ["steps", *_OTHERS])
    found: dict[str, Any] = {}
    for name, value in _OTHERS.items():
        if name in data:
            before = len(reader.problems)
            read = value(data[name], reader.at(name))
            if read or len(reader.problems) == before:
                found[name] = read
    if "steps" in data:
        entries = _entries(data, reader, "steps")
        if entries is not None:
            found["steps"] = _steps(entries)
    return found


def _steps(entries: list[tuple[Reader, Any]]) -> tuple[ChainStep, ...]:
    read = [(at, at.table(value, STEP, _step)) for at, value in entries]
    found: list[tuple[Reader, ChainStep]] = []
    for at, step in read:
        if step is None:
            continue
        if any(one.key == step.key and one.laender == step.laender for _, one in found):
            at.at("key").wrong("jede Kennung nur einmal je Land", step.key)
        elif step.key in BY_RULE and step.offset is not None:
            at.at("amount").wrong(
                f"bei „{step.key}“ nichts, denn es rechnet die Ladungsfrist", step.offset.amount
            )
        elif step.key not in BY_RULE and step.offset is None:
            at.at("amount").wrong("eine ganze Zahl von -365 bis 365 und dazu basis")
        else:
            found.append((at, step))
    return _grounded(found)


def _step(*, amount: int | None, unit: Unit, basis: str, **values: Any) -> ChainStep:
    offset = None
    if amount is not None and basis:
        offset = Offset(amount=amount, unit=unit, basis=TERMIN if basis == SITZUNG else f"frist:{basis}")
    return ChainStep(offset=offset, **values)


def _grounded(found: list[tuple[Reader, ChainStep]]) -> tuple[ChainStep, ...]:
    """Leave out steps that count from one that is not there, or in a circle."""
    known = set(BY_RULE) & {step.key for _, step in found}
    waiting = found
    while True:
        left = []
        for at, step in waiting:
            basis = step.offset.basis.removeprefix("frist:") if step.offset else ""
            if basis in ("", TERMIN) or basis in known:
                known.add(step.key)
            else:
                left.append((at, step))
        if len(left) == len(waiting):
            break
        waiting = left
    for at, step in waiting:
        basis = step.offset.basis.removeprefix("frist:") if step.offset else ""
        at.at("basis").wrong(
            "sitzung oder die Kennung eines Schritts, der nicht selbst von diesem abhängt", basis
        )
    lost = [step for _, step in waiting]
    return tuple(step for _, step in found if step not in lost)


def _entries(data: Mapping[str, Any], reader: Reader, name: str) -> list[tuple[Reader, Any]] | None:
    place, value = reader.at(name), data.get(name)
    if not isinstance(value, list):
        place.wrong("eine Liste von Tabellen", *([value] if name in data else []))
        return None
    return [(place.item(index), one) for index, one in enumerate(value)]
