"""Which events cannot both be attended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One occurrence and the time it takes up.

    Args:
        key: The name of the occurrence.
        starts: When it begins (UTC).
        ends: When it ends (UTC).
        busy_from: When its travel or preparation begins (UTC).
        busy_to: When its way back or buffer ends (UTC).
        blocking: Whether it takes up time at all; a reminder or a cancelled event does not.
    """

    key: str
    starts: datetime
    ends: datetime
    busy_from: datetime
    busy_to: datetime
    blocking: bool = True


def conflicts(slots: Iterable[Slot]) -> dict[str, tuple[str, ...]]:
    """Return for every occurrence in a conflict the keys it overlaps with, in order of time.

    Touching is no conflict, and what does not block never is in one; keys without a conflict are left out.
    """
    ordered = sorted((slot for slot in slots if slot.blocking), key=lambda slot: (slot.busy_from, slot.key))
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    running: list[Slot] = []
    for slot in ordered:
        running = [other for other in running if other.busy_to > slot.busy_from]
        for other in running:
            # An occurrence without length at the very start of another only touches it.
            if other.busy_from < slot.busy_to and other.key != slot.key:
                found[other.key][slot.key] = None
                found[slot.key][other.key] = None
        running.append(slot)
    return {slot.key: tuple(found[slot.key]) for slot in ordered if slot.key in found}
