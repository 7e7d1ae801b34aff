"""Makes a request of pasted text; what it becomes stands below while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.services.intake.papers import TEXT_LIMIT, TextPreview, preview_text, take_text
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.dialogs.drafting import Drafting
from ob_buero_tui.tui.screens.dialogs.frame import after_typing
from ob_buero_tui.tui.screens.dialogs.note import NoteArea

if TYPE_CHECKING:
    from ob_buero_tui.tui.app import DeskApp

FORM: Final = "paste"
CHANNEL: Final = "Brief"
"""What has no header lines of an e-mail came on paper."""
HINT: Final = (
    "Eine E-Mail mit ihren Kopfzeilen (Von, Gesendet, Betreff) wird erkannt. Ein Brief braucht keine: "
    "seinen Text einfügen genügt."
)

EMPTY: Final = "Noch kein Text: Strg+Umschalt+V oder die mittlere Maustaste fügt ein."


class PasteArea(NoteArea):
    """Takes a whole letter at once."""

    most: ClassVar[int] = TEXT_LIMIT


class PasteDialog(Drafting[Done | None]):
    """Saves a new request and returns what was done, or None; then the text stays as a draft."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "speichern", priority=True),
        Binding("escape", "cancel", "abbrechen", priority=True),
        Binding("ctrl+d", "discard", "verwerfen", priority=True),
    ]
    DEFAULT_CSS = """
    PasteDialog {
        & > .dialog-box { width: 100; height: 100%; }
        & TextArea { height: 1fr; }
        & #becomes { height: auto; min-height: 4; padding: 1 0 0 0; color: $quiet; }
        & #becomes.-refused { color: $error; }
    }
    """

    def __init__(self, desk: DeskApp) -> None:
        super().__init__(
            "Text einfügen",
            keys="Strg+S aufnehmen · Esc schließen, der Text bleibt · Strg+D Entwurf verwerfen",
        )
        self._desk = desk
        text = self.keep_as(desk.place, FORM).get("text", "")
        self._area = PasteArea(clean(text, multiline=True, limit=TEXT_LIMIT), show_line_numbers=False)

    def body(self) -> list[Widget]:
        """Hint, text, and what becomes of it."""
        return [Static(label(HINT), classes="dialog-text"), self._area, Static(id="becomes")]

    def on_mount(self) -> None:
        """Begin in the text."""
        self._area.focus()
        self._area.move_cursor(self._area.document.end)
        self._preview()
        if self._saved:
            self.notify("Der Entwurf vom letzten Mal ist wieder da; Strg+D verwirft ihn.")

    def on_text_area_changed(self) -> None:
        """Say anew what becomes of it."""
        self._preview()

    def _preview(self) -> None:
        found = preview_text(self._desk.place, self._area.text, CHANNEL)
        self._say(_told(found) if found is not None else EMPTY)

    def _say(self, text: str, *, refused: bool = False) -> None:
        below = self.query_one("#becomes", Static)
        below.update(label(f"! {text}" if refused else text, multiline=True))
        below.set_class(refused, "-refused")

    def to_keep(self) -> dict[str, str]:
        """The text."""
        return {"text": self._area.text} if self._area.text.strip() else {}

    @after_typing
    @work(exclusive=True, group="save")
    async def action_save(self) -> None:
        """Make the request; a refusal is said and the text stays."""
        if self._desk.waiting:
            return
        text = self._area.text
        try:
            done = await self._desk.patiently(lambda place: take_text(place, text, channel=CHANNEL))
        except Refusal as refusal:
            self._say(str(refusal), refused=True)
            return
        drop_draft(self._desk.place, FORM)
        self.dismiss(done)

    def action_discard(self) -> None:
        """Forget the text."""
        self._area.load_text("")
        self.save_draft()


def _told(found: TextPreview) -> str:
    """Way and sender, day and kind, and subject of the request to be."""
    day = f"vom {long_date(found.received)}" if found.received is not None else "von heute"
    sender = f" von {shorten(found.sender, 60)}" if found.sender else ""
    kind = f"Art: {found.kind} (Vorschlag)" if found.kind else "Art: noch offen"
    return f"→ {found.channel}{sender}\n  {day} · {kind}\n  Betreff: {shorten(found.subject, 80)}"
