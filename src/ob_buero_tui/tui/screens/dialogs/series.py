"""How an appointment repeats: chosen or said in words; the sentence and the next dates stand below."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from ob_buero_tui.catalog.model import FieldSpec, FieldType
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.calendar.series_reading import FREQS, PLACES, SeriesReader
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.tui.screens.dialogs.form_frame import FormDialog
from ob_buero_tui.tui.screens.dialogs.frame import after_typing
from ob_buero_tui.tui.widgets.fields.form import FieldForm, Section
from ob_buero_tui.tui.widgets.fields.weekdays import WeekdaysField

if TYPE_CHECKING:
    from ob_buero_tui.tui.app import DeskApp

WORDS: Final = "words"
_TEXT, _ZAHL, _AUSWAHL = FieldType.TEXT, FieldType.ZAHL, FieldType.AUSWAHL
SPECS: Final[Mapping[str, FieldSpec]] = {
    WORDS: FieldSpec(key=WORDS, label="In Worten", type=_TEXT, help="jeden 2. di im Monat bis 30.6."),
    "freq": FieldSpec(key="freq", label="Wie oft", type=_AUSWAHL, choices=tuple(FREQS)),
    "interval": FieldSpec(key="interval", label="alle", type=_ZAHL, help="2: jede zweite Woche"),
    "weekdays": FieldSpec(key="weekdays", label="Wochentage", type=_TEXT, help="1 bis 7 schalten um"),
    "nth": FieldSpec(key="nth", label="der wievielte", type=_AUSWAHL, choices=tuple(PLACES)),
    "monthday": FieldSpec(key="monthday", label="Tag im Monat", type=_TEXT, help="1 bis 31, oder letzter"),
    "until": FieldSpec(key="until", label="bis", type=FieldType.DATUM, help="leer: ohne Ende"),
    "count": FieldSpec(key="count", label="oder wie viele", type=_ZAHL, help="Zahl der Termine"),
}
_SHOWN: Final[Mapping[str, tuple[str, ...]]] = {
    "": (),
    "täglich": ("interval", "until", "count"),
    "wöchentlich": ("interval", "weekdays", "until", "count"),
    "monatlich": ("interval", "nth", "weekdays", "monthday", "until", "count"),
    "jährlich": ("interval", "nth", "weekdays", "monthday", "until", "count"),
}


class SeriesForm(FieldForm):
    """The fields of a series; those are shown that the frequency calls for."""

    def follow_answers(self) -> None:
        """Show what belongs to the frequency; an n-th weekday and a day of the month exclude each other."""
        values = self.values
        wanted = {WORDS, "freq", *_SHOWN.get(values.get("freq", ""), ())}
        monthly = values.get("freq") in ("monatlich", "jährlich")
        wanted -= ({"monthday"} if values.get("nth") else {"weekdays"}) if monthly else set()
        for name, row in self._rows.items():
            row.display = name in wanted

    def set_row(self, name: str, text: str) -> None:
        """Put a text into one field, as if it had been stored so."""
        self._values[name] = text
        self._rows[name].show(text)


class SeriesDialog(FormDialog[str | None]):
    """Returns the rule of RFC 5545, empty for a single appointment, or None when somebody left.

    Args:
        rrule: The present rule.
        start: Wall time of the first date.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+d", "discard", "einmalig", priority=True),
    ]
    DEFAULT_CSS = """
    SeriesDialog {
        & > .dialog-box { width: 92; height: auto; max-height: 100%; }
        & FieldForm { height: auto; max-height: 14; }
        & #answer { height: 4; color: $foreground; padding: 1 0 0 0; }
    }
    """

    def __init__(
        self, desk: DeskApp, reader: SeriesReader, rrule: str, start: datetime, *, all_day: bool
    ) -> None:
        super().__init__(desk, "Serie", draft_name="", saved={})
        self._drafts_at = None  # the form around it keeps the draft
        self._keys = "Strg+S übernehmen · Tab weiter · Strg+D einmalig · Esc zurück"
        self._reader, self._rrule, self._start, self._all_day = reader, rrule, start, all_day
        words = reader.sentence(rrule, start, all_day=all_day)
        known = reader.values(rrule, start, all_day=all_day) or {}
        self._last = {name: known.get(name, "") for name in SPECS} | {WORDS: words}
        self.fields = SeriesForm(
            desk.place,
            office_calendar(desk.place),
            None,
            (Section(title="Serie", specs=SPECS),),
            self._last,
            controls={"weekdays": WeekdaysField},
        )
        self.form = self.fields

    def body(self) -> list[Widget]:
        """The fields, and what comes of them."""
        return [self.form, Static(id="answer")]

    def on_mount(self) -> None:
        """Begin with the words."""
        self.form.query_one(f"#{WORDS}").focus()
        self._tell()

    def to_keep(self) -> dict[str, str]:
        """The form around it keeps what is chosen here."""
        return {}

    @on(FieldForm.Changed)
    def _changed(self) -> None:
        """Words fill the other fields, and these make the words."""
        now = self.form.values
        try:
            if now[WORDS] != self._last[WORDS]:
                self._rrule = self._reader.read(now[WORDS], self._start, all_day=self._all_day)
                found = self._reader.values(self._rrule, self._start, all_day=self._all_day) or {}
                for name in SPECS:
                    if name != WORDS:
                        self.fields.set_row(name, found.get(name, ""))
            else:
                self._rrule = self._reader.rule(now, self._start, all_day=self._all_day)
                said = self._reader.sentence(self._rrule, self._start, all_day=self._all_day)
                self.fields.set_row(WORDS, said)
        except Refusal as refusal:
            self._last = now
            self.say(str(refusal), refused=True)
            self.form.follow_answers()
            return
        self._last = self.form.values
        self.form.follow_answers()
        self._tell()

    @on(FieldForm.Came)
    def _came_to(self, event: FieldForm.Came) -> None:
        """What comes of it stays in sight, where other forms tell what a field is for."""
        event.stop()
        event.prevent_default()

    def _tell(self) -> None:
        try:
            self.say(self._reader.told(self._rrule, self._start, all_day=self._all_day))
        except Refusal as refusal:
            self.say(str(refusal), refused=True)

    @after_typing
    def action_save(self) -> None:
        """Return the rule, once what is typed last is understood."""
        now = self.form.values
        try:
            if now[WORDS].strip() != self._reader.sentence(self._rrule, self._start, all_day=self._all_day):
                self._rrule = self._reader.read(now[WORDS], self._start, all_day=self._all_day)
            elif self.query_one("#answer", Static).has_class("-refused"):
                self._rrule = self._reader.rule(now, self._start, all_day=self._all_day)
            self._reader.told(self._rrule, self._start, all_day=self._all_day)
        except Refusal as refusal:
            self.say(str(refusal), refused=True)
            return
        self.dismiss(self._rrule)

    def action_discard(self) -> None:
        """It takes place once."""
        self.dismiss("")
