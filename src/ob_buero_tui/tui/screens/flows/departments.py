"""Asking for a department: its number or a part of its name, understood while one types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ob_buero_tui.catalog.decisions import Department, DepartmentKind
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.widgets.asked_line import Meaning, Understood

if TYPE_CHECKING:
    from ob_buero_tui.tui.screens.base import DeskScreen

MOST = 9
"""Meanings that a digit can choose."""


def matching(departments: Sequence[Department], typed: str) -> list[Department]:
    """The departments that a text may mean: the one of this very name or number, else all it occurs in."""
    wanted = " ".join(fold(typed).split())
    if not wanted:
        return []
    named = [one for one in departments if wanted in (fold(one.short), fold(one.label))]
    numbered = [one for one in departments if wanted == fold(one.short).split()[-1]]
    return named or numbered or [one for one in departments if wanted in fold(f"{one.short} {one.label}")]


async def ask_department(
    screen: DeskScreen, title: str, *, kind: DepartmentKind | None = None, other: bool = False
) -> str | None:
    """Ask for a department; returns its key, or the typed words where another place is allowed.

    Args:
        kind: Only Ämter, or only Dezernate.
        other: Whether a place that is not in the list may be named in words.
    """
    known = [one for one in screen.place.catalog.departments if kind is None or one.kind is kind]

    def understand(typed: str) -> Understood:
        found = matching(known, typed)
        if not typed.strip():
            return Understood("Nummer oder Name, zum Beispiel 66 oder Tiefbau.", ok=False)
        if len(found) == 1:
            return Understood(f"→ {found[0].short} {found[0].label}")
        if found:
            shown = tuple(Meaning(text=one.short, label=f"{one.short} {one.label}") for one in found[:MOST])
            return Understood("Welches ist gemeint?", ok=False, options=shown)
        if other:
            return Understood(f"→ andere Stelle: {typed.strip()}")
        return Understood("Das steht nicht in departments.toml.", ok=False)

    typed = await screen.app.push_screen_wait(PromptLine(title, understand=understand, max_length=80))
    if typed is None:
        return None
    found = matching(known, typed)
    return found[0].key if len(found) == 1 else typed.strip()
