"""Check rules about time: lead time, deadlines, the day of the occasion, elections."""

from __future__ import annotations

from datetime import date

from ob_buero_tui.rules.checks.model import CheckFacts, Level
from ob_buero_tui.rules.checks.registry import Answer, Params, ParamSpec, check_rule
from ob_buero_tui.rules.german import long_date, plural, short_range
from ob_buero_tui.rules.workdays import DayKind, between

_DATES = ("datum", "datumzeit")
_COUNTED = ParamSpec("zaehlung", str, choices=tuple(kind.value for kind in DayKind))
_FIELD = ParamSpec("feld", str, field_types=_DATES)
_DEADLINE = ParamSpec("frist", str, deadline=True)
_NAME = ParamSpec("name", str)

_UNITS = {
    DayKind.ARBEITSTAGE: ("Arbeitstag", "Arbeitstage"),
    DayKind.WERKTAGE: ("Werktag", "Werktage"),
    DayKind.KALENDERTAGE: ("Kalendertag", "Kalendertage"),
}


@check_rule(
    "vorlauf",
    params=(
        ParamSpec("mindestens", int),
        ParamSpec("ueblich", int),
        ParamSpec("ab", str, choices=("eingang", "heute")),
        _COUNTED,
        _FIELD,
        _NAME,
    ),
    one_of=("mindestens", "ueblich"),
)
def lead_time(facts: CheckFacts, params: Params) -> Answer:
    """Compare the days between receipt and the occasion, or a date field, with a usual and a least number.

    Args:
        facts: The request.
        params: `ueblich` and `mindestens` in days of the kind `zaehlung`; counted to `feld` or the occasion,
            from the receipt or, with `ab = "heute"`, from today.
    """
    target, name = _target(facts, params)
    if target is None:
        return Level.OPEN, f"{_missing(facts, params)} fehlt, der Vorlauf ist nicht zu zählen"
    from_today = params.get("ab") == "heute"
    start = facts.today if from_today else facts.received
    if target < start:
        before = "ist vorbei" if from_today else f"lag schon vor dem Eingang {long_date(start)}"
        return Level.WARN, f"{_when(name, target)} {before}"
    count = between(facts.calendar, start, target, _kind(params))
    least, usual = params.get("mindestens"), params.get("ueblich")
    bounds = [f"mindestens {least}"] if least is not None and (usual is None or count < least) else []
    bounds += [f"üblich {usual}"] if usual is not None else []
    since = "" if from_today else " vom Eingang"
    text = f"{_days(count, _kind(params))}{since} {_until(params, name)}, {', '.join(bounds)}"
    short = any(bound is not None and count < bound for bound in (least, usual))
    return (Level.WARN if short else Level.OK), text + _reservation(facts, target, params)


@check_rule(
    "frist_einhaltbar",
    params=(_FIELD, _DEADLINE, _NAME, ParamSpec("mindestens", int), _COUNTED),
    one_of=("feld", "frist"),
)
def still_possible(facts: CheckFacts, params: Params) -> Answer:
    """Say how many days are left until a date field or a deadline, and warn when it is past or too near."""
    target, name = _target(facts, params)
    if target is None:
        return Level.OPEN, f"{_missing(facts, params)} fehlt, die Frist ist nicht zu prüfen"
    if target < facts.today:
        return Level.WARN, f"{_when(name, target)} ist seit {_ago(facts.today, target)} vorbei"
    count = between(facts.calendar, facts.today, target, _kind(params))
    least = params.get("mindestens", 0)
    text = f"noch {_days(count, _kind(params))} bis {_when(name, target)}"
    text += f", nötig {least}" if count < least else ""
    return (Level.WARN if count < least else Level.OK), text + _reservation(facts, target, params)


@check_rule("terminlage")
def day_of_occasion(facts: CheckFacts, params: Params) -> Answer:  # noqa: ARG001
    """Warn when the occasion lies in the past or ends before it starts."""
    if facts.event_start is None:
        return Level.OPEN, "Datum des Anlasses fehlt"
    if facts.event_end is not None and facts.event_end < facts.event_start:
        return Level.WARN, "Der Anlass endet vor seinem Beginn"
    day = facts.event_start.date()
    if day < facts.today:
        return Level.WARN, f"Der Anlass war am {long_date(day)}, vor {_ago(facts.today, day)}"
    if day == facts.today:
        return Level.INFO, f"Der Anlass ist heute, {long_date(day)}"
    return Level.OK, f"{long_date(day)}, in {_ago(day, facts.today)}"


