"""The form of a paper: each line says at once what is understood, and which number it will get."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.paper_edit import create_paper, edit_paper, supplement_paper
from ob_buero_tui.services.council.paper_typed import PaperForm, next_number_told, typed_values
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.screens.dialogs.typed_lines import USUAL, TypedLine, TypedLines

if TYPE_CHECKING:
    from collections.abc import Callable

    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.tui.app import DeskApp
    from ob_buero_tui.tui.widgets.asked_line import AskedLine

_LONG = 1000


class PaperDialog(TypedLines):
    """Saves the form and returns what was done, or None; then what was typed stays as a draft."""

    begins_in: ClassVar[str] = "name"

    def __init__(self, desk: DeskApp, form: PaperForm) -> None:
        self._form = form
        lines = [
            TypedLine(
                name=field.name,
                label=field.label,
                told=partial(field.understand, form),
                help=field.help,
                longest=_LONG if field.name == "name" else USUAL,
            )
            for field in form.fields
        ]
        super().__init__(desk, line(form.title, limit=60), lines, form.values, _draft_name(form))

    def told_of(self, field: AskedLine, text: str) -> str:
        """Which number an empty one becomes."""
        if field.id == "number" and not field.value.strip():
            with suppress(Refusal):  # another desk holds the file: the number comes with saving
                return f"→ {next_number_told(self._form, self.typed())}, die nächste · {text}"
        return text

    def saving(self) -> Callable[[Workplace], Done]:
        """A new paper, a supplement or a change of one."""
        form, values = self._form, typed_values(self._form, self.typed())
        if form.paper_id is not None:
            key = form.paper_id
            return lambda place: edit_paper(place, key, values, form.version)
        if form.base_id is not None:
            base = form.base_id
            return lambda place: supplement_paper(place, base, values)
        return lambda place: create_paper(place, values)


def _draft_name(form: PaperForm) -> str:
    if form.paper_id is not None:
        return f"paper:{form.paper_id}"
    return f"paper:new:{form.base_id}" if form.base_id is not None else "paper:new"
