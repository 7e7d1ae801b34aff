"""Check rules about what was said: required values, limits, words, conflicts, earlier requests."""

from __future__ import annotations

from ob_buero_tui.rules.checks.model import CheckFacts, Level
from ob_buero_tui.rules.checks.registry import Answer, Params, ParamSpec, check_rule
from ob_buero_tui.rules.conditions import holds
from ob_buero_tui.rules.german import join, long_date, number, plural
from ob_buero_tui.rules.keywords import keyword_label, keyword_pattern

_ANY = (
    "text", "langtext", "zahl", "betrag", "datum", "zeit", "datumzeit",
    "janein", "auswahl", "person", "organisation", "ort",
)  # fmt: skip
_NUMBERS = ("zahl", "betrag")
_SHOWN = 3


@check_rule("pflichtangaben", params=(ParamSpec("termin", bool),))
def required_values(facts: CheckFacts, params: Params) -> Answer:
    """Name the required fields that have no value yet; `termin` counts the date of the occasion as one."""
    wanted = [one for one in facts.form if one.required and holds(one.when, facts.fields)]
    missing = [one.label for one in wanted if not facts.given(one.key)]
    total = len(wanted)
    if params.get("termin"):
        total += 1
        missing = [*([] if facts.event_start else ["Datum des Anlasses"]), *missing]
    if not total:
        return Level.OK, "Es sind keine Pflichtangaben festgelegt"
    if missing:
        verb = "fehlt" if len(missing) == 1 else "fehlen"
        return Level.OPEN, f"von {_required(total)} {verb} {len(missing)}: {join(missing)}"
    return Level.OK, f"von {_required(total)} fehlt keine"


@check_rule(
    "angabe",
    params=(ParamSpec("feld", str, required=True, field_types=_ANY), ParamSpec("erwartet", tuple)),
)
def answered(facts: CheckFacts, params: Params) -> Answer:
    """Ask for the value of a field, and warn when it is not one of the expected ones."""
    given = facts.given(params["feld"])
    label = facts.label(params["feld"])
    if not given:
        return Level.OPEN, f"„{label}“ ist noch nicht angegeben"
    expected = params.get("erwartet", ())
    if expected and given not in expected:
        return Level.WARN, f"{label}: {given}; erwartet {' oder '.join(expected)}"
    return Level.OK, f"{label}: {_shown(facts, params['feld'])}"


@check_rule(
    "hoechstens",
    params=(
        ParamSpec("feld", str, required=True, field_types=_NUMBERS),
        ParamSpec("grenze", int),
        ParamSpec("grenze_feld", str, field_types=_NUMBERS),
    ),
    one_of=("grenze", "grenze_feld"),
)
def at_most(facts: CheckFacts, params: Params) -> Answer:
    """Compare a number with a limit, or with the limit given in another field."""
    field = facts.field_named(params["feld"])
    value = facts.number(params["feld"])
    limit = facts.number(params["grenze_feld"]) if "grenze_feld" in params else None
    limit = params.get("grenze") if limit is None else limit
    if value is None or limit is None:
        missing = params["feld"] if value is None else params["grenze_feld"]
        return Level.OPEN, f"„{facts.label(missing)}“ ist noch nicht angegeben"
    unit = f" {field.unit}" if field and field.unit else ""
    text = f"{_amount(value)}{unit}, höchstens {_amount(limit)}"
    if value > limit:
        return Level.WARN, f"{text}: {_amount(value - limit)} zu viel"
    return Level.OK, text


@check_rule(
    "mindestens",
    params=(
        ParamSpec("feld", str, required=True, field_types=_NUMBERS),
        ParamSpec("grenze", int, required=True),
    ),
)
def at_least(facts: CheckFacts, params: Params) -> Answer:
    """Compare a number with the least that is wanted."""
    field, value = facts.field_named(params["feld"]), facts.number(params["feld"])
    if value is None:
        return Level.OPEN, f"„{facts.label(params['feld'])}“ ist noch nicht angegeben"
    unit = f" {field.unit}" if field and field.unit else ""
    text = f"{_amount(value)}{unit}, mindestens {_amount(params['grenze'])}"
    if value < params["grenze"]:
        return Level.WARN, f"{text}: {_amount(params['grenze'] - value)} zu wenig"
    return Level.OK, text


@check_rule("stichwort", params=(ParamSpec("woerter", tuple, required=True),))
def keyword(facts: CheckFacts, params: Params) -> Answer:
    """Warn when words stand in the message; `wort*` and `*wort` match longer ones, too."""
    words = tuple(params["woerter"])
    found = [keyword_label(word) for word in words if keyword_pattern(word).search(facts.text)]
    if found:
        return Level.WARN, f"im Text gefunden: {join([f'„{word}“' for word in found])}"
    return Level.OK, f"keines von {plural(len(words), 'Stichwort', 'Stichwörtern')} im Text"


@check_rule("konflikt")
def conflict(facts: CheckFacts, params: Params) -> Answer:  # noqa: ARG001
    """Name the overlaps in the calendar that the service found."""
    if facts.conflicts:
        several = f"{len(facts.conflicts)} Überschneidungen: " if len(facts.conflicts) > 1 else ""
        return Level.WARN, f"{several}{_listed(facts.conflicts)}"
    if facts.event_start is None:
        return Level.OPEN, "Datum des Anlasses fehlt, der Kalender ist nicht abzugleichen"
    return Level.OK, "keine Überschneidung im Kalender, Fahrzeit eingerechnet"


@check_rule("vorgeschichte")
def earlier_requests(facts: CheckFacts, params: Params) -> Answer:  # noqa: ARG001
    """Show what the office did for the same people before."""
    if facts.history:
        return Level.INFO, _listed(facts.history)
    return Level.OK, "kein früherer Vorgang gefunden"


def _required(total: int) -> str:
    return plural(total, "Pflichtangabe", "Pflichtangaben")


def _listed(sentences: tuple[str, ...]) -> str:
    rest = len(sentences) - _SHOWN
    more = f" und {rest} weitere" if rest > 0 else ""
    return "; ".join(sentences[:_SHOWN]) + more


def _shown(facts: CheckFacts, key: str) -> str:
    field, day = facts.field_named(key), facts.day(key)
    if day is not None and field is not None and field.type in ("datum", "datumzeit"):
        return long_date(day)
    return facts.given(key)


def _amount(value: float) -> str:
    return number(int(value) if value == int(value) else round(value, 2))
