"""When an appointment is, in full German: „Do 26.11.2026, 14:00–15:30 (1 Std. 30 Min.)“."""

from __future__ import annotations

from datetime import datetime, timedelta

from ob_buero_tui.rules.german import clock, date_range, duration, long_date


def span_text(start: datetime, end: datetime, *, all_day: bool = False, minutes: int = 0) -> str:
    """Day, times and length of a span.

    Args:
        start, end: Wall time; midnights when all-day, the end exclusive.
        minutes: How long it really lasts, 0 where that is not known: the clock does not tell in a night in
            which it is changed.
    """
    first, last = start.date(), end.date()
    if all_day:
        final = max(first, last - timedelta(days=1))
        days = long_date(first) if final == first else date_range(first, final)
        return f"{days}, ganztägig"
    shown = int((end - start).total_seconds() // 60)
    changed = ", Uhr umgestellt" if minutes and minutes != shown else ""
    length = f"({duration(minutes or shown)}{changed})"
    if first == last:
        return f"{long_date(first)}, {clock(start)}–{clock(end)} {length}"
    told = f" {length}" if changed else ""
    return f"{long_date(first)} {clock(start)} bis {long_date(last)} {clock(end)}{told}"
