"""How a long computation says how far it is, and how it is broken off before it writes anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from ob_buero_tui.rules.refusals import Refusal

Tell: TypeAlias = Callable[[str], None]
"""Called between the stages with a German phrase; raises `BrokenOff` when nobody wants it any more."""
Stopped: TypeAlias = Callable[[], bool]
"""Asked all the time, from other threads, whether nobody wants it any more."""


class BrokenOff(Refusal):
    """Somebody pressed Esc; nothing was written."""

    def __init__(self) -> None:
        super().__init__("Das Rechnen wurde abgebrochen.", "Es ist nichts geändert.")


def unstopped() -> bool:
    """Nobody ever breaks it off."""
    return False


def silent(_stage: str) -> None:
    """Tells nobody."""
