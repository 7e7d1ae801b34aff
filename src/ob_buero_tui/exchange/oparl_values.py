"""Reads single values of OParl: texts, dates, times, numbers; None for what cannot be read."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from ob_buero_tui.exchange.oparl_types import Shape
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.zones import to_local, to_utc

LONG_TEXT = limits.OPARL_LONG
SHORT_TEXT = limits.OPARL_SHORT
MANY_TEXTS = limits.OPARL_TEXTS
MAX_DEPTH = limits.OPARL_KEPT_DEPTH
"""How deep a value may nest that is kept as it came."""

_FIRST_YEAR, _LAST_YEAR = 1800, 2200
_TAG = re.compile(
    r"(?i)</?(?:p|br|div|span|b|i|u|em|strong|ul|ol|li|a|table|tr|td|h[1-6]|font|sup|sub)\b[^>]*>"
)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_HIGHEST = 2**63 - 1


def read(value: Any, shape: Shape, zone: str) -> Any:
    """Read a value in its shape.

    Args:
        value: Anything JSON may hold.
        zone: IANA name of the office's zone.

    Returns:
        The value; None when it is empty or of another kind.
    """
    try:
        return _READERS[shape](value, zone)
    except (ValueError, OverflowError):
        return None


def plain(value: str, *, multiline: bool = False) -> str:
    """Text without markup and without anything harmful."""
    if "<" in value and _TAG.search(value):
        from ob_buero_tui.exchange.html_text import html_to_text

        value = html_to_text(value, LONG_TEXT)[0]
    elif "&" in value and _ENTITY.search(value):
        value = html.unescape(value)
    limit = LONG_TEXT if multiline else SHORT_TEXT
    return clean(value, multiline=multiline, limit=limit).strip()


def instant(value: Any, zone: str) -> datetime | None:
    """A point in time as aware UTC; one without an offset is wall time of the office."""
    try:
        moment = _parsed(value)
        if moment is None:
            return None
        aware = moment.astimezone(UTC) if moment.tzinfo else to_utc(moment, zone)
        return aware.replace(microsecond=0)
    except (ValueError, OverflowError):
        return None


def kept(value: Any, depth: int = 0) -> Any:
    """A foreign value as JSON that can be kept and given back: texts cleaned, endless numbers dropped."""
    if isinstance(value, str):
        return clean(value, multiline=True, limit=LONG_TEXT)
    if isinstance(value, list):
        return [kept(item, depth + 1) for item in value] if depth < MAX_DEPTH else None
    if isinstance(value, dict):
        if depth >= MAX_DEPTH:
            return None
        return {clean(key, limit=200): kept(item, depth + 1) for key, item in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _text(value: Any, _zone: str) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return plain(str(value)) or None


def _long(value: Any, _zone: str) -> str | None:
    return plain(value, multiline=True) or None if isinstance(value, str) else None


def _texts(value: Any, zone: str) -> list[str] | None:
    items = value if isinstance(value, list) else [value]
    if len(items) > MANY_TEXTS:
        return None
    texts = [_text(item, zone) for item in items if item not in (None, "")]
    known = [text for text in texts if text is not None]
    return known if known and len(known) == len(texts) else None


def _date(value: Any, zone: str) -> date | None:
    moment = _moment(value, zone)
    return moment.date() if moment else None


def _moment(value: Any, zone: str) -> datetime | None:
    moment = _parsed(value)
    if moment is None:
        return None
    if moment.tzinfo is not None:
        moment = to_local(moment.astimezone(UTC), zone)[0]
    return moment.replace(microsecond=0, fold=0)


def _parsed(value: Any) -> datetime | None:
    """A date and time in ISO 8601; a date alone begins at midnight."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    moment = datetime.fromisoformat(value.strip())
    return moment if _FIRST_YEAR < moment.year < _LAST_YEAR else None


def _flag(value: Any, _zone: str) -> bool | None:
    if isinstance(value, bool):
        return value
    return {"true": True, "1": True, "false": False, "0": False}.get(str(value).strip().lower()[:6])


def _whole(value: Any, _zone: str) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    text = str(value).strip().removesuffix(".0")
    number = int(text) if re.fullmatch(r"-?\d{1,19}", text) else None
    return number if number is not None and abs(number) <= _HIGHEST else None


_READERS: dict[Shape, Callable[[Any, str], Any]] = {
    Shape.TEXT: _text,
    Shape.LONG: _long,
    Shape.TEXTS: _texts,
    Shape.DATE: _date,
    Shape.MOMENT: _moment,
    Shape.FLAG: _flag,
    Shape.WHOLE: _whole,
}
