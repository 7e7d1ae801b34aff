"""The year's plan as text: wide, as its lines are tables."""

from __future__ import annotations

from ob_buero_tui.tui.screens.dialogs.told import Told


class PlanPreview(Told):
    """The text over the whole height; Enter goes on."""

    DEFAULT_CSS = """
    PlanPreview {
        & > .dialog-box { width: 116; height: 100%; }
        & VerticalScroll { height: 1fr; max-height: 100%; }
    }
    """
