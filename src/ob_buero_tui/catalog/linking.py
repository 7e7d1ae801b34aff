"""Checks what the parts of one kind of request say about each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from ob_buero_tui.catalog.model import CheckSpec, DeadlineSpec, FieldSpec, FieldType, RequestKind, TaskSpec
from ob_buero_tui.catalog.reading import MISSING, Reader, meant
from ob_buero_tui.rules.checks import MISSING as NO_PARAM
from ob_buero_tui.rules.checks import RULES, RuleSpec, param_problems
from ob_buero_tui.rules.conditions import parse_condition
from ob_buero_tui.rules.visibility import Confidentiality

_YES_NO = ("ja", "nein")
_DATES = (FieldType.DATUM, FieldType.DATUMZEIT)
_TEXTS = (FieldType.TEXT, FieldType.LANGTEXT)
_GROUPS = ("fields", "checks", "deadlines", "tasks", "outcomes")


def link(kind: RequestKind, reader: Reader, event_kinds: Collection[str]) -> RequestKind | None:
    """Resolve named figures in check parameters and verify all references; None when one leads nowhere."""
    before = len(reader.problems)
    kind = replace(kind, checks=tuple(_with_figures(one, reader.figures) for one in kind.checks))
    _unique_keys(kind, reader)
    _head(kind, reader, event_kinds)
    _choices(kind, reader)
    _limits(kind, reader)
    _conditions(kind, reader)
    for index, check in enumerate(kind.checks):
        _check(kind, check, reader.at("checks").item(index))
    _bases(kind, reader)
    _outcomes(kind, reader)
    return kind if len(reader.problems) == before else None


def _with_figures(check: CheckSpec, figures: Mapping[str, int]) -> CheckSpec:
    """Put numbers in the place of the names of figures, where the rule wants a number."""
    rule = RULES.get(check.rule or "")
    if rule is None:
        return check
    params = {name: _figure(rule, name, value, figures) for name, value in check.params.items()}
    return replace(check, params=params)


def _figure(rule: RuleSpec, name: str, value: object, figures: Mapping[str, int]) -> object:
    param = rule.param(name)
    if param is not None and param.type is int and isinstance(value, str):
        return figures.get(value, value)
    return value


def _unique_keys(kind: RequestKind, reader: Reader) -> None:
    for group in _GROUPS:
        seen: set[str] = set()
        for index, one in enumerate(getattr(kind, group)):
            if one.key in seen:
                reader.at(group).item(index).at("key").wrong("jede Kennung nur einmal", one.key)
            seen.add(one.key)
    deadlines = {one.key for one in kind.deadlines}
    for index, task in enumerate(kind.tasks):
        if task.key in deadlines:
            place = reader.at("tasks").item(index).at("key")
            place.wrong("eine Kennung, die keine Frist schon trägt", task.key)


def _head(kind: RequestKind, reader: Reader, event_kinds: Collection[str]) -> None:
    if kind.event_kind not in event_kinds:
        hint = meant(kind.event_kind, event_kinds)
        reader.at("event_kind").wrong("eine Terminart aus event_kinds.toml", kind.event_kind, hint=hint)
    if kind.tasks and not kind.tasks_source:
        reader.at("tasks_source").wrong("die Quelle der Aufgabenfristen")
    if kind.confidentiality not in (Confidentiality.INTERN, Confidentiality.VERTRAULICH):
        # What is personal belongs to a desk, and what is public was released by somebody.
        reader.at("confidentiality").wrong("intern oder vertraulich", kind.confidentiality.value)
    if not kind.outcomes:
        reader.at("outcomes").wrong("mindestens ein Ausgang")


def _choices(kind: RequestKind, reader: Reader) -> None:
    for index, field in enumerate(kind.fields):
        place = reader.at("fields").item(index).at("choices")
        if field.type is FieldType.AUSWAHL and len(field.choices) < 2:
            place.wrong("eine Auswahl aus mindestens zwei Möglichkeiten", list(field.choices) or MISSING)
        if field.type is not FieldType.AUSWAHL and field.choices:
            place.wrong(f"keine Auswahl beim Typ {field.type}", list(field.choices))


def _limits(kind: RequestKind, reader: Reader) -> None:
    """Verify that only texts are counted, against a number of the same form, and only dates lie ahead."""
    numbers = [one.key for one in kind.fields if one.type is FieldType.ZAHL]
    for index, field in enumerate(kind.fields):
        place = reader.at("fields").item(index)
        if field.limit is not None and field.type not in _TEXTS:
            place.at("limit").wrong(f"keine Länge beim Typ {field.type}", field.limit)
        elif isinstance(field.limit, str) and (key := field.limit.removeprefix("feld:")) not in numbers:
            place.at("limit").wrong("ein Feld vom Typ zahl", key, hint=meant(key, numbers))
        if field.ahead and field.type not in _DATES:
            place.at("ahead").wrong(f"nicht „ahead“ beim Typ {field.type}", "true")


def _conditions(kind: RequestKind, reader: Reader) -> None:
    fields = {one.key: one for one in kind.fields}
    for group in ("fields", "checks", "deadlines", "tasks"):
        for index, one in enumerate(getattr(kind, group)):
            if one.when:
                own = one.key if group == "fields" else ""
                _condition(one.when, fields, own, reader.at(group).item(index).at("when"))


def _condition(when: str, fields: Mapping[str, FieldSpec], own: str, place: Reader) -> None:
    try:
        condition = parse_condition(when)
    except ValueError:
        place.wrong("FELD, !FELD, FELD=wert, FELD=wert|wert oder FELD!=wert", when)
        return
    if condition is None:
        return
    field = fields.get(condition.key)
    if field is None or field.key == own:
        hint = meant(condition.key, fields)
        place.wrong("die Kennung eines anderen Feldes dieser Art", condition.key, hint=hint)
        return
    possible = _YES_NO if field.type is FieldType.JANEIN else field.choices
    for value in condition.values:
        if possible and value not in possible:
            expected = f"für „{field.key}“ eines von {', '.join(possible)}"
            place.wrong(expected, value, hint=meant(value, possible))


def _check(kind: RequestKind, check: CheckSpec, place: Reader) -> None:
    if (check.rule is None) == (check.question is None):
        place.wrong("entweder „rule“ oder „question“", check.question or MISSING)
    elif check.rule is None and check.params:
        place.at("params").wrong("eine Frage ohne Parameter", dict(check.params))
    elif check.rule is not None and check.rule not in RULES:
        expected = f"eine Regel: {', '.join(sorted(RULES))}"
        place.at("rule").wrong(expected, check.rule, hint=meant(check.rule, RULES))
    elif check.rule is not None:
        _params(kind, RULES[check.rule], check, place.at("params"))


def _params(kind: RequestKind, rule: RuleSpec, check: CheckSpec, below: Reader) -> None:
    wrong = param_problems(rule, check.params)
    for one in wrong:
        known = [param.name for param in rule.params]
        hint = meant(one.name, known) if one.name and one.name not in known else ""
        target = below.at(one.name) if one.name else below
        target.wrong(one.expected, MISSING if one.found is NO_PARAM else one.found, hint=hint)
    if not wrong:
        _references(kind, rule, check.params, below)


def _references(kind: RequestKind, rule: RuleSpec, params: Mapping[str, Any], place: Reader) -> None:
    """Verify the parameters that name a field or a deadline of the kind."""
    fields = {one.key: one for one in kind.fields}
    deadlines = [one.key for one in kind.deadlines]
    for param in rule.params:
        value = params.get(param.name)
        if value is None:
            continue
        if param.field_types and (value not in fields or fields[value].type not in param.field_types):
            expected = f"ein Feld vom Typ {' oder '.join(param.field_types)}"
            fitting = [key for key, field in fields.items() if field.type in param.field_types]
            place.at(param.name).wrong(expected, value, hint=meant(value, fitting))
        if param.deadline and value not in deadlines:
            place.at(param.name).wrong("eine Frist dieser Art", value, hint=meant(value, deadlines))


def _bases(kind: RequestKind, reader: Reader) -> None:
    """Verify what deadlines and tasks count from, and that none counts from itself in the end."""
    known = {
        "feld": [one.key for one in kind.fields if one.type in _DATES],
        "frist": [one.key for one in kind.deadlines],
        "aufgabe": [one.key for one in kind.tasks],
    }
    names = {"feld": "ein Feld mit Datum", "frist": "eine Frist", "aufgabe": "eine Aufgabe"}
    steps: dict[str, str] = {}
    places: dict[str, Reader] = {}
    for own, place, spec in _dated(kind, reader):
        prefix, _, key = spec.offset.basis.partition(":")
        if key and key not in known[prefix]:
            place.wrong(f"{names[prefix]} dieser Art", spec.offset.basis, hint=meant(key, known[prefix]))
        elif prefix in ("frist", "aufgabe"):
            steps[own] = spec.offset.basis
            places[own] = place
    for cycle in _cycles(steps):
        places[cycle[0]].wrong("kein Kreis von Fristen", " → ".join([*cycle, cycle[0]]))


def _dated(kind: RequestKind, reader: Reader) -> Iterable[tuple[str, Reader, DeadlineSpec | TaskSpec]]:
    return chain(
        ((f"frist:{one.key}", reader.at("deadlines").item(index).at("basis"), one)
         for index, one in enumerate(kind.deadlines)),
        ((f"aufgabe:{one.key}", reader.at("tasks").item(index).at("basis"), one)
         for index, one in enumerate(kind.tasks)),
    )  # fmt: skip


def _cycles(steps: Mapping[str, str]) -> list[list[str]]:
    """Return the circles of a graph in which every node leads to at most one other, each once."""
    found: list[list[str]] = []
    done: set[str] = set()
    for start in steps:
        path: list[str] = []
        node = start
        while node in steps and node not in done:
            done.add(node)
            path.append(node)
            node = steps[node]
        if node in path:
            found.append(path[path.index(node) :])
    return found


def _outcomes(kind: RequestKind, reader: Reader) -> None:
    known = [one.key for one in kind.outcomes]
    for index, task in enumerate(kind.tasks):
        for number, outcome in enumerate(task.outcomes):
            if outcome not in known:
                place = reader.at("tasks").item(index).at("outcomes").item(number)
                place.wrong("ein Ausgang dieser Art", outcome, hint=meant(outcome, known))
    for index, one in enumerate(kind.outcomes):
        if one.needs_reason and not one.reasons:
            reader.at("outcomes").item(index).at("reasons").wrong(
                "mindestens ein Grund, weil einer verlangt wird"
            )
