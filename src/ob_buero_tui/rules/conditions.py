"""The small grammar of `when`: the condition under which a field, check, deadline or task applies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

_SHAPE = re.compile(r"(!?)([a-z][a-z0-9_]*)(?:(!?=)(.+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One parsed condition.

    Args:
        key: The field it looks at.
        values: The accepted values, one of which must match; empty when any value that is not "nein" will do.
        negated: True for `KEY!=wert`: none of the values may match; for `!KEY`: the field is empty or "nein".
    """

    key: str
    values: tuple[str, ...] = ()
    negated: bool = False


@lru_cache(maxsize=512)
def parse_condition(text: str) -> Condition | None:
    """Read `KEY`, `!KEY`, `KEY=wert`, `KEY=wert|wert` or `KEY!=wert`; an empty text is no condition.

    Raises:
        ValueError: The text has another shape.
    """
    if not text.strip():
        return None
    match = _SHAPE.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    values = tuple(part.strip() for part in (match[4] or "").split("|") if part.strip())
    if match[3] and (match[1] or not values):
        raise ValueError(text)
    return Condition(key=match[2], values=values, negated="!" in (match[1], (match[3] or "")[:1]))


def holds(text: str, fields: Mapping[str, object]) -> bool:
    """Say whether the condition is met by the field values; an empty condition always is."""
    condition = parse_condition(text)
    if condition is None:
        return True
    given = as_text(fields.get(condition.key))
    if not condition.values:
        return (given not in ("", "nein")) is not condition.negated
    return (given in condition.values) is not condition.negated


def as_text(value: object) -> str:
    """Return a field value in the words that conditions compare: `ja`, `nein`, or the value itself."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    return str(value).strip()
