"""A field for days of the week: digits or the space bar switch them on and off."""

from __future__ import annotations

from typing import Final

from textual import events
from textual.geometry import Size
from textual.strip import Strip

from ob_buero_tui.rules.german import WEEKDAYS
from ob_buero_tui.tui.widgets.drawing import line_width
from ob_buero_tui.tui.widgets.fields.choice import ChoiceField

CODES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WIDTH: Final = 6


class WeekdaysField(ChoiceField):
    """„● Mo  ○ Di …“; 1 to 7 switch a day, ← → go through them and the space bar switches.

    Args:
        name: The field in the form.
        value: Codes of RFC 5545 with commas between them.
    """

    def __init__(self, name: str, value: str) -> None:
        self._at = 0
        super().__init__(name, CODES, value)

    def show(self, value: str) -> None:
        """Show stored days."""
        self.value = ",".join(code for code in CODES if code in value.split(","))
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """One line."""
        return 1

    def render_line(self, y: int) -> Strip:
        """The seven days."""
        width = self.content_region.width
        if y:
            return self.strip((), width)
        on = self.value.split(",")
        strips = []
        for place, code in enumerate(CODES):
            sign, tone = ("●", "strong") if code in on else ("○", "quiet")
            run = (f"{sign} {WEEKDAYS[place][:2]}  ", tone)
            ground = "cursor" if self.has_focus and place == self._at else ""
            strips.append(self.strip((run,), line_width((run,)), ground))
        return Strip.join(strips).adjust_cell_length(width, self.rich_style)

    def on_key(self, event: events.Key) -> None:
        """Digits and the space bar switch, the arrows go on."""
        letter = event.character or ""
        if event.key in ("left", "right"):
            self._at = (self._at + (1 if event.key == "right" else -1)) % 7
            self.refresh()
        elif event.key == "space":
            self._switch(self._at)
        elif letter.isascii() and letter.isdigit() and 1 <= int(letter) <= 7:
            self._switch(int(letter) - 1)
        else:
            return
        event.stop()
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """A click switches the day under the mouse."""
        offset = event.get_content_offset(self)
        if offset is not None and 0 <= offset.x < 7 * WIDTH:
            event.stop()
            self._switch(offset.x // WIDTH)

    def _switch(self, place: int) -> None:
        self._at = place
        on = set(self.value.split(",")) ^ {CODES[place]}
        self.show(",".join(on))
        self.post_message(self.Changed(self))
