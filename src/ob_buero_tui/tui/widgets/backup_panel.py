"""What is in the copy under the cursor, and what speaks for or against it."""

from __future__ import annotations

from functools import partial

from ob_buero_tui.rules.german import clock, long_date, number, plural
from ob_buero_tui.services.backups.looking import CopyView, size_text
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.widgets.drawing import Line, wrap
from ob_buero_tui.tui.widgets.lines_view import LinesView
from ob_buero_tui.tui.widgets.panel_lines import pair

REPLACED = "Das ist die Datei selbst, wie sie vor der Rückkehr war. Q erprobt, ob es zu ihr zurückgeht."
"""What the panel says of a file that a return replaced."""
THEN = "danach löscht sie das nächste Öffnen, sobald es eine neuere Sicherung gibt"
UNKNOWN = "Was darin ist, steht nirgends; Q erprobt sie und zählt."


def copy_lines(view: CopyView, width: int) -> list[Line]:
    """A copy as lines for a width in cells."""
    kind = "Sicherung" if view.kept_until is None else "Datenbank von vor der Rückkehr"
    lines: list[Line] = [
        *(
            ((text, "strong"),)
            for text in wrap(f"{kind} vom {long_date(view.made.date())}, {clock(view.made)}", width)
        ),
        (),
    ]
    if view.fault:
        lines += pair("Befund", line(view.fault), width, "error")
    lines += pair("Anlass", line(view.label), width)
    lines += _contents(view, width)
    step = view.last_step
    last = f"{long_date(step.date())}, {clock(step)}" if step else ""
    lines += pair("Stand bis", last, width)
    lines += pair("Größe", size_text(view.size), width)
    tried = f"{long_date(view.checked.date())}, {clock(view.checked)}" if view.checked else "noch nie"
    lines += pair("Erprobt", tried, width)
    if view.kept_until is not None:
        until = f"{long_date(view.kept_until.date())}, {clock(view.kept_until)}"
        lines += pair("Bleibt", f"bis {until}; {THEN}", width)
    lines += pair("Ordner", "zweiter Ordner" if view.second else "neben der Datenbank", width)
    lines += pair("Datei", line(str(view.path)), width)
    return lines


def _contents(view: CopyView, width: int) -> list[Line]:
    """What is in it, as far as that is known."""
    known, lines = view.contents, list[Line]()
    if known is None:
        unknown = UNKNOWN if view.kept_until is None else REPLACED
        return [((text, "quiet"),) for text in wrap(unknown, width)]
    counts = {"Eingänge": known.requests, "Termine": known.events, "Personen": known.people}
    if view.kept_until is None:
        counts["Anlagen"] = len(known.attachments)
    for name, count in counts.items():
        lines += pair(name, number(count), width)
    if known.left_out:
        lines += pair("", "Die Anlagen bringt die nächste Sicherung.", width)
    if known.missing:
        gone = plural(len(known.missing), "Anlage fehlte", "Anlagen fehlten")
        lines += pair("", f"{gone} schon in der Datenbank.", width, "error")
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
