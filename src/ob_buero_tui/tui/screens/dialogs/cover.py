"""Sichtschutz: covers the screen when somebody steps up to the desk; no access control."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static


class Cover(ModalScreen[None], inherit_bindings=False):
    """Nothing to see; any key brings the screen back."""

    DEFAULT_CSS = """
    Cover { background: $background; align: center middle; }
    Cover Static { width: auto; color: $quiet; }
    """

    def compose(self) -> ComposeResult:
        """One calm line."""
        yield Static("OB-Büro · Sichtschutz · weiter mit einer Taste")

    def on_key(self, event: events.Key) -> None:
        """Back."""
        event.stop()
        self.dismiss(None)

    def on_click(self) -> None:
        """Back."""
        self.dismiss(None)
