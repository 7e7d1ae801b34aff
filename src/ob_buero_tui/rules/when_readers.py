"""The readers of days in the order in which they are asked."""

from __future__ import annotations

import re

from ob_buero_tui.rules.when_counts import Reader, Readings, read_ago, read_around, read_counted, read_plus
from ob_buero_tui.rules.when_days import (
    read_dated,
    read_iso,
    read_named_month,
    read_next,
    read_numeric,
    read_only_day,
    read_relative,
    read_weekday,
)
from ob_buero_tui.rules.when_feasts import read_feast
from ob_buero_tui.rules.when_periods import read_period
from ob_buero_tui.rules.when_values import Asked
from ob_buero_tui.rules.when_weeks import read_week

_LEAD = re.compile(r"^(?:(?:bis|spaetestens|ab|am|an|den|der|dem|zum|zur|zu|im|in der)\s+)+")
_READERS: tuple[Reader, ...] = (
    read_relative, read_plus, read_iso, read_numeric, read_week, read_named_month, read_weekday, read_next,
    read_feast, read_period, read_ago, read_dated, read_only_day,
)  # fmt: skip


def read_day(asked: Asked, typed: str) -> Readings | None:
    """Read a day; several readings when the phrase is ambiguous, None when its form is unknown.

    Args:
        typed: The folded phrase.

    Raises:
        Refusal: the form is known, but there is no such day.
    """
    bare = _LEAD.sub("", typed)
    for reader in _READERS:
        if (found := reader(asked, bare)) is not None:
            return found
    counted = read_counted(asked, bare, read_day)
    return counted if counted is not None else read_around(asked, bare, read_day)
