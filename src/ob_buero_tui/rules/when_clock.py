"""Times of day as they are said: „14:30“, „halb drei“, „nachmittags um 3“, „14-16 Uhr“."""

from __future__ import annotations

import re
from datetime import time
from itertools import product

from ob_buero_tui.rules.german import clock
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when_values import Clock
from ob_buero_tui.rules.when_words import CLOCK_EXAMPLES, number_of

DAY_BEGINS, DAY_ENDS = time(7), time(19)
"""Between these hours a spoken time is read when only one reading lies there."""
_HALF = 12 * 60
_WHOLE = 24 * 60
_SPAN = re.compile(r"\s*(?:-|–|\bbis\b)\s*")
_WRITTEN = re.compile(r"(\d{1,2})(?:(?:[:.]|\s*uhr\s*)(\d{2}))?(?:\s*(?:uhr|h))?")
_DAY_END = re.compile(r"24(?:[:.]00)?(?:\s*(?:uhr(?: 00)?|h))?|mitternacht")
_LEAD = re.compile(r"^(?:(?:um|ab|gegen|von|so|zu|zum|am)\s+)+")
_SPOKEN = re.compile(
    r"(?:(?P<quarter>dreiviertel|drei viertel|3/4|viertel)(?P<side> nach| vor)?|(?P<half>halb)"
    r"|(?P<minutes>\w+)(?: minuten?)? (?P<way>nach|vor)(?P<of_half> halb)?) (?P<hour>\w+)(?: uhr)?"
)
_HOUR = re.compile(r"(\w+)(?: uhr(?: (\w+))?)?")
# Each part of the day with its first and last minute.
_PARTS = {
    "frueh": (240, 719), "morgen": (240, 719), "morgens": (240, 719), "vormittag": (360, 779),
    "vormittags": (360, 779), "mittag": (660, 899), "mittags": (660, 899), "nachmittag": (720, 1109),
    "nachmittags": (720, 1109), "abend": (1020, 1439), "abends": (1020, 1439),
}  # fmt: skip


def is_day_end(typed: str) -> bool:
    """Whether a time is the midnight at which a day ends: „24 Uhr“, „24:00“.

    Args:
        typed: The folded phrase.
    """
    return _DAY_END.fullmatch(_LEAD.sub("", typed)) is not None


def read_clock(typed: str, *, end: bool = False) -> tuple[Clock, ...] | None:
    """Read a time of day or a span; several readings when it may be before or after noon.

    Args:
        typed: The folded phrase.
        end: Whether a time alone is an end, so that 24 Uhr can be meant; it becomes midnight, as the end of
            every span up to 24 Uhr.

    Raises:
        Refusal: it is a time of day that does not exist, or lacks its hour.
    """
    ends = _SPAN.split(_LEAD.sub("", typed))
    if len(ends) > 2 or not all(ends):
        return None
    last = len(ends) - 1 if len(ends) == 2 or end else None
    found = [(_WHOLE,) if index == last and is_day_end(one) else _one(one) for index, one in enumerate(ends)]
    if any(readings is None for readings in found):
        return None
    pairs = list(product(*(readings or () for readings in found)))
    if len(ends) == 2:
        pairs = [pair for pair in pairs if pair[0] < pair[1]]
        if not pairs:
            raise Refusal("Das Ende liegt nicht nach dem Beginn.", "", CLOCK_EXAMPLES)
    return _chosen(pairs)


def _chosen(pairs: list[tuple[int, ...]]) -> tuple[Clock, ...]:
    """The only reading within the day's hours, or all of them."""
    begin, end = _minutes(DAY_BEGINS), _minutes(DAY_ENDS)
    within = [pair for pair in pairs if all(begin <= moment <= end for moment in pair)]
    if len(pairs) == 1 or len(within) != 1:
        return tuple(_clock(pair) for pair in (within or pairs))
    other = next(pair for pair in pairs if pair != within[0])
    how = f"nicht {clock(_time(other[0]))}: gelesen zwischen {DAY_BEGINS.hour} und {DAY_ENDS.hour} Uhr"
    return (_clock(within[0], how),)


