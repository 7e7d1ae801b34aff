"""The commands that only the Kalender has; the verbs it shares with other screens stand in `verbs`."""

from __future__ import annotations

from typing import Final

from ob_buero_tui.tui.command import Command

CALENDAR_VERBS: Final[tuple[Command, ...]] = ()
