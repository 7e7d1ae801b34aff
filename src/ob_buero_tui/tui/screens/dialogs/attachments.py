"""The attachments of one request: what each is, whether it may be opened; Enter opens, s saves."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from ob_buero_tui.rules.file_types import Handling
from ob_buero_tui.services.attachments import AttachmentFile
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.dialogs.listed import ListedDialog
from ob_buero_tui.tui.widgets.choice_list import Choice
from ob_buero_tui.tui.widgets.record_sections import file_size

VERDICTS = {Handling.OEFFNEN: "öffnen", Handling.SPEICHERN: "nur speichern", Handling.NIE: "nie öffnen"}

Act = Callable[[AttachmentFile], Awaitable[str]]
"""Does something with an attachment and returns the German sentence about it; empty when there is none."""

Add = Callable[[], Awaitable[str]]
"""Adds a file and returns the sentence about it."""


class Attachments(ListedDialog[None]):
    """Shows the attachments until it is left.

    Args:
        files: The attachments.
        open_one: What Enter does.
        save_one: What s does.
        save_all: What P does with all of them.
        add: What + does; None where nothing can be added.
        empty: What is said where there are none.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "öffnen"),
        Binding("s", "save", "ablegen"),
        Binding("P", "save_all", "alle ablegen"),
        Binding("plus", "add", "aufnehmen"),
        Binding("escape,q,A", "close", "zurück"),
    ]
    DEFAULT_CSS = """
    Attachments {
        & > .dialog-box { width: 96; }
        & ChoiceList { max-height: 50vh; }
        & #about { height: auto; min-height: 2; padding: 1 0 0 0; color: $quiet; }
        & #about.-warned { color: $error; }
        & #said { height: auto; color: $strong; }
    }
    """

    def __init__(
        self,
        title: str,
        files: Sequence[AttachmentFile],
        *,
        open_one: Act,
        save_one: Act,
        save_all: Act,
        add: Add | None = None,
        empty: str = "Dieser Eingang hat keine Anhänge.",
    ) -> None:
        more = "+ aufnehmen · " if add is not None else ""
        keys = f"Enter öffnen · s ablegen · P alle ablegen · {more}Esc zurück"
        super().__init__(title, keys=keys, empty=empty)
        self._files = {str(each.id): each for each in files}
        self._open, self._save, self._save_all, self._add = open_one, save_one, save_all, add

    def body(self) -> list[Widget]:
        """The list, what the one under the cursor is, and what was done."""
        return [self._list, Static(id="about"), Static(id="said")]

    def on_mount(self) -> None:
        """Begin in the list."""
        self._list.focus()
        self.show_files(self.files)

    @property
    def files(self) -> tuple[AttachmentFile, ...]:
        """What is listed."""
        return tuple(self._files.values())

    def show_files(self, files: Sequence[AttachmentFile]) -> None:
        """List these files; the bar goes to the last one where one was added."""
        added = [str(each.id) for each in files if str(each.id) not in self._files]
        here = self._list.current
        self._files = {str(each.id): each for each in files}
        self._list.show(
            [_choice(each) for each in files], current=added[-1] if added else here.key if here else None
        )
        self.say_more()

    @property
    def current(self) -> AttachmentFile | None:
        """The attachment under the cursor."""
        choice = self._list.current
        return self._files.get(choice.key) if choice is not None else None

    def say_more(self) -> None:
        """What the file is, and whether it may be opened."""
        one, text = self.current, ""
        if one is not None:
            why = (
                f"{VERDICTS[one.verdict]}: {one.why}."
                if one.why
                else "Enter öffnet eine Kopie nur zum Lesen."
            )
            text = " ".join(part for part in (f"{one.label}.", one.mismatch, why) if part)
        below = self.query_one("#about", Static)
        warned = one is not None and (one.verdict is Handling.NIE or bool(one.mismatch))
        below.update(label(f"! {text}" if warned else text))
        below.set_class(warned, "-warned")

    @work(exclusive=True, group="attachment")
    async def action_open(self) -> None:
        """Open the attachment under the cursor."""
        await self._act(self._open)

    @work(exclusive=True, group="attachment")
    async def action_save(self) -> None:
        """Save the attachment under the cursor."""
        await self._act(self._save)

    @work(exclusive=True, group="attachment")
    async def action_save_all(self) -> None:
        """Save all of them."""
        await self._act(self._save_all)

    @work(exclusive=True, group="attachment")
    async def action_add(self) -> None:
        """Take in another file."""
        if self._add is not None:
            said = await self._add()
            self.query_one("#said", Static).update(label(said, multiline=True))

    async def _act(self, act: Act) -> None:
        one = self.current
        if one is not None:
            said = await act(one)
            self.query_one("#said", Static).update(label(said, multiline=True))

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)


def _choice(one: AttachmentFile) -> Choice:
    sign = "! " if one.verdict is Handling.NIE or one.mismatch else ""
    return Choice(
        key=str(one.id),
        label=f"{sign}{one.name}",
        help=f"{file_size(one.size)} · {one.label}",
        hint=VERDICTS[one.verdict],
    )
