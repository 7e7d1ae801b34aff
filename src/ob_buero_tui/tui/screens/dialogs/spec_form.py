"""A form of some fields by their specs: what is typed is kept, what is wrong is told at its field."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual import on, work
from textual.widget import Widget
from textual.widgets import Static

from ob_buero_tui.catalog.model import FieldSpec
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.drafts import drop_draft, load_draft
from ob_buero_tui.services.requests.forms import FormProblem, length_of, limit_of, understood
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.tui.screens.dialogs.form_frame import FormDialog
from ob_buero_tui.tui.screens.dialogs.frame import after_typing
from ob_buero_tui.tui.widgets.fields.form import FieldForm, Section
from ob_buero_tui.tui.widgets.fields.suggest import SuggestField
from ob_buero_tui.tui.widgets.fields.text import LineField

if TYPE_CHECKING:
    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.tui.app import DeskApp


@dataclass(frozen=True, slots=True)
class Answers:
    """What a form says when it is saved.

    Args:
        values: The value of each field by name, as `parse_value` gives it; None for an empty one.
        chosen: Key of the known name that somebody picked, by field, as long as it still stands there.
    """

    values: Mapping[str, Any]
    chosen: Mapping[str, int]


Save = Callable[["Workplace", Answers], Done]
"""The use case with what the form says; may refuse, and the form stays open."""


def _replaced(name: str, text: str) -> LineField:
    return LineField(name, text, short=True)


class SpecForm(FormDialog[Done | None]):
    """Saves by `save` and returns what was done, or None; then what was typed stays as a draft.

    Args:
        title: Heading of the box.
        draft: Name of the draft.
        sections: The fields.
        values: Their texts at first.
        save: What is done with it.
        chosen: Keys of the names that stand there at first.
        first: The field to begin in.
        replaced: Fields whose proposed text the first letter replaces.
    """

    def __init__(
        self,
        desk: DeskApp,
        title: str,
        *,
        draft: str,
        sections: Sequence[Section],
        values: Mapping[str, str],
        save: Save,
        chosen: Mapping[str, int] | None = None,
        first: str = "",
        replaced: Collection[str] = (),
    ) -> None:
        kept = load_draft(desk.place, draft) or {}
        super().__init__(desk, title, draft_name=draft, saved=kept)
        self._specs: dict[str, FieldSpec] = {
            name: spec for section in sections for name, spec in section.specs.items()
        }
        self._before = {name: values.get(name, "") for name in self._specs}
        self._restored = bool(kept)
        self._save = save
        self._picked = {name: (key, values.get(name, "")) for name, key in (chosen or {}).items()}
        self._first = first or next(iter(self._specs))
        self._calendar = office_calendar(desk.place)
        shown = self._before | {name: text for name, text in kept.items() if name in self._specs}
        controls = dict.fromkeys(replaced, _replaced)
        self.form = FieldForm(desk.place, self._calendar, None, sections, shown, controls=controls)

    def body(self) -> list[Widget]:
        """Fields, and how the present one is understood."""
        return [self.form, Static(id="answer")]

    def on_mount(self) -> None:
        """Begin in the first field."""
        self.query_one(f"#{self._first}").focus()
        if self._restored:
            self.notify("Der Entwurf vom letzten Mal ist wieder da; Strg+D verwirft ihn.")

    @on(SuggestField.Taken)
    def _taken(self, message: SuggestField.Taken) -> None:
        if message.field.id is not None:
            self._picked[message.field.id] = (message.suggestion.id, message.suggestion.name)

    def to_keep(self) -> dict[str, str]:
        """What was changed."""
        typed = self.form.values
        return {name: typed[name] for name in self._specs if typed[name] != self._before[name]}

    @after_typing
    @work(exclusive=True, group="save")
    async def action_save(self) -> None:
        """Save; all that is wrong is said at once, and everything typed stays."""
        typed = self.form.values
        values, refused = understood(self._specs, typed, self._desk.place.today, self._calendar)
        if not self.passes(self._problems(typed, values, refused)):
            return
        chosen = {
            name: key
            for name, (key, text) in self._picked.items()
            if text and typed.get(name, "").strip() == text.strip()
        }
        answers = Answers(values, chosen)
        try:
            done = await self._desk.patiently(lambda place: self._save(place, answers))
        except Refusal as refusal:
            self.say(str(refusal), refused=True)
            return
        drop_draft(self._desk.place, self._draft_name)
        self.dismiss(done)

    def _problems(
        self, typed: Mapping[str, str], values: Mapping[str, Any], refused: Mapping[str, Refusal]
    ) -> list[FormProblem]:
        found = []
        for name, spec in self._specs.items():
            text = ""
            if name in refused:
                text = str(refused[name])
            elif spec.required and values[name] is None:
                text = f"„{spec.label}“ fehlt: Diese Angabe wird gebraucht."
            elif isinstance(values[name], str) and length_of(typed[name]) > limit_of(spec, values):
                text = f"„{spec.label}“ ist zu lang. Bitte kürzen Sie den Text."
            if text:
                found.append(FormProblem(name=name, text=text, grave=True))
        return found
