"""What a verb asks and does: one async function each, from the question to the use case.

A flow is imported when it is first asked for, so that no dialog is loaded before the first paint.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ob_buero_tui.tui.screens.flows import decide, deferring, details, remarks

__all__ = ["decide", "deferring", "details", "remarks"]


def __getattr__(name: str) -> ModuleType:
    """The flows of a topic."""
    if name not in __all__:
        raise AttributeError(name)
    return import_module(f"{__name__}.{name}")
