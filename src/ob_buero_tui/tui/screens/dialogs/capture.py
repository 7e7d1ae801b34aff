"""Takes down a call, a visit or a letter on paper: who, and what about; typed text is never lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from ob_buero_tui.catalog.model import FieldType
from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.services.requests.caller_matters import CallerMatters, matters
from ob_buero_tui.services.requests.callers import Caller, callers
from ob_buero_tui.services.requests.creating import Captured, create_request
from ob_buero_tui.services.requests.record import field_text
from ob_buero_tui.services.requests.values import parse_value, typed_moment
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.drafting import Drafting
from ob_buero_tui.tui.screens.dialogs.frame import FIELD_BINDINGS, after_typing
from ob_buero_tui.tui.screens.dialogs.note import LIMIT, NoteArea
from ob_buero_tui.tui.screens.dialogs.prompt_line import OneLine
from ob_buero_tui.tui.widgets.asked_line import shown
from ob_buero_tui.tui.widgets.fields.day import DayField
from ob_buero_tui.tui.widgets.kind_picker import KindPicker

if TYPE_CHECKING:
    from ob_buero_tui.catalog.model import FieldSpec
    from ob_buero_tui.tui.app import DeskApp

_HIGH = 30
PREFIX = "feld-"
ROWS = {
    "name": "Wer",
    "subject": "Worum geht es",
    "tel": "Telefon",
    "organization": "Organisation",
    "email": "E-Mail",
}
"""In the order in which they are asked: kind, who and what about are enough for a letter."""
WHO = ("name", "tel", "email")
"""The fields that say who it is."""
MATTER_LINES = 5


class CaptureDialog(Drafting[Done | None]):
    """Saves a new request and returns what was done, or None; then what was typed stays as a draft.

    Args:
        channel: How it came in.
        kind: Key of the kind it has from the start; empty: the dialog asks.
        asked: The kind's own fields to ask for at once.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "speichern", priority=True),
        Binding("escape", "cancel", "abbrechen", priority=True),
        *FIELD_BINDINGS[2:],
        Binding("ctrl+k", "take_known", "bekannte Person übernehmen", priority=True),
        Binding("ctrl+d", "discard", "verwerfen", priority=True),
    ]
    DEFAULT_CSS = """
    CaptureDialog {
        & > .dialog-box { width: 100; }
        & #fields { height: auto; max-height: 70vh; }
        & Horizontal { height: auto; }
        & .name { width: 24; color: $foreground; }
        & .kind { width: 5; color: $quiet; }
        & Input { width: 1fr; }
        & TextArea { height: 6; width: 1fr; }
        & #matters { height: auto; color: $quiet; }
        & #matters.-known { padding: 1 0 0 0; }
        &.-known #fields { max-height: 50vh; }
        & #answer { height: 2; padding: 1 0 0 0; color: $quiet; }
        & #answer.-refused { color: $error; }
    }
    """

    def __init__(
        self, desk: DeskApp, title: str, *, channel: str, kind: str = "", asked: tuple[FieldSpec, ...] = ()
    ) -> None:
        super().__init__(
            title, keys="Strg+S speichern · Tab weiter · Esc schließen · Strg+D Entwurf verwerfen"
        )
        self._desk = desk
        self._channel = channel
        self._asks_kind = not kind
        self._specs = {f"{PREFIX}{spec.key}": spec for spec in asked}
        self._draft_name = f"capture:{channel}:{kind}"
        self._preset = kind
        self._values = {"kind": kind, **self.keep_as(desk.place, self._draft_name)}
        self._callers: tuple[Caller, ...] = ()
        self._taken: Caller | None = None
        """The known person whom somebody chose; another name unmakes the choice."""
        self._area = NoteArea(
            clean(self._values.get("text", ""), multiline=True, limit=LIMIT),
            show_line_numbers=False,
            tab_behavior="focus",
            id="text",
        )

    def body(self) -> list[Widget]:
        """Kind, fields, text, and how the present field is understood."""
        rows: list[Widget] = []
        if self._asks_kind:
            picker = KindPicker(self._desk.place.catalog.active_kinds, self._values["kind"], id="kind")
            rows.append(Horizontal(Static("Art", classes="kind"), picker))
        names = {**ROWS, **{name: spec.label for name, spec in self._specs.items()}}
        rows += [
            Horizontal(
                Static(Content.assemble(_name(name, words)), classes="name"),
                self._line(name),
            )
            for name, words in names.items()
        ]
        rows.append(Horizontal(Static("Notiz", classes="name"), self._area))
        fields = VerticalScroll(*rows, id="fields", can_focus=False)
        return [fields, Static(id="answer"), Static(id="matters")]

    def _line(self, name: str) -> Input:
        """A line of text, or of a day where the kind asks for one."""
        spec, place = self._specs.get(name), self._desk.place
        value = self._values.get(name, "")
        if spec is None or spec.type not in (FieldType.DATUM, FieldType.DATUMZEIT):
            return OneLine(value, id=name, max_length=300, select_on_focus=False)
        timed, calendar = spec.type is FieldType.DATUMZEIT, office_calendar(place)
        return DayField(
            name, value, read=lambda typed: typed_moment(typed, place.today, calendar, with_time=timed)
        )

    def on_mount(self) -> None:
        """Begin with the kind, or with who it is."""
        self.query_one("#kind" if self._asks_kind else "#name").focus()
        if any(text for name, text in self._values.items() if name != "kind"):
            self.notify("Der Entwurf vom letzten Mal ist wieder da; Strg+D verwirft ihn.")

    # Fields

    def on_kind_picker_picked(self, message: KindPicker.Picked) -> None:
        """Another kind."""
        self._values["kind"] = message.key

    def on_kind_picker_chosen(self) -> None:
        """After the letter of the kind comes who it is."""
        self.set_focus(self.query_one("#name"))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say how the field is understood, and who of that name is known."""
        event.stop()
        if event.input.id in WHO:
            if event.input.id == "name" and event.value != self._values.get("name", ""):
                self._taken = None
            self._look_up()
        if event.input.id in (*WHO, "organization"):
            self._show_matters()
        if event.input.has_focus:
            self._explain(event.input)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the next field."""
        event.stop()
        self.focus_next()

    def on_asked_line_asking(self, event: DayField.Asking) -> None:
        """A digit chooses now, or no more."""
        event.stop()
        if isinstance(self.focused, DayField):
            self._explain(self.focused)

    def on_descendant_focus(self) -> None:
        """Say how the field is understood when one comes to it."""
        focused = self.app.focused
        if isinstance(focused, Input):
            self._explain(focused)

    def _look_up(self) -> None:
        self._collect()
        try:
            self._callers = callers(self._desk.place, *(self._values.get(name, "") for name in WHO))
        except Refusal:  # another desk holds the file: nobody is known for the moment
            self._callers = ()

    def _show_matters(self) -> None:
        """What is open of whoever is typed, what comes next, and what was noted last."""
        self._collect()
        name, tel, email, body = (self._values.get(name, "") for name in (*WHO, "organization"))
        chosen = self._taken.id if self._taken is not None else None
        try:
            found = matters(self._desk.place, name, tel, email, body, chosen)
        except Refusal:
            return
        lines = _matter_lines(found, min(self.app.size.width, 100) - 4)
        room = MATTER_LINES if self.app.size.height >= _HIGH else MATTER_LINES - 2
        below = self.query_one("#matters", Static)
        below.update(label("\n".join([found.who, *lines[:room]]) if found else "", multiline=True))
        below.set_class(bool(found), "-known")
        self.set_class(bool(found), "-known")

    def _explain(self, field: Input) -> None:
        name, spec = field.id or "", self._specs.get(field.id or "")
        if isinstance(field, DayField) and field.value.strip():
            self._say(*_day_told(field))
            return
        try:
            if spec is not None:
                place = self._desk.place
                value = parse_value(spec, field.value, place.today, office_calendar(place))
                read = field_text(spec, value)
                self._say(f"→ {read}" if read and read != field.value.strip() else spec.help)
            else:
                self._say(_known(self._taken, self._callers) if name in WHO else "")
        except Refusal as refusal:
            self._say(str(refusal), refused=True)

    @after_typing
    @work(exclusive=True, group="known")
    async def action_take_known(self) -> None:
        """Take the known person who is offered; of several, ask which."""
        self._look_up()
        if not self._callers:
            self._say("Zu diesen Angaben ist niemand bekannt; die Person wird neu angelegt.")
            return
        chosen = self._callers[0]
        if len(self._callers) > 1:
            choices = [Choice(key=str(one.id), label=_told(one)) for one in self._callers]
            key = await self.app.push_screen_wait(Choose("Wer von ihnen ist es?", choices))
            if key is None:
                return
            chosen = next(one for one in self._callers if str(one.id) == key)
        self._taken = chosen
        for name, known in (("tel", chosen.tel), ("email", chosen.email)):
            field = self.query_one(f"#{name}", Input)
            if not field.value.strip():
                field.value = clean(known, limit=300)
        self._show_matters()
        self._say(_known(self._taken, self._callers))

    def _say(self, text: str, refused: bool = False) -> None:
        answer = self.query_one("#answer", Static)
        answer.update(label(f"! {text}" if refused else text))
        answer.set_class(refused, "-refused")

    # Saving

    def _collect(self) -> None:
        self._values |= {field.id: field.value for field in self.query(Input) if field.id}
        self._values["text"] = self._area.text

    def to_keep(self) -> dict[str, str]:
        """Everything that is typed; the kind alone is nothing, where the dialog is for that kind."""
        self._collect()
        kept = {name: text for name, text in self._values.items() if text}
        return kept if kept != {"kind": self._preset} else {}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While it is being saved nothing else begins: a second key would save it twice."""
        if self._desk.waiting and action in ("save", "cancel", "discard", "take_known"):
            return False
        return super().check_action(action, parameters)

    @after_typing
    @work(exclusive=True, group="save")
    async def action_save(self) -> None:
        """Save; what is refused is said, and everything typed stays."""
        self._collect()
        captured = self._captured()
        try:
            done = await self._desk.patiently(lambda place: create_request(place, captured))
        except Refusal as refusal:
            self._say(str(refusal), refused=True)
            return
        drop_draft(self._desk.place, self._draft_name)
        self.dismiss(done)

    def _captured(self) -> Captured:
        values = self._values
        return Captured(
            kind=values["kind"] or None,
            channel=self._channel,
            subject=values["subject"],
            text=values["text"],
            name=values["name"],
            organization=values["organization"],
            tel=values["tel"],
            email=values["email"],
            person_id=self._taken.id if self._taken is not None else None,
            fields={spec.key: values.get(name, "") for name, spec in self._specs.items()},
        )


def _day_told(field: DayField) -> tuple[str, bool]:
    """How a day is understood, or what it can mean: all of it in the two lines below the form."""
    if not field.answer.options:
        return shown(field)
    offered = "  ".join(f"{place} {one.label}" for place, one in enumerate(field.answer.options, start=1))
    return f"? {offered} · {'Ziffer wählt.' if field.asking else 'Enter, dann die Ziffer.'}", False


def _name(name: str, shown: str) -> Content:
    """The name of a field, and that it is needed."""
    return Content.assemble(label(shown), ("  Pflicht", "$accent")) if name == "subject" else label(shown)


def _told(one: Caller) -> str:
    return " · ".join(part for part in (one.label, one.tel, one.email) if part)


def _known(taken: Caller | None, found: Sequence[Caller]) -> str:
    """Whether the one who calls is known, and how to take them."""
    if taken is not None:
        return f"✓ übernommen: {_told(taken)}"
    if not found:
        return ""
    first, count = found[0], len(found)
    if first.sure:
        return f"→ bekannt: {_told(first)}"
    if count > 1:
        return f"→ {count} bekannte Personen (Strg+K wählt eine, sonst wird die Person neu angelegt)"
    return f"→ bekannt: {_told(first)} (Strg+K übernimmt)"


def _matter_lines(found: CallerMatters, width: int) -> list[str]:
    """What is open, comes next and was noted last, a line each, cut to a width in cells."""
    lines = [f"Offen   {text}" for text in found.open]
    lines += [f"        und {found.more} weitere"] if found.more else []
    lines += [f"Termin  {text}" for text in found.events]
    lines += [f"Notiz   {text}" for text in found.notes]
    return [shorten(text, width) for text in lines]
