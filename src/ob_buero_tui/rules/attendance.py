"""Who was at a session: one mark for each person, and what does not go together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from ob_buero_tui.rules.german import clock


class Attendance(StrEnum):
    """Whether a person was there."""

    OFFEN = ""
    ANWESEND = "anwesend"
    ENTSCHULDIGT = "entschuldigt"
    UNENTSCHULDIGT = "unentschuldigt"


THERE = (Attendance.OFFEN.value, Attendance.ANWESEND.value)
"""As it is stored of somebody who was there; a file only names who was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How one person was there.

    Args:
        substitute_for: The person this one stood in for.
        came_at, left_at: Wall time, where it was not from beginning to end.
    """

    attendance: Attendance = Attendance.OFFEN
    substitute_for: int | None = None
    came_at: time | None = None
    left_at: time | None = None

    @property
    def there(self) -> bool:
        """Whether the person was there at any time."""
        return self.attendance is Attendance.ANWESEND

    @property
    def text(self) -> str:
        """The mark in German: „anwesend ab 17:20“, „entschuldigt“."""
        came = f" ab {clock(self.came_at)}" if self.came_at and self.there else ""
        left = f" bis {clock(self.left_at)}" if self.left_at and self.there else ""
        return f"{self.attendance.value or 'offen'}{came}{left}"


Marks = Mapping[int, Mark]
"""Marks by person."""


def wrong(marks: Marks) -> str:
    """Say what of the marks cannot be, in German; empty where all of it can."""
    taken: set[int] = set()
    for person, mark in marks.items():
        member = mark.substitute_for
        if mark.came_at and mark.left_at and mark.left_at <= mark.came_at:
            return f"Jemand geht um {clock(mark.left_at)} und kommt erst um {clock(mark.came_at)}."
        if member is None or not mark.there:
            continue
        if member == person:
            return "Niemand vertritt sich selbst."
        if member in taken:
            return "Ein Mitglied wird von zweien vertreten."
        if member in marks and marks[member].there and not _apart(marks[member], mark):
            return "Ein Mitglied ist anwesend und wird zugleich vertreten."
        taken.add(member)
    return ""


def present(marks: Marks, voters: Collection[int], at: time | None = None) -> int:
    """Count those there who vote for a body: its voting members, and who stands in for one of them.

    Args:
        voters: The voting members of the body.
        at: A time of the session; None: whoever was there at any time.
    """
    # A seat counts once, also where the substitute came when the member went.
    seats = {
        mark.substitute_for if mark.substitute_for is not None else person
        for person, mark in marks.items()
        if mark.there and (at is None or _there_at(mark, at))
    }
    return len(seats.intersection(voters))


def _apart(member: Mark, substitute: Mark) -> bool:
    """Whether a member came after its substitute had gone, or the other way round."""
    if substitute.left_at and member.came_at:
        return substitute.left_at <= member.came_at
    if member.left_at and substitute.came_at:
        return member.left_at <= substitute.came_at
    return False


def _there_at(mark: Mark, at: time) -> bool:
    return (mark.came_at is None or mark.came_at <= at) and (mark.left_at is None or at < mark.left_at)
