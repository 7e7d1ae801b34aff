"""The form of how a body sits: each field says at once what is understood."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ob_buero_tui.services.council.pattern_typed import FIELDS, PatternField, read_pattern, typed_pattern
from ob_buero_tui.services.council.patterns import edit_pattern
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.screens.dialogs.typed_lines import TypedLine, TypedLines

if TYPE_CHECKING:
    from collections.abc import Callable

    from ob_buero_tui.services.council.planning_views import PatternView
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.tui.app import DeskApp


class PatternDialog(TypedLines):
    """Lays the form down and returns what was done, or None; then what was typed stays as a draft.

    Args:
        view: How the body sits so far.
    """

    def __init__(self, desk: DeskApp, view: PatternView) -> None:
        self._view = view
        lines = [
            TypedLine(name=field.name, label=field.label, told=partial(_told, field), help=field.help)
            for field in FIELDS
        ]
        title = f"{line(view.organization, limit=60)}: Vorgaben"
        super().__init__(desk, title, lines, typed_pattern(view), f"pattern:{view.organization_id}")

    def saving(self) -> Callable[[Workplace], Done]:
        """The body's rhythm as it is typed."""
        view, form = self._view, read_pattern(self.typed())
        return lambda place: edit_pattern(place, view.organization_id, form, view)


def _told(field: PatternField, typed: str) -> str:
    told = field.told(field.read(typed))
    return f"→ {told}" if told else ""