def _one(typed: str) -> tuple[int, ...] | None:
    """The minutes after midnight that one time can mean."""
    words = _LEAD.sub("", typed).split()
    parts = [word for word in words if word in _PARTS]
    rest = " ".join(word for word in words if word not in _PARTS)
    if not parts:
        return _bare(rest)
    if not rest:
        if parts[0].startswith("mittag"):
            return (_HALF,)
        raise Refusal(f"Zu „{parts[0].replace('ue', 'ü')}“ fehlt die Stunde.", "", CLOCK_EXAMPLES)
    found = _bare(_LEAD.sub("", rest))
    if found is None:
        return None
    first, last = _PARTS[parts[-1]]
    both = (
        {moment % _HALF + half for moment in found for half in (0, _HALF)} if len(found) > 1 else set(found)
    )
    if len(found) == 1 and found[0] < _HALF and _is_hour(rest):
        both = {found[0], found[0] + _HALF}
    fitting = tuple(sorted(moment for moment in both if first <= moment <= last))
    if not fitting:
        raise Refusal("Uhrzeit und Tageszeit passen nicht zusammen.", "", CLOCK_EXAMPLES)
    return fitting


def _is_hour(typed: str) -> bool:
    """Tell whether only an hour is given, which may be counted to twelve."""
    return re.fullmatch(r"(?:[1-9]|1[0-2])(?: uhr)?", typed) is not None


def _bare(typed: str) -> tuple[int, ...] | None:
    if match := _WRITTEN.fullmatch(typed):
        return _written(match, typed)
    if match := _SPOKEN.fullmatch(typed):
        return _spoken(match)
    if match := _HOUR.fullmatch(typed):
        hour, minute = number_of(match[1]), number_of(match[2]) if match[2] else 0
        if hour is None or minute is None or not 0 <= minute < 60 or hour > 23 or "uhr" not in typed:
            named = number_of(typed)
            return _both(named * 60) if named and named <= 12 and not typed.isdigit() else None
        return (hour * 60 + minute,) if match[2] or not 1 <= hour <= 12 else _both(hour * 60)
    return None


def _written(match: re.Match[str], typed: str) -> tuple[int, ...]:
    """Digits stand for themselves; a bare hour before six may be one of the afternoon."""
    hour, minute = int(match[1]), int(match[2] or 0)
    if hour > 23 or minute > 59:
        raise Refusal(f"„{typed}“ ist keine Uhrzeit.", "Der Tag geht von 0:00 bis 23:59 Uhr.", CLOCK_EXAMPLES)
    if not match[2] and 1 <= hour <= 6 and not match[1].startswith("0"):
        return _both(hour * 60)
    return (hour * 60 + minute,)


def _spoken(match: re.Match[str]) -> tuple[int, ...] | None:
    """„halb drei“, „Viertel vor vier“, „drei viertel vier“, „fünf nach halb drei“."""
    hour = number_of(match["hour"])
    if hour is None or not 1 <= hour <= 24:
        return None
    away = 0
    if match["half"]:
        away = -30
    elif match["quarter"] == "viertel":
        away = {" nach": 15, " vor": -15, None: -45}[match["side"]]
    elif match["quarter"]:
        if match["side"]:
            return None
        away = -15
    else:
        minutes = number_of(match["minutes"])
        if minutes is None or not 1 <= minutes < 30:
            return None
        away = (minutes if match["way"] == "nach" else -minutes) - (30 if match["of_half"] else 0)
    total = (hour * 60 + away) % _WHOLE
    return (total,) if hour > 12 else _both(total)


def _both(minutes: int) -> tuple[int, ...]:
    """The same place of the clock's hand before and after noon."""
    early = minutes % _HALF
    return (early, early + _HALF)


def _clock(pair: tuple[int, ...], how: str = "") -> Clock:
    return Clock(start=_time(pair[0]), end=_time(pair[1]) if len(pair) > 1 else None, how=how)


def _time(minutes: int) -> time:
    return time(*divmod(minutes % _WHOLE, 60))


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
