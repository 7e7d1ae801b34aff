"""What is in the copy under the cursor, and what speaks for or against it."""

from __future__ import annotations

from functools import partial

from ob_buero_tui.rules.german import clock, long_date, number, plural
from ob_buero_tui.services.backups.looking import CopyView, size_text
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.widgets.drawing import Line, wrap
from ob_buero_tui.tui.widgets.lines_view import LinesView
from ob_buero_tui.tui.widgets.panel_lines import pair

UNKNOWN = "Was darin ist, steht nirgends; Q erprobt sie und zählt."


def copy_lines(view: CopyView, width: int) -> list[Line]:
    """A copy as lines for a width in cells."""
    lines: list[Line] = [
        ((f"Sicherung vom {long_date(view.made.date())}, {clock(view.made)}", "strong"),),
        (),
    ]
    if view.fault:
        lines += pair("Befund", line(view.fault), width, "error")
    lines += pair("Anlass", line(view.label), width)
    known = view.contents
    if known is None:
        lines += [((text, "quiet"),) for text in wrap(UNKNOWN, width)]
    else:
        for name, count in (
            ("Eingänge", known.requests),
            ("Termine", known.events),
            ("Personen", known.people),
            ("Anlagen", len(known.attachments)),
        ):
            lines += pair(name, number(count), width)
        if known.left_out:
            lines += pair("", "Die Anlagen bringt die nächste Sicherung.", width)
        if known.missing:
            gone = plural(len(known.missing), "Anlage fehlte", "Anlagen fehlten")
            lines += pair("", f"{gone} schon in der Datenbank.", width, "error")
    step = view.last_step
    last = f"{long_date(step.date())}, {clock(step)}" if step else ""
    lines += pair("Stand bis", last, width)
    lines += pair("Größe", size_text(view.size), width)
    tried = f"{long_date(view.checked.date())}, {clock(view.checked)}" if view.checked else "noch nie"
    lines += pair("Erprobt", tried, width)
    lines += pair("Ordner", "zweiter Ordner" if view.second else "neben der Datenbank", width)
    lines += pair("Datei", line(str(view.path)), width)
    return lines


class BackupPanel(LinesView):
    """The panel beside the list of the Sicherungen."""

    DEFAULT_CSS = """
    BackupPanel {
        border: solid $line;
        border-title-color: $strong;
        border-title-style: bold;
        padding: 0 0 0 1;
        &:focus { border: solid $line-focus; }
    }
    """

    def show_copy(self, view: CopyView | None, *, empty: str) -> None:
        """Show a copy, or a calm sentence when there is none."""
        if view is None:
            self.border_title = ""
            self.show(lambda width: [(), *(((text, "quiet"),) for text in wrap(line(empty), width))])
            return
        self.border_title = label("Sicherung")
        self.show(partial(copy_lines, view))
