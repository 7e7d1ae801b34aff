"""Numbers of papers by the office's own patterns: written, read back, counted on, never given twice.

A pattern is text with tokens: `{ART}` the kind's letters, `{JJJJ}` and `{JJ}` the year, `{AMT}` the office,
`{WP}` the Wahlperiode, and once the count: `{N}` as it is, `{NNNN}` filled with zeros, `{__N}` with blanks.
A supplement hangs its own `{n}` on: `BV 2022 0359/1`. The examples are those of domain.md 3.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

_TOKEN = re.compile(r"\{([^{}]*)\}")
_COUNT = re.compile(r"_*N+")
_NAMED = ("ART", "JJJJ", "JJ", "AMT", "WP")
_OPEN = ("AMT", "WP")
"""Tokens whose length nobody knows beforehand; they must not touch each other or the count."""
_SUPPLEMENT = re.compile(r"[^0-9A-Za-zÄÖÜäöüß{}][^{}]*\{n\}[^0-9{}]*")


class CountedBy(StrEnum):
    """What numbers are counted apart by."""

    ART = "art"
    JAHR = "jahr"
    WAHLPERIODE = "wahlperiode"
    AMT = "amt"


SHOWN_BY = {
    CountedBy.ART: ("ART",),
    CountedBy.JAHR: ("JJJJ", "JJ"),
    CountedBy.WAHLPERIODE: ("WP", "JJJJ", "JJ"),
    CountedBy.AMT: ("AMT",),
}
"""Which tokens tell two numbers apart that are counted apart."""
_OF = SHOWN_BY | {CountedBy.WAHLPERIODE: ("WP",)}
"""Which tokens say the same in all numbers of a series."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberScheme:
    """How the numbers of some kinds of papers are written and counted.

    Args:
        key: Its name in the catalog.
        template: The pattern.
        supplement: What a supplement hangs on, with `{n}`.
        counted_by: What is counted apart; nothing: one count for ever.
        first: The first number of each count.
    """

    key: str
    template: str
    supplement: str = "/{n}"
    counted_by: tuple[CountedBy, ...] = (CountedBy.ART, CountedBy.JAHR)
    first: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberParts:
    """What a number says beside its count.

    Args:
        art: The kind's letters: `BV`.
        year: Four digits.
        amt: The office, as its number is written.
        wahlperiode: The Wahlperiode, as it is written: `V`, `12`; empty where nobody said.
    """

    art: str
    year: int
    amt: str = ""
    wahlperiode: str = ""


def fault_of(scheme: NumberScheme) -> str:
    """What is wrong with a scheme, in German; empty where its numbers can be told apart and read back."""
    names = _TOKEN.findall(scheme.template)
    counts = [name for name in names if _COUNT.fullmatch(name)]
    unknown = [name for name in names if name not in (*_NAMED, *counts)]
    if unknown or "{" in _TOKEN.sub("", scheme.template) or "}" in _TOKEN.sub("", scheme.template):
        shown = ", ".join(f"{{{name}}}" for name in _NAMED)
        return f"nur die Platzhalter {shown} und {{NNNN}}"
    if len(counts) != 1:
        return "genau einmal die laufende Nummer, etwa {NNNN}"
    for per in scheme.counted_by:
        if not any(name in names for name in SHOWN_BY[per]):
            wanted = " oder ".join(f"{{{name}}}" for name in SHOWN_BY[per])
            return f"{wanted} im Muster, denn „{per.value}“ zählt für sich"
    if any(left in _OPEN or right in _OPEN for left, right in _neighbours(scheme.template)):
        return "ein Trennzeichen vor und nach {AMT} und {WP}"
    if not _SUPPLEMENT.fullmatch(scheme.supplement):
        return "als Ergänzung ein Trennzeichen und {n}, etwa „/{n}“"
    return ""


def series_of(scheme: NumberScheme, parts: NumberParts) -> str:
    """What a number is counted within: `vorlage art=BV jahr=2026`."""
    values = {
        CountedBy.ART: parts.art,
        CountedBy.JAHR: str(parts.year),
        CountedBy.WAHLPERIODE: parts.wahlperiode,
        CountedBy.AMT: parts.amt,
    }
    return " ".join([scheme.key, *(f"{one.value}={values[one]}" for one in scheme.counted_by)])


def missing_parts(scheme: NumberScheme, parts: NumberParts) -> tuple[str, ...]:
    """What the pattern or the count asks for and nobody said, in German."""
    names = _TOKEN.findall(scheme.template)
    lacks = []
    if not parts.art and "ART" in names:
        lacks.append("das Kürzel der Art")
    if not parts.amt and ("AMT" in names or CountedBy.AMT in scheme.counted_by):
        lacks.append("das federführende Amt")
    if not parts.wahlperiode and ("WP" in names or CountedBy.WAHLPERIODE in scheme.counted_by):
        lacks.append("die Wahlperiode")
    return tuple(lacks)


