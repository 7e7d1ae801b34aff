"""One line of a card as name, types and values: the only place that knows vobject."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean

TEXT_LIMIT, NOTE_LIMIT = limits.CARD_TEXT, limits.CARD_NOTE
# vobject's own expression takes exponential time on a header that does not end; this one does not.
_SOUND = re.compile(
    r"(?:[A-Za-z0-9_-]+\.)?[A-Za-z0-9_-]+"
    r"(?:;[A-Za-z0-9_-]+(?:=(?:\"[^\"]*\"|[^\";:,]*)(?:,(?:\"[^\"]*\"|[^\";:,]*))*)?)*:"
)
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?")
_MOMENT = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})T(\d{2}):?(\d{2})(?::?(\d{2}))?(?:[.,]\d+)?(Z|[+-]\d{2}:?\d{2})?"
)


class Unreadable(ValueError):
    """A line is no property of a vCard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """A property: its name in capitals, its group, its types in lower case, its parameters, its value."""

    name: str
    group: str
    types: frozenset[str]
    params: dict[str, list[str]]
    value: str

    @property
    def text(self) -> str:
        """The value as one line of text."""
        return clean(_joined(self.value), limit=TEXT_LIMIT).strip()

    @property
    def lines(self) -> str:
        """The value as text that may have several lines."""
        return clean(_joined(self.value), multiline=True, limit=NOTE_LIMIT).strip()

    @property
    def items(self) -> tuple[str, ...]:
        """The values of a list separated by commas, without empty ones and doubles."""
        split = _listed(self.value)
        cleaned = (clean(one, limit=TEXT_LIMIT).strip() for one in split)
        return tuple(dict.fromkeys(one for one in cleaned if one))

    def parts(self, count: int) -> list[str]:
        """The values separated by semicolons, lists inside joined by commas, filled up to `count`."""
        fields = _fields(self.value)
        told = [", ".join(part.strip() for part in one) for one in fields]
        cleaned = [clean(one, multiline=True, limit=TEXT_LIMIT).strip() for one in told]
        return [*cleaned, *[""] * (count - len(cleaned))]

    @property
    def preferred(self) -> bool:
        """Whether the card says that this is the one to use (TYPE=pref in 3.0, PREF in 4.0)."""
        return "pref" in self.types or "PREF" in self.params


def parse(line: str) -> Property:
    """Read a logical line.

    Raises:
        Unreadable: it is no property.
    """
    if _SOUND.match(line) is None:
        raise Unreadable
    base = _module().base
    try:
        name, found, value, group = base.parseLine(line)
    except base.VObjectError as error:
        raise Unreadable from error
    params: dict[str, list[str]] = {}
    types: list[str] = []
    for first, *values in found:
        if not values:
            types.append(first)  # vCard 2.1 leaves „TYPE=“ out
        elif first.upper() == "TYPE":
            types += values
        else:
            params.setdefault(first.upper(), []).extend(values)
    split = (one.strip().lower() for some in types for one in some.split(","))
    return Property(
        name=name.upper(),
        group=(group or "").lower(),
        types=frozenset(one for one in split if one),
        params=params,
        value=value,
    )


def whole_day(text: str) -> date | None:
    """A date with its year, as all versions write it; None for any other."""
    match = _DAY.fullmatch(text.strip())
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def instant(text: str) -> datetime | None:
    """A moment as REV writes it, aware UTC; a date alone is its midnight, no zone means UTC."""
    match = _MOMENT.fullmatch(text.strip())
    day = whole_day(text)
    if day is None:
        return None
    if match is None:
        return datetime(day.year, day.month, day.day, tzinfo=UTC)
    try:
        zone = (match[7] or "Z").replace("Z", "+00:00")
        clock = f"{match[4]}:{match[5]}:{match[6] or '00'}"
        return datetime.fromisoformat(f"{day.isoformat()}T{clock}{zone}").astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _joined(value: str) -> str:
    """Text whose commas nobody escaped stays whole."""
    if "\\" not in value:
        return value
    return ",".join(_module().icalendar.stringToTextValues(value))


def _listed(text: str) -> list[str]:
    """The values between commas; without escapes, as nearly always, far quicker than vobject."""
    if "\\" not in text:
        return text.split(",")
    values: list[str] = _module().icalendar.stringToTextValues(text)
    return values


def _fields(value: str) -> list[list[str]]:
    """The fields between semicolons, each a list of values between commas."""
    if "\\" not in value:
        return [field.split(",") for field in value.split(";")]
    fields = _module().vcard.splitFields(value)
    return [one if isinstance(one, list) else [one] for one in fields]


@cache
def _module() -> Any:
    """vobject, imported when the first card is read."""
    import vobject  # type: ignore[import-untyped]

    return vobject
