"""A form: sections of fields that appear as the answers call for them, and all that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from textual import events, on
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from ob_buero_tui.catalog.model import FieldSpec, RequestKind
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.workdays import WorkCalendar
from ob_buero_tui.services.requests.forms import (
    PREFIX,
    TEXTS,
    FormProblem,
    asked,
    form_specs,
    limit_of,
    understood,
)
from ob_buero_tui.services.requests.record import field_text
from ob_buero_tui.services.requests.values import parse_value
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.widgets.asked_line import AskedLine
from ob_buero_tui.tui.widgets.choice_list import ChoiceList
from ob_buero_tui.tui.widgets.fields.choice import ChoiceField
from ob_buero_tui.tui.widgets.fields.row import FieldRow, Known, MakeControl
from ob_buero_tui.tui.widgets.fields.suggest import SuggestField

if TYPE_CHECKING:
    from ob_buero_tui.services.workplace import Workplace

NO_CONTROLS: Final[Mapping[str, MakeControl]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Fields under one heading, by name."""

    title: str
    specs: Mapping[str, FieldSpec]


def sections_of(kind: RequestKind | None) -> tuple[Section, ...]:
    """The kind's own fields: first what is needed, then the rest, each in the catalog's order."""
    own = {f"{PREFIX}{spec.key}": spec for spec in (kind.fields if kind is not None else ())}
    needed = {name: spec for name, spec in own.items() if spec.required}
    rest = {name: spec for name, spec in own.items() if not spec.required}
    title = kind.label if kind is not None else ""
    return tuple(
        Section(title=told, specs=specs)
        for told, specs in ((f"Pflichtangaben · {title}", needed), (f"Weitere Angaben · {title}", rest))
        if specs
    )


