"""A field for a day: the German grammar, told in full below; what is ambiguous is asked by digit."""

from __future__ import annotations

from collections.abc import Callable

from ob_buero_tui.rules.when import When
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.asked_line import AskedLine
from ob_buero_tui.tui.widgets.date_input import understood_day


class DayField(AskedLine):
    """One line; Shift with the arrows moves an understood day by one, Page up and down by a week.

    Args:
        name: The field in the form.
        value: Its text.
        read: Reads a day; raises `Ambiguous` or another refusal.
        hint: An example, shown while it is empty.
    """

    def __init__(self, name: str, value: str, *, read: Callable[[str], When], hint: str = "") -> None:
        super().__init__(
            line(value, limit=500),
            understand=understood_day(read, blank=True),
            id=name,
            placeholder=line(hint, limit=60),
        )
