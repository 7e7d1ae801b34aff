"""Copying from a record: its values, and the office's text modules filled with them."""

from __future__ import annotations

import pytest
from app_kit import at_desk

from ob_buero_tui.office import Office
from ob_buero_tui.tui.app import DeskApp
from ob_buero_tui.tui.screens.dialogs.choose import Choose


async def test_y_offers_values_and_filled_text_modules(
    office: Office, five: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []
    monkeypatch.setattr(DeskApp, "copy_to_clipboard", lambda _app, text: copied.append(text))
    async with at_desk(office) as desk:
        await desk.press("y")
        dialog = await desk.opened(Choose)
        labels = [choice.label for choice in dialog._list.choices]
        assert labels[0] == "Nummer"
        assert "Text: Eingangsbestätigung" in labels
        for _ in range(labels.index("Text: Eingangsbestätigung")):
            await desk.press("down")
        await desk.press("enter")
        await desk.closed()
        await desk.says("Eingangsbestätigung kopiert.")
    (text,) = copied
    assert text.startswith("Sehr geehrte")
    assert "unter der Nummer 2026-0001 bearbeitet.\n\nWir prüfen" in text
