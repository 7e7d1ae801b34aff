"""Checks of a request: the registry, and the rules that register themselves on import."""

from __future__ import annotations

from ob_buero_tui.rules.checks import content, deputies, districts, timing
from ob_buero_tui.rules.checks.model import QUESTION, CheckFacts, CheckLike, Deputy, FieldLike, Finding, Level
from ob_buero_tui.rules.checks.registry import (
    MISSING,
    RULES,
    ParamProblem,
    ParamSpec,
    RuleSpec,
    check_rule,
    param_problems,
    run_check,
    run_checks,
)

__all__ = [
    "MISSING",
    "QUESTION",
    "RULES",
    "CheckFacts",
    "CheckLike",
    "Deputy",
    "FieldLike",
    "Finding",
    "Level",
    "ParamProblem",
    "ParamSpec",
    "RuleSpec",
    "check_rule",
    "content",
    "deputies",
    "districts",
    "param_problems",
    "run_check",
    "run_checks",
    "timing",
]
