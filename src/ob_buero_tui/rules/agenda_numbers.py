"""An agenda's order and numbers: public part first, sub-items below their item, „Ö 10.1“ and „N 1“.

Numbers are nowhere typed: they follow from the order, the level and the part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

PUBLIC_SIGN: Final = "Ö"
CLOSED_SIGN: Final = "N"
DEEPEST: Final = 2
"""Levels from 0: „10“, „10.1“, „10.1.1“."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPlace:
    """Where one item stands: its key, the part, how far it is indented, and whether it closes its part."""

    id: int
    public: bool = True
    level: int = 0
    closing: bool = False


Agenda = tuple[AgendaPlace, ...]


def settled(places: Sequence[AgendaPlace]) -> Agenda:
    """The public part before the other, and no item more than one level below the one before it."""
    found: list[AgendaPlace] = []
    for public in (True, False):
        level = -1
        for one in places:
            if one.public is public:
                level = max(0, min(one.level, level + 1, DEEPEST))
                found.append(one if one.level == level else replace(one, level=level))
    return tuple(found)


def numbers(agenda: Sequence[AgendaPlace]) -> tuple[str, ...]:
    """The number of each item of a settled agenda."""
    told: list[str] = []
    counts: list[int] = []
    part: bool | None = None
    for one in agenda:
        if one.public is not part:
            part, counts = one.public, []
        counts = [*counts, *[0] * (one.level + 1 - len(counts))][: one.level + 1]
        counts[one.level] += 1
        sign = PUBLIC_SIGN if one.public else CLOSED_SIGN
        told.append(f"{sign} {'.'.join(str(count) for count in counts)}")
    return tuple(told)


def inserted(agenda: Sequence[AgendaPlace], new: AgendaPlace) -> Agenda:
    """A new item at the end of its part, before the items that close it."""
    settled_agenda = settled(agenda)
    ours = [place for place, one in enumerate(settled_agenda) if one.public is new.public]
    at = (ours[-1] + 1) if ours else (len(settled_agenda) if not new.public else 0)
    if not new.closing:
        while ours and at > ours[0] and settled_agenda[at - 1].closing:
            at -= 1
    return settled((*settled_agenda[:at], new, *settled_agenda[at:]))


def moved(agenda: Sequence[AgendaPlace], id: int, by: int) -> Agenda:
    """An item with its sub-items one place further; the same agenda where it stands at the end of its part.

    Args:
        by: 1 for down, -1 for up.
    """
    start, end = _block(agenda, id)
    block, one = agenda[start:end], agenda[start]
    if by > 0:
        if end == len(agenda) or agenda[end].public is not one.public:
            return tuple(agenda)
        # Past an item of the same level with all below it; out of its own item into the one that follows.
        after = _block(agenda, agenda[end].id)[1] if agenda[end].level >= one.level else end + 1
        return settled((*agenda[:start], *agenda[end:after], *block, *agenda[after:]))
    if start == 0 or agenda[start - 1].public is not one.public:
        return tuple(agenda)
    before = start - 1
    while agenda[before].level > one.level:
        before -= 1
    return settled((*agenda[:before], *block, *agenda[before:start], *agenda[end:]))


def indented(agenda: Sequence[AgendaPlace], id: int, by: int) -> Agenda:
    """An item with its sub-items one level deeper or higher; the same agenda where that is not possible."""
    start, end = _block(agenda, id)
    block = tuple(replace(one, level=one.level + by) for one in agenda[start:end])
    if block[0].level < 0 or max(one.level for one in block) > DEEPEST:
        return tuple(agenda)
    return settled((*agenda[:start], *block, *agenda[end:]))


def with_below(agenda: Sequence[AgendaPlace], id: int) -> tuple[int, ...]:
    """The keys of an item and of all items below it."""
    start, end = _block(agenda, id)
    return tuple(one.id for one in agenda[start:end])


def _block(agenda: Sequence[AgendaPlace], id: int) -> tuple[int, int]:
    """Where an item begins, and where what lies below it ends."""
    start = next(place for place, one in enumerate(agenda) if one.id == id)
    end = start + 1
    while (
        end < len(agenda)
        and agenda[end].public is agenda[start].public
        and agenda[end].level > agenda[start].level
    ):
        end += 1
    return start, end