@check_rule("wochenend_oder_feiertag", params=(_FIELD, _NAME))
def closed_day(facts: CheckFacts, params: Params) -> Answer:
    """Point out that the occasion, or a date field, falls on a day on which the office is closed."""
    target, _name = _target(facts, params)
    if target is None:
        return Level.OPEN, f"{_missing(facts, params)} fehlt"
    reason = facts.calendar.open_reason(target)
    if reason:
        return Level.WARN, f"{long_date(target)} ist kein Arbeitstag: {reason}"
    known = "" if facts.calendar.covers(target) else " (Feiertage dieses Jahres sind nicht hinterlegt)"
    return Level.OK, f"{long_date(target)} ist ein Arbeitstag{known}"


@check_rule("schulferien", params=(_FIELD, _NAME))
def school_holidays(facts: CheckFacts, params: Params) -> Answer:
    """Point out that the occasion, or a date field, lies in the school holidays of the Land."""
    target, _name = _target(facts, params)
    if target is None:
        return Level.OPEN, f"{_missing(facts, params)} fehlt"
    calendar = facts.calendar
    if not calendar.knows_school(target):
        until = f"; bekannt bis {long_date(calendar.school_last)}" if calendar.school else ""
        return Level.OPEN, f"keine Daten zu den Schulferien am {long_date(target)}{until}"
    found = calendar.school_holidays(target)
    if found is None:
        return Level.OK, f"{long_date(target)} liegt nicht in den Schulferien"
    return Level.INFO, f"in den {found.name} ({short_range(found.first, found.last)})"


@check_rule("wahlzeit", params=(ParamSpec("gelb", int, required=True), ParamSpec("rot", int, required=True)))
def election_time(facts: CheckFacts, params: Params) -> Answer:
    """Flag an occasion shortly before an election.

    Args:
        facts: `elections` are the election days that the office has entered.
        params: `gelb` and `rot` are months before the election day. No statute fixes them (domain 1.5).
    """
    from dateutil.relativedelta import relativedelta  # not needed to declare the rules

    day = facts.event_start.date() if facts.event_start else facts.today
    coming = [one for one in sorted(facts.elections) if one >= day]
    if not coming:
        return Level.OPEN, f"Ab {long_date(day)} ist kein Wahltag hinterlegt; bitte von Hand prüfen"
    first = coming[0]
    for months, level, colour in (
        (params["rot"], Level.WARN, "rote Zeit"),
        (params["gelb"], Level.INFO, "gelbe Zeit"),
    ):
        if day >= first - relativedelta(months=months):
            span = plural(months, "Monat", "Monaten")
            left = plural((first - day).days, "Tag", "Tage")
            return level, f"{facts.elections[first]} {long_date(first)}, {left} danach: {colour} von {span}"
    span = plural(params["gelb"], "Monat", "Monate")
    return Level.OK, f"keine Wahl in den {span} danach, nächste {long_date(first)}"


def _target(facts: CheckFacts, params: Params) -> tuple[date | None, str]:
    """Return the day a rule counts to, and its name: a field, a deadline, or the occasion."""
    name = str(params.get("name", ""))
    if "frist" in params:
        due = facts.due.get(params["frist"])
        return (due.on if due else None), name or params["frist"]
    if "feld" in params:
        return facts.day(params["feld"]), name or facts.label(params["feld"])
    return (facts.event_start.date() if facts.event_start else None), name or "Anlass"


def _missing(facts: CheckFacts, params: Params) -> str:
    if "frist" in params or "feld" in params:
        return f"„{_target(facts, params)[1]}“"
    return "Datum des Anlasses"


def _until(params: Params, name: str) -> str:
    return f"bis {name}" if "feld" in params or "name" in params else f"bis zum {name}"


def _when(name: str, day: date) -> str:
    return f"{name} {long_date(day)}"


def _kind(params: Params) -> DayKind:
    return DayKind(params.get("zaehlung", DayKind.ARBEITSTAGE))


def _days(count: int, kind: DayKind) -> str:
    return plural(count, *_UNITS[kind])


def _ago(later: date, earlier: date) -> str:
    return plural((later - earlier).days, "Tag", "Tagen")


def _reservation(facts: CheckFacts, target: date, params: Params) -> str:
    """Say so when days were counted beyond the years whose holidays are known."""
    if _kind(params) is DayKind.KALENDERTAGE or facts.calendar.covers(target):
        return ""
    return " (Feiertage dieses Jahres sind nicht hinterlegt)"
