"""The rounds of a year: as many spans as asked for, with as many days of school as each other."""

from __future__ import annotations

from datetime import date, timedelta

from ob_buero_tui.rules.workdays import WorkCalendar
from ob_buero_tui.rules.year_plan import Round

_LAST_DAY = 20
"""The last day of December on which a round may end."""
_LONG_DAYS = 25
"""Holidays longer than this are never in the midst of a round."""


def rounds_of(year: int, count: int, cal: WorkCalendar) -> tuple[Round, ...]:
    """Return the rounds of a year, between and around the school holidays.

    They follow each other without overlap; none begins or ends on a day without school, none lies on both
    sides of the summer holidays.

    Args:
        count: How many; one at least.
        cal: Holidays, closed days and school holidays.
    """
    blocks, count = _blocks(year, cal), max(1, count)
    counts = _shares([len(block) for block in blocks], count)
    found: list[Round] = []
    for block, many in zip(blocks, counts, strict=True):
        for number in range(many):
            mine = block[len(block) * number // many : len(block) * (number + 1) // many]
            if mine:
                found.append(Round(number=len(found) + 1, first=mine[0], last=mine[-1]))
    return tuple(found)


def _blocks(year: int, cal: WorkCalendar) -> list[list[date]]:
    """Return the open days of school, cut where the long holidays of the summer lie."""
    blocks: list[list[date]] = [[]]
    day, last = date(year, 1, 1), date(year, 12, _LAST_DAY)
    while day <= last:
        if cal.is_open(day) and cal.school_holidays(day) is None:
            if blocks[-1] and (day - blocks[-1][-1]).days > _LONG_DAYS:
                blocks.append([])
            blocks[-1].append(day)
        day += timedelta(days=1)
    return blocks


def _shares(sizes: list[int], count: int) -> list[int]:
    """Share out a count by sizes, the largest remainders first."""
    total = sum(sizes) or 1
    shares = [size * count // total for size in sizes]
    rests = sorted(range(len(sizes)), key=lambda at: (-(sizes[at] * count % total), at))
    for at in rests[: count - sum(shares)]:
        shares[at] += 1
    return shares
