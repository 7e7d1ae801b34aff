"""What is confirmed with a Ladungsfrist: its count, so that another one under the same name asks anew."""

from __future__ import annotations

from ob_buero_tui.rules.ladungsfrist_rule import Closures, LadungsfristRule, RuleStep, Urgent


def counted_as(rule: LadungsfristRule) -> str:
    """All of a rule that dates follow from, in one line; how it is called and where it stands is left out.

    What a rule does not say is not in it, so that a later version may know more without asking anew.
    """
    parts = (
        rule.key,
        rule.spoken,
        f"{rule.n} {rule.unit.value}",
        _weekdays(rule.weekdays),
        "ab Versand" if rule.to_dispatch else "",
        "mit Zugangstag" if rule.count_receipt_day else "",
        "mit Sitzungstag" if rule.count_session_day else "",
        f"Versand {rule.dispatch_days} {rule.dispatch_unit.value}" if rule.dispatch_days else "",
        _closures(rule.closures) if rule.closures is not None else "",
        _urgent(rule.urgent) if rule.urgent is not None else "",
        *(_step(one) for one in rule.steps),
    )
    return "; ".join(part for part in parts if part)


def _weekdays(table: tuple[tuple[int, int], ...]) -> str:
    return " ".join(f"{day}:{n}" for day, n in table)


def _closures(shut: Closures) -> str:
    own = " ".join(f"{one.first}-{one.last}" for one in shut.periods)
    return f"Ferien {shut.mode.value}{' Schule' if shut.school else ''} {own}".strip()


def _urgent(urgent: Urgent) -> str:
    if urgent.without_frist:
        return "dringend ohne Frist"
    least = f"{urgent.n} {urgent.unit.value}" if urgent.n is not None else "kürzer"
    return f"dringend {least}{f' Versand {urgent.dispatch_days}' if urgent.dispatch_days else ''}"


def _step(step: RuleStep) -> str:
    at = f" {step.at.isoformat('minutes')}" if step.at is not None else ""
    return f"{step.key} {step.n} {step.unit.value} {_weekdays(step.weekdays)}".strip() + at
