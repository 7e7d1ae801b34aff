"""Says what a paste lost: nobody who pasted a letter shall find out later that its end is missing."""

from __future__ import annotations

from textual.widget import Widget

from ob_buero_tui.rules.german import number


def tell_cut(field: Widget, taken: int, given: int) -> None:
    """Say that a field took less than was pasted; nothing where it took all.

    Args:
        taken: Characters that are in the field now.
        given: Characters that were pasted.
    """
    if taken < given:
        field.app.notify(
            f"Eingefügt sind die ersten {number(taken)} von {number(given)} Zeichen; mehr passt hier nicht.",
            severity="warning",
        )