def written(scheme: NumberScheme, parts: NumberParts, serial: int, supplement: int = 0) -> str:
    """A number as it stands on the paper.

    Args:
        serial: The count.
        supplement: 0 for the paper itself, n for its supplement.
    """
    values = _values(parts)

    def token(found: re.Match[str]) -> str:
        name = found[1]
        return values[name] if name in values else _filled(name, serial)

    text = _TOKEN.sub(token, scheme.template)
    return text + scheme.supplement.replace("{n}", str(supplement)) if supplement else text


def read(
    scheme: NumberScheme, parts: NumberParts, reference: str, arts: tuple[str, ...] = ()
) -> tuple[int, int] | None:
    """The count and the supplement of a number of the same series; None for any other text.

    Args:
        parts: What the series is counted by is compared, the rest may be anything.
        arts: The letters of all kinds that share the count; none: any.
    """
    found = _reader(scheme, parts, arts).fullmatch(reference)
    if found is None:
        return None
    count: str = found["serial"]
    if _filled(_count_of(scheme.template), int(count)) != count:
        return None  # filled otherwise: not written by this scheme
    return int(count), int(found["n"] or 0)


def base_of(scheme: NumberScheme, reference: str) -> tuple[str, int]:
    """The number without its supplement, and the supplement: („BV 2022 0359“, 1).

    A number that ends like one but shows less than the pattern before it stays as it is.
    """
    pattern = _escaped(scheme.supplement).replace("{n}", r"(?P<n>[1-9]\d{0,3})")
    found = re.fullmatch(rf"(?P<base>.+?){pattern}", reference)
    whole = re.compile(_pattern(scheme.template, _SHAPES))
    if found is None or whole.fullmatch(reference) or not whole.fullmatch(found["base"]):
        return reference, 0
    return found["base"], int(found["n"])


def next_number(taken: Iterable[int], first: int = 1) -> int:
    """The number after the highest that was ever given out; gaps are never filled."""
    return max([first - 1, *taken]) + 1


def _values(parts: NumberParts) -> Mapping[str, str]:
    return {
        "ART": parts.art,
        "JJJJ": f"{parts.year:04}",
        "JJ": f"{parts.year % 100:02}",
        "AMT": parts.amt,
        "WP": parts.wahlperiode,
    }


def _neighbours(template: str) -> list[tuple[str, str]]:
    """The pairs of tokens with nothing between them."""
    found = list(_TOKEN.finditer(template))
    return [(left[1], right[1]) for left, right in pairwise(found) if left.end() == right.start()]


def _filled(token: str, serial: int) -> str:
    return str(serial).rjust(len(token), " " if token.startswith("_") else "0")


def _count_of(template: str) -> str:
    return next(one[1] for one in _TOKEN.finditer(template) if _COUNT.fullmatch(one[1]))


_SHAPES = {"ART": r"[^\W\d_]+", "JJJJ": r"\d{4}", "JJ": r"\d{2}", "AMT": r"[\w.]+", "WP": r"\w+"}
_SERIAL = r"(?P<serial> *\d{1,9})"


@lru_cache(maxsize=256)
def _reader(scheme: NumberScheme, parts: NumberParts, arts: tuple[str, ...]) -> re.Pattern[str]:
    values = _values(parts)
    known = {name: re.escape(values[name]) for per in scheme.counted_by for name in _OF[per]}
    if arts and "ART" not in known:
        known["ART"] = f"(?:{'|'.join(re.escape(art) for art in arts)})"
    supplement = _escaped(scheme.supplement).replace("{n}", r"(?P<n>[1-9]\d{0,3})")
    return re.compile(f"{_pattern(scheme.template, _SHAPES | known)}(?:{supplement})?")


def _pattern(template: str, shapes: Mapping[str, str]) -> str:
    """A pattern as a regular expression, each of its tokens as one of these shapes."""
    pieces, at = [], 0
    for token in _TOKEN.finditer(template):
        pieces.append(re.escape(template[at : token.start()]))
        pieces.append(shapes.get(token[1], _SERIAL))
        at = token.end()
    return "".join([*pieces, re.escape(template[at:])])


def _escaped(supplement: str) -> str:
    """A supplement's pattern as a regular expression, its `{n}` left to be filled."""
    return "{n}".join(re.escape(part) for part in supplement.split("{n}"))
