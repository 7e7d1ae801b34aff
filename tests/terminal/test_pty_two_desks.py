"""Two real apps at one database: what both changed is asked with both values, and undo stays at its desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pty_kit import ENTER, SAVE, Terminal

Start = Callable[..., Terminal]


def edit_subject(desk: Terminal, more: str) -> None:
    """Open the form of the first request and type at the end of its subject; it is not saved yet."""
    desk.send("b")
    desk.shows("2026-0001 bearbeiten")
    desk.send(more)
    desk.shows(more)


def test_both_values_are_shown_and_the_other_desk_sees_what_was_chosen(
    five: list[int], terminal: Start, look: Callable[[], Any]
) -> None:
    petra, karl = terminal(), terminal(account="karl.lorenz")
    for desk in (petra, karl):
        desk.shows("Sache 5")
    edit_subject(petra, " am Hafen")
    edit_subject(karl, " im Park")
    petra.send(SAVE)
    petra.shows("2026-0001: gespeichert")
    karl.send(SAVE)
    karl.shows("an zwei Plätzen geändert", "Sache 1 am Hafen", "Sache 1 im Park", "am anderen Platz", "hier")
    karl.send("h" + ENTER)
    karl.hides("bearbeiten")
    petra.shows("Sache 1 im Park")  # no key was pressed there
    petra.send("u")
    petra.shows("Nicht zurückgenommen", "wurde danach geändert")
    karl.send("u")
    karl.shows("Zurückgenommen")
    petra.shows("Sache 1 am Hafen")
