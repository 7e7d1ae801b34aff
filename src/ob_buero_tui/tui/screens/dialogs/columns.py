"""The columns of an office's own list: heads, samples and what they hold; changed by key, then confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.columns import LABELS, Column
from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.intake.sheets import SheetProposal, confirm_layout
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.listed import ListedDialog

if TYPE_CHECKING:
    from ob_buero_tui.tui.app import DeskApp

NOTE = "nur als Notiz"
LETTERS = "123456789abcdefghilmnopqrstuvwxyz"
"""Keys of the meanings in their order; j and k move."""


class Columns(ListedDialog[bool]):
    """Confirms how lists of this layout are read; returns whether it did."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,right,l,b", "change", "ändern"),
        Binding("delete,minus", "to_note", "nur Notiz"),
        Binding("a", "kind", "Art aller Zeilen"),
        Binding("enter", "confirm", "bestätigen"),
        Binding("escape", "cancel", "abbrechen"),
    ]
    DEFAULT_CSS = """
    Columns {
        & > .dialog-box { width: 100; }
        & ChoiceList { max-height: 55vh; }
        & #said { height: auto; color: $quiet; padding: 1 0 0 0; }
        & #said.-refused { color: $error; }
    }
    """

    def __init__(self, desk: DeskApp, proposal: SheetProposal) -> None:
        keys = "Leertaste ändern · - nur als Notiz · a Art aller Zeilen · Enter bestätigen · Esc abbrechen"
        super().__init__(f"Spalten von {shorten(proposal.name, 60)}", keys=keys)
        self._desk = desk
        self._proposal = proposal
        self._columns = dict(proposal.columns)
        self._kind = proposal.kind

    def body(self) -> list[Widget]:
        """How many rows, the columns, and what was said."""
        rows = plural(self._proposal.rows, "Zeile", "Zeilen")
        text = f"{rows}. Stimmt die Zuordnung? Sie gilt künftig für jede Liste mit diesen Spaltenköpfen."
        return [Static(label(text), classes="dialog-text"), self._list, Static(id="said")]

    def on_mount(self) -> None:
        """Begin in the list."""
        self._show("0")
        self._list.focus()

    def _show(self, current: str) -> None:
        self._list.show([self._row(place) for place in range(len(self._proposal.heads))], current=current)
        kind = self._desk.place.catalog.kinds.get(self._kind)
        self._say(f"Art aller Zeilen: {kind.label if kind is not None else 'je Zeile, oder keine'}")

    def _row(self, place: int) -> Choice:
        value = self._columns.get(place)
        samples = " · ".join(self._proposal.samples[place])
        return Choice(
            key=str(place),
            label=shorten(self._proposal.heads[place], 26),
            help=f"z. B. {samples}" if samples else "leer",
            hint=f"→ {LABELS[Column(value)]}" if value else f"→ {NOTE}",
        )

    @property
    def _place(self) -> int:
        choice = self._list.current
        return int(choice.key) if choice is not None else 0

    @work(exclusive=True, group="columns")
    async def action_change(self) -> None:
        """Choose what the column under the cursor holds; another column of that meaning becomes a note."""
        place = self._place
        taken = {value: at for at, value in self._columns.items()}
        choices = [Choice(key="", label=NOTE, letter="-")]
        choices += [
            Choice(
                key=column.value,
                label=shown,
                letter=letter,
                hint=shorten(self._proposal.heads[taken[column.value]], 30) if column.value in taken else "",
            )
            for letter, (column, shown) in zip(LETTERS, LABELS.items(), strict=False)
        ]
        title = f"Was steht in „{shorten(self._proposal.heads[place], 40)}“?"
        chosen = await self.app.push_screen_wait(Choose(title, choices, current=self._columns.get(place, "")))
        if chosen is None:
            return
        if chosen in taken:
            del self._columns[taken[chosen]]
        self._set(place, chosen)

    def action_to_note(self) -> None:
        """Keep the column under the cursor as a note only."""
        self._set(self._place, "")

    def _set(self, place: int, value: str) -> None:
        self._columns.pop(place, None)
        if value:
            self._columns[place] = value
        self._show(str(place))

    @work(exclusive=True, group="columns")
    async def action_kind(self) -> None:
        """Choose the kind that all rows have."""
        kinds = self._desk.place.catalog.active_kinds
        choices = [Choice(key="", label="je Zeile, oder keine", letter="-")]
        choices += [Choice(key=each.key, label=each.label, letter=each.picker_key) for each in kinds]
        chosen = await self.app.push_screen_wait(Choose("Art aller Zeilen", choices, current=self._kind))
        if chosen is not None:
            self._kind = chosen
            self._show(str(self._place))

    @work(exclusive=True, group="columns")
    async def action_confirm(self) -> None:
        """Keep the layout; what is refused is said."""
        if self._desk.waiting:
            return
        proposal, columns, kind = self._proposal, dict(self._columns), self._kind
        try:
            await self._desk.patiently(lambda place: confirm_layout(place, proposal, columns, kind))
        except Refusal as refusal:
            self._say(f"! {refusal}", refused=True)
            return
        self.dismiss(True)

    def _say(self, text: str, *, refused: bool = False) -> None:
        said = self.query_one("#said", Static)
        said.update(label(text))
        said.set_class(refused, "-refused")

    def action_cancel(self) -> None:
        """Confirm nothing; once it is being kept, that is through in a moment."""
        if not self._desk.waiting:
            self.dismiss(False)