class FieldForm(VerticalScroll, can_focus=False):
    """The fields of a request; it only holds what is typed, the dialog around it saves.

    Args:
        place: The desk.
        calendar: The office's open days, for days like +3t.
        kind: Which kind's own fields are asked.
        head: Sections that stand above them for every kind.
        values: The text of each field, by name; kept for fields that are not shown, too.
        controls: Makes the controls that are like no other, by the names of their fields.
    """

    class Changed(Message):
        """Something was typed or picked."""

    class Came(Message):
        """One came to a field, or typed in it."""

        def __init__(self, row: FieldRow) -> None:
            super().__init__()
            self.row = row

    def __init__(
        self,
        place: Workplace,
        calendar: WorkCalendar,
        kind: RequestKind | None,
        head: Sequence[Section],
        values: Mapping[str, str],
        *,
        foot: Sequence[Section] = (),
        controls: Mapping[str, MakeControl] = NO_CONTROLS,
    ) -> None:
        super().__init__(id="fields")
        self._known = Known(place=place, calendar=calendar, controls=controls)
        self._calendar = calendar
        self._kind = kind
        self._values = dict(values)
        self._head = tuple(head)
        self._foot = tuple(foot)
        self._rows: dict[str, FieldRow] = {}
        self._own = Vertical(id="own")
        self._own.styles.height = "auto"
        self._own_titles: list[tuple[Static, tuple[str, ...]]] = []

    def compose(self) -> Iterable[Widget]:
        """The sections that every kind has around the kind's own."""
        yield from self._drawn(self._head, first=True)
        yield self._own
        yield from self._drawn(self._foot)

    async def on_mount(self) -> None:
        """Draw the kind's own fields."""
        await self.show_kind(self._kind)

    # What it holds

    @property
    def values(self) -> dict[str, str]:
        """The text of each field, also of those that are hidden now or belong to another kind."""
        self._values |= {name: row.value for name, row in self._rows.items()}
        return dict(self._values)

    @property
    def today(self) -> date:
        """The office's date."""
        return self._known.place.today

    async def show_kind(self, kind: RequestKind | None) -> None:
        """Ask for the fields of another kind; what was typed for the old one is kept."""
        self._values = self.values
        self._kind = kind
        for name in [name for name in self._rows if name.startswith(PREFIX)]:
            del self._rows[name]
        self._own_titles.clear()
        await self._own.remove_children()
        await self._own.mount(*self._drawn(sections_of(kind), own=True))
        self.follow_answers()

    async def show_values(self, kind: RequestKind | None, values: Mapping[str, str]) -> None:
        """Show other values, those of another desk for instance; nothing that is typed now is kept."""
        self._values = dict(values)
        for row in self._rows.values():
            row.show(self._values.get(row.field_name, ""))
        await self.show_kind(kind)

    def put(self, name: str, text: str) -> None:
        """Write into one field, as if it had been typed."""
        control = self._rows[name].control
        if isinstance(control, ChoiceField):
            control.show(text)
        elif isinstance(control, TextArea):
            control.load_text(clean(text, multiline=True, limit=20_000))
        else:
            control.value = line(text)

    def _drawn(self, sections: Iterable[Section], *, own: bool = False, first: bool = False) -> list[Widget]:
        drawn: list[Widget] = []
        for section in sections:
            title = Static(label(section.title), classes="form-section")
            title.set_class(first and not drawn, "-first")
            rows = {
                name: FieldRow(name, spec, self._values.get(name, ""), self._known)
                for name, spec in section.specs.items()
            }
            self._rows |= rows
            if own:
                self._own_titles.append((title, tuple(rows)))
            drawn += [title, *rows.values()]
        return drawn

    def follow_answers(self) -> None:
        """Show the fields that the answers so far call for; the others keep what they hold."""
        typed = self.values
        specs = {name: row.spec for name, row in self._rows.items()}
        values, _ = understood(form_specs(self._kind) | specs, typed, self.today, self._calendar)
        wanted = asked(self._kind, values)
        for name, row in self._rows.items():
            if name.startswith(PREFIX):
                row.display = name in wanted
            if row.spec.type in TEXTS:
                row.counted(limit_of(row.spec, values))
        for title, names in self._own_titles:
            title.display = any(name in wanted for name in names)

    # What is said of it

    def read(self, row: FieldRow) -> tuple[str, bool]:
        """How a field is understood, and whether it is refused; nothing where the field says so itself."""
        if row.tells_its_day:
            return "", False
        try:
            value: Any = parse_value(row.spec, row.value, self.today, self._calendar)
        except Refusal as refusal:
            return str(refusal), True
        shown = field_text(row.spec, value)
        return (f"→ {shown}" if shown and shown != row.value.strip() else ""), False

    def show_problems(self, problems: Sequence[FormProblem]) -> None:
        """Say what is wrong at each field, all at once, and go to the first one."""
        found = {one.name: one for one in problems}
        for name, row in self._rows.items():
            row.wrong(found.get(name))
        first = next((row for name, row in self._rows.items() if name in found), None)
        if first is not None:
            first.control.focus()
            self.call_after_refresh(first.scroll_visible, animate=False)

    # What happens in it

    @property
    def offering(self) -> SuggestField | None:
        """The field that offers names just now."""
        focused = self.screen.focused
        return focused if isinstance(focused, SuggestField) and focused.is_open else None

    def row_of(self, widget: Widget | None) -> FieldRow | None:
        """The row a control stands in."""
        return next((row for row in self._rows.values() if row.control is widget), None)

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(ChoiceField.Changed)
    def _changed(self, event: Input.Changed | TextArea.Changed | ChoiceField.Changed) -> None:
        event.stop()
        row = self.row_of(event.field if isinstance(event, ChoiceField.Changed) else event.control)
        # A control tells its first text too, after it was drawn.
        if row is None or not row.follow():
            return
        self.follow_answers()
        self.post_message(self.Changed())
        if row.control.has_focus:
            self.post_message(self.Came(row))

    @on(AskedLine.Asking)
    def _asking(self, event: AskedLine.Asking) -> None:
        event.stop()
        row = self.row_of(self.screen.focused)
        if row is not None:
            row.changed()

    @on(ChoiceList.Picked)
    def _picked(self, event: ChoiceList.Picked) -> None:
        event.stop()
        field = self.screen.focused
        if isinstance(field, SuggestField):
            field.step(len(field.offers.choices) * -1)
            field.step(int(event.choice.key or -1) + 1)
            if not field.take():
                field.close_list()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say what the field takes when one comes to it."""
        row = self.row_of(event.widget)
        if row is not None:
            self.post_message(self.Came(row))
