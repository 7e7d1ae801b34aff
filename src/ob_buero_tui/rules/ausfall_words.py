"""The words of an absence: reasons, connectives, parts of the day, lengths."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import time
from types import MappingProxyType
from typing import Final

from ob_buero_tui.rules.when_words import weekday_of

AWAY: Final = "Abwesend"
"""What an absence is called where nobody said why."""

ILL: Final = frozenset(("krank", "erkrankt", "krankheit", "krankmeldung", "krankgemeldet", "verhindert"))
"""Reasons that begin now: without a day they mean today."""

REASONS: Final = ILL | {
    "urlaub", "sonderurlaub", "resturlaub", "dienstreise", "reise", "kur", "reha", "fortbildung",
    "elternzeit", "abwesend", "abwesenheit", "trauerfall", "familie", "privat", "termin", "messe", "tagung",
}  # fmt: skip
"""Words that say why, wherever they stand in the line."""

FILLERS: Final = frozenset(
    (
        *("ob", "ist", "faellt", "aus", "einschliesslich", "inklusive", "inkl.", "inkl", "incl.", "ganztags"),
        *("ganztaegig", "lang", "voraussichtlich", "vorauss.", "wohl", "etwa", "fuer"),
    )
)
"""Words that change nothing."""

PARTS: Final[Mapping[str, tuple[time, time | None]]] = MappingProxyType(
    {
        "frueh": (time(0), time(12)),
        "vormittag": (time(0), time(12)),
        "vormittags": (time(0), time(12)),
        "nachmittag": (time(12), time(18)),
        "nachmittags": (time(12), time(18)),
        "abend": (time(17), None),
        "abends": (time(17), None),
    }
)
"""Parts of a day with their first and last time; None for midnight."""

LENGTH: Final = re.compile(
    r"\b(\d{1,3}|ein(?:e|en|em)?|zwei|drei|vier|fuenf|sechs|sieben|acht|neun|zehn|vierzehn)"
    r" (arbeitstage?n?|werktage?n?|tage?n?|wochen?)\b"
)
"""A length: „2 tage“, „eine woche“, „3 arbeitstage“."""

WEEK: Final = re.compile(
    r"(?:die )?(?:ganze )?"
    r"(?:(?:diese|dieser|naechste|naechster|kommende|kommender|uebernaechste) woche|kw ?\d.*)"
)
"""A whole week; another phrase with a week in it names one of its days."""

DAYS_OF_MONTH: Final = re.compile(r"(\d{1,2})\.? ?(?:-|–|bis) ?((\d{1,2})\. ?([a-z]+.*|\d{1,2}\..*))")
"""Two days of one month: „21.-23.12.“, „21. bis 23. Dezember“."""

BACK: Final = re.compile(r"\b(wieder (?:da|im dienst|gesund|zurueck|im haus)|wieder|zurueck|gesund)\b")
"""Words of a return."""


def is_bare_reason(words: Sequence[str]) -> bool:
    """Whether a line without a day means today: „krank“."""
    return bool(words) and all(word in ILL for word in words)


def tells_time(word: str) -> bool:
    """Whether a word speaks of time and can be no part of a reason."""
    connects = word in ("ab", "bis", "seit", "von", "vom", "und", "-", "uhr", "kw", "woche", "tage")
    return connects or word[0].isdigit() or weekday_of(word) is not None
