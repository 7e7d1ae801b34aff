"""Fields that are typed into: one line, or several."""

from __future__ import annotations

from typing import Final

from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.screens.dialogs.note import NoteArea
from ob_buero_tui.tui.screens.dialogs.prompt_line import OneLine

TYPED_LIMIT: Final = limits.FIELD_TYPED
"""Characters one can type: more than can be stored, so that a text too long is told and never cut."""


class LineField(OneLine):
    """One line; a stored text of several lines is shown as one.

    Args:
        name: The field in the form.
        value: Its text.
        short: Whether typing may replace it: a day or a number, never a whole subject.
        hint: An example, shown while it is empty.
    """

    def __init__(self, name: str, value: str, *, short: bool, hint: str = "") -> None:
        super().__init__(
            line(value, limit=TYPED_LIMIT),
            id=name,
            placeholder=line(hint, limit=60),
            max_length=TYPED_LIMIT,
            select_on_focus=short,
        )


class LongField(NoteArea):
    """Several lines; the arrows leave it at its first and its last line.

    Args:
        name: The field in the form.
        value: Its text.
    """

    def __init__(self, name: str, value: str) -> None:
        super().__init__(
            clean(value, multiline=True, limit=TYPED_LIMIT),
            id=name,
            show_line_numbers=False,
            tab_behavior="focus",
        )

    def action_cursor_up(self, select: bool = False) -> None:
        """Up, and from the first line to the field above."""
        if not select and self.cursor_at_first_line:
            self.screen.focus_previous()
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """Down, and from the last line to the field below."""
        if not select and self.cursor_at_last_line:
            self.screen.focus_next()
        else:
            super().action_cursor_down(select)
