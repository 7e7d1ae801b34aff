"""A recurrence rule that ends earlier than it did."""

from __future__ import annotations

from datetime import datetime, timedelta

from ob_buero_tui.rules.recurrence_rule import Unsupported, parse_rule
from ob_buero_tui.rules.zones import to_utc


def ended_before(rrule: str, first: datetime, all_day: bool, tzid: str) -> str:
    """The rule without its dates from one on; the same rule where it ends before anyway.

    Args:
        rrule: The value of an RRULE.
        first: Original start of the first date that no longer takes place, naive in tzid.
        all_day: Whether the dates have no time; UNTIL is a day then, else an instant (RFC 5545, 3.3.10).
        tzid: Zone of the series.
    """
    try:
        until = parse_rule(rrule, first, all_day, tzid).until
    except Unsupported:
        until = None
    if until is not None and until < first:
        return rrule
    kept = [
        part for part in rrule.split(";") if part and part.split("=")[0].upper() not in ("COUNT", "UNTIL")
    ]
    if all_day:
        end = f"{(first - timedelta(days=1)):%Y%m%d}"
    else:
        end = f"{(to_utc(first, tzid) - timedelta(seconds=1)):%Y%m%dT%H%M%S}Z"
    return ";".join([*kept, f"UNTIL={end}"])
