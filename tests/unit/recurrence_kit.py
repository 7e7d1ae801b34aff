"""What the tests of recurring events share."""

# Wall times are naive by design.
# ruff: noqa: DTZ001

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from typing import Any, Final

from hypothesis import strategies as st

from ob_buero_tui.rules.recurrence import Series, expand
from ob_buero_tui.rules.recurrence_rule import parse_rule, rule_starts

BERLIN = "Europe/Berlin"
HOUR = timedelta(hours=1)
LONGER: Final = int(os.environ.get("OB_BUERO_SERIES_LONGER", "1"))
"""So many times the examples of the suite, other ones each time (`python -m benchmarks.series_fuzz`)."""


def examples(count: int) -> dict[str, Any]:
    """The settings of a test that draws so many examples in the suite."""
    return {"deadline": None, "max_examples": count * LONGER} | ({"derandomize": False} if LONGER > 1 else {})


def series(
    dtstart: datetime, rrule: str = "", length: timedelta = HOUR, tzid: str = BERLIN, **more: object
) -> Series:
    """Return a timed series."""
    values = {"dtstart": dtstart, "dtend": dtstart + length, "all_day": False, "tzid": tzid, "rrule": rrule}
    return Series(**(values | more))  # type: ignore[arg-type]


def days(first: date, rrule: str = "", length: int = 1, **more: object) -> Series:
    """Return an all-day series."""
    dtstart = datetime.combine(first, datetime.min.time())
    return series(dtstart, rrule, timedelta(days=length), **({"all_day": True} | more))


def starts(of: Series, first: date, end: date) -> list[str]:
    """Return the wall times at which the dates begin."""
    expansion = expand(of, first, end)
    assert expansion.unsupported == ""
    return [f"{item.local_start:%Y-%m-%d %H:%M}" for item in expansion.occurrences]


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Draw a rule that dateutil can evaluate from its beginning in a short time."""
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={freq}"]
    if draw(st.booleans()):
        parts.append(f"INTERVAL={draw(st.integers(1, 9))}")
    if draw(st.booleans()):
        parts.append(f"WKST={draw(st.sampled_from(['MO', 'SU', 'WE']))}")
    days_of_week = draw(st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), max_size=3))
    if days_of_week:
        ordinal = st.sampled_from(["", "1", "2", "-1", "5"] if freq in ("MONTHLY", "YEARLY") else [""])
        parts.append("BYDAY=" + ",".join(draw(ordinal) + day for day in days_of_week))
    if draw(st.integers(0, 3)) == 0:
        parts.append("BYMONTH=" + ",".join(map(str, draw(st.lists(st.integers(1, 12), min_size=1)))))
    if freq != "WEEKLY" and draw(st.integers(0, 3)) == 0:
        parts.append("BYMONTHDAY=" + str(draw(st.sampled_from([1, 15, 28, 29, 30, 31, -1, -3, -31]))))
    if freq == "YEARLY" and draw(st.integers(0, 4)) == 0:
        parts.append("BYWEEKNO=" + str(draw(st.sampled_from([1, 20, 52, 53, -1]))))
    if freq == "YEARLY" and draw(st.integers(0, 4)) == 0:
        parts.append("BYYEARDAY=" + str(draw(st.sampled_from([1, 60, 366, -1, -366]))))
    if draw(st.integers(0, 4)) == 0:
        parts.append("BYHOUR=8,14")
    if draw(st.integers(0, 3)) == 0:
        parts.append("BYSETPOS=" + str(draw(st.sampled_from(["1", "-1", "2", "1,-1"]))))
    if draw(st.integers(0, 3)) == 0:
        parts.append(f"COUNT={draw(st.integers(1, 60))}")
    return ";".join(parts)


def matches_later(rule: str, dtstart: datetime) -> bool:
    """Tell whether a rule still matches after all windows, as dateutil alone would search for ten seconds."""
    endless = rule.partition(";COUNT")[0]
    later = datetime(2033, 1, 1)
    found = rule_starts(parse_rule(endless, dtstart, False, BERLIN), dtstart, later, datetime(2070, 1, 1))
    return next(iter(found), None) is not None
