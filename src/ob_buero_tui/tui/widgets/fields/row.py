"""One field of a form: its name, its control by type, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static, TextArea

from ob_buero_tui.catalog.model import FieldSpec, FieldType
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services import suggesting
from ob_buero_tui.services.requests.forms import FormProblem, count_text, length_of
from ob_buero_tui.services.requests.values import typed_moment
from ob_buero_tui.services.suggesting import Suggestion
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.widgets.asked_line import AskedLine, shown
from ob_buero_tui.tui.widgets.fields.choice import YES_NO, ChoiceField
from ob_buero_tui.tui.widgets.fields.day import DayField
from ob_buero_tui.tui.widgets.fields.suggest import SuggestField
from ob_buero_tui.tui.widgets.fields.text import TYPED_LIMIT, LineField, LongField

if TYPE_CHECKING:
    from ob_buero_tui.rules.when import When
    from ob_buero_tui.rules.workdays import WorkCalendar
    from ob_buero_tui.services.workplace import Workplace

Control: TypeAlias = LineField | AskedLine | LongField | ChoiceField
MakeControl: TypeAlias = Callable[[str, str], Control]
"""Makes the control of a field from its name and its text."""
NEW: Final[Mapping[FieldType, str]] = {
    FieldType.PERSON: "neu, nicht in den Personen",
    FieldType.ORGANISATION: "neu, nicht in den Organisationen",
    FieldType.ORT: "neu, bisher kein Termin dort",
}
EXAMPLES: Final[Mapping[FieldType, str]] = {
    FieldType.ZEIT: "z. B. 14:30",
    FieldType.BETRAG: "z. B. 1.250,50",
    FieldType.ZAHL: "Zahl",
    FieldType.PERSON: "Name",
    FieldType.ORGANISATION: "Name",
    FieldType.ORT: "Ort",
}
COUNTED_FROM: Final = 0.8
"""Share of the limit from which a line says how long it is; a long text always does."""


@dataclass(slots=True, kw_only=True)
class Known:
    """What the fields of one form ask the office for.

    Args:
        place: The desk.
        calendar: Its open days, for days like +3t.
        places: The places, read when a place is typed for the first time.
        controls: Makes the control of a field that is like no other, by the field's name.
    """

    place: Workplace
    calendar: WorkCalendar
    places: tuple[str, ...] | None = None
    controls: Mapping[str, MakeControl] = field(default_factory=dict)

    def suggest(self, type_: FieldType, typed: str) -> tuple[Suggestion, ...]:
        """Known names that fit what is typed; none while another desk holds the file."""
        try:
            if type_ is FieldType.PERSON:
                return suggesting.people_named(self.place, typed)
            if type_ is FieldType.ORGANISATION:
                return suggesting.bodies_named(self.place, typed)
            if self.places is None:
                self.places = suggesting.known_places(self.place)
            return suggesting.places_named(self.places, typed)
        except Refusal:
            return ()


class FieldRow(Widget):
    """A field with its name on the left and what is wrong with it below.

    Args:
        name: The field in the form.
        spec: What it takes.
        text: Its text at first.
        known: Where names come from.
    """

    def __init__(self, name: str, spec: FieldSpec, text: str, known: Known) -> None:
        super().__init__()
        self.field_name = name
        self.spec = spec
        self._text = text
        self._problem: FormProblem | None = None
        self._limit = 0
        self.control = _control(name, spec, text, known)
        self._shown = _typed(self.control)
        self._followed = self.value
        self._told = Static(classes="field-told")

    def compose(self) -> ComposeResult:
        """Name and control, and a line for what is to be said."""
        with Horizontal(classes="field-name"):
            unit = f" ({self.spec.unit})" if self.spec.unit else ""
            yield Static(label(f"{self.spec.label}{unit}"), classes="field-label")
            if self.spec.required:
                yield Static(label("Pflicht"), classes="field-word")
        with Vertical(classes="field-side"):
            yield self.control
            if isinstance(self.control, SuggestField):
                yield self.control.offers
            yield self._told

    @property
    def value(self) -> str:
        """The text of the field; what nobody touched stays as it was stored."""
        typed = _typed(self.control)
        return self._text if typed == self._shown else typed

    def show(self, text: str) -> None:
        """Show another stored text."""
        self._text = text
        if isinstance(self.control, TextArea):
            self.control.load_text(clean(text, multiline=True, limit=TYPED_LIMIT))
        elif isinstance(self.control, ChoiceField):
            self.control.show(text)
        else:
            self.control.value = line(text, limit=TYPED_LIMIT)
        self._shown = _typed(self.control)
        self._followed = self.value
        self.wrong(None)

    def follow(self) -> bool:
        """Take up the text as it is now; False when nothing was typed since the last time.

        What else reads the form, for a draft or because the kind is another one, does not count: on a busy
        machine that comes between a key and the message of its text.
        """
        if self.value == self._followed:
            return False
        self._followed = self.value
        self.changed()
        return True

    @property
    def is_wrong(self) -> bool:
        """Whether something is said to be wrong with it."""
        return self._problem is not None

    def counted(self, limit: int) -> None:
        """Say how long the text is, against the characters it may have."""
        self._limit = limit
        self._draw()

    def wrong(self, problem: FormProblem | None) -> None:
        """Say what is wrong with it; None takes that away."""
        self._problem = problem
        self._draw()

    def changed(self) -> None:
        """The text is another one: what was said of the old one no longer counts."""
        if isinstance(self.control, SuggestField):
            self.control.look()
        self.wrong(None)

    def _draw(self) -> None:
        parts = []
        length = length_of(self.value) if self._limit else 0
        over = bool(self._limit) and length > self._limit
        if self._limit and (over or self._is_counted(length)):
            parts.append(count_text(length, self._limit))
        if isinstance(self.control, SuggestField) and self.control.told:
            parts.append(self.control.told)
        if isinstance(self.control, AskedLine) and self.tells_its_day:
            parts.append(shown(self.control)[0])
        if self._problem is not None:
            sign = "!" if self._problem.grave else "?"
            parts = [f"{sign} {self._problem.text}"]
        self._told.update(label("\n".join(parts), multiline=True))
        self._told.set_class(bool(parts), "-shown")
        self._told.set_class(over, "-over")
        self.set_class(self._problem is not None and self._problem.grave, "-wrong")
        self.set_class(self._problem is not None and not self._problem.grave, "-doubtful")

    @property
    def tells_its_day(self) -> bool:
        """Whether a day was typed and is told below: in full, or what it can mean."""
        control = self.control
        if not isinstance(control, AskedLine) or not control.value.strip():
            return False
        return control.always_told or self.value != self._text

    def _is_counted(self, length: int) -> bool:
        if self.spec.type is FieldType.LANGTEXT:
            return length > 0 or self.spec.limit is not None
        return length > self._limit * COUNTED_FROM


def _control(name: str, spec: FieldSpec, text: str, known: Known) -> Control:
    if name in known.controls:
        return known.controls[name](name, text)
    if spec.type is FieldType.LANGTEXT:
        return LongField(name, text)
    if spec.type in (FieldType.AUSWAHL, FieldType.JANEIN):
        return ChoiceField(name, spec.choices or YES_NO, text)
    if spec.type in NEW:
        return SuggestField(
            name, text, suggest=lambda typed: known.suggest(spec.type, typed), new=NEW[spec.type]
        )
    if spec.type in (FieldType.DATUM, FieldType.DATUMZEIT):
        return DayField(name, text, read=partial(_day, spec, known), hint=_hint(spec, known))
    return LineField(name, text, short=spec.type is not FieldType.TEXT, hint=_hint(spec, known))


def _day(spec: FieldSpec, known: Known, typed: str) -> When:
    return typed_moment(typed, known.place.today, known.calendar, with_time=spec.type is FieldType.DATUMZEIT)


def _hint(spec: FieldSpec, known: Known) -> str:
    """What may be typed; an example of a day lies ahead."""
    if spec.type not in (FieldType.DATUM, FieldType.DATUMZEIT):
        return EXAMPLES.get(spec.type, "")
    ahead = known.place.today + timedelta(days=21)
    day = f"{ahead.day}.{ahead.month}."
    return f"z. B. {day}" if spec.type is FieldType.DATUM else f"z. B. {day} 12:00"


def _typed(control: Control) -> str:
    """What stands in a control."""
    return control.text if isinstance(control, TextArea) else control.value
