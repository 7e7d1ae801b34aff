"""How a contact will be addressed with what stands in its form now."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from ob_buero_tui.rules.salutation import Forms
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.drawing import Line, wrap
from ob_buero_tui.tui.widgets.lines_view import LinesView

_OWN = "überschrieben"


def preview_lines(found: Forms, own: Mapping[str, str], flat: bool, width: int) -> list[Line]:
    """The address and both salutations as lines for a width in cells.

    Args:
        own: What the form itself sets, by column.
        flat: Whether few lines must do.
    """
    if flat:
        address = " · ".join(line(part) for part in found.lines)
        spoken = f"  (mündlich: {line(found.spoken)})" if found.spoken else ""
        texts = ((address, "postal_address"), (line(found.salutation) + spoken, "salutation"))
        return [part for text, name in texts for part in _told(text, own.get(name, ""), width, "")][:3]
    lines: list[Line] = [(("Anschrift", "strong"), *_mark(own.get("postal_address", "")))]
    for text in found.lines or ("keine",):
        lines += _told(line(text), "", width, "  ")
    lines += [(), (("Briefanrede", "strong"), *_mark(own.get("salutation", "")))]
    lines += _told(line(found.salutation), "", width, "  ")
    lines += [(), (("Mündlich", "strong"), *_mark(own.get("spoken_salutation", "")))]
    return lines + _told(line(found.spoken) or "keine", "", width, "  ")


def _told(text: str, own: str, width: int, indent: str) -> list[Line]:
    lines: list[Line] = [((indent + part, ""),) for part in wrap(text, max(1, width - len(indent)))]
    return [*lines[:-1], (*lines[-1], *_mark(own))] if lines else []


def _mark(own: str) -> Line:
    return ((f"  {_OWN}", "accent"),) if own.strip() else ()


class FormsPreview(LinesView, can_focus=False):
    """Beside the form where there is room, below it in three lines where not."""

    DEFAULT_CSS = """
    FormsPreview { width: 1fr; height: 1fr; padding: 0 1; }
    """

    def show_forms(self, found: Forms, own: Mapping[str, str], *, flat: bool) -> None:
        """Show other forms."""
        self.show(partial(preview_lines, found, dict(own), flat))
