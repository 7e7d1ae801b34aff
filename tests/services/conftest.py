"""The furnished office of the undo tests."""

from __future__ import annotations

from undo_kit import furnished, opened

__all__ = ["furnished", "opened"]
