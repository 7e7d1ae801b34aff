"""The line in which a printed list comes back: „1a 2n 3v 5-8a 9w“."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ob_buero_tui.rules.german import join

#: What each letter of the printed list stands for, as the store's words for a decision.
LETTERS: Mapping[str, str] = MappingProxyType(
    {"a": "ja", "j": "ja", "n": "nein", "v": "vertretung", "r": "ruecksprache", "w": "spaeter"}
)
WORDS: Mapping[str, str] = MappingProxyType(
    {
        "ja": "Ja",
        "nein": "Nein",
        "vertretung": "Vertretung",
        "ruecksprache": "Rücksprache",
        "spaeter": "später",
    }
)
"""How a decision is written; the order of the boxes on paper."""

_MARK = re.compile(r"(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?\s*([a-zäöüß]+)")
_GAP = re.compile(r"[\s,;.]*")
_PIECE = re.compile(r"[^\s,;.]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What a line says.

    Args:
        decisions: The decision by the number on the list, in the order of the numbers.
        mistakes: German sentences about what was not understood or contradicts itself.
    """

    decisions: Mapping[int, str] = field(default_factory=dict)
    mistakes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether there is something to take over, and nothing wrong."""
        return bool(self.decisions) and not self.mistakes


def parse_marks(text: str, numbers: Collection[int]) -> Marks:
    """Read a typed line; what is wrong is named and takes nothing else with it.

    Args:
        text: Numbers or spans of them, each with its letter: a or j, n, v, r, w. Commas are allowed.
        numbers: The numbers there are on the list; a span passes over those that are missing inside it.
    """
    found: dict[int, str] = {}
    mistakes: list[str] = []
    lower, place = text.casefold(), 0
    while (place := _skip(lower, place)) < len(lower):
        match = _MARK.match(lower, place)
        if match is None:
            piece = _PIECE.match(lower, place)
            word = piece.group() if piece else lower[place]
            mistakes.append(_not_understood(word))
            place += len(word)
            continue
        place = match.end()
        wrong = _take(match, numbers, found)
        mistakes += [wrong] if wrong else []
    return Marks(decisions=dict(sorted(found.items())), mistakes=tuple(dict.fromkeys(mistakes)))


def spoken(marks: Marks) -> str:
    """What was understood, as it is shown while one types: „Ja: 1, 5–8 · Nein: 2“."""
    parts = []
    for decision, word in WORDS.items():
        numbers = [number for number, said in marks.decisions.items() if said == decision]
        if numbers:
            parts.append(f"{word}: {_spans(numbers)}")
    return " · ".join(parts)


def _skip(text: str, place: int) -> int:
    gap = _GAP.match(text, place)
    return gap.end() if gap else place


def _take(match: re.Match[str], numbers: Collection[int], found: dict[int, str]) -> str:
    """Take one mark over, or say what is wrong with it."""
    first, last = int(match[1]), int(match[2] or match[1])
    decision = LETTERS.get(match[3])
    if decision is None:
        return _not_understood(match.group())
    if last < first:
        return f"„{match.group()}“ läuft rückwärts; gemeint ist wohl {last}-{first}{match[3]}."
    wanted = [number for number in numbers if first <= number <= last]
    missing = [number for number in (first, last) if number not in numbers]
    if missing:
        return f"Eine Nummer {join([str(number) for number in dict.fromkeys(missing)])} hat die Liste nicht."
    twice = [number for number in wanted if found.get(number, decision) != decision]
    if twice:
        return f"Zu Nummer {join([str(number) for number in sorted(twice)])} steht zweierlei da."
    found |= dict.fromkeys(wanted, decision)
    return ""


def _not_understood(piece: str) -> str:
    return f"„{piece}“ ist nicht zu verstehen; zum Beispiel 1a 2n 3v 5-8a 9w."


def _spans(numbers: list[int]) -> str:
    """Numbers with their neighbours joined: „1, 5–8“."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in spans)
