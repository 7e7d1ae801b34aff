"""What all dialogs share: the box in the middle, its title, and the line that says which keys end it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, ClassVar, Concatenate, Final, ParamSpec, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Static

from ob_buero_tui.tui.keys import is_field
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.widgets.too_small import TooSmall, is_too_small

if TYPE_CHECKING:
    from ob_buero_tui.tui.app import DeskApp

Result = TypeVar("Result")

# With priority, a key moves the focus before the next letter is given to a field: whoever types fast writes
# into the field that the eye is on already. For the same reason a key's action calls `set_focus`: `focus()`
# waits in the app's queue, behind the letters that were typed meanwhile, and these would be lost.
FIELD_BINDINGS: Final[tuple[Binding, ...]] = (
    Binding("down", "app.focus_next", show=False, priority=True),
    Binding("up", "app.focus_previous", show=False, priority=True),
    Binding("tab", "app.focus_next", show=False, priority=True),
    Binding("shift+tab", "app.focus_previous", show=False, priority=True),
)
"""How a dialog of several fields goes from one to the next."""

_MEANWHILE: Final = frozenset(
    ("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "backspace", "delete", "ctrl+q")
)
"""Keys that work while the step of a dialog runs: one may go on writing, and leave the program."""

Of = TypeVar("Of", bound="Screen[Any]")
More = ParamSpec("More")


def after_typing(action: Callable[Concatenate[Of, More], object]) -> Callable[Concatenate[Of, More], None]:
    """Let an action wait until the field with the focus has taken what was typed before its key.

    A binding with priority runs in the app while letters may still wait in the field's own queue: without
    this, whoever types fast on a busy machine would save a date without its last digit.
    """

    @wraps(action)
    def later(screen: Of, /, *args: More.args, **kwargs: More.kwargs) -> None:
        if isinstance(screen, Dialog):
            screen.settle()
        field = screen.focused
        if field is None or not field.call_later(partial(action, screen, *args, **kwargs)):
            action(screen, *args, **kwargs)

    return later


class Dialog(ModalScreen[Result], inherit_bindings=False):
    """A box with a title, a body and a line of keys.

    Args:
        title: Heading of the box.
        keys: The line of keys at its foot.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "leave", show=False, priority=True)]
    reads_ahead: ClassVar[bool] = True
    """Whether letters wait for its first field; not where the dialog itself reads them."""
    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 55%;
        & > .dialog-box {
            width: 76;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            padding: 0 1;
            border: solid $line-focus;
            border-title-color: $strong;
            border-title-style: bold;
            background: $background;
        }
        & .dialog-text { height: auto; width: 100%; color: $foreground; padding: 0 0 1 0; }
        & .dialog-keys { height: auto; width: 100%; color: $quiet; padding: 1 0 0 0; }
        & ToastRack { dock: top; align: right top; margin: 0; }
        & .dialog-keys.-kept { dock: bottom; padding: 0; background: $background; }
    }
    """

    def __init__(self, title: str, *, keys: str) -> None:
        super().__init__()
        self._title = title
        self._keys = keys
        self._answered = self._settled = False

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close with a result, once: a second Enter that was on its way would close the screen below too."""
        if self._answered:
            return AwaitComplete()
        self._answered = True
        return super().dismiss(result)

    def compose(self) -> ComposeResult:
        """The box with what the dialog puts into it."""
        with Vertical(classes="dialog-box") as box:
            box.border_title = label(self._title)
            yield from self.body()
            yield Static(label(self._keys), classes="dialog-keys")
        yield TooSmall()

    def body(self) -> list[Widget]:
        """The widgets between title and keys."""
        return []

    def on_mount(self) -> None:
        """Watch that the line of keys stays in sight."""
        self.screen_layout_refresh_signal.subscribe(self, self._keep_keys)

    def on_screen_resume(self) -> None:
        """Once the first field has the focus, it gets what was typed for it already."""
        self.call_after_refresh(self._give_typed)

    def _give_typed(self) -> None:
        self._settled = True
        if (ahead := getattr(self.app, "ahead", None)) is not None:
            ahead.give(self)

    def keeps(self, event: events.Key) -> bool:
        """Whether a key goes no further now.

        A letter waits until the first field has got what was typed before it. While a step of it runs,
        no key begins it a second time or closes the dialog as if nothing were saved.
        """
        if self._acts and not (event.is_printable and is_field(self.focused)) and event.key not in _MEANWHILE:
            cast("DeskApp", self.app).refuse_meanwhile(event.key)
            return True
        ahead = getattr(self.app, "ahead", None)
        if ahead is None or not self.reads_ahead or self._settled or self._answered:
            return False
        behind = self.focused is None or (ahead.holds and is_field(self.focused))
        return behind and bool(ahead.takes(event))

    @property
    def _acts(self) -> bool:
        """Whether a step of this dialog is under way in a thread."""
        waiting = getattr(self.app, "waiting", False)
        return waiting and any(each.node is self and not each.is_finished for each in self.workers)

    def settle(self) -> None:
        """Give the field what was typed for it, where that waits still: an action shall find it there."""
        if not self._settled and is_field(self.focused):
            self._give_typed()

    def on_key(self, event: events.Key) -> None:
        """A letter that was on its way before the dialog stood waits too."""
        if self.keeps(event):
            event.stop()

    def _keep_keys(self, _screen: Screen[object]) -> None:
        """In a window too low for everything, the line of keys stays in the box and the rest gives way."""
        for keys in self.query(".dialog-box > .dialog-keys").results(Static):
            box = keys.parent
            if isinstance(box, Vertical) and keys.region.bottom > box.content_region.bottom:
                keys.add_class("-kept")

    @after_typing
    def action_leave(self) -> None:
        """Leave the program; what was typed stays as a draft."""
        keep = getattr(self, "save_draft", None)
        if keep is not None:
            keep()
        self.app.exit(0)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What nobody can see in a small window is not done there; typed text stays."""
        size = self.app.size
        if is_too_small(size.width, size.height):
            return False
        return super().check_action(action, parameters)
