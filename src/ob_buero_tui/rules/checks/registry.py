"""The registry of check rules: how one is declared, validated and run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from ob_buero_tui.rules.checks.model import QUESTION, CheckFacts, CheckLike, Finding, Level
from ob_buero_tui.rules.conditions import holds

Params = Mapping[str, Any]
Answer = tuple[Level, str]
RuleFunction = Callable[[CheckFacts, Params], Answer]

_TYPE_NAMES = {
    int: "eine ganze Zahl",
    str: "ein Text",
    bool: "true oder false",
    tuple: "eine Liste von Texten",
}


@dataclass(frozen=True, slots=True)
class ParamSpec:
    """One parameter of a check rule.

    Args:
        name: Its key in the catalog file.
        type: int, str, bool, or tuple for a list of texts.
        required: Whether it must be given.
        choices: The only accepted texts; empty when any text will do.
        field_types: Not empty when the text names a field of the form, which must have one of these types.
        deadline: True when the text names a deadline of the kind.
    """

    name: str
    type: type[int] | type[str] | type[bool] | type[tuple[str, ...]]
    required: bool = False
    choices: tuple[str, ...] = ()
    field_types: tuple[str, ...] = ()
    deadline: bool = False


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """One registered rule: its name, its parameters, at least one of `one_of`, and the function."""

    name: str
    params: tuple[ParamSpec, ...]
    one_of: tuple[str, ...]
    run: RuleFunction

    def param(self, name: str) -> ParamSpec | None:
        """Return the parameter with this name."""
        return next((one for one in self.params if one.name == name), None)


@dataclass(frozen=True, slots=True)
class ParamProblem:
    """A parameter that does not fit its rule; `found` is MISSING when it is absent."""

    name: str
    expected: str
    found: object


#: Stands for a parameter that is not there.
MISSING = object()

RULES: dict[str, RuleSpec] = {}


def check_rule(
    name: str, *, params: tuple[ParamSpec, ...] = (), one_of: tuple[str, ...] = ()
) -> Callable[[RuleFunction], RuleFunction]:
    """Register a function as the check rule of that name.

    Args:
        name: The name that catalog files use.
        params: The parameters it takes.
        one_of: Names of parameters of which at least one must be given.
    """

    def register(function: RuleFunction) -> RuleFunction:
        if name in RULES:
            raise ValueError(f"check rule {name} is registered twice")
        RULES[name] = RuleSpec(name, params, one_of, function)
        return function

    return register


def param_problems(rule: RuleSpec, params: Params) -> list[ParamProblem]:
    """Return what is wrong with the parameters of a rule; empty when they fit."""
    known = ", ".join(one.name for one in rule.params) or "keine"
    found = [ParamProblem(name, f"einer der Parameter der Regel „{rule.name}“: {known}", name)
             for name in params if rule.param(name) is None]  # fmt: skip
    for spec in rule.params:
        if spec.name in params:
            found += _value_problem(spec, params[spec.name])
        elif spec.required:
            found.append(ParamProblem(spec.name, _TYPE_NAMES[spec.type], MISSING))
    if rule.one_of and not any(name in params for name in rule.one_of):
        wanted = " oder ".join(f"„{name}“" for name in rule.one_of)
        found.append(ParamProblem("", f"mindestens {wanted} für die Regel „{rule.name}“", MISSING))
    return found


def _value_problem(spec: ParamSpec, value: object) -> list[ParamProblem]:
    if spec.type is tuple:
        listed = isinstance(value, list | tuple) and bool(value)
        fits = listed and all(isinstance(one, str) and one for one in cast("Iterable[object]", value))
    else:
        fits = isinstance(value, spec.type) and isinstance(value, bool) is (spec.type is bool)
    if not fits:
        return [ParamProblem(spec.name, _TYPE_NAMES[spec.type], value)]
    if spec.choices and value not in spec.choices:
        return [ParamProblem(spec.name, f"eines von {', '.join(spec.choices)}", value)]
    return []


def run_check(spec: CheckLike, facts: CheckFacts) -> Finding:
    """Run one check and return its finding; a warning is never louder than the check's own level."""
    level, text = _question(spec, facts) if spec.rule is None else _rule(spec, facts)
    if level is Level.WARN and spec.level is Level.INFO:
        level = Level.INFO
    return Finding(
        key=spec.key,
        label=spec.label,
        rule=spec.rule or QUESTION,
        level=level,
        text=text,
        source=spec.source,
        unconfirmed=spec.unconfirmed,
    )


def run_checks(specs: Iterable[CheckLike], facts: CheckFacts) -> tuple[Finding, ...]:
    """Run the checks whose condition is met, in their order."""
    return tuple(run_check(spec, facts) for spec in specs if holds(spec.when, facts.fields))


def _question(spec: CheckLike, facts: CheckFacts) -> Answer:
    question = spec.question or spec.label
    ticked = facts.ticked.get(spec.key)
    if ticked is None:
        return Level.OPEN, question
    return (Level.OK, f"{question} Ja.") if ticked else (Level.WARN, f"{question} Nein.")


def _rule(spec: CheckLike, facts: CheckFacts) -> Answer:
    rule = RULES.get(spec.rule or "")
    if rule is None:
        return Level.OPEN, f"Die Regel „{spec.rule}“ kennt das Programm nicht; bitte von Hand prüfen."
    return rule.run(facts, spec.params)
