"""Two desks changed the same fields: both values stand below each other, a key chooses for each field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from ob_buero_tui.rules import german
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.services.conflicts import BothValues
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.screens.dialogs.frame import Dialog
from ob_buero_tui.tui.widgets.drawing import Line, Toned, wrap

HERE: Final = "hier"
THERE: Final = "am anderen Platz"
MOST_LINES: Final = 6
"""Lines of a value that are shown; a longer one says that it goes on."""
NAME: Final = 22


class BothList(Toned, ScrollView, can_focus=True, inherit_bindings=False):
    """The fields with both values, and which of them was chosen."""

    DEFAULT_CSS = """
    BothList { height: auto; max-height: 66vh; overflow-x: hidden; scrollbar-size-vertical: 1; }
    """

    def __init__(self, clashes: Sequence[BothValues]) -> None:
        super().__init__()
        self._clashes = tuple(clashes)
        self.chosen: dict[str, bool] = {}
        """Whether the value of here counts, by the name of the field; what is missing was not chosen yet."""
        self._at = 0
        self._lines: list[tuple[int, Line]] = []

    @property
    def current(self) -> BothValues:
        """The field one stands on."""
        return self._clashes[self._at]

    def choose(self, here: bool, *, all_of_them: bool = False) -> None:
        """Choose the value of here or of there, and go on to the next field that is open."""
        for one in self._clashes if all_of_them else (self.current,):
            self.chosen[one.name] = here
        if not self.go_to_open():
            self._draw()

    def go_to_open(self) -> bool:
        """Go to the first field that nobody decided yet; False when there is none."""
        for place, one in enumerate(self._clashes):
            if one.name not in self.chosen:
                self._at = place
                self._draw()
                return True
        return False

    def move(self, by: int) -> None:
        """To another field."""
        self._at = min(max(self._at + by, 0), len(self._clashes) - 1)
        self._draw()

    def on_resize(self) -> None:
        """Wrap the values anew."""
        self._draw()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """All lines; the dialog limits them."""
        return len(self._laid_out(width))

    def _draw(self) -> None:
        self._lines = self._laid_out(self.scrollable_content_region.width)
        self.virtual_size = Size(max(1, self.size.width), max(1, len(self._lines)))
        first = next((y for y, (place, _) in enumerate(self._lines) if place == self._at), 0)
        height = sum(place == self._at for place, _ in self._lines)
        self.scroll_to_region(Region(0, first, 1, height), animate=False, force=True)
        self.refresh(layout=True)

    def _laid_out(self, width: int) -> list[tuple[int, Line]]:
        lines: list[tuple[int, Line]] = []
        for place, one in enumerate(self._clashes):
            lines.append((place, ((f" {line(one.label)}", "strong"), self._open(one))))
            for here, name, value in ((True, HERE, one.mine), (False, _there(one), one.theirs)):
                lines += [(place, each) for each in self._value(one, here, name, value, width)]
        return lines

    def _open(self, one: BothValues) -> tuple[str, str]:
        return ("", "") if one.name in self.chosen else ("  noch zu wählen", "warning")

    def _value(self, one: BothValues, here: bool, name: str, value: str, width: int) -> list[Line]:
        picked = self.chosen.get(one.name) is here
        sign, tone = ("●", "strong") if picked else ("○", "" if one.name not in self.chosen else "quiet")
        wrapped = wrap(clean(value, multiline=True, limit=4000), max(10, width - NAME - 5)) or ["(leer)"]
        if len(wrapped) > MOST_LINES:
            wrapped = [*wrapped[: MOST_LINES - 1], f"… und {len(wrapped) - MOST_LINES + 1} Zeilen mehr"]
        head = f"  {sign} {line(name):<{NAME}} "
        return [
            ((head if number == 0 else " " * len(head), "accent"), (text, tone))
            for number, text in enumerate(wrapped)
        ]

    def render_line(self, y: int) -> Strip:
        """One line."""
        width = self.scrollable_content_region.width
        place = y + self.scroll_offset.y
        if place >= len(self._lines):
            return self.strip((), width)
        at, runs = self._lines[place]
        return self.strip(runs, width, "cursor" if at == self._at else "")


class BothValuesDialog(Dialog[dict[str, bool] | None]):
    """Returns for each field whether the value of here counts; None goes back to the form.

    Args:
        title: What was changed at two desks.
        clashes: The fields.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("enter", "take", show=False),
        Binding("ctrl+s", "take", show=False),
        Binding("escape", "cancel", show=False),
    ]
    DEFAULT_CSS = """
    BothValuesDialog { & > .dialog-box { width: 100; } & #open { height: 1; color: $warning; } }
    """

    def __init__(self, title: str, clashes: Sequence[BothValues]) -> None:
        keys = "h hier · a am anderen Platz · H/A alle · ↑↓ Feld · Enter speichern · Esc zurück zum Formular"
        super().__init__(title, keys=keys)
        self._list = BothList(clashes)
        self._count = len(clashes)

    def body(self) -> list[Widget]:
        """A sentence and the fields."""
        told = (
            "Inzwischen hat ein anderer Platz dieselben Felder gespeichert. Welcher Wert gilt?"
            if self._count > 1
            else "Inzwischen hat ein anderer Platz dasselbe Feld gespeichert. Welcher Wert gilt?"
        )
        return [Static(label(told), classes="dialog-text"), self._list, Static(id="open")]

    def on_mount(self) -> None:
        """Begin in the list."""
        self._list.focus()

    def on_key(self, event: events.Key) -> None:
        """h and a choose for the field, H and A for all."""
        if event.character in ("h", "a", "H", "A"):
            event.stop()
            self._list.choose(event.character in "hH", all_of_them=event.character in "HA")
            self.query_one("#open", Static).update("")
        elif event.character in ("j", "k"):
            event.stop()
            self._list.move(1 if event.character == "j" else -1)

    def action_move(self, by: int) -> None:
        """Move to another field."""
        self._list.move(by)

    def action_take(self) -> None:
        """Return the choices, once there is one for each field."""
        if self._list.go_to_open():
            missing = self._count - len(self._list.chosen)
            told = german.plural(missing, "Feld ist", "Felder sind")
            self.query_one("#open", Static).update(label(f"! {told} noch zu wählen: h oder a."))
            return
        self.dismiss(dict(self._list.chosen))

    def action_cancel(self) -> None:
        """Back to the form; nothing typed there is lost."""
        self.dismiss(None)


def _there(one: BothValues) -> str:
    if not one.desk or one.at is None:
        return THERE
    return f"{line(one.desk, limit=6)} {german.short_date(one.at.date())} {german.clock(one.at)}"
